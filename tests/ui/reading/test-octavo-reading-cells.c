/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-reading-cells"

#include "octavo-reading-cells.h"

#include "ui-test.h"

#include <string.h>

static const OctavoMarkdownTable table = { .n_columns = 3, .widths = { 2, 10, 20 } };

/* Two letters beside each, and none of less than four. */
static void
test_columns_have_their_letters (void)
{
  int places[4];

  octavo_reading_cells_share (&table, 1000, 10, places);
  g_assert_cmpint (places[0], ==, 0);
  g_assert_cmpint (places[1], ==, 60);
  g_assert_cmpint (places[2], ==, 60 + 120);
  g_assert_cmpint (places[3], ==, 60 + 120 + 220);
}

static void
test_columns_share_what_there_is (void)
{
  int places[4];

  octavo_reading_cells_share (&table, 200, 10, places);
  g_assert_cmpint (places[1], ==, 30);
  g_assert_cmpint (places[2], ==, 30 + 60);
  g_assert_cmpint (places[3], ==, 200);
  octavo_reading_cells_share (&table, 0, 10, places);
  g_assert_cmpint (places[3], ==, 0);
}

static GtkWidget *
add_row (GtkBox *box, OctavoMarkdownDocument *document, const char *first, const char *second, GtkTextDirection side)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_layout_manager (row, octavo_reading_cells_new (document, 0));
  gtk_widget_set_direction (row, side);
  gtk_box_append (GTK_BOX (row), gtk_label_new (first));
  gtk_box_append (GTK_BOX (row), gtk_label_new (second));
  gtk_box_append (box, row);
  return row;
}

static graphene_rect_t
get_place (GtkWidget *row, gboolean is_second)
{
  GtkWidget *cell = is_second ? gtk_widget_get_last_child (row) : gtk_widget_get_first_child (row);
  graphene_rect_t place;

  g_assert_true (gtk_widget_compute_bounds (cell, row, &place));
  return place;
}

/* Whatever is in them; from the other side where one reads from there. */
static void
test_rows_are_alike (void)
{
  static const char source[] = "| A | Something longer |\n|---|---|\n| Abracadabra | B |\n";
  g_autoptr (OctavoMarkdownDocument) document = octavo_markdown_document_new (source, strlen (source));
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  GtkWidget *head = add_row (box, document, "A", "Something longer", GTK_TEXT_DIR_LTR);
  GtkWidget *row = add_row (box, document, "Abracadabra", "B", GTK_TEXT_DIR_LTR);
  GtkWidget *turned = add_row (box, document, "Abracadabra", "B", GTK_TEXT_DIR_RTL);
  GtkWidget *window = ui_test_show (GTK_WIDGET (box));
  graphene_rect_t one, other;

  model_test_wait_for (gtk_widget_get_width (turned) > 0);
  for (int i = 0; i < 2; i++)
    {
      one = get_place (head, i);
      other = get_place (row, i);
      g_assert_cmpfloat (one.origin.x, ==, other.origin.x);
      g_assert_cmpfloat (one.size.width, ==, other.size.width);
    }
  g_assert_cmpfloat (get_place (row, FALSE).origin.x, ==, 0);
  g_assert_cmpfloat (get_place (row, TRUE).origin.x, ==, get_place (row, FALSE).size.width);
  one = get_place (turned, FALSE);
  g_assert_cmpfloat (one.origin.x + one.size.width, ==, gtk_widget_get_width (turned));
  g_assert_cmpfloat (get_place (turned, TRUE).origin.x, <, one.origin.x);
  ui_test_close (window);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/reading-cells/columns-have-their-letters", test_columns_have_their_letters);
  g_test_add_func ("/reading-cells/columns-share-what-there-is", test_columns_share_what_there_is);
  g_test_add_func ("/reading-cells/rows-are-alike", test_rows_are_alike);
  return g_test_run ();
}
