/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-note-buffers.h"

#include "octavo-note-banners.h"
#include "octavo-note-repository.h"
#include "octavo-note-view.h"
#include "octavo-version-keeper.h"

/* Undo history, cursor and scroll position of each note live in its buffer, so the buffer is kept. What holds nothing
 * that the file does not, and is shown nowhere, is bounded in number and size; of those let go, the place is
 * remembered. */

struct _OctavoNoteBuffers
{
  GObject parent_instance;

  OctavoStore *store;
  OctavoAutosave *autosave;
  OctavoVersionKeeper *versions;
  GPtrArray *buffers; /* the last used first */
  GHashTable *held;   /* OctavoNoteBuffer → how many show it */
  guint n_viewers;
  OctavoNotePlaces *places;
};

G_DEFINE_FINAL_TYPE (OctavoNoteBuffers, octavo_note_buffers, G_TYPE_OBJECT)

enum
{
  SIGNAL_GONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
remember_place (OctavoNoteBuffers *self, OctavoNoteBuffer *buffer)
{
  GtkTextBuffer *text = GTK_TEXT_BUFFER (buffer);
  OctavoNotePlace place = { .id = octavo_note_buffer_get_id (buffer) };
  GtkTextIter iter;

  if (place.id == 0)
    return;
  gtk_text_buffer_get_iter_at_mark (text, &iter, gtk_text_buffer_get_insert (text));
  place.cursor = gtk_text_iter_get_offset (&iter);
  place.top = octavo_note_view_get_remembered_top (text);
  octavo_note_places_put (self->places, &place);
}

static void
recall_place (OctavoNoteBuffers *self, OctavoNoteBuffer *buffer)
{
  GtkTextBuffer *text = GTK_TEXT_BUFFER (buffer);
  OctavoNotePlace place;
  GtkTextIter iter;

  if (!octavo_note_places_get (self->places, octavo_note_buffer_get_id (buffer), &place))
    return;
  gtk_text_buffer_get_iter_at_offset (text, &iter, place.cursor);
  gtk_text_buffer_place_cursor (text, &iter);
  octavo_note_view_set_remembered_top (text, place.top);
}

/* Whether it holds what the note does not: unsaved text, steps to undo, somebody else's version. */
static gboolean
is_worth_keeping (OctavoNoteBuffer *buffer)
{
  GtkTextBuffer *text = GTK_TEXT_BUFFER (buffer);

  return octavo_note_buffer_is_unsaved (buffer) || gtk_text_buffer_get_can_undo (text) ||
         gtk_text_buffer_get_can_redo (text) || octavo_note_buffer_has_conflict (buffer);
}

/* The first is about to be used. */
static void
let_go (OctavoNoteBuffers *self)
{
  gsize size = 0;
  guint n = 0;

  for (guint i = 0; i < self->buffers->len;)
    {
      OctavoNoteBuffer *buffer = g_ptr_array_index (self->buffers, i);

      if (i == 0 || g_hash_table_contains (self->held, buffer) || is_worth_keeping (buffer))
        {
          i++;
          continue;
        }
      size += octavo_note_buffer_get_size (buffer);
      n++;
      if (n < OCTAVO_NOTE_BUFFERS_MAX && size <= OCTAVO_NOTE_BUFFERS_MAX_SIZE)
        {
          i++;
          continue;
        }
      remember_place (self, buffer);
      g_ptr_array_remove_index (self->buffers, i);
    }
}

static gboolean
is_in_store (OctavoNoteBuffers *self, gint64 id)
{
  g_autoptr (GPtrArray) rows = octavo_note_repository_read_page (octavo_store_get_notes (self->store), &id, 1);

  return rows->len > 0 && rows->pdata[0] != NULL;
}

/* What is unsaved stays: saving it makes a note of it again. */
static void
on_store_changed (OctavoNoteBuffers *self, OctavoChange *change)
{
  gsize n;

  octavo_change_get_removed (change, &n);
  if (n == 0 && !octavo_change_is_everything (change))
    return;
  for (guint i = self->buffers->len; i > 0; i--)
    {
      g_autoptr (OctavoNoteBuffer) buffer = g_object_ref (g_ptr_array_index (self->buffers, i - 1));
      gint64 id = octavo_note_buffer_get_id (buffer);

      if (id == 0 || octavo_note_buffer_is_unsaved (buffer) || is_in_store (self, id))
        continue;
      g_ptr_array_remove_index (self->buffers, i - 1);
      octavo_note_places_remove (self->places, id);
      g_signal_emit (self, signals[SIGNAL_GONE], 0, buffer);
    }
}

static void
octavo_note_buffers_dispose (GObject *object)
{
  OctavoNoteBuffers *self = OCTAVO_NOTE_BUFFERS (object);

  g_ptr_array_set_size (self->buffers, 0);
  g_clear_object (&self->autosave);
  g_clear_object (&self->versions);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (octavo_note_buffers_parent_class)->dispose (object);
}

static void
octavo_note_buffers_finalize (GObject *object)
{
  OctavoNoteBuffers *self = OCTAVO_NOTE_BUFFERS (object);

  g_ptr_array_unref (self->buffers);
  g_hash_table_unref (self->held);
  g_object_unref (self->places);
  G_OBJECT_CLASS (octavo_note_buffers_parent_class)->finalize (object);
}

static void
octavo_note_buffers_class_init (OctavoNoteBuffersClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = octavo_note_buffers_dispose;
  G_OBJECT_CLASS (klass)->finalize = octavo_note_buffers_finalize;

  signals[SIGNAL_GONE] = g_signal_new ("gone", OCTAVO_TYPE_NOTE_BUFFERS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, OCTAVO_TYPE_NOTE_BUFFER);
}

static void
octavo_note_buffers_init (OctavoNoteBuffers *self)
{
  self->buffers = g_ptr_array_new_with_free_func (g_object_unref);
  self->held = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->places = octavo_note_places_new ();
}

/**
 * octavo_note_buffers_new:
 * @store: the open store that notes are read from and saved to
 *
 * Makes an empty cache. All windows on a store are given the same one.
 *
 * Returns: (transfer full): the cache
 */
OctavoNoteBuffers *
octavo_note_buffers_new (OctavoStore *store)
{
  OctavoNoteBuffers *self;

  g_return_val_if_fail (OCTAVO_IS_STORE (store), NULL);

  self = g_object_new (OCTAVO_TYPE_NOTE_BUFFERS, NULL);
  self->store = g_object_ref (store);
  self->autosave = octavo_autosave_new (store);
  self->versions = octavo_version_keeper_new (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (on_store_changed), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * octavo_note_buffers_get_store:
 * @self: a cache
 *
 * Returns: (transfer none): the store that notes are read from
 */
OctavoStore *
octavo_note_buffers_get_store (OctavoNoteBuffers *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_BUFFERS (self), NULL);
  return self->store;
}

/**
 * octavo_note_buffers_get_autosave:
 * @self: a cache
 *
 * Returns: (transfer none): what saves what is typed into the buffers
 */
OctavoAutosave *
octavo_note_buffers_get_autosave (OctavoNoteBuffers *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_BUFFERS (self), NULL);
  return self->autosave;
}

static OctavoNoteBuffer *
find (OctavoNoteBuffers *self, gint64 id, guint *position)
{
  for (guint i = 0; i < self->buffers->len; i++)
    if (octavo_note_buffer_get_id (self->buffers->pdata[i]) == id)
      {
        *position = i;
        return self->buffers->pdata[i];
      }
  return NULL;
}

/**
 * octavo_note_buffers_use:
 * @self: a cache
 * @id: a note
 *
 * Finds the buffer of a note that was open before, which becomes the last used: it stays until another is.
 *
 * Returns: (nullable) (transfer none): the buffer; NULL where the note is to be read
 */
OctavoNoteBuffer *
octavo_note_buffers_use (OctavoNoteBuffers *self, gint64 id)
{
  OctavoNoteBuffer *buffer;
  guint position;

  g_return_val_if_fail (OCTAVO_IS_NOTE_BUFFERS (self), NULL);
  g_return_val_if_fail (id > 0, NULL);

  buffer = find (self, id, &position);
  if (buffer == NULL)
    return NULL;
  g_ptr_array_insert (self->buffers, 0, g_ptr_array_steal_index (self->buffers, position));
  let_go (self);
  return buffer;
}

/**
 * octavo_note_buffers_add:
 * @self: a cache
 * @buffer: a buffer that was just made, of a note or for a new one
 *
 * Takes a buffer in as the last used, and has what is typed into it saved. Its cursor and scroll position become those
 * that its note was left with.
 */
void
octavo_note_buffers_add (OctavoNoteBuffers *self, OctavoNoteBuffer *buffer)
{
  g_return_if_fail (OCTAVO_IS_NOTE_BUFFERS (self));
  g_return_if_fail (OCTAVO_IS_NOTE_BUFFER (buffer));

  octavo_autosave_watch (self->autosave, buffer);
  octavo_version_keeper_watch (self->versions, buffer);
  recall_place (self, buffer);
  g_ptr_array_insert (self->buffers, 0, g_object_ref (buffer));
  let_go (self);
}

/**
 * octavo_note_buffers_enter:
 * @self: a cache
 *
 * Says that there is one more place where notes of the cache are shown.
 */
void
octavo_note_buffers_enter (OctavoNoteBuffers *self)
{
  g_return_if_fail (OCTAVO_IS_NOTE_BUFFERS (self));
  self->n_viewers++;
}

/**
 * octavo_note_buffers_leave:
 * @self: a cache
 *
 * Takes back what octavo_note_buffers_enter() said.
 */
void
octavo_note_buffers_leave (OctavoNoteBuffers *self)
{
  g_return_if_fail (OCTAVO_IS_NOTE_BUFFERS (self));
  g_return_if_fail (self->n_viewers > 0);
  self->n_viewers--;
}

/**
 * octavo_note_buffers_get_n_viewers:
 * @self: a cache
 *
 * Returns: in how many places notes of the cache are shown
 */
guint
octavo_note_buffers_get_n_viewers (OctavoNoteBuffers *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_BUFFERS (self), 0);
  return self->n_viewers;
}

