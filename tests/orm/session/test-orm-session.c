/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-item.h"
#include "orm-test.h"

typedef struct
{
  OrmDatabase *database;
  OrmSession *session;
  GPtrArray *statements;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->database = orm_test_item_open (":memory:");
  fixture->session = orm_session_new (fixture->database);
  fixture->statements = orm_test_trace (fixture->database);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_ptr_array_unref (fixture->statements);
  g_assert_finalize_object (fixture->session);
  g_assert_finalize_object (fixture->database);
}

static void
commit (OrmSession *session)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (orm_session_commit (session, NULL, &error));
  g_assert_no_error (error);
}

static OrmTestItem *
get (OrmSession *session, gint64 key)
{
  g_autoptr (GError) error = NULL;
  OrmTestItem *item = orm_session_get (session, ORM_TYPE_TEST_ITEM, key, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (ORM_IS_TEST_ITEM (item));
  return item;
}

static OrmTestItem *
add (OrmSession *session, const char *name, gint64 size)
{
  OrmTestItem *item = orm_test_item_new (name, size);

  orm_session_add (session, ORM_ENTITY (item));
  commit (session);
  return item;
}

static void
count_notify (GObject *object, GParamSpec *pspec, gpointer data)
{
  ++*(guint *) data;
}

#define ASSERT_STATEMENTS(fixture, ...) orm_test_assert_statements ((fixture)->statements, __VA_ARGS__)

#define SELECT                                                                                                         \
  "SELECT \"id\", \"name\", \"size\", \"weight\", \"is_done\", \"data\", \"created\", \"kind\", \"marks\" FROM "       \
  "\"item\""
#define SELECT_KEY SELECT " WHERE \"id\" = ?"

static void
test_insert_gives_key (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) item = orm_test_item_new ("one", 1);
  guint n_notified = 0;

  g_signal_connect (item, "notify::id", G_CALLBACK (count_notify), &n_notified);
  orm_session_add (fixture->session, ORM_ENTITY (item));
  g_assert_true (orm_entity_is_dirty (ORM_ENTITY (item)));
  g_assert_cmpint (orm_entity_get_key (ORM_ENTITY (item)), ==, 0);
  commit (fixture->session);
  g_assert_cmpint (orm_entity_get_key (ORM_ENTITY (item)), ==, 1);
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_false (orm_entity_is_dirty (ORM_ENTITY (item)));
  ASSERT_STATEMENTS (fixture,
                     "INSERT INTO \"item\" (\"name\", \"size\", \"weight\", \"is_done\", \"kind\", \"marks\") "
                     "VALUES (?, ?, ?, ?, ?, ?)",
                     NULL);
}

static void
test_update_writes_changed_columns (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) item = add (fixture->session, "one", 1);

  g_ptr_array_set_size (fixture->statements, 0);
  g_object_set (item, "size", G_GINT64_CONSTANT (2), "name", "one", NULL);
  g_assert_false (orm_entity_is_dirty_column (ORM_ENTITY (item), ORM_TEST_ITEM_NAME));
  g_assert_true (orm_entity_is_dirty_column (ORM_ENTITY (item), ORM_TEST_ITEM_SIZE));
  commit (fixture->session);
  ASSERT_STATEMENTS (fixture, "UPDATE \"item\" SET \"size\" = ? WHERE \"id\" = ?", NULL);
  commit (fixture->session);
  ASSERT_STATEMENTS (fixture, NULL);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT size FROM item"), ==, 2);
}

static void
test_delete (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) item = add (fixture->session, "one", 1);
  g_autoptr (GError) error = NULL;

  g_ptr_array_set_size (fixture->statements, 0);
  orm_session_delete (fixture->session, ORM_ENTITY (item));
  commit (fixture->session);
  ASSERT_STATEMENTS (fixture, "DELETE FROM \"item\" WHERE \"id\" = ?", NULL);
  g_assert_true (orm_entity_is_gone (ORM_ENTITY (item)));
  g_assert_null (orm_session_get (fixture->session, ORM_TYPE_TEST_ITEM, 1, NULL, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_NO_ROW);
}

