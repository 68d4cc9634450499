/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-picker-item"

#include "octavo-picker-item.h"

#include "ui-test.h"

/* It has copies of its own. */
static void
test_keeps_what_it_is_given (void)
{
  char title[] = "Bold";
  char detail[] = "Format";
  char keys[] = "Ctrl+B";
  OctavoPickerItem *item = octavo_picker_item_new (title, detail, keys, NULL);

  title[0] = detail[0] = keys[0] = 'X';
  g_assert_cmpstr (octavo_picker_item_get_title (item), ==, "Bold");
  g_assert_cmpstr (octavo_picker_item_get_detail (item), ==, "Format");
  g_assert_cmpstr (octavo_picker_item_get_keys (item), ==, "Ctrl+B");
  g_assert_null (octavo_picker_item_get_value (item));
  g_assert_finalize_object (item);

  item = octavo_picker_item_new ("Bold", NULL, NULL, NULL);
  g_assert_null (octavo_picker_item_get_detail (item));
  g_assert_null (octavo_picker_item_get_keys (item));
  g_assert_finalize_object (item);
}

static void
test_value (void)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (g_variant_new_int64 (7));
  OctavoPickerItem *item = octavo_picker_item_new ("seven", NULL, NULL, owned);
  GVariant *floating = g_variant_new_string ("win.pin");

  g_assert_true (octavo_picker_item_get_value (item) == owned);
  g_assert_finalize_object (item);
  g_assert_cmpint (g_variant_get_int64 (owned), ==, 7);

  item = octavo_picker_item_new ("Pin", NULL, NULL, floating);
  g_assert_false (g_variant_is_floating (floating));
  g_assert_cmpstr (g_variant_get_string (octavo_picker_item_get_value (item), NULL), ==, "win.pin");
  g_assert_finalize_object (item);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/picker-item/keeps-what-it-is-given", test_keeps_what_it_is_given);
  g_test_add_func ("/picker-item/value", test_value);
  return g_test_run ();
}