/**
 * octavo_note_buffers_hold:
 * @self: a cache
 * @buffer: a buffer
 *
 * Says that a buffer is shown in one more place; it is kept until it is shown in none.
 */
void
octavo_note_buffers_hold (OctavoNoteBuffers *self, OctavoNoteBuffer *buffer)
{
  guint n;

  g_return_if_fail (OCTAVO_IS_NOTE_BUFFERS (self));
  g_return_if_fail (OCTAVO_IS_NOTE_BUFFER (buffer));

  n = GPOINTER_TO_UINT (g_hash_table_lookup (self->held, buffer));
  g_hash_table_replace (self->held, g_object_ref (buffer), GUINT_TO_POINTER (n + 1));
}

/**
 * octavo_note_buffers_release:
 * @self: a cache
 * @buffer: a buffer that octavo_note_buffers_hold() was told of
 *
 * Says that a buffer is shown in one place less. A new note in which nothing stands goes away with the last of them.
 */
void
octavo_note_buffers_release (OctavoNoteBuffers *self, OctavoNoteBuffer *buffer)
{
  guint n;

  g_return_if_fail (OCTAVO_IS_NOTE_BUFFERS (self));

  n = GPOINTER_TO_UINT (g_hash_table_lookup (self->held, buffer));
  g_return_if_fail (n > 0);
  if (n > 1)
    {
      g_hash_table_replace (self->held, g_object_ref (buffer), GUINT_TO_POINTER (n - 1));
      return;
    }
  octavo_version_keeper_left (self->versions, buffer);
  if (octavo_note_buffer_is_blank (buffer))
    g_ptr_array_remove (self->buffers, buffer);
  g_hash_table_remove (self->held, buffer);
  let_go (self);
}

