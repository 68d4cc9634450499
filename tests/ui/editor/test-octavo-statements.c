/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-store-private.h"
#include "octavo-tag-bar.h"
#include "octavo-tag-repository.h"
#include "octavo-window-private.h"
#include "ui-test.h"

#include <string.h>

/* What the window asks of the file from its opening until all of it is there: the same statements, whatever is in it.
 */

typedef struct
{
  guint n_notes;
  guint n_tags;
  guint n_own_tags; /* of the note that is opened */
} Content;

typedef struct
{
  GMutex lock;
  GPtrArray *statements;
} Log;

/* When there is time, which is sooner or later than the window is complete: the index of the search is kept up a note
 * at a time, the order of all notes is read, and links to the note that rests are searched for; other processes are
 * looked for again and again. */
static gboolean
is_of_its_own_time (const char *sql)
{
  static const char *const parts[] = {
    "search", "data_version", "note_change", "title || char (10)", "sqlite_schema WHERE name", "WHERE trashed BETWEEN",
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (strstr (sql, parts[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* Transactions have -1 rows; the tables are checked column by column. */
static void
on_statement (OrmDatabase *database, const char *sql, gint64 microseconds, gint64 rows, Log *log)
{
  if (rows < 0 || strstr (sql, "pragma") != NULL || is_of_its_own_time (sql))
    return;
  g_mutex_lock (&log->lock);
  g_ptr_array_add (log->statements, g_strdup (sql));
  g_mutex_unlock (&log->lock);
}

/* Notes of two tags each, but for the last and newest one, which is opened. */
static void
fill (const char *path, const Content *content)
{
  g_autofree char *sql = g_strdup_printf (
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %u) "
      "INSERT INTO note (user_id, created, updated, title, body) "
      "SELECT (SELECT min (id) FROM user), i, i, 'note ' || i, 'text' FROM n;"
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %u) "
      "INSERT INTO tag (name, folded) SELECT 'tag' || i, 'tag' || i FROM n;"
      "INSERT INTO note_tag SELECT note.id, tag.id FROM note JOIN tag ON tag.id <= 2 WHERE note.id < %u;"
      "INSERT INTO note_tag SELECT %u, id FROM tag WHERE id <= %u",
      content->n_notes, content->n_tags, content->n_notes, content->n_notes, content->n_own_tags);

  model_test_execute (path, sql);
}

/* The places of the sidebar are counted one after the other, and this is the last. */
static gboolean
has_counted (Log *log)
{
  gboolean has_counted;

  g_mutex_lock (&log->lock);
  has_counted =
      g_ptr_array_find_with_equal_func (log->statements, "SELECT count(*) FROM \"note\" WHERE (\"trashed\" > ?)",
                                        g_str_equal, NULL);
  g_mutex_unlock (&log->lock);
  return has_counted;
}

static gboolean
is_complete (OctavoWindow *window, const Content *content)
{
  GListModel *tags = octavo_tag_repository_get_list (octavo_store_get_tags (window->store));
  GtkWidget *bar = ui_test_find (GTK_WIDGET (window->editor), OCTAVO_TYPE_TAG_BAR);

  return g_list_model_get_n_items (G_LIST_MODEL (window->selection)) == content->n_notes &&
         g_list_model_get_n_items (tags) == content->n_tags && bar != NULL &&
         g_strv_length ((char **) octavo_tag_bar_get_tags (OCTAVO_TAG_BAR (bar))) == content->n_own_tags;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The statements in the order of their letters: some of them run beside each other. (transfer full) */
static char *
open_window (GtkApplication *application, const Content *content)
{
  ModelTest model = { 0 };
  Log log = { .statements = g_ptr_array_new_with_free_func (g_free) };
  g_autoptr (OctavoNoteBuffers) buffers = NULL;
  g_autoptr (GError) error = NULL;
  gpointer window;
  char *text;

  g_mutex_init (&log.lock);
  model_test_set_up (&model, NULL);
  octavo_store_close (model.store);
  g_assert_finalize_object (model.store);
  fill (model.path, content);
  model.store = octavo_store_new (model.path);
  g_signal_connect (octavo_store_get_database (model.store), "statement", G_CALLBACK (on_statement), &log);
  g_assert_true (octavo_store_open (model.store, NULL, &error));

  buffers = octavo_note_buffers_new (model.store);
  window = octavo_window_new (application, buffers);
  gtk_window_present (window);
  model_test_wait_for (is_complete (window, content) && has_counted (&log));
  while (g_main_context_iteration (NULL, FALSE))
    ;

  g_object_add_weak_pointer (window, &window);
  gtk_window_destroy (window);
  model_test_wait_for (window == NULL);
  g_clear_object (&buffers);
  model_test_tear_down (&model, NULL);
  g_ptr_array_sort (log.statements, compare);
  g_ptr_array_add (log.statements, NULL);
  for (guint i = 0; log.statements->pdata[i] != NULL; i++)
    g_test_message ("%s", (char *) log.statements->pdata[i]);
  text = g_strjoinv ("\n", (char **) log.statements->pdata);
  g_ptr_array_unref (log.statements);
  g_mutex_clear (&log.lock);
  return text;
}

static void
assert_same (GtkApplication *application, Content few, Content many)
{
  g_autofree char *of_few = open_window (application, &few);
  g_autofree char *of_many = open_window (application, &many);

  g_assert_nonnull (strstr (of_few, "SELECT"));
  g_assert_cmpstr (of_few, ==, of_many);
}

static void
test_page (gconstpointer application)
{
  assert_same ((gpointer) application, (Content){ 10, 5, 1 }, (Content){ 50, 5, 1 });
}

static void
test_sidebar (gconstpointer application)
{
  assert_same ((gpointer) application, (Content){ 10, 5, 1 }, (Content){ 10, 200, 1 });
}

static void
test_editor (gconstpointer application)
{
  assert_same ((gpointer) application, (Content){ 10, 20, 1 }, (Content){ 10, 20, 20 });
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application = NULL;
  g_autoptr (GError) error = NULL;

  ui_test_init (&argc, &argv);
  adw_init ();
  application = adw_application_new ("io.github.octavo_notes.Octavo.Test", G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, &error));
  g_assert_no_error (error);

  g_test_add_data_func ("/statements/page", application, test_page);
  g_test_add_data_func ("/statements/sidebar", application, test_sidebar);
  g_test_add_data_func ("/statements/editor", application, test_editor);

  return g_test_run ();
}
