/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-scope.h"

static OrmScope *
begin_async (ScopeTest *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  OrmScope *scope;

  orm_session_begin_async (fixture->session, NULL, orm_test_keep_result, &result);
  orm_test_wait_result (&result);
  scope = orm_session_begin_finish (fixture->session, result, &fixture->error);
  g_assert_no_error (fixture->error);
  return scope;
}

static void
test_async (ScopeTest *fixture, gconstpointer data)
{
  g_autoptr (OrmScope) scope = begin_async (fixture);
  g_autoptr (OrmTestItem) item = scope_test_add (fixture, "c");
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_ITEM);
  g_autoptr (GAsyncResult) flushed = NULL;
  g_autoptr (GAsyncResult) counted = NULL;
  g_autoptr (GAsyncResult) committed = NULL;
  g_autoptr (GAsyncResult) again = NULL;

  orm_session_flush_async (fixture->session, NULL, orm_test_keep_result, &flushed);
  scope_test_set_size (item, 2);
  orm_session_count_async (fixture->session, query, NULL, orm_test_keep_result, &counted);
  orm_test_wait_result (&flushed);
  orm_test_wait_result (&counted);
  g_assert_true (orm_session_flush_finish (fixture->session, flushed, &fixture->error));
  g_assert_cmpint (orm_session_count_finish (fixture->session, counted, &fixture->error), ==, 3);
  g_assert_cmpint (item->id, ==, 3);
  orm_scope_commit_async (scope, NULL, orm_test_keep_result, &committed);
  orm_scope_commit_async (scope, NULL, orm_test_keep_result, &again);
  /* What is asked for meanwhile comes after it. */
  g_assert_cmpint (scope_test_count (fixture), ==, 3);
  orm_test_wait_result (&committed);
  orm_test_wait_result (&again);
  g_assert_true (orm_scope_commit_finish (scope, committed, &fixture->error));
  g_assert_false (orm_scope_commit_finish (scope, again, &fixture->error));
  scope_test_assert_error (fixture, ORM_ERROR, ORM_ERROR_INVALID, "ended");
  g_assert_cmpint (scope_test_get_sum (fixture), ==, 32);
}

/* The caller lets go of it as soon as it has asked for the commit. */
static void
test_async_let_go (ScopeTest *fixture, gconstpointer data)
{
  OrmScope *scope = begin_async (fixture);
  G_GNUC_UNUSED g_autoptr (OrmTestItem) item = scope_test_add (fixture, "c");
  g_autoptr (GAsyncResult) result = NULL;

  orm_scope_commit_async (scope, NULL, orm_test_keep_result, &result);
  g_object_unref (scope);
  orm_test_wait_result (&result);
  g_assert_true (
      orm_scope_commit_finish (ORM_SCOPE (g_task_get_source_object (G_TASK (result))), result, &fixture->error));
  g_assert_cmpint (scope_test_get_sum (fixture), ==, 31);
}

static void
test_async_result_not_taken (ScopeTest *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  orm_session_begin_async (fixture->session, NULL, orm_test_keep_result, &result);
  orm_test_wait_result (&result);
  g_clear_object (&result);
  orm_test_execute (fixture->database, "DELETE FROM item");
}

