/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-scope.h"

#define INSERT                                                                                                         \
  "INSERT INTO \"item\" (\"name\", \"size\", \"weight\", \"is_done\", \"kind\", \"marks\") VALUES (?, ?, ?, ?, ?, ?)"
#define UPDATE                     "UPDATE \"item\" SET \"size\" = ? WHERE \"id\" = ?"
#define DELETE                     "DELETE FROM \"item\" WHERE \"id\" = ?"
#define COUNT                      "SELECT count(*) FROM \"item\""

#define forget_statements(fixture) g_ptr_array_set_size ((fixture)->statements, 0)

static void
test_commit (ScopeTest *fixture, gconstpointer data)
{
  g_autoptr (OrmScope) scope = scope_test_begin (fixture);
  g_autoptr (OrmTestItem) one = scope_test_get (fixture, 1);
  g_autoptr (OrmTestItem) two = scope_test_get (fixture, 2);
  g_autoptr (OrmTestItem) three = NULL;

  forget_statements (fixture);
  scope_test_set_size (one, 11);
  orm_session_delete (fixture->session, ORM_ENTITY (two));
  three = scope_test_add (fixture, "c");
  g_assert_cmpint (three->id, ==, 0);
  scope_test_flush (fixture);
  g_assert_cmpint (three->id, ==, 3);
  g_assert_false (orm_session_is_modified (fixture->session));
  g_assert_cmpint (scope_test_count (fixture), ==, 2);
  assert_statements (fixture, INSERT, UPDATE, DELETE, COUNT);

  /* Nobody else has seen it, and nobody was told. */
  g_assert_cmpint (scope_test_get_sum (fixture), ==, 30);
  orm_test_wait (scope_test_is_idle, NULL);
  g_assert_cmpuint (fixture->n_changed, ==, 0);

  scope_test_set_size (three, 5);
  scope_test_end (fixture, scope);
  g_assert_cmpint (scope_test_get_sum (fixture), ==, 16);
  orm_test_wait (scope_test_is_idle, NULL);
  g_assert_cmpuint (fixture->n_changed, ==, 1);
  orm_scope_rollback (scope);
  g_assert_cmpint (three->size, ==, 5);
}

static void
test_freed_is_rolled_back (ScopeTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) one = scope_test_get (fixture, 1);
  g_autoptr (OrmTestItem) two = scope_test_get (fixture, 2);
  g_autoptr (OrmTestItem) three = NULL;
  g_autoptr (OrmTestItem) gone = NULL;

  {
    G_GNUC_UNUSED g_autoptr (OrmScope) scope = scope_test_begin (fixture);

    three = scope_test_add (fixture, "c");
    scope_test_set_size (one, 11);
    orm_session_delete (fixture->session, ORM_ENTITY (two));
    scope_test_flush (fixture);
    scope_test_set_size (one, 12);
    scope_test_set_size (three, 13);
    g_object_set (two, "name", "nobody's", NULL);
    gone = orm_session_lookup (fixture->session, ORM_TYPE_TEST_ITEM, 2);
    g_assert_null (gone);
  }
  g_assert_cmpint (scope_test_get_sum (fixture), ==, 30);
  g_assert_cmpint (one->size, ==, 10);
  g_assert_false (orm_entity_is_dirty (ORM_ENTITY (one)));
  g_assert_cmpint (three->id, ==, 0);
  g_assert_cmpint (three->size, ==, 1);
  g_assert_false (orm_entity_is_gone (ORM_ENTITY (two)));
  g_assert_cmpstr (two->name, ==, "b");
  gone = orm_session_lookup (fixture->session, ORM_TYPE_TEST_ITEM, 2);
  g_assert_true (gone == two);
  g_assert_null (orm_session_lookup (fixture->session, ORM_TYPE_TEST_ITEM, 3));
  g_assert_false (orm_session_is_modified (fixture->session));
  orm_test_wait (scope_test_is_idle, NULL);
  g_assert_cmpuint (fixture->n_changed, ==, 0);

  /* What is not of the session any more can be added again. */
  orm_session_add (fixture->session, ORM_ENTITY (three));
  orm_session_commit (fixture->session, NULL, &fixture->error);
  g_assert_cmpint (three->id, ==, 3);
}

