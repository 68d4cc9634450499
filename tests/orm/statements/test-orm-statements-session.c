/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-statements.h"

#include <string.h>

/* The statements of a session: sessionmaker, the words of a session, the identity map, and rows in bulk. */

#define ITEM_GET ITEM_SELECT " WHERE \"id\" = ?"

static void
set_size (OrmTestItem *item, gint64 size)
{
  orm_entity_set_int64 (ORM_ENTITY (item), ORM_TEST_ITEM_SIZE, size);
}

static void
flush (StatementTest *test)
{
  g_assert_true (orm_session_flush (test->session, NULL, NULL));
}

/* with Session.begin () as session: its end commits */
static void
ask_scope (StatementTest *test)
{
  g_autoptr (OrmScope) scope = orm_session_begin (test->session, NULL);

  set_size (test->item, 5);
  g_assert_true (orm_scope_commit (scope, NULL, NULL));
}

/* with Session.begin () as session: raise */
static void
ask_scope_left (StatementTest *test)
{
  G_GNUC_UNUSED g_autoptr (OrmScope) scope = orm_session_begin (test->session, NULL);

  orm_session_add (test->session, ORM_ENTITY (test->fresh));
  flush (test);
}

/* session.begin_nested (): a savepoint that is kept, and one that is not */
static void
ask_begin_nested (StatementTest *test)
{
  g_autoptr (OrmScope) outer = orm_session_begin (test->session, NULL);
  OrmScope *inner = orm_session_begin (test->session, NULL);

  set_size (test->item, 5);
  g_assert_true (orm_scope_commit (inner, NULL, NULL));
  g_object_unref (inner);
  inner = orm_session_begin (test->session, NULL);
  set_size (test->item, 6);
  flush (test);
  g_object_unref (inner);
  g_assert_cmpint (test->item->size, ==, 5);
  g_assert_true (orm_scope_commit (outer, NULL, NULL));
  g_assert_cmpint (orm_test_get_int64 (test->database, "SELECT size FROM item WHERE id = 1"), ==, 5);
}

/* session.flush (): in a transaction, whose queries see it */
static void
ask_flush (StatementTest *test)
{
  g_autoptr (OrmScope) scope = orm_session_begin (test->session, NULL);

  orm_session_add (test->session, ORM_ENTITY (test->fresh));
  flush (test);
  g_assert_cmpint (test->fresh->id, ==, 3);
  g_assert_cmpint (orm_session_count (test->session, test->query, NULL, NULL), ==, 3);
  set_size (test->fresh, 5);
  g_assert_true (orm_scope_commit (scope, NULL, NULL));
}

static const StatementLine scope_lines[] = {
  { "scope", ask_scope, { ITEM_UPDATE_SIZE } },
  { "scope-left", ask_scope_left, { ITEM_INSERT } },
  { "begin_nested", ask_begin_nested, { ITEM_UPDATE_SIZE, ITEM_UPDATE_SIZE, "SELECT size FROM item WHERE id = 1" } },
  { "flush", ask_flush, { ITEM_INSERT, "SELECT count(*) FROM \"item\"", ITEM_UPDATE_SIZE } },
};

/* session.add (); the new key comes back */
static void
ask_add (StatementTest *test)
{
  orm_session_add (test->session, ORM_ENTITY (test->fresh));
  statement_test_commit (test);
  g_assert_cmpint (test->fresh->id, ==, 3);
}

/* session.add_all ([…]) */
static void
ask_add_all (StatementTest *test)
{
  g_autoptr (OrmTestItem) other = orm_test_item_new ("other", 4);
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  g_ptr_array_add (all, test->fresh);
  g_ptr_array_add (all, other);
  orm_session_add_all (test->session, all);
  statement_test_commit (test);
}

/* session.delete () */
static void
ask_delete (StatementTest *test)
{
  orm_session_delete (test->session, ORM_ENTITY (test->item));
  statement_test_commit (test);
  g_assert_true (orm_entity_is_gone (ORM_ENTITY (test->item)));
}

/* session.merge (): of a row that is not alive, that is, and that is not there */
static void
ask_merge (StatementTest *test)
{
  g_autoptr (OrmTestItem) live = NULL;

  orm_entity_set_int64 (ORM_ENTITY (test->fresh), ORM_TEST_ITEM_ID, 2);
  live = orm_session_merge (test->session, ORM_ENTITY (test->fresh), NULL, NULL);
  g_assert_cmpint (live->size, ==, 3);
  statement_test_commit (test);
}

