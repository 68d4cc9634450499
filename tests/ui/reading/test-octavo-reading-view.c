/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-reading-view"

#include "octavo-reading-row.h"
#include "octavo-reading-view.h"

#include "ui-test.h"

#include <string.h>

#define WIDTH  400
#define HEIGHT 500

static OctavoMarkdownDocument *
make_document (const char *source)
{
  return octavo_markdown_document_new (source, strlen (source));
}

static OctavoMarkdownDocument *
make_long_document (guint n_paragraphs)
{
  g_autoptr (GString) source = g_string_new (NULL);

  for (guint i = 0; i < n_paragraphs; i++)
    g_string_append_printf (source, "paragraph %u%s\n\n", i,
                            i % 3 == 0 ? " with some more words in it, so it wraps" : "");
  return make_document (source->str);
}

static OctavoReadingView *
show (OctavoMarkdownDocument *document, GtkWidget **window)
{
  OctavoReadingView *view = g_object_new (OCTAVO_TYPE_READING_VIEW, NULL);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  octavo_reading_view_set_editable (view, TRUE);
  octavo_reading_view_set_document (view, document, 0);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (view));
  gtk_widget_set_size_request (scroller, WIDTH, HEIGHT);
  *window = ui_test_show (scroller);
  return view;
}

static GtkAdjustment *
get_adjustment (OctavoReadingView *view)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view));
}

static guint
count_rows (OctavoReadingView *view)
{
  guint n = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (view)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    n++;
  return n;
}

static GtkWidget *
get_row (OctavoReadingView *view, guint piece)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (view)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (octavo_reading_row_get_piece (OCTAVO_READING_ROW (row)) == piece)
      return row;
  return NULL;
}

static gboolean
press (OctavoReadingView *view, guint key, GdkModifierType modifiers)
{
  return ui_test_press_bound (GTK_WIDGET (view), key, modifiers);
}

static void
wait_for_layout (OctavoReadingView *view)
{
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;
  GtkWidget *top = NULL;

  do
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_main_context_iteration (NULL, TRUE);
      top = get_row (view, octavo_reading_view_get_top (view));
    }
  while (top == NULL || gtk_widget_get_height (top) == 0);
}

static void
test_few_rows (void)
{
  g_autoptr (OctavoMarkdownDocument) document = make_long_document (5000);
  GtkWidget *window;
  OctavoReadingView *view = show (document, &window);

  wait_for_layout (view);
  g_assert_cmpuint (count_rows (view), >, 10);
  g_assert_cmpuint (count_rows (view), <, 60);
  g_assert_cmpfloat (gtk_adjustment_get_upper (get_adjustment (view)), >, 5000 * 20);
  ui_test_close (window);
}

static void
wait_for_top (OctavoReadingView *view, guint piece)
{
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  while (octavo_reading_view_get_top (view) != piece)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_main_context_iteration (NULL, FALSE);
    }
  wait_for_layout (view);
}

/* What is at the top is there to the pixel, whatever is found out about the rows above it. */
static void
test_scrolling (void)
{
  g_autoptr (OctavoMarkdownDocument) document = make_long_document (5000);
  GtkWidget *window;
  OctavoReadingView *view = show (document, &window);
  GtkAdjustment *adjustment = get_adjustment (view);
  graphene_rect_t place;
  double value;

  wait_for_layout (view);
  octavo_reading_view_scroll_to (view, 2500);
  wait_for_top (view, 2500);
  g_assert_true (gtk_widget_compute_bounds (get_row (view, 2500), GTK_WIDGET (view), &place));
  g_assert_cmpfloat (ABS (place.origin.y), <, 1 + 12);
  for (guint i = 0; i < 20; i++)
    {
      value = gtk_adjustment_get_value (adjustment);
      gtk_adjustment_set_value (adjustment, value - 100);
    }
  g_assert_cmpuint (octavo_reading_view_get_top (view), <, 2500);
  for (guint i = 0; i < 20; i++)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + 100);
  wait_for_top (view, 2500);
  g_assert_cmpuint (count_rows (view), <, 80);

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  while (get_row (view, 4999) == NULL || gtk_widget_get_height (get_row (view, 4999)) == 0)
    g_main_context_iteration (NULL, TRUE);
  gtk_adjustment_set_value (adjustment, 0);
  wait_for_top (view, 0);
  ui_test_close (window);
}

