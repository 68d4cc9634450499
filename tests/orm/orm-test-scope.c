/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-scope.h"

#include <string.h>

static void
on_changed (OrmDatabase *database, OrmChanges *changes, gpointer data)
{
  ++*(guint *) data;
}

gboolean
scope_test_is_idle (gpointer data)
{
  return !g_main_context_pending (NULL);
}

void
scope_test_set_up (ScopeTest *fixture, gconstpointer data)
{
  fixture->database = orm_test_item_open (":memory:");
  fixture->session = orm_session_new (fixture->database);
  orm_test_execute (fixture->database, "INSERT INTO item (id, name, size) VALUES (1, 'a', 10), (2, 'b', 20)");
  orm_test_wait (scope_test_is_idle, NULL);
  g_signal_connect (fixture->database, "changed", G_CALLBACK (on_changed), &fixture->n_changed);
  fixture->statements = orm_test_trace (fixture->database);
}

void
scope_test_tear_down (ScopeTest *fixture, gconstpointer data)
{
  g_assert_no_error (fixture->error);
  g_ptr_array_unref (fixture->statements);
  g_assert_finalize_object (fixture->session);
  g_assert_finalize_object (fixture->database);
}

OrmScope *
scope_test_begin (ScopeTest *fixture)
{
  OrmScope *scope = orm_session_begin (fixture->session, &fixture->error);

  g_assert_no_error (fixture->error);
  g_assert_true (ORM_IS_SCOPE (scope));
  return scope;
}

void
scope_test_end (ScopeTest *fixture, OrmScope *scope)
{
  orm_scope_commit (scope, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_false (orm_scope_is_open (scope));
}

void
scope_test_flush (ScopeTest *fixture)
{
  orm_session_flush (fixture->session, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
}

OrmTestItem *
scope_test_get (ScopeTest *fixture, gint64 key)
{
  OrmTestItem *item = orm_session_get (fixture->session, ORM_TYPE_TEST_ITEM, key, NULL, &fixture->error);

  g_assert_no_error (fixture->error);
  return item;
}

OrmTestItem *
scope_test_add (ScopeTest *fixture, const char *name)
{
  OrmTestItem *item = orm_test_item_new (name, 1);

  orm_session_add (fixture->session, ORM_ENTITY (item));
  return item;
}

void
scope_test_set_size (OrmTestItem *item, gint64 size)
{
  orm_entity_set_int64 (ORM_ENTITY (item), ORM_TEST_ITEM_SIZE, size);
}

gint64
scope_test_count (ScopeTest *fixture)
{
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_ITEM);
  gint64 n = orm_session_count (fixture->session, query, NULL, &fixture->error);

  g_assert_no_error (fixture->error);
  return n;
}

void
scope_test_assert_error (ScopeTest *fixture, GQuark domain, int code, const char *part)
{
  g_assert_error (fixture->error, domain, code);
  g_assert_nonnull (strstr (fixture->error->message, part));
  g_clear_error (&fixture->error);
}

/* In the file, as every other connection sees it. */
gint64
scope_test_get_sum (ScopeTest *fixture)
{
  return orm_test_get_int64 (fixture->database, "SELECT sum (size) FROM item");
}
