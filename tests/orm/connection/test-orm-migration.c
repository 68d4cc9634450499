/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test.h"

static const OrmMigration steps[] = {
  { 1, "people",
    "CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;"
    "INSERT INTO person VALUES (1, 'Ada')" },
  { 2, "pets",
    "CREATE TABLE pet (id INTEGER PRIMARY KEY, person INTEGER NOT NULL REFERENCES person (id)) STRICT;"
    "INSERT INTO pet VALUES (1, 1)" },
  { 3, "rebuild",
    "CREATE TABLE person_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL, age INTEGER) STRICT;"
    "INSERT INTO person_new SELECT id, name, 36 FROM person;"
    "DROP TABLE person;"
    "ALTER TABLE person_new RENAME TO person" },
};

static OrmConnection *
open_memory (void)
{
  g_autoptr (GError) error = NULL;
  OrmConnection *connection = orm_connection_new (":memory:", ORM_OPEN_CREATE, &error);

  g_assert_no_error (error);
  return connection;
}

static gint64
number (OrmConnection *connection, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 value = -1;

  orm_connection_get_int64 (connection, sql, &value, &error);
  g_assert_no_error (error);
  return value;
}

static void
test_all (void)
{
  g_autoptr (OrmConnection) connection = open_memory ();
  g_autoptr (GError) error = NULL;

  g_assert_true (orm_migrate (connection, steps, 1, &error));
  g_assert_cmpint (number (connection, "PRAGMA user_version"), ==, 1);
  g_assert_true (orm_migrate (connection, steps, 3, &error));
  g_assert_true (orm_migrate (connection, steps, 3, &error));
  g_assert_no_error (error);
  g_assert_cmpint (number (connection, "PRAGMA user_version"), ==, 3);
  /* A table that others point to can be rebuilt, and the keys are watched again afterwards. */
  g_assert_cmpint (number (connection, "SELECT age FROM person JOIN pet ON pet.person = person.id"), ==, 36);
  g_assert_cmpint (number (connection, "PRAGMA foreign_keys"), ==, 1);
}

static void
test_failing_is_rolled_back (void)
{
  const OrmMigration bad[] = { steps[0], { 2, "broken", "CREATE TABLE half (id INTEGER); SELEKT" } };
  g_autoptr (OrmConnection) connection = open_memory ();
  g_autoptr (GError) error = NULL;

  g_assert_false (orm_migrate (connection, bad, 2, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "broken"));
  g_assert_cmpint (number (connection, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (number (connection, "SELECT count (*) FROM sqlite_schema WHERE name = 'half'"), ==, 0);
  g_assert_cmpint (number (connection, "PRAGMA foreign_keys"), ==, 1);
  g_clear_error (&error);
  g_assert_true (orm_migrate (connection, steps, 3, &error));
  g_assert_no_error (error);
}

static void
test_dangling_key_is_rolled_back (void)
{
  const OrmMigration bad[] = { steps[0], steps[1], { 3, "orphans", "DELETE FROM person" } };
  g_autoptr (OrmConnection) connection = open_memory ();
  g_autoptr (GError) error = NULL;

  g_assert_false (orm_migrate (connection, bad, 3, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_CONSTRAINT);
  g_assert_nonnull (strstr (error->message, "pet"));
  g_assert_cmpint (number (connection, "PRAGMA user_version"), ==, 2);
  g_assert_cmpint (number (connection, "SELECT count (*) FROM person"), ==, 1);
}

static void
test_newer_is_refused (void)
{
  g_autoptr (OrmConnection) connection = open_memory ();
  g_autoptr (GError) error = NULL;

  g_assert_true (orm_migrate (connection, steps, 3, NULL));
  g_assert_false (orm_migrate (connection, steps, 2, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_NEWER_SCHEMA);
  g_assert_cmpint (number (connection, "PRAGMA user_version"), ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/orm/migration/all", test_all);
  g_test_add_func ("/orm/migration/failing-is-rolled-back", test_failing_is_rolled_back);
  g_test_add_func ("/orm/migration/dangling-key-is-rolled-back", test_dangling_key_is_rolled_back);
  g_test_add_func ("/orm/migration/newer-is-refused", test_newer_is_refused);

  return g_test_run ();
}
