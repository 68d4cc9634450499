/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gtk/gtk.h>

#include "model-test.h"

#include "octavo-note-row-private.h"
#include "octavo-note-row-widget.h"
#include "octavo-note-row-words.h"
#include "octavo-tag-repository.h"

#include <string.h>

static OctavoNoteRow *
make_row (const char *title, const char *excerpt, const char *tags, gboolean pinned)
{
  OctavoNoteValues *values = octavo_note_values_new ();

  values->id = 7;
  values->title = g_strdup (title);
  values->excerpt = g_strdup (excerpt);
  values->tags = tags[0] != '\0' ? g_strsplit (tags, " ", -1) : g_new0 (char *, 1);
  values->pinned = pinned;
  values->created = values->updated = 1000;

  return octavo_note_row_new (values);
}

static void
test_name (void)
{
  g_autoptr (OctavoNoteRow) titled = make_row ("Shopping", "Milk", "", FALSE);
  g_autoptr (OctavoNoteRow) untitled = make_row ("", "Milk", "", FALSE);
  g_autofree char *name = octavo_note_row_words_dup_name (titled);
  g_autofree char *no_name = octavo_note_row_words_dup_name (untitled);

  g_assert_cmpstr (name, ==, "Shopping");
  g_assert_cmpstr (no_name, ==, "Untitled");
}

static void
test_description (void)
{
  g_autoptr (OctavoNoteRow) full = make_row ("Shopping", "Milk and bread", "home work/project", TRUE);
  g_autoptr (OctavoNoteRow) bare = make_row ("Shopping", "", "", FALSE);
  g_autofree char *description = octavo_note_row_words_dup_description (full, NULL, "Today");
  g_autofree char *bare_description = octavo_note_row_words_dup_description (bare, NULL, NULL);

  g_assert_cmpstr (description, ==, "Milk and bread, 1 Jan 1970, home, work/project, pinned, Today");
  g_assert_cmpstr (bare_description, ==, "1 Jan 1970");
}

static int
measure_height (GtkWidget *widget)
{
  int minimum, natural;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, natural);
  return minimum;
}

static void
test_height_depends_on_the_font_alone (void)
{
  g_autoptr (GtkWidget) widget = g_object_ref_sink (octavo_note_row_widget_new ());
  g_autoptr (OctavoNoteRow) plain = make_row ("Shopping", "Milk", "", FALSE);
  g_autoptr (OctavoNoteRow) tall = make_row ("生存の歴史\nsecond line", "نص عربي", "a b c d e", TRUE);
  int height = measure_height (widget);

  g_assert_cmpint (height, >, 30);
  octavo_note_row_widget_set_row (OCTAVO_NOTE_ROW_WIDGET (widget), plain);
  g_assert_cmpint (measure_height (widget), ==, height);
  octavo_note_row_widget_set_row (OCTAVO_NOTE_ROW_WIDGET (widget), tall);
  g_assert_cmpint (measure_height (widget), ==, height);
}

static gboolean
give_up (gpointer data)
{
  g_error ("the row was given no size");
  return G_SOURCE_REMOVE;
}

static GskRenderNode *
draw (GtkWidget *widget, int width)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  guint timeout = g_timeout_add_seconds (20, give_up, NULL);

  gtk_widget_set_size_request (widget, width, -1);
  while (gtk_widget_get_width (widget) != width)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
  GTK_WIDGET_GET_CLASS (widget)->snapshot (widget, snapshot);
  return gtk_snapshot_free_to_node (snapshot);
}

/* What is drawn of a row while that is looked for; NULL for nothing. */
static GBytes *
draw_searched (OctavoNoteRow *row, const char *text)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *widget = octavo_note_row_widget_new ();
  g_autoptr (OctavoQuery) query = text != NULL ? octavo_query_new (text) : NULL;
  g_autoptr (GskRenderNode) node = NULL;

  gtk_widget_set_halign (widget, GTK_ALIGN_START);
  gtk_window_set_child (GTK_WINDOW (window), widget);
  octavo_note_row_widget_set_row (OCTAVO_NOTE_ROW_WIDGET (widget), row);
  gtk_window_present (GTK_WINDOW (window));
  octavo_note_row_widget_set_query (OCTAVO_NOTE_ROW_WIDGET (widget), query);
  node = draw (widget, 240);
  gtk_window_destroy (GTK_WINDOW (window));
  return gsk_render_node_serialize (node);
}

static void
test_hits_are_marked (void)
{
  g_autoptr (OctavoNoteRow) row =
      make_row ("Café & <b>bar", "A long way to go before there is any word of <i>milk</i> & honey", "home/tea", FALSE);
  g_autoptr (OctavoNoteRow) blank = make_row ("", "", "", FALSE);
  g_autoptr (GBytes) plain = draw_searched (row, NULL);
  g_autoptr (GBytes) plain_blank = draw_searched (blank, NULL);
  const char *const hits[] = { "cafe", "\"<b>\"", "milk", "tea", "way OR honey" };
  const char *const no_hits[] = { "zebra", "-milk", "is:pinned", "title:milk" };

  for (gsize i = 0; i < G_N_ELEMENTS (hits); i++)
    {
      g_autoptr (GBytes) marked = draw_searched (row, hits[i]);

      g_assert_false (g_bytes_equal (marked, plain));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (no_hits); i++)
    {
      g_autoptr (GBytes) unmarked = draw_searched (row, no_hits[i]);

      g_assert_true (g_bytes_equal (unmarked, plain));
    }

  /* The words that stand for a title and a text that are not there were not found. */
  {
    g_autoptr (GBytes) unmarked = draw_searched (blank, "untitled OR text");

    g_assert_true (g_bytes_equal (unmarked, plain_blank));
  }
}

