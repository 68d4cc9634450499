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

/* example */
/* Looks at a file that stays as it is. What is asked of it is told by the statement, and not by its values. */
static void
on_statement (OrmDatabase *database, const char *sql, gint64 microseconds, gint64 n_rows, gpointer log)
{
  /* -1: the transaction around others. */
  if (n_rows >= 0)
    g_string_append_printf (log, "%s: %" G_GINT64_FORMAT " rows\n", sql, n_rows);
}

static OrmDatabase *
open_to_look (const char *path, GString *log, GError **error)
{
  g_autoptr (OrmDatabase) database = orm_database_new (path, ORM_OPEN_READ_ONLY);
  const GType types[] = { EXAMPLE_TYPE_BOOK };

  orm_database_set_migrations (database, migrations, G_N_ELEMENTS (migrations));
  if (!orm_database_open (database, NULL, error) ||
      !orm_database_check_mapping (database, types, G_N_ELEMENTS (types), NULL, error))
    return NULL;
  g_signal_connect (database, "statement", G_CALLBACK (on_statement), log);
  return g_steal_pointer (&database);
}
/* example */

/* example */
/* The end of a dialog about a book, in which its object was edited. */
typedef enum
{
  ANSWER_SAVE,
  ANSWER_CANCEL, /* what was there before */
  ANSWER_RELOAD, /* what is in the file by now */
  ANSWER_DELETE,
} Answer;

static gboolean
end_dialog (OrmSession *session, ExampleBook *book, Answer answer, GError **error)
{
  if (answer == ANSWER_CANCEL)
    {
      orm_session_rollback (session);
      return TRUE;
    }
  if (answer == ANSWER_RELOAD)
    return orm_session_refresh (session, ORM_ENTITY (book), NULL, error);
  if (answer == ANSWER_DELETE)
    orm_session_delete (session, ORM_ENTITY (book));
  return orm_session_commit (session, NULL, error);
}

/* A book as it is known elsewhere: the object of its row takes it over, or a row is made. */
static ExampleBook *
take_over (OrmSession *session, gint64 id, const char *title, gint64 pages, GError **error)
{
  g_autoptr (ExampleBook) theirs = g_object_new (EXAMPLE_TYPE_BOOK, "title", title, "pages", pages, NULL);
  g_autoptr (ExampleBook) ours = NULL;

  orm_entity_set_int64 (ORM_ENTITY (theirs), BOOK_ID, id);
  ours = orm_session_merge (session, ORM_ENTITY (theirs), NULL, error);
  if (ours == NULL || !orm_session_commit (session, NULL, error))
    return NULL;
  return g_steal_pointer (&ours);
}
/* example */

/* example */
/* Books without a page get one, and those without a title go. How many books are left; -1 with error. */
static gint64
tidy_books (OrmSession *session, GError **error)
{
  g_autoptr (OrmQuery) thin = orm_query_new (EXAMPLE_TYPE_BOOK);
  g_autoptr (OrmQuery) nameless = orm_query_new (EXAMPLE_TYPE_BOOK);
  g_autoptr (OrmQuery) all = orm_query_new (EXAMPLE_TYPE_BOOK);
  const OrmAssignment one_page = { "pages", { .type = ORM_VALUE_INT64, .int64 = 1 } };
  gboolean has_nameless;

  orm_query_filter (thin, orm_compare ("pages", "<", &one_page.value));
  orm_query_filter (nameless, orm_not (orm_like ("title", "_%")));
  if (orm_session_update_all (session, thin, &one_page, 1, NULL, error) < 0 ||
      !orm_session_exists (session, nameless, &has_nameless, NULL, error) ||
      (has_nameless && orm_session_delete_all (session, nameless, NULL, error) < 0))
    return -1;
  return orm_session_count (session, all, NULL, error);
}

