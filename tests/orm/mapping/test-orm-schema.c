/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-book.h"
#include "orm-test.h"

#include <string.h>

typedef struct
{
  OrmDatabase *database;
  GType types[2];
  GError *error;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->database = orm_database_new (":memory:", ORM_OPEN_CREATE);
  orm_database_open (fixture->database, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
  /* What is referred to comes last, and is made first. */
  fixture->types[0] = ORM_TYPE_TEST_BOOK;
  fixture->types[1] = ORM_TYPE_TEST_AUTHOR;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_no_error (fixture->error);
  g_assert_finalize_object (fixture->database);
}

static void
test_create_all (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) statements = orm_test_trace (fixture->database);

  g_assert_true (orm_database_create_all (fixture->database, fixture->types, 2, NULL, &fixture->error));
  g_assert_cmpuint (statements->len, >, 4);
  g_ptr_array_set_size (statements, 4);
  orm_test_assert_statements (statements, ORM_TEST_CREATE_AUTHOR, ORM_TEST_CREATE_BOOK, ORM_TEST_INDEX_TITLE,
                              ORM_TEST_INDEX_AUTHOR, NULL);
  g_assert_true (orm_database_check_mapping (fixture->database, fixture->types, 2, NULL, &fixture->error));
  g_assert_cmpint (orm_test_get_int64 (fixture->database,
                                       "SELECT sum (strict) FROM pragma_table_list WHERE name IN ('book', 'author')"),
                   ==, 2);
}

static void
test_create_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_true (orm_database_create_all (fixture->database, &fixture->types[1], 1, NULL, &fixture->error));
  orm_test_execute (fixture->database, "INSERT INTO author (name) VALUES ('Ende')");
  orm_database_create_all_async (fixture->database, fixture->types, 2, NULL, orm_test_keep_result, &result);
  orm_test_wait_result (&result);
  g_assert_true (orm_database_create_all_finish (fixture->database, result, &fixture->error));
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count (*) FROM author"), ==, 1);
}