static void
test_stays_within_its_bounds (void)
{
  const char *const titles[] = { "Shopping", "A title that is much too long to be shown in a row so narrow", "" };
  const GtkTextDirection directions[] = { GTK_TEXT_DIR_LTR, GTK_TEXT_DIR_RTL };

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (directions); j++)
      {
        GtkWidget *window = gtk_window_new ();
        GtkWidget *widget = octavo_note_row_widget_new ();
        g_autoptr (OctavoNoteRow) row =
            make_row (titles[i], "An excerpt that is too long for it as well, and then some",
                      "work/project/alpha b c d e", TRUE);
        g_autoptr (GskRenderNode) node = NULL;
        graphene_rect_t bounds;

        gtk_widget_set_direction (widget, directions[j]);
        gtk_widget_set_halign (widget, GTK_ALIGN_START);
        gtk_window_set_child (GTK_WINDOW (window), widget);
        octavo_note_row_widget_set_row (OCTAVO_NOTE_ROW_WIDGET (widget), row);
        gtk_window_present (GTK_WINDOW (window));
        node = draw (widget, 240);
        g_assert_nonnull (node);
        gsk_render_node_get_bounds (node, &bounds);
        g_assert_cmpfloat (bounds.origin.x, >=, -2);
        g_assert_cmpfloat (bounds.origin.x + bounds.size.width, <=, 242);
        gtk_window_destroy (GTK_WINDOW (window));
      }
}

static void
test_row_is_let_go (void)
{
  GtkWidget *widget = g_object_ref_sink (octavo_note_row_widget_new ());
  OctavoNoteRow *row = make_row ("Shopping", "Milk", "home", FALSE);

  octavo_note_row_widget_set_row (OCTAVO_NOTE_ROW_WIDGET (widget), row);
  g_assert_true (octavo_note_row_widget_get_row (OCTAVO_NOTE_ROW_WIDGET (widget)) == row);
  octavo_note_row_widget_set_row (OCTAVO_NOTE_ROW_WIDGET (widget), NULL);
  g_assert_finalize_object (row);
  g_assert_finalize_object (widget);
}

/* Whether a colour is drawn, as the renderer writes it down. */
static gboolean
is_drawn (GtkWidget *widget, const GdkRGBA *color)
{
  g_autoptr (GskRenderNode) node = draw (widget, 300);
  g_autoptr (GBytes) bytes = gsk_render_node_serialize (node);
  g_autofree char *drawn = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autofree char *name = gdk_rgba_to_string (color);

  return strstr (drawn, name) != NULL;
}

static gboolean
has_color (OctavoTagRepository *tags, const char *name, const char *color)
{
  return g_str_equal (octavo_tag_repository_get_color (tags, name), color);
}

static void
test_colors_of_tags (void)
{
  ModelTest model = { 0 };
  GtkCssProvider *provider = gtk_css_provider_new ();
  GtkWidget *window = gtk_window_new ();
  GtkWidget *widget = octavo_note_row_widget_new ();
  g_autoptr (OctavoNoteRow) row = make_row ("Shopping", "Milk", "home work", FALSE);
  OctavoTagRepository *tags;
  const GdkRGBA red = { 0.2f, 0.4f, 0.6f, 1 };

  gtk_css_provider_load_from_data (provider, "@define-color tag_red rgb(51,102,153);", -1);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_USER);
  model_test_set_up (&model, NULL);
  tags = octavo_store_get_tags (model.store);
  octavo_tag_repository_get_list (tags);
  model_test_add_note (&model, "One", "", "home,Work");
  gtk_widget_set_halign (widget, GTK_ALIGN_START);
  gtk_window_set_child (GTK_WINDOW (window), widget);
  octavo_note_row_widget_set_colors (OCTAVO_NOTE_ROW_WIDGET (widget), tags);
  octavo_note_row_widget_set_row (OCTAVO_NOTE_ROW_WIDGET (widget), row);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_false (is_drawn (widget, &red));
  octavo_tag_repository_set_color_async (tags, "work", "red", NULL, NULL, NULL);
  model_test_wait_for (has_color (tags, "work", "red"));
  g_assert_true (is_drawn (widget, &red));
  octavo_tag_repository_set_color_async (tags, "work", "", NULL, NULL, NULL);
  model_test_wait_for (has_color (tags, "WORK", ""));
  g_assert_false (is_drawn (widget, &red));
  gtk_window_destroy (GTK_WINDOW (window));
  model_test_tear_down (&model, NULL);
  gtk_style_context_remove_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider));
  g_object_unref (provider);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);

  g_test_add_func ("/note-row-widget/name", test_name);
  g_test_add_func ("/note-row-widget/description", test_description);
  g_test_add_func ("/note-row-widget/height-depends-on-the-font-alone", test_height_depends_on_the_font_alone);
  g_test_add_func ("/note-row-widget/hits-are-marked", test_hits_are_marked);
  g_test_add_func ("/note-row-widget/stays-within-its-bounds", test_stays_within_its_bounds);
  g_test_add_func ("/note-row-widget/colors-of-tags", test_colors_of_tags);
  g_test_add_func ("/note-row-widget/row-is-let-go", test_row_is_let_go);

  return g_test_run ();
}
