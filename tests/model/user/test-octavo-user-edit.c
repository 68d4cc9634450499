/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-test.h"
#include "octavo-error.h"
#include "octavo-note-list.h"
#include "octavo-user-repository.h"

#include <locale.h>
#include <string.h>

#define ME 1 /* made with the file */

static OctavoUserRepository *
get_users (ModelTest *self)
{
  return octavo_store_get_users (self->store);
}

static gint64
add (ModelTest *self, const char *name, const char *email, const char *color, GError **error)
{
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) done = NULL;

  octavo_user_repository_add_async (get_users (self), name, email, color, NULL, model_test_on_result, &result);
  done = model_test_take_result (&result);
  return octavo_user_repository_add_finish (get_users (self), done, error);
}

static gboolean
change (ModelTest *self, gint64 id, const char *name, const char *email, const char *color, GError **error)
{
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) done = NULL;

  octavo_user_repository_change_async (get_users (self), id, name, email, color, NULL, model_test_on_result, &result);
  done = model_test_take_result (&result);
  return octavo_user_repository_change_finish (get_users (self), done, error);
}

/* The step that it was; 0 with error. */
static gint64
delete_user (ModelTest *self, gint64 id, gint64 heir_id, gboolean to_trash, GError **error)
{
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) done = NULL;
  gint64 step_id;

  octavo_user_repository_delete_async (get_users (self), id, heir_id, to_trash, NULL, model_test_on_result, &result);
  done = model_test_take_result (&result);
  octavo_user_repository_delete_finish (get_users (self), done, &step_id, error);
  return step_id;
}

/* The id of the user; 0 with error. */
static gint64
restore (ModelTest *self, gint64 step_id, GError **error)
{
  GAsyncResult *place = NULL;
  g_autoptr (GAsyncResult) done = NULL;
  g_auto (OctavoUndoResult) result = { 0 };

  octavo_undo_run_async (self->store, step_id, NULL, model_test_on_result, &place);
  done = model_test_take_result (&place);
  octavo_undo_run_finish (self->store, done, &result, error);
  return result.user_id;
}

static gint64
give (ModelTest *self, gint64 id, const gint64 *ids, gsize n_ids, GError **error)
{
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) done = NULL;

  octavo_user_repository_give_async (get_users (self), id, ids, n_ids, NULL, model_test_on_result, &result);
  done = model_test_take_result (&result);
  return octavo_user_repository_give_finish (get_users (self), done, NULL, error);
}

static void
set_up (ModelTest *self, gconstpointer data)
{
  model_test_set_up (self, data);
  g_assert_true (change (self, ME, "Me", NULL, NULL, NULL));
}

static gint64
add_ada (ModelTest *self)
{
  g_autoptr (GError) error = NULL;
  gint64 id = add (self, "Ada", "ada@example.org", "red", &error);

  g_assert_no_error (error);
  return id;
}

static gint64
count (ModelTest *self, const char *where)
{
  g_autofree char *sql = g_strconcat ("SELECT count (*) FROM note WHERE ", where, NULL);

  return model_test_query_int (self->path, sql);
}

/* Three notes of Ada's, the last of which is in the trash already; and one of mine. */
static gint64
fill (ModelTest *self, gint64 *ids)
{
  gint64 ada = add_ada (self);
  g_autoptr (GError) error = NULL;

  ids[0] = model_test_add_note (self, "one", "", "work");
  ids[1] = model_test_add_note (self, "two", "", "");
  ids[2] = model_test_add_note (self, "gone", "", "");
  ids[3] = model_test_add_note (self, "mine", "", "");
  model_test_apply (self, OCTAVO_NOTES_TRASH, ids[2], NULL);
  g_assert_cmpint (give (self, ada, ids, 3, &error), ==, 3);
  g_assert_no_error (error);
  return ada;
}