/**
 * octavo_note_buffers_get_places:
 * @self: a cache
 *
 * Returns: (transfer none): where the notes were left that are not open
 */
OctavoNotePlaces *
octavo_note_buffers_get_places (OctavoNoteBuffers *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_BUFFERS (self), NULL);
  return self->places;
}

/**
 * octavo_note_buffers_remember_places:
 * @self: a cache
 *
 * Has the places know of the notes that are open, too.
 */
void
octavo_note_buffers_remember_places (OctavoNoteBuffers *self)
{
  g_return_if_fail (OCTAVO_IS_NOTE_BUFFERS (self));

  for (guint i = self->buffers->len; i > 0; i--)
    {
      octavo_note_view_remember_buffer (GTK_TEXT_BUFFER (self->buffers->pdata[i - 1]));
      remember_place (self, self->buffers->pdata[i - 1]);
    }
}

/**
 * octavo_note_buffers_flush:
 * @self: a cache
 * @error: why something could not be saved, in words for a person
 *
 * Saves what was typed in any note, and any version of somebody else that nobody decided on, as a note of its own, and
 * waits until all is safe: for the end of the program.
 *
 * Returns: whether everything is safe
 */
gboolean
octavo_note_buffers_flush (OctavoNoteBuffers *self, GError **error)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_BUFFERS (self), FALSE);

  return octavo_autosave_flush (self->autosave, error);
}