static void
test_cancelled (ScopeTest *fixture, gconstpointer data)
{
  g_autoptr (OrmScope) scope = scope_test_begin (fixture);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (OrmTestItem) one = scope_test_get (fixture, 1);
  g_autoptr (GAsyncResult) result = NULL;

  scope_test_set_size (one, 11);
  g_cancellable_cancel (cancellable);
  g_assert_false (orm_session_flush (fixture->session, cancellable, &fixture->error));
  scope_test_assert_error (fixture, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  /* Before anything was written: nothing is lost. */
  scope_test_end (fixture, scope);
  g_assert_cmpint (scope_test_get_sum (fixture), ==, 31);

  orm_session_begin_async (fixture->session, cancellable, orm_test_keep_result, &result);
  orm_test_wait_result (&result);
  g_assert_null (orm_session_begin_finish (fixture->session, result, &fixture->error));
  scope_test_assert_error (fixture, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  orm_session_commit (fixture->session, NULL, &fixture->error);
}

#define SLOW_TRIGGER                                                                                                     \
  "CREATE TRIGGER slow AFTER UPDATE ON item BEGIN "                                                                      \
  "UPDATE item SET weight = (WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count (*) FROM n);" \
  "END"

/* Without the interrupt the trigger would never end. */
static void
test_interrupted (ScopeTest *fixture, gconstpointer data)
{
  g_autoptr (OrmScope) scope = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (OrmTestItem) one = scope_test_get (fixture, 1);
  g_autoptr (GAsyncResult) result = NULL;

  orm_test_execute (fixture->database, SLOW_TRIGGER);
  scope = scope_test_begin (fixture);
  scope_test_set_size (one, 11);
  orm_session_flush_async (fixture->session, cancellable, orm_test_keep_result, &result);
  g_cancellable_cancel (cancellable);
  orm_test_wait_result (&result);
  g_assert_false (orm_session_flush_finish (fixture->session, result, &fixture->error));
  scope_test_assert_error (fixture, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  g_assert_true (orm_entity_is_dirty (ORM_ENTITY (one)));
  orm_scope_rollback (scope);
  g_assert_cmpint (one->size, ==, 10);
}

/* A write that SQLite interrupts takes the whole transaction along, which every later call is told. */
static void
test_lost_transaction (ScopeTest *fixture, gconstpointer data)
{
  g_autoptr (OrmScope) scope = NULL;
  g_autoptr (OrmTestItem) one = scope_test_get (fixture, 1);
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_ITEM);

  orm_test_execute (fixture->database, "CREATE TRIGGER lose BEFORE UPDATE ON item WHEN NEW.size = 12 "
                                       "BEGIN SELECT RAISE (ROLLBACK, 'lost'); END");
  scope = scope_test_begin (fixture);
  scope_test_set_size (one, 11);
  scope_test_flush (fixture);
  scope_test_set_size (one, 12);
  g_assert_false (orm_session_flush (fixture->session, NULL, &fixture->error));
  scope_test_assert_error (fixture, ORM_ERROR, ORM_ERROR_CONSTRAINT, "lost");
  g_assert_cmpint (orm_session_count (fixture->session, query, NULL, &fixture->error), ==, -1);
  scope_test_assert_error (fixture, ORM_ERROR, ORM_ERROR_FAILED, "rolled back");
  g_assert_null (orm_session_begin (fixture->session, &fixture->error));
  scope_test_assert_error (fixture, ORM_ERROR, ORM_ERROR_FAILED, "rolled back");
  g_assert_false (orm_scope_commit (scope, NULL, &fixture->error));
  scope_test_assert_error (fixture, ORM_ERROR, ORM_ERROR_FAILED, "rolled back");
  orm_scope_rollback (scope);
  g_assert_cmpint (one->size, ==, 10);
  g_assert_cmpint (scope_test_get_sum (fixture), ==, 30);
}

static gboolean
has_size_ten (gpointer data)
{
  return ORM_TEST_ITEM (data)->size == 10;
}

/* A row that was read before the scope was rolled back, and becomes an object after that. */
static void
test_rolled_back_while_reading (ScopeTest *fixture, gconstpointer data)
{
  OrmScope *scope = begin_async (fixture);
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_ITEM);
  const OrmAssignment eleven = { "size", { .type = ORM_VALUE_INT64, .int64 = 11 } };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (OrmTestItem) one = NULL;

  orm_session_update_all (fixture->session, query, &eleven, 1, NULL, &fixture->error);
  orm_session_get_async (fixture->session, ORM_TYPE_TEST_ITEM, 1, NULL, orm_test_keep_result, &result);
  g_assert_finalize_object (scope);
  orm_test_wait_result (&result);
  one = orm_session_get_finish (fixture->session, result, &fixture->error);
  g_assert_no_error (fixture->error);
  orm_test_wait (has_size_ten, one);
}

static void
wait_rolled_back (ScopeTest *fixture, OrmScope *scope, GAsyncResult **result)
{
  g_assert_null (*result);
  orm_test_wait_result (result);
  orm_scope_rollback_finish (scope, *result);
  g_assert_false (orm_scope_is_open (scope));
  g_clear_object (result);
}

/* The file and the objects, those among them that were read in the scope. */
static void
test_rollback (ScopeTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) one = scope_test_get (fixture, 1);
  g_autoptr (OrmScope) scope = scope_test_begin (fixture);
  g_autoptr (OrmTestItem) added = scope_test_add (fixture, "added");
  g_autoptr (OrmTestItem) two = NULL;
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_ITEM);
  const OrmAssignment size = { "size", { .type = ORM_VALUE_INT64, .int64 = 99 } };
  GAsyncResult *result = NULL;

  scope_test_set_size (one, 11);
  scope_test_flush (fixture);
  orm_session_update_all (fixture->session, query, &size, 1, NULL, &fixture->error);
  two = scope_test_get (fixture, 2);
  g_assert_cmpint (two->size, ==, 99);

  orm_scope_rollback_async (scope, orm_test_keep_result, &result);
  g_assert_true (orm_scope_is_open (scope));
  /* Too late for anything but to be undone as well. */
  scope_test_set_size (one, 12);
  wait_rolled_back (fixture, scope, &result);
  g_assert_cmpint (one->size, ==, 10);
  g_assert_cmpint (two->size, ==, 20);
  g_assert_cmpint (added->id, ==, 0);
  g_assert_false (orm_session_is_modified (fixture->session));
  g_assert_cmpint (scope_test_get_sum (fixture), ==, 30);

  /* Once more does nothing, and is no error. */
  orm_scope_rollback_async (scope, orm_test_keep_result, &result);
  wait_rolled_back (fixture, scope, &result);
}