static void
test_add (ModelTest *self, gconstpointer data)
{
  gint64 ada = add_ada (self);
  OctavoUser *user = octavo_user_repository_get (get_users (self), ada);
  g_autoptr (GPtrArray) users = NULL;

  g_assert_nonnull (user); /* as soon as it is told */
  g_assert_cmpstr (octavo_user_get_name (user), ==, "Ada");
  g_assert_cmpstr (octavo_user_get_email (user), ==, "ada@example.org");
  g_assert_cmpstr (octavo_user_get_color (user), ==, "red");
  g_assert_cmpint (octavo_user_get_created (user), >, 0);
  users = octavo_user_repository_list_by_age (get_users (self));
  g_assert_cmpuint (users->len, ==, 2);
  g_assert_cmpint (octavo_user_get_id (users->pdata[0]), ==, ME);
  g_assert_true (users->pdata[1] == user);
}

static void
test_names (ModelTest *self, gconstpointer data)
{
  g_autofree char *longest = g_strnfill (200, 'x');
  g_autofree char *too_long = g_strnfill (201, 'y');
  g_autofree char *long_email = g_strnfill (321, 'z');
  g_autoptr (GError) error = NULL;
  gint64 id = add (self, "  Ada\tLovelace\n", "", "", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (octavo_user_get_name (octavo_user_repository_get (get_users (self), id)), ==, "Ada Lovelace");
  g_assert_cmpint (add (self, "ADA LOVELACE", "", "", &error), ==, 0);
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_EXISTS);
  g_assert_nonnull (strstr (error->message, "ADA LOVELACE"));
  g_clear_error (&error);
  g_assert_cmpint (add (self, " \n ", "", "", &error), ==, 0);
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_INVALID_USER);
  g_clear_error (&error);
  g_assert_cmpint (add (self, too_long, "", "", &error), ==, 0);
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_INVALID_USER);
  g_clear_error (&error);
  g_assert_cmpint (add (self, "Bob", long_email, "", &error), ==, 0);
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_INVALID_USER);
  g_clear_error (&error);
  g_assert_cmpint (add (self, longest, "", "", &error), !=, 0);
  g_assert_no_error (error);
  g_assert_cmpint (model_test_query_int (self->path, "SELECT count (*) FROM user"), ==, 3);
}

static void
on_changed (OctavoUserRepository *users, guint *n_changed)
{
  (*n_changed)++;
}

