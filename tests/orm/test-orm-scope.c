/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-item.h"
#include "orm-test.h"

#include <string.h>

typedef struct
{
  OrmDatabase *database;
  OrmSession *session;
  GPtrArray *statements;
  guint n_changed;
  GError *error;
} Fixture;

#define INSERT                                                                                                         \
  "INSERT INTO \"item\" (\"name\", \"size\", \"weight\", \"is_done\", \"kind\", \"marks\") VALUES (?, ?, ?, ?, ?, ?)"
#define UPDATE "UPDATE \"item\" SET \"size\" = ? WHERE \"id\" = ?"
#define DELETE "DELETE FROM \"item\" WHERE \"id\" = ?"
#define COUNT  "SELECT count(*) FROM \"item\""

static void
on_changed (OrmDatabase *database, OrmChanges *changes, gpointer data)
{
  ++*(guint *) data;
}

static gboolean
has_nothing_pending (gpointer data)
{
  return !g_main_context_pending (NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->database = orm_test_item_open (":memory:");
  fixture->session = orm_session_new (fixture->database);
  orm_test_execute (fixture->database, "INSERT INTO item (id, name, size) VALUES (1, 'a', 10), (2, 'b', 20)");
  orm_test_wait (has_nothing_pending, NULL);
  g_signal_connect (fixture->database, "changed", G_CALLBACK (on_changed), &fixture->n_changed);
  fixture->statements = orm_test_trace (fixture->database);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_no_error (fixture->error);
  g_ptr_array_unref (fixture->statements);
  g_assert_finalize_object (fixture->session);
  g_assert_finalize_object (fixture->database);
}

static OrmScope *
begin (Fixture *fixture)
{
  OrmScope *scope = orm_session_begin (fixture->session, &fixture->error);

  g_assert_no_error (fixture->error);
  g_assert_true (ORM_IS_SCOPE (scope));
  return scope;
}

static void
end (Fixture *fixture, OrmScope *scope)
{
  orm_scope_commit (scope, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_false (orm_scope_is_open (scope));
}

static void
flush (Fixture *fixture)
{
  orm_session_flush (fixture->session, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
}

static OrmTestItem *
get (Fixture *fixture, gint64 key)
{
  OrmTestItem *item = orm_session_get (fixture->session, ORM_TYPE_TEST_ITEM, key, NULL, &fixture->error);

  g_assert_no_error (fixture->error);
  return item;
}

static OrmTestItem *
add (Fixture *fixture, const char *name)
{
  OrmTestItem *item = orm_test_item_new (name, 1);

  orm_session_add (fixture->session, ORM_ENTITY (item));
  return item;
}

static void
set_size (OrmTestItem *item, gint64 size)
{
  orm_entity_set_int64 (ORM_ENTITY (item), ORM_TEST_ITEM_SIZE, size);
}

static gint64
count (Fixture *fixture)
{
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_ITEM);
  gint64 n = orm_session_count (fixture->session, query, NULL, &fixture->error);

  g_assert_no_error (fixture->error);
  return n;
}

static void
assert_error (Fixture *fixture, GQuark domain, int code, const char *part)
{
  g_assert_error (fixture->error, domain, code);
  g_assert_nonnull (strstr (fixture->error->message, part));
  g_clear_error (&fixture->error);
}

/* In the file, as every other connection sees it. */
static gint64
get_sum (Fixture *fixture)
{
  return orm_test_get_int64 (fixture->database, "SELECT sum (size) FROM item");
}

#define assert_statements(fixture, ...) orm_test_assert_statements ((fixture)->statements, __VA_ARGS__, NULL)
#define forget_statements(fixture)      g_ptr_array_set_size ((fixture)->statements, 0)

static void
test_commit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmScope) scope = begin (fixture);
  g_autoptr (OrmTestItem) one = get (fixture, 1);
  g_autoptr (OrmTestItem) two = get (fixture, 2);
  g_autoptr (OrmTestItem) three = NULL;

  forget_statements (fixture);
  set_size (one, 11);
  orm_session_delete (fixture->session, ORM_ENTITY (two));
  three = add (fixture, "c");
  g_assert_cmpint (three->id, ==, 0);
  flush (fixture);
  g_assert_cmpint (three->id, ==, 3);
  g_assert_false (orm_session_is_modified (fixture->session));
  g_assert_cmpint (count (fixture), ==, 2);
  assert_statements (fixture, INSERT, UPDATE, DELETE, COUNT);

  /* Nobody else has seen it, and nobody was told. */
  g_assert_cmpint (get_sum (fixture), ==, 30);
  orm_test_wait (has_nothing_pending, NULL);
  g_assert_cmpuint (fixture->n_changed, ==, 0);

  set_size (three, 5);
  end (fixture, scope);
  g_assert_cmpint (get_sum (fixture), ==, 16);
  orm_test_wait (has_nothing_pending, NULL);
  g_assert_cmpuint (fixture->n_changed, ==, 1);
  orm_scope_rollback (scope);
  g_assert_cmpint (three->size, ==, 5);
}

