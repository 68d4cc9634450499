/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-autosave.h"

#include "octavo-note-beside.h"
#include "octavo-note-repository.h"
#include "octavo-save-timing.h"
#include "octavo-user-repository.h"

/* What was typed is handed to the model and written at most a second behind the keys, one save at a time for each
 * note. What could not be written stays unsaved in its buffer, and is tried again. */

#define MAX_TRIES 20 /* where others write to the same note at the same time, until the next save */

struct _OctavoAutosave
{
  GObject parent_instance;

  OctavoStore *store;
  GPtrArray *unsaved; /* (element-type OctavoNoteBuffer) */
  GPtrArray *running; /* (element-type Save), borrowed from their callbacks */
  OctavoSaveTiming timing;
  guint timer;
  gint64 unsafe_since; /* the oldest edit that is not in the file; 0: none */
  guint n_edits;
  gboolean has_failed; /* one of those running */
  char *problem;
};

typedef struct
{
  OctavoAutosave *autosave;
  OctavoNoteBuffer *buffer;
  guint64 serial;
  guint n_tries;
  GPtrArray *waiting; /* (element-type GTask): for the note to have an id */
} Save;

G_DEFINE_FINAL_TYPE (OctavoAutosave, octavo_autosave, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_STORE,
  PROP_PROBLEM,
  N_PROPS
};

