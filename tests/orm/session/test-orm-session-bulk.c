/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-item.h"
#include "orm-test.h"

#include <math.h>
#include <string.h>

typedef struct
{
  OrmDatabase *database;
  OrmSession *session;
  GPtrArray *statements;
  GPtrArray *changes;
  GError *error;
} Fixture;

#define INSERT "INSERT INTO \"item\" (\"name\", \"size\", \"data\") VALUES (?, ?, ?)"

static const char *const columns[] = { "name", "size", "data" };

static void
on_changed (OrmDatabase *database, OrmChanges *changes, gpointer data)
{
  g_ptr_array_add (data, orm_changes_ref (changes));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->database = orm_test_item_open (":memory:");
  fixture->session = orm_session_new (fixture->database);
  fixture->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) orm_changes_unref);
  g_signal_connect (fixture->database, "changed", G_CALLBACK (on_changed), fixture->changes);
  fixture->statements = orm_test_trace (fixture->database);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_no_error (fixture->error);
  g_ptr_array_unref (fixture->statements);
  g_ptr_array_unref (fixture->changes);
  g_assert_finalize_object (fixture->session);
  g_assert_finalize_object (fixture->database);
}

static OrmValue
text (const char *value)
{
  return (OrmValue){ .type = ORM_VALUE_TEXT, .text = (char *) value };
}

static OrmValue
number (gint64 value)
{
  return (OrmValue){ .type = ORM_VALUE_INT64, .int64 = value };
}

static gboolean
has_report (gpointer data)
{
  return ((GPtrArray *) data)->len > 0;
}

static void
test_insert (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("xyz", 3);
  const OrmValue values[] = {
    text ("a"), number (1), { .type = ORM_VALUE_BLOB, .blob = bytes },
    text ("b"), number (2), { .type = ORM_VALUE_NULL },
  };
  const gint64 *keys;
  gsize n_keys;

  orm_session_bulk_insert (fixture->session, ORM_TYPE_TEST_ITEM, columns, 3, values, 2, NULL, &fixture->error);
  orm_test_assert_statements (fixture->statements, INSERT, INSERT, NULL);
  g_assert_cmpint (orm_test_get_int64 (fixture->database,
                                       "SELECT sum (size * 10 + ifnull (length (data), 0)) FROM item"),
                   ==, 33);
  orm_test_wait (has_report, fixture->changes);
  g_assert_cmpuint (fixture->changes->len, ==, 1);
  keys = orm_changes_get_keys (fixture->changes->pdata[0], "item", ORM_CHANGE_INSERT, &n_keys);
  g_assert_cmpuint (n_keys, ==, 2);
  g_assert_cmpint (keys[1], ==, 2);
  orm_session_bulk_insert (fixture->session, ORM_TYPE_TEST_ITEM, columns, 3, NULL, 0, NULL, &fixture->error);
}

/* The values may go right after the call. */
static void
test_insert_async (Fixture *fixture, gconstpointer data)
{
  const guint n_rows = 1000;
  OrmValue *values = g_new0 (OrmValue, n_rows * 3);
  g_autoptr (GAsyncResult) result = NULL;

  for (guint i = 0; i < n_rows; i++)
    {
      orm_value_take_text (&values[i * 3], g_strdup_printf ("name %u", i));
      values[i * 3 + 1] = number (i);
    }
  orm_session_bulk_insert_async (fixture->session, ORM_TYPE_TEST_ITEM, columns, 3, values, n_rows, NULL,
                                 orm_test_keep_result, &result);
  for (guint i = 0; i < n_rows * 3; i++)
    orm_value_clear (&values[i]);
  g_free (values);
  orm_test_wait_result (&result);
  g_assert_true (orm_session_bulk_insert_finish (fixture->session, result, &fixture->error));
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT sum (size) FROM item WHERE name = 'name ' || size"),
                   ==, 499500);
}

