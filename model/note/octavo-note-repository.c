/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-note-repository-private.h"

#include "octavo-error.h"
#include "octavo-note-actions.h"
#include "octavo-note-private.h"
#include "octavo-note-sql.h"
#include "octavo-sittings.h"
#include "octavo-version-sql.h"
#include "orm-error.h"
#include "orm-session.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* All that touches notes goes through here, so that no note is written without its excerpt, and no note that somebody
 * else deleted keeps the others from being written. */

struct _OctavoNoteRepository
{
  GObject parent_instance;

  OrmSession *session;
  GHashTable *live; /* OctavoNote that was handed out, held weakly → whether the session has it */
  OctavoSittings *sittings;
};

G_DEFINE_FINAL_TYPE (OctavoNoteRepository, octavo_note_repository, G_TYPE_OBJECT)

enum
{
  PROP_SESSION = 1,
  N_PROPS
};

enum
{
  SIGNAL_TRASHING,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
on_note_gone (gpointer data, GObject *note)
{
  OctavoNoteRepository *self = data;

  g_hash_table_remove (self->live, note);
}

static void
track (OctavoNoteRepository *self, OctavoNote *note, gboolean is_in_session)
{
  if (g_hash_table_insert (self->live, note, GINT_TO_POINTER (is_in_session)))
    g_object_weak_ref (G_OBJECT (note), on_note_gone, self);
}

static void
octavo_note_repository_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  OctavoNoteRepository *self = OCTAVO_NOTE_REPOSITORY (object);

  if (property_id == PROP_SESSION)
    self->session = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
octavo_note_repository_dispose (GObject *object)
{
  OctavoNoteRepository *self = OCTAVO_NOTE_REPOSITORY (object);
  GHashTableIter iter;
  gpointer note;

  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, &note, NULL))
    {
      g_object_weak_unref (G_OBJECT (note), on_note_gone, self);
      g_hash_table_iter_remove (&iter);
    }
  g_clear_object (&self->session);

  G_OBJECT_CLASS (octavo_note_repository_parent_class)->dispose (object);
}

static void
octavo_note_repository_finalize (GObject *object)
{
  OctavoNoteRepository *self = OCTAVO_NOTE_REPOSITORY (object);

  g_clear_pointer (&self->live, g_hash_table_unref);
  g_clear_pointer (&self->sittings, octavo_sittings_free);

  G_OBJECT_CLASS (octavo_note_repository_parent_class)->finalize (object);
}

