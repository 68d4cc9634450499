/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-item.h"

/* Of the table. */
static const char content[] = "INSERT INTO item (id, name, size, created) VALUES (1, 'a', 10, 5), (2, 'b', 20, NULL), "
                              "(3, 'c', 20, 3), (4, 'd', 40, NULL), (5, 'e', 20, 3)";

static void
tear_down (ItemTest *fixture, gconstpointer data)
{
  g_clear_error (&fixture->error);
  item_test_tear_down (fixture, data);
}

/* The keys of all pages of n rows, with a bar after each. */
static char *
read_pages (ItemTest *fixture, const char *column, OrmOrder order, gint64 n)
{
  GString *keys = g_string_new (NULL);
  g_autoptr (OrmEntity) last = NULL;

  for (;;)
    {
      g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_ITEM);
      g_autoptr (GPtrArray) objects = NULL;

      orm_query_order_by (query, column, order);
      orm_query_page (query, last, n);
      objects = orm_session_all (fixture->session, query, NULL, &fixture->error);
      g_assert_no_error (fixture->error);
      for (guint i = 0; i < objects->len; i++)
        g_string_append_printf (keys, "%" G_GINT64_FORMAT, orm_entity_get_key (objects->pdata[i]));
      if (objects->len < n)
        return g_string_free (keys, FALSE);
      g_string_append_c (keys, '|');
      g_set_object (&last, objects->pdata[n - 1]);
    }
}