static void
ask_merge_alive (StatementTest *test)
{
  g_autoptr (OrmTestItem) live = NULL;

  orm_entity_set_int64 (ORM_ENTITY (test->fresh), ORM_TEST_ITEM_ID, 1);
  live = orm_session_merge (test->session, ORM_ENTITY (test->fresh), NULL, NULL);
  g_assert_true (live == test->item);
  orm_session_rollback (test->session);
}

static void
ask_merge_absent (StatementTest *test)
{
  g_autoptr (OrmTestItem) live = NULL;

  orm_entity_set_int64 (ORM_ENTITY (test->fresh), ORM_TEST_ITEM_ID, 9);
  live = orm_session_merge (test->session, ORM_ENTITY (test->fresh), NULL, NULL);
  statement_test_commit (test);
  g_assert_cmpint (live->id, ==, 9);
}

/* session.commit (): the columns that changed */
static void
ask_commit (StatementTest *test)
{
  set_size (test->item, 5);
  statement_test_commit (test);
}

static void
ask_commit_of_two_columns (StatementTest *test)
{
  set_size (test->item, 5);
  orm_entity_set_text (ORM_ENTITY (test->item), ORM_TEST_ITEM_NAME, "new");
  statement_test_commit (test);
}

static void
ask_commit_of_nothing (StatementTest *test)
{
  set_size (test->item, 1); /* which it is */
  statement_test_commit (test);
  set_size (test->item, 5);
  g_assert_true (orm_entity_is_dirty (ORM_ENTITY (test->item)));
  set_size (test->item, 1);
  g_assert_false (orm_entity_is_dirty (ORM_ENTITY (test->item)));
  statement_test_commit (test);
}

/* It was back at what it was once, and is another now. */
static void
ask_commit_after_nothing (StatementTest *test)
{
  ask_commit_of_nothing (test);
  set_size (test->item, 7);
  statement_test_commit (test);
}

static gboolean
write_more (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return orm_connection_execute (connection, "UPDATE item SET weight = 2 WHERE id = 2", error);
}

/* session.commit () with more work in its transaction */
static void
ask_commit_with (StatementTest *test)
{
  set_size (test->item, 5);
  g_assert_true (orm_session_commit_with (test->session, write_more, NULL, NULL, NULL));
}

/* The same, before what the session writes */
static void
ask_commit_after (StatementTest *test)
{
  set_size (test->item, 5);
  g_assert_true (orm_session_commit_after (test->session, write_more, NULL, NULL, NULL));
}

/* session.rollback (): the values that were read, without reading them */
static void
ask_rollback (StatementTest *test)
{
  set_size (test->item, 5);
  orm_session_rollback (test->session);
  g_assert_cmpint (test->item->size, ==, 1);
  statement_test_commit (test);
}

/* session.refresh () */
static void
ask_refresh (StatementTest *test)
{
  set_size (test->item, 5);
  g_assert_true (orm_session_refresh (test->session, ORM_ENTITY (test->item), NULL, NULL));
  g_assert_cmpint (test->item->size, ==, 1);
}

/* session.expunge (), session.expunge_all () */
static void
ask_expunge (StatementTest *test)
{
  set_size (test->item, 5);
  orm_session_expunge (test->session, ORM_ENTITY (test->item));
  statement_test_commit (test);
}

static void
ask_expunge_all (StatementTest *test)
{
  set_size (test->item, 5);
  orm_session_add (test->session, ORM_ENTITY (test->fresh));
  orm_session_expunge_all (test->session);
  statement_test_commit (test);
}

/* session.dirty, session.new */
static void
ask_pending (StatementTest *test)
{
  g_autoptr (GPtrArray) dirty = NULL;

  set_size (test->item, 5);
  dirty = orm_session_list_pending (test->session, ORM_CHANGE_UPDATE);
  g_assert_cmpuint (dirty->len, ==, 1);
  g_assert_true (orm_session_is_modified (test->session));
  orm_session_rollback (test->session);
}

static void
assert_stale (StatementTest *test)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (orm_session_commit (test->session, NULL, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_STALE);
  g_assert_nonnull (strstr (error->message, "row 1 of item"));
  orm_session_rollback (test->session);
}

/* StaleDataError, by version_id_col: the row changed since it was read … */
static void
ask_stale (StatementTest *test)
{
  orm_session_set_checks_stale (test->session, TRUE);
  orm_test_execute (test->database, "UPDATE item SET size = 7");
  set_size (test->item, 5);
  assert_stale (test);
}

