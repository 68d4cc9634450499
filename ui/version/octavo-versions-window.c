/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include "octavo-versions-window.h"

#include "octavo-transient.h"
#include "octavo-undo.h"
#include "octavo-version-diff.h"
#include "octavo-version-repository.h"
#include "octavo-version-restore.h"
#include "octavo-version-row.h"

#include <glib/gi18n-lib.h>

/* The list is read anew when the note changes; how many words differ is found out version by version, on a thread,
 * while the list is looked at. */

struct _OctavoVersionsWindow
{
  AdwWindow parent_instance;

  OctavoNoteBuffers *buffers;
  OctavoStore *store; /* of the buffers; NULL: the window is gone */
  gint64 note_id;

  AdwToastOverlay *toasts;
  AdwLeaflet *leaflet;
  GtkStack *stack;
  GtkListBox *list;
  OctavoVersionDiff *diff;
  GtkWidget *diff_page;
  GtkWidget *back_button;
  GtkWidget *clear_button;
  GtkWidget *restore_button;
  GtkWidget *copy_button;
  GtkToggleButton *before_button;

  GPtrArray *versions;     /* (nullable) (element-type OctavoNoteVersion): by row, but for the first */
  GCancellable *counting;  /* what is found out of the rows */
  guint n_counted;         /* rows */
  GCancellable *comparing; /* what is shown beside them */
  gint64 cleared;          /* the step that took the versions away last */
  gboolean is_reading;
  gboolean is_stale; /* something changed since the reading began */
};

G_DEFINE_FINAL_TYPE (OctavoVersionsWindow, octavo_versions_window, ADW_TYPE_WINDOW)

static void refresh (OctavoVersionsWindow *self);

static void
restart (GCancellable **cancellable)
{
  g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
  *cancellable = g_cancellable_new ();
}

/* What is in a row: row 0 is the note as it is. */
static gint64
get_id (OctavoVersionsWindow *self, guint row)
{
  if (row == 0)
    return OCTAVO_VERSION_NOW;
  if (row > self->versions->len)
    return OCTAVO_VERSION_NOTHING;
  return octavo_note_version_get_id (self->versions->pdata[row - 1]);
}

static void
show_error (OctavoVersionsWindow *self, const char *heading, const GError *error)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, error->message);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- How many words ---- */

static void count_next (OctavoVersionsWindow *self);

static void
on_counted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (OctavoVersionsWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (OctavoVersionComparison) comparison =
      octavo_version_compare_finish (OCTAVO_STORE (source), result, &error);
  GtkListBoxRow *row;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  row = gtk_list_box_get_row_at_index (self->list, (int) self->n_counted);
  if (comparison != NULL)
    octavo_version_row_set_counts (OCTAVO_VERSION_ROW (row), comparison->page->n_added, comparison->page->n_removed);
  self->n_counted++;
  count_next (self);
}

static void
count_next (OctavoVersionsWindow *self)
{
  guint row = self->n_counted;

  if (row <= self->versions->len)
    octavo_version_compare_async (self->store, self->note_id, get_id (self, row + 1), get_id (self, row), 0,
                                  self->counting, on_counted, g_object_ref (self));
}

/* ---- What differs ---- */

static void
on_compared (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (OctavoVersionsWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (OctavoVersionComparison) comparison =
      octavo_version_compare_finish (OCTAVO_STORE (source), result, &error);

  if (comparison != NULL)
    octavo_version_diff_show (self->diff, comparison);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    octavo_version_diff_show_message (self->diff, error->message);
}

static void
compare (OctavoVersionsWindow *self)
{
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (self->list);
  guint row;

  if (selected == NULL || self->versions == NULL)
    return;
  row = (guint) gtk_list_box_row_get_index (selected);
  restart (&self->comparing);
  if (gtk_toggle_button_get_active (self->before_button))
    octavo_version_compare_async (self->store, self->note_id, get_id (self, row + 1), get_id (self, row),
                                  OCTAVO_VERSION_DIFF_MAX_LINES, self->comparing, on_compared, g_object_ref (self));
  else
    octavo_version_compare_async (self->store, self->note_id, get_id (self, row), OCTAVO_VERSION_NOW,
                                  OCTAVO_VERSION_DIFF_MAX_LINES, self->comparing, on_compared, g_object_ref (self));
}

static void
on_row_selected (OctavoVersionsWindow *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  gboolean is_version;

  /* None is only while the list is filled: a button that has the focus keeps it. */
  if (row == NULL)
    return;
  is_version = gtk_list_box_row_get_index (row) > 0;
  gtk_widget_set_sensitive (self->restore_button, is_version);
  gtk_widget_set_sensitive (self->copy_button, is_version);
  compare (self);
}

static void
on_row_activated (OctavoVersionsWindow *self)
{
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
}

static void
on_back_clicked (OctavoVersionsWindow *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
update_back (OctavoVersionsWindow *self)
{
  gboolean is_alone =
      adw_leaflet_get_folded (self->leaflet) && adw_leaflet_get_visible_child (self->leaflet) == self->diff_page;

  gtk_widget_set_visible (self->back_button, is_alone);
  gtk_widget_set_visible (self->clear_button, !is_alone);
}

/* ---- The list ---- */

static gint64
get_selected_id (OctavoVersionsWindow *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  return row != NULL ? octavo_version_row_get_version_id (OCTAVO_VERSION_ROW (row)) : OCTAVO_VERSION_NOTHING;
}

static gboolean
has_focus_in_list (OctavoVersionsWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  return focus == NULL || gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list));
}

