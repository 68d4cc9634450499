/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-item.h"
#include "orm-test.h"

#include <string.h>

/* How long one waits for the thread that writes, and what ends it. */

#define LIMIT 50

/* Work that ends when the test says so. */
typedef struct
{
  GMutex lock;
  GCond moved;
  guint n_inside;
  gboolean is_open;
} Gate;

typedef struct
{
  OrmDatabase *database;
  Gate gate;
  GError *error;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_mutex_init (&fixture->gate.lock);
  g_cond_init (&fixture->gate.moved);
  fixture->database = orm_database_new (":memory:", ORM_OPEN_CREATE);
  orm_database_set_migrations (fixture->database, orm_test_item_migrations, G_N_ELEMENTS (orm_test_item_migrations));
  orm_database_set_busy_timeout (fixture->database, GPOINTER_TO_UINT (data));
  orm_database_open (fixture->database, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  orm_database_close (fixture->database);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_no_error (fixture->error);
  g_assert_finalize_object (fixture->database);
  g_mutex_clear (&fixture->gate.lock);
  g_cond_clear (&fixture->gate.moved);
}

static gboolean
pass_gate (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Gate *gate = data;

  g_mutex_lock (&gate->lock);
  gate->n_inside++;
  g_cond_broadcast (&gate->moved);
  while (!gate->is_open)
    g_cond_wait (&gate->moved, &gate->lock);
  g_mutex_unlock (&gate->lock);
  return TRUE;
}

static void
wait_inside (Fixture *fixture, guint n)
{
  g_mutex_lock (&fixture->gate.lock);
  while (fixture->gate.n_inside < n)
    g_cond_wait (&fixture->gate.moved, &fixture->gate.lock);
  g_mutex_unlock (&fixture->gate.lock);
}

static void
open_gate (Fixture *fixture)
{
  g_mutex_lock (&fixture->gate.lock);
  fixture->gate.is_open = TRUE;
  g_cond_broadcast (&fixture->gate.moved);
  g_mutex_unlock (&fixture->gate.lock);
}

/* A write that takes until open_gate(). */
static void
start_long_write (Fixture *fixture, GAsyncResult **result)
{
  orm_database_write_async (fixture->database, pass_gate, &fixture->gate, NULL, NULL, orm_test_keep_result, result);
  wait_inside (fixture, 1);
}

static void
end_long_write (Fixture *fixture, GAsyncResult **result)
{
  g_assert_null (*result);
  open_gate (fixture);
  orm_test_wait_result (result);
  g_assert_true (orm_database_write_finish (fixture->database, *result, NULL, &fixture->error));
}

static gboolean
add_item (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  OrmStatement *statement = orm_connection_prepare (connection, "INSERT INTO item (name, size) VALUES (?, 0)", error);

  if (statement == NULL)
    return FALSE;
  orm_statement_bind_text (statement, 1, data, -1);
  return orm_statement_run (statement, error);
}

static void
add_async (Fixture *fixture, const char *name, GCancellable *cancellable, GAsyncResult **result)
{
  orm_database_write_async (fixture->database, add_item, (gpointer) name, NULL, cancellable, orm_test_keep_result,
                            result);
}

static gboolean
finish (Fixture *fixture, GAsyncResult *result)
{
  return orm_database_write_finish (fixture->database, result, NULL, &fixture->error);
}

static void
assert_busy (Fixture *fixture, const char *part)
{
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_BUSY);
  g_assert_nonnull (strstr (fixture->error->message, part));
  g_clear_error (&fixture->error);
}

static void
assert_cancelled (Fixture *fixture)
{
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&fixture->error);
}

/* The names of the items, in the order in which they were written. */
static void
assert_items (Fixture *fixture, const char *expected)
{
  g_autoptr (OrmRows) rows =
      orm_database_select (fixture->database,
                           "SELECT group_concat (name, ' ') FROM (SELECT name FROM item ORDER BY id)", NULL, 0, NULL,
                           &fixture->error);

  g_assert_no_error (fixture->error);
  g_assert_cmpstr (orm_rows_get (rows, 0, 0)->text, ==, expected);
}

/* The limit */

static gpointer
add_on_thread (gpointer data)
{
  GError *error = NULL;

  orm_database_write (data, add_item, (gpointer) "thread", NULL, &error);
  return error;
}

static void
test_long_write (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) late = NULL;

  start_long_write (fixture, &result);
  add_async (fixture, "late", NULL, &late);
  orm_test_wait_result (&late);
  g_assert_false (finish (fixture, late));
  assert_busy (fixture, "takes long");

  fixture->error = g_thread_join (g_thread_new ("writer", add_on_thread, fixture->database));
  assert_busy (fixture, "takes long");
  g_assert_false (orm_database_write (fixture->database, add_item, (gpointer) "here", NULL, &fixture->error));
  assert_busy (fixture, "takes long");

  end_long_write (fixture, &result);
  g_assert_true (orm_database_write (fixture->database, add_item, (gpointer) "after", NULL, &fixture->error));
  assert_items (fixture, "after");
}