static void
test_delete_of_unsaved (Fixture *fixture, gconstpointer data)
{
  OrmTestItem *item = orm_test_item_new ("one", 1);

  orm_session_add (fixture->session, ORM_ENTITY (item));
  orm_session_delete (fixture->session, ORM_ENTITY (item));
  commit (fixture->session);
  ASSERT_STATEMENTS (fixture, NULL);
  g_assert_finalize_object (item);
}

static void
test_identity (Fixture *fixture, gconstpointer data)
{
  OrmTestItem *first, *again;

  orm_test_execute (fixture->database, "INSERT INTO item (id, name) VALUES (7, 'seven')");
  g_ptr_array_set_size (fixture->statements, 0);
  g_assert_null (orm_session_lookup (fixture->session, ORM_TYPE_TEST_ITEM, 7));
  first = get (fixture->session, 7);
  again = get (fixture->session, 7);
  g_assert_true (first == again);
  ASSERT_STATEMENTS (fixture, SELECT_KEY, NULL);
  g_object_unref (again);
  /* Held weakly: nothing keeps it but its users. */
  g_assert_finalize_object (first);
  g_assert_null (orm_session_lookup (fixture->session, ORM_TYPE_TEST_ITEM, 7));
}

static void
test_unsaved_is_held (Fixture *fixture, gconstpointer data)
{
  OrmTestItem *item = add (fixture->session, "one", 1);

  orm_entity_set_int64 (ORM_ENTITY (item), ORM_TEST_ITEM_SIZE, 5);
  g_object_unref (item);
  commit (fixture->session);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT size FROM item"), ==, 5);
  g_assert_null (orm_session_lookup (fixture->session, ORM_TYPE_TEST_ITEM, 1));
}

static void
assert_is_same (OrmTestItem *a, OrmTestItem *b)
{
  g_assert_cmpstr (a->name, ==, b->name);
  g_assert_cmpint (a->size, ==, b->size);
  g_assert_cmpfloat (a->weight, ==, b->weight);
  g_assert_cmpint (a->is_done, ==, b->is_done);
  g_assert_true (g_bytes_equal (a->data, b->data));
  g_assert_true (g_date_time_equal (a->created, b->created));
  g_assert_cmpint (a->kind, ==, b->kind);
  g_assert_cmpuint (a->marks, ==, b->marks);
}

static void
test_types (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDateTime) created = g_date_time_new_from_iso8601 ("1969-07-20T22:17:40.123456+02:00", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new ("a\0b", 3);
  g_autoptr (OrmTestItem) item = NULL;
  g_autoptr (OrmTestItem) read = NULL;
  g_autofree char *text = NULL;

  item = g_object_new (ORM_TYPE_TEST_ITEM, "name", "é", "size", G_MININT64, "weight", 0.1, "is-done", TRUE, "data",
                       bytes, "created", created, "kind", ORM_TEST_KIND_FANCY, "marks",
                       ORM_TEST_MARKS_RED | ORM_TEST_MARKS_BLUE, NULL);
  orm_session_add (fixture->session, ORM_ENTITY (item));
  commit (fixture->session);
  orm_session_expunge (fixture->session, ORM_ENTITY (item));
  read = get (fixture->session, 1);
  g_assert_true (read != item);
  assert_is_same (read, item);
  text = g_date_time_format_iso8601 (read->created);
  g_assert_cmpstr (text, ==, "1969-07-20T20:17:40.123456Z");
}

static void
test_rollback (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) item = add (fixture->session, "one", 1);
  g_autoptr (OrmTestItem) added = orm_test_item_new ("two", 2);
  guint n_notified = 0;

  g_ptr_array_set_size (fixture->statements, 0);
  g_object_set (item, "name", "uno", NULL);
  g_object_set (item, "name", "eins", NULL);
  g_signal_connect (item, "notify::name", G_CALLBACK (count_notify), &n_notified);
  orm_session_add (fixture->session, ORM_ENTITY (added));
  orm_session_delete (fixture->session, ORM_ENTITY (item));
  orm_session_rollback (fixture->session);
  g_assert_cmpstr (item->name, ==, "one");
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_false (orm_entity_is_dirty (ORM_ENTITY (item)));
  commit (fixture->session);
  ASSERT_STATEMENTS (fixture, NULL);
}

