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
  orm_query_order_by (query, "title", ORM_ORDER_ASCENDING);
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

/* example */
/* Prints all books by their length, 20 on a page, and what can be known of them without reading them. */
static gboolean
print_books (OrmSession *session, GString *out, GError **error)
{
  g_autoptr (ExampleBook) last = NULL;
  g_autoptr (OrmQuery) lengths = orm_query_new (EXAMPLE_TYPE_BOOK);
  g_autoptr (OrmRows) rows = NULL;
  guint n_books;

  do
    {
      g_autoptr (OrmQuery) page = orm_query_new (EXAMPLE_TYPE_BOOK);
      g_autoptr (GPtrArray) books = NULL;

      orm_query_order_by (page, "pages", ORM_ORDER_DESCENDING);
      orm_query_page (page, ORM_ENTITY (last), 20);
      books = orm_session_all (session, page, NULL, error);
      if (books == NULL)
        return FALSE;
      n_books = books->len;
      for (guint i = 0; i < n_books; i++)
        g_string_append_printf (out, "%s\n", EXAMPLE_BOOK (books->pdata[i])->title);
      if (n_books > 0)
        g_set_object (&last, books->pdata[n_books - 1]);
    }
  while (n_books == 20);

  /* SELECT count(*), max("pages") FROM "book" */
  orm_query_select (lengths, ORM_AGGREGATE_COUNT, NULL);
  orm_query_select (lengths, ORM_AGGREGATE_MAX, "pages");
  rows = orm_session_select (session, lengths, NULL, error);
  if (rows == NULL)
    return FALSE;
  g_string_append_printf (out, "%" G_GINT64_FORMAT " books, up to %" G_GINT64_FORMAT " pages\n",
                          orm_rows_get (rows, 0, 0)->int64, orm_rows_get (rows, 0, 1)->int64);
  return TRUE;
}

/* Every book, with a hundred in memory at most. */
static gboolean
visit_books (OrmSession *session, void (*visit) (ExampleBook *book), GError **error)
{
  g_autoptr (OrmCursor) cursor = orm_cursor_new (session, orm_query_new (EXAMPLE_TYPE_BOOK), 100);
  g_autoptr (GError) problem = NULL;
  ExampleBook *book;

  while ((book = orm_cursor_next (cursor, NULL, &problem)) != NULL)
    {
      visit (book);
      g_object_unref (book);
    }
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return problem == NULL;
}
/* example */

/* example */
/* Books that have a page for each letter of their title: no query can say that, SQL can. */
static GPtrArray *
find_odd_books (OrmSession *session, const char *start, GError **error)
{
  const OrmParameter parameters[] = {
    { "start", { .type = ORM_VALUE_TEXT, .text = (char *) start } },
  };

  return orm_session_all_sql (session, EXAMPLE_TYPE_BOOK,
                              "SELECT * FROM book WHERE pages = length (title) AND title >= :start ORDER BY title",
                              parameters, G_N_ELEMENTS (parameters), NULL, error);
}
/* example */

/* example */
/* Adds pages to a book, whatever another does to it at the same time: nobody's change is lost. */
static gboolean
add_pages (OrmSession *session, ExampleBook *book, gint64 n_pages, GError **error)
{
  orm_session_set_checks_stale (session, TRUE);
  for (;;)
    {
      g_autoptr (GError) problem = NULL;

      orm_entity_set_int64 (ORM_ENTITY (book), BOOK_PAGES, book->pages + n_pages);
      if (orm_session_commit (session, NULL, &problem))
        return TRUE;
      if (!g_error_matches (problem, ORM_ERROR, ORM_ERROR_STALE))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      if (!orm_session_refresh (session, ORM_ENTITY (book), NULL, error))
        return FALSE;
    }
}
/* example */

/* example */
/* Moves pages from one book to another: both change or neither, whatever happens in between. */
static gboolean
move_pages (OrmSession *session, ExampleBook *from, ExampleBook *to, gint64 n_pages, GError **error)
{
  g_autoptr (OrmScope) scope = orm_session_begin (session, error);

  if (scope == NULL)
    return FALSE;
  orm_entity_set_int64 (ORM_ENTITY (from), BOOK_PAGES, from->pages - n_pages);
  orm_entity_set_int64 (ORM_ENTITY (to), BOOK_PAGES, to->pages + n_pages);
  if (from->pages < 0)
    {
      g_set_error (error, ORM_ERROR, ORM_ERROR_INVALID, "%s has no %" G_GINT64_FORMAT " pages", from->title, n_pages);
      return FALSE; /* and both have the pages that they had */
    }
  return orm_scope_commit (scope, NULL, error);
}
/* example */

/* example */
/* Everything that a column can say. */
#define EXAMPLE_TYPE_LOAN (example_loan_get_type ())
G_DECLARE_FINAL_TYPE (ExampleLoan, example_loan, EXAMPLE, LOAN, OrmEntity)

