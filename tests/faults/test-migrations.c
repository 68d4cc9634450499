/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-faults"

#include "fault-calls.h"
#include "fault-session.h"
#include "fault-state.h"

#include "octavo-error.h"
#include "octavo-schema.h"
#include "octavo-sqlite.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <signal.h>
#include <string.h>

/* Files of each schema that there was (tests/fixtures/schemas, made by write-schema.py) are opened by the program as it
 * is: undisturbed; killed at each statement; with the power cut after each thing that was asked of the disk; with each
 * call of the system and each piece of memory refused. Whatever happens, what was in the file is there, and the next
 * start brings it to the present schema.
 *
 * test-migrations --die-at N FILE: opens the file and is gone at the N-th statement. */

static int stride = 1;
static int memory_stride = 10;
static int n_seeds = 1;
static gint64 seed = 1;
static int die_at;
static char *program;

static const GOptionEntry options[] = {
  { "stride", 0, 0, G_OPTION_ARG_INT, &stride, "Every how many moments something happens", "N" },
  { "memory-stride", 0, 0, G_OPTION_ARG_INT, &memory_stride, "The same, of pieces of memory", "N" },
  { "seeds", 0, 0, G_OPTION_ARG_INT, &n_seeds, "How many power cuts in each moment", "N" },
  { "start", 0, 0, G_OPTION_ARG_INT64, &seed, "What decides what the disk has", "SEED" },
  { "die-at", 0, 0, G_OPTION_ARG_INT, &die_at, "Be killed at a statement", "N" },
  { NULL },
};

/* What is in a file, in terms of the tables and columns that it had when it was written. */
typedef struct
{
  guint version;
  GPtrArray *queries; /* (element-type char *) */
  char *rows;
} Content;

static sqlite3 *
open_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  sqlite3 *file = octavo_sqlite_open (path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &error);

  g_assert_no_error (error);
  return file;
}

/* The texts of all rows, a line each. */
static char *
read_lines (sqlite3 *file, const char *sql)
{
  g_autoptr (GError) error = NULL;
  sqlite3_stmt *statement = octavo_sqlite_prepare (file, sql, &error);
  g_autoptr (GString) lines = g_string_new (NULL);

  g_assert_no_error (error);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_string_append_printf (lines, "%s\n", (const char *) sqlite3_column_text (statement, 0));
  g_assert_cmpint (sqlite3_finalize (statement), ==, SQLITE_OK);
  return g_strdup (lines->str);
}

static char *
read_rows (const char *path, GPtrArray *queries)
{
  sqlite3 *file = open_file (path);
  g_autoptr (GString) rows = g_string_new (NULL);

  for (guint i = 0; i < queries->len; i++)
    {
      g_autofree char *lines = read_lines (file, g_ptr_array_index (queries, i));

      g_string_append (rows, lines);
    }
  sqlite3_close (file);
  return g_strdup (rows->str);
}

/* Without what is derived, and written anew as the program likes. */
#define TABLES                                                                                                         \
  "SELECT 'SELECT ''' || name || ' '' || ' || (SELECT group_concat ('quote (' || c.name || ')', ' || '','' || ') "     \
  "FROM pragma_table_info (t.name) AS c) || ' FROM ' || t.name || ' ORDER BY 1' FROM sqlite_schema AS t "              \
  "WHERE type = 'table' AND name NOT LIKE 'search~_%' ESCAPE '~' AND name NOT IN ('note_change') ORDER BY name"

static char *
find_fixture (guint version)
{
  g_autofree char *name = g_strdup_printf ("%u.sql", version);

  return g_test_build_filename (G_TEST_DIST, "fixtures", "schemas", name, NULL);
}

static void
write_fixture (guint version, const char *path)
{
  g_autofree char *sql_path = find_fixture (version);
  g_autofree char *sql = NULL;
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;
  sqlite3 *file;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  file = open_file (path);
  if (version > 0)
    {
      g_assert_true (g_file_get_contents (sql_path, &sql, NULL, NULL));
      octavo_sqlite_execute (file, sql, &error);
      g_assert_no_error (error);
    }
  sqlite3_close (file);
}

