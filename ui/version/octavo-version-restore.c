/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-version-restore.h"

#include "octavo-note-buffer.h"
#include "octavo-note-repository.h"
#include "octavo-text-edit.h"
#include "octavo-version-reading.h"
#include "octavo-version-repository.h"

/* It goes the way of what is typed, so that all windows follow, and the text can be undone by Ctrl+Z. What the note
 * says before, saved or not, is a version first. */

typedef struct
{
  gint64 note_id;
  OctavoNoteValues *version;
  OctavoNoteBuffer *buffer;
} Restore;

static void
restore_free (gpointer data)
{
  Restore *self = data;

  octavo_note_values_free (self->version);
  g_clear_object (&self->buffer);
  g_free (self);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (octavo_note_repository_save_finish (OCTAVO_NOTE_REPOSITORY (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* One that is too large to be edited is written as it is, and the buffer follows. */
static void
put_large (GTask *task, OctavoNoteBuffers *buffers)
{
  Restore *self = g_task_get_task_data (task);
  OctavoNote *note = octavo_note_buffer_get_note (self->buffer);
  GError *error = NULL;

  if (!octavo_note_buffers_flush (buffers, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  g_object_freeze_notify (G_OBJECT (note));
  octavo_note_set_title (note, self->version->title);
  octavo_note_set_body (note, self->version->body);
  g_object_thaw_notify (G_OBJECT (note));
  octavo_note_repository_save_async (octavo_store_get_notes (octavo_note_buffers_get_store (buffers)), note, NULL,
                                     on_saved, g_object_ref (task));
}

static void
put (GTask *task, OctavoNoteBuffers *buffers)
{
  Restore *self = g_task_get_task_data (task);

  octavo_note_buffer_set_title (self->buffer, self->version->title);
  octavo_markdown_buffer_replace (OCTAVO_MARKDOWN_BUFFER (self->buffer), self->version->body);
  octavo_autosave_save (octavo_note_buffers_get_autosave (buffers));
  g_task_return_boolean (task, TRUE);
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  OctavoNoteBuffers *buffers = g_task_get_source_object (task);
  Restore *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (!octavo_version_repository_keep_finish (OCTAVO_VERSION_REPOSITORY (source), result, &error))
    g_task_return_error (task, error);
  else if (octavo_note_buffer_is_truncated (self->buffer) ||
           octavo_text_exceeds (self->version->body, OCTAVO_NOTE_BUFFER_MAX_SIZE, OCTAVO_NOTE_BUFFER_MAX_LINE))
    put_large (task, buffers);
  else
    put (task, buffers);
}

static void
keep_present (GTask *task)
{
  OctavoNoteBuffers *buffers = g_task_get_source_object (task);
  OctavoStore *store = octavo_note_buffers_get_store (buffers);
  Restore *self = g_task_get_task_data (task);
  g_autofree char *body = octavo_note_buffer_dup_body (self->buffer);

  octavo_version_repository_keep_async (octavo_store_get_versions (store), self->note_id,
                                        octavo_note_buffer_get_title (self->buffer), body, OCTAVO_VERSION_RESTORE,
                                        on_kept, g_object_ref (task));
}

static void
on_buffer_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Restore *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->buffer = octavo_note_buffers_read_finish (OCTAVO_NOTE_BUFFERS (source), result, &error);
  if (self->buffer != NULL)
    keep_present (task);
  else
    g_task_return_error (task, error);
}

static void
on_version_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  OctavoNoteBuffers *buffers = g_task_get_source_object (task);
  Restore *self = g_task_get_task_data (task);
  GError *error = NULL;
  OctavoNoteBuffer *buffer;

  self->version = octavo_version_read_finish (OCTAVO_STORE (source), result, &error);
  if (self->version == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  buffer = octavo_note_buffers_use (buffers, self->note_id);
  if (buffer == NULL)
    {
      octavo_note_buffers_read_async (buffers, self->note_id, NULL, on_buffer_read, g_steal_pointer (&task));
      return;
    }
  self->buffer = g_object_ref (buffer);
  keep_present (task);
}

/**
 * octavo_version_restore_async:
 * @buffers: the notes that are open
 * @note_id: a note
 * @version_id: one of its versions
 * @callback: called when the note says it
 * @user_data: for @callback
 *
 * Gives a note the title and text of a version, after what it says was kept as one. Main thread; does not block.
 */
void
octavo_version_restore_async (OctavoNoteBuffers *buffers,
                              gint64 note_id,
                              gint64 version_id,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  Restore *restore;
  GTask *task;

  g_return_if_fail (OCTAVO_IS_NOTE_BUFFERS (buffers));
  g_return_if_fail (note_id > 0 && version_id > 0);

  task = g_task_new (buffers, NULL, callback, user_data);
  g_task_set_source_tag (task, octavo_version_restore_async);
  restore = g_new0 (Restore, 1);
  restore->note_id = note_id;
  g_task_set_task_data (task, restore, restore_free);
  octavo_version_read_async (octavo_note_buffers_get_store (buffers), version_id, on_version_read, task);
}

/**
 * octavo_version_restore_finish:
 * @buffers: the notes that are open
 * @result: what the callback was given
 * @error: where to put an error, in words for a person
 *
 * Returns: whether the note says it
 */
gboolean
octavo_version_restore_finish (OctavoNoteBuffers *buffers, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, buffers), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
