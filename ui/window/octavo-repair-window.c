/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-backup-folder.h"
#include "octavo-repair-window.h"
#include "octavo-repair.h"
#include "octavo-snapshot-restore.h"
#include "octavo-task.h"

struct _OctavoRepairWindow
{
  AdwApplicationWindow parent_instance;

  GtkStack *stack;
  AdwStatusPage *working;
  GtkProgressBar *progress;
  GtkLabel *heading;
  GtkLabel *summary;
  GtkWidget *details_scroller;
  GtkTextView *details;
  GtkWidget *done_button;
  gboolean is_done;
};

enum
{
  SIGNAL_DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OctavoRepairWindow, octavo_repair_window, ADW_TYPE_APPLICATION_WINDOW)

/* Going back to a backup, on a thread. */
typedef struct
{
  OctavoSnapshots *snapshots;
  char *from;
  char *kept;
} Restore;

static void
restore_free (gpointer data)
{
  Restore *self = data;

  octavo_snapshots_unref (self->snapshots);
  g_free (self->from);
  g_free (self->kept);
  g_free (self);
}

static gboolean
restore_on_thread (gpointer source, gpointer data, GCancellable *cancellable, GError **error)
{
  Restore *self = data;

  return octavo_snapshot_restore (self->snapshots, self->from, &self->kept, cancellable, error);
}

/* details: (nullable) */
static void
show_end (OctavoRepairWindow *self, const char *heading, const char *summary, const char *details)
{
  self->is_done = TRUE;
  gtk_window_set_deletable (GTK_WINDOW (self), TRUE);
  gtk_label_set_label (self->heading, heading);
  gtk_label_set_label (self->summary, summary);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->details), details != NULL ? details : "", -1);
  gtk_widget_set_visible (self->details_scroller, details != NULL);
  gtk_stack_set_visible_child_name (self->stack, "end");
  gtk_widget_grab_focus (self->done_button);
}

static void
show_failure (OctavoRepairWindow *self, const char *heading, const GError *error)
{
  gtk_button_set_label (GTK_BUTTON (self->done_button), _ ("_Try Again"));
  show_end (self, heading, error->message, NULL);
}

static void
on_repaired (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (OctavoRepairWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (OctavoRepairReport) report = octavo_repair_run_finish (result, &error);
  g_autofree char *summary = NULL;
  g_autofree char *details = NULL;

  if (report == NULL)
    {
      show_failure (self, _ ("The File Was Not Repaired"), error);
      return;
    }
  summary = octavo_repair_report_dup_summary (report);
  details = octavo_repair_report_dup_details (report);
  show_end (self, report->is_sound ? _ ("The File Is Sound") : _ ("The File Was Repaired"), summary, details);
}

static void
on_restored (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (OctavoRepairWindow) self = OCTAVO_REPAIR_WINDOW (g_object_ref (source));
  Restore *restore = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autofree char *details = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      show_failure (self, _ ("The Backup Was Not Restored"), error);
      return;
    }
  if (restore->kept != NULL)
    details = g_strdup_printf (_ ("What was there before is kept as %s."), restore->kept);
  show_end (self, _ ("The Backup Was Restored"), _ ("The notes are those of the backup."), details);
}

static void
on_progress (double fraction, gpointer data)
{
  OctavoRepairWindow *self = data;

  gtk_progress_bar_set_fraction (self->progress, fraction);
}

static gboolean
octavo_repair_window_close_request (GtkWindow *window)
{
  OctavoRepairWindow *self = OCTAVO_REPAIR_WINDOW (window);

  return !self->is_done || GTK_WINDOW_CLASS (octavo_repair_window_parent_class)->close_request (window);
}

static void
on_done_clicked (OctavoRepairWindow *self)
{
  gtk_widget_set_sensitive (self->done_button, FALSE);
  g_signal_emit (self, signals[SIGNAL_DONE], 0);
}

static void
octavo_repair_window_class_init (OctavoRepairWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  GTK_WINDOW_CLASS (klass)->close_request = octavo_repair_window_close_request;
  signals[SIGNAL_DONE] =
      g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, APPLICATION_PATH "/ui/octavo-repair-window.ui");
  gtk_widget_class_bind_template_child (widget_class, OctavoRepairWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, OctavoRepairWindow, working);
  gtk_widget_class_bind_template_child (widget_class, OctavoRepairWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, OctavoRepairWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, OctavoRepairWindow, summary);
  gtk_widget_class_bind_template_child (widget_class, OctavoRepairWindow, details_scroller);
  gtk_widget_class_bind_template_child (widget_class, OctavoRepairWindow, details);
  gtk_widget_class_bind_template_child (widget_class, OctavoRepairWindow, done_button);
  gtk_widget_class_bind_template_callback (widget_class, on_done_clicked);
}

static void
octavo_repair_window_init (OctavoRepairWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
begin_restore (OctavoRepairWindow *self, OctavoSnapshots *snapshots, const char *from)
{
  Restore *restore = g_new0 (Restore, 1);
  GTask *task = g_task_new (self, NULL, on_restored, NULL);

  restore->snapshots = octavo_snapshots_ref (snapshots);
  restore->from = g_strdup (from);
  g_task_set_task_data (task, restore, restore_free);
  adw_status_page_set_title (self->working, _ ("Going Back to a Backup"));
  gtk_widget_set_visible (GTK_WIDGET (self->progress), FALSE);
  octavo_task_run_in_thread (task, restore_on_thread);
}

/**
 * octavo_repair_window_new:
 * @application: the application it belongs to
 * @path: the path of a file of notes, which this process does not have open
 * @snapshot: (nullable): the path of the backup to go back to; %NULL: the file is repaired
 *
 * Makes a window, and begins. Main thread.
 *
 * Returns: (transfer none): the window, owned by GTK
 */
GtkWindow *
octavo_repair_window_new (GtkApplication *application, const char *path, const char *snapshot)
{
  OctavoRepairWindow *self;
  g_autoptr (OctavoSnapshots) snapshots = NULL;

  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (OCTAVO_TYPE_REPAIR_WINDOW, "application", application, NULL);
  snapshots = octavo_backup_folder_get_snapshots (path);
  if (snapshot != NULL)
    begin_restore (self, snapshots, snapshot);
  else
    octavo_repair_run_async (snapshots, on_progress, self, NULL, on_repaired, g_object_ref (self));
  return GTK_WINDOW (self);
}