enum
{
  SIGNAL_RECREATED,
  SIGNAL_ADOPTED,
  SIGNAL_UNSAFE,
  SIGNAL_SAVED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void schedule (OctavoAutosave *self);
static void write_note (OctavoAutosave *self, Save *save);
static Save *start (OctavoAutosave *self, OctavoNoteBuffer *buffer);
static gboolean save_now (OctavoAutosave *self, OctavoNoteBuffer *buffer, GError **error);

static void
save_free (Save *save)
{
  g_object_unref (save->autosave);
  g_object_unref (save->buffer);
  g_ptr_array_unref (save->waiting);
  g_free (save);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Save, save_free)

static void
set_problem (OctavoAutosave *self, const char *problem)
{
  if (g_strcmp0 (problem, self->problem) == 0)
    return;
  g_free (self->problem);
  self->problem = g_strdup (problem);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

static void
add_unsaved (OctavoAutosave *self, OctavoNoteBuffer *buffer)
{
  if (!g_ptr_array_find (self->unsaved, buffer, NULL))
    g_ptr_array_add (self->unsaved, g_object_ref (buffer));
}

static Save *
find_running (OctavoAutosave *self, OctavoNoteBuffer *buffer)
{
  for (guint i = 0; i < self->running->len; i++)
    {
      Save *save = g_ptr_array_index (self->running, i);

      if (save->buffer == buffer)
        return save;
    }
  return NULL;
}

/* Whose a new note was to be was deleted by somebody else: it is the first user's. */
static void
adopt (OctavoAutosave *self, OctavoNoteBuffer *buffer)
{
  OctavoNote *note = octavo_note_buffer_get_note (buffer);
  OctavoUserRepository *users = octavo_store_get_users (self->store);

  if (octavo_note_get_id (note) != 0 || octavo_user_repository_get (users, octavo_note_get_user_id (note)) != NULL)
    return;
  octavo_note_set_user_id (note, octavo_user_repository_get_default_id (users));
  g_signal_emit (self, signals[SIGNAL_ADOPTED], 0, buffer);
}

/* Gives a buffer that is worth it a note to be saved in, and hands it what was typed. */
static OctavoNote *
hand_over (OctavoAutosave *self, OctavoNoteBuffer *buffer, guint64 *serial)
{
  if (octavo_note_buffer_get_note (buffer) == NULL)
    {
      g_autoptr (OctavoNote) note =
          octavo_note_repository_create (octavo_store_get_notes (self->store), octavo_note_buffer_get_user_id (buffer));

      octavo_note_buffer_set_note (buffer, note);
    }
  adopt (self, buffer);
  *serial = octavo_note_buffer_commit (buffer);
  return octavo_note_buffer_get_note (buffer);
}

/* The note was deleted by somebody else: what is typed goes into a new one. */
static void
recreate (OctavoAutosave *self, OctavoNoteBuffer *buffer)
{
  g_autoptr (OctavoNote) note =
      octavo_note_repository_create (octavo_store_get_notes (self->store), octavo_note_buffer_get_user_id (buffer));

  octavo_note_buffer_set_note (buffer, note);
  add_unsaved (self, buffer);
  octavo_save_timing_edited (&self->timing, g_get_monotonic_time ());
  g_signal_emit (self, signals[SIGNAL_RECREATED], 0, buffer);
}

static void
settle (OctavoAutosave *self, Save *save, const GError *error)
{
  if (error == NULL)
    {
      octavo_note_buffer_committed (save->buffer, save->serial);
      if (!octavo_note_buffer_is_unsaved (save->buffer))
        g_ptr_array_remove (self->unsaved, save->buffer);
    }
  else if (g_error_matches (error, OCTAVO_ERROR, OCTAVO_ERROR_NO_SUCH_NOTE))
    recreate (self, save->buffer);
  else
    {
      self->has_failed = TRUE;
      add_unsaved (self, save->buffer);
      set_problem (self, error->message);
    }

  for (guint i = 0; i < save->waiting->len; i++)
    {
      GTask *task = g_ptr_array_index (save->waiting, i);

      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
    }
}

/* What somebody else wrote and is about to be written over goes into a note beside it. */
static OctavoNoteBuffer *
part (OctavoAutosave *self, OctavoNoteBuffer *buffer)
{
  OctavoNoteBuffer *beside = octavo_note_beside_make (buffer, octavo_store_get_notes (self->store));

  octavo_autosave_watch (self, beside);
  add_unsaved (self, beside);
  return beside;
}

/* Brings a buffer together with what somebody else wrote. */
static void
reread (OctavoAutosave *self, OctavoNoteBuffer *buffer)
{
  OctavoNote *note = octavo_note_buffer_get_note (buffer);

  if (note == NULL || octavo_note_get_id (note) == 0)
    return;
  octavo_note_repository_refresh (octavo_store_get_notes (self->store), note);
  octavo_note_buffer_meet (buffer, octavo_note_get_title (note), octavo_note_get_body (note));
}

/* A write takes along whatever was handed over, so it may be another note than its own that was changed elsewhere.
 * Those that are on their way find out themselves. */
static void
reread_all (OctavoAutosave *self, OctavoNoteBuffer *buffer)
{
  g_autoptr (GPtrArray) others = g_ptr_array_copy (self->unsaved, (GCopyFunc) (void (*) (void)) g_object_ref, NULL);

  g_ptr_array_set_free_func (others, g_object_unref);
  reread (self, buffer);
  for (guint i = 0; i < others->len; i++)
    if (others->pdata[i] != buffer && find_running (self, others->pdata[i]) == NULL)
      reread (self, others->pdata[i]);
}

/* All that was handed over is in the file. What was typed since is not. */
static void
all_saved (OctavoAutosave *self)
{
  octavo_save_timing_succeeded (&self->timing);
  if (self->unsaved->len == 0)
    self->unsafe_since = 0;
  else if (self->timing.first_edit != 0)
    self->unsafe_since = self->timing.first_edit;
  set_problem (self, NULL);
  g_signal_emit (self, signals[SIGNAL_SAVED], 0);
}

static void
end_save (OctavoAutosave *self)
{
  if (self->running->len > 0)
    return;
  if (self->has_failed)
    octavo_save_timing_failed (&self->timing, g_get_monotonic_time ());
  else
    all_saved (self);
  self->has_failed = FALSE;
  schedule (self);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Save) save = data;
  g_autoptr (GError) error = NULL;
  OctavoAutosave *self = save->autosave;

  octavo_note_repository_save_finish (OCTAVO_NOTE_REPOSITORY (source), result, &error);
  if (g_error_matches (error, OCTAVO_ERROR, OCTAVO_ERROR_CHANGED) && ++save->n_tries < MAX_TRIES && self->store != NULL)
    {
      reread_all (self, save->buffer);
      write_note (self, g_steal_pointer (&save));
      return;
    }
  g_ptr_array_remove (self->running, save);
  settle (self, save, error);
  end_save (self);
}

/* The mapper writes only over what the note was when it was read, and says where it is not that any more. What others
 * wrote may as well have been noticed before: then only the buffer knows that it would be written over. */
static void
write_note (OctavoAutosave *self, Save *save)
{
  OctavoNote *note;

  /* what is written first is in the file first */
  if (octavo_note_buffer_has_conflict (save->buffer))
    start (self, part (self, save->buffer));
  note = hand_over (self, save->buffer, &save->serial);
  octavo_note_repository_save_async (octavo_store_get_notes (self->store), note, NULL, on_saved, save);
}

static Save *
start (OctavoAutosave *self, OctavoNoteBuffer *buffer)
{
  Save *save = g_new0 (Save, 1);

  save->autosave = g_object_ref (self);
  save->buffer = g_object_ref (buffer);
  save->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->running, save);
  write_note (self, save);
  return save;
}

