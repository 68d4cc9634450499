/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-rescuer.h"

#include "octavo-task.h"

#include <glib/gstdio.h>

/* A save may wait for another program to let go of the file, or fail because the disk is full, and meanwhile the
 * program may be ended in any way. So what is not in the file of notes within a second of being typed is written beside
 * it, to a disk that is likely another one where the first does not take it. As a rule saves take some milliseconds,
 * and there is no such file. */

/* Milliseconds: how old a key gets before it is written down, the first as any other. What is a second old is then on a
 * disk. */
#define LATE 850

struct _OctavoRescuer
{
  GObject parent_instance;

  OctavoStore *store;
  OctavoAutosave *autosave;
  char *paths[2];
  GPtrArray *pending; /* (element-type OctavoRescued): of an earlier run, that could not be taken in yet */
  guint timer;
  guint n_kept;      /* edits that the file of its own has */
  gboolean has_file; /* or is about to */

  GMutex lock;
  guint order; /* under lock: of the last text to be written; older ones are not */
};

typedef struct
{
  OctavoRescuer *rescuer;
  char *text;
  guint order;
} Writing;

G_DEFINE_FINAL_TYPE (OctavoRescuer, octavo_rescuer, G_TYPE_OBJECT)

static void
writing_free (gpointer data)
{
  Writing *writing = data;

  g_free (writing->text);
  g_free (writing);
}

static void
remove_files (OctavoRescuer *self, guint from)
{
  for (guint i = from; i < G_N_ELEMENTS (self->paths); i++)
    g_unlink (self->paths[i]);
}

/* Any thread. What was ordered later is newer, and may be there already. NULL: there is nothing to be kept any more. */
static gboolean
put (OctavoRescuer *self, const char *text, guint order)
{
  g_autoptr (GError) error = NULL;
  gboolean is_kept = FALSE;

  g_mutex_lock (&self->lock);
  if (order == self->order && text == NULL)
    remove_files (self, 0);
  for (guint i = 0; order == self->order && text != NULL && !is_kept && i < G_N_ELEMENTS (self->paths); i++)
    {
      g_clear_error (&error);
      is_kept = octavo_rescue_write (self->paths[i], text, &error);
      if (is_kept)
        remove_files (self, i + 1);
    }
  g_mutex_unlock (&self->lock);
  if (error != NULL && !is_kept)
    g_message ("What was typed could not be kept elsewhere: %s", error->message);
  return is_kept;
}

static guint
next_order (OctavoRescuer *self)
{
  guint order;

  g_mutex_lock (&self->lock);
  order = ++self->order;
  g_mutex_unlock (&self->lock);
  return order;
}

/* (transfer full) */
static char *
make_text (OctavoRescuer *self)
{
  g_autoptr (GPtrArray) unsaved = octavo_autosave_rescue (self->autosave);
  g_autoptr (GPtrArray) notes = g_ptr_array_new ();

  g_ptr_array_extend (notes, self->pending, NULL, NULL);
  g_ptr_array_extend (notes, unsaved, NULL, NULL);
  return octavo_rescue_to_text (notes);
}

static gboolean
put_on_thread (gpointer source, gpointer data, GCancellable *cancellable, GError **error)
{
  Writing *writing = data;

  put (source, writing->text, writing->order);
  return TRUE;
}

static void
put_later (OctavoRescuer *self, char *text)
{
  GTask *task = g_task_new (self, NULL, NULL, NULL);
  Writing *writing = g_new0 (Writing, 1);

  writing->text = text;
  writing->order = next_order (self);
  g_task_set_source_tag (task, put_later);
  g_task_set_task_data (task, writing, writing_free);
  octavo_task_run_in_thread (task, put_on_thread);
}

/* What could not be taken in at the start is tried again, as the disk may have room now. */
static void
try_pending (OctavoRescuer *self)
{
  if (self->pending->len > 0 && octavo_rescue_take_in (self->store, self->pending, NULL) &&
      octavo_autosave_get_unsafe_since (self->autosave, NULL) == 0)
    {
      self->has_file = FALSE;
      put (self, NULL, next_order (self));
    }
}

static gboolean
on_timer (gpointer data)
{
  OctavoRescuer *self = data;
  guint n_edits;
  gint64 since = octavo_autosave_get_unsafe_since (self->autosave, &n_edits);
  gint64 age = (g_get_monotonic_time () - since) / G_TIME_SPAN_MILLISECOND;

  self->timer = 0;
  if (since == 0)
    return G_SOURCE_REMOVE;
  if (age < LATE)
    self->timer = g_timeout_add ((guint) (LATE - age) + 1, on_timer, self);
  else
    {
      if (!self->has_file || n_edits != self->n_kept)
        put_later (self, make_text (self));
      self->has_file = TRUE;
      self->n_kept = n_edits;
      self->timer = g_timeout_add (LATE, on_timer, self);
    }
  return G_SOURCE_REMOVE;
}