/* SELECT "title", count(*) FROM "book" GROUP BY "title" HAVING count(*) > ? ORDER BY 2 DESC */
static OrmRows *
find_copies (OrmSession *session, GError **error)
{
  g_autoptr (OrmQuery) query = orm_query_new (EXAMPLE_TYPE_BOOK);
  const OrmValue one = { .type = ORM_VALUE_INT64, .int64 = 1 };

  orm_query_select (query, ORM_AGGREGATE_NONE, "title");
  orm_query_select (query, ORM_AGGREGATE_COUNT, NULL);
  orm_query_group_by (query, "title");
  orm_query_having (query, ORM_AGGREGATE_COUNT, NULL, ">", &one);
  orm_query_order_by_selected (query, 1, ORM_ORDER_DESCENDING);
  return orm_session_select (session, query, NULL, error);
}

/* The one book of a title: none is ORM_ERROR_NO_ROW, and more than one is ORM_ERROR_MANY_ROWS. */
static ExampleBook *
get_by_title (OrmSession *session, const char *title, GError **error)
{
  g_autoptr (OrmQuery) query = orm_query_new (EXAMPLE_TYPE_BOOK);
  const OrmValue value = { .type = ORM_VALUE_TEXT, .text = (char *) title };

  orm_query_filter (query, orm_equal ("title", &value));
  return orm_session_one (session, query, NULL, error);
}
/* example */

/* example */
/* On the thread that writes, in one transaction: whoever else wants to write waits for its end. */
static gboolean
double_longest (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (OrmQuery) longest = orm_query_new (EXAMPLE_TYPE_BOOK);
  g_autoptr (OrmQuery) books = orm_query_new (EXAMPLE_TYPE_BOOK);
  g_autoptr (OrmRows) rows = NULL;
  OrmAssignment twice = { "pages", { .type = ORM_VALUE_INT64 } };

  orm_query_select (longest, ORM_AGGREGATE_MAX, "pages");
  rows = orm_query_read (longest, connection, error);
  if (rows == NULL)
    return FALSE;
  orm_query_filter (books, orm_equal ("pages", orm_rows_get (rows, 0, 0)));
  twice.value.int64 = 2 * orm_rows_get (rows, 0, 0)->int64;
  return orm_query_update (books, connection, &twice, 1, error) >= 0;
}

/* In the main loop, after the commit: what is new, whoever wrote it. */
static void
on_changed (OrmDatabase *database, OrmChanges *changes, gpointer log)
{
  gsize n_keys = 0;
  const gint64 *keys = orm_changes_get_keys (changes, "book", ORM_CHANGE_UPDATE, &n_keys);

  if (orm_changes_is_everything (changes))
    g_string_append (log, "another process wrote\n");
  for (gsize i = 0; i < n_keys; i++)
    g_string_append_printf (log, "book %" G_GINT64_FORMAT " is another\n", keys[i]);
}

/* Does not block: callback comes when it is written, or was cancelled and nothing is. */
static void
double_longest_later (OrmDatabase *database, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  orm_database_write_async (database, double_longest, NULL, NULL, cancellable, callback, data);
}
/* example */

/* An open database with the table of books, and what a script puts into it. (transfer full) */
static OrmDatabase *
open_books (const char *path, const char *sql)
{
  g_autoptr (GError) error = NULL;
  OrmDatabase *database = orm_database_new (path, ORM_OPEN_CREATE);

  orm_database_set_migrations (database, migrations, G_N_ELEMENTS (migrations));
  orm_database_open (database, NULL, &error);
  g_assert_no_error (error);
  if (sql != NULL)
    orm_test_execute (database, sql);
  return database;
}

static void
test_example (void)
{
  read_books (":memory:");
}