/* What was pending before is pending again. */
static void
test_pending_before (ScopeTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) one = scope_test_get (fixture, 1);
  g_autoptr (OrmTestItem) two = scope_test_get (fixture, 2);
  g_autoptr (OrmTestItem) three = scope_test_add (fixture, "c");
  OrmScope *scope;

  scope_test_set_size (one, 11);
  orm_session_delete (fixture->session, ORM_ENTITY (two));
  scope = scope_test_begin (fixture);
  scope_test_set_size (one, 12);
  orm_session_add (fixture->session, ORM_ENTITY (two));
  orm_session_expunge (fixture->session, ORM_ENTITY (three));
  scope_test_flush (fixture);
  g_assert_finalize_object (scope);

  g_assert_cmpint (one->size, ==, 11);
  forget_statements (fixture);
  orm_session_commit (fixture->session, NULL, &fixture->error);
  assert_statements (fixture, INSERT, UPDATE, DELETE);
  g_assert_cmpint (scope_test_get_sum (fixture), ==, 12);
}

static void
test_savepoints (ScopeTest *fixture, gconstpointer data)
{
  g_autoptr (OrmScope) outer = scope_test_begin (fixture);
  g_autoptr (OrmTestItem) one = scope_test_get (fixture, 1);
  g_autoptr (OrmTestItem) kept = NULL;
  g_autoptr (OrmTestItem) dropped = NULL;

  scope_test_set_size (one, 11);
  {
    g_autoptr (OrmScope) inner = scope_test_begin (fixture);

    kept = scope_test_add (fixture, "kept");
    scope_test_end (fixture, inner);
    g_assert_cmpint (kept->id, ==, 3);
  }
  {
    g_autoptr (OrmScope) inner = scope_test_begin (fixture);
    g_autoptr (OrmScope) innermost = NULL;

    dropped = scope_test_add (fixture, "dropped");
    scope_test_set_size (one, 12);
    scope_test_set_size (kept, 100);
    innermost = scope_test_begin (fixture);
    scope_test_set_size (one, 13);
    g_assert_false (orm_scope_commit (inner, NULL, &fixture->error));
    scope_test_assert_error (fixture, ORM_ERROR, ORM_ERROR_INVALID, "is open");
    scope_test_end (fixture, innermost);
    g_assert_cmpint (dropped->id, ==, 4);
    g_assert_cmpint (scope_test_count (fixture), ==, 4);
  }
  g_assert_cmpint (one->size, ==, 11);
  g_assert_cmpint (kept->size, ==, 1);
  g_assert_cmpint (kept->id, ==, 3);
  g_assert_cmpint (dropped->id, ==, 0);
  g_assert_cmpint (scope_test_count (fixture), ==, 3);
  scope_test_end (fixture, outer);
  g_assert_cmpint (scope_test_get_sum (fixture), ==, 32);
}

/* Freeing the outermost ends all; so does an inner that was committed not stay when the outer goes. */
static void
test_outer_rolls_back_all (ScopeTest *fixture, gconstpointer data)
{
  OrmScope *outer = scope_test_begin (fixture);
  g_autoptr (OrmTestItem) one = scope_test_get (fixture, 1);
  g_autoptr (OrmTestItem) added = NULL;
  g_autoptr (OrmScope) inner = scope_test_begin (fixture);
  g_autoptr (OrmScope) open = NULL;

  added = scope_test_add (fixture, "c");
  scope_test_set_size (one, 11);
  scope_test_end (fixture, inner);
  open = scope_test_begin (fixture);
  scope_test_set_size (one, 12);
  scope_test_flush (fixture);
  g_assert_finalize_object (outer);
  g_assert_false (orm_scope_is_open (open));
  g_assert_false (orm_scope_commit (open, NULL, &fixture->error));
  scope_test_assert_error (fixture, ORM_ERROR, ORM_ERROR_INVALID, "ended");
  g_assert_cmpint (one->size, ==, 10);
  g_assert_cmpint (added->id, ==, 0);
  g_assert_cmpint (scope_test_get_sum (fixture), ==, 30);
}

