/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-item.h"

#define INSERT_KEY                                                                                                     \
  "INSERT INTO \"item\" (\"id\", \"name\", \"size\", \"weight\", \"is_done\", \"kind\", \"marks\") VALUES "            \
  "(?, ?, ?, ?, ?, ?, ?)"

/* Of the table. */
static const char content[] = "INSERT INTO item (id, name, size) VALUES (1, 'a', 10), (2, 'b', 20)";

static OrmTestItem *
get (ItemTest *fixture, gint64 key)
{
  OrmTestItem *item = orm_session_get (fixture->session, ORM_TYPE_TEST_ITEM, key, NULL, &fixture->error);

  g_assert_no_error (fixture->error);
  return item;
}

static OrmTestItem *
make_detached (gint64 key, const char *name, gint64 size)
{
  OrmTestItem *item = orm_test_item_new (name, size);

  orm_entity_set_int64 (ORM_ENTITY (item), ORM_TEST_ITEM_ID, key);
  return item;
}

static OrmTestItem *
merge (ItemTest *fixture, OrmTestItem *item)
{
  OrmTestItem *live = orm_session_merge (fixture->session, ORM_ENTITY (item), NULL, &fixture->error);

  g_assert_no_error (fixture->error);
  return live;
}

static void
commit (ItemTest *fixture)
{
  orm_session_commit (fixture->session, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
}

static void
test_add_all (ItemTest *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (items, orm_test_item_new ("c", 1));
  g_ptr_array_add (items, orm_test_item_new ("d", 2));
  orm_session_add_all (fixture->session, items);
  commit (fixture);
  orm_test_assert_statements (fixture->statements, ITEM_INSERT, ITEM_INSERT, NULL);
  g_assert_cmpint (orm_entity_get_key (items->pdata[1]), ==, 4);
}

/* Alive already: nothing is read, and only what differs is written. */
static void
test_merge_live (ItemTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) live = get (fixture, 1);
  g_autoptr (OrmTestItem) detached = make_detached (1, "a", 11);
  g_autoptr (OrmTestItem) merged = NULL;
  g_autoptr (OrmTestItem) again = NULL;

  g_ptr_array_set_size (fixture->statements, 0);
  merged = merge (fixture, detached);
  g_assert_true (merged == live);
  g_assert_cmpint (live->size, ==, 11);
  again = merge (fixture, live);
  g_assert_true (again == live);
  commit (fixture);
  orm_test_assert_statements (fixture->statements, "UPDATE \"item\" SET \"size\" = ? WHERE \"id\" = ?", NULL);
  detached->size = 99;
  g_assert_cmpint (live->size, ==, 11);
}

static void
test_merge_read (ItemTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) detached = make_detached (2, "new name", 20);
  g_autoptr (OrmTestItem) merged = merge (fixture, detached);

  g_assert_true (merged != detached);
  commit (fixture);
  orm_test_assert_statements (fixture->statements, ITEM_SELECT " WHERE \"id\" = ?",
                              "UPDATE \"item\" SET \"name\" = ? WHERE \"id\" = ?", NULL);
}

static void
test_merge_new (ItemTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) with_key = make_detached (7, "seven", 7);
  g_autoptr (OrmTestItem) without = make_detached (0, "eight", 8);
  g_autoptr (OrmTestItem) seven = merge (fixture, with_key);
  g_autoptr (OrmTestItem) eight = merge (fixture, without);

  commit (fixture);
  orm_test_assert_statements (fixture->statements, ITEM_SELECT " WHERE \"id\" = ?", INSERT_KEY, ITEM_INSERT, NULL);
  g_assert_cmpint (seven->id, ==, 7);
  g_assert_cmpint (eight->id, ==, 8);
  g_assert_cmpint (without->id, ==, 0);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT sum (size) FROM item"), ==, 45);
}

/* An object of another session is as good as one of none. */
static void
test_merge_of_other_session (ItemTest *fixture, gconstpointer data)
{
  OrmSession *other = orm_session_new (fixture->database);
  g_autoptr (OrmTestItem) theirs = orm_session_get (other, ORM_TYPE_TEST_ITEM, 1, NULL, &fixture->error);
  g_autoptr (OrmTestItem) mine = NULL;

  orm_entity_set_int64 (ORM_ENTITY (theirs), ORM_TEST_ITEM_SIZE, 11);
  mine = merge (fixture, theirs);
  g_assert_true (mine != theirs);
  g_assert_cmpint (mine->size, ==, 11);
  g_assert_true (orm_entity_is_dirty (ORM_ENTITY (theirs)));
  g_assert_finalize_object (other);
  orm_session_rollback (fixture->session);
}

static void
test_merge_cancelled (ItemTest *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (OrmTestItem) detached = make_detached (2, "b", 21);

  g_cancellable_cancel (cancellable);
  g_assert_null (orm_session_merge (fixture->session, ORM_ENTITY (detached), cancellable, &fixture->error));
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&fixture->error);
  g_assert_false (orm_session_is_modified (fixture->session));
}