static void
test_freed_is_rolled_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) one = get (fixture, 1);
  g_autoptr (OrmTestItem) two = get (fixture, 2);
  g_autoptr (OrmTestItem) three = NULL;
  g_autoptr (OrmTestItem) gone = NULL;

  {
    g_autoptr (OrmScope) scope = begin (fixture);

    three = add (fixture, "c");
    set_size (one, 11);
    orm_session_delete (fixture->session, ORM_ENTITY (two));
    flush (fixture);
    set_size (one, 12);
    set_size (three, 13);
    g_object_set (two, "name", "nobody's", NULL);
    gone = orm_session_lookup (fixture->session, ORM_TYPE_TEST_ITEM, 2);
    g_assert_null (gone);
  }
  g_assert_cmpint (get_sum (fixture), ==, 30);
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
  orm_test_wait (has_nothing_pending, NULL);
  g_assert_cmpuint (fixture->n_changed, ==, 0);

  /* What is not of the session any more can be added again. */
  orm_session_add (fixture->session, ORM_ENTITY (three));
  orm_session_commit (fixture->session, NULL, &fixture->error);
  g_assert_cmpint (three->id, ==, 3);
}

/* What was pending before is pending again. */
static void
test_pending_before (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) one = get (fixture, 1);
  g_autoptr (OrmTestItem) two = get (fixture, 2);
  g_autoptr (OrmTestItem) three = add (fixture, "c");
  OrmScope *scope;

  set_size (one, 11);
  orm_session_delete (fixture->session, ORM_ENTITY (two));
  scope = begin (fixture);
  set_size (one, 12);
  orm_session_add (fixture->session, ORM_ENTITY (two));
  orm_session_expunge (fixture->session, ORM_ENTITY (three));
  flush (fixture);
  g_assert_finalize_object (scope);

  g_assert_cmpint (one->size, ==, 11);
  forget_statements (fixture);
  orm_session_commit (fixture->session, NULL, &fixture->error);
  assert_statements (fixture, INSERT, UPDATE, DELETE);
  g_assert_cmpint (get_sum (fixture), ==, 12);
}

static void
test_savepoints (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmScope) outer = begin (fixture);
  g_autoptr (OrmTestItem) one = get (fixture, 1);
  g_autoptr (OrmTestItem) kept = NULL;
  g_autoptr (OrmTestItem) dropped = NULL;

  set_size (one, 11);
  {
    g_autoptr (OrmScope) inner = begin (fixture);

    kept = add (fixture, "kept");
    end (fixture, inner);
    g_assert_cmpint (kept->id, ==, 3);
  }
  {
    g_autoptr (OrmScope) inner = begin (fixture);
    g_autoptr (OrmScope) innermost = NULL;

    dropped = add (fixture, "dropped");
    set_size (one, 12);
    set_size (kept, 100);
    innermost = begin (fixture);
    set_size (one, 13);
    g_assert_false (orm_scope_commit (inner, NULL, &fixture->error));
    assert_error (fixture, ORM_ERROR, ORM_ERROR_INVALID, "is open");
    end (fixture, innermost);
    g_assert_cmpint (dropped->id, ==, 4);
    g_assert_cmpint (count (fixture), ==, 4);
  }
  g_assert_cmpint (one->size, ==, 11);
  g_assert_cmpint (kept->size, ==, 1);
  g_assert_cmpint (kept->id, ==, 3);
  g_assert_cmpint (dropped->id, ==, 0);
  g_assert_cmpint (count (fixture), ==, 3);
  end (fixture, outer);
  g_assert_cmpint (get_sum (fixture), ==, 32);
}