static void
test_keys (void)
{
  g_autoptr (OctavoMarkdownDocument) document = make_long_document (500);
  GtkWidget *window;
  OctavoReadingView *view = show (document, &window);
  guint top;

  wait_for_layout (view);
  g_assert_true (press (view, GDK_KEY_Page_Down, 0));
  top = octavo_reading_view_get_top (view);
  g_assert_cmpuint (top, >, 3);
  g_assert_true (press (view, GDK_KEY_Down, 0));
  g_assert_cmpuint (octavo_reading_view_get_top (view), >, top);
  g_assert_true (press (view, GDK_KEY_End, 0));
  g_assert_nonnull (get_row (view, 499));
  g_assert_true (press (view, GDK_KEY_Home, GDK_CONTROL_MASK));
  wait_for_top (view, 0);
  ui_test_close (window);
}

/* Tab goes on to a link that has no row yet, and back. */
static void
test_tab (void)
{
  g_autoptr (GString) source = g_string_new ("[first](http://a)\n\n");
  g_autoptr (OctavoMarkdownDocument) document = NULL;
  GtkWidget *window;
  OctavoReadingView *view;

  for (guint i = 0; i < 400; i++)
    g_string_append (source, "nothing to go to\n\n");
  g_string_append (source, "- [ ] last\n");
  document = make_document (source->str);
  view = show (document, &window);
  wait_for_layout (view);
  gtk_widget_grab_focus (GTK_WIDGET (view));
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (view), GTK_DIR_TAB_FORWARD));
  g_assert_true (gtk_widget_get_focus_child (GTK_WIDGET (view)) == get_row (view, 0));
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (view), GTK_DIR_TAB_FORWARD));
  g_assert_true (gtk_widget_get_focus_child (GTK_WIDGET (view)) == get_row (view, 401));
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (view), GTK_DIR_TAB_BACKWARD));
  g_assert_true (gtk_widget_get_focus_child (GTK_WIDGET (view)) == get_row (view, 0));
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (view), GTK_DIR_TAB_BACKWARD));
  g_assert_true (gtk_widget_is_focus (GTK_WIDGET (view)));
  g_assert_false (gtk_widget_child_focus (GTK_WIDGET (view), GTK_DIR_TAB_BACKWARD));
  ui_test_close (window);
}

static void
on_tick (guint *holders, guint holder, gboolean is_done)
{
  *holders = is_done ? holder : 0;
}

static void
test_ticking (void)
{
  g_autoptr (OctavoMarkdownDocument) document = make_document ("- [ ] one\n- [ ] two\n");
  GtkWidget *window, *box;
  OctavoReadingView *view = show (document, &window);
  guint ticked = 0;

  g_signal_connect_swapped (view, "tick", G_CALLBACK (on_tick), &ticked);
  wait_for_layout (view);
  box = ui_test_find (get_row (view, 1), GTK_TYPE_CHECK_BUTTON);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (box), TRUE);
  g_assert_cmpuint (ticked, ==, octavo_markdown_document_get_piece (document, 1)->holder);
  g_assert_true (gtk_widget_get_sensitive (box));
  octavo_reading_view_set_editable (view, FALSE);
  g_assert_false (gtk_widget_get_sensitive (box));
  ui_test_close (window);
}