/**
 * octavo_note_buffers_get_n_buffers:
 * @self: a cache
 *
 * Returns: how many buffers are kept
 */
guint
octavo_note_buffers_get_n_buffers (OctavoNoteBuffers *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_BUFFERS (self), 0);
  return self->buffers->len;
}

/**
 * octavo_note_buffers_find:
 * @self: a cache
 * @id: a note
 *
 * Returns: (nullable) (transfer none): its buffer; %NULL where it is in none. It is not used by that.
 */
OctavoNoteBuffer *
octavo_note_buffers_find (OctavoNoteBuffers *self, gint64 id)
{
  guint position;

  g_return_val_if_fail (OCTAVO_IS_NOTE_BUFFERS (self), NULL);
  g_return_val_if_fail (id > 0, NULL);

  return find (self, id, &position);
}

static void
on_note_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (OctavoNote) note = octavo_note_repository_get_finish (OCTAVO_NOTE_REPOSITORY (source), result, &error);
  OctavoNoteBuffers *self = g_task_get_source_object (task);
  g_autoptr (OctavoNoteBuffer) buffer = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (note == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  /* Two windows may have asked for it at the same time. */
  buffer = octavo_note_buffers_use (self, octavo_note_get_id (note));
  if (buffer != NULL)
    g_object_ref (buffer);
  else
    {
      buffer = octavo_note_buffer_new (note);
      octavo_note_buffers_add (self, buffer);
    }
  g_task_return_pointer (task, g_steal_pointer (&buffer), g_object_unref);
}

/**
 * octavo_note_buffers_read_async:
 * @self: a cache
 * @id: a note that octavo_note_buffers_use() did not find
 * @cancellable: (nullable): stops it
 * @callback: called when the buffer is there
 * @user_data: for @callback
 *
 * Reads a note without blocking.
 */
void
octavo_note_buffers_read_async (OctavoNoteBuffers *self,
                                gint64 id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task;

  g_return_if_fail (OCTAVO_IS_NOTE_BUFFERS (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, octavo_note_buffers_read_async);
  octavo_note_repository_get_async (octavo_store_get_notes (self->store), id, cancellable, on_note_read, task);
}

/**
 * octavo_note_buffers_read_finish:
 * @self: a cache
 * @result: what the callback was given
 * @error: why there is none
 *
 * Returns: (transfer full): the buffer, which is in the cache
 */
OctavoNoteBuffer *
octavo_note_buffers_read_finish (OctavoNoteBuffers *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