/* Freeing the outermost ends all; so does an inner that was committed not stay when the outer goes. */
static void
test_outer_rolls_back_all (Fixture *fixture, gconstpointer data)
{
  OrmScope *outer = begin (fixture);
  g_autoptr (OrmTestItem) one = get (fixture, 1);
  g_autoptr (OrmTestItem) added = NULL;
  g_autoptr (OrmScope) inner = begin (fixture);
  g_autoptr (OrmScope) open = NULL;

  added = add (fixture, "c");
  set_size (one, 11);
  end (fixture, inner);
  open = begin (fixture);
  set_size (one, 12);
  flush (fixture);
  g_assert_finalize_object (outer);
  g_assert_false (orm_scope_is_open (open));
  g_assert_false (orm_scope_commit (open, NULL, &fixture->error));
  assert_error (fixture, ORM_ERROR, ORM_ERROR_INVALID, "ended");
  g_assert_cmpint (one->size, ==, 10);
  g_assert_cmpint (added->id, ==, 0);
  g_assert_cmpint (get_sum (fixture), ==, 30);
}

/* Objects that were made of rows which are not there any more, or have other values. */
static void
test_rows_read_inside (Fixture *fixture, gconstpointer data)
{
  OrmScope *outer = begin (fixture);
  OrmScope *inner;
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_ITEM);
  const OrmAssignment eleven = { "size", { .type = ORM_VALUE_INT64, .int64 = 11 } };
  const OrmAssignment twelve = { "size", { .type = ORM_VALUE_INT64, .int64 = 12 } };
  g_autoptr (OrmTestItem) one = NULL;
  g_autoptr (OrmTestItem) two = NULL;

  g_assert_cmpint (orm_session_update_all (fixture->session, query, &eleven, 1, NULL, &fixture->error), ==, 2);
  two = get (fixture, 2);
  g_assert_cmpint (two->size, ==, 11);
  inner = begin (fixture);
  g_assert_cmpint (orm_session_update_all (fixture->session, query, &twelve, 1, NULL, &fixture->error), ==, 2);
  one = get (fixture, 1);
  g_assert_cmpint (one->size, ==, 12);
  g_assert_finalize_object (inner);
  g_assert_cmpint (one->size, ==, 11);
  g_assert_finalize_object (outer);
  g_assert_cmpint (one->size, ==, 10);
  g_assert_cmpint (two->size, ==, 20);
  g_assert_false (orm_entity_is_dirty (ORM_ENTITY (one)));
}

static void
test_failed_commit_stays_open (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmScope) scope = begin (fixture);
  g_autoptr (OrmTestItem) clash = add (fixture, "a");

  g_assert_false (orm_scope_commit (scope, NULL, &fixture->error));
  assert_error (fixture, ORM_ERROR, ORM_ERROR_CONSTRAINT, "item.name");
  g_assert_true (orm_scope_is_open (scope));
  g_assert_true (orm_session_is_modified (fixture->session));
  g_object_set (clash, "name", "c", NULL);
  end (fixture, scope);
  g_assert_cmpint (get_sum (fixture), ==, 31);
}

static void
test_stale_names_the_row (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) one = get (fixture, 1);
  g_autoptr (OrmScope) scope = NULL;
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_ITEM);

  scope = begin (fixture);
  g_assert_cmpint (orm_session_delete_all (fixture->session, query, NULL, &fixture->error), ==, 2);
  set_size (one, 11);
  g_assert_false (orm_session_flush (fixture->session, NULL, &fixture->error));
  assert_error (fixture, ORM_ERROR, ORM_ERROR_STALE, "The row 1 of item");
}

/* Others */

static void
test_commit_inside_is_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmScope) scope = NULL;

  g_assert_false (orm_session_flush (fixture->session, NULL, &fixture->error));
  assert_error (fixture, ORM_ERROR, ORM_ERROR_INVALID, "no open scope");
  scope = begin (fixture);
  g_assert_false (orm_session_commit (fixture->session, NULL, &fixture->error));
  assert_error (fixture, ORM_ERROR, ORM_ERROR_INVALID, "orm_scope_commit()");
}

static gboolean
delete_items (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return orm_connection_execute (connection, "DELETE FROM item", error);
}