static void
test_copying (void)
{
  g_autoptr (OctavoMarkdownDocument) document =
      make_document ("# Head\n\nSome *words*.\n\n- a\n- [x] b\n\n|c|d|\n|---|---|\n|e|f|\n");
  g_autofree char *all = NULL, *part = NULL;
  GtkWidget *window;
  OctavoReadingView *view = show (document, &window);

  wait_for_layout (view);
  g_assert_true (press (view, GDK_KEY_a, GDK_CONTROL_MASK));
  all = octavo_reading_view_dup_selection (view);
  g_assert_cmpstr (all, ==, "Head\n\nSome words.\n\n• a\n☑ b\n\nc\td\ne\tf");
  octavo_reading_view_select (view, 2, 8);
  part = octavo_reading_view_dup_selection (view);
  g_assert_cmpstr (part, ==, "ad\n\nSome");
  ui_test_close (window);
}

static void
test_places (void)
{
  g_autoptr (OctavoMarkdownDocument) document = make_document ("one\n\n|two|three|\n|---|---|\n|four|five|\n");
  GtkWidget *window;
  OctavoReadingView *view = show (document, &window);
  graphene_rect_t place;

  wait_for_layout (view);
  g_assert_true (gtk_widget_compute_bounds (get_row (view, 0), GTK_WIDGET (view), &place));
  g_assert_cmpuint (octavo_reading_view_find_place (view, 0, 20), ==, 0);
  g_assert_cmpuint (octavo_reading_view_find_place (view, 390, 20), ==, 3);
  g_assert_cmpuint (octavo_reading_view_find_place (view, 390, 490), ==, strlen ("onetwo\tthreefour\tfive"));
  ui_test_close (window);
}

static graphene_rect_t
get_place (OctavoReadingView *view, GtkWidget *widget)
{
  graphene_rect_t place;

  g_assert_true (gtk_widget_compute_bounds (widget, GTK_WIDGET (view), &place));
  return place;
}

/* Where the letters of a text are, not its label. */
static double
get_ink (OctavoReadingView *view, guint piece)
{
  GtkWidget *label = gtk_widget_get_last_child (get_row (view, piece));
  PangoRectangle ink;
  int x;

  gtk_label_get_layout_offsets (GTK_LABEL (label), &x, NULL);
  pango_layout_get_pixel_extents (gtk_label_get_layout (GTK_LABEL (label)), &ink, NULL);
  return get_place (view, label).origin.x + (float) (x + ink.x);
}

static double
get_middle (OctavoReadingView *view, GtkWidget *widget)
{
  graphene_rect_t place = get_place (view, widget);

  return place.origin.x + place.size.width / 2.0;
}

static GtkWidget *
get_mark (OctavoReadingView *view, guint piece)
{
  return gtk_widget_get_first_child (get_row (view, piece));
}