static void
select_row (OctavoVersionsWindow *self, int index, gboolean focuses)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, index);

  gtk_list_box_select_row (self->list, row);
  if (focuses)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
show_versions (OctavoVersionsWindow *self, GPtrArray *versions)
{
  gint64 selected = get_selected_id (self);
  gboolean focuses = has_focus_in_list (self);
  int index = versions->len > 0 && self->versions == NULL ? 1 : 0;
  GtkWidget *child;

  restart (&self->counting);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  g_clear_pointer (&self->versions, g_ptr_array_unref);
  self->versions = g_ptr_array_ref (versions);
  self->n_counted = 0;
  gtk_list_box_append (self->list, octavo_version_row_new (NULL));
  for (guint i = 0; i < versions->len; i++)
    {
      gtk_list_box_append (self->list, octavo_version_row_new (versions->pdata[i]));
      if (octavo_note_version_get_id (versions->pdata[i]) == selected)
        index = (int) i + 1;
    }
  gtk_stack_set_visible_child_name (self->stack, versions->len > 0 ? "versions" : "nothing");
  gtk_widget_set_sensitive (self->clear_button, versions->len > 0);
  if (versions->len == 0)
    return;
  select_row (self, index, focuses);
  count_next (self);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (OctavoVersionsWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) versions =
      octavo_version_repository_list_finish (OCTAVO_VERSION_REPOSITORY (source), result, &error);

  self->is_reading = FALSE;
  if (self->store == NULL)
    return;
  if (versions != NULL)
    show_versions (self, versions);
  else
    show_error (self, _ ("Earlier Versions Could Not Be Read"), error);
  if (self->is_stale)
    refresh (self);
}

static void
refresh (OctavoVersionsWindow *self)
{
  self->is_stale = self->is_reading;
  if (self->is_reading || self->store == NULL)
    return;
  self->is_reading = TRUE;
  octavo_version_repository_list_async (octavo_store_get_versions (self->store), self->note_id, NULL, on_listed,
                                        g_object_ref (self));
}

/* ---- What can be done ---- */

static void
on_restored (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (OctavoVersionsWindow) self = data;
  g_autoptr (GError) error = NULL;
  gboolean is_done = octavo_version_restore_finish (OCTAVO_NOTE_BUFFERS (source), result, &error);

  if (self->store == NULL)
    return;
  if (is_done)
    adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_ ("Version restored. What the note said is kept.")));
  else
    show_error (self, _ ("The Version Could Not Be Restored"), error);
  refresh (self);
}

static void
on_restore_clicked (OctavoVersionsWindow *self)
{
  gint64 id = get_selected_id (self);

  if (id > 0)
    octavo_version_restore_async (self->buffers, self->note_id, id, on_restored, g_object_ref (self));
}

static void
on_read_to_copy (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (OctavoVersionsWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (OctavoNoteValues) version = octavo_version_read_finish (OCTAVO_STORE (source), result, &error);

  if (self->store == NULL)
    return;
  if (version == NULL)
    {
      show_error (self, _ ("The Text Could Not Be Copied"), error);
      return;
    }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), version->body);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_ ("Text copied")));
}

static void
on_copy_clicked (OctavoVersionsWindow *self)
{
  gint64 id = get_selected_id (self);

  if (id > 0)
    octavo_version_read_async (self->store, id, on_read_to_copy, g_object_ref (self));
}

static void
on_undone (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (OctavoVersionsWindow) self = data;
  g_auto (OctavoUndoResult) undone = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean is_done = octavo_undo_run_finish (OCTAVO_STORE (source), result, &undone, &error);

  if (self->store == NULL)
    return;
  if (!is_done)
    show_error (self, _ ("What Was Done Could Not Be Undone"), error);
  refresh (self);
}

static void
on_undo_clicked (OctavoVersionsWindow *self)
{
  if (self->store != NULL && self->cleared != 0)
    octavo_undo_run_async (self->store, self->cleared, NULL, on_undone, g_object_ref (self));
  self->cleared = 0;
}

