/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-note-return.h"

#include "octavo-error.h"
#include "octavo-note-sql.h"
#include "octavo-snapshot-versions.h"
#include "octavo-store-private.h"
#include "octavo-tag.h"
#include "octavo-user-repository.h"
#include "octavo-version-sql.h"

#include <glib/gi18n-lib.h>

/* What is written, and what it takes to undo it, is known best on the writing thread, in the transaction. */

struct _OctavoNoteReturn
{
  char *path;             /* of the snapshot */
  OctavoNoteValues *note; /* as it was there */
  OctavoNoteReturnKind kind;
  gint64 user_id;           /* whose it is if nobody has the name any more */
  gint64 id;                /* of the note that came back */
  gint64 kept_id;           /* of a copy of what was in its place */
  OctavoNoteValues *before; /* (nullable): what was in its place */
};

static OctavoNoteValues *
copy_values (const OctavoNoteValues *note)
{
  OctavoNoteValues *copy = octavo_note_values_new ();

  copy->user_id = note->user_id;
  copy->title = g_strdup (note->title);
  copy->body = g_strdup (note->body);
  copy->aliases = g_strdup (note->aliases);
  copy->front_matter = g_strdup (note->front_matter);
  copy->tags = g_strdupv (note->tags);
  copy->created = note->created;
  copy->updated = note->updated;
  copy->trashed = note->trashed;
  copy->pinned = note->pinned;
  return copy;
}

/**
 * octavo_note_return_new:
 * @path: the path of a snapshot
 * @note: a note of it
 * @kind: where it is to go; a note that was deleted for ever gets its place again in any case
 *
 * Returns: (transfer full): what brings it back
 */
OctavoNoteReturn *
octavo_note_return_new (const char *path, const OctavoNoteValues *note, OctavoNoteReturnKind kind)
{
  OctavoNoteReturn *self = g_atomic_rc_box_new0 (OctavoNoteReturn);

  self->path = g_strdup (path);
  self->note = copy_values (note);
  self->note->id = note->id;
  self->note->user_name = g_strdup (note->user_name);
  self->kind = kind;
  return self;
}

/**
 * octavo_note_return_ref:
 * @self: what brings a note back
 *
 * Returns: (transfer full): @self
 */
OctavoNoteReturn *
octavo_note_return_ref (OctavoNoteReturn *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  OctavoNoteReturn *self = data;

  g_free (self->path);
  octavo_note_values_free (self->note);
  octavo_note_values_free (self->before);
}

/**
 * octavo_note_return_unref:
 * @self: (transfer full) (nullable): what brings a note back
 */
void
octavo_note_return_unref (OctavoNoteReturn *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, clear);
}

/**
 * octavo_note_return_get_id:
 * @self: what brought a note back
 *
 * Returns: the id of that note; 0 where it did not yet
 */
gint64
octavo_note_return_get_id (OctavoNoteReturn *self)
{
  return self->id;
}

/**
 * octavo_note_return_get_kept_id:
 * @self: what brought a note back
 *
 * Returns: the id of the note in the trash that has what was in its place; 0 where there was nothing
 */
gint64
octavo_note_return_get_kept_id (OctavoNoteReturn *self)
{
  return self->kept_id;
}

/* note: (out) (transfer full) (nullable) */
static gboolean
read_present (OrmConnection *connection, gint64 id, OctavoNoteValues **note, GError **error)
{
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func ((GDestroyNotify) octavo_note_values_free);

  *note = NULL;
  if (!octavo_note_sql_read (connection, &id, 1, TRUE, notes, NULL, error))
    return FALSE;
  if (notes->len > 0)
    *note = g_ptr_array_steal_index (notes, 0);
  return TRUE;
}

