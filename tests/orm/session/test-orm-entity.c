/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-entity-private.h"
#include "orm-test-item.h"
#include "orm-test.h"

static void
count_notify (GObject *object, GParamSpec *pspec, gpointer data)
{
  ++*(guint *) data;
}

static void
test_properties (void)
{
  GObjectClass *klass = g_type_class_ref (ORM_TYPE_TEST_ITEM);
  const OrmTable *table = orm_table_for_type (ORM_TYPE_TEST_ITEM);
  GParamSpec *id = g_object_class_find_property (klass, "id");

  g_assert_cmpstr (orm_table_get_name (table), ==, "item");
  g_assert_cmpuint (orm_table_get_gtype (table), ==, ORM_TYPE_TEST_ITEM);
  g_assert_cmpuint (orm_table_get_n_columns (table), ==, ORM_TEST_ITEM_N_COLUMNS);
  g_assert_cmpstr (orm_table_get_key (table)->name, ==, "id");
  g_assert_true (orm_table_find_column (table, "size") == orm_table_get_column (table, ORM_TEST_ITEM_SIZE));
  g_assert_null (orm_table_find_column (table, "SIZE"));
  g_assert_false (id->flags & G_PARAM_WRITABLE);
  g_assert_nonnull (g_object_class_find_property (klass, "is-done"));
  g_type_class_unref (klass);
}

static void
test_setters_notify_once (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_local (2024, 2, 29, 12, 0, 0);
  g_autoptr (GBytes) bytes = g_bytes_new ("x", 1);
  g_autoptr (GBytes) same = g_bytes_new ("x", 1);
  OrmTestItem *item = orm_test_item_new ("one", 1);
  OrmEntity *entity = ORM_ENTITY (item);
  guint n = 0;

  g_signal_connect (item, "notify", G_CALLBACK (count_notify), &n);
  for (guint i = 0; i < 2; i++)
    {
      orm_entity_set_int64 (entity, ORM_TEST_ITEM_SIZE, 5);
      orm_entity_set_double (entity, ORM_TEST_ITEM_WEIGHT, 1.5);
      orm_entity_set_boolean (entity, ORM_TEST_ITEM_IS_DONE, i == 0 ? 1 : 2);
      orm_entity_set_text (entity, ORM_TEST_ITEM_NAME, "two");
      orm_entity_set_blob (entity, ORM_TEST_ITEM_DATA, i == 0 ? bytes : same);
      orm_entity_set_date_time (entity, ORM_TEST_ITEM_CREATED, now);
      orm_entity_set_enum (entity, ORM_TEST_ITEM_KIND, ORM_TEST_KIND_FANCY);
      orm_entity_set_flags (entity, ORM_TEST_ITEM_MARKS, ORM_TEST_MARKS_RED);
      g_assert_cmpuint (n, ==, 8);
    }
  for (guint i = ORM_TEST_ITEM_NAME; i < ORM_TEST_ITEM_N_COLUMNS; i++)
    g_assert_true (orm_entity_is_dirty_column (entity, i));
  g_assert_false (orm_entity_is_dirty_column (entity, ORM_TEST_ITEM_ID));
  g_assert_finalize_object (item);
}

static void
test_setters_take_nothing (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GBytes) bytes = g_bytes_new ("x", 1);
  g_autoptr (OrmTestItem) item = g_object_new (ORM_TYPE_TEST_ITEM, "name", "two", "data", bytes, "created", now, NULL);
  OrmEntity *entity = ORM_ENTITY (item);

  /* The own text may be handed in. */
  orm_entity_set_text (entity, ORM_TEST_ITEM_NAME, item->name);
  orm_entity_set_text (entity, ORM_TEST_ITEM_NAME, item->name + 1);
  g_assert_cmpstr (item->name, ==, "wo");
  orm_entity_set_text (entity, ORM_TEST_ITEM_NAME, NULL);
  orm_entity_set_blob (entity, ORM_TEST_ITEM_DATA, NULL);
  orm_entity_set_date_time (entity, ORM_TEST_ITEM_CREATED, NULL);
  g_assert_null (item->name);
  g_assert_null (item->data);
  g_assert_null (item->created);
}

static void
test_get_property (void)
{
  g_autoptr (OrmTestItem) item = orm_test_item_new ("one", 7);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) created = NULL;
  g_autofree char *name = NULL;
  gint64 size = 0;
  OrmTestKind kind = ORM_TEST_KIND_PLAIN;
  gboolean is_done = FALSE;

  g_object_set (item, "created", now, "kind", ORM_TEST_KIND_FANCY, "is-done", TRUE, NULL);
  g_object_get (item, "name", &name, "size", &size, "created", &created, "kind", &kind, "is-done", &is_done, NULL);
  g_assert_cmpstr (name, ==, "one");
  g_assert_cmpint (size, ==, 7);
  g_assert_true (g_date_time_equal (created, now));
  g_assert_cmpint (g_date_time_get_utc_offset (created), ==, 0);
  g_assert_cmpint (kind, ==, ORM_TEST_KIND_FANCY);
  g_assert_true (is_done);
}

static void
test_key_before_adding (void)
{
  g_autoptr (OrmDatabase) database = orm_test_item_open (":memory:");
  g_autoptr (OrmSession) session = orm_session_new (database);
  g_autoptr (OrmTestItem) item = orm_test_item_new ("one", 7);

  orm_entity_set_int64 (ORM_ENTITY (item), ORM_TEST_ITEM_ID, 77);
  orm_session_add (session, ORM_ENTITY (item));
  g_assert_true (orm_session_commit (session, NULL, NULL));
  g_assert_cmpint (orm_test_get_int64 (database, "SELECT id FROM item"), ==, 77);
  g_assert_cmpint (orm_entity_get_key (ORM_ENTITY (item)), ==, 77);
}

static void
test_outlives_session (void)
{
  g_autoptr (OrmDatabase) database = orm_test_item_open (":memory:");
  OrmSession *session = orm_session_new (database);
  OrmTestItem *item = orm_test_item_new ("one", 7);
  OrmTestItem *pending = orm_test_item_new ("two", 7);

  orm_session_add (session, ORM_ENTITY (item));
  g_assert_true (orm_session_commit (session, NULL, NULL));
  orm_entity_set_int64 (ORM_ENTITY (item), ORM_TEST_ITEM_SIZE, 8);
  orm_session_add (session, ORM_ENTITY (pending));
  g_assert_finalize_object (session);
  orm_entity_set_int64 (ORM_ENTITY (item), ORM_TEST_ITEM_SIZE, 9);
  g_assert_finalize_object (item);
  g_assert_finalize_object (pending);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/orm/entity/properties", test_properties);
  g_test_add_func ("/orm/entity/setters-notify-once", test_setters_notify_once);
  g_test_add_func ("/orm/entity/setters-take-nothing", test_setters_take_nothing);
  g_test_add_func ("/orm/entity/get-property", test_get_property);
  g_test_add_func ("/orm/entity/key-before-adding", test_key_before_adding);
  g_test_add_func ("/orm/entity/outlives-session", test_outlives_session);

  return g_test_run ();
}
