/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-item.h"
#include "orm-test.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* Each type to the file and back, at its edges; and what is not taken. */

typedef struct
{
  OrmDatabase *database;
  OrmSession *session;
  OrmTestItem *item;
  GError *error;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->database = orm_test_item_open (":memory:");
  fixture->session = orm_session_new (fixture->database);
  fixture->item = orm_test_item_new ("a", 1);
  orm_session_add (fixture->session, ORM_ENTITY (fixture->item));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_no_error (fixture->error);
  g_assert_finalize_object (fixture->session);
  g_assert_finalize_object (fixture->item);
  g_assert_finalize_object (fixture->database);
}

/* The same row as a new object. */
static OrmTestItem *
write_and_read (Fixture *fixture)
{
  OrmTestItem *read;

  orm_session_commit (fixture->session, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
  orm_session_expunge (fixture->session, ORM_ENTITY (fixture->item));
  read = orm_session_get (fixture->session, ORM_TYPE_TEST_ITEM, fixture->item->id, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_true (read != fixture->item);
  g_object_unref (fixture->item);
  fixture->item = read;
  return read;
}

static void
assert_refused (Fixture *fixture, const char *part)
{
  g_assert_false (orm_session_commit (fixture->session, NULL, &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_INVALID);
  if (strstr (fixture->error->message, part) == NULL)
    g_error ("%s, not: %s", part, fixture->error->message);
  g_clear_error (&fixture->error);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count (*) FROM item"), ==, 0);
}

static void
test_int64 (Fixture *fixture, gconstpointer data)
{
  static const gint64 values[] = { G_MININT64, -1, 0, G_GINT64_CONSTANT (1) << 53, G_MAXINT64 };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      orm_entity_set_int64 (ORM_ENTITY (fixture->item), ORM_TEST_ITEM_SIZE, values[i]);
      g_assert_cmpint (write_and_read (fixture)->size, ==, values[i]);
    }
}

static void
test_double (Fixture *fixture, gconstpointer data)
{
  const double values[] = { INFINITY, -INFINITY, DBL_MAX, -DBL_MAX, DBL_MIN, DBL_TRUE_MIN, 0.1, 1e15, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      double weight;

      /* By the property, which does not cut them down. */
      g_object_set (fixture->item, "weight", values[i], NULL);
      weight = write_and_read (fixture)->weight;
      g_assert_cmpmem (&weight, sizeof weight, &values[i], sizeof values[i]);
    }
}

static void
test_not_a_number (Fixture *fixture, gconstpointer data)
{
  orm_entity_set_double (ORM_ENTITY (fixture->item), ORM_TEST_ITEM_WEIGHT, NAN);
  assert_refused (fixture, "item.weight is to have a value that is not a number");
}

static void
test_boolean (Fixture *fixture, gconstpointer data)
{
  g_object_set (fixture->item, "is-done", TRUE, NULL);
  g_assert_true (write_and_read (fixture)->is_done);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT is_done FROM item"), ==, 1);
  g_object_set (fixture->item, "is-done", FALSE, NULL);
  g_assert_false (write_and_read (fixture)->is_done);
}

static void
test_text (Fixture *fixture, gconstpointer data)
{
  static const char *const values[] = { "", "'", "\"", "é\n\t%_\\", "\xf0\x9f\x98\x80", "NULL", "01" };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_object_set (fixture->item, "name", values[i], NULL);
      g_assert_cmpstr (write_and_read (fixture)->name, ==, values[i]);
    }
}

/* No C string holds one: there is � in its place, and the text stays as it is in the file unless it is set. */
static void
test_text_with_nul (Fixture *fixture, gconstpointer data)
{
  write_and_read (fixture);
  orm_session_expunge (fixture->session, ORM_ENTITY (fixture->item));
  orm_test_execute (fixture->database, "UPDATE item SET name = CAST (x'610062' AS TEXT)");
  g_clear_object (&fixture->item);
  fixture->item = orm_session_get (fixture->session, ORM_TYPE_TEST_ITEM, 1, NULL, &fixture->error);
  g_assert_cmpstr (fixture->item->name, ==, "a\357\277\275b");
  orm_entity_set_int64 (ORM_ENTITY (fixture->item), ORM_TEST_ITEM_SIZE, 5);
  write_and_read (fixture);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT length (CAST (name AS BLOB)) FROM item"), ==, 3);
}

static void
test_length (Fixture *fixture, gconstpointer data)
{
  g_object_set (fixture->item, "name", "ééééééééééééééééééééx", NULL);
  assert_refused (fixture, "item.name takes 20 characters, and is to have 21");
  g_object_set (fixture->item, "name", "éééééééééééééééééééé", NULL);
  g_assert_cmpint (g_utf8_strlen (write_and_read (fixture)->name, -1), ==, 20);
}

static void
test_blob (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) zero = g_bytes_new ("\0", 1);

  g_object_set (fixture->item, "data", empty, NULL);
  g_assert_cmpuint (g_bytes_get_size (write_and_read (fixture)->data), ==, 0);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT data IS NULL FROM item"), ==, 0);
  g_object_set (fixture->item, "data", zero, NULL);
  g_assert_true (g_bytes_equal (write_and_read (fixture)->data, zero));
  g_object_set (fixture->item, "data", NULL, NULL);
  g_assert_null (write_and_read (fixture)->data);
}