static void
octavo_note_repository_class_init (OctavoNoteRepositoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = octavo_note_repository_set_property;
  object_class->dispose = octavo_note_repository_dispose;
  object_class->finalize = octavo_note_repository_finalize;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, ORM_TYPE_SESSION,
                                                  G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* A note is about to be written that goes into or comes out of the trash: the counts of tags will differ, which the
   * change of the note's row alone does not tell. For the store. */
  signals[SIGNAL_TRASHING] =
      g_signal_new ("trashing", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
octavo_note_repository_init (OctavoNoteRepository *self)
{
  self->live = g_hash_table_new (NULL, NULL);
  self->sittings = octavo_sittings_new ();
}

/**
 * octavo_note_repository_get_database:
 * @self: the repository
 *
 * Returns: (transfer none): the file
 */
OrmDatabase *
octavo_note_repository_get_database (OctavoNoteRepository *self)
{
  return orm_session_get_database (self->session);
}

/**
 * octavo_note_repository_get_session:
 * @self: the repository
 *
 * Returns: (transfer none): what has the objects of notes
 */
OrmSession *
octavo_note_repository_get_session (OctavoNoteRepository *self)
{
  return self->session;
}

/**
 * octavo_note_repository_create:
 * @self: the repository
 * @user_id: whose note it will be
 *
 * Makes a new note, dated now. It is not in the file before it was saved. Main thread.
 *
 * Returns: (transfer full): the note
 */
OctavoNote *
octavo_note_repository_create (OctavoNoteRepository *self, gint64 user_id)
{
  OctavoNote *note;

  g_return_val_if_fail (OCTAVO_IS_NOTE_REPOSITORY (self), NULL);

  note = octavo_note_new (user_id, g_get_real_time ());
  track (self, note, FALSE);
  return note;
}

/* Returns: FALSE */
static gboolean
set_no_such_note (GError **error, gint64 id)
{
  g_set_error (error, OCTAVO_ERROR, OCTAVO_ERROR_NO_SUCH_NOTE,
               _ ("There is no note %" PRId64 ". It may have been deleted; look for it in the list."), id);
  return FALSE;
}

/* The end of every way to get a note: takes what the session gave, turns its error. */
static OctavoNote *
hand_out (OctavoNoteRepository *self, OctavoNote *note, gint64 id, GError *reason, GError **error)
{
  if (note != NULL)
    {
      track (self, note, TRUE);
      return note;
    }

  if (g_error_matches (reason, ORM_ERROR, ORM_ERROR_NO_ROW))
    {
      g_error_free (reason);
      set_no_such_note (error, id);
    }
  else
    {
      octavo_note_repository_explain (self, &reason);
      g_propagate_error (error, reason);
    }
  return NULL;
}

/**
 * octavo_note_repository_get:
 * @self: the repository
 * @id: the id of a note
 * @cancellable: (nullable): stops it
 * @error: where to put an error
 *
 * Gets a note: the same object as long as anybody holds it. Sets %OCTAVO_ERROR_NO_SUCH_NOTE where there is none. Main
 * thread; blocks.
 *
 * Returns: (transfer full): the note, or %NULL with @error set
 */
OctavoNote *
octavo_note_repository_get (OctavoNoteRepository *self, gint64 id, GCancellable *cancellable, GError **error)
{
  GError *reason = NULL;
  OctavoNote *note;

  g_return_val_if_fail (OCTAVO_IS_NOTE_REPOSITORY (self), NULL);

  note = orm_session_get (self->session, OCTAVO_TYPE_NOTE, id, cancellable, &reason);
  return hand_out (self, note, id, reason, error);
}

static void
on_got (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OctavoNoteRepository *self = g_task_get_source_object (task);
  gint64 *id = g_task_get_task_data (task);
  GError *reason = NULL;
  GError *error = NULL;
  OctavoNote *note = orm_session_get_finish (ORM_SESSION (source), result, &reason);

  note = hand_out (self, note, *id, reason, &error);
  if (note != NULL)
    g_task_return_pointer (task, note, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * octavo_note_repository_get_async:
 * @self: the repository
 * @id: the id of a note
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Gets a note without blocking. Main thread.
 */
void
octavo_note_repository_get_async (OctavoNoteRepository *self,
                                  gint64 id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task;

  g_return_if_fail (OCTAVO_IS_NOTE_REPOSITORY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, octavo_note_repository_get_async);
  g_task_set_task_data (task, g_memdup2 (&id, sizeof id), g_free);
  orm_session_get_async (self->session, OCTAVO_TYPE_NOTE, id, cancellable, on_got, task);
}

/**
 * octavo_note_repository_get_finish:
 * @self: the repository
 * @result: what the callback was given
 * @error: where to put an error, as of octavo_note_repository_get()
 *
 * Returns: (transfer full): the note, or %NULL with @error set
 */
OctavoNote *
octavo_note_repository_get_finish (OctavoNoteRepository *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* What is to be kept before it is written over. */
typedef struct
{
  gint64 note_id;
  OctavoVersionReason reason;
} Version;

/* A save on its way. */
typedef struct
{
  OctavoNote *note;
  gboolean is_new;
  GArray *ids;      /* (element-type gint64): of all notes that are written with it */
  GArray *gone;     /* (element-type gint64): those of them that somebody else deleted */
  GArray *versions; /* (element-type Version) */
} Save;

static void
save_free (Save *save)
{
  g_clear_object (&save->note);
  g_clear_pointer (&save->ids, g_array_unref);
  g_clear_pointer (&save->gone, g_array_unref);
  g_clear_pointer (&save->versions, g_array_unref);
  g_free (save);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Save, save_free)

static gboolean
find_gone (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Save *save = data;

  return octavo_note_sql_find_gone (connection, save->ids, save->gone, error);
}

/* Whether the session writes the note when it commits; hands a new one to it. */
static gboolean
ensure_in_session (OctavoNoteRepository *self, OctavoNote *note, GError **error)
{
  gint64 id = octavo_note_get_id (note);
  g_autoptr (OctavoNote) known = NULL;

  if (id == 0)
    {
      if (!GPOINTER_TO_INT (g_hash_table_lookup (self->live, note)))
        orm_session_add (self->session, ORM_ENTITY (note));
      track (self, note, TRUE);
      return TRUE;
    }

  known = orm_session_lookup (self->session, OCTAVO_TYPE_NOTE, id);
  return known == note || set_no_such_note (error, id);
}

/* The first text of a sitting is written over what the one before left. */
static void
look_for_version (OctavoNoteRepository *self, Save *save, OctavoNote *note, gint64 now)
{
  Version version = { .note_id = octavo_note_get_id (note) };

  if (version.note_id == 0 || !octavo_note_is_rewriting (note))
    return;
  if (octavo_sittings_is_over (self->sittings, version.note_id, octavo_note_get_updated (note), now, &version.reason))
    g_array_append_val (save->versions, version);
  octavo_sittings_begin (self->sittings, version.note_id);
}

/* In the transaction that writes over them. */
static gboolean
keep_versions (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Save *save = data;

  for (guint i = 0; i < save->versions->len; i++)
    {
      const Version *version = &g_array_index (save->versions, Version, i);

      if (!octavo_version_sql_keep (connection, version->note_id, version->reason, error))
        return FALSE;
    }
  return TRUE;
}

/* Derives what is derived in all notes that will be written with this one. */
static Save *
begin_save (OctavoNoteRepository *self, OctavoNote *note, GError **error)
{
  g_autoptr (Save) save = g_new0 (Save, 1);
  gint64 now = g_get_real_time ();
  gboolean is_trashing = FALSE;
  GHashTableIter iter;
  gpointer key, is_in_session;

  if (!octavo_note_check_size (octavo_note_get_title (note), octavo_note_get_body (note), error) ||
      !ensure_in_session (self, note, error))
    return NULL;

  save->note = g_object_ref (note);
  save->is_new = octavo_note_get_id (note) == 0;
  save->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  save->gone = g_array_new (FALSE, FALSE, sizeof (gint64));
  save->versions = g_array_new (FALSE, FALSE, sizeof (Version));
  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, &key, &is_in_session))
    if (GPOINTER_TO_INT (is_in_session) && orm_entity_is_dirty (key))
      {
        gint64 id = octavo_note_get_id (key);

        look_for_version (self, save, key, now);
        octavo_note_prepare (key, now);
        is_trashing = is_trashing || octavo_note_is_trashing (key);
        if (id != 0)
          g_array_append_val (save->ids, id);
      }
  if (is_trashing)
    g_signal_emit (self, signals[SIGNAL_TRASHING], 0);
  return g_steal_pointer (&save);
}

static gboolean
is_gone (Save *save, gint64 id)
{
  for (guint i = 0; i < save->gone->len; i++)
    if (g_array_index (save->gone, gint64, i) == id)
      return TRUE;
  return FALSE;
}

/* One note that was deleted elsewhere must not keep the others from being written; a look-up may know that it is. */
static void
expunge_gone (OctavoNoteRepository *self, Save *save)
{
  g_autoptr (GList) notes = g_hash_table_get_keys (self->live);

  for (GList *l = notes; l != NULL; l = l->next)
    if (GPOINTER_TO_INT (g_hash_table_lookup (self->live, l->data)) && is_gone (save, octavo_note_get_id (l->data)))
      {
        track (self, l->data, FALSE);
        orm_session_expunge (self->session, l->data);
      }
}

/* reason: (transfer full) (nullable) */
static gboolean
end_save (OctavoNoteRepository *self, Save *save, GError *reason, GError **error)
{
  gint64 id = octavo_note_get_id (save->note);
  GHashTableIter iter;
  gpointer note;

  if (reason != NULL)
    {
      for (guint i = 0; i < save->versions->len; i++)
        octavo_sittings_end (self->sittings, g_array_index (save->versions, Version, i).note_id,
                             g_array_index (save->versions, Version, i).reason);
      octavo_note_repository_explain (self, &reason);
      g_propagate_error (error, reason);
      return FALSE;
    }

  if (save->is_new && id != 0)
    octavo_sittings_begin (self->sittings, id);
  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, &note, NULL))
    if (!orm_entity_is_dirty (note))
      octavo_note_written (note);

  return !is_gone (save, id) || set_no_such_note (error, id);
}

static void
commit (OctavoNoteRepository *self, Save *save, GCancellable *cancellable, GError **error)
{
  if (save->versions->len > 0)
    orm_session_commit_after (self->session, keep_versions, save, cancellable, error);
  else
    orm_session_commit (self->session, cancellable, error);
}

/**
 * octavo_note_repository_save:
 * @self: the repository
 * @note: a note of this repository
 * @cancellable: (nullable): stops it
 * @error: where to put an error
 *
 * Writes what changed in this note, and in all others that have changes. On an error nothing is written and the
 * changes stay in the objects. Sets %OCTAVO_ERROR_NO_SUCH_NOTE where the note was deleted meanwhile,
 * %OCTAVO_ERROR_TOO_BIG, %OCTAVO_ERROR_CHANGED where one of them is not in the file what it was when it was read, or
 * what is wrong with the file. Main thread; blocks.
 *
 * Returns: whether it was written
 */
gboolean
octavo_note_repository_save (OctavoNoteRepository *self, OctavoNote *note, GCancellable *cancellable, GError **error)
{
  g_autoptr (Save) save = NULL;
  GError *reason = NULL;

  g_return_val_if_fail (OCTAVO_IS_NOTE_REPOSITORY (self), FALSE);
  g_return_val_if_fail (OCTAVO_IS_NOTE (note), FALSE);

  save = begin_save (self, note, error);
  if (save == NULL)
    return FALSE;

  commit (self, save, cancellable, &reason);
  if (g_error_matches (reason, ORM_ERROR, ORM_ERROR_STALE))
    {
      g_clear_error (&reason);
      if (orm_database_read (octavo_note_repository_get_database (self), find_gone, save, cancellable, &reason))
        {
          expunge_gone (self, save);
          commit (self, save, cancellable, &reason);
        }
    }
  return end_save (self, save, reason, error);
}

static void
return_saved (GTask *task, GError *reason)
{
  GError *error = NULL;

  if (end_save (g_task_get_source_object (task), g_task_get_task_data (task), reason, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* The task holds the save. */
static void
commit_async (GTask *task, GAsyncReadyCallback callback)
{
  OctavoNoteRepository *self = g_task_get_source_object (task);
  Save *save = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (save->versions->len > 0)
    orm_session_commit_after_async (self->session, keep_versions, save, NULL, cancellable, callback,
                                    g_object_ref (task));
  else
    orm_session_commit_async (self->session, cancellable, callback, g_object_ref (task));
}

static void
on_committed_rest (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *reason = NULL;

  orm_session_commit_finish (ORM_SESSION (source), result, &reason);
  return_saved (task, reason);
}

static void
on_found_gone (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OctavoNoteRepository *self = g_task_get_source_object (task);
  GError *reason = NULL;

  if (!orm_database_read_finish (ORM_DATABASE (source), result, NULL, &reason))
    {
      return_saved (task, reason);
      return;
    }
  expunge_gone (self, g_task_get_task_data (task));
  commit_async (task, on_committed_rest);
}

static void
on_committed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OctavoNoteRepository *self = g_task_get_source_object (task);
  GError *reason = NULL;

  orm_session_commit_finish (ORM_SESSION (source), result, &reason);
  if (g_error_matches (reason, ORM_ERROR, ORM_ERROR_STALE))
    {
      g_error_free (reason);
      orm_database_read_async (octavo_note_repository_get_database (self), find_gone, g_task_get_task_data (task), NULL,
                               g_task_get_cancellable (task), on_found_gone, g_object_ref (task));
      return;
    }
  return_saved (task, reason);
}

/**
 * octavo_note_repository_save_async:
 * @self: the repository
 * @note: a note of this repository
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Saves without blocking. What is set while it runs is written by the next save. Main thread.
 */
void
octavo_note_repository_save_async (OctavoNoteRepository *self,
                                   OctavoNote *note,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Save *save;

  g_return_if_fail (OCTAVO_IS_NOTE_REPOSITORY (self));
  g_return_if_fail (OCTAVO_IS_NOTE (note));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, octavo_note_repository_save_async);
  save = begin_save (self, note, &error);
  if (save == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, save, (GDestroyNotify) save_free);
  commit_async (task, on_committed);
}

/**
 * octavo_note_repository_save_finish:
 * @self: the repository
 * @result: what the callback was given
 * @error: where to put an error, as of octavo_note_repository_save()
 *
 * Returns: whether it was written
 */
gboolean
octavo_note_repository_save_finish (OctavoNoteRepository *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Objects of notes that were deleted are no longer the session's, so that nothing writes them. */
void
octavo_note_repository_end_apply (OctavoNoteRepository *self, OctavoNoteActions *actions)
{
  if (actions->action != OCTAVO_NOTES_DELETE)
    return;

  for (guint i = 0; i < actions->ids->len; i++)
    {
      g_autoptr (OctavoNote) note =
          orm_session_lookup (self->session, OCTAVO_TYPE_NOTE, g_array_index (actions->ids, gint64, i));

      if (note != NULL)
        orm_session_expunge (self->session, ORM_ENTITY (note));
    }
}

/**
 * octavo_note_repository_end_sitting:
 * @self: the repository
 * @note_id: a note
 * @reason: why
 *
 * Has what the note says in the file be kept as a version once another text is saved over it; otherwise what is saved
 * is one version until nothing was saved for five minutes. Main thread.
 */
void
octavo_note_repository_end_sitting (OctavoNoteRepository *self, gint64 note_id, OctavoVersionReason reason)
{
  g_return_if_fail (OCTAVO_IS_NOTE_REPOSITORY (self));

  octavo_sittings_end (self->sittings, note_id, reason);
}
