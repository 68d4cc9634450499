/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-backup-folder.h"
#include "octavo-backups-window.h"
#include "octavo-banner.h"
#include "octavo-snapshot-restore.h"
#include "octavo-task.h"
#include "octavo-transient.h"
#include "octavo-window-private.h"

/* Notes come back from a backup, one or all, and go again if that was a mistake. What is typed and not saved yet is
 * saved before that: it is part of what is kept. */

#define OFFER_TIME 15 /* seconds */

/* What can be undone: one of both. */
struct _OctavoBackupUndo
{
  OctavoNoteReturn *note;
  char *kept; /* the path of the backup of what all notes were */
};

void
octavo_backup_undo_free (OctavoBackupUndo *self)
{
  if (self == NULL)
    return;
  octavo_note_return_unref (self->note);
  g_free (self->kept);
  g_free (self);
}

/* Takes note and kept. */
static void
offer_undo (OctavoWindow *self, OctavoNoteReturn *note, char *kept, const char *text)
{
  const OctavoToast toast = { .text = text, .button = _ ("Undo"), .action = "win.undo-backup", .seconds = OFFER_TIME };

  octavo_backup_undo_free (self->backup_undo);
  self->backup_undo = g_new0 (OctavoBackupUndo, 1);
  self->backup_undo->note = note;
  self->backup_undo->kept = kept;
  octavo_toast_overlay_add (self->toasts, &toast);
  octavo_window_enable_action (self, "undo-backup", TRUE);
}

static gboolean
is_gone (OctavoWindow *self)
{
  return self->selection == NULL;
}

/* (nullable): the window of backups, where it is open over this one */
static OctavoBackupsWindow *
find_dialog (OctavoWindow *self)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *each = windows; each != NULL; each = each->next)
    if (OCTAVO_IS_BACKUPS_WINDOW (each->data) && gtk_window_get_transient_for (each->data) == GTK_WINDOW (self))
      return each->data;
  return NULL;
}

/* Says it where the person looks. */
static void
fail (OctavoWindow *self, const char *message)
{
  OctavoBackupsWindow *dialog = find_dialog (self);

  if (dialog == NULL)
    {
      octavo_window_show_error (self, _ ("The Notes Were Left as They Are"), message);
      return;
    }
  octavo_backups_window_set_busy (dialog, FALSE);
  octavo_backups_window_show_error (dialog, message);
}

static gboolean
begin (OctavoWindow *self)
{
  OctavoBackupsWindow *dialog = find_dialog (self);
  g_autoptr (GError) error = NULL;

  if (!octavo_note_buffers_flush (self->buffers, &error))
    {
      fail (self, error->message);
      return FALSE;
    }
  if (dialog != NULL)
    octavo_backups_window_set_busy (dialog, TRUE);
  return TRUE;
}

static void
close_dialog (OctavoWindow *self)
{
  OctavoBackupsWindow *dialog = find_dialog (self);

  if (dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (dialog));
}

/* One note */

typedef struct
{
  OctavoWindow *window;
  OctavoNoteReturn *note;
} NoteWork;

static NoteWork *
note_work_new (OctavoWindow *window, OctavoNoteReturn *note)
{
  NoteWork *work = g_new (NoteWork, 1);

  work->window = g_object_ref (window);
  work->note = octavo_note_return_ref (note);
  return work;
}

static void
note_work_free (NoteWork *work)
{
  g_object_unref (work->window);
  octavo_note_return_unref (work->note);
  g_free (work);
}

static void
on_note_returned (GObject *source, GAsyncResult *result, gpointer data)
{
  NoteWork *work = data;
  OctavoWindow *self = work->window;
  g_autoptr (GError) error = NULL;
  gboolean is_done = octavo_note_return_finish (OCTAVO_STORE (source), result, &error);

  if (!is_gone (self) && !is_done)
    fail (self, error->message);
  else if (!is_gone (self))
    {
      close_dialog (self);
      octavo_window_open_note (self, octavo_note_return_get_id (work->note));
      offer_undo (self, octavo_note_return_ref (work->note), NULL, _ ("The note is back"));
    }
  note_work_free (work);
}

static void
on_restore_note (OctavoWindow *self, const char *path, const OctavoNoteValues *note, int kind)
{
  g_autoptr (OctavoNoteReturn) note_return = NULL;

  if (!begin (self))
    return;
  note_return = octavo_note_return_new (path, note, (OctavoNoteReturnKind) kind);
  octavo_note_return_run_async (note_return, self->store, on_note_returned, note_work_new (self, note_return));
}