/* Texts begin at the side where their own letters say, with their marks, in a window of either direction. */
static void
test_directions (gconstpointer window_direction)
{
  g_autoptr (OctavoMarkdownDocument) document = make_document (
      "one\n\nאחת\n\n- two\n- שתיים\n  - three\n\n> ארבע\n\n1. חמש\n\n- [ ] שש\n\n|שבע|b|\n|-|-|\n|c|d|\n");
  GtkWidget *window, *row;
  double width;
  OctavoReadingView *view;

  gtk_widget_set_default_direction ((GtkTextDirection) GPOINTER_TO_INT (window_direction));
  view = show (document, &window);
  wait_for_layout (view);
  width = gtk_widget_get_width (GTK_WIDGET (view));
  g_assert_cmpfloat (get_ink (view, 0), <, 30);
  g_assert_cmpfloat (get_ink (view, 1), >, width - 100);
  g_assert_cmpfloat (get_middle (view, get_mark (view, 2)), <, get_ink (view, 2));
  g_assert_cmpfloat (get_ink (view, 2), <, 80);
  g_assert_cmpfloat (get_middle (view, get_mark (view, 3)), >, get_ink (view, 3));
  g_assert_cmpfloat (get_ink (view, 3), >, width - 150);
  g_assert_cmpfloat (get_middle (view, get_mark (view, 4)), >, width / 2.0); /* the room of the item around it */
  g_assert_cmpfloat (get_middle (view, gtk_widget_get_next_sibling (get_mark (view, 4))), <, get_ink (view, 4));
  for (guint piece = 5; piece <= 7; piece++)
    {
      graphene_rect_t mark = get_place (view, get_mark (view, piece));

      g_assert_cmpfloat (mark.origin.x, >, get_ink (view, piece));
      g_assert_cmpfloat (mark.origin.x + mark.size.width, <=, width);
    }
  for (guint piece = 8; piece <= 9; piece++)
    {
      row = gtk_widget_get_last_child (get_row (view, piece));
      g_assert_cmpfloat (get_middle (view, gtk_widget_get_first_child (row)), >,
                         get_middle (view, gtk_widget_get_last_child (row)));
    }
  ui_test_close (window);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static gboolean
has_ground (GtkWidget *label, guint place)
{
  PangoAttrIterator *iter =
      pango_attr_list_get_iterator (pango_layout_get_attributes (gtk_label_get_layout (GTK_LABEL (label))));
  gboolean has = FALSE;
  int start, end;

  do
    {
      pango_attr_iterator_range (iter, &start, &end);
      if ((int) place >= start && (int) place < end)
        has = pango_attr_iterator_get (iter, PANGO_ATTR_BACKGROUND) != NULL;
    }
  while (pango_attr_iterator_next (iter));
  pango_attr_iterator_destroy (iter);
  return has;
}

static void
test_highlights (void)
{
  g_autoptr (OctavoMarkdownDocument) document = make_document ("one ==two `x` *y*== ![*z*](a.png)\n");
  GtkWidget *window, *label;
  OctavoReadingView *view = show (document, &window);

  wait_for_layout (view);
  label = ui_test_find (get_row (view, 0), GTK_TYPE_LABEL);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, "one two x y Image: z");
  g_assert_false (has_ground (label, 0));
  for (guint place = strlen ("one "); place < strlen ("one two x y"); place++)
    g_assert_true (has_ground (label, place));
  g_assert_false (has_ground (label, strlen ("one two x y")));
  ui_test_close (window);
}

/* What nobody writes by hand; each took minutes in one program or another. */
static void
test_strange_notes (void)
{
  g_autoptr (GString) columns = g_string_new (NULL);
  g_autofree char *line = g_strnfill (100000, 'x');
  g_autofree char *quotes = g_strnfill (50000, '>');
  const char *sources[3];

  for (guint i = 0; i < 1000; i++)
    g_string_append (columns, "|a");
  g_string_append (columns, "\n");
  for (guint i = 0; i < 1000; i++)
    g_string_append (columns, "|---");
  g_string_append (columns, "\n");
  for (guint i = 0; i < 1000; i++)
    g_string_append (columns, "|b\n");
  sources[0] = columns->str;
  sources[1] = line;
  sources[2] = quotes;
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_autoptr (OctavoMarkdownDocument) document = make_document (sources[i]);
      GtkWidget *window;
      OctavoReadingView *view = show (document, &window);

      if (octavo_markdown_document_get_n_pieces (document) > 0)
        wait_for_layout (view);
      g_assert_cmpuint (count_rows (view), <, 150);
      ui_test_close (window);
    }
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/reading-view/few-rows", test_few_rows);
  g_test_add_func ("/reading-view/scrolling", test_scrolling);
  g_test_add_func ("/reading-view/keys", test_keys);
  g_test_add_func ("/reading-view/tab", test_tab);
  g_test_add_func ("/reading-view/ticking", test_ticking);
  g_test_add_func ("/reading-view/copying", test_copying);
  g_test_add_func ("/reading-view/places", test_places);
  g_test_add_data_func ("/reading-view/directions", GINT_TO_POINTER (GTK_TEXT_DIR_LTR), test_directions);
  g_test_add_data_func ("/reading-view/directions-in-a-right-to-left-window", GINT_TO_POINTER (GTK_TEXT_DIR_RTL),
                        test_directions);
  g_test_add_func ("/reading-view/highlights", test_highlights);
  g_test_add_func ("/reading-view/strange-notes", test_strange_notes);
  return g_test_run ();
}