static void
test_pages (ItemTest *fixture, gconstpointer data)
{
  const struct
  {
    const char *column;
    OrmOrder order;
    const char *expected;
  } cases[] = {
    { "id", ORM_ORDER_ASCENDING, "12|34|5" },
    { "id", ORM_ORDER_DESCENDING, "54|32|1" },
    { "size", ORM_ORDER_ASCENDING, "12|35|4" },
    { "size", ORM_ORDER_DESCENDING, "45|32|1" },
    { "created", ORM_ORDER_ASCENDING, "24|35|1" },
    { "created", ORM_ORDER_DESCENDING, "15|34|2" },
    { "created", ORM_ORDER_ASCENDING | ORM_ORDER_NULLS_LAST, "35|12|4" },
    { "created", ORM_ORDER_DESCENDING | ORM_ORDER_NULLS_FIRST, "42|15|3" },
    { "created", ORM_ORDER_DESCENDING | ORM_ORDER_NULLS_LAST, "15|34|2" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *two = read_pages (fixture, cases[i].column, cases[i].order, 2);
      g_autofree char *one = read_pages (fixture, cases[i].column, cases[i].order, 1);
      g_auto (GStrv) rows = g_strsplit (one, "|", -1);
      g_auto (GStrv) pages = g_strsplit (two, "|", -1);
      g_autofree char *one_by_one = g_strjoinv (NULL, rows);
      g_autofree char *by_two = g_strjoinv (NULL, pages);

      g_assert_cmpstr (two, ==, cases[i].expected);
      g_assert_cmpstr (one_by_one, ==, by_two);
    }
}

static void
test_page_statement (ItemTest *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_ITEM);
  g_autoptr (OrmTestItem) item = orm_session_get (fixture->session, ORM_TYPE_TEST_ITEM, 2, NULL, NULL);
  g_autoptr (GPtrArray) objects = NULL;
  g_autoptr (GPtrArray) statements = orm_test_trace (fixture->database);

  /* What was not saved has no place among the rows. */
  g_object_set (item, "size", G_GINT64_CONSTANT (1000), NULL);
  orm_query_order_by (query, "size", ORM_ORDER_DESCENDING);
  orm_query_page (query, ORM_ENTITY (item), 10);
  objects = orm_session_all (fixture->session, query, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (objects->len, ==, 1);
  g_assert_cmpstr (strstr (statements->pdata[0], " WHERE "), ==,
                   " WHERE \"size\" <= ? AND (\"size\" < ? OR (\"size\" IS ? AND (\"id\" < ?))) "
                   "ORDER BY \"size\" DESC, \"id\" DESC LIMIT ? OFFSET ?");
  orm_session_rollback (fixture->session);
}

static void
test_page_checked (ItemTest *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_ITEM);

  orm_query_select (query, ORM_AGGREGATE_COUNT, NULL);
  orm_query_order_by_selected (query, 0, ORM_ORDER_ASCENDING);
  orm_query_page (query, NULL, 10);
  g_assert_null (orm_session_select (fixture->session, query, NULL, &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_INVALID);
}

/* (transfer full) query; the keys */
static char *
read_all (ItemTest *fixture, OrmQuery *query, guint batch_size)
{
  g_autoptr (OrmCursor) cursor = orm_cursor_new (fixture->session, query, batch_size);
  GString *keys = g_string_new (NULL);
  OrmEntity *entity;

  while ((entity = orm_cursor_next (cursor, NULL, &fixture->error)) != NULL)
    {
      g_string_append_printf (keys, "%" G_GINT64_FORMAT, orm_entity_get_key (entity));
      g_assert_finalize_object (entity);
    }
  g_assert_no_error (fixture->error);
  g_assert_null (orm_cursor_next (cursor, NULL, &fixture->error));
  return g_string_free (keys, FALSE);
}

static void
test_cursor (ItemTest *fixture, gconstpointer data)
{
  for (guint batch_size = 1; batch_size < 7; batch_size++)
    {
      OrmQuery *query = orm_query_new (ORM_TYPE_TEST_ITEM);
      g_autofree char *keys = NULL;

      orm_query_order_by (query, "size", ORM_ORDER_DESCENDING);
      keys = read_all (fixture, query, batch_size);
      g_assert_cmpstr (keys, ==, "45321");
    }
}

static void
test_cursor_limit (ItemTest *fixture, gconstpointer data)
{
  for (guint batch_size = 1; batch_size < 5; batch_size++)
    {
      OrmQuery *query = orm_query_new (ORM_TYPE_TEST_ITEM);
      g_autofree char *keys = NULL;

      orm_query_limit (query, 3);
      orm_query_offset (query, 1);
      keys = read_all (fixture, query, batch_size);
      g_assert_cmpstr (keys, ==, "234");
    }
}

/* Rows come once, whatever is written ahead or behind, and a batch is one statement. */
static void
test_cursor_while_writing (ItemTest *fixture, gconstpointer data)
{
  g_autoptr (OrmCursor) cursor = orm_cursor_new (fixture->session, orm_query_new (ORM_TYPE_TEST_ITEM), 2);
  g_autoptr (GPtrArray) statements = NULL;
  GString *keys = g_string_new (NULL);
  OrmEntity *entity;

  statements = orm_test_trace (fixture->database);
  while ((entity = orm_cursor_next (cursor, NULL, &fixture->error)) != NULL)
    {
      g_string_append_printf (keys, "%" G_GINT64_FORMAT, orm_entity_get_key (entity));
      if (orm_entity_get_key (entity) == 2)
        orm_test_execute (fixture->database, "DELETE FROM item WHERE id IN (1, 4); "
                                             "INSERT INTO item (id, name) VALUES (-1, 'behind'), (9, 'ahead')");
      g_object_unref (entity);
    }
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (keys->str, ==, "12359");
  g_assert_cmpuint (statements->len, ==, 5);
  g_string_free (keys, TRUE);
}

static void
test_cursor_cancelled (ItemTest *fixture, gconstpointer data)
{
  g_autoptr (OrmCursor) cursor = orm_cursor_new (fixture->session, orm_query_new (ORM_TYPE_TEST_ITEM), 2);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (OrmTestItem) item = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (orm_cursor_next (cursor, cancellable, &fixture->error));
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  item = orm_cursor_next (cursor, NULL, NULL);
  g_assert_cmpint (item->id, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add ("/orm/" path, ItemTest, content, item_test_set_up, function, tear_down)
  ADD ("page/orders", test_pages);
  ADD ("page/statement", test_page_statement);
  ADD ("page/checked", test_page_checked);
  ADD ("cursor/batches", test_cursor);
  ADD ("cursor/limit", test_cursor_limit);
  ADD ("cursor/while-writing", test_cursor_while_writing);
  ADD ("cursor/cancelled", test_cursor_cancelled);

  return g_test_run ();
}