#define SELECT_FOR_EVER                                                                                                \
  "WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number) "                                        \
  "SELECT * FROM item WHERE size < (SELECT count (*) FROM number)"

/* A scope that is in the middle of work, so that nobody but who waits can look at the time. */
static void
test_busy_scope (Fixture *fixture, gconstpointer data)
{
  OrmSession *session = orm_session_new (fixture->database);
  OrmScope *scope = orm_session_begin (session, &fixture->error);
  OrmTestItem *item = orm_test_item_new ("mine", 1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) late = NULL;

  orm_session_add (session, ORM_ENTITY (item));
  orm_session_flush (session, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
  orm_session_all_sql_async (session, ORM_TYPE_TEST_ITEM, SELECT_FOR_EVER, NULL, 0, cancellable, orm_test_keep_result,
                             &result);
  add_async (fixture, "late", NULL, &late);
  fixture->error = g_thread_join (g_thread_new ("writer", add_on_thread, fixture->database));
  assert_busy (fixture, "transaction");
  orm_test_wait_result (&late);
  g_assert_false (finish (fixture, late));
  assert_busy (fixture, "transaction");

  g_assert_null (result);
  g_cancellable_cancel (cancellable);
  orm_test_wait_result (&result);
  g_assert_null (orm_session_all_finish (session, result, &fixture->error));
  assert_cancelled (fixture);
  g_assert_true (orm_scope_commit (scope, NULL, &fixture->error));
  assert_items (fixture, "mine");
  g_clear_object (&result);
  g_assert_finalize_object (scope);
  g_assert_finalize_object (session);
  g_assert_finalize_object (item);
}

/* A scope that comes too late holds nothing. */
static void
test_late_scope (Fixture *fixture, gconstpointer data)
{
  OrmSession *session = orm_session_new (fixture->database);
  OrmScope *scope;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) late = NULL;

  start_long_write (fixture, &result);
  orm_session_begin_async (session, NULL, orm_test_keep_result, &late);
  orm_test_wait_result (&late);
  g_assert_null (orm_session_begin_finish (session, late, &fixture->error));
  assert_busy (fixture, "takes long");
  g_clear_object (&late);
  g_assert_null (orm_session_begin (session, &fixture->error));
  assert_busy (fixture, "takes long");
  end_long_write (fixture, &result);

  g_assert_true (orm_database_write (fixture->database, add_item, (gpointer) "one", NULL, &fixture->error));
  scope = orm_session_begin (session, &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_true (orm_scope_commit (scope, NULL, &fixture->error));
  g_assert_finalize_object (scope);
  g_assert_finalize_object (session);
}

/* What a commit that comes too late was to write is pending again. */
static void
test_late_commit (Fixture *fixture, gconstpointer data)
{
  OrmSession *session = orm_session_new (fixture->database);
  OrmTestItem *item = orm_test_item_new ("mine", 1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) late = NULL;

  start_long_write (fixture, &result);
  orm_session_add (session, ORM_ENTITY (item));
  orm_session_commit_async (session, NULL, orm_test_keep_result, &late);
  /* This waits for the one before, which is given up while nobody looks at the main context. */
  g_assert_false (orm_session_commit (session, NULL, &fixture->error));
  assert_busy (fixture, "takes long");
  orm_test_wait_result (&late);
  g_assert_false (orm_session_commit_finish (session, late, &fixture->error));
  assert_busy (fixture, "takes long");
  g_assert_true (orm_session_is_modified (session));
  end_long_write (fixture, &result);

  g_assert_true (orm_session_commit (session, NULL, &fixture->error));
  assert_items (fixture, "mine");
  g_clear_object (&late);
  g_assert_finalize_object (session);
  g_assert_finalize_object (item);
}

static gboolean
take_a_while (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_usleep (800000);
  return TRUE;
}

#define N_OWN 6

/* Six times a third of the limit: each own write is waited for by itself, and all of them by another thread. */
static void
test_own_writes (Fixture *fixture, gconstpointer data)
{
  GAsyncResult *results[N_OWN] = { 0 };
  GThread *thread;

  for (guint i = 0; i < N_OWN; i++)
    orm_database_write_async (fixture->database, take_a_while, NULL, NULL, NULL, orm_test_keep_result, &results[i]);
  thread = g_thread_new ("writer", add_on_thread, fixture->database);
  for (guint i = 0; i < N_OWN; i++)
    {
      orm_test_wait_result (&results[i]);
      g_assert_true (finish (fixture, results[i]));
      g_object_unref (results[i]);
    }
  fixture->error = g_thread_join (thread);
  assert_busy (fixture, "takes long");
  assert_items (fixture, NULL);
}

/* Cancellation */

static void
test_cancelled_async (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "one", "two", "three" };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *results[3] = { 0 };

  start_long_write (fixture, &result);
  for (guint i = 0; i < 3; i++)
    add_async (fixture, names[i], i == 1 ? cancellable : NULL, &results[i]);
  g_cancellable_cancel (cancellable);
  orm_test_wait_result (&results[1]);
  g_assert_false (finish (fixture, results[1]));
  assert_cancelled (fixture);
  end_long_write (fixture, &result);

  orm_test_wait_result (&results[2]);
  g_assert_true (finish (fixture, results[0]));
  g_assert_true (finish (fixture, results[2]));
  assert_items (fixture, "one three");
  for (guint i = 0; i < 3; i++)
    g_object_unref (results[i]);
}