struct _ExampleLoan
{
  OrmEntity parent_instance;
  gint64 id;
  gint64 book_id;
  char *reader;
  GDateTime *lent;
  gint64 n_days;
};

G_DEFINE_FINAL_TYPE (ExampleLoan, example_loan, ORM_TYPE_ENTITY)

static const OrmColumn loan_columns[] = {
  { "id", ORM_FIELD_INT64, ORM_COLUMN_KEY, G_STRUCT_OFFSET (ExampleLoan, id) },
  { "book_id", ORM_FIELD_INT64, ORM_COLUMN_NOT_NULL | ORM_COLUMN_UNIQUE, G_STRUCT_OFFSET (ExampleLoan, book_id),
    .references = "book", .on_delete = ORM_ON_DELETE_CASCADE },
  { "reader", ORM_FIELD_TEXT, ORM_COLUMN_NOT_NULL | ORM_COLUMN_NOCASE | ORM_COLUMN_INDEXED,
    G_STRUCT_OFFSET (ExampleLoan, reader), .max_length = 50 },
  { "lent", ORM_FIELD_DATE_TIME, ORM_COLUMN_DEFAULT, G_STRUCT_OFFSET (ExampleLoan, lent) },
  { "n_days", ORM_FIELD_INT64, ORM_COLUMN_NOT_NULL, G_STRUCT_OFFSET (ExampleLoan, n_days), .default_value = "14",
    .check = "n_days > 0" },
};

static void
example_loan_class_init (ExampleLoanClass *klass)
{
  orm_entity_class_map (ORM_ENTITY_CLASS (klass), "loan", loan_columns, G_N_ELEMENTS (loan_columns));
}

static void
example_loan_init (ExampleLoan *self)
{
}

/* CREATE TABLE IF NOT EXISTS "book" …, "loan" …, CREATE INDEX IF NOT EXISTS "loan_by_reader" … */
static gboolean
make_tables (OrmDatabase *database, GError **error)
{
  const GType types[] = { EXAMPLE_TYPE_LOAN, EXAMPLE_TYPE_BOOK };

  return orm_database_create_all (database, types, G_N_ELEMENTS (types), NULL, error);
}
/* example */

/* example */
/* Rows without objects, all of them or none. */
static gboolean
import_titles (OrmSession *session, const char *const *titles, GError **error)
{
  static const char *const names[] = { "title", "pages" };
  gsize n_rows = g_strv_length ((char **) titles);
  g_autofree OrmValue *values = g_new0 (OrmValue, n_rows * G_N_ELEMENTS (names));

  for (gsize i = 0; i < n_rows; i++)
    {
      values[i * 2] = (OrmValue){ .type = ORM_VALUE_TEXT, .text = (char *) titles[i] };
      values[i * 2 + 1] = (OrmValue){ .type = ORM_VALUE_INT64, .int64 = 100 };
    }
  return orm_session_bulk_insert (session, EXAMPLE_TYPE_BOOK, names, G_N_ELEMENTS (names), values, n_rows, NULL, error);
}

/* SELECT "id", "title" FROM "book": the pages are not loaded, and nobody takes their 0 for a number. */
static gboolean
print_titles (OrmSession *session, GString *out, GError **error)
{
  g_autoptr (OrmQuery) query = orm_query_new (EXAMPLE_TYPE_BOOK);
  g_autoptr (GPtrArray) books = NULL;

  orm_query_load_only (query, "title", NULL);
  books = orm_session_all (session, query, NULL, error);
  for (guint i = 0; books != NULL && i < books->len; i++)
    {
      ExampleBook *book = books->pdata[i];

      if (orm_entity_is_loaded_column (ORM_ENTITY (book), BOOK_PAGES))
        g_string_append_printf (out, "%s, %" G_GINT64_FORMAT " pages\n", book->title, book->pages);
      else
        g_string_append_printf (out, "%s\n", book->title);
    }
  return books != NULL;
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

static guint n_visited;

static void
count_book (ExampleBook *book)
{
  n_visited++;
}

static void
test_reading (void)
{
  g_autoptr (OrmDatabase) database = orm_database_new (":memory:", ORM_OPEN_CREATE);
  g_autoptr (OrmSession) session = orm_session_new (database);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  orm_database_set_migrations (database, migrations, G_N_ELEMENTS (migrations));
  g_assert_true (orm_database_open (database, NULL, &error));
  orm_test_execute (database, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 250) "
                              "INSERT INTO book (title, pages) SELECT 'book ' || i, i / 30 FROM n");
  g_assert_true (print_books (session, out, &error));
  g_assert_true (g_str_has_prefix (out->str, "book 250\nbook 249\n"));
  g_assert_true (g_str_has_suffix (out->str, "\nbook 2\nbook 1\n250 books, up to 8 pages\n"));
  g_assert_true (visit_books (session, count_book, &error));
  g_assert_cmpuint (n_visited, ==, 250);
}

