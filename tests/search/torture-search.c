/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-search"

#include "octavo-index.h"
#include "octavo-search-private.h"
#include "orm-error.h"
#include "search-test.h"
#include "torture-edit.h"
#include "torture-reader.h"

#include <gio/gio.h>
#include <locale.h>
#include <stdio.h>
#include <unistd.h>

/* torture-search: the engine against the reference, while another process edits; and after many edits. What is asked,
 * and what is edited, is decided by a seed; when the processes and threads take turns is not.
 * torture-search --edit FILE: the other process; edits until its input ends, and says how often it did. */

#define MIB 1048576.0

static int n_queries = 300;
static int n_edits = 1000;
static int n_notes = 1000;
static gint64 seed = -1;
static char *vault;
static char *edited_file;
static int edited_ids;
static int edited_pause = 4; /* milliseconds between two transactions, at most */
static char *program;

static const GOptionEntry options[] = {
  { "queries", 0, 0, G_OPTION_ARG_INT, &n_queries, "How many queries while another process edits", "N" },
  { "edits", 0, 0, G_OPTION_ARG_INT, &n_edits, "How many edits", "N" },
  { "notes", 0, 0, G_OPTION_ARG_INT, &n_notes, "How many notes are generated", "N" },
  { "start", 0, 0, G_OPTION_ARG_INT64, &seed, "What decides everything", "SEED" },
  { "vault", 0, 0, G_OPTION_ARG_FILENAME, &vault, "A folder of notes to search as well", "FOLDER" },
  { "edit", 0, 0, G_OPTION_ARG_FILENAME, &edited_file, "Be the other process", "FILE" },
  { "ids", 0, 0, G_OPTION_ARG_INT, &edited_ids, "Which ids it gives", "N" },
  { "pause", 0, 0, G_OPTION_ARG_INT, &edited_pause, "How long it rests", "MILLISECONDS" },
  { NULL },
};

/* The other process */

static gboolean
work_edit (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  TortureEditor *editor = data;

  for (guint i = 1 + torture_text_below (&editor->text, 8); i > 0; i--)
    if (!torture_editor_edit (editor, connection, error))
      return FALSE;
  if (torture_text_below (&editor->text, 20) != 0)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "thought better of it");
  return FALSE;
}

static gboolean
work_index (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return torture_editor_index (data, connection, error);
}

static gboolean
work_break_index (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return torture_editor_break_index (data, connection, error);
}

static gboolean
work_fill (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return torture_editor_fill (data, connection, error);
}

/* A copy of the file that takes its place: where nobody else is in the way. */
static void
vacuum (const char *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OrmConnection) connection = orm_connection_new (file, ORM_OPEN_DEFAULT, &error);

  g_assert_no_error (error);
  if (!octavo_search_setup_connection (connection, NULL, &error) ||
      !orm_connection_execute (connection, "VACUUM", &error))
    g_assert_error (error, ORM_ERROR, ORM_ERROR_BUSY);
}

static gboolean
is_told_to_end (TortureEditor *editor)
{
  GPollFD input = { 0, G_IO_IN | G_IO_HUP, 0 };

  return g_poll (&input, 1, (int) torture_text_below (&editor->text, (guint) edited_pause + 1)) > 0;
}

/* Not by g_print(), of which later GLibs make comments of the test. */
static void
tell (const char *line)
{
  puts (line);
  fflush (stdout);
}

