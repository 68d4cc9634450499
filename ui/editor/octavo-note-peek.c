/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-note-peek.h"

#include "octavo-task.h"

/* Another process may have written a moment ago, and nobody has told the object yet; nor is it told while it has
 * unsaved changes. Whoever is about to overwrite a note looks first. */

typedef struct
{
  OctavoNoteRepository *notes;
  gint64 id;
  OctavoNoteValues *values;
} Peek;

static void
peek_free (gpointer data)
{
  Peek *self = data;

  g_object_unref (self->notes);
  g_clear_pointer (&self->values, octavo_note_values_free);
  g_free (self);
}

static gboolean
take_values (OctavoNoteValues *values, gpointer data)
{
  OctavoNoteValues **taken = data;

  *taken = octavo_note_values_new ();
  (*taken)->id = values->id;
  (*taken)->title = g_steal_pointer (&values->title);
  (*taken)->body = g_steal_pointer (&values->body);
  return FALSE;
}

/**
 * octavo_note_peek:
 * @notes: the repository
 * @id: a note
 * @error: why it could not be read
 *
 * Reads the title and text of a note. Any thread; blocks.
 *
 * Returns: (nullable) (transfer full): its values, of which only these are set; %NULL where there is no such note, or
 *   with @error set
 */
OctavoNoteValues *
octavo_note_peek (OctavoNoteRepository *notes, gint64 id, GError **error)
{
  OctavoNoteValues *values = NULL;

  octavo_note_repository_foreach (notes, &id, 1, TRUE, take_values, &values, NULL, error);
  return values;
}

static gboolean
run (gpointer source, gpointer data, GCancellable *cancellable, GError **error)
{
  Peek *peek = data;
  GError *failure = NULL;

  peek->values = octavo_note_peek (peek->notes, peek->id, &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

/**
 * octavo_note_peek_async:
 * @notes: the repository
 * @id: a note
 * @callback: called when it was read
 * @user_data: for @callback
 *
 * As octavo_note_peek(), without blocking. Main thread.
 */
void
octavo_note_peek_async (OctavoNoteRepository *notes, gint64 id, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Peek *peek = g_new0 (Peek, 1);

  peek->notes = g_object_ref (notes);
  peek->id = id;
  g_task_set_source_tag (task, octavo_note_peek_async);
  g_task_set_task_data (task, peek, peek_free);
  octavo_task_run_in_thread (task, run);
}

/**
 * octavo_note_peek_finish:
 * @result: what the callback was given
 * @error: why it could not be read
 *
 * Returns: (nullable) (transfer full): as of octavo_note_peek()
 */
OctavoNoteValues *
octavo_note_peek_finish (GAsyncResult *result, GError **error)
{
  Peek *peek;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  peek = g_task_get_task_data (G_TASK (result));
  return g_steal_pointer (&peek->values);
}
