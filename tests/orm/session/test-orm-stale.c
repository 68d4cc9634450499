/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-book.h"
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

static gboolean
is_theirs (gpointer data)
{
  return g_str_equal (ORM_TEST_ITEM (data)->name, "theirs");
}

static void
assert_stale (Fixture *fixture)
{
  g_assert_false (orm_session_commit (fixture->session, NULL, &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_STALE);
  g_assert_cmpstr (fixture->error->message, ==, "The row 1 of item is not what it was when it was read");
  g_clear_error (&fixture->error);
}

/* The live object has been told of the other's change, and has taken up what it has no change of. */
static void
test_followed (Fixture *fixture, gconstpointer data)
{
  set_size (fixture, 11);
  orm_test_execute (fixture->database, "UPDATE item SET size = 12, name = 'theirs' WHERE id = 1");
  orm_test_wait (is_theirs, fixture->item);
  set_size (fixture, 13);
  assert_stale (fixture);
  assert_stale (fixture);
  orm_session_rollback (fixture->session);
  g_assert_cmpint (fixture->item->size, ==, 12);
  g_assert_false (orm_entity_is_dirty (ORM_ENTITY (fixture->item)));
  set_size (fixture, 14);
  g_assert_true (orm_session_commit (fixture->session, NULL, &fixture->error));
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT size FROM item WHERE id = 1"), ==, 14);
}

static void
test_followed_back (Fixture *fixture, gconstpointer data)
{
  set_size (fixture, 11);
  orm_test_execute (fixture->database, "UPDATE item SET size = 12, name = 'theirs' WHERE id = 1");
  orm_test_wait (is_theirs, fixture->item);
  orm_test_execute (fixture->database, "UPDATE item SET size = 10, name = 'x' WHERE id = 1");
  orm_test_execute (fixture->database, "UPDATE item SET name = 'theirs' WHERE id = 1");
  orm_test_wait (is_theirs, fixture->item);
  g_assert_true (orm_session_commit (fixture->session, NULL, &fixture->error));
}

static void
test_followed_unedited (Fixture *fixture, gconstpointer data)
{
  orm_test_execute (fixture->database, "UPDATE item SET size = 12, name = 'theirs' WHERE id = 1");
  orm_test_wait (is_theirs, fixture->item);
  set_size (fixture, fixture->item->size + 1);
  g_assert_true (orm_session_commit (fixture->session, NULL, &fixture->error));
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT size FROM item WHERE id = 1"), ==, 13);
}

/* What was seen of the other is what it was when a scope ends without being kept. */
static void
test_followed_before_scope (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmScope) scope = NULL;

  set_size (fixture, 11);
  orm_test_execute (fixture->database, "UPDATE item SET size = 12, name = 'theirs' WHERE id = 1");
  orm_test_wait (is_theirs, fixture->item);
  scope = orm_session_begin (fixture->session, &fixture->error);
  orm_session_rollback (fixture->session);
  g_assert_cmpint (fixture->item->size, ==, 12);
  set_size (fixture, 13);
  g_assert_true (orm_session_flush (fixture->session, NULL, &fixture->error));
  orm_scope_rollback (scope);
  g_assert_cmpint (fixture->item->size, ==, 11);
  assert_stale (fixture);
  orm_session_rollback (fixture->session);
  g_assert_cmpint (fixture->item->size, ==, 12);
}

#define DELETE_CHECKED                                                                                                  \
  "DELETE FROM \"item\" WHERE \"id\" = ? AND \"name\" IS ? AND \"size\" IS ? AND \"weight\" IS ? AND \"is_done\" IS ? " \
  "AND \"data\" IS ? AND \"created\" IS ? AND \"kind\" IS ? AND \"marks\" IS ?"

static void
test_delete (Fixture *fixture, gconstpointer data)
{
  set_size (fixture, 11);
  orm_session_delete (fixture->session, ORM_ENTITY (fixture->item));
  g_assert_true (orm_session_commit (fixture->session, NULL, &fixture->error));
  orm_test_assert_statements (fixture->statements, DELETE_CHECKED, NULL);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count(*) FROM item"), ==, 1);
}

/* Of the columns that were loaded. */
static void
test_delete_load_only (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_ITEM);
  const OrmValue two = { .type = ORM_VALUE_INT64, .int64 = 2 };
  g_autoptr (OrmTestItem) item = NULL;

  orm_query_filter (query, orm_equal ("id", &two));
  orm_query_load_only (query, "name", NULL);
  item = orm_session_one (fixture->session, query, NULL, &fixture->error);
  orm_test_execute (fixture->database, "UPDATE item SET size = 21 WHERE id = 2");
  g_ptr_array_set_size (fixture->statements, 0);
  orm_session_delete (fixture->session, ORM_ENTITY (item));
  g_assert_true (orm_session_commit (fixture->session, NULL, &fixture->error));
  orm_test_assert_statements (fixture->statements, "DELETE FROM \"item\" WHERE \"id\" = ? AND \"name\" IS ?", NULL);
}

