/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-note-tags.h"

#include "octavo-note-repository.h"

/* Tags are written at once, by id, and shown when they are in the file. A note that was never saved is saved first. */

struct _OctavoNoteTags
{
  GObject parent_instance;

  OctavoStore *store;
  OctavoAutosave *autosave;
  OctavoNoteBuffer *buffer;
  GStrv names;
  GPtrArray *waiting; /* (element-type Step): for their notes to be in the file */
};

typedef struct
{
  OctavoNoteTags *tags;
  OctavoNoteBuffer *buffer; /* whose they are, whatever is shown by then */
  OctavoNotesAction action;
  char *name;
  gboolean is_done; /* there was no time to wait */
} Step;

G_DEFINE_FINAL_TYPE (OctavoNoteTags, octavo_note_tags, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_PROBLEM,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
step_free (Step *step)
{
  g_object_unref (step->tags);
  g_object_unref (step->buffer);
  g_free (step->name);
  g_free (step);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Step, step_free)

static void
read_names (OctavoNoteTags *self)
{
  gint64 id = self->buffer != NULL ? octavo_note_buffer_get_id (self->buffer) : 0;
  g_auto (GStrv) names = NULL;

  if (id > 0)
    {
      g_autoptr (GPtrArray) rows = octavo_note_repository_read_page (octavo_store_get_notes (self->store), &id, 1);

      if (rows->len > 0 && rows->pdata[0] != NULL)
        names = g_strdupv ((char **) octavo_note_row_get_tags (rows->pdata[0]));
    }
  if (names == NULL)
    names = g_new0 (char *, 1);
  if (g_strv_equal ((const char *const *) names, (const char *const *) self->names))
    return;
  g_strfreev (self->names);
  self->names = g_steal_pointer (&names);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
fail (Step *step, const GError *error)
{
  if (step->buffer != step->tags->buffer)
    return;
  g_signal_emit (step->tags, signals[SIGNAL_PROBLEM], 0, step->action == OCTAVO_NOTES_ADD_TAG ? step->name : NULL,
                 error->message);
}

static void
on_applied (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Step) step = data;
  g_autoptr (GError) error = NULL;

  if (octavo_note_repository_apply_finish (OCTAVO_NOTE_REPOSITORY (source), result, NULL, &error))
    read_names (step->tags);
  else
    fail (step, error);
}

static void
on_note_there (GObject *source, GAsyncResult *result, gpointer data)
{
  Step *step = data;
  g_autoptr (GError) error = NULL;
  gint64 id = octavo_note_buffer_get_id (step->buffer);
  gboolean is_there = octavo_autosave_ensure_note_finish (OCTAVO_AUTOSAVE (source), result, &error);

  g_ptr_array_remove (step->tags->waiting, step);
  if (!is_there || step->is_done)
    {
      if (!step->is_done)
        fail (step, error);
      step_free (step);
      return;
    }
  octavo_note_repository_apply_async (octavo_store_get_notes (step->tags->store), step->action, &id, 1, step->name,
                                      NULL, on_applied, step);
}

static void
apply (OctavoNoteTags *self, OctavoNotesAction action, const char *name)
{
  Step *step;

  g_return_if_fail (self->buffer != NULL);

  step = g_new0 (Step, 1);
  step->tags = g_object_ref (self);
  step->buffer = g_object_ref (self->buffer);
  step->action = action;
  step->name = g_strdup (name);
  g_ptr_array_add (self->waiting, step);
  octavo_autosave_ensure_note_async (self->autosave, self->buffer, on_note_there, step);
}

static void
on_store_changed (OctavoNoteTags *self, OctavoChange *change)
{
  if (octavo_change_has_tags (change) || octavo_change_is_everything (change))
    read_names (self);
}

static void
octavo_note_tags_dispose (GObject *object)
{
  OctavoNoteTags *self = OCTAVO_NOTE_TAGS (object);

  g_clear_object (&self->buffer);
  g_clear_object (&self->autosave);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (octavo_note_tags_parent_class)->dispose (object);
}

static void
octavo_note_tags_finalize (GObject *object)
{
  g_strfreev (OCTAVO_NOTE_TAGS (object)->names);
  g_ptr_array_unref (OCTAVO_NOTE_TAGS (object)->waiting);
  G_OBJECT_CLASS (octavo_note_tags_parent_class)->finalize (object);
}

static void
octavo_note_tags_class_init (OctavoNoteTagsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = octavo_note_tags_dispose;
  object_class->finalize = octavo_note_tags_finalize;

  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", OCTAVO_TYPE_NOTE_TAGS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_PROBLEM] = g_signal_new ("problem", OCTAVO_TYPE_NOTE_TAGS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
octavo_note_tags_init (OctavoNoteTags *self)
{
  self->names = g_new0 (char *, 1);
  self->waiting = g_ptr_array_new ();
}

/**
 * octavo_note_tags_new:
 * @store: the open store
 * @autosave: what saves a note that is not in the file yet
 *
 * Returns: (transfer full): the tags of no note
 */
OctavoNoteTags *
octavo_note_tags_new (OctavoStore *store, OctavoAutosave *autosave)
{
  OctavoNoteTags *self = g_object_new (OCTAVO_TYPE_NOTE_TAGS, NULL);

  self->store = g_object_ref (store);
  self->autosave = g_object_ref (autosave);
  g_signal_connect_object (store, "changed", G_CALLBACK (on_store_changed), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * octavo_note_tags_set_buffer:
 * @self: the tags
 * @buffer: (nullable): whose
 *
 * Turns to another note.
 */
void
octavo_note_tags_set_buffer (OctavoNoteTags *self, OctavoNoteBuffer *buffer)
{
  g_return_if_fail (OCTAVO_IS_NOTE_TAGS (self));

  g_set_object (&self->buffer, buffer);
  read_names (self);
}

/**
 * octavo_note_tags_get_names:
 * @self: the tags
 *
 * Returns: (transfer none): their names, sorted
 */
const char *const *
octavo_note_tags_get_names (OctavoNoteTags *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_TAGS (self), NULL);
  return (const char *const *) self->names;
}

/**
 * octavo_note_tags_add:
 * @self: the tags
 * @name: the name of a tag, which is made where there is none
 *
 * Adds a tag to the note.
 */
void
octavo_note_tags_add (OctavoNoteTags *self, const char *name)
{
  g_return_if_fail (OCTAVO_IS_NOTE_TAGS (self));
  apply (self, OCTAVO_NOTES_ADD_TAG, name);
}

/**
 * octavo_note_tags_remove:
 * @self: the tags
 * @name: the name of one of them
 *
 * Takes a tag from the note.
 */
void
octavo_note_tags_remove (OctavoNoteTags *self, const char *name)
{
  g_return_if_fail (OCTAVO_IS_NOTE_TAGS (self));
  apply (self, OCTAVO_NOTES_REMOVE_TAG, name);
}

/**
 * octavo_note_tags_flush:
 * @self: the tags
 * @error: why something could not be written, in words for a person
 *
 * Writes what was added and taken away, and still waits for its note to be in the file, now: the main loop that it
 * waits for may end with the window. The notes themselves were handed over to be saved. Blocks.
 *
 * Returns: whether all of it is in the file, or on its way
 */
gboolean
octavo_note_tags_flush (OctavoNoteTags *self, GError **error)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_TAGS (self), FALSE);

  while (self->waiting->len > 0)
    {
      OctavoNoteRepository *notes = octavo_store_get_notes (self->store);
      Step *step = g_ptr_array_index (self->waiting, 0);
      OctavoNote *note = octavo_note_buffer_get_note (step->buffer);
      gint64 id;

      if (octavo_note_get_id (note) == 0 && !octavo_note_repository_save (notes, note, NULL, error))
        return FALSE;
      id = octavo_note_get_id (note);
      if (!octavo_note_repository_apply (notes, step->action, &id, 1, step->name, NULL, NULL, error))
        return FALSE;
      step->is_done = TRUE;
      g_ptr_array_remove_index (self->waiting, 0);
    }
  read_names (self);
  return TRUE;
}
