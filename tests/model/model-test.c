/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-test.h"

#include "octavo-store-private.h"
#include "octavo-user-repository.h"
#include "orm.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

static gboolean
on_wake (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Blocks until something happens, or a moment passed: what is waited for need not wake the context. */
void
model_test_iterate (void)
{
  guint source = g_timeout_add (20, on_wake, NULL);

  g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
}

void
model_test_on_result (GObject *source, GAsyncResult *result, gpointer place)
{
  *(GAsyncResult **) place = g_object_ref (result);
}

GAsyncResult *
model_test_take_result (GAsyncResult **result)
{
  model_test_wait_for (*result != NULL);
  return g_steal_pointer (result);
}

void
model_test_remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        model_test_remove_folder (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

/* As G_TEST_OPTION_ISOLATE_DIRS, whose leaks only the slow unwinder can tell from ours: a person's folders are this
 * process's own. To be called before anybody asks for them. */
int
model_test_run_isolated (void)
{
  static const char *const variables[] = { "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME" };
  g_autofree char *folder = g_dir_make_tmp ("octavo-isolated-XXXXXX", NULL);
  int status;

  g_assert_nonnull (folder);
  for (gsize i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      g_autofree char *path = g_build_filename (folder, variables[i], NULL);

      g_setenv (variables[i], path, TRUE);
    }
  status = g_test_run ();
  model_test_remove_folder (folder);
  return status;
}

static void
on_changed (OctavoStore *store, OctavoChange *change, ModelTest *self)
{
  self->n_changed++;
  if (octavo_change_is_everything (change))
    self->n_everything++;
}

static GMutex statement_lock;

/* What goes on by itself: the counts of tags, objects that are read again, the upkeep of the search index. */
static gboolean
is_background (const char *sql)
{
  return g_str_equal (sql, "SELECT \"id\" FROM \"note\" WHERE (\"trashed\" > ?)") ||
         g_str_has_prefix (sql, "SELECT note_id, tag_id FROM note_tag") || strstr (sql, "search") != NULL ||
         (g_str_has_prefix (sql, "SELECT") && strstr (sql, "FROM \"") != NULL && strstr (sql, " WHERE (") == NULL);
}

static void
on_statement (OrmDatabase *database, const char *sql, gint64 microseconds, gint64 rows, ModelTest *self)
{
  /* -1 rows: the transaction around others. */
  if (rows < 0 || is_background (sql))
    return;
  g_mutex_lock (&statement_lock);
  self->n_statements++;
  g_string_append_printf (self->statements, "%s\n", sql);
  g_mutex_unlock (&statement_lock);
}

void
model_test_set_up (ModelTest *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("octavo-model-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "notes.db", NULL);
  self->statements = g_string_new (NULL);
  self->store = octavo_store_new (self->path);
  octavo_store_open (self->store, NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (self->store, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect (octavo_store_get_database (self->store), "statement", G_CALLBACK (on_statement), self);
}

void
model_test_tear_down (ModelTest *self, gconstpointer data)
{
  octavo_store_close (self->store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  /* a thread may be about to let go of it */
  model_test_wait_for (g_atomic_int_get (&G_OBJECT (self->store)->ref_count) == 1);
  g_assert_finalize_object (self->store);
  model_test_remove_folder (self->folder);
  g_string_free (self->statements, TRUE);
  g_free (self->path);
  g_free (self->folder);
}

void
model_test_reset_statements (ModelTest *self)
{
  g_mutex_lock (&statement_lock);
  self->n_statements = 0;
  g_string_truncate (self->statements, 0);
  g_mutex_unlock (&statement_lock);
}

gint64
model_test_add_note (ModelTest *self, const char *title, const char *body, const char *tags)
{
  OctavoNoteRepository *notes = octavo_store_get_notes (self->store);
  gint64 user_id = octavo_user_repository_get_default_id (octavo_store_get_users (self->store));
  g_autoptr (OctavoNote) note = octavo_note_repository_create (notes, user_id);
  g_auto (GStrv) names = g_strsplit (tags != NULL ? tags : "", ",", -1);
  g_autoptr (GError) error = NULL;

  octavo_note_set_title (note, title);
  octavo_note_set_body (note, body);
  octavo_note_repository_save (notes, note, NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; names[i] != NULL; i++)
    model_test_apply (self, OCTAVO_NOTES_ADD_TAG, octavo_note_get_id (note), names[i]);
  return octavo_note_get_id (note);
}

void
model_test_add_notes (ModelTest *self, guint n_notes)
{
  g_autofree char *sql =
      g_strdup_printf ("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %u) "
                       "INSERT INTO note (user_id, created, updated, title, excerpt, body) "
                       "SELECT 1, i * 1000000, i * 1000000, 'note ' || i, 'text ' || i, 'text ' || i FROM n",
                       n_notes);
  guint n_everything = self->n_everything;

  model_test_execute (self->path, sql);
  model_test_wait_for (self->n_everything > n_everything);
}

void
model_test_insert_notes (ModelTest *self, guint n_notes)
{
  g_autofree char *sql = g_strdup_printf (
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %u) "
      "INSERT INTO note (user_id, created, updated, title, body) SELECT (SELECT min (id) FROM user), i, i, 'note', "
      "CASE WHEN i = 1 THEN 'oldest' ELSE 'bell' END FROM n",
      n_notes);

  model_test_execute (self->path, sql);
}

void
model_test_apply (ModelTest *self, OctavoNotesAction action, gint64 id, const char *tag)
{
  g_autoptr (GError) error = NULL;
  gsize n_changed = 0;

  octavo_note_repository_apply (octavo_store_get_notes (self->store), action, &id, 1, tag, &n_changed, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_changed, ==, 1);
}

static sqlite3 *
open_file (const char *path)
{
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  sqlite3_busy_timeout (handle, 10000);
  return handle;
}

void
model_test_undo (ModelTest *self, gint64 step_id, OctavoUndoResult *result)
{
  g_auto (OctavoUndoResult) unwanted = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (step_id, >, 0);
  octavo_undo_run (self->store, step_id, result != NULL ? result : &unwanted, &error);
  g_assert_no_error (error);
}

void
model_test_execute (const char *path, const char *sql)
{
  sqlite3 *handle = open_file (path);
  char *message = NULL;

  sqlite3_exec (handle, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (handle);
}

char *
model_test_query_text (const char *path, const char *sql)
{
  sqlite3 *handle = open_file (path);
  sqlite3_stmt *statement = NULL;
  char *text;

  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  text = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  sqlite3_close (handle);
  return text;
}

gint64
model_test_query_int (const char *path, const char *sql)
{
  g_autofree char *text = model_test_query_text (path, sql);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}