static int
edit_until_told (void)
{
  g_autofree char *done = NULL;
  TortureEditor editor = { .ids = (TortureIds) edited_ids, .n_notes = (guint) n_notes, .median_words = 40 };
  OrmDatabase *database = search_test_open (edited_file);
  gboolean has_begun = FALSE;
  guint n_done = 0, rarity = n_notes > 5000 ? 3000 : 50;

  torture_text_init (&editor.text, (guint32) seed);
  do
    {
      g_autoptr (GError) error = NULL;
      guint dice = torture_text_below (&editor.text, rarity);

      if (dice == 0)
        orm_database_write (database, work_break_index, &editor, NULL, &error);
      else if (dice == 1)
        vacuum (edited_file);
      else if (torture_text_below (&editor.text, 15) == 0)
        orm_database_write (database, work_index, &editor, NULL, &error);
      else if (orm_database_write (database, work_edit, &editor, NULL, &error))
        n_done++;
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_assert_no_error (error);
      if (n_done == 1 && !has_begun)
        tell ("!");
      has_begun = n_done > 0;
    }
  while (!is_told_to_end (&editor));
  torture_text_clear (&editor.text);
  orm_database_close (database);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (database);
  done = g_strdup_printf ("%u", n_done);
  tell (done);
  return 0;
}

/* Returns: (transfer full): the process, which has begun */
static GSubprocess *
start_editing (SearchTest *test, TortureIds ids, guint notes, guint pause)
{
  g_autofree char *ids_text = g_strdup_printf ("%d", ids);
  g_autofree char *notes_text = g_strdup_printf ("%u", notes);
  g_autofree char *seed_text = g_strdup_printf ("%" G_GINT64_FORMAT, seed + 1000);
  g_autofree char *pause_text = g_strdup_printf ("%u", pause);
  const char *const arguments[] = { program,    "--edit",  test->path, "--ids",   ids_text,   "--notes",
                                    notes_text, "--start", seed_text,  "--pause", pause_text, NULL };
  g_autoptr (GError) error = NULL;
  char character;
  GSubprocess *child =
      g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);

  g_assert_no_error (error);
  do
    g_assert_cmpint (g_input_stream_read (g_subprocess_get_stdout_pipe (child), &character, 1, NULL, &error), ==, 1);
  while (character != '!');
  return child;
}

/* Returns: how many transactions it committed */
static guint
stop_editing (GSubprocess *child)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_done;

  g_subprocess_communicate_utf8 (child, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (child));
  lines = g_strsplit (g_strchomp (output), "\n", -1);
  n_done = (guint) g_ascii_strtoull (lines[g_strv_length (lines) - 1], NULL, 10);
  g_object_unref (child);
  return n_done;
}

/* Asking */

typedef struct
{
  SearchTest *test;
  TortureReader reader;
  guint max_queries;
} Asking;

static gpointer
run_asking (gpointer data)
{
  Asking *self = data;
  g_autoptr (GError) error = NULL;

  while (self->reader.n_queries < self->max_queries && error == NULL)
    orm_database_read (self->test->database, torture_reader_look, &self->reader, NULL, &error);
  g_assert_no_error (error);
  return NULL;
}

static void
judge (TortureReader *reader)
{
  g_autofree char *report = g_utf8_make_valid (reader->report->str, (gssize) reader->report->len);

  if (reader->n_wrong == 0)
    return;
  g_test_message ("%s", report);
  g_test_message ("%u of %u wrong", reader->n_wrong, reader->n_queries);
  g_test_fail ();
}

/* On two threads, whose snapshots are not the same, so that what the engine keeps goes back and forth between them. */
static void
ask (SearchTest *test, guint queries, guint queries_of_a_snapshot)
{
  Asking askings[2] = { { .test = test, .max_queries = queries / 2 }, { .test = test, .max_queries = queries / 2 } };
  GThread *threads[2];

  for (guint i = 0; i < 2; i++)
    {
      torture_reader_init (&askings[i].reader, test->database, test->search, queries_of_a_snapshot, (guint32) seed + i);
      threads[i] = g_thread_new ("asking", run_asking, &askings[i]);
    }
  for (guint i = 0; i < 2; i++)
    {
      g_thread_join (threads[i]);
      judge (&askings[i].reader);
      g_test_message ("%u queries of %u snapshots, %u of them incomplete, %" G_GUINT64_FORMAT " notes found",
                      askings[i].reader.n_queries, askings[i].reader.round, askings[i].reader.n_incomplete,
                      askings[i].reader.n_found);
      torture_reader_clear (&askings[i].reader);
    }
}

