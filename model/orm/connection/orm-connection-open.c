/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-connection-private.h"
#include "orm-error.h"
#include "orm-packed.h"

#include <string.h>

/* The one place that opens SQLite, and what it is told to call. */

#define PROGRESS_STEPS 20000
#define LOOK_INTERVAL  250 /* microseconds */

static gboolean
orm_connection_pragma (OrmConnection *self, const char *sql, GError **error)
{
  int result = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);

  if (result == SQLITE_OK)
    return TRUE;
  orm_connection_set_error (self, result, sql, error);
  return FALSE;
}

static void
on_update (void *data, int operation, const char *schema, const char *table, sqlite3_int64 key)
{
  OrmConnection *self = data;

  if (strcmp (schema, "main") == 0)
    orm_connection_log_change (self, table,
                               operation == SQLITE_INSERT   ? ORM_CHANGE_INSERT
                               : operation == SQLITE_DELETE ? ORM_CHANGE_DELETE
                                                            : ORM_CHANGE_UPDATE,
                               key);
}

/* SQLite empties a whole table in one go without telling the update hook, unless an authorizer says SQLITE_IGNORE to
 * the DELETE. A DROP asks for the same right, where SQLITE_IGNORE would make it do nothing. */
static int
on_authorize (void *data, int action, const char *first, const char *second, const char *schema, const char *trigger)
{
  OrmConnection *self = data;
  int last_action = self->last_action;

  self->last_action = action;
  if (action != SQLITE_DELETE || g_strcmp0 (schema, "main") != 0 || g_str_has_prefix (first, "sqlite_"))
    return SQLITE_OK;
  if (last_action == SQLITE_DROP_TABLE || last_action == SQLITE_DROP_VIEW || last_action == SQLITE_DROP_VTABLE ||
      last_action == SQLITE_DROP_INDEX || last_action == SQLITE_DROP_TRIGGER)
    return SQLITE_OK;
  return SQLITE_IGNORE;
}

/* An interrupt that comes between two statements is lost, this is not. */
static int
on_progress (void *data)
{
  OrmConnection *self = data;

  return g_cancellable_is_cancelled (self->cancellable);
}

/* SQLite's own way sleeps for a tenth of a second between two looks. A process that writes one transaction after
 * another lets go of the file for some microseconds only: who looks so seldom may well come too late each time until
 * the limit. */
static int
on_busy (void *data, int n_looks)
{
  OrmConnection *self = data;
  gint64 now = g_get_monotonic_time ();

  if (n_looks == 0)
    self->busy_since = now;
  if (now - self->busy_since >= self->busy_timeout * G_GINT64_CONSTANT (1000) ||
      g_cancellable_is_cancelled (self->cancellable))
    return 0;
  g_usleep (LOOK_INTERVAL);
  return 1;
}

void
orm_connection_set_busy_timeout (OrmConnection *self, guint milliseconds)
{
  self->busy_timeout = milliseconds;
}

/* Of several who find a new file at once, SQLite refuses some without asking whether they would wait, as each has a
 * lock that another waits for. */
static gboolean
orm_connection_use_wal (OrmConnection *self, GError **error)
{
  static const char sql[] = "PRAGMA journal_mode = WAL";
  gint64 end = g_get_monotonic_time () + self->busy_timeout * G_GINT64_CONSTANT (1000);
  int result = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);

  while ((result & 0xff) == SQLITE_BUSY && g_get_monotonic_time () < end)
    {
      g_usleep (LOOK_INTERVAL);
      result = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);
    }
  if (result != SQLITE_OK)
    orm_connection_set_error (self, result, sql, error);
  return result == SQLITE_OK;
}

/* It could be opened for writing, and its head, which was read since, says that this SQLite may only read it. SQLite
 * tells nobody before something is to be written. */
static gboolean
orm_connection_use_file (OrmConnection *self, GError **error)
{
  g_autoptr (GError) failure = NULL;
  gboolean is_ready = orm_connection_use_wal (self, &failure);

  if (sqlite3_db_readonly (self->handle, "main") != 1)
    {
      if (!is_ready)
        g_propagate_error (error, g_steal_pointer (&failure));
      return is_ready;
    }
  g_set_error_literal (error, ORM_ERROR, ORM_ERROR_UNKNOWN_FORMAT, "the format of the file is not known");
  return FALSE;
}