static void
test_failed_commit_keeps_changes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) one = add (fixture->session, "one", 1);
  g_autoptr (OrmTestItem) two = orm_test_item_new ("two", 2);
  g_autoptr (OrmTestItem) clash = orm_test_item_new ("one", 3);
  g_autoptr (GError) error = NULL;

  g_object_set (one, "size", G_GINT64_CONSTANT (10), NULL);
  orm_session_add (fixture->session, ORM_ENTITY (two));
  orm_session_add (fixture->session, ORM_ENTITY (clash));
  g_assert_false (orm_session_commit (fixture->session, NULL, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_CONSTRAINT);
  g_assert_nonnull (strstr (error->message, "item.name"));
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT sum (size) FROM item"), ==, 1);
  g_assert_cmpint (orm_entity_get_key (ORM_ENTITY (two)), ==, 0);
  g_assert_true (orm_entity_is_dirty (ORM_ENTITY (one)));

  g_object_set (clash, "name", "three", NULL);
  commit (fixture->session);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT sum (size) FROM item"), ==, 15);
}

static void
test_too_long_is_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) item = orm_test_item_new ("éééééééééééééééééééé", 1);
  g_autoptr (GError) error = NULL;

  orm_session_add (fixture->session, ORM_ENTITY (item));
  commit (fixture->session);
  g_object_set (item, "name", "ééééééééééééééééééééx", NULL);
  g_assert_false (orm_session_commit (fixture->session, NULL, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "item.name"));
  g_object_set (item, "name", "x", NULL);
  commit (fixture->session);
}

static void
test_stale (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) item = add (fixture->session, "one", 1);
  g_autoptr (GError) error = NULL;

  orm_test_execute (fixture->database, "DELETE FROM item");
  g_object_set (item, "name", "uno", NULL);
  g_assert_false (orm_session_commit (fixture->session, NULL, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_STALE);
  g_assert_nonnull (strstr (error->message, "1 of item"));
  orm_session_expunge (fixture->session, ORM_ENTITY (item));
  commit (fixture->session);
}

/* The asynchronous forms */

static void
test_insert_async (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) item = orm_test_item_new ("one", 1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  orm_session_add (fixture->session, ORM_ENTITY (item));
  orm_session_commit_async (fixture->session, NULL, orm_test_keep_result, &result);
  g_object_set (item, "name", "later", NULL);
  orm_test_wait_result (&result);
  g_assert_true (orm_session_commit_finish (fixture->session, result, &error));
  g_assert_cmpint (orm_entity_get_key (ORM_ENTITY (item)), ==, 1);
  g_assert_true (orm_entity_is_dirty_column (ORM_ENTITY (item), ORM_TEST_ITEM_NAME));
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT name = 'one' FROM item"), ==, 1);
  commit (fixture->session);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT name = 'later' FROM item"), ==, 1);
}

static void
test_update_async (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) item = add (fixture->session, "later", 1);
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;

  g_object_set (item, "size", G_GINT64_CONSTANT (3), NULL);
  orm_session_commit_async (fixture->session, NULL, orm_test_keep_result, &second);
  g_object_set (item, "size", G_GINT64_CONSTANT (4), "name", "latest", NULL);
  orm_test_wait_result (&second);
  g_assert_true (orm_session_commit_finish (fixture->session, second, &error));
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT name = 'later' AND size = 3 FROM item"), ==, 1);

  /* Back to what the commit wrote, not to what was read before it. */
  orm_session_rollback (fixture->session);
  g_assert_cmpstr (item->name, ==, "later");
  g_assert_cmpint (item->size, ==, 3);
  g_assert_false (orm_entity_is_dirty (ORM_ENTITY (item)));
}