static gboolean
work_check_integrity (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  OrmStatement *statement = orm_connection_prepare (connection, "PRAGMA integrity_check", error);
  OrmStep step;

  if (statement == NULL)
    return FALSE;
  octavo_index_look_again (connection);
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    g_assert_cmpstr (orm_statement_get_text (statement, 0, NULL), ==, "ok");
  orm_statement_reset (statement);
  return step == ORM_STEP_DONE;
}

static void
check_index (SearchTest *test)
{
  g_autoptr (GError) error = NULL;
  OctavoIndexFault fault;

  search_test_index (test);
  octavo_search_check (test->search, &fault, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fault, ==, OCTAVO_INDEX_RIGHT);
  orm_database_read (test->database, work_check_integrity, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
fill (SearchTest *test, TortureEditor *editor)
{
  g_autoptr (GError) error = NULL;

  search_test_execute (test, "INSERT INTO user (name, folded, created) VALUES ('Ada 李', 'ada 李', 0)");
  orm_database_write (test->database, work_fill, editor, NULL, &error);
  g_assert_no_error (error);
}

/* The notes of a folder */

typedef struct
{
  TortureEditor *editor;
  const char *title;
  const char *body;
} File;

static gboolean
work_add_file (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  File *file = data;

  return torture_editor_add_note (file->editor, connection, file->title, file->body, error);
}

static guint
add_folder (SearchTest *test, TortureEditor *editor, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n_added = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *body = NULL;
      g_autofree char *title = g_str_has_suffix (name, ".md") ? g_strndup (name, strlen (name) - 3) : NULL;
      g_autoptr (GError) error = NULL;
      File file = { editor, title, NULL };

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        n_added += add_folder (test, editor, path);
      if (title == NULL || !g_file_get_contents (path, &body, NULL, NULL) || !g_utf8_validate (title, -1, NULL))
        continue;
      file.body = body;
      orm_database_write (test->database, work_add_file, &file, NULL, &error);
      g_assert_no_error (error);
      n_added++;
    }
  return n_added;
}

static char *
find_vault (void)
{
  const char *named = g_getenv ("OCTAVO_CORPUS");
  g_autofree char *folder = vault != NULL ? g_strdup (vault)
                            : named != NULL
                                ? g_build_filename (named, "vault", NULL)
                                : g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "corpus", "vault", NULL);

  return g_file_test (folder, G_FILE_TEST_IS_DIR) ? g_steal_pointer (&folder) : NULL;
}

/* Tests */

static void
test_generated (SearchTest *test, gconstpointer ids)
{
  TortureEditor editor = { .ids = (TortureIds) GPOINTER_TO_INT (ids), .n_notes = (guint) n_notes, .median_words = 60 };
  g_autofree char *folder = NULL;
  GSubprocess *child;
  guint n_done;

  torture_text_init (&editor.text, (guint32) seed);
  fill (test, &editor);
  folder = find_vault ();
  if (folder != NULL)
    g_test_message ("%u notes of %s", add_folder (test, &editor, folder), folder);
  search_test_index (test);
  torture_text_clear (&editor.text);
  child = start_editing (test, editor.ids, editor.n_notes, 10);
  ask (test, (guint) n_queries / 2, 20);
  n_done = stop_editing (child);
  g_test_message ("%u transactions of another process meanwhile", n_done);
  g_assert_cmpuint (n_done, >, 0);
  check_index (test);
}

static void
test_ids (SearchTest *test, gconstpointer ids)
{
  TortureEditor editor = { .ids = (TortureIds) GPOINTER_TO_INT (ids), .n_notes = 400, .median_words = 12 };
  GSubprocess *child;
  guint n_done;

  torture_text_init (&editor.text, (guint32) seed);
  fill (test, &editor);
  torture_text_clear (&editor.text);
  child = start_editing (test, editor.ids, editor.n_notes, 1);
  ask (test, (guint) n_queries / 5, 3);
  n_done = stop_editing (child);
  g_test_message ("%u transactions of another process meanwhile", n_done);
  g_assert_cmpuint (n_done, >, 0);
  check_index (test);
}