/* Nothing is made where one of those that are there does not agree. */
static void
test_create_beside_other (Fixture *fixture, gconstpointer data)
{
  orm_test_execute (fixture->database, "CREATE TABLE book (id INTEGER PRIMARY KEY, title BLOB NOT NULL)");
  g_assert_false (orm_database_create_all (fixture->database, fixture->types, 2, NULL, &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_MISMATCH);
  g_assert_nonnull (strstr (fixture->error->message, "book.title"));
  g_clear_error (&fixture->error);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count (*) FROM sqlite_schema"), ==, 1);
  orm_test_execute (fixture->database, "DROP TABLE book; CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT)");
  g_assert_false (orm_database_create_all (fixture->database, fixture->types, 2, NULL, &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_MISMATCH);
  g_assert_nonnull (strstr (fixture->error->message, "author.name"));
  g_clear_error (&fixture->error);
  g_assert_false (orm_database_check_mapping (fixture->database, fixture->types, 1, NULL, &fixture->error));
  g_assert_nonnull (strstr (fixture->error->message, "no column book.id"));
  g_clear_error (&fixture->error);
}

/* A schema that differs from the right one in one place. */
static const struct
{
  const char *from;
  const char *to;
  const char *problem;
} cases[] = {
  { "\"pages\"", "\"leaves\"", "no column book.pages" },
  { "\"price\" REAL", "\"price\" TEXT",
    "book.price of the database does not agree with the mapping: its type is TEXT, and that of the mapping REAL" },
  { "\"price\" REAL", "\"price\" REAL NOT NULL",
    "book.price of the database does not agree with the mapping: only one of them may be NULL" },
  { "TEXT NOT NULL DEFAULT", "TEXT DEFAULT",
    "book.title of the database does not agree with the mapping: only one of them may be NULL" },
  { "DEFAULT -1", "", "book.pages of the database does not agree with the mapping: only one of them has a default" },
  { "\"author_id\" INTEGER NOT NULL", "\"author_id\" INTEGER NOT NULL DEFAULT 1",
    "book.author_id of the database does not agree with the mapping: only one of them has a default" },
  { "\"cover\" BLOB", "\"cover\" BLOB UNIQUE",
    "book.cover of the database does not agree with the mapping: only one of them is UNIQUE" },
  { "\"title\" TEXT", "\"title\" TEXT COLLATE NOCASE",
    "book.title of the database does not agree with the mapping: only one of them is NOCASE" },
  { " REFERENCES \"author\" (\"id\") ON DELETE CASCADE", "",
    "book.author_id of the database does not agree with the mapping: it does not refer" },
  { "INTEGER PRIMARY KEY", "INTEGER",
    "book.id of the database does not agree with the mapping: only one of them is the key" },
  { "INTEGER PRIMARY KEY", "INT PRIMARY KEY",
    "book.id of the database does not agree with the mapping: it is not INTEGER PRIMARY KEY" },
  { "INTEGER PRIMARY KEY", "INTEGER PRIMARY KEY DESC",
    "book.id of the database does not agree with the mapping: it is not INTEGER PRIMARY KEY" },
  { ") STRICT", ") STRICT, WITHOUT ROWID",
    "book.id of the database does not agree with the mapping: it is not INTEGER PRIMARY KEY" },
  { "DEFAULT 'it''s new'", "DEFAULT 'old'",
    "book.title of the database does not agree with the mapping: its default is 'old', and that of the mapping "
    "'it''s new'" },
  { "DEFAULT 9.5", "DEFAULT NULL",
    "book.price of the database does not agree with the mapping: its default is NULL, and that of the mapping 9.5" },
  { "DEFAULT NULL", "DEFAULT 0",
    "book.next_id of the database does not agree with the mapping: its default is 0, and that of the mapping NULL" },
  { "ON DELETE CASCADE", "ON DELETE RESTRICT",
    "book.author_id of the database does not agree with the mapping: it says ON DELETE RESTRICT, and the mapping ON "
    "DELETE CASCADE" },
  { " ON DELETE SET NULL", "",
    "book.next_id of the database does not agree with the mapping: it says ON DELETE NO ACTION, and the mapping ON "
    "DELETE SET NULL" },
  { "REFERENCES \"author\"", "REFERENCES \"book\"",
    "book.author_id of the database does not agree with the mapping: it does not refer to the table author" },
  { ") STRICT", ", \"color\" TEXT NOT NULL) STRICT",
    "book.color of the database is not mapped, NOT NULL and without a default" },
};

static void
test_check_mapping (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Fixture fixture = { 0 };
      g_autoptr (GString) sql = g_string_new (ORM_TEST_CREATE_BOOK);

      set_up (&fixture, NULL);
      g_assert_cmpuint (g_string_replace (sql, cases[i].from, cases[i].to, 1), ==, 1);
      g_string_replace (sql, "CHECK (pages <> 0)", "", 1);
      orm_test_execute (fixture.database, sql->str);
      orm_test_execute (fixture.database, ORM_TEST_INDEX_TITLE "; " ORM_TEST_INDEX_AUTHOR);
      g_assert_false (orm_database_check_mapping (fixture.database, fixture.types, 1, NULL, &fixture.error));
      g_assert_error (fixture.error, ORM_ERROR, ORM_ERROR_MISMATCH);
      if (strstr (fixture.error->message, cases[i].problem) == NULL)
        g_error ("%s, not: %s", cases[i].problem, fixture.error->message);
      /* And what to do about it. */
      g_assert_nonnull (strstr (fixture.error->message, "migration"));
      g_clear_error (&fixture.error);
      tear_down (&fixture, NULL);
    }
}

/* What is said in other words, and what the mapping need not know of. */
static void
test_check_mapping_agrees (Fixture *fixture, gconstpointer data)
{
  static const char *const others[][2] = {
    { "x'00fF'", "X'00FF'" },
    { "DEFAULT -1", "DEFAULT (-1)" },
    { "9.5", "95e-1" },
    { "\"title\"", "\"Title\"" },
    { ") STRICT", ", color TEXT, size INTEGER NOT NULL DEFAULT 1, double AS (size * 2) NOT NULL)" },
  };
  g_autoptr (GString) sql = g_string_new (ORM_TEST_CREATE_BOOK);

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_cmpuint (g_string_replace (sql, others[i][0], others[i][1], 1), ==, 1);
  orm_test_execute (fixture->database, sql->str);
  orm_test_execute (fixture->database, ORM_TEST_INDEX_TITLE "; CREATE INDEX both ON book (author_id, pages)");
  g_assert_true (orm_database_check_mapping (fixture->database, fixture->types, 1, NULL, &fixture->error));
}

static void
test_check_mapping_index (Fixture *fixture, gconstpointer data)
{
  static const char *const others[] = {
    ORM_TEST_INDEX_AUTHOR,
    "CREATE INDEX half ON book (title) WHERE pages > 1",
    "CREATE INDEX second ON book (pages, title)",
    "CREATE INDEX folded ON book (title COLLATE NOCASE)",
    "CREATE INDEX lower ON book (lower (title))",
  };

  orm_test_execute (fixture->database, ORM_TEST_CREATE_BOOK);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      orm_test_execute (fixture->database, others[i]);
      g_assert_false (orm_database_check_mapping (fixture->database, fixture->types, 1, NULL, &fixture->error));
      g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_MISMATCH);
      g_assert_cmpstr (fixture->error->message, ==,
                       "The column book.title of the database does not agree with the mapping: it is to have an index, "
                       "and has none. Change the mapping, or the table by a migration.");
      g_clear_error (&fixture->error);
    }
  orm_test_execute (fixture->database, ORM_TEST_INDEX_TITLE);
  g_assert_true (orm_database_check_mapping (fixture->database, fixture->types, 1, NULL, &fixture->error));
}