static void
test_refresh_async (ItemTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) one = get (fixture, 1);
  g_autoptr (OrmTestItem) two = get (fixture, 2);
  g_autoptr (GAsyncResult) committed = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) gone = NULL;

  /* It comes after a commit that is on its way, and what that wrote is read. */
  orm_entity_set_int64 (ORM_ENTITY (one), ORM_TEST_ITEM_SIZE, 11);
  orm_session_commit_async (fixture->session, NULL, orm_test_keep_result, &committed);
  orm_session_refresh_async (fixture->session, ORM_ENTITY (one), NULL, orm_test_keep_result, &result);
  orm_entity_set_int64 (ORM_ENTITY (one), ORM_TEST_ITEM_SIZE, 12);
  orm_test_wait_result (&result);
  g_assert_true (orm_session_refresh_finish (fixture->session, result, &fixture->error));
  g_assert_cmpint (one->size, ==, 11);
  g_assert_false (orm_session_is_modified (fixture->session));
  orm_test_wait_result (&committed);

  orm_test_execute (fixture->database, "DELETE FROM item WHERE id = 2");
  orm_session_refresh_async (fixture->session, ORM_ENTITY (two), NULL, orm_test_keep_result, &gone);
  orm_test_wait_result (&gone);
  g_assert_false (orm_session_refresh_finish (fixture->session, gone, &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_NO_ROW);
  g_clear_error (&fixture->error);
  g_assert_true (orm_entity_is_gone (ORM_ENTITY (two)));
}

static void
test_expunge_all (ItemTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) clean = get (fixture, 1);
  g_autoptr (OrmTestItem) dirty = get (fixture, 2);
  g_autoptr (OrmTestItem) again = NULL;
  OrmTestItem *added = orm_test_item_new ("c", 1);

  orm_session_add (fixture->session, ORM_ENTITY (added));
  orm_entity_set_int64 (ORM_ENTITY (dirty), ORM_TEST_ITEM_SIZE, 21);
  orm_session_delete (fixture->session, ORM_ENTITY (clean));
  orm_session_expunge_all (fixture->session);
  g_assert_false (orm_session_is_modified (fixture->session));
  g_assert_finalize_object (added);
  again = get (fixture, 2);
  g_assert_true (again != dirty);
  g_assert_cmpint (again->size, ==, 20);
  g_assert_cmpint (dirty->size, ==, 21);
}

static void
assert_pending (ItemTest *fixture, OrmChangeKind kind, gpointer entity)
{
  g_autoptr (GPtrArray) pending = orm_session_list_pending (fixture->session, kind);

  g_assert_cmpuint (pending->len, ==, entity != NULL ? 1 : 0);
  if (entity != NULL)
    g_assert_true (pending->pdata[0] == entity);
}

static void
test_pending (ItemTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) one = get (fixture, 1);
  g_autoptr (OrmTestItem) two = get (fixture, 2);
  g_autoptr (OrmTestItem) three = orm_test_item_new ("c", 1);

  g_assert_false (orm_session_is_modified (fixture->session));
  orm_session_add (fixture->session, ORM_ENTITY (three));
  g_assert_true (orm_session_is_modified (fixture->session));
  orm_entity_set_int64 (ORM_ENTITY (one), ORM_TEST_ITEM_SIZE, 11);
  orm_entity_set_int64 (ORM_ENTITY (two), ORM_TEST_ITEM_SIZE, 11);
  orm_session_delete (fixture->session, ORM_ENTITY (two));
  assert_pending (fixture, ORM_CHANGE_INSERT, three);
  assert_pending (fixture, ORM_CHANGE_UPDATE, one);
  assert_pending (fixture, ORM_CHANGE_DELETE, two);
  commit (fixture);
  g_assert_false (orm_session_is_modified (fixture->session));
  assert_pending (fixture, ORM_CHANGE_INSERT, NULL);
}

/* Of an object that was read in part what is not known is left to the schema, which has the last word. */
static void
test_merge_part (ItemTest *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_ITEM);
  g_autoptr (OrmTestItem) part = NULL;
  g_autoptr (OrmTestItem) live = NULL;

  orm_query_load_only (query, "name", NULL);
  part = orm_session_first (fixture->session, query, NULL, &fixture->error);
  orm_entity_set_double (ORM_ENTITY (part), ORM_TEST_ITEM_WEIGHT, 5);
  orm_session_expunge (fixture->session, ORM_ENTITY (part));
  orm_test_execute (fixture->database, "DELETE FROM item; CREATE TRIGGER t AFTER INSERT ON item "
                                       "BEGIN UPDATE item SET size = size + 7 WHERE id = new.id; END");
  live = orm_session_merge (fixture->session, ORM_ENTITY (part), NULL, &fixture->error);
  g_assert_false (orm_entity_is_loaded_column (ORM_ENTITY (live), ORM_TEST_ITEM_SIZE));
  g_ptr_array_set_size (fixture->statements, 0);
  orm_session_commit (fixture->session, NULL, &fixture->error);
  orm_test_assert_statements (fixture->statements,
                              "INSERT INTO \"item\" (\"id\", \"name\", \"weight\") VALUES (?, ?, ?)",
                              ITEM_SELECT " WHERE \"id\" = ?", NULL);
  g_assert_true (orm_entity_is_loaded_column (ORM_ENTITY (live), ORM_TEST_ITEM_SIZE));
  g_assert_cmpint (live->size, ==, 7);
  g_assert_cmpfloat (live->weight, ==, 5);
}

