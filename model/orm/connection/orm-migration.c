/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-migration.h"
#include "orm-error.h"

/* Steps of the schema. Foreign keys are off while a step runs, as SQLite wants it for rebuilding a table that others
 * point to; the check before the commit makes up for it. */

static gboolean
check_foreign_keys (OrmConnection *connection, const OrmMigration *migration, GError **error)
{
  OrmStatement *statement = orm_connection_prepare (connection, "PRAGMA foreign_key_check", error);
  OrmStep step;

  if (statement == NULL)
    return FALSE;
  step = orm_statement_step (statement, error);
  if (step == ORM_STEP_ROW)
    g_set_error (error, ORM_ERROR, ORM_ERROR_CONSTRAINT,
                 "Step %u of the schema (%s) leaves rows of %s that point to no row of %s", migration->version,
                 migration->name, orm_statement_get_text (statement, 0, NULL),
                 orm_statement_get_text (statement, 2, NULL));
  orm_statement_reset (statement);
  return step == ORM_STEP_DONE;
}

static gboolean
run_step (OrmConnection *connection, const OrmMigration *migration, GError **error)
{
  char set_version[48];
  gint64 version;

  g_snprintf (set_version, sizeof set_version, "PRAGMA user_version = %u", migration->version);
  if (!orm_connection_begin (connection, error))
    return FALSE;
  /* Another process may have been faster while this one waited for the lock. */
  if (orm_connection_get_int64 (connection, "PRAGMA user_version", &version, error) &&
      (version >= migration->version ||
       (orm_connection_execute (connection, migration->sql, error) &&
        check_foreign_keys (connection, migration, error) && orm_connection_execute (connection, set_version, error))))
    return orm_connection_commit (connection, error);

  orm_connection_rollback (connection);
  g_prefix_error (error, "Step %u of the schema (%s): ", migration->version, migration->name);
  return FALSE;
}

/**
 * orm_migrate:
 * @connection: a connection that writes, outside of a transaction
 * @migrations: (array length=n_migrations): the steps from 1 up without a gap
 * @n_migrations: how many there are
 * @error: return location
 *
 * Brings the file to the last version, each step in one transaction with a foreign key check before its commit.
 *
 * Returns: whether the file has the last version; %ORM_ERROR_NEWER_SCHEMA where it has a later one, and is left alone
 */
gboolean
orm_migrate (OrmConnection *connection, const OrmMigration *migrations, guint n_migrations, GError **error)
{
  gint64 version = 0;
  gboolean migrated = TRUE;

  g_return_val_if_fail (connection != NULL, FALSE);
  for (guint i = 0; i < n_migrations; i++)
    g_return_val_if_fail (migrations[i].version == i + 1, FALSE);

  if (!orm_connection_get_int64 (connection, "PRAGMA user_version", &version, error))
    return FALSE;
  if (version > n_migrations)
    {
      g_set_error (error, ORM_ERROR, ORM_ERROR_NEWER_SCHEMA,
                   "The database has version %" G_GINT64_FORMAT ", this program knows up to %u", version, n_migrations);
      return FALSE;
    }
  if (version == n_migrations)
    return TRUE;

  if (!orm_connection_execute (connection, "PRAGMA foreign_keys = OFF", error))
    return FALSE;
  for (guint i = (guint) MAX (version, 0); migrated && i < n_migrations; i++)
    migrated = run_step (connection, &migrations[i], error);
  return orm_connection_execute (connection, "PRAGMA foreign_keys = ON", migrated ? error : NULL) && migrated;
}