static void
test_check_mapping_async (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) statements = orm_test_trace (fixture->database);
  g_autoptr (GPtrArray) plain = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  orm_database_check_mapping_async (fixture->database, fixture->types, 2, NULL, orm_test_keep_result, &result);
  orm_test_wait_result (&result);
  g_assert_false (orm_database_check_mapping_finish (fixture->database, result, &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_MISMATCH);
  g_clear_error (&fixture->error);
  g_clear_object (&result);

  g_assert_true (orm_database_create_all (fixture->database, fixture->types, 2, NULL, &fixture->error));
  g_ptr_array_set_size (statements, 0);
  orm_database_check_mapping (fixture->database, fixture->types, 2, NULL, &fixture->error);
  plain = g_ptr_array_copy (statements, (GCopyFunc) (void (*) (void)) g_strdup, NULL);
  g_ptr_array_set_free_func (plain, g_free);
  g_ptr_array_set_size (statements, 0);
  orm_database_check_mapping_async (fixture->database, fixture->types, 2, NULL, orm_test_keep_result, &result);
  orm_test_wait_result (&result);
  g_assert_true (orm_database_check_mapping_finish (fixture->database, result, &fixture->error));
  g_assert_cmpuint (statements->len, ==, plain->len);
  for (guint i = 0; i < plain->len; i++)
    g_assert_cmpstr (statements->pdata[i], ==, plain->pdata[i]);
}

