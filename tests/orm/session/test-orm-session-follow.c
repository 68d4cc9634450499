/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-book.h"
#include "orm-test-scope.h"

/* What live objects take up: of others who write at the same time, and of what the schema makes of a row. */

static gboolean
is_told (gpointer data)
{
  return *(guint *) data > 0;
}

static gboolean
is_gone (gpointer data)
{
  return orm_entity_is_gone (data);
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

/* The same where that is told while the scope that wrote the row is open. */
static void
test_key_comes_up_in_scope (ScopeTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) added = scope_test_add (fixture, "c");
  g_autoptr (OrmScope) scope = NULL;

  orm_test_execute (fixture->database, "DELETE FROM item WHERE id = 2");
  g_assert_cmpuint (fixture->n_changed, ==, 0);
  scope = scope_test_begin (fixture);
  scope_test_flush (fixture);
  g_assert_cmpint (added->id, ==, 2);
  orm_test_wait (is_told, &fixture->n_changed);
  scope_test_end (fixture, scope);
  orm_test_settle ();
  g_assert_false (orm_entity_is_gone (ORM_ENTITY (added)));
  scope_test_set_size (added, 9);
  g_assert_true (orm_session_commit (fixture->session, NULL, &fixture->error));
  g_assert_cmpint (scope_test_get_sum (fixture), ==, 19);
}

static gboolean
has_size_of_own (gpointer item)
{
  return ORM_TEST_ITEM (item)->size == 50;
}

/* A reading that began before the session wrote a row by another object, which is gone when that is told. */
static void
test_read_before_own_commit (ScopeTest *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_ITEM);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) items = NULL;
  OrmTestItem *one = scope_test_get (fixture, 1);

  orm_test_settle ();
  orm_session_all_async (fixture->session, query, NULL, orm_test_keep_result, &result);
  /* What has been read waits for the main loop. */
  while (!g_main_context_pending (NULL))
    g_thread_yield ();
  scope_test_set_size (one, 50);
  g_assert_true (orm_session_commit (fixture->session, NULL, &fixture->error));
  g_object_unref (one);
  orm_test_wait_result (&result);
  items = orm_session_all_finish (fixture->session, result, &fixture->error);
  g_assert_cmpuint (items->len, ==, 2);
  orm_test_wait (has_size_of_own, items->pdata[0]);
}

/* A row that a commit has written, and whose object does not know of that yet, is not read as another object. */
static void
test_read_before_commit_ends (ScopeTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) added = scope_test_add (fixture, "c");
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_ITEM);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) items = NULL;

  orm_test_settle ();
  orm_session_commit_async (fixture->session, NULL, orm_test_keep_result, &result);
  /* It is in the file, and what it came to waits for the main loop. */
  while (orm_test_get_int64 (fixture->database, "SELECT count(*) FROM item") < 3)
    g_thread_yield ();
  orm_query_order_by (query, "id", ORM_ORDER_ASCENDING);
  items = orm_session_all (fixture->session, query, NULL, &fixture->error);
  g_assert_cmpuint (items->len, ==, 3);
  g_assert_true (items->pdata[2] == added);
  g_assert_cmpint (added->id, ==, 3);
  orm_test_wait_result (&result);
  g_assert_true (orm_session_commit_finish (fixture->session, result, &fixture->error));
  g_assert_false (orm_entity_is_gone (ORM_ENTITY (added)));
}

/* While its work runs nothing of it can be read: nobody waits for that. */
static void
test_read_while_commit_works (ScopeTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) added = scope_test_add (fixture, "c");
  g_autoptr (GAsyncQueue) word = g_async_queue_new ();
  g_autoptr (GAsyncResult) result = NULL;

  orm_session_commit_with_async (fixture->session, wait_for_word, word, NULL, NULL, orm_test_keep_result, &result);
  {
    g_autoptr (OrmTestItem) one = scope_test_get (fixture, 1);

    g_assert_cmpint (one->size, ==, 10);
  }
  g_assert_cmpint (added->id, ==, 0);
  g_async_queue_push (word, fixture);
  orm_test_wait_result (&result);
  g_assert_true (orm_session_commit_finish (fixture->session, result, &fixture->error));
  g_assert_cmpint (added->id, ==, 3);
}

/* What was to be written of a row that is gone does not meet the one that got its key. */
static void
write_key_of_gone (ScopeTest *fixture, gboolean is_deletion)
{
  g_autoptr (OrmTestItem) two = scope_test_get (fixture, 2);
  g_autoptr (OrmTestItem) added = NULL;

  if (is_deletion)
    orm_session_delete (fixture->session, ORM_ENTITY (two));
  else
    scope_test_set_size (two, 22);
  orm_test_execute (fixture->database, "DELETE FROM item WHERE id = 2");
  orm_test_wait (is_gone, two);
  added = scope_test_add (fixture, "c");
  if (!is_deletion)
    {
      g_assert_false (orm_session_commit (fixture->session, NULL, &fixture->error));
      scope_test_assert_error (fixture, ORM_ERROR, ORM_ERROR_STALE, "The row 2 of item is not there any more");
      orm_session_expunge (fixture->session, ORM_ENTITY (two));
    }
  g_assert_true (orm_session_commit (fixture->session, NULL, &fixture->error));
  g_assert_cmpint (added->id, ==, 2);
  g_assert_cmpint (scope_test_get_sum (fixture), ==, 11);
}

