/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-reading-row"

#include "octavo-reading-row.h"

#include "ui-test.h"

#include <string.h>

typedef struct
{
  GtkWidget *row;
  GString *log;
} Test;

static void
set_up (Test *test, gconstpointer data)
{
  test->log = g_string_new (NULL);
}

static void
tear_down (Test *test, gconstpointer data)
{
  g_assert_finalize_object (test->row);
  g_string_free (test->log, TRUE);
}

static void
on_link (OctavoReadingRow *row, const char *address, GString *log)
{
  g_string_append_printf (log, "link %s", address);
}

static void
on_tick (OctavoReadingRow *row, guint holder, gboolean is_done, GString *log)
{
  g_string_append_printf (log, "tick %u %d", holder, is_done);
}

/* One of the pieces of a text; the row before goes away. */
static GtkWidget *
show (Test *test, const char *source, guint piece, gboolean editable)
{
  g_autoptr (OctavoMarkdownDocument) document = octavo_markdown_document_new (source, strlen (source));

  if (test->row != NULL)
    g_assert_finalize_object (g_steal_pointer (&test->row));
  test->row = g_object_ref_sink (octavo_reading_row_new (document, piece, editable));
  g_signal_connect (test->row, "link", G_CALLBACK (on_link), test->log);
  g_signal_connect (test->row, "tick", G_CALLBACK (on_tick), test->log);
  g_assert_cmpuint (octavo_reading_row_get_piece (OCTAVO_READING_ROW (test->row)), ==, piece);
  return test->row;
}

static GtkWidget *
find_label (Test *test)
{
  return ui_test_find (test->row, GTK_TYPE_LABEL);
}

static void
test_says_what_each_piece_is (Test *test, gconstpointer data)
{
  static const char table[] = "| Name | Age |\n|---|---|\n| Ada | 36 |\n";
  GtkWidget *row;

  show (test, "### Tea\n\ntext", 0, TRUE);
  gtk_test_accessible_assert_role (find_label (test), GTK_ACCESSIBLE_ROLE_HEADING);
  gtk_test_accessible_assert_property (find_label (test), GTK_ACCESSIBLE_PROPERTY_LEVEL, 3);
  show (test, "### Tea\n\ntext", 1, TRUE);
  gtk_test_accessible_assert_role (find_label (test), GTK_ACCESSIBLE_ROLE_LABEL);
  show (test, table, 0, TRUE);
  gtk_test_accessible_assert_role (find_label (test), GTK_ACCESSIBLE_ROLE_COLUMN_HEADER);
  row = gtk_widget_get_parent (find_label (test));
  gtk_test_accessible_assert_role (row, GTK_ACCESSIBLE_ROLE_ROW);
  show (test, table, 1, TRUE);
  gtk_test_accessible_assert_role (find_label (test), GTK_ACCESSIBLE_ROLE_CELL);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (find_label (test))), ==, "Ada");
  show (test, "one\n\n---\n\ntwo", 1, TRUE);
  g_assert_null (find_label (test));
  g_assert_nonnull (ui_test_find (test->row, GTK_TYPE_SEPARATOR));
}

static void
test_boxes_are_ticked (Test *test, gconstpointer data)
{
  static const char source[] = "- [ ] buy tea\n- [x] drink it\n";
  GtkCheckButton *box;

  show (test, source, 1, TRUE);
  box = GTK_CHECK_BUTTON (ui_test_find (test->row, GTK_TYPE_CHECK_BUTTON));
  g_assert_true (gtk_check_button_get_active (box));
  g_assert_true (gtk_widget_has_css_class (test->row, "done"));
  gtk_test_accessible_assert_property (box, GTK_ACCESSIBLE_PROPERTY_LABEL, "drink it");

  show (test, source, 0, TRUE);
  box = GTK_CHECK_BUTTON (ui_test_find (test->row, GTK_TYPE_CHECK_BUTTON));
  g_assert_false (gtk_check_button_get_active (box));
  g_assert_false (gtk_widget_has_css_class (test->row, "done"));
  g_assert_cmpstr (test->log->str, ==, "");
  gtk_check_button_set_active (box, TRUE);
  g_assert_cmpstr (test->log->str, ==, "tick 1 1");

  octavo_reading_row_set_editable (OCTAVO_READING_ROW (test->row), FALSE);
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (box)));
  show (test, source, 0, FALSE);
  g_assert_false (gtk_widget_get_sensitive (ui_test_find (test->row, GTK_TYPE_CHECK_BUTTON)));
}

/* GTK would ask the desktop to open it. */
static void
test_links_are_told (Test *test, gconstpointer data)
{
  gboolean is_handled = FALSE;

  show (test, "see [there](https://example.org)", 0, TRUE);
  g_assert_nonnull (strstr (gtk_label_get_label (GTK_LABEL (find_label (test))), "https://example.org"));
  g_signal_emit_by_name (find_label (test), "activate-link", "https://example.org", &is_handled);
  g_assert_true (is_handled);
  g_assert_cmpstr (test->log->str, ==, "link https://example.org");
}

/* From byte to byte of a label; nothing is marked where none is. */
static void
assert_marked (GtkWidget *label, int start, int end)
{
  PangoAttrList *attributes = gtk_label_get_attributes (GTK_LABEL (label));
  GSList *all = attributes != NULL ? pango_attr_list_get_attributes (attributes) : NULL;

  g_assert_cmpint (all != NULL, ==, start < end);
  for (GSList *each = all; each != NULL; each = each->next)
    {
      g_assert_cmpint (((PangoAttribute *) each->data)->start_index, ==, start);
      g_assert_cmpint (((PangoAttribute *) each->data)->end_index, ==, end);
    }
  g_slist_free_full (all, (GDestroyNotify) pango_attribute_destroy);
}

static void
test_selection_is_marked (Test *test, gconstpointer data)
{
  static const char source[] = "one\n\ntwo three\n";
  g_autoptr (OctavoMarkdownDocument) document = octavo_markdown_document_new (source, strlen (source));
  guint start = octavo_markdown_document_get_piece (document, 1)->start;
  GtkWidget *row = show (test, source, 1, TRUE);

  octavo_reading_row_select (OCTAVO_READING_ROW (row), start + 4, start + 6);
  assert_marked (find_label (test), 4, 6);
  octavo_reading_row_select (OCTAVO_READING_ROW (row), 0, start + 3);
  assert_marked (find_label (test), 0, 3);
  octavo_reading_row_select (OCTAVO_READING_ROW (row), 0, start);
  assert_marked (find_label (test), 0, 0);
}

int
main (int argc, char *argv[])
{
  ui_test_init_accessible (&argc, &argv);
#define ADD(name, func) g_test_add ("/reading-row/" name, Test, NULL, set_up, func, tear_down)
  ADD ("says-what-each-piece-is", test_says_what_each_piece_is);
  ADD ("boxes-are-ticked", test_boxes_are_ticked);
  ADD ("links-are-told", test_links_are_told);
  ADD ("selection-is-marked", test_selection_is_marked);
  return g_test_run ();
}
