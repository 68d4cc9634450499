/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-error.h"
#include "orm-packed.h"

#include <sqlite3.h>

static void
test_copy_is_deep (void)
{
  g_auto (OrmValue) text = ORM_VALUE_INIT;
  g_auto (OrmValue) copy = ORM_VALUE_INIT;

  orm_value_set_text (&copy, "before");
  orm_value_set_text (&text, "one");
  orm_value_copy (&text, &copy);
  g_assert_true (text.text != copy.text);
  g_assert_true (orm_value_equal (&text, &copy));
  orm_value_copy (&copy, &copy);
  g_assert_cmpstr (copy.text, ==, "one");
}

static void
test_equal (void)
{
  g_auto (OrmValue) a = ORM_VALUE_INIT;
  g_auto (OrmValue) b = ORM_VALUE_INIT;

  g_assert_true (orm_value_equal (&a, &b));
  orm_value_set_int64 (&a, 1);
  g_assert_false (orm_value_equal (&a, &b));
  orm_value_set_double (&b, 1);
  g_assert_false (orm_value_equal (&a, &b));
  orm_value_set_int64 (&b, 1);
  g_assert_true (orm_value_equal (&a, &b));
  orm_value_set_double (&a, 0.5);
  orm_value_set_double (&b, 0.25);
  g_assert_false (orm_value_equal (&a, &b));
}

static void
test_equal_blobs (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new ("a\0b", 3);
  g_autoptr (GBytes) other = g_bytes_new ("a\0c", 3);
  g_auto (OrmValue) a = ORM_VALUE_INIT;
  g_auto (OrmValue) b = ORM_VALUE_INIT;

  orm_value_set_blob (&a, bytes);
  orm_value_set_blob (&b, other);
  g_assert_false (orm_value_equal (&a, &b));
  orm_value_set_blob (&b, a.blob);
  g_assert_true (orm_value_equal (&a, &b));
}

static void
test_null_is_null (void)
{
  g_auto (OrmValue) value = ORM_VALUE_INIT;

  orm_value_set_int64 (&value, 1);
  orm_value_set_text (&value, NULL);
  g_assert_cmpint (value.type, ==, ORM_VALUE_NULL);
  orm_value_set_blob (&value, NULL);
  g_assert_cmpint (value.type, ==, ORM_VALUE_NULL);
  orm_value_set_int64 (&value, 1);
  orm_value_set_null (&value);
  g_assert_cmpint (value.type, ==, ORM_VALUE_NULL);
}

static void
test_array (void)
{
  const gint64 numbers[] = { 0, -1, G_MAXINT64, G_MININT64, 10 };
  gsize length;
  g_autofree char *empty = orm_format_array (NULL, 0, NULL);
  g_autofree char *text = orm_format_array (numbers, G_N_ELEMENTS (numbers), &length);

  g_assert_cmpstr (empty, ==, "[]");
  g_assert_cmpstr (text, ==, "[0,-1,9223372036854775807,-9223372036854775808,10]");
  g_assert_cmpuint (length, ==, strlen (text));
}

static void
test_error_codes (void)
{
  const struct
  {
    int result;
    OrmError error;
  } cases[] = {
    { SQLITE_ERROR, ORM_ERROR_FAILED },
    { SQLITE_CANTOPEN_ISDIR, ORM_ERROR_CANT_OPEN },
    { SQLITE_NOTADB, ORM_ERROR_NOT_A_DATABASE },
    { SQLITE_CORRUPT_VTAB, ORM_ERROR_CORRUPT },
    { SQLITE_READONLY_DBMOVED, ORM_ERROR_READ_ONLY },
    { SQLITE_FULL, ORM_ERROR_FULL },
    { SQLITE_BUSY_SNAPSHOT, ORM_ERROR_BUSY },
    { SQLITE_LOCKED, ORM_ERROR_BUSY },
    { SQLITE_IOERR_WRITE, ORM_ERROR_IO },
    { SQLITE_CONSTRAINT_UNIQUE, ORM_ERROR_CONSTRAINT },
    { SQLITE_NOMEM, ORM_ERROR_NO_MEMORY },
    { SQLITE_TOOBIG, ORM_ERROR_TOO_BIG },
    { SQLITE_RANGE, ORM_ERROR_INVALID },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (orm_error_from_sqlite (cases[i].result), ==, cases[i].error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/orm/value/copy-is-deep", test_copy_is_deep);
  g_test_add_func ("/orm/value/equal", test_equal);
  g_test_add_func ("/orm/value/equal/blobs", test_equal_blobs);
  g_test_add_func ("/orm/value/null-is-null", test_null_is_null);
  g_test_add_func ("/orm/value/array", test_array);
  g_test_add_func ("/orm/error/codes", test_error_codes);

  return g_test_run ();
}