static void
test_same_thread_does_not_hang (Fixture *fixture, gconstpointer data)
{
  OrmSession *other = orm_session_new (fixture->database);
  g_autoptr (OrmTestItem) item = orm_session_get (other, ORM_TYPE_TEST_ITEM, 1, NULL, NULL);
  g_autoptr (OrmScope) scope = begin (fixture);

  set_size (item, 11);
  g_assert_false (orm_session_commit (other, NULL, &fixture->error));
  assert_error (fixture, ORM_ERROR, ORM_ERROR_BUSY, "wait for ever");
  g_assert_null (orm_session_begin (other, &fixture->error));
  assert_error (fixture, ORM_ERROR, ORM_ERROR_BUSY, "wait for ever");
  g_assert_false (orm_database_write (fixture->database, delete_items, NULL, NULL, &fixture->error));
  assert_error (fixture, ORM_ERROR, ORM_ERROR_BUSY, "wait for ever");
  end (fixture, scope);
  g_assert_true (orm_session_commit (other, NULL, &fixture->error));
  g_assert_finalize_object (other);
  g_assert_cmpint (get_sum (fixture), ==, 31);
}

static void
test_async_write_waits (Fixture *fixture, gconstpointer data)
{
  OrmSession *other = orm_session_new (fixture->database);
  g_autoptr (OrmTestItem) theirs = orm_session_get (other, ORM_TYPE_TEST_ITEM, 1, NULL, NULL);
  g_autoptr (OrmTestItem) mine = get (fixture, 2);
  g_autoptr (OrmScope) scope = begin (fixture);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) own = NULL;

  set_size (theirs, 11);
  set_size (mine, 21);
  orm_session_commit_async (other, NULL, orm_test_keep_result, &result);
  /* Its own waits for the end of the scope as well. */
  orm_session_commit_async (fixture->session, NULL, orm_test_keep_result, &own);
  flush (fixture);
  orm_test_wait (has_nothing_pending, NULL);
  g_assert_null (result);
  g_assert_null (own);

  /* What is on its way there cannot be waited for. */
  g_assert_false (orm_session_refresh (other, ORM_ENTITY (theirs), NULL, &fixture->error));
  assert_error (fixture, ORM_ERROR, ORM_ERROR_BUSY, "wait for ever");
  end (fixture, scope);
  orm_test_wait_result (&result);
  orm_test_wait_result (&own);
  g_assert_true (orm_session_commit_finish (other, result, &fixture->error));
  g_assert_true (orm_session_commit_finish (fixture->session, own, &fixture->error));
  g_clear_object (&result);
  g_assert_finalize_object (other);
  g_assert_cmpint (get_sum (fixture), ==, 32);
}

static gpointer
write_on_thread (gpointer data)
{
  Fixture *fixture = data;
  GError *error = NULL;

  g_assert_false (orm_database_write (fixture->database, delete_items, NULL, NULL, &error));
  g_main_context_wakeup (NULL);
  return error;
}

/* The scope is not let go of before the other thread has given up. */
static void
test_busy_limit (void)
{
  Fixture fixture = { 0 };
  OrmScope *scope;
  GThread *thread;
  g_autoptr (GAsyncResult) result = NULL;

  fixture.database = orm_database_new (":memory:", ORM_OPEN_CREATE);
  orm_database_set_migrations (fixture.database, orm_test_item_migrations, G_N_ELEMENTS (orm_test_item_migrations));
  orm_database_set_busy_timeout (fixture.database, 10);
  g_assert_true (orm_database_open (fixture.database, NULL, NULL));
  fixture.session = orm_session_new (fixture.database);
  scope = begin (&fixture);
  orm_database_write_async (fixture.database, delete_items, NULL, NULL, NULL, orm_test_keep_result, &result);
  thread = g_thread_new ("writer", write_on_thread, &fixture);
  fixture.error = g_thread_join (thread);
  assert_error (&fixture, ORM_ERROR, ORM_ERROR_BUSY, "transaction");
  orm_test_wait_result (&result);
  g_assert_false (orm_database_write_finish (fixture.database, result, NULL, &fixture.error));
  assert_error (&fixture, ORM_ERROR, ORM_ERROR_BUSY, "transaction");
  g_assert_finalize_object (scope);
  g_assert_finalize_object (fixture.session);
  g_clear_object (&result);
  g_assert_finalize_object (fixture.database);
}

