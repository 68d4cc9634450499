/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-scope.h"

/* What live objects take up: of others who write at the same time, and of what the schema makes of a row. */

static gboolean
is_told (gpointer data)
{
  return *(guint *) data > 0;
}

/* Keeps the commit from ending until the test says so. */
static gboolean
wait_for_word (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_async_queue_pop (data);
  return TRUE;
}

static gboolean
delete_two (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return orm_connection_execute (connection, "DELETE FROM item WHERE id = 2", error);
}

static gboolean
was_read_again (gpointer data)
{
  GPtrArray *statements = data;

  return g_str_has_suffix (statements->pdata[statements->len - 1], "json_each (?))") && scope_test_is_idle (NULL);
}

/* The key of a row that another deleted comes up again for one that is being inserted when that is told. */
static void
test_key_comes_up_again (ScopeTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) two = scope_test_get (fixture, 2);
  g_autoptr (OrmTestItem) added = scope_test_add (fixture, "c");
  g_autoptr (GAsyncQueue) word = g_async_queue_new ();
  g_autoptr (GAsyncResult) result = NULL;

  orm_database_write_async (fixture->database, delete_two, NULL, NULL, NULL, NULL, NULL);
  orm_session_commit_with_async (fixture->session, wait_for_word, word, NULL, NULL, orm_test_keep_result, &result);
  orm_test_wait (is_told, &fixture->n_changed);
  g_async_queue_push (word, fixture);
  orm_test_wait_result (&result);
  g_assert_true (orm_session_commit_finish (fixture->session, result, &fixture->error));
  g_assert_cmpint (added->id, ==, 2);
  g_assert_false (orm_entity_is_gone (ORM_ENTITY (added)));
  g_assert_true (orm_entity_is_gone (ORM_ENTITY (two)));
  orm_test_wait (was_read_again, fixture->statements);
  g_assert_false (orm_entity_is_gone (ORM_ENTITY (added)));
  g_assert_cmpint (added->size, ==, 1);
}

/* Of a new row a column that was left to the schema is empty when the commit that inserts it is under way. */
static void
test_rollback_while_inserting (ScopeTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) added = scope_test_add (fixture, "c");
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  g_autoptr (GAsyncResult) result = NULL;

  orm_session_commit_async (fixture->session, NULL, orm_test_keep_result, &result);
  orm_entity_set_blob (ORM_ENTITY (added), ORM_TEST_ITEM_DATA, bytes);
  orm_session_rollback (fixture->session);
  g_assert_null (added->data);
  g_assert_false (orm_entity_is_dirty_column (ORM_ENTITY (added), ORM_TEST_ITEM_DATA));
  orm_test_wait_result (&result);
  g_assert_true (orm_session_commit_finish (fixture->session, result, &fixture->error));
  g_assert_false (orm_entity_is_dirty (ORM_ENTITY (added)));

  orm_entity_set_blob (ORM_ENTITY (added), ORM_TEST_ITEM_DATA, bytes);
  orm_session_commit (fixture->session, NULL, &fixture->error);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count(data) FROM item"), ==, 1);
}

static const struct
{
  const char *name;
  void (*test) (ScopeTest *fixture, gconstpointer data);
} tests[] = {
  { "key-comes-up-again", test_key_comes_up_again },
  { "rollback-while-inserting", test_rollback_while_inserting },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/orm/session-follow/", tests[i].name, NULL);

      g_test_add (path, ScopeTest, NULL, scope_test_set_up, tests[i].test, scope_test_tear_down);
    }

  return g_test_run ();
}
