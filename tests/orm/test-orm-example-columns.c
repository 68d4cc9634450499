/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The example of columns of model/orm/README.md, which has the part between marks word for word. */
#include "orm-test.h"

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

/* CREATE TABLE IF NOT EXISTS "loan" …, CREATE INDEX IF NOT EXISTS "loan_by_reader" … */
static gboolean
make_tables (OrmDatabase *database, GError **error)
{
  const GType types[] = { EXAMPLE_TYPE_LOAN };

  return orm_database_create_all (database, types, G_N_ELEMENTS (types), NULL, error);
}
/* example */

static void
test_columns (void)
{
  g_autoptr (OrmDatabase) database = orm_database_new (":memory:", ORM_OPEN_CREATE);
  g_autoptr (ExampleLoan) loan = g_object_new (EXAMPLE_TYPE_LOAN, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (orm_database_open (database, NULL, &error));
  orm_test_execute (database, "CREATE TABLE book (id INTEGER PRIMARY KEY) STRICT");
  g_assert_true (make_tables (database, &error));
  g_assert_no_error (error);
  g_assert_cmpint (loan->n_days, ==, 14);
  g_assert_cmpint (orm_test_get_int64 (database, "SELECT count (*) FROM sqlite_schema WHERE name = 'loan_by_reader'"),
                   ==, 1);
}

static void
test_readme_has_it (void)
{
  orm_test_assert_readme_has ("test-orm-example-columns.c", 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/orm/example-columns/runs", test_columns);
  g_test_add_func ("/orm/example-columns/readme-has-it", test_readme_has_it);

  return g_test_run ();
}