static double
get_resident_mib (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) fields = NULL;

  g_file_get_contents ("/proc/self/statm", &text, NULL, NULL);
  fields = g_strsplit (text != NULL ? text : "0 0", " ", 3);
  return g_ascii_strtod (fields[1], NULL) * sysconf (_SC_PAGESIZE) / MIB;
}

#define MANY_EDITS 50000 /* fewer tell nothing about memory */
#define N_LOOKS    20
#define GROWTH_MIB 8 /* that is no leak: of each of 50,000 edits the sixth part of a KiB would be more */

static void
test_many_edits (SearchTest *test, gconstpointer data)
{
  TortureEditor editor = { .ids = TORTURE_IDS_DENSE,
                           .n_notes = (guint) CLAMP (n_edits / 30, 200, 3000),
                           .median_words = 20 };
  TortureReader reader;
  double resident[N_LOOKS + 1];

  torture_text_init (&editor.text, (guint32) seed);
  fill (test, &editor);
  torture_reader_init (&reader, test->database, test->search, 25, (guint32) seed);
  for (guint i = 0; i <= N_LOOKS; i++)
    {
      g_autoptr (GError) error = NULL;

      /* four and a half edits each, of which some are taken back */
      for (guint j = 0; i > 0 && j < (guint) n_edits / N_LOOKS / 4; j++)
        {
          if (!orm_database_write (test->database, work_edit, &editor, NULL, &error) &&
              g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
            g_clear_error (&error);
          g_assert_no_error (error);
          if (torture_text_below (&editor.text, 50) == 0)
            orm_database_write (test->database, work_index, &editor, NULL, &error);
          g_assert_no_error (error);
        }
      orm_database_read (test->database, torture_reader_look, &reader, NULL, &error);
      g_assert_no_error (error);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      resident[i] = get_resident_mib ();
    }
  judge (&reader);
  g_test_message ("%d edits, %u queries; resident: %.1f MiB after %d of them, %.1f after half, %.1f at the end",
                  n_edits, reader.n_queries, resident[1], n_edits / N_LOOKS, resident[N_LOOKS / 2], resident[N_LOOKS]);
  if (n_edits >= MANY_EDITS)
    g_assert_cmpfloat (resident[N_LOOKS], <, resident[N_LOOKS / 2] + GROWTH_MIB);
  torture_text_clear (&editor.text);
  torture_reader_clear (&reader);
  check_index (test);
}

static void
add (const char *name, void (*run) (SearchTest *, gconstpointer), TortureIds ids)
{
  g_autofree char *path = g_strconcat ("/search-torture/", name, NULL);

  g_test_add (path, SearchTest, GINT_TO_POINTER (ids), search_test_set_up, run, search_test_tear_down);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  int result;

  program = g_canonicalize_filename (argv[0], NULL);
  g_setenv ("TZ", "Europe/Berlin", TRUE);
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  if (edited_file != NULL)
    return edit_until_told ();

  if (seed < 0)
    seed = g_random_int () / 2;
  g_test_message ("seed %" G_GINT64_FORMAT, seed);
  reference_share_letters ();
  /* first, as what others gave back would hide what grows */
  add ("many-edits", test_many_edits, TORTURE_IDS_DENSE);
  add ("generated", test_generated, TORTURE_IDS_DENSE);
  add ("generated/border", test_generated, TORTURE_IDS_BORDER);
  add ("ids/dense", test_ids, TORTURE_IDS_DENSE);
  add ("ids/border", test_ids, TORTURE_IDS_BORDER);
  add ("ids/negative", test_ids, TORTURE_IDS_NEGATIVE);
  add ("ids/gaps", test_ids, TORTURE_IDS_GAPS);
  add ("ids/parts", test_ids, TORTURE_IDS_PARTS);
  add ("ids/wild", test_ids, TORTURE_IDS_WILD);
  result = g_test_run ();
  g_free (program);
  g_free (vault);
  return result;
}