static gboolean
find_user (OrmConnection *connection, const char *name, gint64 *id, GError **error)
{
  OrmStatement *statement = orm_connection_prepare (connection, "SELECT id FROM user WHERE folded = ?", error);
  g_autofree char *folded = octavo_tag_fold_name (name);
  OrmStep step;

  if (statement == NULL)
    return FALSE;
  orm_statement_bind_text (statement, 1, folded, -1);
  step = orm_statement_step (statement, error);
  if (step == ORM_STEP_ROW)
    *id = orm_statement_get_int64 (statement, 0);
  orm_statement_reset (statement);
  return step != ORM_STEP_ERROR;
}

static gboolean
insert (OctavoNoteReturn *self, OrmConnection *connection, OctavoNoteValues *note, GError **error)
{
  note->user_id = self->user_id;
  if (self->note->user_name != NULL && !find_user (connection, self->note->user_name, &note->user_id, error))
    return FALSE;
  note->updated = 0; /* now: who brings it back looks for it */
  note->trashed = 0;
  return octavo_note_sql_insert (connection, note, error);
}

/* Links to the note lead to it again. */
static gboolean
insert_in_place (OctavoNoteReturn *self, OrmConnection *connection, OctavoNoteValues *note, GError **error)
{
  g_auto (GStrv) tags = g_steal_pointer (&note->tags);
  OrmStatement *statement;

  if (!insert (self, connection, note, error))
    return FALSE;
  statement = orm_connection_prepare (connection, "UPDATE note SET id = ? WHERE id = ?", error);
  if (statement == NULL)
    return FALSE;
  orm_statement_bind_int64 (statement, 1, self->note->id);
  orm_statement_bind_int64 (statement, 2, note->id);
  note->id = self->note->id;
  return orm_statement_run (statement, error) &&
         octavo_note_sql_set_tags (connection, note->id, (const char *const *) tags, error);
}

/* What the note said before comes with it. */
static gboolean
bring_versions (OctavoNoteReturn *self, OrmConnection *connection, gint64 id, gboolean is_same_note, GError **error)
{
  return octavo_snapshot_versions_bring (self->path, self->note->id, connection, id, is_same_note, error);
}

static gboolean
replace (OctavoNoteReturn *self, OrmConnection *connection, OctavoNoteValues *note, GError **error)
{
  g_autoptr (OctavoNoteValues) kept = copy_values (self->before);

  kept->trashed = g_get_real_time ();
  kept->pinned = FALSE;
  if (!octavo_note_sql_insert (connection, kept, error))
    return FALSE;
  self->kept_id = kept->id;
  note->id = self->note->id;
  note->user_id = self->before->user_id;
  note->updated = 0;
  note->trashed = 0;
  /* Kept last, what is written over is the last version. */
  return bring_versions (self, connection, note->id, TRUE, error) &&
         octavo_version_sql_keep (connection, note->id, OCTAVO_VERSION_RESTORE, error) &&
         octavo_note_sql_update (connection, note, error);
}

static gboolean
work_run (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  OctavoNoteReturn *self = data;
  g_autoptr (OctavoNoteValues) note = copy_values (self->note);
  g_autoptr (OctavoNoteValues) present = NULL;
  gboolean is_done;

  if (!read_present (connection, self->note->id, &present, error))
    return FALSE;
  if (present == NULL)
    is_done =
        insert_in_place (self, connection, note, error) && bring_versions (self, connection, note->id, FALSE, error);
  else if (self->kind == OCTAVO_NOTE_RETURN_AS_NEW)
    is_done = insert (self, connection, note, error) && bring_versions (self, connection, note->id, FALSE, error);
  else
    {
      self->before = g_steal_pointer (&present);
      is_done = replace (self, connection, note, error);
    }
  self->id = note->id;
  return is_done;
}

static gboolean
run_statement (OrmConnection *connection, const char *sql, gint64 first, gint64 second, GError **error)
{
  OrmStatement *statement = orm_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  orm_statement_bind_int64 (statement, 1, first);
  if (second != 0)
    orm_statement_bind_int64 (statement, 2, second);
  return orm_statement_run (statement, error);
}