static void
on_unsafe (OctavoRescuer *self)
{
  if (self->timer == 0)
    self->timer = g_timeout_add (LATE, on_timer, self);
}

/* What was written down is in the file of notes now, or older than that. */
static void
on_saved (OctavoRescuer *self)
{
  if (self->pending->len > 0)
    try_pending (self);
  else if (self->has_file)
    {
      self->has_file = FALSE;
      put (self, NULL, next_order (self));
    }
}

static void
octavo_rescuer_dispose (GObject *object)
{
  OctavoRescuer *self = OCTAVO_RESCUER (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->autosave);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (octavo_rescuer_parent_class)->dispose (object);
}

static void
octavo_rescuer_finalize (GObject *object)
{
  OctavoRescuer *self = OCTAVO_RESCUER (object);

  for (guint i = 0; i < G_N_ELEMENTS (self->paths); i++)
    g_free (self->paths[i]);
  g_ptr_array_unref (self->pending);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (octavo_rescuer_parent_class)->finalize (object);
}

static void
octavo_rescuer_class_init (OctavoRescuerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = octavo_rescuer_dispose;
  G_OBJECT_CLASS (klass)->finalize = octavo_rescuer_finalize;
}

static void
octavo_rescuer_init (OctavoRescuer *self)
{
  g_mutex_init (&self->lock);
  self->pending = g_ptr_array_new_with_free_func ((GDestroyNotify) octavo_rescued_free);
}

/**
 * octavo_rescuer_new:
 * @store: the open store that notes are saved to
 * @autosave: what saves them
 * @path: the file to keep in what cannot be saved
 * @other_path: the one to take where that cannot be written either
 *
 * Looks from now on whether what is typed is saved in time.
 *
 * Returns: (transfer full): the rescuer
 */
OctavoRescuer *
octavo_rescuer_new (OctavoStore *store, OctavoAutosave *autosave, const char *path, const char *other_path)
{
  OctavoRescuer *self;

  g_return_val_if_fail (OCTAVO_IS_STORE (store), NULL);
  g_return_val_if_fail (OCTAVO_IS_AUTOSAVE (autosave), NULL);

  self = g_object_new (OCTAVO_TYPE_RESCUER, NULL);
  self->store = g_object_ref (store);
  self->autosave = g_object_ref (autosave);
  self->paths[0] = g_strdup (path);
  self->paths[1] = g_strdup (other_path);
  g_signal_connect_object (autosave, "unsafe", G_CALLBACK (on_unsafe), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (autosave, "saved", G_CALLBACK (on_saved), self, G_CONNECT_SWAPPED);
  return self;
}

/* What is not understood may be somebody's text all the same, and must not be written over. */
static void
set_aside (const char *path)
{
  g_autofree char *name = g_strconcat (path, ".damaged", NULL);

  for (guint n = 2; g_file_test (name, G_FILE_TEST_EXISTS); n++)
    {
      g_free (name);
      name = g_strdup_printf ("%s.damaged-%u", path, n);
    }
  if (g_rename (path, name) == 0)
    g_message ("What could not be saved before is not understood, and kept as it is in “%s”", name);
}

/**
 * octavo_rescuer_bring_back:
 * @self: a rescuer
 *
 * Takes in what an earlier run could not save, and removes its file. What cannot be saved now either stays there, and
 * is tried again after each save; a file that is not understood gets another name. Blocks, where there is such a file.
 *
 * Returns: how many notes came back
 */
guint
octavo_rescuer_bring_back (OctavoRescuer *self)
{
  g_autoptr (GError) error = NULL;
  guint n_notes;

  g_return_val_if_fail (OCTAVO_IS_RESCUER (self), 0);

  for (guint i = 0; i < G_N_ELEMENTS (self->paths); i++)
    {
      gboolean is_understood;
      g_autoptr (GPtrArray) notes = octavo_rescue_read (self->paths[i], &is_understood);

      if (!is_understood)
        set_aside (self->paths[i]);
      while (notes->len > 0)
        g_ptr_array_add (self->pending, g_ptr_array_steal_index (notes, 0));
    }
  n_notes = self->pending->len;
  if (n_notes == 0)
    return 0;
  if (octavo_rescue_take_in (self->store, self->pending, &error))
    put (self, NULL, next_order (self));
  else
    self->has_file = TRUE;
  if (error != NULL)
    g_message ("What could not be saved before cannot be saved yet: %s", error->message);
  return n_notes - self->pending->len;
}

/**
 * octavo_rescuer_keep:
 * @self: a rescuer
 *
 * Writes down at once what is not in the file of notes, as the program is about to end. Blocks.
 *
 * Returns: whether all that was typed is on a disk
 */
gboolean
octavo_rescuer_keep (OctavoRescuer *self)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (OCTAVO_IS_RESCUER (self), FALSE);

  if (octavo_autosave_get_unsafe_since (self->autosave, &self->n_kept) == 0)
    return TRUE;
  text = make_text (self);
  self->has_file = TRUE;
  return put (self, text, next_order (self));
}