static void
test_in_scope (Fixture *fixture, gconstpointer data)
{
  const OrmValue values[] = { text ("a"), number (1), { .type = ORM_VALUE_NULL } };
  OrmScope *scope = orm_session_begin (fixture->session, &fixture->error);
  g_autoptr (OrmTestItem) item = NULL;

  g_assert_true (
      orm_session_bulk_insert (fixture->session, ORM_TYPE_TEST_ITEM, columns, 3, values, 1, NULL, &fixture->error));
  item = orm_session_get (fixture->session, ORM_TYPE_TEST_ITEM, 1, NULL, &fixture->error);
  g_assert_cmpstr (item->name, ==, "a");
  g_assert_finalize_object (scope);
  g_assert_true (orm_entity_is_gone (ORM_ENTITY (item)));
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count (*) FROM item"), ==, 0);
}

static void
assert_refused (Fixture *fixture,
                const char *const *names,
                guint n_names,
                const OrmValue *values,
                gsize n_rows,
                const char *part)
{
  g_assert_false (orm_session_bulk_insert (fixture->session, ORM_TYPE_TEST_ITEM, names, n_names, values, n_rows, NULL,
                                           &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_INVALID);
  if (strstr (fixture->error->message, part) == NULL)
    g_error ("%s, not: %s", part, fixture->error->message);
  g_clear_error (&fixture->error);
  /* Before anything was written. */
  orm_test_assert_statements (fixture->statements, NULL);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  static const char *const unknown[] = { "name", "title" };
  static const char *const twice[] = { "name", "name" };
  static const char *const without_name[] = { "size" };
  static const char *const weight[] = { "name", "weight" };
  static const char *const kind[] = { "name", "kind" };
  const OrmValue wrong_type[] = { text ("a"), number (1), number (2) };
  const OrmValue is_null[] = { text ("a"), number (1), { .type = ORM_VALUE_NULL }, { .type = ORM_VALUE_NULL } };
  const OrmValue too_long[] = { text ("a name that is far too long"), number (1), { .type = ORM_VALUE_NULL } };
  const OrmValue no_number[] = { text ("a"), { .type = ORM_VALUE_DOUBLE, .real = NAN } };
  const OrmValue no_kind[] = { text ("a"), number (9) };

  assert_refused (fixture, unknown, 2, wrong_type, 1, "item has no column “title”");
  assert_refused (fixture, twice, 2, wrong_type, 1, "“name” given twice");
  assert_refused (fixture, without_name, 1, &wrong_type[1], 1, "item.name is to have a value");
  assert_refused (fixture, columns, 3, wrong_type, 1, "Row 1: item.data is to have a value of another type");
  assert_refused (fixture, columns, 1, is_null, 4, "Row 2: item.name is to have a value of another type");
  assert_refused (fixture, columns, 1, &is_null[2], 1, "Row 1: item.name cannot be NULL");
  assert_refused (fixture, columns, 3, too_long, 1, "Row 1: item.name takes 20 characters, and is to have 27");
  assert_refused (fixture, weight, 2, no_number, 1, "Row 1: item.weight is to have a value that is not a number");
  assert_refused (fixture, kind, 2, no_kind, 1, "Row 1: item.kind is to have 9");
}

/* What only the file knows is found while it is written, and undoes all of it. */
static void
test_clash (Fixture *fixture, gconstpointer data)
{
  const OrmValue values[] = { text ("a"), text ("b"), text ("a") };

  g_assert_false (
      orm_session_bulk_insert (fixture->session, ORM_TYPE_TEST_ITEM, columns, 1, values, 3, NULL, &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_CONSTRAINT);
  g_assert_nonnull (strstr (fixture->error->message, "Row 3 of item"));
  g_clear_error (&fixture->error);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count (*) FROM item"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add ("/orm/session-bulk/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("insert", test_insert);
  ADD ("insert/async", test_insert_async);
  ADD ("insert/in-scope", test_in_scope);
  ADD ("insert/refused", test_refused);
  ADD ("insert/clash", test_clash);

  return g_test_run ();
}
