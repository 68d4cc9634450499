/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-note-peek.h"

/* Another process may have written a moment ago, and nobody has told the object yet; nor is it told while it has
 * unsaved changes. Whoever is about to overwrite a note looks first. */

typedef struct
{
  OctavoNoteRepository *notes; /* not held: the last reference must not be dropped on another thread */
  gint64 id;
} Peek;

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

static void
run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Peek *peek = data;
  GError *error = NULL;
  OctavoNoteValues *values = octavo_note_peek (peek->notes, peek->id, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, values, (GDestroyNotify) octavo_note_values_free);
}

/**
 * octavo_note_peek_async:
 * @notes: the repository, which the caller keeps until @callback
 * @id: a note
 * @callback: called when it was read
 * @user_data: for @callback
 *
 * As octavo_note_peek(), without blocking. Main thread.
 */
void
octavo_note_peek_async (OctavoNoteRepository *notes, gint64 id, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Peek *peek = g_new (Peek, 1);

  peek->notes = notes;
  peek->id = id;
  g_task_set_source_tag (task, octavo_note_peek_async);
  g_task_set_task_data (task, peek, g_free);
  g_task_run_in_thread (task, run);
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
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
