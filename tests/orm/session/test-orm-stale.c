/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-item.h"
#include "orm-test.h"

typedef struct
{
  OrmDatabase *database;
  OrmSession *session;
  OrmTestItem *item;
  GPtrArray *statements;
  GError *error;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->database = orm_test_item_open (":memory:");
  fixture->session = orm_session_new (fixture->database);
  orm_session_set_checks_stale (fixture->session, TRUE);
  orm_test_execute (fixture->database, "INSERT INTO item (id, name, size) VALUES (1, 'a', 10), (2, 'b', 20)");
  fixture->item = orm_session_get (fixture->session, ORM_TYPE_TEST_ITEM, 1, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
  fixture->statements = orm_test_trace (fixture->database);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_ptr_array_unref (fixture->statements);
  g_clear_error (&fixture->error);
  g_assert_finalize_object (fixture->item);
  g_assert_finalize_object (fixture->session);
  g_assert_finalize_object (fixture->database);
}

static void
set_size (Fixture *fixture, gint64 size)
{
  orm_entity_set_int64 (ORM_ENTITY (fixture->item), ORM_TEST_ITEM_SIZE, size);
}

static void
test_statement (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);

  g_object_set (fixture->item, "name", "new", "data", bytes, NULL);
  g_assert_true (orm_session_commit (fixture->session, NULL, &fixture->error));
  g_assert_cmpuint (fixture->statements->len, ==, 1);
  g_assert_cmpstr (
      fixture->statements->pdata[0], ==,
      "UPDATE \"item\" SET \"name\" = ?, \"data\" = ? WHERE \"id\" = ? AND \"name\" IS ? AND \"data\" IS ?");
  g_object_set (fixture->item, "name", "newer", "data", NULL, NULL);
  g_assert_true (orm_session_commit (fixture->session, NULL, &fixture->error));
}

static void
test_changed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) other = orm_session_get (fixture->session, ORM_TYPE_TEST_ITEM, 2, NULL, NULL);

  orm_entity_set_int64 (ORM_ENTITY (other), ORM_TEST_ITEM_SIZE, 21);
  set_size (fixture, 11);
  orm_test_execute (fixture->database, "UPDATE item SET size = 12 WHERE id = 1");
  g_assert_false (orm_session_commit (fixture->session, NULL, &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_STALE);
  g_assert_cmpstr (fixture->error->message, ==, "The row 1 of item is not what it was when it was read");
  g_clear_error (&fixture->error);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT sum (size) FROM item"), ==, 32);

  g_assert_true (orm_session_refresh (fixture->session, ORM_ENTITY (fixture->item), NULL, &fixture->error));
  g_assert_cmpint (fixture->item->size, ==, 12);
  g_assert_false (orm_entity_is_dirty (ORM_ENTITY (fixture->item)));
  set_size (fixture, 13);
  g_assert_true (orm_session_commit (fixture->session, NULL, &fixture->error));
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT sum (size) FROM item"), ==, 34);
}

static void
test_changed_async (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_object_set (fixture->item, "name", "mine", NULL);
  orm_test_execute (fixture->database, "UPDATE item SET name = 'theirs' WHERE id = 1");
  orm_session_commit_async (fixture->session, NULL, orm_test_keep_result, &result);
  orm_test_wait_result (&result);
  g_assert_false (orm_session_commit_finish (fixture->session, result, &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_STALE);
  orm_session_rollback (fixture->session);
}

/* Of another column than those that are written. */
static void
test_other_column (Fixture *fixture, gconstpointer data)
{
  set_size (fixture, 11);
  orm_test_execute (fixture->database, "UPDATE item SET name = 'theirs' WHERE id = 1");
  g_assert_true (orm_session_commit (fixture->session, NULL, &fixture->error));
}

static void
test_unchecked (Fixture *fixture, gconstpointer data)
{
  orm_session_set_checks_stale (fixture->session, FALSE);
  set_size (fixture, 11);
  orm_test_execute (fixture->database, "UPDATE item SET size = 12 WHERE id = 1");
  g_assert_true (orm_session_commit (fixture->session, NULL, &fixture->error));
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT size FROM item WHERE id = 1"), ==, 11);
}

static void
test_reload_gone (Fixture *fixture, gconstpointer data)
{
  set_size (fixture, 11);
  orm_test_execute (fixture->database, "DELETE FROM item WHERE id = 1");
  g_assert_false (orm_session_refresh (fixture->session, ORM_ENTITY (fixture->item), NULL, &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_NO_ROW);
  g_assert_true (orm_entity_is_gone (ORM_ENTITY (fixture->item)));
  g_assert_cmpint (fixture->item->size, ==, 10);
}

static void
test_reload_while_committing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  set_size (fixture, 11);
  orm_session_commit_async (fixture->session, NULL, orm_test_keep_result, &result);
  set_size (fixture, 12);
  g_assert_true (orm_session_refresh (fixture->session, ORM_ENTITY (fixture->item), NULL, &fixture->error));
  g_assert_cmpint (fixture->item->size, ==, 11);
  orm_test_wait_result (&result);
  g_assert_true (orm_session_commit_finish (fixture->session, result, &fixture->error));

  /* What is set after it is written. */
  set_size (fixture, 13);
  g_assert_true (orm_session_commit (fixture->session, NULL, &fixture->error));
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT size FROM item WHERE id = 1"), ==, 13);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add ("/orm/stale/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("statement", test_statement);
  ADD ("changed-row-is-an-error", test_changed);
  ADD ("changed-row-is-an-error-async", test_changed_async);
  ADD ("another-column-is-none", test_other_column);
  ADD ("unchecked", test_unchecked);
  ADD ("reload/row-is-gone", test_reload_gone);
  ADD ("reload/while-committing", test_reload_while_committing);

  return g_test_run ();
}
