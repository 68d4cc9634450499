/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-changes-private.h"
#include "orm-links.h"
#include "orm-load.h"
#include "orm-session-private.h"

/* Live objects take up what others wrote: rows that changed are read again in the background, and their clean columns
 * follow. What the session wrote itself it knows. */

typedef struct
{
  GWeakRef session;
  const OrmTable *table;
  GArray *keys;
  guint n_commits; /* of the session when the reading began */
} Refresh;

static void
refresh_free (Refresh *self)
{
  g_weak_ref_clear (&self->session);
  g_array_unref (self->keys);
  g_free (self);
}

void
orm_session_queue_refresh (OrmSession *self, const OrmTable *table, gint64 key)
{
  GArray *keys = g_hash_table_lookup (self->stale, table);

  if (keys == NULL)
    {
      keys = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_hash_table_insert (self->stale, (gpointer) table, keys);
    }
  g_array_append_val (keys, key);
}

/* Whether what was read of the object may be older than what it wrote itself. */
static gboolean
is_overtaken (OrmEntity *entity, guint n_commits)
{
  OrmEntityPrivate *priv = orm_entity_get_private (entity);

  return priv->operation != NULL || priv->written > n_commits;
}

void
orm_session_take_rows (OrmSession *self, OrmLoad *load, GArray *keys, guint n_commits)
{
  const OrmTable *table = load->table;
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  OrmSlot *row;

  while ((row = orm_load_next (load)) != NULL)
    {
      OrmEntity *entity = orm_identity_map_lookup (self->map, table, row[table->key].int64);

      if (entity != NULL && is_overtaken (entity, n_commits))
        orm_session_queue_refresh (self, table, row[table->key].int64);
      else if (entity == NULL)
        {
          g_hash_table_add (found, g_memdup2 (&row[table->key].int64, sizeof (gint64)));
          orm_session_take_new_row (self, table, row);
        }
      else
        {
          g_object_ref (entity);
          orm_entity_get_private (entity)->is_gone = FALSE;
          g_hash_table_add (found, g_memdup2 (&row[table->key].int64, sizeof (gint64)));
          orm_entity_refresh (entity, row, load->columns, FALSE);
          /* One that was read before the change of its row was told has nothing to take up, but its place. */
          orm_links_follow_unlinked (entity, load->columns);
          g_object_unref (entity);
        }
      for (guint i = 0; i < table->n_columns; i++)
        orm_slot_clear (table->columns[i].type, &row[i]);
    }

  for (guint i = 0; i < keys->len; i++)
    {
      gint64 key = g_array_index (keys, gint64, i);
      OrmEntity *entity = orm_identity_map_lookup (self->map, table, key);

      if (entity != NULL && !g_hash_table_contains (found, &key) && !is_overtaken (entity, n_commits))
        orm_session_set_gone (self, entity);
    }
}

static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer data)
{
  Refresh *refresh = data;
  g_autoptr (OrmSession) self = g_weak_ref_get (&refresh->session);
  g_autoptr (GError) error = NULL;
  OrmJob *job = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_debug ("Objects could not be read again: %s", error->message);
  else if (self != NULL && self->scope != NULL)
    /* Objects of the scope have what is not yet in the file. */
    for (guint i = 0; i < refresh->keys->len; i++)
      orm_session_queue_refresh (self, refresh->table, g_array_index (refresh->keys, gint64, i));
  else if (self != NULL)
    orm_session_take_rows (self, job->data, refresh->keys, refresh->n_commits);

  if (self != NULL)
    {
      self->is_refreshing = FALSE;
      self->refresh = NULL;
      if (error == NULL)
        orm_session_read_stale (self);
    }
  refresh_free (refresh);
}

/* Reads in the background what is known to have changed elsewhere; one statement for all rows of a table, one at a
 * time, as two could end in the wrong order. */
void
orm_session_read_stale (OrmSession *self)
{
  GHashTableIter iter;
  gpointer table, keys;
  Refresh *refresh;
  OrmLoad *load;
  OrmJob *job;

  if (self->is_refreshing || self->commit != NULL || self->scope != NULL || g_hash_table_size (self->stale) == 0)
    return;

  g_hash_table_iter_init (&iter, self->stale);
  g_hash_table_iter_next (&iter, &table, &keys);
  refresh = g_new0 (Refresh, 1);
  g_weak_ref_init (&refresh->session, self);
  refresh->table = table;
  refresh->keys = g_array_ref (keys);
  refresh->n_commits = self->n_commits;
  g_hash_table_iter_remove (&iter);

  self->is_refreshing = TRUE;
  load = orm_load_new_keys (table, (const gint64 *) (gpointer) refresh->keys->data, refresh->keys->len);
  job = orm_job_new_work (FALSE, orm_load_run, load, (GDestroyNotify) orm_load_free);
  /* Nobody asked for it, so that it holds neither the session nor the database. */
  orm_job_take_task (job, g_task_new (NULL, NULL, on_refreshed, refresh));
  job->cancellable = g_cancellable_new ();
  if (orm_database_push (self->database, job, &job->error))
    self->refresh = job;
  else
    orm_job_return (job);
}

/* The database is not to be held by a thread of its own that tells of the statement. */
void
orm_session_end_refresh (OrmSession *self)
{
  OrmJob **jobs[] = { &self->refresh, &self->reload };

  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    if (*jobs[i] != NULL)
      {
        g_cancellable_cancel ((*jobs[i])->cancellable);
        orm_database_wait (self->database, *jobs[i]);
        *jobs[i] = NULL;
      }
}

typedef struct
{
  OrmSession *session;
  const OrmTable *table;
  guint n_commits; /* of the session when it was told */
} Telling;

static void
on_row_changed (gint64 key, OrmChangeKind kind, gconstpointer origin, gpointer data)
{
  Telling *telling = data;
  OrmEntity *entity = orm_identity_map_lookup (telling->session->map, telling->table, key);

  if (entity == NULL)
    return;
  /* One that was made of a row meanwhile may have been read before the session wrote that, by another object. */
  if (origin == telling->session && orm_entity_get_private (entity)->has_written)
    return;
  /* What the session wrote since may be another row with the key of the one that went. */
  if (kind == ORM_CHANGE_DELETE && orm_entity_get_private (entity)->written <= telling->n_commits)
    {
      orm_session_set_gone (telling->session, entity);
      /* What is being read may have the row still. */
      if (!telling->session->is_refreshing && !telling->session->is_reloading)
        return;
    }
  orm_session_queue_refresh (telling->session, telling->table, key);
}

static void
follow_changes (OrmSession *self, const OrmTold *told)
{
  OrmChanges *changes = told->changes;
  g_autoptr (GPtrArray) tables = orm_identity_map_list_tables (self->map);

  for (guint i = 0; i < tables->len; i++)
    {
      Telling telling = { .session = self, .table = tables->pdata[i], .n_commits = told->n_commits };

      if (orm_changes_is_everything (changes))
        g_hash_table_replace (self->stale, tables->pdata[i], orm_identity_map_list_keys (self->map, telling.table));
      else
        orm_changes_foreach (changes, telling.table->name, on_row_changed, &telling);
    }
  orm_session_follow_collections (self, changes, FALSE);
}

void
orm_session_follow (OrmSession *self)
{
  if (self->commit != NULL || self->scope != NULL)
    return;

  for (guint i = 0; i < self->told->len; i++)
    follow_changes (self, &g_array_index (self->told, OrmTold, i));
  g_array_set_size (self->told, 0);
  orm_session_read_stale (self);
  orm_session_reload_collections (self);
}