/* Objects that were made of rows which are not there any more, or have other values. */
static void
test_rows_read_inside (ScopeTest *fixture, gconstpointer data)
{
  OrmScope *outer = scope_test_begin (fixture);
  OrmScope *inner;
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_ITEM);
  const OrmAssignment eleven = { "size", { .type = ORM_VALUE_INT64, .int64 = 11 } };
  const OrmAssignment twelve = { "size", { .type = ORM_VALUE_INT64, .int64 = 12 } };
  g_autoptr (OrmTestItem) one = NULL;
  g_autoptr (OrmTestItem) two = NULL;

  g_assert_cmpint (orm_session_update_all (fixture->session, query, &eleven, 1, NULL, &fixture->error), ==, 2);
  two = scope_test_get (fixture, 2);
  g_assert_cmpint (two->size, ==, 11);
  inner = scope_test_begin (fixture);
  g_assert_cmpint (orm_session_update_all (fixture->session, query, &twelve, 1, NULL, &fixture->error), ==, 2);
  one = scope_test_get (fixture, 1);
  g_assert_cmpint (one->size, ==, 12);
  g_assert_finalize_object (inner);
  g_assert_cmpint (one->size, ==, 11);
  g_assert_finalize_object (outer);
  g_assert_cmpint (one->size, ==, 10);
  g_assert_cmpint (two->size, ==, 20);
  g_assert_false (orm_entity_is_dirty (ORM_ENTITY (one)));
}

static void
test_failed_commit_stays_open (ScopeTest *fixture, gconstpointer data)
{
  g_autoptr (OrmScope) scope = scope_test_begin (fixture);
  g_autoptr (OrmTestItem) clash = scope_test_add (fixture, "a");

  g_assert_false (orm_scope_commit (scope, NULL, &fixture->error));
  scope_test_assert_error (fixture, ORM_ERROR, ORM_ERROR_CONSTRAINT, "item.name");
  g_assert_true (orm_scope_is_open (scope));
  g_assert_true (orm_session_is_modified (fixture->session));
  g_object_set (clash, "name", "c", NULL);
  scope_test_end (fixture, scope);
  g_assert_cmpint (scope_test_get_sum (fixture), ==, 31);
}

static void
test_stale_names_the_row (ScopeTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) one = scope_test_get (fixture, 1);
  g_autoptr (OrmScope) scope = NULL;
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_ITEM);

  scope = scope_test_begin (fixture);
  g_assert_cmpint (orm_session_delete_all (fixture->session, query, NULL, &fixture->error), ==, 2);
  scope_test_set_size (one, 11);
  g_assert_false (orm_session_flush (fixture->session, NULL, &fixture->error));
  scope_test_assert_error (fixture, ORM_ERROR, ORM_ERROR_STALE, "The row 1 of item");
}

/* Others */

static void
test_commit_inside_is_refused (ScopeTest *fixture, gconstpointer data)
{
  g_autoptr (OrmScope) scope = NULL;

  g_assert_false (orm_session_flush (fixture->session, NULL, &fixture->error));
  scope_test_assert_error (fixture, ORM_ERROR, ORM_ERROR_INVALID, "no open scope");
  scope = scope_test_begin (fixture);
  g_assert_false (orm_session_commit (fixture->session, NULL, &fixture->error));
  scope_test_assert_error (fixture, ORM_ERROR, ORM_ERROR_INVALID, "orm_scope_commit()");
}

static gboolean
delete_items (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return orm_connection_execute (connection, "DELETE FROM item", error);
}