static void
test_conditions (void)
{
  g_autoptr (OrmDatabase) database =
      open_books (":memory:", "INSERT INTO book (title, pages) VALUES ('100% a', 1), ('100% b', 900), "
                              "('1000', 151), ('c', 150), ('d', 0)");
  g_autoptr (OrmSession) session = orm_session_new (database);
  const gint64 known[] = { 1 };
  g_autoptr (OrmQuery) query = find_books ("100%", known, 1);
  g_autoptr (GPtrArray) books = NULL;
  g_autoptr (GError) error = NULL;

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
  g_autoptr (OrmDatabase) database =
      open_books (":memory:", "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 250) "
                              "INSERT INTO book (title, pages) SELECT 'book ' || i, i / 30 FROM n");
  g_autoptr (OrmSession) session = orm_session_new (database);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (print_books (session, out, &error));
  g_assert_true (g_str_has_prefix (out->str, "book 250\nbook 249\n"));
  g_assert_true (g_str_has_suffix (out->str, "\nbook 2\nbook 1\n250 books, up to 8 pages\n"));
  g_assert_true (visit_books (session, count_book, &error));
  g_assert_cmpuint (n_visited, ==, 250);
}

static void
test_sql (void)
{
  g_autoptr (OrmDatabase) database =
      open_books (":memory:", "INSERT INTO book (title, pages) VALUES ('Emma', 4), ('Momo', 4), ('Ulysses', 8)");
  g_autoptr (OrmSession) session = orm_session_new (database);
  g_autoptr (GPtrArray) books = NULL;
  g_autoptr (GError) error = NULL;

  books = find_odd_books (session, "F", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (books->len, ==, 1);
  g_assert_cmpstr (EXAMPLE_BOOK (books->pdata[0])->title, ==, "Momo");
}

static void
test_stale (void)
{
  g_autoptr (OrmDatabase) database = open_books (":memory:", "INSERT INTO book (title, pages) VALUES ('Momo', 300)");
  g_autoptr (OrmSession) session = orm_session_new (database);
  g_autoptr (ExampleBook) book = NULL;
  g_autoptr (GError) error = NULL;

  book = orm_session_get (session, EXAMPLE_TYPE_BOOK, 1, NULL, &error);
  orm_test_execute (database, "UPDATE book SET pages = pages + 1");
  g_assert_true (add_pages (session, book, 10, &error));
  g_assert_no_error (error);
  g_assert_cmpint (orm_test_get_int64 (database, "SELECT pages FROM book"), ==, 311);
}

static void
test_scope (void)
{
  g_autoptr (OrmDatabase) database = open_books (":memory:", NULL);
  g_autoptr (OrmSession) session = orm_session_new (database);
  g_autoptr (ExampleBook) momo =
      g_object_new (EXAMPLE_TYPE_BOOK, "title", "Momo", "pages", G_GINT64_CONSTANT (9), NULL);
  g_autoptr (ExampleBook) emma =
      g_object_new (EXAMPLE_TYPE_BOOK, "title", "Emma", "pages", G_GINT64_CONSTANT (1), NULL);
  g_autoptr (GError) error = NULL;

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
test_bulk (void)
{
  static const char *const titles[] = { "Momo", "Emma", NULL };
  g_autoptr (OrmDatabase) database = open_books (":memory:", NULL);
  g_autoptr (OrmSession) session = orm_session_new (database);
  g_autoptr (ExampleBook) momo = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (import_titles (session, titles, &error));
  momo = orm_session_get (session, EXAMPLE_TYPE_BOOK, 1, NULL, &error);
  g_assert_true (print_titles (session, out, &error));
  g_assert_cmpstr (out->str, ==, "Momo, 100 pages\nEmma\n");
}

static void
test_looking (void)
{
  char *folder = orm_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "books.db", NULL);
  OrmDatabase *database = open_books (path, "INSERT INTO book (title, pages) VALUES ('Momo', 304)");
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_finalize_object (database);
  database = open_to_look (path, log, &error);
  g_assert_no_error (error);
  g_assert_true (orm_database_is_read_only (database));
  g_assert_cmpint (orm_test_get_int64 (database, "SELECT pages FROM book"), ==, 304);
  g_assert_cmpstr (log->str, ==, "SELECT pages FROM book: 1 rows\n");
  g_assert_finalize_object (database);
  orm_test_remove_folder (folder);
}

static void
test_dialog (void)
{
  g_autoptr (OrmDatabase) database = open_books (":memory:", NULL);
  g_autoptr (OrmSession) session = orm_session_new (database);
  g_autoptr (ExampleBook) book = NULL;
  g_autoptr (ExampleBook) same = NULL;
  g_autoptr (GError) error = NULL;

  book = take_over (session, 7, "Momo", 304, &error);
  g_assert_no_error (error);
  same = take_over (session, 7, "Momo", 320, &error);
  g_assert_true (same == book);
  g_assert_cmpint (book->pages, ==, 320);
  orm_entity_set_int64 (ORM_ENTITY (book), BOOK_PAGES, 1);
  g_assert_true (end_dialog (session, book, ANSWER_CANCEL, &error));
  g_assert_cmpint (book->pages, ==, 320);
  orm_test_execute (database, "UPDATE book SET pages = 2");
  orm_entity_set_int64 (ORM_ENTITY (book), BOOK_PAGES, 1);
  g_assert_true (end_dialog (session, book, ANSWER_RELOAD, &error));
  g_assert_cmpint (book->pages, ==, 2);
  orm_entity_set_int64 (ORM_ENTITY (book), BOOK_PAGES, 3);
  g_assert_true (end_dialog (session, book, ANSWER_SAVE, &error));
  g_assert_cmpint (orm_test_get_int64 (database, "SELECT pages FROM book WHERE id = 7"), ==, 3);
  g_assert_true (end_dialog (session, book, ANSWER_DELETE, &error));
  g_assert_cmpint (orm_test_get_int64 (database, "SELECT count (*) FROM book"), ==, 0);
}

static void
test_queries (void)
{
  g_autoptr (OrmDatabase) database =
      open_books (":memory:", "INSERT INTO book (title, pages) VALUES ('Momo', 0), ('Momo', 2), ('', 9), ('Emma', 1)");
  g_autoptr (OrmSession) session = orm_session_new (database);
  g_autoptr (ExampleBook) emma = get_by_title (session, "Emma", NULL);
  g_autoptr (OrmRows) copies = find_copies (session, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (emma->pages, ==, 1);
  g_assert_cmpuint (orm_rows_get_n_rows (copies), ==, 1);
  g_assert_cmpstr (orm_rows_get (copies, 0, 0)->text, ==, "Momo");
  g_assert_cmpint (tidy_books (session, &error), ==, 3);
  g_assert_no_error (error);
  g_assert_cmpint (orm_test_get_int64 (database, "SELECT sum (pages) FROM book"), ==, 4);
  g_assert_null (get_by_title (session, "Momo", &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_MANY_ROWS);
}

static void
test_work (void)
{
  g_autoptr (OrmDatabase) database =
      open_books (":memory:", "INSERT INTO book (title, pages) VALUES ('Momo', 304), ('Emma', 100)");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) cancelled = NULL;
  g_autoptr (GError) error = NULL;

  orm_test_settle ();
  g_signal_connect (database, "changed", G_CALLBACK (on_changed), log);
  double_longest_later (database, NULL, orm_test_keep_result, &result);
  orm_test_wait_result (&result);
  g_assert_true (orm_database_write_finish (database, result, NULL, &error));
  orm_test_wait (orm_test_has_text, log);
  g_assert_cmpstr (log->str, ==, "book 1 is another\n");
  g_assert_cmpint (orm_test_get_int64 (database, "SELECT max (pages) FROM book"), ==, 608);

  g_cancellable_cancel (cancellable);
  double_longest_later (database, cancellable, orm_test_keep_result, &cancelled);
  orm_test_wait_result (&cancelled);
  g_assert_false (orm_database_write_finish (database, cancelled, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_readme_has_it (void)
{
  orm_test_assert_readme_has ("test-orm-example.c", 11);
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
  g_test_add_func ("/orm/example/bulk", test_bulk);
  g_test_add_func ("/orm/example/looking", test_looking);
  g_test_add_func ("/orm/example/dialog", test_dialog);
  g_test_add_func ("/orm/example/queries", test_queries);
  g_test_add_func ("/orm/example/work", test_work);
  g_test_add_func ("/orm/example/readme-has-it", test_readme_has_it);

  return g_test_run ();
}