static Content *
content_new (guint version)
{
  Content *self = g_new0 (Content, 1);
  FaultSession *session = fault_session_new (1);
  g_autofree char *queries = NULL;
  g_auto (GStrv) lines = NULL;
  sqlite3 *file;

  self->version = version;
  self->queries = g_ptr_array_new_with_free_func (g_free);
  write_fixture (version, session->path);
  file = open_file (session->path);
  queries = read_lines (file, TABLES);
  sqlite3_close (file);
  lines = g_strsplit (queries, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    g_ptr_array_add (self->queries, g_strdup (lines[i]));
  self->rows = read_rows (session->path, self->queries);
  fault_session_free (session);
  return self;
}

static void
content_free (Content *self)
{
  g_ptr_array_unref (self->queries);
  g_free (self->rows);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Content, content_free)

static void
check_content (const char *path, Content *content)
{
  g_autofree char *problem = fault_state_check_file (path);
  g_autofree char *rows = read_rows (path, content->queries);

  g_assert_cmpstr (problem, ==, NULL);
  g_assert_cmpstr (rows, ==, content->rows);
}

#define SCHEMA                                                                                                         \
  "SELECT type || ' ' || name || ' ' || sql FROM sqlite_schema WHERE sql IS NOT NULL AND "                             \
  "tbl_name NOT LIKE 'search~_title%' ESCAPE '~' AND tbl_name NOT LIKE 'search~_body%' ESCAPE '~' AND "                \
  "tbl_name NOT LIKE 'search~_term%' ESCAPE '~' AND tbl_name NOT LIKE 'search~_posting%' ESCAPE '~' AND "              \
  "tbl_name NOT LIKE 'search~_meta%' ESCAPE '~' ORDER BY 1"

/* What the first migrations make of nothing. */
static char *
get_schema (guint version)
{
  g_autoptr (GArray) migrations = octavo_schema_load_migrations ();
  sqlite3 *file = open_file (""); /* a temporary one */
  char *schema;

  for (guint i = 0; i < version; i++)
    g_assert_true (octavo_sqlite_execute (file, g_array_index (migrations, OrmMigration, i).sql, NULL));
  schema = read_lines (file, SCHEMA);
  sqlite3_close (file);
  return schema;
}

static guint
get_n_migrations (void)
{
  g_autoptr (GArray) migrations = octavo_schema_load_migrations ();

  return migrations->len;
}

static void
check_schema (const char *path, guint version)
{
  g_autofree char *wanted = get_schema (version);
  g_autofree char *schema = NULL;
  sqlite3 *file = open_file (path);
  gint64 user_version = -1;

  schema = read_lines (file, SCHEMA);
  g_assert_true (octavo_sqlite_get_int64 (file, "PRAGMA user_version", &user_version, NULL));
  sqlite3_close (file);
  g_assert_cmpstr (schema, ==, wanted);
  g_assert_cmpint (user_version, ==, version);
}

/* The next start. */
static void
check_opens (FaultSession *session, Content *content)
{
  g_autoptr (GError) error = NULL;

  fault_session_open (session, &error);
  g_assert_no_error (error);
  fault_session_close (session);
  if (content->version > 0)
    check_content (session->path, content);
  check_schema (session->path, get_n_migrations ());
}

/* Each schema that a migration leaves behind has a file: before the next one is written, write-schema.py keeps it. */
static void
test_complete (void)
{
  guint n_migrations = get_n_migrations ();

  for (guint version = 1; version <= n_migrations; version++)
    {
      g_autofree char *path = find_fixture (version);
      FaultSession *session;

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        {
          if (version < n_migrations)
            g_error ("There is a migration from version %u, but no %s: tests/faults/write-schema.py %u makes it",
                     version, path, version);
          continue;
        }
      session = fault_session_new (1);
      write_fixture (version, session->path);
      check_schema (session->path, version);
      fault_session_free (session);
    }
}

static void
test_whole (gconstpointer version)
{
  g_autoptr (Content) content = content_new (GPOINTER_TO_UINT (version));
  FaultSession *session = fault_session_new (1);

  write_fixture (content->version, session->path);
  check_opens (session, content);
  check_opens (session, content);
  fault_session_free (session);
}

/* Killed at a statement */

static int
on_statement (unsigned int what, void *data, void *statement, void *sql)
{
  if (--die_at == 0)
    kill (getpid (), SIGKILL);
  return 0;
}

static int
watch_connection (sqlite3 *connection, char **message, const void *api)
{
  return sqlite3_trace_v2 (connection, SQLITE_TRACE_STMT, on_statement, NULL);
}

static int
open_and_die (const char *path)
{
  OctavoStore *store = octavo_store_new (path);
  g_autoptr (GError) error = NULL;

  sqlite3_auto_extension ((void (*) (void)) watch_connection);
  octavo_store_open (store, NULL, &error);
  g_assert_no_error (error);
  octavo_store_close (store);
  g_object_unref (store);
  return 0;
}

/* Returns whether it died. */
static gboolean
be_killed (const char *path, guint at)
{
  g_autofree char *number = g_strdup_printf ("--die-at=%u", at);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, program, number, path, NULL);

  g_assert_no_error (error);
  g_subprocess_wait (child, NULL, NULL);
  if (g_subprocess_get_if_signaled (child))
    {
      g_assert_cmpint (g_subprocess_get_term_sig (child), ==, SIGKILL);
      return TRUE;
    }
  g_assert_true (g_subprocess_get_successful (child));
  return FALSE;
}