static void
test_commits_in_a_row (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) item = orm_test_item_new ("one", 1);
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;

  orm_session_add (fixture->session, ORM_ENTITY (item));
  orm_session_commit_async (fixture->session, NULL, orm_test_keep_result, &first);
  g_object_set (item, "size", G_GINT64_CONSTANT (2), NULL);
  orm_session_commit_async (fixture->session, NULL, orm_test_keep_result, &second);
  g_object_set (item, "size", G_GINT64_CONSTANT (3), NULL);
  /* The plain form comes after what is on its way, and does not wait for its callback. */
  commit (fixture->session);
  g_assert_null (first);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT size FROM item"), ==, 3);
  orm_test_wait_result (&first);
  orm_test_wait_result (&second);
  g_assert_true (orm_session_commit_finish (fixture->session, first, &error));
  g_assert_true (orm_session_commit_finish (fixture->session, second, &error));
  g_assert_false (orm_entity_is_dirty (ORM_ENTITY (item)));
}

static void
test_failed_commit_async (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) one = add (fixture->session, "one", 1);
  g_autoptr (OrmTestItem) clash = orm_test_item_new ("one", 2);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  orm_session_add (fixture->session, ORM_ENTITY (clash));
  g_object_set (one, "size", G_GINT64_CONSTANT (5), NULL);
  orm_session_commit_async (fixture->session, NULL, orm_test_keep_result, &result);
  g_object_set (one, "size", G_GINT64_CONSTANT (6), NULL);
  orm_test_wait_result (&result);
  g_assert_false (orm_session_commit_finish (fixture->session, result, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_CONSTRAINT);
  orm_session_expunge (fixture->session, ORM_ENTITY (clash));
  commit (fixture->session);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT size FROM item"), ==, 6);
}

static void
test_get_async (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) none = NULL;
  g_autoptr (OrmTestItem) item = NULL;
  g_autoptr (GError) error = NULL;

  orm_test_execute (fixture->database, "INSERT INTO item (id, name) VALUES (7, 'seven')");
  orm_session_get_async (fixture->session, ORM_TYPE_TEST_ITEM, 7, NULL, orm_test_keep_result, &result);
  orm_session_get_async (fixture->session, ORM_TYPE_TEST_ITEM, 8, NULL, orm_test_keep_result, &none);
  orm_test_wait_result (&result);
  orm_test_wait_result (&none);
  item = orm_session_get_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (item->name, ==, "seven");
  g_assert_null (orm_session_get_finish (fixture->session, none, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_NO_ROW);
}

/* More work in the transaction */

typedef struct
{
  gconstpointer item;
  gint64 key;
  gboolean fails;
} Extra;

static gboolean
extra_work (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Extra *extra = data;

  extra->key = orm_session_get_inserted_key (connection, extra->item);
  g_assert_cmpint (orm_session_get_inserted_key (connection, extra), ==, 0);
  if (!orm_connection_execute (connection, "UPDATE item SET weight = 2.5", error))
    return FALSE;
  if (extra->fails)
    g_set_error_literal (error, ORM_ERROR, ORM_ERROR_INVALID, "no");
  return !extra->fails;
}

static gboolean
weighs (gpointer data)
{
  return ORM_TEST_ITEM (data)->weight == 2.5;
}

static gboolean
copy_name (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Extra *extra = data;

  if (extra->fails)
    g_set_error_literal (error, ORM_ERROR, ORM_ERROR_INVALID, "no");
  return !extra->fails && orm_connection_execute (connection,
                                                  "INSERT INTO item (name, size, is_done) "
                                                  "SELECT 'was ' || name, size, is_done FROM item WHERE id = 1",
                                                  error);
}