static gboolean
orm_connection_set_up (OrmConnection *self, const char *path, GError **error)
{
  gboolean in_memory = g_str_equal (path, ":memory:");
  int result;

  sqlite3_extended_result_codes (self->handle, 1);
  self->busy_timeout = ORM_BUSY_MILLISECONDS;
  sqlite3_busy_handler (self->handle, on_busy, self);
  sqlite3_progress_handler (self->handle, PROGRESS_STEPS, on_progress, self);
  result = orm_packed_register (self->handle);
  if (result != SQLITE_OK)
    {
      orm_connection_set_error (self, result, "orm_value", error);
      return FALSE;
    }
  if (self->read_only)
    return TRUE;
  /* What cannot be opened for writing SQLite opens for reading, without a word; nothing would ever be saved then. */
  if (sqlite3_db_readonly (self->handle, "main") == 1)
    {
      orm_connection_set_error (self, SQLITE_READONLY, "open", error);
      return FALSE;
    }

  sqlite3_update_hook (self->handle, on_update, self);
  sqlite3_set_authorizer (self->handle, on_authorize, self);
  return (in_memory || orm_connection_use_file (self, error)) &&
         orm_connection_pragma (self, "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON", error);
}

static OrmConnection *
orm_connection_open (const char *path, const char *name, int flags, GError **error)
{
  g_autoptr (OrmConnection) self = g_new0 (OrmConnection, 1);
  int result;

  self->log = g_array_new (FALSE, FALSE, sizeof (OrmChange));
  self->statements = g_hash_table_new (g_str_hash, g_str_equal);
  self->read_only = (flags & SQLITE_OPEN_READONLY) != 0;
  self->logs = !g_log_writer_default_would_drop (G_LOG_LEVEL_DEBUG, "orm-sql");
  self->shows_values = g_strcmp0 (g_getenv ("ORM_SHOW_VALUES"), "1") == 0;

  result = sqlite3_open_v2 (name, &self->handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
  if (result != SQLITE_OK)
    {
      g_set_error (error, ORM_ERROR, orm_error_from_sqlite (result), "%s",
                   self->handle != NULL ? sqlite3_errmsg (self->handle) : sqlite3_errstr (result));
      return NULL;
    }
  if (!self->read_only && !g_str_equal (path, ":memory:"))
    {
      self->file = g_strdup (path);
      self->identity = orm_file_identify (path);
    }
  if (!orm_connection_set_up (self, path, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * orm_connection_new:
 * @path: a file, or ":memory:"
 * @flags: how to open it
 * @error: return location
 *
 * Opens a connection, with the pragmas that the mapper relies on: write-ahead log, foreign keys, full synchronization,
 * and up to five seconds of patience with another process. The thread that uses it first owns it.
 *
 * Returns: (transfer full) (nullable): the connection, or %NULL with %ORM_ERROR
 */
OrmConnection *
orm_connection_new (const char *path, OrmOpenFlags flags, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (flags & ORM_OPEN_READ_ONLY)
    return orm_connection_open (path, path, SQLITE_OPEN_READONLY, error);
  return orm_connection_open (path, path, SQLITE_OPEN_READWRITE | (flags & ORM_OPEN_CREATE ? SQLITE_OPEN_CREATE : 0),
                              error);
}

/* Reads the file as it stands, without its log, and without a trace on the disk. */
OrmConnection *
orm_connection_new_immutable (const char *path, GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *escaped = g_uri_escape_string (absolute, "/", FALSE);
  g_autofree char *name = g_strconcat ("file://", escaped, "?immutable=1", NULL);
  OrmFileLook look = orm_file_look (path);
  OrmConnection *self = orm_connection_open (path, name, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, error);

  if (self == NULL)
    return NULL;
  self->is_still = TRUE;
  self->look = look;
  return self;
}