static void
test_key_of_gone (ScopeTest *fixture, gconstpointer data)
{
  write_key_of_gone (fixture, FALSE);
}

static void
test_deletion_of_gone (ScopeTest *fixture, gconstpointer data)
{
  write_key_of_gone (fixture, TRUE);
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

/* The deletion of an object fails that was changed while it was on its way: the change is not lost. */
static void
test_set_while_deleting (ScopeTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) two = scope_test_get (fixture, 2);
  g_autoptr (OrmTestItem) clash = scope_test_add (fixture, "a");
  g_autoptr (GAsyncResult) result = NULL;

  orm_session_delete (fixture->session, ORM_ENTITY (two));
  orm_session_commit_async (fixture->session, NULL, orm_test_keep_result, &result);
  scope_test_set_size (two, 22);
  orm_test_wait_result (&result);
  g_assert_false (orm_session_commit_finish (fixture->session, result, &fixture->error));
  scope_test_assert_error (fixture, ORM_ERROR, ORM_ERROR_CONSTRAINT, "item.name");
  orm_session_expunge (fixture->session, ORM_ENTITY (clash));
  orm_session_add (fixture->session, ORM_ENTITY (two));
  g_assert_true (orm_session_commit (fixture->session, NULL, &fixture->error));
  g_assert_cmpint (scope_test_get_sum (fixture), ==, 32);
}

static gboolean
has_size_eleven (gpointer data)
{
  return ORM_TEST_ITEM (data)->size == 11;
}

/* An object leaves the session while it is written, and another is made of its row as it was before. */
static void
test_expunged_while_written (ScopeTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) one = scope_test_get (fixture, 1);
  g_autoptr (OrmTestItem) again = NULL;
  g_autoptr (GAsyncQueue) word = g_async_queue_new ();
  g_autoptr (GAsyncResult) result = NULL;

  scope_test_set_size (one, 11);
  orm_session_commit_with_async (fixture->session, wait_for_word, word, NULL, NULL, orm_test_keep_result, &result);
  orm_session_expunge (fixture->session, ORM_ENTITY (one));
  again = scope_test_get (fixture, 1);
  g_assert_true (again != one);
  g_async_queue_push (word, fixture);
  orm_test_wait_result (&result);
  g_assert_true (orm_session_commit_finish (fixture->session, result, &fixture->error));
  orm_test_wait (has_size_eleven, again);
}

#define SELECT                                                                                                         \
  "SELECT \"id\", \"name\", \"size\", \"weight\", \"is_done\", \"data\", \"created\", \"kind\", \"marks\" FROM "       \
  "\"item\" WHERE \"id\" = ?"
#define INSERT                                                                                                         \
  "INSERT INTO \"item\" (\"name\", \"size\", \"weight\", \"is_done\", \"kind\", \"marks\") VALUES (?, ?, ?, ?, ?, ?)"
#define UPDATE_SIZE "UPDATE \"item\" SET \"size\" = ? WHERE \"id\" = ?"

#define COUNT_UP                                                                                                       \
  "CREATE TRIGGER new AFTER INSERT ON item BEGIN UPDATE item SET marks = 1 WHERE id = new.id; END;"                    \
  "CREATE TRIGGER old BEFORE UPDATE OF size ON item BEGIN UPDATE item SET weight = weight + 1 WHERE id = new.id; END"

static void
commit (ScopeTest *fixture)
{
  orm_session_commit (fixture->session, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
}

/* What a trigger makes of the rows that are written is read before the commit ends, once for each. */
static void
test_trigger (ScopeTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) one = scope_test_get (fixture, 1);
  g_autoptr (OrmTestItem) added = NULL;

  orm_test_execute (fixture->database, COUNT_UP);
  orm_test_wait (scope_test_is_idle, NULL);
  g_ptr_array_set_size (fixture->statements, 0);
  added = scope_test_add (fixture, "c");
  scope_test_set_size (one, 11);
  commit (fixture);
  g_assert_cmpint (added->marks, ==, 1);
  g_assert_cmpfloat (one->weight, ==, 1);
  g_assert_false (orm_entity_is_dirty (ORM_ENTITY (one)));
  orm_test_wait (scope_test_is_idle, NULL);
  orm_test_assert_statements (fixture->statements, INSERT, UPDATE_SIZE, SELECT, SELECT, NULL);
  g_assert_cmpuint (fixture->n_changed, >=, 1);
}