/* The work sees what was there before, and goes with the commit. */
static void
test_commit_after (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) item = orm_test_item_new ("one", 1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  Extra extra = { .item = item, .fails = TRUE };

  orm_session_add (fixture->session, ORM_ENTITY (item));
  g_assert_true (orm_session_commit (fixture->session, NULL, NULL));
  g_object_set (item, "name", "two", NULL);
  g_assert_false (orm_session_commit_after (fixture->session, copy_name, &extra, NULL, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_INVALID);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count (*) FROM item WHERE name = 'one'"), ==, 1);

  extra.fails = FALSE;
  orm_session_commit_after_async (fixture->session, copy_name, &extra, NULL, NULL, orm_test_keep_result, &result);
  orm_test_wait_result (&result);
  g_clear_error (&error);
  g_assert_true (orm_session_commit_finish (fixture->session, result, &error));
  g_assert_cmpint (orm_test_get_int64 (fixture->database,
                                       "SELECT count (*) FROM item WHERE name IN ('two', 'was one')"),
                   ==, 2);

  g_object_set (item, "name", "three", NULL);
  g_assert_true (orm_session_commit_after (fixture->session, copy_name, &extra, NULL, &error));
  g_assert_cmpint (orm_test_get_int64 (fixture->database,
                                       "SELECT count (*) FROM item WHERE name IN ('three', 'was two')"),
                   ==, 2);
}

static void
test_commit_with (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) item = orm_test_item_new ("one", 1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  Extra extra = { .item = item, .fails = TRUE };

  orm_session_add (fixture->session, ORM_ENTITY (item));
  g_assert_false (orm_session_commit_with (fixture->session, extra_work, &extra, NULL, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_INVALID);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count (*) FROM item"), ==, 0);

  extra.fails = FALSE;
  orm_session_commit_with_async (fixture->session, extra_work, &extra, NULL, NULL, orm_test_keep_result, &result);
  orm_test_wait_result (&result);
  g_clear_error (&error);
  g_assert_true (orm_session_commit_finish (fixture->session, result, &error));
  g_assert_cmpint (extra.key, ==, 1);
  /* The live object takes up what the work changed in its row. */
  orm_test_wait (weighs, item);
}

/* Changes from elsewhere */

static gboolean
is_named_two (gpointer data)
{
  return g_str_equal (ORM_TEST_ITEM (data)->name, "two");
}

static gboolean
is_gone (gpointer data)
{
  return orm_entity_is_gone (data);
}

static void
test_live_object_follows (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) item = add (fixture->session, "one", 1);
  guint n_names = 0;
  guint n_sizes = 0;

  g_object_set (item, "size", G_GINT64_CONSTANT (100), NULL);
  g_signal_connect (item, "notify::name", G_CALLBACK (count_notify), &n_names);
  g_signal_connect (item, "notify::size", G_CALLBACK (count_notify), &n_sizes);
  orm_test_execute (fixture->database, "UPDATE item SET name = 'two', size = 50");
  orm_test_wait (is_named_two, item);
  g_assert_cmpuint (n_names, ==, 1);
  g_assert_cmpuint (n_sizes, ==, 0);
  g_assert_cmpint (item->size, ==, 100);
  orm_session_rollback (fixture->session);
  g_assert_cmpint (item->size, ==, 50);

  orm_test_execute (fixture->database, "DELETE FROM item");
  orm_test_wait (is_gone, item);
  g_assert_null (orm_session_lookup (fixture->session, ORM_TYPE_TEST_ITEM, 1));
  orm_test_execute (fixture->database, "INSERT INTO item (id, name) VALUES (1, 'again')");
  g_object_unref (get (fixture->session, 1));
  g_assert_false (orm_entity_is_gone (ORM_ENTITY (item)));
  g_assert_cmpstr (item->name, ==, "again");
}

/* Read between two commits that are told as one. */
static void
test_came_and_went (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) item = NULL;

  orm_test_settle ();
  orm_test_execute (fixture->database, "INSERT INTO item (id, name) VALUES (7, 'brief')");
  item = get (fixture->session, 7);
  orm_test_execute (fixture->database, "DELETE FROM item");
  g_assert_false (orm_entity_is_gone (ORM_ENTITY (item)));
  orm_test_wait (is_gone, item);
}

static gboolean
has_size_five (gpointer data)
{
  return ORM_TEST_ITEM (data)->size == 5;
}

static void
test_own_commit_reads_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) one = add (fixture->session, "one", 1);
  g_autoptr (OrmTestItem) two = add (fixture->session, "two", 1);

  g_ptr_array_set_size (fixture->statements, 0);
  g_object_set (one, "size", G_GINT64_CONSTANT (2), NULL);
  commit (fixture->session);
  orm_test_execute (fixture->database, "UPDATE item SET size = 5 WHERE id = 2");
  orm_test_wait (has_size_five, two);
  ASSERT_STATEMENTS (fixture, "UPDATE \"item\" SET \"size\" = ? WHERE \"id\" = ?",
                     "UPDATE item SET size = 5 WHERE id = 2",
                     SELECT " WHERE \"id\" IN (SELECT value FROM json_each (?))", NULL);
}

