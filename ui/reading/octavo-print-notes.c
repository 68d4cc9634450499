/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-print-notes.h"

#include "octavo-note-repository.h"
#include "octavo-task.h"

#include <string.h>

/* A note that is open is printed as it is typed, whether that is saved yet or not; the others as they are in the file.
 * Both are read on another thread. */

typedef struct
{
  gint64 id;   /* 0: the texts are there already */
  char *title; /* NULL: it is gone */
  char *body;
  OctavoMarkdownDocument *document;
} Note;

struct _OctavoPrintNotes
{
  GArray *notes; /* (element-type Note) */
  OctavoNoteRepository *repository;
};

static void
note_clear (gpointer data)
{
  Note *self = data;

  g_free (self->title);
  g_free (self->body);
  g_clear_pointer (&self->document, octavo_markdown_document_unref);
}

/**
 * octavo_print_notes_new:
 *
 * Returns: (transfer full): no notes yet
 */
OctavoPrintNotes *
octavo_print_notes_new (void)
{
  OctavoPrintNotes *self = g_new0 (OctavoPrintNotes, 1);

  self->notes = g_array_new (FALSE, TRUE, sizeof (Note));
  g_array_set_clear_func (self->notes, note_clear);
  return self;
}

/**
 * octavo_print_notes_free:
 * @self: (transfer full): notes that are to be printed
 */
void
octavo_print_notes_free (OctavoPrintNotes *self)
{
  g_array_unref (self->notes);
  g_clear_object (&self->repository);
  g_free (self);
}

/**
 * octavo_print_notes_add_buffer:
 * @self: notes that are to be printed
 * @buffer: one that is open
 *
 * Adds a note as it is typed. Main thread.
 */
void
octavo_print_notes_add_buffer (OctavoPrintNotes *self, OctavoNoteBuffer *buffer)
{
  Note note = { .title = g_strdup (octavo_note_buffer_get_title (buffer)),
                .body = octavo_note_buffer_dup_body (buffer) };

  g_array_append_val (self->notes, note);
}

/**
 * octavo_print_notes_add_id:
 * @self: notes that are to be printed
 * @id: one that is in the file
 */
void
octavo_print_notes_add_id (OctavoPrintNotes *self, gint64 id)
{
  const Note note = { .id = id };

  g_array_append_val (self->notes, note);
}

static gboolean
take_texts (OctavoNoteValues *values, gpointer data)
{
  Note *note = data;

  note->title = g_steal_pointer (&values->title);
  note->body = g_steal_pointer (&values->body);
  return TRUE;
}

static gboolean
read_notes (gpointer source, gpointer data, GCancellable *cancellable, GError **error)
{
  OctavoPrintNotes *self = data;

  for (guint i = 0; i < self->notes->len; i++)
    {
      Note *note = &g_array_index (self->notes, Note, i);

      if (note->id != 0 &&
          !octavo_note_repository_foreach (self->repository, &note->id, 1, TRUE, take_texts, note, cancellable, error))
        return FALSE;
      if (note->title == NULL)
        continue;
      note->document = octavo_markdown_document_new (note->body, strlen (note->body));
      g_clear_pointer (&note->body, g_free);
    }
  return TRUE;
}

/**
 * octavo_print_notes_read_async:
 * @self: (transfer full): notes that are to be printed
 * @store: where they are
 * @cancellable: (nullable): stops it
 * @callback: called when they were read
 * @user_data: for @callback
 *
 * Reads the notes. Main thread.
 */
void
octavo_print_notes_read_async (OctavoPrintNotes *self,
                               OctavoStore *store,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  self->repository = g_object_ref (octavo_store_get_notes (store));
  g_task_set_source_tag (task, octavo_print_notes_read_async);
  g_task_set_task_data (task, self, (GDestroyNotify) octavo_print_notes_free);
  octavo_task_run_in_thread (task, read_notes);
}

/**
 * octavo_print_notes_read_finish:
 * @result: what the callback was given
 * @error: why they could not be read
 *
 * Returns: (nullable) (transfer full): what prints those that are still there, in the order they were added; %NULL with
 *   @error set
 */
OctavoNotePrinter *
octavo_print_notes_read_finish (GAsyncResult *result, GError **error)
{
  OctavoPrintNotes *self;
  OctavoNotePrinter *printer;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  self = g_task_get_task_data (G_TASK (result));
  printer = octavo_note_printer_new ();
  for (guint i = 0; i < self->notes->len; i++)
    {
      const Note *note = &g_array_index (self->notes, Note, i);

      if (note->document != NULL)
        octavo_note_printer_add (printer, note->title, note->document);
    }
  return printer;
}