/* What was typed since is not thrown away. */
static gboolean
put_back (OctavoNoteReturn *self, OrmConnection *connection, GError **error)
{
  g_autoptr (OctavoNoteValues) present = NULL;

  if (!read_present (connection, self->id, &present, error))
    return FALSE;
  if (present == NULL || g_strcmp0 (present->body, self->note->body) != 0)
    {
      g_set_error_literal (error, OCTAVO_ERROR, OCTAVO_ERROR_FAILED,
                           _ ("The note was changed since, and was left as it is. What it said before is in the "
                              "trash."));
      return FALSE;
    }
  return octavo_version_sql_keep (connection, self->id, OCTAVO_VERSION_UNDO, error) &&
         octavo_note_sql_update (connection, self->before, error) &&
         run_statement (connection, "DELETE FROM note WHERE id = ?", self->kept_id, 0, error);
}

static gboolean
work_undo (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  OctavoNoteReturn *self = data;

  if (self->before != NULL)
    return put_back (self, connection, error);
  return run_statement (connection, "UPDATE note SET trashed = ? WHERE id = ?", g_get_real_time (), self->id, error);
}

static void
take_store (OctavoNoteReturn *self, OctavoStore *store)
{
  self->user_id = octavo_user_repository_get_default_id (octavo_store_get_users (store));
}

/**
 * octavo_note_return_run:
 * @self: what brings a note back
 * @store: an open store
 * @error: %OCTAVO_ERROR
 *
 * Brings it back, as a note that was changed now, with its versions. Main thread; blocks.
 *
 * Returns: whether it is there
 */
gboolean
octavo_note_return_run (OctavoNoteReturn *self, OctavoStore *store, GError **error)
{
  g_return_val_if_fail (self != NULL && OCTAVO_IS_STORE (store), FALSE);

  take_store (self, store);
  if (orm_database_write (octavo_store_get_database (store), work_run, self, NULL, error))
    return TRUE;
  octavo_error_for_person (error, octavo_store_get_path (store));
  return FALSE;
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OctavoStore *store = g_task_get_source_object (task);
  GError *error = NULL;

  if (orm_database_write_finish (ORM_DATABASE (source), result, NULL, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  octavo_error_for_person (&error, octavo_store_get_path (store));
  g_task_return_error (task, error);
}

static void
write_async (OctavoNoteReturn *self, OctavoStore *store, OrmWork work, GAsyncReadyCallback callback, gpointer user_data)
{
  orm_database_write_async (octavo_store_get_database (store), work, octavo_note_return_ref (self),
                            (GDestroyNotify) octavo_note_return_unref, NULL, on_written,
                            g_task_new (store, NULL, callback, user_data));
}

/**
 * octavo_note_return_run_async:
 * @self: what brings a note back
 * @store: an open store
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Brings it back, as a note that was changed now, with its versions. Main thread.
 */
void
octavo_note_return_run_async (OctavoNoteReturn *self,
                              OctavoStore *store,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (self != NULL && OCTAVO_IS_STORE (store));

  take_store (self, store);
  write_async (self, store, work_run, callback, user_data);
}

/**
 * octavo_note_return_undo_async:
 * @self: what brought a note back
 * @store: an open store
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * A new note goes to the trash; one that was put in the place of another gives that back, unless it was changed since.
 * Main thread.
 */
void
octavo_note_return_undo_async (OctavoNoteReturn *self,
                               OctavoStore *store,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (self != NULL && self->id != 0 && OCTAVO_IS_STORE (store));

  write_async (self, store, work_undo, callback, user_data);
}

/**
 * octavo_note_return_finish:
 * @store: the store
 * @result: what the callback was given
 * @error: %OCTAVO_ERROR
 *
 * Returns: whether it is done
 */
gboolean
octavo_note_return_finish (OctavoStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