/* Also one that belongs to another row of the same commit, and in a scope, which undoes it. */
static void
test_trigger_in_scope (ScopeTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) one = scope_test_get (fixture, 1);
  g_autoptr (OrmTestItem) two = scope_test_get (fixture, 2);
  g_autoptr (OrmScope) scope = NULL;

  orm_test_execute (fixture->database, "CREATE TRIGGER sum AFTER UPDATE OF size ON item WHEN new.id = 2 "
                                       "BEGIN UPDATE item SET weight = new.size WHERE id = 1; END");
  scope = scope_test_begin (fixture);
  scope_test_set_size (one, 11);
  scope_test_set_size (two, 21);
  scope_test_flush (fixture);
  g_assert_cmpfloat (one->weight, ==, 21);
  orm_scope_rollback (scope);
  g_assert_cmpfloat (one->weight, ==, 0);
  g_assert_cmpint (one->size, ==, 10);
}

/* It is not another's change: the next of the same object is no stale one. */
static void
test_trigger_is_own (ScopeTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) one = scope_test_get (fixture, 1);
  g_autoptr (GAsyncResult) result = NULL;

  orm_test_execute (fixture->database, COUNT_UP);
  orm_session_set_checks_stale (fixture->session, TRUE);
  scope_test_set_size (one, 11);
  orm_entity_set_double (ORM_ENTITY (one), ORM_TEST_ITEM_WEIGHT, 5);
  orm_session_commit_async (fixture->session, NULL, orm_test_keep_result, &result);
  orm_entity_set_double (ORM_ENTITY (one), ORM_TEST_ITEM_WEIGHT, 7);
  orm_test_wait_result (&result);
  g_assert_true (orm_session_commit_finish (fixture->session, result, &fixture->error));
  g_assert_cmpfloat (one->weight, ==, 7);
  commit (fixture);
  orm_session_delete (fixture->session, ORM_ENTITY (one));
  commit (fixture);
}

static void
test_trigger_deletes (ScopeTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) added = NULL;

  orm_test_execute (fixture->database,
                    "CREATE TRIGGER none AFTER INSERT ON item BEGIN DELETE FROM item WHERE id = new.id; END");
  added = scope_test_add (fixture, "c");
  commit (fixture);
  orm_test_wait (is_gone, added);
}

/* A column that is not loaded stays so, also where the row is read for others. */
static void
test_trigger_load_only (ScopeTest *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_ITEM);
  g_autoptr (OrmTestItem) one = NULL;

  orm_test_execute (fixture->database, COUNT_UP);
  orm_query_load_only (query, "weight", NULL);
  one = orm_session_first (fixture->session, query, NULL, &fixture->error);
  scope_test_set_size (one, 11);
  commit (fixture);
  g_assert_cmpfloat (one->weight, ==, 1);
  g_assert_true (orm_entity_is_loaded_column (ORM_ENTITY (one), ORM_TEST_ITEM_SIZE));
  g_assert_false (orm_entity_is_loaded_column (ORM_ENTITY (one), ORM_TEST_ITEM_NAME));
}

/* What the schema has for a value that is left to it. */
static void
test_default (ScopeTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestBook) book = NULL;

  orm_test_execute (fixture->database,
                    ORM_TEST_CREATE_AUTHOR "; INSERT INTO author VALUES (1, 'Ende');" ORM_TEST_CREATE_BOOK);
  book = g_object_new (ORM_TYPE_TEST_BOOK, "author-id", G_GINT64_CONSTANT (1), "title", NULL, NULL);
  g_assert_null (book->title);
  orm_session_add (fixture->session, ORM_ENTITY (book));
  commit (fixture);
  g_assert_cmpstr (book->title, ==, "it's new");
  g_assert_false (orm_entity_is_dirty (ORM_ENTITY (book)));
}

static const struct
{
  const char *name;
  void (*test) (ScopeTest *fixture, gconstpointer data);
} tests[] = {
  { "key-comes-up-again", test_key_comes_up_again },
  { "key-comes-up-in-scope", test_key_comes_up_in_scope },
  { "read-before-own-commit", test_read_before_own_commit },
  { "read-before-commit-ends", test_read_before_commit_ends },
  { "read-while-commit-works", test_read_while_commit_works },
  { "key-of-gone", test_key_of_gone },
  { "key-of-gone/deletion", test_deletion_of_gone },
  { "rollback-while-inserting", test_rollback_while_inserting },
  { "set-while-deleting", test_set_while_deleting },
  { "expunged-while-written", test_expunged_while_written },
  { "trigger", test_trigger },
  { "trigger/in-scope", test_trigger_in_scope },
  { "trigger/is-own", test_trigger_is_own },
  { "trigger/deletes", test_trigger_deletes },
  { "trigger/load-only", test_trigger_load_only },
  { "default", test_default },
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
