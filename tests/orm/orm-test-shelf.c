/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-shelf.h"
#include "orm-test.h"

G_DEFINE_FINAL_TYPE (OrmTestPerson, orm_test_person, ORM_TYPE_ENTITY)
G_DEFINE_FINAL_TYPE (OrmTestBox, orm_test_box, ORM_TYPE_ENTITY)
G_DEFINE_FINAL_TYPE (OrmTestPaper, orm_test_paper, ORM_TYPE_ENTITY)
G_DEFINE_FINAL_TYPE (OrmTestSheet, orm_test_sheet, ORM_TYPE_ENTITY)
G_DEFINE_FINAL_TYPE (OrmTestLabel, orm_test_label, ORM_TYPE_ENTITY)

static const OrmMigration migrations[] = {
  { 1, "shelf",
    "CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;"
    "CREATE TABLE box (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;"
    "CREATE TABLE paper (id INTEGER PRIMARY KEY, title TEXT NOT NULL,"
    "  person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE RESTRICT,"
    "  box_id INTEGER REFERENCES box (id) ON DELETE SET NULL) STRICT;"
    "CREATE TABLE sheet (id INTEGER PRIMARY KEY, number INTEGER NOT NULL,"
    "  paper_id INTEGER REFERENCES paper (id) ON DELETE CASCADE) STRICT;"
    "CREATE TABLE label (id INTEGER PRIMARY KEY, name TEXT NOT NULL,"
    "  parent_id INTEGER REFERENCES label (id) ON DELETE CASCADE) STRICT;"
    "CREATE TABLE paper_label (paper_id INTEGER NOT NULL REFERENCES paper (id) ON DELETE CASCADE,"
    "  label_id INTEGER NOT NULL REFERENCES label (id) ON DELETE CASCADE,"
    "  PRIMARY KEY (paper_id, label_id)) STRICT, WITHOUT ROWID;"
    "INSERT INTO person VALUES (1, 'Ada'), (2, 'Bob');"
    "INSERT INTO box VALUES (1, 'box');"
    "INSERT INTO paper VALUES (1, 'd', 1, 1), (2, 'c', 1, NULL), (3, 'b', 2, 1), (4, 'a', 2, NULL);"
    "INSERT INTO sheet VALUES (1, 3, 1), (2, 2, 1), (3, 1, 1);"
    "INSERT INTO label VALUES (1, 'red', NULL), (2, 'blue', NULL), (3, 'dark', 2);"
    "INSERT INTO paper_label VALUES (1, 1), (1, 2), (2, 2), (4, 3);" },
};

#define FIELD(type, name) G_STRUCT_OFFSET (type, name)

static void
orm_test_person_class_init (OrmTestPersonClass *klass)
{
  static const OrmColumn columns[] = {
    { "id", ORM_FIELD_INT64, ORM_COLUMN_KEY, FIELD (OrmTestPerson, id) },
    { "name", ORM_FIELD_TEXT, ORM_COLUMN_NOT_NULL, FIELD (OrmTestPerson, name) },
  };
  static const OrmRelation relations[] = {
    { .name = "papers",
      .kind = ORM_RELATION_HAS_MANY,
      .target = orm_test_paper_get_type,
      .back_populates = "person",
      .order_by = "title",
      .property = "papers" },
  };

  orm_entity_class_map (ORM_ENTITY_CLASS (klass), "person", columns, G_N_ELEMENTS (columns));
  orm_entity_class_add_relations (ORM_ENTITY_CLASS (klass), relations, G_N_ELEMENTS (relations));
}

static void
orm_test_box_class_init (OrmTestBoxClass *klass)
{
  static const OrmColumn columns[] = {
    { "id", ORM_FIELD_INT64, ORM_COLUMN_KEY, FIELD (OrmTestBox, id) },
    { "name", ORM_FIELD_TEXT, ORM_COLUMN_NOT_NULL, FIELD (OrmTestBox, name) },
  };

  orm_entity_class_map (ORM_ENTITY_CLASS (klass), "box", columns, G_N_ELEMENTS (columns));
}

