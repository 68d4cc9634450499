/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The examples of model/orm/README.md, which has the parts between marks word for word. */
#include "orm-test.h"

/* example */
#include "orm.h"

/* 1. A class with a field for each column. */
#define EXAMPLE_TYPE_BOOK (example_book_get_type ())
G_DECLARE_FINAL_TYPE (ExampleBook, example_book, EXAMPLE, BOOK, OrmEntity)

struct _ExampleBook
{
  OrmEntity parent_instance;
  gint64 id;
  char *title;
  gint64 pages;
};

G_DEFINE_FINAL_TYPE (ExampleBook, example_book, ORM_TYPE_ENTITY)

enum
{
  BOOK_ID,
  BOOK_TITLE,
  BOOK_PAGES
};

static const OrmColumn columns[] = {
  { "id", ORM_FIELD_INT64, ORM_COLUMN_KEY, G_STRUCT_OFFSET (ExampleBook, id) },
  { "title", ORM_FIELD_TEXT, ORM_COLUMN_NOT_NULL, G_STRUCT_OFFSET (ExampleBook, title) },
  { "pages", ORM_FIELD_INT64, ORM_COLUMN_NOT_NULL, G_STRUCT_OFFSET (ExampleBook, pages) },
};

static void
example_book_class_init (ExampleBookClass *klass)
{
  orm_entity_class_map (ORM_ENTITY_CLASS (klass), "book", columns, G_N_ELEMENTS (columns));
}

static void
example_book_init (ExampleBook *self)
{
}

/* 2. The schema, in steps. */
static const OrmMigration migrations[] = {
  { 1, "books", "CREATE TABLE book (id INTEGER PRIMARY KEY, title TEXT NOT NULL, pages INTEGER NOT NULL) STRICT" },
};

static void
read_books (const char *path)
{
  g_autoptr (OrmDatabase) database = orm_database_new (path, ORM_OPEN_CREATE);
  g_autoptr (OrmSession) session = orm_session_new (database);
  g_autoptr (OrmQuery) query = orm_query_new (EXAMPLE_TYPE_BOOK);
  g_autoptr (GPtrArray) thick = NULL;
  g_autoptr (ExampleBook) book = NULL;
  g_autoptr (ExampleBook) same = NULL;
  g_autoptr (GError) error = NULL;
  OrmValue hundred = { .type = ORM_VALUE_INT64, .int64 = 100 };

  orm_database_set_migrations (database, migrations, G_N_ELEMENTS (migrations));
  if (!orm_database_open (database, NULL, &error))
    g_error ("%s", error->message);

  /* 3. A unit of work: insert … */
  book = g_object_new (EXAMPLE_TYPE_BOOK, "title", "Momo", "pages", G_GINT64_CONSTANT (304), NULL);
  orm_session_add (session, ORM_ENTITY (book));
  orm_session_commit (session, NULL, &error);
  g_assert_cmpint (book->id, ==, 1);

  /* … UPDATE "book" SET "pages" = ? WHERE "id" = ? … */
  orm_entity_set_int64 (ORM_ENTITY (book), BOOK_PAGES, 320);
  orm_session_commit (session, NULL, &error);

  /* … and find. One row is one object. */
  orm_query_filter (query, orm_compare ("pages", ">", &hundred));
  orm_query_order_by (query, "title", FALSE);
  thick = orm_session_all (session, query, NULL, &error);
  same = orm_session_get (session, EXAMPLE_TYPE_BOOK, 1, NULL, &error);
  g_assert_true (thick->pdata[0] == (gpointer) book && same == book);
}
/* example */

/* example */
/* The books whose title starts with a text as it stands, or that are thin, but for a few that are known. */
static OrmQuery *
find_books (const char *start, const gint64 *known, gsize n_known)
{
  OrmQuery *query = orm_query_new (EXAMPLE_TYPE_BOOK);
  OrmValue few = { .type = ORM_VALUE_INT64, .int64 = 1 };
  OrmValue many = { .type = ORM_VALUE_INT64, .int64 = 150 };

  orm_query_filter (query, orm_or (orm_starts_with ("title", start), orm_between ("pages", &few, &many)));
  orm_query_filter (query, orm_not (orm_in ("id", known, n_known)));
  return query;
}
/* example */

static void
test_example (void)
{
  read_books (":memory:");
}

static void
test_conditions (void)
{
  g_autoptr (OrmDatabase) database = orm_database_new (":memory:", ORM_OPEN_CREATE);
  g_autoptr (OrmSession) session = orm_session_new (database);
  const gint64 known[] = { 1 };
  g_autoptr (OrmQuery) query = find_books ("100%", known, 1);
  g_autoptr (GPtrArray) books = NULL;
  g_autoptr (GError) error = NULL;

  orm_database_set_migrations (database, migrations, G_N_ELEMENTS (migrations));
  g_assert_true (orm_database_open (database, NULL, &error));
  orm_test_execute (database, "INSERT INTO book (title, pages) VALUES ('100% a', 1), ('100% b', 900), "
                              "('1000', 151), ('c', 150), ('d', 0)");
  books = orm_session_all (session, query, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (books->len, ==, 2);
  g_assert_cmpstr (EXAMPLE_BOOK (books->pdata[0])->title, ==, "100% b");
  g_assert_cmpstr (EXAMPLE_BOOK (books->pdata[1])->title, ==, "c");
}

static void
test_readme_has_it (void)
{
  g_autofree char *code = NULL;
  g_autofree char *readme = NULL;
  g_autofree char *code_path = g_test_build_filename (G_TEST_DIST, "orm", "test-orm-example.c", NULL);
  g_autofree char *readme_path = g_test_build_filename (G_TEST_DIST, "..", "model", "orm", "README.md", NULL);
  g_auto (GStrv) parts = NULL;

  g_assert_true (g_file_get_contents (code_path, &code, NULL, NULL));
  g_assert_true (g_file_get_contents (readme_path, &readme, NULL, NULL));
  /* Not in this file but as the line of its own that stands around each example. */
  parts = g_strsplit (code, "\n/* example */\n", -1);
  g_assert_cmpuint (g_strv_length (parts), >=, 3);
  for (guint i = 1; i < g_strv_length (parts); i += 2)
    g_assert_nonnull (strstr (readme, parts[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/orm/example/runs", test_example);
  g_test_add_func ("/orm/example/conditions", test_conditions);
  g_test_add_func ("/orm/example/readme-has-it", test_readme_has_it);

  return g_test_run ();
}