typedef struct
{
  OrmDatabase *database;
  GCancellable *cancellable;
  gboolean reads;
} Call;

static gpointer
call_on_thread (gpointer data)
{
  Call *call = data;
  GError *error = NULL;

  if (call->reads)
    orm_database_read (call->database, add_item, (gpointer) "thread", call->cancellable, &error);
  else
    orm_database_write (call->database, add_item, (gpointer) "thread", call->cancellable, &error);
  return error;
}

static void
test_cancelled_plain (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  Call call = { fixture->database, cancellable, FALSE };
  GThread *thread;

  start_long_write (fixture, &result);
  thread = g_thread_new ("writer", call_on_thread, &call);
  g_cancellable_cancel (cancellable);
  fixture->error = g_thread_join (thread);
  assert_cancelled (fixture);
  end_long_write (fixture, &result);
  assert_items (fixture, NULL);
}

/* Behind two others that read, which are all that can read at a time. */
static void
test_cancelled_read (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Call call = { fixture->database, cancellable, TRUE };
  GAsyncResult *results[3] = { 0 };
  GThread *thread;

  for (guint i = 0; i < 2; i++)
    orm_database_read_async (fixture->database, pass_gate, &fixture->gate, NULL, NULL, orm_test_keep_result,
                             &results[i]);
  wait_inside (fixture, 2);
  orm_database_read_async (fixture->database, pass_gate, &fixture->gate, NULL, cancellable, orm_test_keep_result,
                           &results[2]);
  thread = g_thread_new ("reader", call_on_thread, &call);
  g_cancellable_cancel (cancellable);
  orm_test_wait_result (&results[2]);
  g_assert_false (orm_database_read_finish (fixture->database, results[2], NULL, &fixture->error));
  assert_cancelled (fixture);
  fixture->error = g_thread_join (thread);
  assert_cancelled (fixture);
  g_assert_null (results[0]);
  g_assert_null (results[1]);

  open_gate (fixture);
  for (guint i = 0; i < 3; i++)
    {
      orm_test_wait_result (&results[i]);
      g_object_unref (results[i]);
    }
  g_assert_cmpuint (fixture->gate.n_inside, ==, 2);
}

/* Before it was asked for. */
static void
test_cancelled_before (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) late = NULL;

  g_cancellable_cancel (cancellable);
  start_long_write (fixture, &result);
  add_async (fixture, "late", cancellable, &late);
  orm_test_wait_result (&late);
  g_assert_false (finish (fixture, late));
  assert_cancelled (fixture);
  g_assert_false (orm_database_write (fixture->database, add_item, (gpointer) "late", cancellable, &fixture->error));
  assert_cancelled (fixture);
  end_long_write (fixture, &result);
  assert_items (fixture, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, limit, function)                                                                                     \
  g_test_add ("/orm/database-wait/" path, Fixture, GUINT_TO_POINTER (limit), set_up, function, tear_down)
  ADD ("limit/long-write", LIMIT, test_long_write);
  ADD ("limit/busy-scope", LIMIT, test_busy_scope);
  ADD ("limit/late-scope", LIMIT, test_late_scope);
  ADD ("limit/late-commit", LIMIT, test_late_commit);
  ADD ("limit/own-writes", 2400, test_own_writes);
  ADD ("cancelled/async", 60000, test_cancelled_async);
  ADD ("cancelled/plain", 60000, test_cancelled_plain);
  ADD ("cancelled/read", 60000, test_cancelled_read);
  ADD ("cancelled/before", 60000, test_cancelled_before);

  return g_test_run ();
}