static void
test_same_thread_does_not_hang (ScopeTest *fixture, gconstpointer data)
{
  OrmSession *other = orm_session_new (fixture->database);
  g_autoptr (OrmTestItem) item = orm_session_get (other, ORM_TYPE_TEST_ITEM, 1, NULL, NULL);
  g_autoptr (OrmScope) scope = scope_test_begin (fixture);

  scope_test_set_size (item, 11);
  g_assert_false (orm_session_commit (other, NULL, &fixture->error));
  scope_test_assert_error (fixture, ORM_ERROR, ORM_ERROR_BUSY, "wait for ever");
  g_assert_null (orm_session_begin (other, &fixture->error));
  scope_test_assert_error (fixture, ORM_ERROR, ORM_ERROR_BUSY, "wait for ever");
  g_assert_false (orm_database_write (fixture->database, delete_items, NULL, NULL, &fixture->error));
  scope_test_assert_error (fixture, ORM_ERROR, ORM_ERROR_BUSY, "wait for ever");
  scope_test_end (fixture, scope);
  g_assert_true (orm_session_commit (other, NULL, &fixture->error));
  g_assert_finalize_object (other);
  g_assert_cmpint (scope_test_get_sum (fixture), ==, 31);
}

static void
test_async_write_waits (ScopeTest *fixture, gconstpointer data)
{
  OrmSession *other = orm_session_new (fixture->database);
  g_autoptr (OrmTestItem) theirs = orm_session_get (other, ORM_TYPE_TEST_ITEM, 1, NULL, NULL);
  g_autoptr (OrmTestItem) mine = scope_test_get (fixture, 2);
  g_autoptr (OrmScope) scope = scope_test_begin (fixture);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) own = NULL;

  scope_test_set_size (theirs, 11);
  scope_test_set_size (mine, 21);
  orm_session_commit_async (other, NULL, orm_test_keep_result, &result);
  /* Its own waits for the end of the scope as well. */
  orm_session_commit_async (fixture->session, NULL, orm_test_keep_result, &own);
  scope_test_flush (fixture);
  orm_test_wait (scope_test_is_idle, NULL);
  g_assert_null (result);
  g_assert_null (own);

  /* What is on its way there cannot be waited for. */
  g_assert_false (orm_session_refresh (other, ORM_ENTITY (theirs), NULL, &fixture->error));
  scope_test_assert_error (fixture, ORM_ERROR, ORM_ERROR_BUSY, "wait for ever");
  scope_test_end (fixture, scope);
  orm_test_wait_result (&result);
  orm_test_wait_result (&own);
  g_assert_true (orm_session_commit_finish (other, result, &fixture->error));
  g_assert_true (orm_session_commit_finish (fixture->session, own, &fixture->error));
  g_clear_object (&result);
  g_assert_finalize_object (other);
  g_assert_cmpint (scope_test_get_sum (fixture), ==, 32);
}

static gpointer
write_on_thread (gpointer data)
{
  ScopeTest *fixture = data;
  GError *error = NULL;

  g_assert_false (orm_database_write (fixture->database, delete_items, NULL, NULL, &error));
  g_main_context_wakeup (NULL);
  return error;
}

/* The scope is not let go of before the other thread has given up. */
static void
test_busy_limit (void)
{
  ScopeTest fixture = { 0 };
  OrmScope *scope;
  g_autoptr (GThread) thread = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  fixture.database = orm_database_new (":memory:", ORM_OPEN_CREATE);
  orm_database_set_migrations (fixture.database, orm_test_item_migrations, G_N_ELEMENTS (orm_test_item_migrations));
  orm_database_set_busy_timeout (fixture.database, 10);
  g_assert_true (orm_database_open (fixture.database, NULL, NULL));
  fixture.session = orm_session_new (fixture.database);
  scope = scope_test_begin (&fixture);
  orm_database_write_async (fixture.database, delete_items, NULL, NULL, NULL, orm_test_keep_result, &result);
  thread = g_thread_new ("writer", write_on_thread, &fixture);
  fixture.error = g_thread_join (g_steal_pointer (&thread));
  scope_test_assert_error (&fixture, ORM_ERROR, ORM_ERROR_BUSY, "transaction");
  orm_test_wait_result (&result);
  g_assert_false (orm_database_write_finish (fixture.database, result, NULL, &fixture.error));
  scope_test_assert_error (&fixture, ORM_ERROR, ORM_ERROR_BUSY, "transaction");
  g_assert_finalize_object (scope);
  g_assert_finalize_object (fixture.session);
  g_clear_object (&result);
  g_assert_finalize_object (fixture.database);
}