static void
test_unique_mapping (Fixture *fixture, gconstpointer data)
{
  orm_test_execute (fixture->database,
                    "CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT COLLATE NOCASE NOT NULL)");
  orm_test_execute (fixture->database, "CREATE UNIQUE INDEX half ON author (name) WHERE id > 1");
  orm_test_execute (fixture->database, "CREATE UNIQUE INDEX both ON author (name, id)");
  g_assert_false (orm_database_check_mapping (fixture->database, &fixture->types[1], 1, NULL, &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_MISMATCH);
  g_assert_nonnull (strstr (fixture->error->message, "author.name"));
  g_clear_error (&fixture->error);
  orm_test_execute (fixture->database, "CREATE UNIQUE INDEX one ON author (name)");
  g_assert_true (orm_database_check_mapping (fixture->database, &fixture->types[1], 1, NULL, &fixture->error));
}

/* What the database would give a row without a value is what a new object has. */
static void
test_defaults (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmSession) session = orm_session_new (fixture->database);
  g_autoptr (OrmTestBook) made = g_object_new (ORM_TYPE_TEST_BOOK, NULL);
  g_autoptr (OrmTestBook) given = g_object_new (ORM_TYPE_TEST_BOOK, "title", "Momo", "cover", NULL, "price", 1.5, NULL);
  g_autoptr (OrmTestBook) read = NULL;

  g_assert_true (orm_database_create_all (fixture->database, fixture->types, 2, NULL, &fixture->error));
  orm_test_execute (fixture->database, "INSERT INTO author (id, name) VALUES (1, 'Ende')");
  orm_test_execute (fixture->database, "INSERT INTO book (id, author_id) VALUES (7, 1)");
  read = orm_session_get (session, ORM_TYPE_TEST_BOOK, 7, NULL, &fixture->error);
  g_assert_cmpstr (made->title, ==, "it's new");
  g_assert_cmpstr (made->title, ==, read->title);
  g_assert_cmpint (made->pages, ==, read->pages);
  g_assert_cmpint (made->pages, ==, -1);
  g_assert_cmpfloat (made->price, ==, read->price);
  g_assert_cmpfloat (made->price, ==, 9.5);
  g_assert_true (g_bytes_equal (made->cover, read->cover));
  g_assert_cmpuint (g_bytes_get_size (made->cover), ==, 2);
  g_assert_true (g_date_time_equal (made->printed, read->printed));
  g_assert_cmpint (g_date_time_to_unix (made->printed), ==, 1);
  g_assert_false (orm_entity_is_dirty (ORM_ENTITY (made)));

  /* NULL is a value where it may be. */
  g_assert_cmpstr (given->title, ==, "Momo");
  g_assert_null (given->cover);
  orm_entity_set_int64 (ORM_ENTITY (given), 6, 1);
  orm_entity_set_int64 (ORM_ENTITY (given), 7, 7);
  orm_session_add (session, ORM_ENTITY (given));
  orm_session_commit (session, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT cover IS NULL FROM book WHERE title = 'Momo'"), ==,
                   1);
}

static void
test_default_of_another_type (void)
{
  static const OrmColumn columns[] = {
    { "id", ORM_FIELD_INT64, ORM_COLUMN_KEY, G_STRUCT_OFFSET (OrmTestAuthor, id) },
    { "name", ORM_FIELD_TEXT, ORM_COLUMN_DEFAULT, G_STRUCT_OFFSET (OrmTestAuthor, name),
      .default_value = "CURRENT_TIME" },
  };

  if (g_test_subprocess ())
    {
      GTypeClass *klass = g_type_class_ref (ORM_TYPE_TEST_AUTHOR);

      orm_entity_class_map (ORM_ENTITY_CLASS (klass), "other", columns, G_N_ELEMENTS (columns));
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*default of other.name is no literal*");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add ("/orm/schema/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("create-all", test_create_all);
  ADD ("create-all/again", test_create_again);
  ADD ("create-all/beside-other", test_create_beside_other);
  g_test_add_func ("/orm/schema/check-mapping", test_check_mapping);
  ADD ("check-mapping/agrees", test_check_mapping_agrees);
  ADD ("check-mapping/index", test_check_mapping_index);
  ADD ("check-mapping/async", test_check_mapping_async);
  ADD ("check-mapping/unique", test_unique_mapping);
  ADD ("defaults", test_defaults);
  g_test_add_func ("/orm/schema/defaults/of-another-type", test_default_of_another_type);

  return g_test_run ();
}