static gboolean
on_timer (gpointer data)
{
  OctavoAutosave *self = data;

  self->timer = 0;
  octavo_autosave_save (self);
  return G_SOURCE_REMOVE;
}

/* While saves run nothing is due: their end schedules the next. */
static void
schedule (OctavoAutosave *self)
{
  gint64 due, now;

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->running->len > 0 || self->unsaved->len == 0 || !octavo_save_timing_get_due (&self->timing, &due))
    return;
  now = g_get_monotonic_time ();
  self->timer = g_timeout_add ((guint) (MAX (due - now, 0) / G_TIME_SPAN_MILLISECOND), on_timer, self);
}

static void
on_edited (OctavoNoteBuffer *buffer, OctavoAutosave *self)
{
  gint64 now = g_get_monotonic_time ();

  add_unsaved (self, buffer);
  octavo_save_timing_edited (&self->timing, now);
  self->n_edits++;
  if (self->unsafe_since == 0)
    {
      self->unsafe_since = now;
      g_signal_emit (self, signals[SIGNAL_UNSAFE], 0);
    }
  schedule (self);
}

static void
octavo_autosave_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  OctavoAutosave *self = OCTAVO_AUTOSAVE (object);

  switch (id)
    {
    case PROP_STORE:
      g_value_set_object (value, self->store);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
octavo_autosave_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  OctavoAutosave *self = OCTAVO_AUTOSAVE (object);

  switch (id)
    {
    case PROP_STORE:
      self->store = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
octavo_autosave_dispose (GObject *object)
{
  OctavoAutosave *self = OCTAVO_AUTOSAVE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_ptr_array_set_size (self->unsaved, 0);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (octavo_autosave_parent_class)->dispose (object);
}

static void
octavo_autosave_finalize (GObject *object)
{
  OctavoAutosave *self = OCTAVO_AUTOSAVE (object);

  g_ptr_array_unref (self->unsaved);
  g_ptr_array_unref (self->running);
  g_free (self->problem);
  G_OBJECT_CLASS (octavo_autosave_parent_class)->finalize (object);
}

static void
octavo_autosave_class_init (OctavoAutosaveClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = octavo_autosave_get_property;
  object_class->set_property = octavo_autosave_set_property;
  object_class->dispose = octavo_autosave_dispose;
  object_class->finalize = octavo_autosave_finalize;

  properties[PROP_STORE] = g_param_spec_object ("store", NULL, NULL, OCTAVO_TYPE_STORE,
                                                G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_RECREATED] = g_signal_new ("recreated", OCTAVO_TYPE_AUTOSAVE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 1, OCTAVO_TYPE_NOTE_BUFFER);
  signals[SIGNAL_ADOPTED] = g_signal_new ("adopted", OCTAVO_TYPE_AUTOSAVE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, OCTAVO_TYPE_NOTE_BUFFER);
  signals[SIGNAL_UNSAFE] =
      g_signal_new ("unsafe", OCTAVO_TYPE_AUTOSAVE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SAVED] =
      g_signal_new ("saved", OCTAVO_TYPE_AUTOSAVE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
octavo_autosave_init (OctavoAutosave *self)
{
  self->unsaved = g_ptr_array_new_with_free_func (g_object_unref);
  self->running = g_ptr_array_new ();
}

/**
 * octavo_autosave_new:
 * @store: the open store to save to
 *
 * Returns: (transfer full): an autosave that watches no buffer yet
 */
OctavoAutosave *
octavo_autosave_new (OctavoStore *store)
{
  return g_object_new (OCTAVO_TYPE_AUTOSAVE, "store", store, NULL);
}

/**
 * octavo_autosave_watch:
 * @self: an autosave
 * @buffer: a buffer
 *
 * Saves what is typed into a buffer from now on. It is held only while it has something unsaved.
 */
void
octavo_autosave_watch (OctavoAutosave *self, OctavoNoteBuffer *buffer)
{
  g_return_if_fail (OCTAVO_IS_AUTOSAVE (self));
  g_return_if_fail (OCTAVO_IS_NOTE_BUFFER (buffer));

  g_signal_connect_object (buffer, "edited", G_CALLBACK (on_edited), self, 0);
}

/**
 * octavo_autosave_save:
 * @self: an autosave
 *
 * Begins to save everything that is unsaved, now, even what failed before and was to wait.
 */
void
octavo_autosave_save (OctavoAutosave *self)
{
  g_autoptr (GPtrArray) buffers = NULL;
  gboolean is_typing = FALSE;

  g_return_if_fail (OCTAVO_IS_AUTOSAVE (self));

  buffers = g_ptr_array_copy (self->unsaved, (GCopyFunc) (void (*) (void)) g_object_ref, NULL);
  g_ptr_array_set_free_func (buffers, g_object_unref);
  for (guint i = 0; i < buffers->len; i++)
    {
      OctavoNoteBuffer *buffer = g_ptr_array_index (buffers, i);

      if (octavo_note_buffer_is_blank (buffer))
        g_ptr_array_remove (self->unsaved, buffer);
      else if (find_running (self, buffer) == NULL)
        start (self, buffer);
      else
        is_typing = TRUE;
    }
  if (!is_typing)
    octavo_save_timing_started (&self->timing);
  if (self->unsaved->len == 0 && self->running->len == 0)
    self->unsafe_since = 0;
  schedule (self);
}

/* What others wrote where something was typed is in the file before that is written over it. */
static gboolean
save_beside (OctavoAutosave *self, OctavoNoteBuffer *buffer, GError **error)
{
  OctavoNoteBuffer *beside;

  if (!octavo_note_buffer_has_conflict (buffer))
    return TRUE;
  beside = part (self, buffer);
  if (!save_now (self, beside, error))
    return FALSE;
  g_ptr_array_remove (self->unsaved, beside);
  return TRUE;
}

static gboolean
save_now (OctavoAutosave *self, OctavoNoteBuffer *buffer, GError **error)
{
  OctavoNoteRepository *notes = octavo_store_get_notes (self->store);
  guint64 serial = 0;

  for (guint n_tries = 0; TRUE; n_tries++)
    {
      g_autoptr (GError) reason = NULL;

      if (!save_beside (self, buffer, error))
        return FALSE;
      if (octavo_note_repository_save (notes, hand_over (self, buffer, &serial), NULL, &reason))
        break;
      if (g_error_matches (reason, OCTAVO_ERROR, OCTAVO_ERROR_NO_SUCH_NOTE) && n_tries < MAX_TRIES)
        recreate (self, buffer);
      else if (g_error_matches (reason, OCTAVO_ERROR, OCTAVO_ERROR_CHANGED) && n_tries < MAX_TRIES)
        reread_all (self, buffer);
      else
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return FALSE;
        }
    }
  octavo_note_buffer_committed (buffer, serial);
  return TRUE;
}

/**
 * octavo_autosave_flush:
 * @self: an autosave
 * @error: why something could not be saved, in words for a person
 *
 * Saves everything that is unsaved and waits until it is in the file. What could not be saved stays unsaved.
 *
 * Returns: whether everything is safe
 */
gboolean
octavo_autosave_flush (OctavoAutosave *self, GError **error)
{
  g_autoptr (GError) first = NULL;

  g_return_val_if_fail (OCTAVO_IS_AUTOSAVE (self), FALSE);

  for (guint i = self->unsaved->len; i > 0; i--)
    {
      OctavoNoteBuffer *buffer = g_ptr_array_index (self->unsaved, i - 1);
      g_autoptr (GError) reason = NULL;

      if (octavo_note_buffer_is_blank (buffer) || save_now (self, buffer, &reason))
        g_ptr_array_remove_index (self->unsaved, i - 1);
      else
        {
          set_problem (self, reason->message);
          if (first == NULL)
            first = g_steal_pointer (&reason);
        }
    }

  if (first != NULL)
    {
      octavo_save_timing_failed (&self->timing, g_get_monotonic_time ());
      schedule (self);
      g_propagate_error (error, g_steal_pointer (&first));
      return FALSE;
    }
  octavo_save_timing_started (&self->timing);
  all_saved (self);
  schedule (self);
  return TRUE;
}

/**
 * octavo_autosave_get_problem:
 * @self: an autosave
 *
 * Returns: (nullable) (transfer none): why something typed is not in the file, and what to do; NULL when all is well
 */
const char *
octavo_autosave_get_problem (OctavoAutosave *self)
{
  g_return_val_if_fail (OCTAVO_IS_AUTOSAVE (self), NULL);
  return self->problem;
}

/**
 * octavo_autosave_get_unsafe_since:
 * @self: an autosave
 * @n_edits: (out) (optional): how many edits there were so far
 *
 * Returns: when the oldest edit was made that is not in the file, in microseconds of the monotonic clock; 0 when all is
 */
gint64
octavo_autosave_get_unsafe_since (OctavoAutosave *self, guint *n_edits)
{
  g_return_val_if_fail (OCTAVO_IS_AUTOSAVE (self), 0);
  if (n_edits != NULL)
    *n_edits = self->n_edits;
  return self->unsafe_since;
}

/**
 * octavo_autosave_rescue:
 * @self: an autosave
 *
 * Returns: (element-type OctavoRescued) (transfer full): what was typed and is not in the file
 */
GPtrArray *
octavo_autosave_rescue (OctavoAutosave *self)
{
  GPtrArray *notes = g_ptr_array_new_with_free_func ((GDestroyNotify) octavo_rescued_free);
  gint64 clocks = g_get_real_time () - g_get_monotonic_time (); /* how far they are apart */

  g_return_val_if_fail (OCTAVO_IS_AUTOSAVE (self), notes);
  for (guint i = 0; i < self->unsaved->len; i++)
    if (!octavo_note_buffer_is_blank (self->unsaved->pdata[i]))
      {
        OctavoRescued *note = octavo_note_buffer_rescue (self->unsaved->pdata[i]);

        note->since = self->unsafe_since != 0 ? clocks + self->unsafe_since : 0;
        g_ptr_array_add (notes, note);
      }
  return notes;
}

/**
 * octavo_autosave_dup_unsaved:
 * @self: an autosave
 * @title: (out) (transfer full): what the first of the notes is called; "" where it has no title
 *
 * Gives what was typed and is not in the file as a Markdown text that stands for itself.
 *
 * Returns: (transfer full): of each note the title as a heading, then the text
 */
char *
octavo_autosave_dup_unsaved (OctavoAutosave *self, char **title)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (OCTAVO_IS_AUTOSAVE (self), NULL);
  g_return_val_if_fail (title != NULL, NULL);

  *title = g_strdup (self->unsaved->len > 0 ? octavo_note_buffer_get_title (self->unsaved->pdata[0]) : "");
  for (guint i = 0; i < self->unsaved->len; i++)
    {
      OctavoNoteBuffer *buffer = g_ptr_array_index (self->unsaved, i);
      g_autofree char *body = octavo_note_buffer_dup_body (buffer);

      g_string_append_printf (text, "%s# %s\n\n%s\n", i > 0 ? "\n" : "", octavo_note_buffer_get_title (buffer), body);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * octavo_autosave_ensure_note_async:
 * @self: an autosave
 * @buffer: a buffer
 * @callback: called when its note has an id
 * @user_data: for @callback
 *
 * Sees to it that a buffer's note is in the file, blank or not: something else is about to be kept with it.
 */
void
octavo_autosave_ensure_note_async (OctavoAutosave *self,
                                   OctavoNoteBuffer *buffer,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Save *save;

  g_return_if_fail (OCTAVO_IS_AUTOSAVE (self));
  g_return_if_fail (OCTAVO_IS_NOTE_BUFFER (buffer));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, octavo_autosave_ensure_note_async);
  if (octavo_note_buffer_get_id (buffer) > 0)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  save = find_running (self, buffer);
  if (save == NULL)
    save = start (self, buffer);
  g_ptr_array_add (save->waiting, g_steal_pointer (&task));
}

/**
 * octavo_autosave_ensure_note_finish:
 * @self: an autosave
 * @result: what the callback was given
 * @error: why it could not be saved
 *
 * Returns: whether the note is in the file
 */
gboolean
octavo_autosave_ensure_note_finish (OctavoAutosave *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