static void
test_delete_changed (Fixture *fixture, gconstpointer data)
{
  orm_session_delete (fixture->session, ORM_ENTITY (fixture->item));
  orm_test_execute (fixture->database, "UPDATE item SET name = 'theirs' WHERE id = 1");
  if (data != NULL)
    orm_test_wait (is_theirs, fixture->item);
  assert_stale (fixture);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count(*) FROM item"), ==, 2);

  g_assert_true (orm_session_refresh (fixture->session, ORM_ENTITY (fixture->item), NULL, &fixture->error));
  g_assert_true (is_theirs (fixture->item));
  g_assert_false (orm_session_is_modified (fixture->session));
  orm_session_delete (fixture->session, ORM_ENTITY (fixture->item));
  g_assert_true (orm_session_commit (fixture->session, NULL, &fixture->error));
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count(*) FROM item"), ==, 1);
}

/* A change that was taken back by deleting, and a deletion that was taken back itself. */
static void
test_delete_taken_back (Fixture *fixture, gconstpointer data)
{
  orm_session_delete (fixture->session, ORM_ENTITY (fixture->item));
  orm_test_execute (fixture->database, "UPDATE item SET name = 'theirs', size = 12 WHERE id = 1");
  orm_test_wait (is_theirs, fixture->item);
  orm_session_add (fixture->session, ORM_ENTITY (fixture->item));
  set_size (fixture, fixture->item->size + 1);
  g_assert_true (orm_session_commit (fixture->session, NULL, &fixture->error));
  orm_session_delete (fixture->session, ORM_ENTITY (fixture->item));
  orm_session_rollback (fixture->session);
  orm_session_delete (fixture->session, ORM_ENTITY (fixture->item));
  g_assert_true (orm_session_commit (fixture->session, NULL, &fixture->error));
}

static void
test_delete_followed (Fixture *fixture, gconstpointer data)
{
  orm_test_execute (fixture->database, "UPDATE item SET name = 'theirs' WHERE id = 1");
  orm_test_wait (is_theirs, fixture->item);
  orm_session_delete (fixture->session, ORM_ENTITY (fixture->item));
  g_assert_true (orm_session_commit (fixture->session, NULL, &fixture->error));
}

static gboolean
is_gone (gpointer data)
{
  return orm_entity_is_gone (data);
}