static void
test_other_session_follows (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmTestItem) item = add (fixture->session, "one", 1);
  OrmSession *other = orm_session_new (fixture->database);
  g_autoptr (OrmTestItem) twin = get (other, 1);

  g_assert_true (twin != item);
  g_object_set (item, "name", "two", NULL);
  commit (fixture->session);
  orm_test_wait (is_named_two, twin);
  g_assert_finalize_object (other);
  g_object_set (twin, "name", "alone", NULL);
}

/* Queries */

static GPtrArray *
all (OrmSession *session, OrmQuery *query)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *objects = orm_session_all (session, query, NULL, &error);

  g_assert_no_error (error);
  return objects;
}

static void
test_query (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_ITEM);
  g_autoptr (GPtrArray) objects = NULL;
  g_autoptr (OrmTestItem) live = NULL;
  g_auto (OrmValue) value = ORM_VALUE_INIT;

  orm_test_execute (fixture->database, "INSERT INTO item (name, size) VALUES ('a', 1), ('b', 2), ('c', 3), ('d', 4)");
  live = get (fixture->session, 3);
  g_object_set (live, "name", "unsaved", NULL);
  orm_value_set_int64 (&value, 2);
  orm_query_filter (query, orm_compare ("size", ">=", &value));
  orm_query_order_by (query, "size", ORM_ORDER_DESCENDING);
  orm_query_limit (query, 2);
  orm_query_offset (query, 1);
  g_ptr_array_set_size (fixture->statements, 0);
  objects = all (fixture->session, query);
  ASSERT_STATEMENTS (fixture, SELECT " WHERE (\"size\" >= ?) ORDER BY \"size\" DESC LIMIT ? OFFSET ?", NULL);
  g_assert_cmpuint (objects->len, ==, 2);
  g_assert_true (objects->pdata[0] == live);
  g_assert_cmpstr (live->name, ==, "unsaved");
  g_assert_cmpstr (ORM_TEST_ITEM (objects->pdata[1])->name, ==, "b");
  orm_session_rollback (fixture->session);
}

static void
test_all_async (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_ITEM);
  g_autoptr (GPtrArray) objects = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) cancelled = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  orm_test_execute (fixture->database, "INSERT INTO item (name) VALUES ('a'), ('b')");
  g_cancellable_cancel (cancellable);
  orm_session_all_async (fixture->session, query, NULL, orm_test_keep_result, &result);
  orm_session_all_async (fixture->session, query, cancellable, orm_test_keep_result, &cancelled);
  orm_test_wait_result (&result);
  orm_test_wait_result (&cancelled);
  objects = orm_session_all_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (objects->len, ==, 2);
  g_assert_null (orm_session_all_finish (fixture->session, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static const struct
{
  const char *name;
  void (*test) (Fixture *fixture, gconstpointer data);
} tests[] = {
  { "insert-gives-key", test_insert_gives_key },
  { "update-writes-changed-columns", test_update_writes_changed_columns },
  { "delete", test_delete },
  { "delete/of-unsaved", test_delete_of_unsaved },
  { "identity", test_identity },
  { "unsaved-is-held", test_unsaved_is_held },
  { "types", test_types },
  { "rollback", test_rollback },
  { "commit/failed-keeps-changes", test_failed_commit_keeps_changes },
  { "commit/too-long-is-refused", test_too_long_is_refused },
  { "commit/stale", test_stale },
  { "commit/insert-async", test_insert_async },
  { "commit/update-async", test_update_async },
  { "commit/in-a-row", test_commits_in_a_row },
  { "commit/failed-async", test_failed_commit_async },
  { "commit/after", test_commit_after },
  { "commit/with", test_commit_with },
  { "get/async", test_get_async },
  { "live-object-follows", test_live_object_follows },
  { "live-object-is-told/came-and-went", test_came_and_went },
  { "own-commit-reads-nothing", test_own_commit_reads_nothing },
  { "other-session-follows", test_other_session_follows },
  { "query", test_query },
  { "query/async", test_all_async },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/orm/session/", tests[i].name, NULL);

      g_test_add (path, Fixture, NULL, set_up, tests[i].test, tear_down);
    }

  return g_test_run ();
}