static void
orm_test_paper_class_init (OrmTestPaperClass *klass)
{
  static const OrmColumn columns[] = {
    { "id", ORM_FIELD_INT64, ORM_COLUMN_KEY, FIELD (OrmTestPaper, id) },
    { "title", ORM_FIELD_TEXT, ORM_COLUMN_NOT_NULL, FIELD (OrmTestPaper, title) },
    { "person_id", ORM_FIELD_INT64, ORM_COLUMN_NOT_NULL, FIELD (OrmTestPaper, person_id) },
    { "box_id", ORM_FIELD_INT64, ORM_COLUMN_DEFAULT, FIELD (OrmTestPaper, box_id) },
  };
  static const OrmRelation relations[] = {
    { .name = "person",
      .kind = ORM_RELATION_BELONGS_TO,
      .target = orm_test_person_get_type,
      .back_populates = "papers",
      .column = "person_id",
      .property = "person" },
    { .name = "box", .kind = ORM_RELATION_BELONGS_TO, .target = orm_test_box_get_type, .column = "box_id" },
    { .name = "sheets",
      .kind = ORM_RELATION_HAS_MANY,
      .target = orm_test_sheet_get_type,
      .back_populates = "paper",
      .order_by = "number" },
    { .name = "labels",
      .kind = ORM_RELATION_MANY_TO_MANY,
      .target = orm_test_label_get_type,
      .back_populates = "papers",
      .column = "paper_id",
      .through = "paper_label",
      .target_column = "label_id",
      .order_by = "name" },
  };

  orm_entity_class_map (ORM_ENTITY_CLASS (klass), "paper", columns, G_N_ELEMENTS (columns));
  orm_entity_class_add_relations (ORM_ENTITY_CLASS (klass), relations, G_N_ELEMENTS (relations));
}

static void
orm_test_sheet_class_init (OrmTestSheetClass *klass)
{
  static const OrmColumn columns[] = {
    { "id", ORM_FIELD_INT64, ORM_COLUMN_KEY, FIELD (OrmTestSheet, id) },
    { "number", ORM_FIELD_INT64, ORM_COLUMN_NOT_NULL, FIELD (OrmTestSheet, number) },
    { "paper_id", ORM_FIELD_INT64, ORM_COLUMN_DEFAULT, FIELD (OrmTestSheet, paper_id) },
  };
  static const OrmRelation relations[] = {
    { .name = "paper",
      .kind = ORM_RELATION_BELONGS_TO,
      .target = orm_test_paper_get_type,
      .back_populates = "sheets",
      .column = "paper_id" },
  };

  orm_entity_class_map (ORM_ENTITY_CLASS (klass), "sheet", columns, G_N_ELEMENTS (columns));
  orm_entity_class_add_relations (ORM_ENTITY_CLASS (klass), relations, G_N_ELEMENTS (relations));
}

static void
orm_test_label_class_init (OrmTestLabelClass *klass)
{
  static const OrmColumn columns[] = {
    { "id", ORM_FIELD_INT64, ORM_COLUMN_KEY, FIELD (OrmTestLabel, id) },
    { "name", ORM_FIELD_TEXT, ORM_COLUMN_NOT_NULL, FIELD (OrmTestLabel, name) },
    { "parent_id", ORM_FIELD_INT64, ORM_COLUMN_DEFAULT, FIELD (OrmTestLabel, parent_id) },
  };
  static const OrmRelation relations[] = {
    { .name = "papers",
      .kind = ORM_RELATION_MANY_TO_MANY,
      .target = orm_test_paper_get_type,
      .back_populates = "labels" },
    { .name = "parent",
      .kind = ORM_RELATION_BELONGS_TO,
      .target = orm_test_label_get_type,
      .back_populates = "children",
      .column = "parent_id" },
    { .name = "children",
      .kind = ORM_RELATION_HAS_MANY,
      .target = orm_test_label_get_type,
      .back_populates = "parent",
      .order_by = "name",
      .is_descending = TRUE },
  };

  orm_entity_class_map (ORM_ENTITY_CLASS (klass), "label", columns, G_N_ELEMENTS (columns));
  orm_entity_class_add_relations (ORM_ENTITY_CLASS (klass), relations, G_N_ELEMENTS (relations));
}