static void
test_closed_database (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) one = get (fixture, 1);
  OrmScope *scope = begin (fixture);

  set_size (one, 11);
  flush (fixture);
  orm_database_close (fixture->database);
  g_assert_false (orm_scope_commit (scope, NULL, &fixture->error));
  assert_error (fixture, ORM_ERROR, ORM_ERROR_FAILED, "closed");
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
test_other_session_follows (Fixture *fixture, gconstpointer data)
{
  OrmSession *other = orm_session_new (fixture->database);
  g_autoptr (OrmTestItem) theirs = orm_session_get (other, ORM_TYPE_TEST_ITEM, 1, NULL, NULL);
  g_autoptr (OrmTestItem) mine = get (fixture, 1);
  g_autoptr (OrmScope) scope = begin (fixture);

  set_size (mine, 11);
  end (fixture, scope);
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
test_old_news_wait (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) one = get (fixture, 1);
  g_autoptr (OrmScope) scope = NULL;

  orm_test_execute (fixture->database, "UPDATE item SET size = 5, weight = 2.5 WHERE id = 1");
  scope = begin (fixture);
  set_size (one, 11);
  flush (fixture);
  orm_test_wait (has_nothing_pending, NULL);
  g_assert_cmpint (one->size, ==, 11);
  g_assert_cmpfloat (one->weight, ==, 0);
  orm_scope_rollback (scope);
  g_assert_cmpint (one->size, ==, 10);
  orm_test_wait (has_new_weight, one);
  g_assert_cmpint (one->size, ==, 5);
}

/* The asynchronous forms */

static OrmScope *
begin_async (Fixture *fixture)
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
test_async (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmScope) scope = begin_async (fixture);
  g_autoptr (OrmTestItem) item = add (fixture, "c");
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_ITEM);
  g_autoptr (GAsyncResult) flushed = NULL;
  g_autoptr (GAsyncResult) counted = NULL;
  g_autoptr (GAsyncResult) committed = NULL;
  g_autoptr (GAsyncResult) again = NULL;

  orm_session_flush_async (fixture->session, NULL, orm_test_keep_result, &flushed);
  set_size (item, 2);
  orm_session_count_async (fixture->session, query, NULL, orm_test_keep_result, &counted);
  orm_test_wait_result (&flushed);
  orm_test_wait_result (&counted);
  g_assert_true (orm_session_flush_finish (fixture->session, flushed, &fixture->error));
  g_assert_cmpint (orm_session_count_finish (fixture->session, counted, &fixture->error), ==, 3);
  g_assert_cmpint (item->id, ==, 3);
  orm_scope_commit_async (scope, NULL, orm_test_keep_result, &committed);
  orm_scope_commit_async (scope, NULL, orm_test_keep_result, &again);
  /* What is asked for meanwhile comes after it. */
  g_assert_cmpint (count (fixture), ==, 3);
  orm_test_wait_result (&committed);
  orm_test_wait_result (&again);
  g_assert_true (orm_scope_commit_finish (scope, committed, &fixture->error));
  g_assert_false (orm_scope_commit_finish (scope, again, &fixture->error));
  assert_error (fixture, ORM_ERROR, ORM_ERROR_INVALID, "ended");
  g_assert_cmpint (get_sum (fixture), ==, 32);
}

/* The caller lets go of it as soon as it has asked for the commit. */
static void
test_async_let_go (Fixture *fixture, gconstpointer data)
{
  OrmScope *scope = begin_async (fixture);
  g_autoptr (OrmTestItem) item = add (fixture, "c");
  g_autoptr (GAsyncResult) result = NULL;

  orm_scope_commit_async (scope, NULL, orm_test_keep_result, &result);
  g_object_unref (scope);
  orm_test_wait_result (&result);
  g_assert_true (
      orm_scope_commit_finish (ORM_SCOPE (g_task_get_source_object (G_TASK (result))), result, &fixture->error));
  g_assert_cmpint (get_sum (fixture), ==, 31);
}