static void
test_sql (void)
{
  g_autoptr (OrmDatabase) database = orm_database_new (":memory:", ORM_OPEN_CREATE);
  g_autoptr (OrmSession) session = orm_session_new (database);
  g_autoptr (GPtrArray) books = NULL;
  g_autoptr (GError) error = NULL;

  orm_database_set_migrations (database, migrations, G_N_ELEMENTS (migrations));
  g_assert_true (orm_database_open (database, NULL, &error));
  orm_test_execute (database, "INSERT INTO book (title, pages) VALUES ('Emma', 4), ('Momo', 4), ('Ulysses', 8)");
  books = find_odd_books (session, "F", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (books->len, ==, 1);
  g_assert_cmpstr (EXAMPLE_BOOK (books->pdata[0])->title, ==, "Momo");
}

static void
test_stale (void)
{
  g_autoptr (OrmDatabase) database = orm_database_new (":memory:", ORM_OPEN_CREATE);
  g_autoptr (OrmSession) session = orm_session_new (database);
  g_autoptr (ExampleBook) book = NULL;
  g_autoptr (GError) error = NULL;

  orm_database_set_migrations (database, migrations, G_N_ELEMENTS (migrations));
  g_assert_true (orm_database_open (database, NULL, &error));
  orm_test_execute (database, "INSERT INTO book (title, pages) VALUES ('Momo', 300)");
  book = orm_session_get (session, EXAMPLE_TYPE_BOOK, 1, NULL, &error);
  orm_test_execute (database, "UPDATE book SET pages = pages + 1");
  g_assert_true (add_pages (session, book, 10, &error));
  g_assert_no_error (error);
  g_assert_cmpint (orm_test_get_int64 (database, "SELECT pages FROM book"), ==, 311);
}

static void
test_scope (void)
{
  g_autoptr (OrmDatabase) database = orm_database_new (":memory:", ORM_OPEN_CREATE);
  g_autoptr (OrmSession) session = orm_session_new (database);
  g_autoptr (ExampleBook) momo =
      g_object_new (EXAMPLE_TYPE_BOOK, "title", "Momo", "pages", G_GINT64_CONSTANT (9), NULL);
  g_autoptr (ExampleBook) emma =
      g_object_new (EXAMPLE_TYPE_BOOK, "title", "Emma", "pages", G_GINT64_CONSTANT (1), NULL);
  g_autoptr (GError) error = NULL;

  orm_database_set_migrations (database, migrations, G_N_ELEMENTS (migrations));
  g_assert_true (orm_database_open (database, NULL, &error));
  orm_session_add (session, ORM_ENTITY (momo));
  orm_session_add (session, ORM_ENTITY (emma));
  g_assert_true (orm_session_commit (session, NULL, &error));
  g_assert_true (move_pages (session, momo, emma, 5, &error));
  g_assert_no_error (error);
  g_assert_false (move_pages (session, momo, emma, 5, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_INVALID);
  g_assert_cmpint (momo->pages, ==, 4);
  g_assert_cmpint (emma->pages, ==, 6);
  g_assert_cmpint (orm_test_get_int64 (database, "SELECT pages FROM book WHERE title = 'Emma'"), ==, 6);
}

static void
test_columns (void)
{
  g_autoptr (OrmDatabase) database = orm_database_new (":memory:", ORM_OPEN_CREATE);
  g_autoptr (ExampleLoan) loan = g_object_new (EXAMPLE_TYPE_LOAN, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (orm_database_open (database, NULL, &error));
  g_assert_true (make_tables (database, &error));
  g_assert_no_error (error);
  g_assert_cmpint (loan->n_days, ==, 14);
  g_assert_cmpint (orm_test_get_int64 (database, "SELECT count (*) FROM sqlite_schema WHERE name = 'loan_by_reader'"),
                   ==, 1);
}

static void
test_bulk (void)
{
  static const char *const titles[] = { "Momo", "Emma", NULL };
  g_autoptr (OrmDatabase) database = orm_database_new (":memory:", ORM_OPEN_CREATE);
  g_autoptr (OrmSession) session = orm_session_new (database);
  g_autoptr (ExampleBook) momo = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  orm_database_set_migrations (database, migrations, G_N_ELEMENTS (migrations));
  g_assert_true (orm_database_open (database, NULL, &error));
  g_assert_true (import_titles (session, titles, &error));
  momo = orm_session_get (session, EXAMPLE_TYPE_BOOK, 1, NULL, &error);
  g_assert_true (print_titles (session, out, &error));
  g_assert_cmpstr (out->str, ==, "Momo, 100 pages\nEmma\n");
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
  g_test_add_func ("/orm/example/reading", test_reading);
  g_test_add_func ("/orm/example/sql", test_sql);
  g_test_add_func ("/orm/example/stale", test_stale);
  g_test_add_func ("/orm/example/scope", test_scope);
  g_test_add_func ("/orm/example/columns", test_columns);
  g_test_add_func ("/orm/example/bulk", test_bulk);
  g_test_add_func ("/orm/example/readme-has-it", test_readme_has_it);

  return g_test_run ();
}