/* The same object, statements and errors as of the plain form. */
static void
test_merge_async (ItemTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) by_key = make_detached (2, "c", 30);
  g_autoptr (OrmTestItem) nowhere = make_detached (7, "d", 40);
  g_autoptr (OrmTestItem) fresh = make_detached (0, "e", 50);
  g_autoptr (OrmTestItem) alive = NULL;
  g_autoptr (OrmTestItem) other = make_detached (1, "f", 60);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  OrmTestItem *items[] = { by_key, nowhere, fresh, other, NULL };
  OrmTestItem *live[G_N_ELEMENTS (items)];
  GAsyncResult *results[G_N_ELEMENTS (items)] = { 0 };
  g_autoptr (GAsyncResult) cancelled = NULL;

  /* What the fixture wrote is not news any more. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  alive = get (fixture, 1);
  items[4] = alive;
  g_ptr_array_set_size (fixture->statements, 0);
  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    orm_session_merge_async (fixture->session, ORM_ENTITY (items[i]), NULL, orm_test_keep_result, &results[i]);
  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      orm_test_wait_result (&results[i]);
      live[i] = orm_session_merge_finish (fixture->session, results[i], &fixture->error);
      g_assert_no_error (fixture->error);
      g_object_unref (results[i]);
    }
  orm_test_assert_statements (fixture->statements, ITEM_SELECT " WHERE \"id\" = ?", ITEM_SELECT " WHERE \"id\" = ?",
                              NULL);
  g_assert_cmpint (live[0]->id, ==, 2);
  g_assert_cmpstr (live[0]->name, ==, "c");
  g_assert_true (orm_entity_is_dirty (ORM_ENTITY (live[0])));
  g_assert_true (live[3] == alive && live[4] == alive);
  g_assert_cmpint (alive->size, ==, 60);
  g_assert_true (live[1] != nowhere && live[2] != fresh);
  commit (fixture);
  g_assert_cmpint (live[1]->id, ==, 7);
  g_assert_cmpint (live[2]->id, !=, 0);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT sum (size) FROM item"), ==, 180);
  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    g_object_unref (live[i]);

  orm_entity_set_int64 (ORM_ENTITY (nowhere), ORM_TEST_ITEM_ID, 9);
  g_cancellable_cancel (cancellable);
  orm_session_merge_async (fixture->session, ORM_ENTITY (nowhere), cancellable, orm_test_keep_result, &cancelled);
  orm_test_wait_result (&cancelled);
  g_assert_null (orm_session_merge_finish (fixture->session, cancelled, &fixture->error));
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&fixture->error);
  g_assert_false (orm_session_is_modified (fixture->session));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* What came to be while the row was read. */
static void
test_merge_async_meets_live (ItemTest *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) detached = make_detached (2, "c", 30);
  g_autoptr (OrmTestItem) live = NULL;
  g_autoptr (OrmTestItem) merged = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  orm_session_merge_async (fixture->session, ORM_ENTITY (detached), NULL, orm_test_keep_result, &result);
  live = get (fixture, 2);
  orm_entity_set_int64 (ORM_ENTITY (detached), ORM_TEST_ITEM_SIZE, 31);
  orm_test_wait_result (&result);
  merged = orm_session_merge_finish (fixture->session, result, &fixture->error);
  g_assert_true (merged == live);
  g_assert_cmpint (live->size, ==, 31);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function)                                                                                            \
  g_test_add ("/orm/session-merge/" path, ItemTest, content, item_test_set_up, function, item_test_tear_down)
  ADD ("add-all", test_add_all);
  ADD ("live", test_merge_live);
  ADD ("read", test_merge_read);
  ADD ("new", test_merge_new);
  ADD ("part", test_merge_part);
  ADD ("of-other-session", test_merge_of_other_session);
  ADD ("cancelled", test_merge_cancelled);
  ADD ("async", test_merge_async);
  ADD ("async/meets-live", test_merge_async_meets_live);
  ADD ("refresh/async", test_refresh_async);
  ADD ("expunge-all", test_expunge_all);
  ADD ("pending", test_pending);

  return g_test_run ();
}