static void
test_date_time (Fixture *fixture, gconstpointer data)
{
  static const char *const values[] = { "0001-01-01T00:00:00Z",        "1969-12-31T23:59:59.999999Z",
                                        "1970-01-01T00:00:00Z",        "2024-02-29T12:00:00.000001Z",
                                        "9999-12-31T23:59:59.999999Z", "2024-07-01T00:00:00+02:00" };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (values[i], NULL);

      g_object_set (fixture->item, "created", time, NULL);
      g_assert_true (g_date_time_equal (write_and_read (fixture)->created, time));
      g_assert_cmpint (g_date_time_get_utc_offset (fixture->item->created), ==, 0);
    }
}

/* Before the first year, and after the last that a GDateTime knows: none. */
static void
test_date_time_out_of_range (Fixture *fixture, gconstpointer data)
{
  write_and_read (fixture);
  orm_session_expunge (fixture->session, ORM_ENTITY (fixture->item));
  g_clear_object (&fixture->item);
  orm_test_execute (fixture->database, "UPDATE item SET created = 9223372036854775807");
  fixture->item = orm_session_get (fixture->session, ORM_TYPE_TEST_ITEM, 1, NULL, &fixture->error);
  g_assert_null (fixture->item->created);
}

static void
test_enum (Fixture *fixture, gconstpointer data)
{
  orm_entity_set_enum (ORM_ENTITY (fixture->item), ORM_TEST_ITEM_KIND, 77);
  assert_refused (fixture, "item.kind is to have 77, which OrmTestKind has not");
  g_object_set (fixture->item, "kind", ORM_TEST_KIND_FANCY, NULL);
  g_assert_cmpint (write_and_read (fixture)->kind, ==, ORM_TEST_KIND_FANCY);
}

/* What a later version wrote is read as it is, and stays. */
static void
test_enum_of_another (Fixture *fixture, gconstpointer data)
{
  write_and_read (fixture);
  orm_session_expunge (fixture->session, ORM_ENTITY (fixture->item));
  g_clear_object (&fixture->item);
  orm_test_execute (fixture->database, "UPDATE item SET kind = 77, marks = 2");
  fixture->item = orm_session_get (fixture->session, ORM_TYPE_TEST_ITEM, 1, NULL, &fixture->error);
  g_assert_cmpint (fixture->item->kind, ==, 77);
  g_assert_cmpuint (fixture->item->marks, ==, 2);
  orm_entity_set_int64 (ORM_ENTITY (fixture->item), ORM_TEST_ITEM_SIZE, 5);
  g_assert_cmpint (write_and_read (fixture)->kind, ==, 77);
}

static void
test_flags (Fixture *fixture, gconstpointer data)
{
  orm_entity_set_flags (ORM_ENTITY (fixture->item), ORM_TEST_ITEM_MARKS, ORM_TEST_MARKS_RED | 1 << 4);
  assert_refused (fixture, "item.marks is to have the flags 0x11, which OrmTestMarks has not");
  g_object_set (fixture->item, "marks", ORM_TEST_MARKS_RED | ORM_TEST_MARKS_BLUE, NULL);
  g_assert_cmpuint (write_and_read (fixture)->marks, ==, ORM_TEST_MARKS_RED | ORM_TEST_MARKS_BLUE);
  g_object_set (fixture->item, "marks", 0, NULL);
  g_assert_cmpuint (write_and_read (fixture)->marks, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add ("/orm/column/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("int64", test_int64);
  ADD ("double", test_double);
  ADD ("double/not-a-number", test_not_a_number);
  ADD ("boolean", test_boolean);
  ADD ("text", test_text);
  ADD ("text/with-nul", test_text_with_nul);
  ADD ("text/length", test_length);
  ADD ("blob", test_blob);
  ADD ("date-time", test_date_time);
  ADD ("date-time/out-of-range", test_date_time_out_of_range);
  ADD ("enum", test_enum);
  ADD ("enum/of-another", test_enum_of_another);
  ADD ("flags", test_flags);

  return g_test_run ();
}