/* … or vanished, which needs no check */
static void
ask_stale_vanished (StatementTest *test)
{
  orm_test_execute (test->database, "DELETE FROM item");
  set_size (test->item, 5);
  assert_stale (test);
}

static const StatementLine session_lines[] = {
  { "add", ask_add, { ITEM_INSERT } },
  { "add_all", ask_add_all, { ITEM_INSERT, ITEM_INSERT } },
  { "delete", ask_delete, { "DELETE FROM \"item\" WHERE \"id\" = ?" } },
  { "merge", ask_merge, { ITEM_GET, "UPDATE \"item\" SET \"name\" = ?, \"size\" = ? WHERE \"id\" = ?" } },
  { "merge-alive", ask_merge_alive, { NULL } },
  { "merge-absent",
    ask_merge_absent,
    { ITEM_GET, "INSERT INTO \"item\" (\"id\", \"name\", \"size\", \"weight\", \"is_done\", \"kind\", \"marks\") "
                "VALUES (?, ?, ?, ?, ?, ?, ?)" } },
  { "commit", ask_commit, { ITEM_UPDATE_SIZE } },
  { "commit-of-two-columns",
    ask_commit_of_two_columns,
    { "UPDATE \"item\" SET \"name\" = ?, \"size\" = ? WHERE \"id\" = ?" } },
  { "commit-of-nothing", ask_commit_of_nothing, { NULL } },
  { "commit-after-nothing", ask_commit_after_nothing, { ITEM_UPDATE_SIZE } },
  { "commit_with", ask_commit_with, { ITEM_UPDATE_SIZE, "UPDATE item SET weight = 2 WHERE id = 2" } },
  { "commit_after", ask_commit_after, { "UPDATE item SET weight = 2 WHERE id = 2", ITEM_UPDATE_SIZE } },
  { "rollback", ask_rollback, { NULL } },
  { "refresh", ask_refresh, { ITEM_GET } },
  { "expunge", ask_expunge, { NULL } },
  { "expunge_all", ask_expunge_all, { NULL } },
  { "dirty", ask_pending, { NULL } },
  { "stale", ask_stale, { "UPDATE item SET size = 7", ITEM_UPDATE_SIZE " AND \"size\" IS ?", ITEM_GET } },
  { "stale-vanished", ask_stale_vanished, { "DELETE FROM item", ITEM_UPDATE_SIZE } },
};

/* session.get () of what is in the identity map */
static void
ask_get_alive (StatementTest *test)
{
  g_autoptr (OrmTestItem) same = orm_session_get (test->session, ORM_TYPE_TEST_ITEM, 1, NULL, NULL);

  g_assert_true (same == test->item);
}

/* session.identity_map.get (): without reading, whether it is alive or not */
static void
ask_lookup (StatementTest *test)
{
  g_autoptr (OrmTestItem) same = orm_session_lookup (test->session, ORM_TYPE_TEST_ITEM, 1);

  g_assert_true (same == test->item);
  g_assert_null (orm_session_lookup (test->session, ORM_TYPE_TEST_ITEM, 2));
}

/* held weakly: what nobody holds is read again */
static void
ask_get_twice (StatementTest *test)
{
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (OrmTestItem) two = orm_session_get (test->session, ORM_TYPE_TEST_ITEM, 2, NULL, NULL);

      g_assert_cmpint (two->size, ==, 2);
    }
}

/* A query gives the same object, and leaves its unsaved edit. */
static void
ask_query_of_an_edited (StatementTest *test)
{
  g_autoptr (OrmTestItem) same = NULL;

  set_size (test->item, 5);
  same = orm_session_first (test->session, test->query, NULL, NULL);
  g_assert_true (same == test->item);
  g_assert_cmpint (same->size, ==, 5);
  orm_session_rollback (test->session);
}

static gboolean
has_size_7 (gpointer item)
{
  return ORM_TEST_ITEM (item)->size == 7;
}

/* expire_on_commit: live objects alone follow a row that changed elsewhere, all by one statement */
static void
ask_follow (StatementTest *test)
{
  g_autoptr (OrmTestItem) two = orm_session_get (test->session, ORM_TYPE_TEST_ITEM, 2, NULL, NULL);

  orm_test_execute (test->database, "INSERT INTO item (name) VALUES ('c'), ('d')");
  orm_test_execute (test->database, "UPDATE item SET size = 7");
  orm_test_wait (has_size_7, test->item);
  orm_test_wait (has_size_7, two);
}