/* After what was asked for in it before, with what is open in it. */
static void
test_rollback_in_order (ScopeTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) one = scope_test_get (fixture, 1);
  g_autoptr (OrmScope) outer = scope_test_begin (fixture);
  g_autoptr (OrmScope) middle = NULL;
  g_autoptr (OrmScope) inner = NULL;
  GAsyncResult *flushed = NULL;
  GAsyncResult *result = NULL;
  GAsyncResult *late = NULL;

  scope_test_set_size (one, 11);
  scope_test_flush (fixture);
  middle = scope_test_begin (fixture);
  scope_test_set_size (one, 12);
  scope_test_flush (fixture);
  inner = scope_test_begin (fixture);
  scope_test_set_size (one, 13);
  orm_session_flush_async (fixture->session, NULL, orm_test_keep_result, &flushed);
  orm_scope_rollback_async (middle, orm_test_keep_result, &result);
  orm_session_flush_async (fixture->session, NULL, orm_test_keep_result, &late);
  wait_rolled_back (fixture, middle, &result);
  g_assert_nonnull (flushed);
  g_assert_true (orm_session_flush_finish (fixture->session, flushed, &fixture->error));
  orm_test_wait_result (&late);
  g_assert_true (orm_session_flush_finish (fixture->session, late, &fixture->error));
  g_assert_false (orm_scope_is_open (inner));
  g_assert_true (orm_scope_is_open (outer));
  g_assert_cmpint (one->size, ==, 11);
  scope_test_end (fixture, outer);
  g_assert_cmpint (scope_test_get_sum (fixture), ==, 31);
  g_object_unref (flushed);
  g_object_unref (late);
}

/* Who cannot wait for it any more, waits. */
static void
test_rollback_both (ScopeTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) one = scope_test_get (fixture, 1);
  g_autoptr (OrmScope) outer = scope_test_begin (fixture);
  g_autoptr (OrmScope) inner = scope_test_begin (fixture);
  GAsyncResult *result = NULL;

  scope_test_set_size (one, 11);
  scope_test_flush (fixture);
  orm_scope_rollback_async (outer, orm_test_keep_result, &result);
  orm_scope_rollback (outer);
  g_assert_cmpint (one->size, ==, 10);
  g_assert_false (orm_scope_is_open (inner));
  wait_rolled_back (fixture, outer, &result);
  g_assert_cmpint (scope_test_get_sum (fixture), ==, 30);
}

static void
test_rollback_of_closed (ScopeTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) one = scope_test_get (fixture, 1);
  g_autoptr (OrmScope) scope = scope_test_begin (fixture);
  GAsyncResult *result = NULL;

  scope_test_set_size (one, 11);
  scope_test_flush (fixture);
  orm_database_close (fixture->database);
  orm_scope_rollback_async (scope, orm_test_keep_result, &result);
  g_assert_cmpint (one->size, ==, 10);
  wait_rolled_back (fixture, scope, &result);
}

/* A scope that is begun while another is on its way to its end comes after it. */
static void
test_begin_behind_end (ScopeTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) one = scope_test_get (fixture, 1);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (OrmScope) first = scope_test_begin (fixture);
      g_autoptr (OrmScope) second = NULL;
      g_autoptr (GAsyncResult) ended = NULL;
      g_autoptr (GAsyncResult) begun = NULL;

      scope_test_set_size (one, 11 + i);
      if (i == 0)
        orm_scope_commit_async (first, NULL, orm_test_keep_result, &ended);
      else
        orm_scope_rollback_async (first, orm_test_keep_result, &ended);
      orm_session_begin_async (fixture->session, NULL, orm_test_keep_result, &begun);
      orm_test_wait_result (&begun);
      g_assert_nonnull (ended);
      second = orm_session_begin_finish (fixture->session, begun, &fixture->error);
      g_assert_no_error (fixture->error);
      g_assert_false (orm_scope_is_open (first));
      g_assert_cmpint (one->size, ==, 11);
      scope_test_end (fixture, second);
    }
  g_assert_cmpint (scope_test_get_sum (fixture), ==, 31);
}

static const struct
{
  const char *name;
  void (*test) (ScopeTest *fixture, gconstpointer data);
} tests[] = {
  { "async", test_async },
  { "async/let-go", test_async_let_go },
  { "async/result-not-taken", test_async_result_not_taken },
  { "rolled-back-while-reading", test_rolled_back_while_reading },
  { "cancelled", test_cancelled },
  { "interrupted", test_interrupted },
  { "lost-transaction", test_lost_transaction },
  { "rollback", test_rollback },
  { "rollback/in-order", test_rollback_in_order },
  { "rollback/both", test_rollback_both },
  { "rollback/of-closed", test_rollback_of_closed },
  { "begin-behind-end", test_begin_behind_end },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/orm/scope-async/", tests[i].name, NULL);

      g_test_add (path, ScopeTest, NULL, scope_test_set_up, tests[i].test, scope_test_tear_down);
    }

  return g_test_run ();
}
