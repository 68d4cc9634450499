/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-search"

#include "search-test.h"

#include <glib/gstdio.h>
#include <string.h>

/* The first migration, out of the resources that are linked in. */
static OrmMigration migration = { 1, "first", NULL };

/* What is lost with the machine is not looked at here. */
static gboolean
set_up_connection (OrmConnection *connection, gpointer data, GError **error)
{
  return octavo_search_setup_connection (connection, data, error) &&
         orm_connection_execute (connection, "PRAGMA synchronous = OFF", error);
}

OrmDatabase *
search_test_open (const char *file)
{
  static GBytes *sql;
  g_autoptr (GError) error = NULL;
  OrmDatabase *database;

  if (sql == NULL)
    {
      g_autofree char *path =
          g_test_build_filename (G_TEST_DIST, "..", "resources", "migrations", "0001-first.sql", NULL);
      char *text;
      gsize length;

      g_file_get_contents (path, &text, &length, &error);
      g_assert_no_error (error);
      sql = g_bytes_new_take (text, length + 1);
      migration.sql = text;
    }
  database = orm_database_new (file, ORM_OPEN_CREATE);
  orm_database_set_migrations (database, &migration, 1);
  orm_database_set_setup (database, set_up_connection, NULL);
  orm_database_open (database, NULL, &error);
  g_assert_no_error (error);
  return database;
}

void
search_test_set_up (SearchTest *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("octavo-search-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "notes.db", NULL);
  self->database = search_test_open (self->path);
  self->search = octavo_search_new (self->database);
  search_test_execute (self, "INSERT INTO user (name, folded, created) VALUES ('Anna Schmidt', 'anna schmidt', 0)");
  search_test_execute (self, "INSERT INTO user (name, folded, created) VALUES ('Bob', 'bob', 0)");
}

void
search_test_tear_down (SearchTest *self, gconstpointer data)
{
  static const char *const endings[] = { "", "-wal", "-shm" };

  g_object_run_dispose (G_OBJECT (self->search));
  orm_database_close (self->database);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (self->search);
  g_assert_finalize_object (self->database);
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = g_strconcat (self->path, endings[i], NULL);

      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->path);
  g_free (self->folder);
}

static gboolean
work_execute (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return orm_connection_execute (connection, data, error);
}

void
search_test_execute (SearchTest *self, const char *sql, ...)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  va_list arguments;

  va_start (arguments, sql);
  text = g_strdup_vprintf (sql, arguments);
  va_end (arguments);
  orm_database_write (self->database, work_execute, text, NULL, &error);
  g_assert_no_error (error);
}

typedef struct
{
  const char *sql;
  const char *texts[2];
  gint64 value;
} Values;

static gboolean
work_insert (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Values *values = data;
  OrmStatement *statement = orm_connection_prepare (connection, values->sql, error);

  if (statement == NULL)
    return FALSE;
  for (int i = 0; i < 2; i++)
    orm_statement_bind_text (statement, i + 1, values->texts[i], -1);
  if (!orm_statement_run (statement, error))
    return FALSE;
  values->value = orm_connection_get_last_insert_id (connection);
  return TRUE;
}

/* A note of Anna's, changed later than all before it. */
gint64
search_test_add (SearchTest *self, const char *title, const char *body)
{
  Values values = { "INSERT INTO note (user_id, created, updated, title, body) "
                    "SELECT 1, n, n, ?, ? FROM (SELECT coalesce (max (id), 0) + 1 AS n FROM note)",
                    { title, body },
                    0 };
  g_autoptr (GError) error = NULL;

  orm_database_write (self->database, work_insert, &values, NULL, &error);
  g_assert_no_error (error);
  return values.value;
}

void
search_test_tag (SearchTest *self, gint64 note_id, const char *tag)
{
  g_autofree char *folded = g_utf8_casefold (tag, -1);
  Values values = { "INSERT OR IGNORE INTO tag (name, folded) VALUES (?, ?)", { tag, folded }, 0 };
  g_autoptr (GError) error = NULL;

  orm_database_write (self->database, work_insert, &values, NULL, &error);
  g_assert_no_error (error);
  search_test_execute (self, "INSERT INTO note_tag SELECT %" G_GINT64_FORMAT ", id FROM tag WHERE folded = '%s'",
                       note_id, folded);
}

static gboolean
work_get_int64 (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Values *values = data;

  return orm_connection_get_int64 (connection, values->sql, &values->value, error);
}

gint64
search_test_get_int64 (SearchTest *self, const char *sql)
{
  Values values = { sql, { NULL }, 0 };
  g_autoptr (GError) error = NULL;

  orm_database_read (self->database, work_get_int64, &values, NULL, &error);
  g_assert_no_error (error);
  return values.value;
}

void
search_test_index (SearchTest *self)
{
  g_autoptr (GError) error = NULL;

  octavo_search_update (self->search, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (search_test_get_int64 (self, "SELECT count (*) FROM search_queue"), ==, 0);
}

char *
search_test_find (SearchTest *self, const char *query, const OctavoScope *scope, OctavoSort sort)
{
  g_autoptr (OctavoQuery) parsed = query != NULL ? octavo_query_new (query) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = octavo_search_run (self->search, parsed, scope, sort, NULL, &error);
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (out, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "", g_array_index (ids, gint64, i));
  return g_string_free (out, FALSE);
}