static void
test_closed_database (ScopeTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) one = scope_test_get (fixture, 1);
  OrmScope *scope = scope_test_begin (fixture);

  scope_test_set_size (one, 11);
  scope_test_flush (fixture);
  orm_database_close (fixture->database);
  g_assert_false (orm_scope_commit (scope, NULL, &fixture->error));
  scope_test_assert_error (fixture, ORM_ERROR, ORM_ERROR_FAILED, "closed");
  g_assert_finalize_object (scope);
  g_assert_cmpint (one->size, ==, 10);
}

/* Another connection, which never had it, is told nothing until the commit; live objects elsewhere follow after it. */
static gboolean
has_size_eleven (gpointer data)
{
  return ORM_TEST_ITEM (data)->size == 11;
}

static void
test_other_session_follows (ScopeTest *fixture, gconstpointer data)
{
  OrmSession *other = orm_session_new (fixture->database);
  g_autoptr (OrmTestItem) theirs = orm_session_get (other, ORM_TYPE_TEST_ITEM, 1, NULL, NULL);
  g_autoptr (OrmTestItem) mine = scope_test_get (fixture, 1);
  g_autoptr (OrmScope) scope = scope_test_begin (fixture);

  scope_test_set_size (mine, 11);
  scope_test_end (fixture, scope);
  orm_test_wait (has_size_eleven, theirs);
  g_assert_finalize_object (other);
}

static gboolean
has_new_weight (gpointer data)
{
  return ORM_TEST_ITEM (data)->weight == 2.5;
}

/* Told of before it began, an object that it has written is not read again over that. */
static void
test_old_news_wait (ScopeTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) one = scope_test_get (fixture, 1);
  g_autoptr (OrmScope) scope = NULL;

  orm_test_execute (fixture->database, "UPDATE item SET size = 5, weight = 2.5 WHERE id = 1");
  scope = scope_test_begin (fixture);
  scope_test_set_size (one, 11);
  scope_test_flush (fixture);
  orm_test_wait (scope_test_is_idle, NULL);
  g_assert_cmpint (one->size, ==, 11);
  g_assert_cmpfloat (one->weight, ==, 0);
  orm_scope_rollback (scope);
  g_assert_cmpint (one->size, ==, 10);
  orm_test_wait (has_new_weight, one);
  g_assert_cmpint (one->size, ==, 5);
}

#define REFUSE_AT_THE_END                                                                                              \
  "CREATE TABLE other (id INTEGER PRIMARY KEY) STRICT;"                                                                \
  "CREATE TABLE later (other INTEGER REFERENCES other DEFERRABLE INITIALLY DEFERRED) STRICT;"                          \
  "CREATE TRIGGER refuse AFTER UPDATE OF size ON item BEGIN INSERT INTO later VALUES (99); END"

/* What was read in a scope that the file does not take at its end. */
static void
test_refused_at_the_end (ScopeTest *fixture, gconstpointer is_async)
{
  g_autoptr (OrmScope) scope = NULL;
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_ITEM);
  const OrmAssignment eleven = { "size", { .type = ORM_VALUE_INT64, .int64 = 11 } };
  const OrmValue name = { .type = ORM_VALUE_TEXT, .text = (char *) "c" };
  g_autoptr (OrmTestItem) one = NULL;
  g_autoptr (OrmTestItem) three = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  orm_test_execute (fixture->database, REFUSE_AT_THE_END);
  scope = scope_test_begin (fixture);
  orm_session_update_all (fixture->session, query, &eleven, 1, NULL, &fixture->error);
  orm_session_bulk_insert (fixture->session, ORM_TYPE_TEST_ITEM, (const char *const[]){ "name" }, 1, &name, 1, NULL,
                           &fixture->error);
  one = scope_test_get (fixture, 1);
  three = scope_test_get (fixture, 3);
  g_assert_cmpint (one->size, ==, 11);
  if (is_async)
    {
      orm_scope_commit_async (scope, NULL, orm_test_keep_result, &result);
      orm_test_wait_result (&result);
      g_assert_false (orm_scope_commit_finish (scope, result, &fixture->error));
    }
  else
    g_assert_false (orm_scope_commit (scope, NULL, &fixture->error));
  scope_test_assert_error (fixture, ORM_ERROR, ORM_ERROR_CONSTRAINT, "FOREIGN KEY");
  g_assert_false (orm_scope_is_open (scope));
  g_assert_cmpint (one->size, ==, 10);
  g_assert_true (orm_entity_is_gone (ORM_ENTITY (three)));
  g_assert_null (orm_session_lookup (fixture->session, ORM_TYPE_TEST_ITEM, 3));
}