static void
orm_test_person_init (OrmTestPerson *self)
{
}

static void
orm_test_box_init (OrmTestBox *self)
{
}

static void
orm_test_paper_init (OrmTestPaper *self)
{
}

static void
orm_test_sheet_init (OrmTestSheet *self)
{
}

static void
orm_test_label_init (OrmTestLabel *self)
{
}

OrmDatabase *
orm_test_shelf_open (const char *path)
{
  g_autoptr (GError) error = NULL;
  OrmDatabase *database = orm_database_new (path, ORM_OPEN_CREATE);

  orm_database_set_migrations (database, migrations, G_N_ELEMENTS (migrations));
  orm_database_open (database, NULL, &error);
  g_assert_no_error (error);
  return database;
}

char *
orm_test_shelf_names (gpointer list)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (OrmEntity) entity = g_list_model_get_item (list, i);
      g_autofree char *name = NULL;

      if (ORM_IS_TEST_SHEET (entity))
        name = g_strdup_printf ("%d", (int) ORM_TEST_SHEET (entity)->number);
      else
        g_object_get (entity, ORM_IS_TEST_PAPER (entity) ? "title" : "name", &name, NULL);
      g_string_append_printf (names, i == 0 ? "%s" : " %s", name);
    }
  return g_string_free (g_steal_pointer (&names), FALSE);
}

void
shelf_test_set_up (ShelfTest *test, gconstpointer data)
{
  test->folder = orm_test_make_folder ();
  test->path = g_build_filename (test->folder, "shelf.db", NULL);
  test->database = orm_test_shelf_open (test->path);
  test->session = orm_session_new (test->database);
  test->query = orm_query_new (ORM_TYPE_TEST_PAPER);
  orm_test_settle ();
  test->statements = orm_test_trace (test->database);
}

void
shelf_test_tear_down (ShelfTest *test, gconstpointer data)
{
  g_assert_no_error (test->error);
  orm_query_free (test->query);
  g_assert_finalize_object (test->session);
  g_assert_finalize_object (test->database);
  g_ptr_array_unref (test->statements);
  g_free (test->path);
  orm_test_remove_folder (test->folder);
}

gpointer
shelf_test_get (ShelfTest *test, GType type, gint64 key, const char *relations)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  g_auto (GStrv) names = g_strsplit (relations, " ", -1);
  gpointer entity = orm_session_get (test->session, type, key, NULL, &test->error);

  g_assert_no_error (test->error);
  g_ptr_array_add (list, entity);
  for (guint i = 0; names[i] != NULL; i++)
    {
      orm_session_load (test->session, list, names[i], NULL, &test->error);
      g_assert_no_error (test->error);
    }
  g_ptr_array_set_size (test->statements, 0);
  return entity;
}

GPtrArray *
shelf_test_read_all (ShelfTest *test, OrmQuery *query)
{
  GPtrArray *objects = orm_session_all (test->session, query, NULL, &test->error);

  g_assert_no_error (test->error);
  return objects;
}

gpointer
shelf_test_get_one (gpointer entity, const char *relation)
{
  g_autoptr (GError) error = NULL;
  gpointer target = orm_entity_get_related (entity, relation, &error);

  g_assert_no_error (error);
  return target;
}

OrmCollection *
shelf_test_get_collection (gpointer entity, const char *relation)
{
  g_autoptr (GError) error = NULL;
  OrmCollection *collection = orm_entity_get_collection (entity, relation, &error);

  g_assert_no_error (error);
  return collection;
}