static void
test_statements (gconstpointer version)
{
  g_autoptr (Content) content = content_new (GPOINTER_TO_UINT (version));
  gboolean has_died = TRUE;
  guint n_deaths = 0;

  for (guint at = 1; has_died; at += (guint) stride)
    {
      FaultSession *session = fault_session_new (1);

      write_fixture (content->version, session->path);
      has_died = be_killed (session->path, at);
      n_deaths += has_died;
      check_content (session->path, content);
      check_opens (session, content);
      fault_session_free (session);
    }
  g_test_message ("killed at %u statements", n_deaths);
}

/* The power cut */

static void
check_cut (FaultDisk *disk, Content *content, guint n_acts, guint32 cut_seed)
{
  FaultSession *left = fault_session_new (1);

  fault_disk_cut (disk, n_acts, cut_seed, left->folder);
  if (content->version > 0)
    check_content (left->path, content);
  check_opens (left, content);
  fault_session_free (left);
}

static void
test_power (gconstpointer version)
{
  g_autoptr (Content) content = content_new (GPOINTER_TO_UINT (version));
  FaultSession *session = fault_session_new (1);
  FaultDisk *disk;
  guint n_acts;

  write_fixture (content->version, session->path);
  disk = fault_disk_new (session->folder);
  fault_calls_watch (session->folder);
  fault_calls_record (disk);
  check_opens (session, content);
  n_acts = fault_calls_get_n_acts ();
  fault_calls_record (NULL);
  fault_calls_watch (NULL);
  for (guint at = 0; at <= n_acts; at += (guint) stride)
    for (int i = 0; i < n_seeds; i++)
      check_cut (disk, content, at, (guint32) seed + at * (guint32) n_seeds + (guint32) i);
  g_test_message ("cut at %u moments", n_acts / (guint) stride + 1);
  fault_disk_free (disk);
  fault_session_free (session);
}

/* A call or memory refused. reason: 0: memory */

static gboolean
refuse (Content *content, int reason, guint nth)
{
  FaultSession *session = fault_session_new (1);
  g_autoptr (GError) error = NULL;
  gboolean was_refused;

  write_fixture (content->version, session->path);
  fault_calls_watch (session->folder);
  if (reason != 0)
    fault_calls_arm (reason, nth, reason == ENOSPC ? G_MAXUINT / 2 : 0);
  else
    fault_memory_arm (nth, 0);
  fault_session_open (session, &error);
  was_refused = reason != 0 ? fault_calls_disarm () : fault_memory_disarm ();
  if (session->store == NULL)
    g_assert_cmpstr (g_quark_to_string (error->domain), ==, g_quark_to_string (OCTAVO_ERROR));
  fault_session_close (session);
  fault_calls_watch (NULL);
  if (content->version > 0)
    check_content (session->path, content);
  check_opens (session, content);
  fault_session_free (session);
  return was_refused;
}

static void
test_refusals (gconstpointer version)
{
  static const int reasons[] = { EIO, ENOSPC, 0 };
  g_autoptr (Content) content = content_new (GPOINTER_TO_UINT (version));

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      guint step = (guint) (reasons[i] != 0 ? stride : memory_stride); /* a statement asks for memory many times */
      guint n_refusals = 0;

      while (refuse (content, reasons[i], 1 + n_refusals * step))
        n_refusals++;
      g_test_message ("%s: %u times", reasons[i] != 0 ? g_strerror (reasons[i]) : "out of memory", n_refusals);
    }
}

static void
add (guint version, const char *name, GTestDataFunc run)
{
  g_autofree char *path = g_strdup_printf ("/migrations/%u/%s", version, name);

  g_test_add_data_func (path, GUINT_TO_POINTER (version), run);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("[FILE]");
  g_autoptr (GError) error = NULL;
  int result;

  fault_memory_install ();
  program = g_canonicalize_filename (argv[0], NULL);
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  if (die_at > 0)
    return open_and_die (argv[1]);

  g_test_message ("seed %" G_GINT64_FORMAT, seed);
  g_test_add_func ("/migrations/each-schema-has-a-file", test_complete);
  for (guint version = 0; version <= get_n_migrations (); version++)
    {
      g_autofree char *path = find_fixture (version);

      if (version > 0 && !g_file_test (path, G_FILE_TEST_EXISTS))
        continue;
      add (version, "whole", test_whole);
      add (version, "killed", test_statements);
      add (version, "power", test_power);
      add (version, "refused", test_refusals);
    }
  result = model_test_run_isolated ();
  g_free (program);
  return result;
}
