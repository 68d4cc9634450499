/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-test.h"
#include "octavo-error.h"
#include "octavo-store-private.h"
#include "octavo-user-repository.h"

#include <locale.h>
#include <string.h>

static OctavoUserRepository *
get_users (ModelTest *self)
{
  return octavo_store_get_users (self->store);
}

static gboolean
has_names (GListModel *list, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (OctavoUser) user = g_list_model_get_item (list, i);

      g_string_append_printf (text, "%s%s", i > 0 ? "," : "", octavo_user_get_name (user));
    }
  return g_str_equal (text->str, expected);
}

static void
set_up (ModelTest *self, gconstpointer data)
{
  model_test_set_up (self, data);
  model_test_execute (self->path, "UPDATE user SET name = 'Me', folded = 'me'");
  model_test_wait_for (has_names (octavo_user_repository_get_list (get_users (self)), "Me"));
}

static gint64
ensure (ModelTest *self, const char *name)
{
  g_autoptr (GError) error = NULL;
  gint64 id = octavo_user_repository_ensure (get_users (self), name, &error);

  g_assert_no_error (error);
  return id;
}

static void
test_ensure_and_find (ModelTest *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OctavoUser) found = NULL;
  gint64 ada = ensure (self, " Ada\nLovelace ");

  g_assert_cmpint (ada, ==, 2);
  g_assert_cmpint (ensure (self, "ADA LOVELACE"), ==, ada);
  found = octavo_user_repository_find (get_users (self), "ada lovelace", &error);
  g_assert_no_error (error);
  g_assert_cmpint (octavo_user_get_id (found), ==, ada);
  g_assert_cmpstr (octavo_user_get_name (found), ==, "Ada Lovelace");
  g_clear_object (&found);
}

/* On the main thread: others read the list of users again. */
static void
count_reads (OrmDatabase *database, const char *sql, gint64 microseconds, gint64 rows, gint *n_reads)
{
  if (g_str_has_prefix (sql, "INSERT INTO \"user\""))
    g_atomic_int_set (n_reads, 0);
  else if (g_main_context_is_owner (NULL) && g_str_has_prefix (sql, "SELECT") && strstr (sql, "FROM \"user\"") != NULL)
    g_atomic_int_inc (n_reads);
}

/* An error after the commit would tell of a failure that there was not. */
static void
test_nothing_is_read_once_it_is_made (ModelTest *self, gconstpointer data)
{
  OrmDatabase *database = octavo_store_get_database (self->store);
  gint n_reads = 0;

  g_assert_true (g_main_context_acquire (NULL));
  g_signal_connect (database, "statement", G_CALLBACK (count_reads), &n_reads);
  g_assert_cmpint (ensure (self, "Ada"), ==, 2);
  g_assert_cmpint (g_atomic_int_get (&n_reads), ==, 0);
  g_signal_handlers_disconnect_by_func (database, count_reads, &n_reads);
  g_main_context_release (NULL);
}

static void
test_list (ModelTest *self, gconstpointer data)
{
  ensure (self, "Ada");
  model_test_wait_for (has_names (octavo_user_repository_get_list (get_users (self)), "Ada,Me"));
  g_assert_cmpint (octavo_user_repository_get_default_id (get_users (self)), ==, 1);
  model_test_execute (self->path, "UPDATE user SET name = 'Zoe', folded = 'zoe' WHERE id = 2");
  model_test_wait_for (has_names (octavo_user_repository_get_list (get_users (self)), "Me,Zoe"));
}

static void
test_nobody (ModelTest *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (octavo_user_repository_find (get_users (self), "Nobody", &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_NO_SUCH_USER);
  g_assert_nonnull (strstr (error->message, "Nobody"));
  g_clear_error (&error);
  g_assert_null (octavo_user_repository_find (get_users (self), " ", &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_NO_SUCH_USER);
  g_clear_error (&error);
  g_assert_cmpint (octavo_user_repository_ensure (get_users (self), "\n", &error), ==, 0);
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_NO_SUCH_USER);
  g_assert_cmpint (model_test_query_int (self->path, "SELECT count (*) FROM user"), ==, 1);
}

static void
test_long_name (ModelTest *self, gconstpointer data)
{
  g_autofree char *name = g_strnfill (1000, 'x');

  g_assert_cmpint (ensure (self, name), ==, 2);
  g_assert_cmpint (model_test_query_int (self->path, "SELECT length (name) FROM user WHERE id = 2"), ==, 200);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                                            \
  g_test_add ("/user-repository/" name, ModelTest, NULL, set_up, function, model_test_tear_down)

  ADD ("ensure-and-find", test_ensure_and_find);
  ADD ("nothing-is-read-once-it-is-made", test_nothing_is_read_once_it_is_made);
  ADD ("list", test_list);
  ADD ("nobody", test_nobody);
  ADD ("long-name", test_long_name);

  return g_test_run ();
}