static const StatementLine map_lines[] = {
  { "get-of-a-live-object", ask_get_alive, { NULL } },
  { "lookup", ask_lookup, { NULL } },
  { "get-twice", ask_get_twice, { ITEM_GET, ITEM_GET } },
  { "query-of-an-edited", ask_query_of_an_edited, { ITEM_SELECT " LIMIT ? OFFSET ?" } },
  { "follow",
    ask_follow,
    { ITEM_GET, "INSERT INTO item (name) VALUES ('c'), ('d')", "UPDATE item SET size = 7",
      ITEM_SELECT " WHERE \"id\" IN (SELECT value FROM json_each (?))" } },
};

/* session.bulk_insert_mappings (Item, […]): one prepared statement, a row each */
static void
ask_bulk_insert (StatementTest *test)
{
  const char *const names[] = { "name", "size" };
  const OrmValue other = { .type = ORM_VALUE_TEXT, .text = (char *) "y" };
  const OrmValue values[] = { test->text, test->number, other, test->number };

  g_assert_true (orm_session_bulk_insert (test->session, ORM_TYPE_TEST_ITEM, names, 2, values, 2, NULL, NULL));
}

static void
ask_bulk_insert_that_does_not_fit (StatementTest *test)
{
  g_autoptr (GError) error = NULL;
  const char *const names[] = { "name", "size" };
  const OrmValue values[] = { test->text, test->number, test->number, test->number };

  g_assert_false (orm_session_bulk_insert (test->session, ORM_TYPE_TEST_ITEM, names, 2, values, 2, NULL, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_INVALID);
}

/* options (load_only (Item.name)): what was not loaded is an error, and is not read by touching it */
static void
ask_load_only (StatementTest *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OrmTestItem) two = NULL;

  orm_query_load_only (test->query, "name", NULL);
  orm_query_filter (test->query, orm_not (orm_equal ("size", &test->number)));
  two = orm_session_first (test->session, test->query, NULL, NULL);
  g_assert_cmpstr (two->name, ==, "b");
  g_assert_false (orm_entity_check_loaded (ORM_ENTITY (two), ORM_TEST_ITEM_SIZE, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_NOT_LOADED);
  g_assert_true (orm_session_refresh (test->session, ORM_ENTITY (two), NULL, NULL));
  g_assert_true (orm_entity_check_loaded (ORM_ENTITY (two), ORM_TEST_ITEM_SIZE, NULL));
}

/* yield_per (2): a statement a batch, from where the last one ended */
static void
ask_yield_per (StatementTest *test)
{
  g_autoptr (OrmCursor) cursor = orm_cursor_new (test->session, orm_query_new (ORM_TYPE_TEST_ITEM), 1);
  g_autoptr (GError) error = NULL;
  OrmTestItem *item;
  guint n_items = 0;

  while ((item = orm_cursor_next (cursor, NULL, &error)) != NULL)
    {
      n_items++;
      g_object_unref (item);
    }
  g_assert_no_error (error);
  g_assert_cmpuint (n_items, ==, 2);
}

static const StatementLine bulk_lines[] = {
  { "bulk_insert_mappings",
    ask_bulk_insert,
    { "INSERT INTO \"item\" (\"name\", \"size\") VALUES (?, ?)",
      "INSERT INTO \"item\" (\"name\", \"size\") VALUES (?, ?)" } },
  { "bulk_insert_mappings-that-does-not-fit", ask_bulk_insert_that_does_not_fit, { NULL } },
  { "load_only",
    ask_load_only,
    { "SELECT \"id\", \"name\" FROM \"item\" WHERE (NOT (\"size\" = ?)) LIMIT ? OFFSET ?", ITEM_GET } },
  { "yield_per",
    ask_yield_per,
    { ITEM_SELECT " ORDER BY \"id\" LIMIT ? OFFSET ?",
      ITEM_SELECT " WHERE (\"id\" > ?) ORDER BY \"id\" LIMIT ? OFFSET ?",
      ITEM_SELECT " WHERE (\"id\" > ?) ORDER BY \"id\" LIMIT ? OFFSET ?" } },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  statement_test_add ("sessionmaker", scope_lines, G_N_ELEMENTS (scope_lines));
  statement_test_add ("session", session_lines, G_N_ELEMENTS (session_lines));
  statement_test_add ("identity-map", map_lines, G_N_ELEMENTS (map_lines));
  statement_test_add ("bulk", bulk_lines, G_N_ELEMENTS (bulk_lines));

  return g_test_run ();
}