static void
on_cleared (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (OctavoVersionsWindow) self = data;
  g_autoptr (GError) error = NULL;
  gint64 step_id = 0;
  gboolean is_done =
      octavo_version_repository_clear_finish (OCTAVO_VERSION_REPOSITORY (source), result, &step_id, &error);

  if (self->store == NULL)
    return;
  self->cleared = step_id;
  if (!is_done)
    show_error (self, _ ("The History Could Not Be Cleared"), error);
  else if (step_id != 0)
    {
      AdwToast *toast = adw_toast_new (_ ("History cleared"));

      adw_toast_set_button_label (toast, _ ("Undo"));
      g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo_clicked), self, G_CONNECT_SWAPPED);
      adw_toast_overlay_add_toast (self->toasts, toast);
    }
  refresh (self);
}

static void
on_clear_answered (OctavoVersionsWindow *self, const char *response, AdwMessageDialog *dialog)
{
  if (g_strcmp0 (response, "clear") == 0 && self->store != NULL)
    octavo_version_repository_clear_async (octavo_store_get_versions (self->store), self->note_id, on_cleared,
                                           g_object_ref (self));
}

static void
on_clear_clicked (OctavoVersionsWindow *self)
{
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_WINDOW (self), _ ("Clear the History of This Note?"),
      _ ("The note stays as it is. Its earlier versions are taken away; for a day this can be undone."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "clear", _ ("C_lear"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "clear", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_clear_answered), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- The type ---- */

static void
octavo_versions_window_dispose (GObject *object)
{
  OctavoVersionsWindow *self = OCTAVO_VERSIONS_WINDOW (object);

  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  g_cancellable_cancel (self->comparing);
  g_clear_object (&self->comparing);
  g_clear_object (&self->buffers);
  g_clear_pointer (&self->versions, g_ptr_array_unref);
  self->store = NULL;

  G_OBJECT_CLASS (octavo_versions_window_parent_class)->dispose (object);
}

static void
octavo_versions_window_class_init (OctavoVersionsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = octavo_versions_window_dispose;
  g_type_ensure (OCTAVO_TYPE_VERSION_DIFF);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/octavo_notes/Octavo/ui/octavo-versions-window.ui");
  gtk_widget_class_bind_template_child (widget_class, OctavoVersionsWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, OctavoVersionsWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, OctavoVersionsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, OctavoVersionsWindow, list);
  gtk_widget_class_bind_template_child (widget_class, OctavoVersionsWindow, diff);
  gtk_widget_class_bind_template_child (widget_class, OctavoVersionsWindow, diff_page);
  gtk_widget_class_bind_template_child (widget_class, OctavoVersionsWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, OctavoVersionsWindow, clear_button);
  gtk_widget_class_bind_template_child (widget_class, OctavoVersionsWindow, restore_button);
  gtk_widget_class_bind_template_child (widget_class, OctavoVersionsWindow, copy_button);
  gtk_widget_class_bind_template_child (widget_class, OctavoVersionsWindow, before_button);
  gtk_widget_class_bind_template_callback (widget_class, compare);
  gtk_widget_class_bind_template_callback (widget_class, update_back);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_restore_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_clicked);
}

static void
octavo_versions_window_init (OctavoVersionsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * octavo_versions_window_new:
 * @buffers: the notes that are open
 * @note_id: a note
 *
 * Returns: (transfer none): a window, which reads what it lists; owned by GTK
 */
OctavoVersionsWindow *
octavo_versions_window_new (OctavoNoteBuffers *buffers, gint64 note_id)
{
  OctavoVersionsWindow *self;

  g_return_val_if_fail (OCTAVO_IS_NOTE_BUFFERS (buffers), NULL);
  g_return_val_if_fail (note_id > 0, NULL);

  self = g_object_new (OCTAVO_TYPE_VERSIONS_WINDOW, NULL);
  self->buffers = g_object_ref (buffers);
  self->store = octavo_note_buffers_get_store (buffers);
  self->note_id = note_id;
  g_signal_connect_object (self->store, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  return self;
}

/**
 * octavo_versions_window_present:
 * @over: (nullable): a window
 * @buffers: the notes that are open
 * @note_id: a note
 *
 * Shows what the note said before.
 */
void
octavo_versions_window_present (GtkWindow *over, OctavoNoteBuffers *buffers, gint64 note_id)
{
  OctavoVersionsWindow *self = octavo_versions_window_new (buffers, note_id);

  octavo_transient_set_over (GTK_WINDOW (self), over);
  gtk_window_present (GTK_WINDOW (self));
}

/**
 * octavo_versions_window_get_n_rows:
 * @self: the window
 *
 * Returns: how many versions it lists, what the note says now apart
 */
guint
octavo_versions_window_get_n_rows (OctavoVersionsWindow *self)
{
  g_return_val_if_fail (OCTAVO_IS_VERSIONS_WINDOW (self), 0);

  return self->versions != NULL ? self->versions->len : 0;
}