static void
test_refused_at_the_end_async (ScopeTest *fixture, gconstpointer data)
{
  test_refused_at_the_end (fixture, GINT_TO_POINTER (TRUE));
}

/* Of an object that left the session in the scope, and another that was made of its row, the first is back. */
static void
test_expunged_and_read (ScopeTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) one = scope_test_get (fixture, 1);
  g_autoptr (OrmTestItem) two = scope_test_get (fixture, 2);
  g_autoptr (OrmTestItem) second = NULL;
  g_autoptr (OrmTestItem) third = NULL;
  g_autoptr (OrmTestItem) other = NULL;
  g_autoptr (OrmTestItem) found = NULL;
  OrmScope *scope = scope_test_begin (fixture);

  orm_session_expunge (fixture->session, ORM_ENTITY (one));
  second = scope_test_get (fixture, 1);
  scope_test_set_size (second, 11);
  orm_session_expunge (fixture->session, ORM_ENTITY (second));
  third = scope_test_get (fixture, 1);
  scope_test_set_size (third, 12);
  orm_session_expunge (fixture->session, ORM_ENTITY (two));
  other = scope_test_get (fixture, 2);
  g_assert_true (one != second && second != third && two != other);
  g_assert_finalize_object (scope);

  found = orm_session_lookup (fixture->session, ORM_TYPE_TEST_ITEM, 1);
  g_assert_true (found == one);
  g_clear_object (&found);
  found = orm_session_lookup (fixture->session, ORM_TYPE_TEST_ITEM, 2);
  g_assert_true (found == two);
  scope_test_set_size (second, 13);
  scope_test_set_size (third, 13);
  scope_test_set_size (other, 23);
  g_assert_false (orm_session_is_modified (fixture->session));
  scope_test_set_size (two, 21);
  orm_session_commit (fixture->session, NULL, &fixture->error);
  g_assert_cmpint (scope_test_get_sum (fixture), ==, 31);
}

static const struct
{
  const char *name;
  void (*test) (ScopeTest *fixture, gconstpointer data);
} tests[] = {
  { "commit", test_commit },
  { "freed-is-rolled-back", test_freed_is_rolled_back },
  { "pending-before-is-pending-again", test_pending_before },
  { "savepoints", test_savepoints },
  { "outer-rolls-back-all", test_outer_rolls_back_all },
  { "rows-read-inside", test_rows_read_inside },
  { "failed-commit-stays-open", test_failed_commit_stays_open },
  { "refused-at-the-end", test_refused_at_the_end },
  { "refused-at-the-end-async", test_refused_at_the_end_async },
  { "expunged-and-read", test_expunged_and_read },
  { "stale-names-the-row", test_stale_names_the_row },
  { "commit-inside-is-refused", test_commit_inside_is_refused },
  { "same-thread-does-not-hang", test_same_thread_does_not_hang },
  { "async-write-waits", test_async_write_waits },
  { "closed-database", test_closed_database },
  { "other-session-follows", test_other_session_follows },
  { "old-news-wait", test_old_news_wait },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/orm/scope/", tests[i].name, NULL);

      g_test_add (path, ScopeTest, NULL, scope_test_set_up, tests[i].test, scope_test_tear_down);
    }
  g_test_add_func ("/orm/scope/busy-limit", test_busy_limit);

  return g_test_run ();
}