static void
test_delete_gone (Fixture *fixture, gconstpointer data)
{
  orm_session_delete (fixture->session, ORM_ENTITY (fixture->item));
  orm_test_execute (fixture->database, "DELETE FROM item WHERE id = 1");
  assert_stale (fixture);
  orm_test_wait (is_gone, fixture->item);
  g_assert_false (orm_session_commit (fixture->session, NULL, &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_STALE);
  g_clear_error (&fixture->error);
  g_assert_false (orm_session_refresh (fixture->session, ORM_ENTITY (fixture->item), NULL, &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_NO_ROW);
  g_clear_error (&fixture->error);

  /* What is known to be gone needs no deletion. */
  orm_session_delete (fixture->session, ORM_ENTITY (fixture->item));
  g_assert_false (orm_session_is_modified (fixture->session));
  g_assert_true (orm_session_commit (fixture->session, NULL, &fixture->error));
}

/* What the schema does to one row when another goes, by the same commit, is not another's doing. */
static void
test_delete_after_trigger (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) other = orm_session_get (fixture->session, ORM_TYPE_TEST_ITEM, 2, NULL, NULL);

  orm_test_execute (fixture->database, data);
  orm_session_delete (fixture->session, ORM_ENTITY (fixture->item));
  orm_session_delete (fixture->session, ORM_ENTITY (other));
  orm_session_commit (fixture->session, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count(*) FROM item"), ==, 0);
}

/* A value of which an object cannot have all is as it was read. */
static void
test_inexact (Fixture *fixture, gconstpointer set)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE item SET %s", (const char *) set);
  g_autoptr (OrmTestItem) other = NULL;

  orm_test_execute (fixture->database, sql);
  orm_test_settle ();
  g_assert_true (orm_session_refresh (fixture->session, ORM_ENTITY (fixture->item), NULL, &fixture->error));
  other = orm_session_get (fixture->session, ORM_TYPE_TEST_ITEM, 2, NULL, &fixture->error);
  g_object_set (fixture->item, "name", "new", "is-done", !fixture->item->is_done, NULL);
  orm_session_commit (fixture->session, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count(*) FROM item WHERE name = 'new'"), ==, 1);
  orm_session_delete (fixture->session, ORM_ENTITY (other));
  orm_session_commit (fixture->session, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count(*) FROM item"), ==, 1);

  /* What another makes of it is seen nevertheless. */
  g_object_set (fixture->item, "name", "newer", NULL);
  orm_test_execute (fixture->database, "UPDATE item SET name = 'theirs' || char (0) || 'x'");
  g_assert_false (orm_session_commit (fixture->session, NULL, &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_STALE);
  orm_session_rollback (fixture->session);
}

/* That the scope has written the row before does not make it its own. */
static void
test_delete_changed_in_scope (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmScope) scope = NULL;

  orm_test_execute (fixture->database, "UPDATE item SET name = 'theirs' WHERE id = 1");
  scope = orm_session_begin (fixture->session, &fixture->error);
  set_size (fixture, 50);
  g_assert_true (orm_session_flush (fixture->session, NULL, &fixture->error));
  orm_session_delete (fixture->session, ORM_ENTITY (fixture->item));
  g_assert_false (orm_session_flush (fixture->session, NULL, &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_STALE);
  g_clear_object (&scope);
  orm_session_rollback (fixture->session);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count(*) FROM item WHERE name = 'theirs'"), ==, 1);
}

/* Another spelling is another value, also where the column does not tell them apart. */
static void
test_another_case (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmTestAuthor) author = NULL;

  orm_test_execute (fixture->database, ORM_TEST_CREATE_AUTHOR "; INSERT INTO author VALUES (1, 'ende')");
  author = orm_session_get (fixture->session, ORM_TYPE_TEST_AUTHOR, 1, NULL, &fixture->error);
  g_object_set (author, "name", "M. Ende", NULL);
  orm_test_execute (fixture->database, "UPDATE author SET name = 'Ende'");
  g_assert_false (orm_session_commit (fixture->session, NULL, &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_STALE);
  g_clear_error (&fixture->error);
  orm_session_rollback (fixture->session);
  orm_session_delete (fixture->session, ORM_ENTITY (author));
  g_assert_false (orm_session_commit (fixture->session, NULL, &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_STALE);
  orm_session_rollback (fixture->session);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD_WITH(path, function, data) g_test_add ("/orm/stale/" path, Fixture, data, set_up, function, tear_down)
#define ADD(path, function)            ADD_WITH (path, function, NULL)
  ADD ("statement", test_statement);
  ADD ("changed-row-is-an-error", test_changed);
  ADD ("changed-row-is-an-error-async", test_changed_async);
  ADD ("another-column-is-none", test_other_column);
  ADD ("another-case-is-one", test_another_case);
  ADD ("unchecked", test_unchecked);
  ADD ("followed", test_followed);
  ADD ("followed/and-back", test_followed_back);
  ADD ("followed/unedited", test_followed_unedited);
  ADD ("followed/before-scope", test_followed_before_scope);
  ADD ("delete", test_delete);
  ADD ("delete/load-only", test_delete_load_only);
  ADD ("delete/changed", test_delete_changed);
  ADD_WITH ("delete/changed-and-followed", test_delete_changed, "wait");
  ADD ("delete/taken-back", test_delete_taken_back);
  ADD ("delete/followed", test_delete_followed);
  ADD ("delete/gone", test_delete_gone);
  ADD ("delete/changed-in-scope", test_delete_changed_in_scope);
  ADD_WITH ("inexact/text", test_inexact, "name = name || char (0) || 'x'");
  ADD_WITH ("inexact/boolean", test_inexact, "is_done = 5");
  ADD_WITH ("inexact/date", test_inexact, "created = 9223372036854775807");
  ADD_WITH ("delete/after-trigger-deletes", test_delete_after_trigger,
            "CREATE TRIGGER next AFTER DELETE ON item BEGIN DELETE FROM item WHERE id = old.id + 1; END");
  ADD_WITH ("delete/after-trigger-updates", test_delete_after_trigger,
            "CREATE TRIGGER next AFTER DELETE ON item BEGIN UPDATE item SET size = 0 WHERE id = old.id + 1; END");
  ADD ("reload/row-is-gone", test_reload_gone);
  ADD ("reload/while-committing", test_reload_while_committing);

  return g_test_run ();
}
