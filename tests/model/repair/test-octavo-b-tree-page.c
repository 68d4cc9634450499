/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-b-tree-page.h"

#include <string.h>

static void
test_varint (void)
{
  const guint8 one[] = { 0x7f };
  const guint8 two[] = { 0x81, 0x00 };
  const guint8 nine[] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };
  guint64 value;

  g_assert_cmpuint (octavo_varint_read (one, 1, &value), ==, 1);
  g_assert_cmpuint (value, ==, 127);
  g_assert_cmpuint (octavo_varint_read (two, 2, &value), ==, 2);
  g_assert_cmpuint (value, ==, 128);
  g_assert_cmpuint (octavo_varint_read (nine, 9, &value), ==, 9);
  g_assert_cmpuint (value, ==, G_MAXUINT64);
  g_assert_cmpuint (octavo_varint_read (nine, 8, &value), ==, 0);
  g_assert_cmpuint (octavo_varint_read (two, 1, &value), ==, 0);
  g_assert_cmpuint (octavo_varint_read (two, 0, &value), ==, 0);
}

static void
test_record (void)
{
  /* NULL, -2, 1, "hi", x'00' */
  const guint8 record[] = { 6, 0, 1, 9, 17, 14, 0xfe, 'h', 'i', 0 };
  OctavoRecordField fields[OCTAVO_RECORD_MAX_FIELDS];
  guint64 size;

  g_assert_cmpuint (octavo_record_parse (record, sizeof record, fields, &size), ==, 5);
  g_assert_cmpuint (size, ==, sizeof record);
  g_assert_true (octavo_record_field_is_null (&fields[0]));
  g_assert_cmpint (octavo_record_field_get_int64 (&fields[1], record), ==, -2);
  g_assert_cmpint (octavo_record_field_get_int64 (&fields[2], record), ==, 1);
  g_assert_true (octavo_record_field_is_text (&fields[3]));
  g_assert_cmpmem (record + fields[3].offset, fields[3].length, "hi", 2);
  g_assert_true (octavo_record_field_is_blob (&fields[4]));

  /* a head that is longer than what is there; a type that there is not */
  g_assert_cmpuint (octavo_record_parse (record, 5, fields, &size), ==, 0);
  g_assert_cmpuint (octavo_record_parse ((const guint8[]){ 2, 10 }, 2, fields, &size), ==, 0);
  g_assert_cmpuint (octavo_record_parse ((const guint8[]){ 0 }, 1, fields, &size), ==, 0);
}

static void
test_page (void)
{
  guint8 bytes[512] = { OCTAVO_PAGE_TABLE_LEAF, 0, 0, 0, 1, 0x01, 0xfb, 0, 0x01, 0xfb };
  const guint8 cell_bytes[] = { 3, 7, 2, 15, 'x' };
  OctavoBTreePage page;
  OctavoCell cell;

  memcpy (bytes + 507, cell_bytes, sizeof cell_bytes);
  g_assert_true (octavo_b_tree_page_parse (&page, bytes, sizeof bytes, 0));
  g_assert_true (octavo_b_tree_page_is_leaf (&page));
  g_assert_cmpuint (page.n_cells, ==, 1);
  g_assert_true (octavo_b_tree_page_is_tight (&page, 0));
  g_assert_true (octavo_b_tree_page_get_cell (&page, 0, &cell));
  g_assert_cmpint (cell.rowid, ==, 7);
  g_assert_cmpmem (cell.local, cell.n_local, cell_bytes + 2, 3);
  g_assert_cmpuint (cell.overflow, ==, 0);

  /* a record that would go on behind the end of the page; one that goes on elsewhere */
  bytes[507] = 20;
  g_assert_false (octavo_b_tree_page_get_cell (&page, 0, &cell));
  bytes[8] = 0;
  bytes[9] = 16;
  memcpy (bytes + 16, (const guint8[]){ 0x87, 0x68, 1 }, 3);
  g_assert_true (octavo_b_tree_page_get_cell (&page, 0, &cell));
  g_assert_cmpuint (cell.size, ==, 1000);
  g_assert_cmpuint (cell.n_local, <, 512);
  g_assert_false (octavo_b_tree_page_is_tight (&page, 0));

  /* places of cells outside of the page, and more cells than have room */
  bytes[8] = 0xff;
  g_assert_false (octavo_b_tree_page_get_cell (&page, 0, &cell));
  bytes[3] = 0xff;
  g_assert_false (octavo_b_tree_page_parse (&page, bytes, sizeof bytes, 0));
  bytes[0] = 1;
  g_assert_false (octavo_b_tree_page_parse (&page, bytes, sizeof bytes, 0));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/b-tree-page/varint", test_varint);
  g_test_add_func ("/b-tree-page/record", test_record);
  g_test_add_func ("/b-tree-page/page", test_page);
  return g_test_run ();
}
