/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-list-follow.h"

#include <locale.h>
#include <string.h>

/* Items are actions, whose names are "id" or "id:value"; rows are such names. */

static gint64
get_id (const char *name)
{
  return g_ascii_strtoll (name, NULL, 10);
}

static gint64
get_item_id (gpointer item)
{
  return get_id (g_action_get_name (item));
}

static gint64
get_row_id (gpointer row)
{
  return get_id (row);
}

/* A capital letter cannot be taken over: the item has to be made anew. */
static gboolean
update (gpointer item, gpointer row)
{
  const char *value = strchr (row, '.');

  if (value != NULL && g_ascii_isupper (value[1]) && strcmp (g_action_get_name (item), row) != 0)
    return FALSE;
  g_simple_action_set_enabled (item, value != NULL);
  return TRUE;
}

static gpointer
create (gpointer row)
{
  return g_simple_action_new (row, NULL);
}

static const OctavoFollow functions = { get_item_id, get_row_id, update, create };

static void
on_items_changed (GListModel *model, guint position, guint n_removed, guint n_added, gpointer user_data)
{
  GString *changes = user_data;

  g_string_append_printf (changes, "%s%u-%u+%u", changes->len > 0 ? " " : "", position, n_removed, n_added);
}

static void
follow (GListStore *list, const char *names, const char *expected)
{
  g_auto (GStrv) words = *names != '\0' ? g_strsplit (names, " ", -1) : g_new0 (char *, 1);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autoptr (GString) changes = g_string_new (NULL);
  gulong handler;

  for (gsize i = 0; words[i] != NULL; i++)
    g_ptr_array_add (rows, words[i]);
  handler = g_signal_connect (list, "items-changed", G_CALLBACK (on_items_changed), changes);
  octavo_list_store_follow (list, rows, &functions);
  g_signal_handler_disconnect (list, handler);

  g_assert_cmpstr (changes->str, ==, expected);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, rows->len);
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (GAction) item = g_list_model_get_item (G_LIST_MODEL (list), i);

      g_assert_cmpint (get_item_id (item), ==, get_id (rows->pdata[i]));
    }
}

static void
test_follow (void)
{
  GListStore *list = g_list_store_new (G_TYPE_SIMPLE_ACTION);
  g_autoptr (GObject) kept = NULL;
  g_autoptr (GObject) again = NULL;

  follow (list, "", "");
  follow (list, "2 4 6", "0-0+3");
  kept = g_list_model_get_item (G_LIST_MODEL (list), 1);
  follow (list, "2 4 6", "");
  follow (list, "1 2 4 5 6 7", "0-0+1 3-0+1 5-0+1");
  follow (list, "1 4 7", "3-2+0 1-1+0");
  again = g_list_model_get_item (G_LIST_MODEL (list), 1);
  g_assert_true (kept == again);
  follow (list, "1 3 4 8 9", "2-1+0 1-0+1 3-0+2");
  follow (list, "", "0-5+0");

  g_clear_object (&kept);
  g_clear_object (&again);
  g_assert_finalize_object (list);
}

static void
test_order_changes (void)
{
  GListStore *list = g_list_store_new (G_TYPE_SIMPLE_ACTION);

  follow (list, "1 2 3", "0-0+3");
  follow (list, "3 1 2", "0-0+1 3-1+0");
  follow (list, "2 1 3", "0-0+2 3-2+0");
  g_assert_finalize_object (list);
}

static void
test_values (void)
{
  GListStore *list = g_list_store_new (G_TYPE_SIMPLE_ACTION);

  follow (list, "1 2 3", "0-0+3");
  follow (list, "1 2.x 3", "");
  follow (list, "1 2.X 3", "1-1+0 1-0+1");
  g_assert_finalize_object (list);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/list-follow/follow", test_follow);
  g_test_add_func ("/list-follow/order-changes", test_order_changes);
  g_test_add_func ("/list-follow/values", test_values);

  return g_test_run ();
}