static void
test_async_result_not_taken (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  orm_session_begin_async (fixture->session, NULL, orm_test_keep_result, &result);
  orm_test_wait_result (&result);
  g_clear_object (&result);
  orm_test_execute (fixture->database, "DELETE FROM item");
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmScope) scope = begin (fixture);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (OrmTestItem) one = get (fixture, 1);
  g_autoptr (GAsyncResult) result = NULL;

  set_size (one, 11);
  g_cancellable_cancel (cancellable);
  g_assert_false (orm_session_flush (fixture->session, cancellable, &fixture->error));
  assert_error (fixture, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  /* Before anything was written: nothing is lost. */
  end (fixture, scope);
  g_assert_cmpint (get_sum (fixture), ==, 31);

  orm_session_begin_async (fixture->session, cancellable, orm_test_keep_result, &result);
  orm_test_wait_result (&result);
  g_assert_null (orm_session_begin_finish (fixture->session, result, &fixture->error));
  assert_error (fixture, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  orm_session_commit (fixture->session, NULL, &fixture->error);
}

#define SLOW_TRIGGER                                                                                                     \
  "CREATE TRIGGER slow AFTER UPDATE ON item BEGIN "                                                                      \
  "UPDATE item SET weight = (WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count (*) FROM n);" \
  "END"

/* Without the interrupt the trigger would never end. */
static void
test_interrupted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmScope) scope = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (OrmTestItem) one = get (fixture, 1);
  g_autoptr (GAsyncResult) result = NULL;

  orm_test_execute (fixture->database, SLOW_TRIGGER);
  scope = begin (fixture);
  set_size (one, 11);
  orm_session_flush_async (fixture->session, cancellable, orm_test_keep_result, &result);
  g_cancellable_cancel (cancellable);
  orm_test_wait_result (&result);
  g_assert_false (orm_session_flush_finish (fixture->session, result, &fixture->error));
  assert_error (fixture, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  g_assert_true (orm_entity_is_dirty (ORM_ENTITY (one)));
  orm_scope_rollback (scope);
  g_assert_cmpint (one->size, ==, 10);
}

/* A write that SQLite interrupts takes the whole transaction along, which every later call is told. */
static void
test_lost_transaction (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmScope) scope = NULL;
  g_autoptr (OrmTestItem) one = get (fixture, 1);
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_ITEM);

  orm_test_execute (fixture->database, "CREATE TRIGGER lose BEFORE UPDATE ON item WHEN NEW.size = 12 "
                                       "BEGIN SELECT RAISE (ROLLBACK, 'lost'); END");
  scope = begin (fixture);
  set_size (one, 11);
  flush (fixture);
  set_size (one, 12);
  g_assert_false (orm_session_flush (fixture->session, NULL, &fixture->error));
  assert_error (fixture, ORM_ERROR, ORM_ERROR_CONSTRAINT, "lost");
  g_assert_cmpint (orm_session_count (fixture->session, query, NULL, &fixture->error), ==, -1);
  assert_error (fixture, ORM_ERROR, ORM_ERROR_FAILED, "rolled back");
  g_assert_null (orm_session_begin (fixture->session, &fixture->error));
  assert_error (fixture, ORM_ERROR, ORM_ERROR_FAILED, "rolled back");
  g_assert_false (orm_scope_commit (scope, NULL, &fixture->error));
  assert_error (fixture, ORM_ERROR, ORM_ERROR_FAILED, "rolled back");
  orm_scope_rollback (scope);
  g_assert_cmpint (one->size, ==, 10);
  g_assert_cmpint (get_sum (fixture), ==, 30);
}

static const struct
{
  const char *name;
  void (*test) (Fixture *fixture, gconstpointer data);
} tests[] = {
  { "commit", test_commit },
  { "freed-is-rolled-back", test_freed_is_rolled_back },
  { "pending-before-is-pending-again", test_pending_before },
  { "savepoints", test_savepoints },
  { "outer-rolls-back-all", test_outer_rolls_back_all },
  { "rows-read-inside", test_rows_read_inside },
  { "failed-commit-stays-open", test_failed_commit_stays_open },
  { "stale-names-the-row", test_stale_names_the_row },
  { "commit-inside-is-refused", test_commit_inside_is_refused },
  { "same-thread-does-not-hang", test_same_thread_does_not_hang },
  { "async-write-waits", test_async_write_waits },
  { "closed-database", test_closed_database },
  { "other-session-follows", test_other_session_follows },
  { "old-news-wait", test_old_news_wait },
  { "async", test_async },
  { "async/let-go", test_async_let_go },
  { "async/result-not-taken", test_async_result_not_taken },
  { "cancelled", test_cancelled },
  { "interrupted", test_interrupted },
  { "lost-transaction", test_lost_transaction },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/orm/scope/", tests[i].name, NULL);

      g_test_add (path, Fixture, NULL, set_up, tests[i].test, tear_down);
    }
  g_test_add_func ("/orm/scope/busy-limit", test_busy_limit);

  return g_test_run ();
}
