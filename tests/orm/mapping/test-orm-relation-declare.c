/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-shelf.h"
#include "orm-test.h"

/* Declarations that are wrong, each in a way of its own. */

typedef struct
{
  OrmEntity parent_instance;
  gint64 id;
  char *name;
  gint64 other_id;
} Wrong;

typedef OrmEntityClass WrongClass;

static const OrmColumn columns[] = {
  { "id", ORM_FIELD_INT64, ORM_COLUMN_KEY, G_STRUCT_OFFSET (Wrong, id) },
  { "name", ORM_FIELD_TEXT, ORM_COLUMN_NOT_NULL, G_STRUCT_OFFSET (Wrong, name) },
  { "other_id", ORM_FIELD_INT64, ORM_COLUMN_DEFAULT, G_STRUCT_OFFSET (Wrong, other_id) },
};

#define DEFINE(Type, type, ...)                                                                                        \
  static GType type##_get_type (void);                                                                                 \
  typedef Wrong Type;                                                                                                  \
  typedef WrongClass Type##Class;                                                                                      \
  G_DEFINE_TYPE (Type, type, ORM_TYPE_ENTITY)                                                                          \
  static void type##_init (Type *self)                                                                                 \
  {                                                                                                                    \
  }                                                                                                                    \
  static void type##_class_init (Type##Class *klass)                                                                   \
  {                                                                                                                    \
    static const OrmRelation relations[] = { { .name = "it", __VA_ARGS__ } };                                          \
                                                                                                                       \
    orm_entity_class_map (ORM_ENTITY_CLASS (klass), #type, columns, G_N_ELEMENTS (columns));                           \
    orm_entity_class_add_relations (ORM_ENTITY_CLASS (klass), relations, 1);                                           \
  }

/* clang-format off */
DEFINE (NoColumn, no_column, .kind = ORM_RELATION_BELONGS_TO, .target = orm_test_box_get_type, .column = "box_idx")
DEFINE (TextColumn, text_column, .kind = ORM_RELATION_BELONGS_TO, .target = orm_test_box_get_type, .column = "name")
DEFINE (NoTable, no_table, .kind = ORM_RELATION_BELONGS_TO, .target = orm_database_get_type, .column = "other_id")
DEFINE (NoBack, no_back, .kind = ORM_RELATION_BELONGS_TO, .target = orm_test_person_get_type, .column = "other_id",
        .back_populates = "nothing")
DEFINE (OtherBack, other_back, .kind = ORM_RELATION_BELONGS_TO, .target = orm_test_person_get_type,
        .column = "other_id", .back_populates = "papers")
DEFINE (NoOtherSide, no_other_side, .kind = ORM_RELATION_HAS_MANY, .target = orm_test_box_get_type)
DEFINE (NoThrough, no_through, .kind = ORM_RELATION_MANY_TO_MANY, .target = orm_test_box_get_type)
DEFINE (NoThroughColumns, no_through_columns, .kind = ORM_RELATION_MANY_TO_MANY, .target = orm_test_box_get_type,
        .through = "joint", .column = "one_id")
DEFINE (NoOrder, no_order, .kind = ORM_RELATION_MANY_TO_MANY, .target = orm_test_box_get_type, .through = "joint",
        .column = "one_id", .target_column = "box_id", .order_by = "size")
DEFINE (NoFile, no_file, .kind = ORM_RELATION_MANY_TO_MANY, .target = orm_test_box_get_type, .through = "joint",
        .column = "one_id", .target_column = "box_id")
/* clang-format on */

static void
assert_wrong (GType type, const char *message)
{
  g_autoptr (OrmDatabase) database = orm_test_shelf_open (":memory:");
  g_autoptr (OrmSession) session = orm_session_new (database);
  g_autoptr (OrmQuery) query = orm_query_new (type);
  g_autoptr (GPtrArray) objects = NULL;
  g_autoptr (OrmEntity) entity = g_object_new (type, NULL);
  g_autoptr (GError) error = NULL;

  objects = orm_session_all (session, query, NULL, &error);
  g_assert_null (objects);
  g_assert_error (error, ORM_ERROR, ORM_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, message);
  g_clear_error (&error);

  g_assert_null (orm_entity_get_related (entity, "it", &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, message);

  g_test_expect_message ("octavo-orm", G_LOG_LEVEL_CRITICAL, message);
  orm_session_add (session, entity);
  g_test_assert_expected_messages ();
  orm_session_expunge (session, entity);
}

static void
test_wrong (void)
{
  /* A warning of the class is expected, which is not to end the program. */
  if (!g_test_subprocess ())
    {
      g_unsetenv ("G_DEBUG");
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }
  assert_wrong (no_column_get_type (), "The relation no_column.it to box: its column is not mapped");
  assert_wrong (text_column_get_type (), "The relation text_column.it to box: its column cannot have a key");
  assert_wrong (no_table_get_type (), "The relation no_table.it to OrmDatabase: its target is mapped to no table");
  assert_wrong (no_back_get_type (),
                "The relation no_back.it to person: it is not the other side of what it names as its own");
  assert_wrong (other_back_get_type (),
                "The relation other_back.it to person: it is not the other side of what it names as its own");
  assert_wrong (no_other_side_get_type (), "The relation no_other_side.it to box: it has no other side");
  assert_wrong (no_through_get_type (), "The relation no_through.it to box: neither side names the table between");
  assert_wrong (no_through_columns_get_type (),
                "The relation no_through_columns.it to box: the columns of the table between are not named");
  assert_wrong (no_order_get_type (), "The relation no_order.it to box: the column that orders it is not mapped");
}

/* What the file has not is found when it is compared. */
static void
test_file (void)
{
  g_autoptr (OrmDatabase) database = orm_test_shelf_open (":memory:");
  g_autoptr (GError) error = NULL;
  const GType good[] = { ORM_TYPE_TEST_PAPER, ORM_TYPE_TEST_LABEL };
  GType bad = no_file_get_type ();

  g_assert_true (orm_database_check_mapping (database, good, G_N_ELEMENTS (good), NULL, &error));
  g_assert_no_error (error);
  orm_test_execute (database, "CREATE TABLE no_file (id INTEGER PRIMARY KEY, name TEXT NOT NULL, other_id INTEGER);"
                              "CREATE TABLE joint (one_id INTEGER, boxid INTEGER)");
  g_assert_false (orm_database_check_mapping (database, &bad, 1, NULL, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_MISMATCH);
  g_assert_cmpstr (error->message, ==, "The relation no_file.it: the database has no column joint.box_id");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/relation-declare/wrong", test_wrong);
  g_test_add_func ("/relation-declare/file", test_file);
  return g_test_run ();
}