static void
test_change (ModelTest *self, gconstpointer data)
{
  gint64 ada = add_ada (self);
  OctavoUser *user = octavo_user_repository_get (get_users (self), ada);
  g_autoptr (GError) error = NULL;
  guint n_changed = 0;

  g_signal_connect (get_users (self), "changed", G_CALLBACK (on_changed), &n_changed);
  g_assert_true (change (self, ada, "ADA", NULL, "blue", &error));
  g_assert_no_error (error);
  g_assert_true (octavo_user_repository_get (get_users (self), ada) == user);
  model_test_wait_for (g_str_equal (octavo_user_get_name (user), "ADA"));
  g_assert_cmpstr (octavo_user_get_email (user), ==, "ada@example.org");
  model_test_wait_for (g_str_equal (octavo_user_get_color (user), "blue"));
  g_assert_cmpuint (n_changed, >, 0);
  g_assert_true (change (self, ada, NULL, "", NULL, &error));
  model_test_wait_for (*octavo_user_get_email (user) == '\0');
  g_assert_false (change (self, ada, "me", NULL, NULL, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_false (change (self, 99, "Bob", NULL, NULL, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_NO_SUCH_USER);
  g_signal_handlers_disconnect_by_func (get_users (self), on_changed, &n_changed);
}

static void
test_delete_gives_notes_to_the_heir (ModelTest *self, gconstpointer data)
{
  gint64 ids[4];
  gint64 ada = fill (self, ids);
  g_autoptr (GError) error = NULL;
  gint64 step_id = delete_user (self, ada, ME, FALSE, &error);

  g_assert_no_error (error);
  g_assert_null (octavo_user_repository_get (get_users (self), ada));
  g_assert_cmpint (count (self, "user_id = 1"), ==, 4);
  g_assert_cmpint (count (self, "trashed > 0"), ==, 1);

  g_assert_cmpint (restore (self, step_id, &error), ==, ada);
  g_assert_no_error (error);
  g_assert_cmpstr (octavo_user_get_email (octavo_user_repository_get (get_users (self), ada)), ==, "ada@example.org");
  g_assert_cmpint (count (self, "user_id = 2 AND id <= 3"), ==, 3);
  g_assert_cmpint (count (self, "user_id = 1"), ==, 1);
}

static void
test_delete_into_the_trash (ModelTest *self, gconstpointer data)
{
  gint64 ids[4];
  gint64 ada = fill (self, ids);
  gint64 trashed = model_test_query_int (self->path, "SELECT trashed FROM note WHERE title = 'gone'");
  g_autoptr (GError) error = NULL;
  gint64 step_id = delete_user (self, ada, ME, TRUE, &error);

  g_assert_no_error (error);
  g_assert_cmpint (count (self, "user_id = 1 AND trashed > 0"), ==, 3);
  g_assert_cmpint (count (self, "trashed = 0 AND title = 'mine'"), ==, 1);
  g_assert_cmpint (model_test_query_int (self->path, "SELECT trashed FROM note WHERE title = 'gone'"), ==, trashed);

  /* what was done with a note since is left alone */
  model_test_apply (self, OCTAVO_NOTES_RESTORE, ids[0], NULL);
  g_assert_cmpint (restore (self, step_id, &error), ==, ada);
  g_assert_no_error (error);
  g_assert_cmpint (count (self, "user_id = 2"), ==, 3);
  g_assert_cmpint (count (self, "trashed = 0"), ==, 3);
  g_assert_cmpint (model_test_query_int (self->path, "SELECT trashed FROM note WHERE title = 'gone'"), ==, trashed);
}

static void
test_restore_where_others_came (ModelTest *self, gconstpointer data)
{
  gint64 ids[4];
  gint64 ada = fill (self, ids);
  g_autoptr (GError) error = NULL;
  gint64 step_id = delete_user (self, ada, ME, FALSE, &error);
  gint64 bob = add (self, "Bob", "", "", &error);
  gint64 again;

  g_assert_cmpint (bob, ==, ada); /* SQLite gives the highest id again */
  g_assert_cmpint (give (self, bob, ids, 1, &error), ==, 1);
  again = restore (self, step_id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (again, ==, 3);
  g_assert_cmpint (count (self, "user_id = 3"), ==, 2);
  g_assert_cmpint (count (self, "user_id = 2"), ==, 1);
  g_assert_cmpint (restore (self, step_id, &error), ==, 0);
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_UNDONE);
}

/* It is said, and stays to be undone. */
static void
test_restore_where_the_name_is_taken (ModelTest *self, gconstpointer data)
{
  gint64 ids[4];
  gint64 ada = fill (self, ids);
  g_autoptr (GError) error = NULL;
  gint64 step_id = delete_user (self, ada, ME, TRUE, &error);
  gint64 other = add (self, "ADA", "", "", &error);

  g_assert_cmpint (restore (self, step_id, &error), ==, 0);
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_cmpint (count (self, "user_id = 1"), ==, 4);
  g_assert_true (change (self, other, "Grace", NULL, NULL, &error));
  g_assert_cmpint (restore (self, step_id, &error), >, 0);
  g_assert_no_error (error);
  g_assert_cmpint (count (self, "user_id = 1"), ==, 1);
}

static void
test_the_last_stays (ModelTest *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 step_id;
  gint64 ada;

  g_assert_cmpint (0, ==, delete_user (self, ME, 7, FALSE, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_LAST_USER);
  g_clear_error (&error);
  ada = add_ada (self);
  g_assert_cmpint (0, ==, delete_user (self, ME, ME, FALSE, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_NO_SUCH_USER);
  g_clear_error (&error);
  g_assert_cmpint (0, ==, delete_user (self, ME, 7, FALSE, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_NO_SUCH_USER);
  g_clear_error (&error);
  g_assert_cmpint (0, ==, delete_user (self, 7, ME, FALSE, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_NO_SUCH_USER);
  g_clear_error (&error);
  g_assert_cmpint (model_test_query_int (self->path, "SELECT count (*) FROM user"), ==, 2);

  /* the first one may go: then another is the first */
  step_id = delete_user (self, ME, ada, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (step_id, >, 0);
  g_assert_cmpint (octavo_user_repository_get_default_id (get_users (self)), ==, ada);
}

/* However many notes there are. */
static void
test_statements (ModelTest *self, gconstpointer data)
{
  guint n_few, n_many;
  g_autoptr (GError) error = NULL;
  gint64 step_id;
  gint64 ada = add_ada (self);

  model_test_add_notes (self, 2);
  model_test_execute (self->path, "UPDATE note SET user_id = 2");
  model_test_reset_statements (self);
  step_id = delete_user (self, ada, ME, TRUE, &error);
  n_few = self->n_statements;
  g_assert_cmpint (restore (self, step_id, &error), ==, ada);
  model_test_insert_notes (self, 500);
  model_test_execute (self->path, "UPDATE note SET user_id = 2");
  model_test_reset_statements (self);
  g_assert_cmpint (delete_user (self, ada, ME, TRUE, &error), >, 0);
  n_many = self->n_statements;
  g_assert_no_error (error);
  g_assert_cmpuint (n_many, <=, n_few + 2); /* what follows is told and read, or not yet */
  g_assert_cmpint (count (self, "user_id = 1 AND trashed > 0"), ==, 502);
}

static char *
dup_author (OctavoNoteList *list)
{
  g_autoptr (OctavoNoteRow) row = g_list_model_get_item (G_LIST_MODEL (list), 0);

  return row != NULL ? g_strjoin (" ", octavo_note_row_get_user_name (row), octavo_note_row_get_user_color (row), NULL)
                     : NULL;
}

static gboolean
has_author (OctavoNoteList *list, const char *expected)
{
  g_autofree char *author = dup_author (list);

  return g_strcmp0 (author, expected) == 0;
}

static void
test_rows_say_whose_they_are (ModelTest *self, gconstpointer data)
{
  gint64 ada = add_ada (self);
  gint64 id = model_test_add_note (self, "one", "", "");
  g_autoptr (GError) error = NULL;
  OctavoScope scope = { .place = OCTAVO_PLACE_ALL };
  OctavoNoteList *list = octavo_note_list_new (self->store);

  model_test_wait_for (has_author (list, "Me "));
  g_assert_cmpint (give (self, ada, &id, 1, &error), ==, 1);
  model_test_wait_for (has_author (list, "Ada red"));
  g_assert_cmpint (give (self, ada, &id, 1, &error), ==, 0);
  g_assert_true (change (self, ada, "Grace", NULL, "green", &error));
  model_test_wait_for (has_author (list, "Grace green"));
  scope.user_id = ME;
  octavo_note_list_set_scope (list, &scope);
  model_test_wait_for (g_list_model_get_n_items (G_LIST_MODEL (list)) == 0);
  g_assert_cmpint (delete_user (self, ada, ME, FALSE, &error), >, 0);
  g_assert_no_error (error);
  model_test_wait_for (has_author (list, "Me "));
  g_assert_finalize_object (list);
}

/* At the start, too, when just the first notes are read. */
static void
test_first_notes_of_a_user (ModelTest *self, gconstpointer data)
{
  const OctavoScope scope = { .place = OCTAVO_PLACE_ALL, .user_id = 2 };
  OctavoNoteList *list;

  add_ada (self);
  model_test_add_notes (self, 300);
  model_test_execute (self->path, "UPDATE note SET user_id = 2 WHERE id % 2 = 0");
  list = octavo_note_list_new (self->store);
  octavo_note_list_set_scope (list, &scope);
  model_test_wait_for (g_list_model_get_n_items (G_LIST_MODEL (list)) > 0);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    g_assert_cmpint (octavo_note_list_get_id (list, i), ==, 300 - 2 * i);
  model_test_wait_for (octavo_note_list_is_whole (list));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 150);
  g_assert_finalize_object (list);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) g_test_add ("/user-edit/" name, ModelTest, NULL, set_up, function, model_test_tear_down)

  ADD ("add", test_add);
  ADD ("names", test_names);
  ADD ("change", test_change);
  ADD ("delete-gives-notes-to-the-heir", test_delete_gives_notes_to_the_heir);
  ADD ("delete-into-the-trash", test_delete_into_the_trash);
  ADD ("restore-where-others-came", test_restore_where_others_came);
  ADD ("restore-where-the-name-is-taken", test_restore_where_the_name_is_taken);
  ADD ("the-last-stays", test_the_last_stays);
  ADD ("statements", test_statements);
  ADD ("rows-say-whose-they-are", test_rows_say_whose_they_are);
  ADD ("first-notes-of-a-user", test_first_notes_of_a_user);

  return g_test_run ();
}