static void
on_note_undone (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (OctavoWindow) self = data;
  g_autoptr (GError) error = NULL;
  gboolean is_done = octavo_note_return_finish (OCTAVO_STORE (source), result, &error);

  if (!is_gone (self))
    octavo_window_toast (self, is_done ? _ ("The note is as it was before") : error->message);
}

/* All notes */

typedef struct
{
  OctavoSnapshots *snapshots;
  char *from;
  char *date; /* (nullable): of the backup; NULL: it is undone */
  char *kept;
} AllWork;

static void
all_work_free (gpointer data)
{
  AllWork *work = data;

  octavo_snapshots_unref (work->snapshots);
  g_free (work->from);
  g_free (work->date);
  g_free (work->kept);
  g_free (work);
}

static gboolean
restore_all (gpointer source, gpointer data, GCancellable *cancellable, GError **error)
{
  AllWork *work = data;

  return octavo_snapshot_restore (work->snapshots, work->from, &work->kept, cancellable, error);
}

static void
on_all_restored (GObject *source, GAsyncResult *result, gpointer data)
{
  OctavoWindow *self = OCTAVO_WINDOW (source);
  AllWork *work = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (is_gone (self))
    return;
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      fail (self, error->message);
      return;
    }
  close_dialog (self);
  octavo_store_look_for_changes (self->store);
  if (work->date != NULL)
    text = g_strdup_printf (_ ("The notes are those of %s"), work->date);
  else
    text = g_strdup (_ ("The notes are as they were before"));
  offer_undo (self, NULL, g_steal_pointer (&work->kept), text);
}

static void
run_restore_all (OctavoWindow *self, const char *path, const char *date)
{
  AllWork *work;
  GTask *task;

  if (!begin (self))
    return;
  work = g_new0 (AllWork, 1);
  work->snapshots = octavo_backup_folder_get_snapshots (octavo_store_get_path (self->store));
  work->from = g_strdup (path);
  work->date = g_strdup (date);
  task = g_task_new (self, NULL, on_all_restored, NULL);
  g_task_set_task_data (task, work, all_work_free);
  octavo_task_run_in_thread (task, restore_all);
}

/* Actions */

/* Undoes the return to a backup that was last: as often as one likes, where it was of all notes. */
void
octavo_window_undo_backup (OctavoWindow *self)
{
  OctavoBackupUndo *undo = g_steal_pointer (&self->backup_undo);

  octavo_window_enable_action (self, "undo-backup", FALSE);
  if (undo == NULL)
    return;
  if (undo->note == NULL)
    run_restore_all (self, undo->kept, NULL);
  else if (begin (self))
    octavo_note_return_undo_async (undo->note, self->store, on_note_undone, g_object_ref (self));
  octavo_backup_undo_free (undo);
}

/* Shows the backups that there are. */
void
octavo_window_show_backups (OctavoWindow *self)
{
  OctavoBackupsWindow *dialog = octavo_backups_window_new (self->store);

  g_signal_connect_object (dialog, "restore-note", G_CALLBACK (on_restore_note), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "restore-all", G_CALLBACK (run_restore_all), self, G_CONNECT_SWAPPED);
  octavo_transient_set_over (GTK_WINDOW (dialog), GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * octavo_window_tell_damage:
 * @self: a window
 *
 * Says above the list that the file of notes is damaged, and offers to repair it.
 */
void
octavo_window_tell_damage (OctavoWindow *self)
{
  g_return_if_fail (OCTAVO_IS_WINDOW (self));

  if (self->damage_banner != NULL)
    return;
  self->damage_banner = octavo_banner_new ();
  g_object_set (self->damage_banner, "label", _ ("_Repair"), "action-name", "app.repair", NULL);
  octavo_note_list_pane_add_banner (self->list_pane, self->damage_banner);
  octavo_banner_set_text (OCTAVO_BANNER (self->damage_banner),
                          _ ("The file of your notes is damaged on the disk. A repair saves what can be read and keeps "
                             "the damaged file."));
}

/**
 * octavo_window_tell_backup_problem:
 * @self: a window
 * @problem: (nullable): why no backup can be made; %NULL: one can
 *
 * Says above the list that there are no backups at present, for as long as that is so.
 */
void
octavo_window_tell_backup_problem (OctavoWindow *self, const char *problem)
{
  g_return_if_fail (OCTAVO_IS_WINDOW (self));

  if (self->backup_banner == NULL && problem == NULL)
    return;
  if (self->backup_banner == NULL)
    {
      self->backup_banner = octavo_banner_new ();
      g_object_set (self->backup_banner, "label", _ ("_Backups"), "action-name", "win.backups", NULL);
      octavo_note_list_pane_add_banner (self->list_pane, self->backup_banner);
    }
  octavo_banner_set_text (OCTAVO_BANNER (self->backup_banner), problem);
}
