/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-item.h"

G_DEFINE_FINAL_TYPE (OrmTestItem, orm_test_item, ORM_TYPE_ENTITY)

const OrmMigration orm_test_item_migrations[1] = {
  { 1, "items",
    "CREATE TABLE item ("
    "  id INTEGER PRIMARY KEY,"
    "  name TEXT NOT NULL UNIQUE,"
    "  size INTEGER NOT NULL DEFAULT 0,"
    "  weight REAL NOT NULL DEFAULT 0,"
    "  is_done INTEGER NOT NULL DEFAULT 0,"
    "  data BLOB,"
    "  created INTEGER,"
    "  kind INTEGER NOT NULL DEFAULT 0,"
    "  marks INTEGER NOT NULL DEFAULT 0"
    ") STRICT" },
};

static GType
kind_get_type (void)
{
  static const GEnumValue values[] = { { ORM_TEST_KIND_PLAIN, "ORM_TEST_KIND_PLAIN", "plain" },
                                       { ORM_TEST_KIND_FANCY, "ORM_TEST_KIND_FANCY", "fancy" },
                                       { 0, NULL, NULL } };
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("OrmTestKind", values));
  return type;
}

static GType
marks_get_type (void)
{
  static const GFlagsValue values[] = { { ORM_TEST_MARKS_RED, "ORM_TEST_MARKS_RED", "red" },
                                        { (guint) ORM_TEST_MARKS_BLUE, "ORM_TEST_MARKS_BLUE", "blue" },
                                        { 0, NULL, NULL } };
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_flags_register_static ("OrmTestMarks", values));
  return type;
}

#define COLUMN(column_name, column_type, ...)                                                                          \
  {                                                                                                                    \
    .name = #column_name, .type = ORM_FIELD_##column_type, .offset = G_STRUCT_OFFSET (OrmTestItem, column_name),       \
    __VA_ARGS__                                                                                                        \
  }

static const OrmColumn columns[] = {
  COLUMN (id, INT64, .flags = ORM_COLUMN_KEY),
  COLUMN (name, TEXT, .flags = ORM_COLUMN_NOT_NULL | ORM_COLUMN_UNIQUE, .max_length = 20),
  COLUMN (size, INT64, .flags = ORM_COLUMN_NOT_NULL, .default_value = "0"),
  COLUMN (weight, DOUBLE, .flags = ORM_COLUMN_NOT_NULL, .default_value = "0"),
  COLUMN (is_done, BOOLEAN, .flags = ORM_COLUMN_NOT_NULL, .default_value = "0"),
  COLUMN (data, BLOB, .flags = ORM_COLUMN_DEFAULT),
  COLUMN (created, DATE_TIME, .flags = ORM_COLUMN_DEFAULT),
  COLUMN (kind, ENUM, .flags = ORM_COLUMN_NOT_NULL, .default_value = "0", .value_type = kind_get_type),
  COLUMN (marks, FLAGS, .flags = ORM_COLUMN_NOT_NULL, .default_value = "0", .value_type = marks_get_type),
};

G_STATIC_ASSERT (G_N_ELEMENTS (columns) == ORM_TEST_ITEM_N_COLUMNS);

static void
orm_test_item_class_init (OrmTestItemClass *klass)
{
  orm_entity_class_map (ORM_ENTITY_CLASS (klass), "item", columns, G_N_ELEMENTS (columns));
}

static void
orm_test_item_init (OrmTestItem *self)
{
}

OrmTestItem *
orm_test_item_new (const char *name, gint64 size)
{
  return g_object_new (ORM_TYPE_TEST_ITEM, "name", name, "size", size, NULL);
}

OrmDatabase *
orm_test_item_open (const char *path)
{
  g_autoptr (GError) error = NULL;
  OrmDatabase *database = orm_database_new (path, ORM_OPEN_CREATE);

  orm_database_set_migrations (database, orm_test_item_migrations, G_N_ELEMENTS (orm_test_item_migrations));
  orm_database_open (database, NULL, &error);
  g_assert_no_error (error);
  return database;
}

void
item_test_set_up (ItemTest *test, gconstpointer sql)
{
  test->database = orm_test_item_open (":memory:");
  test->session = orm_session_new (test->database);
  test->query = orm_query_new (ORM_TYPE_TEST_ITEM);
  orm_test_execute (test->database, sql);
  /* The report of it: a row that is inserted and deleted before it comes is in none. */
  orm_test_settle ();
  test->statements = orm_test_trace (test->database);
}

void
item_test_tear_down (ItemTest *test, gconstpointer sql)
{
  g_assert_no_error (test->error);
  orm_query_free (test->query);
  g_assert_finalize_object (test->session);
  g_assert_finalize_object (test->database);
  g_ptr_array_unref (test->statements);
}
