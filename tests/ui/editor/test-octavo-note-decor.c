/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-note-decor"

#include "octavo-note-decor.h"

#include "octavo-markdown-buffer.h"
#include "octavo-note-view.h"
#include "ui-test.h"

#include <string.h>

static guint
count (const char *text, const char *what)
{
  guint n = 0;

  for (const char *p = text; (p = strstr (p, what)) != NULL; p += strlen (what))
    n++;
  return n;
}

static gboolean
is_laid_out (GtkTextView *view)
{
  GtkTextIter iter;

  gtk_text_buffer_get_start_iter (gtk_text_view_get_buffer (view), &iter);
  do
    {
      int y, height;

      gtk_text_view_get_line_yrange (view, &iter, &y, &height);
      if (height == 0)
        return FALSE;
    }
  while (gtk_text_iter_forward_line (&iter));
  return TRUE;
}

/* What is painted beneath and beside a text; NULL for nothing. */
static GskRenderNode *
paint (const char *text)
{
  g_autoptr (OctavoMarkdownBuffer) buffer = g_object_new (OCTAVO_TYPE_MARKDOWN_BUFFER, NULL);
  OctavoMarkdownHighlighter *highlighter = octavo_markdown_buffer_get_highlighter (buffer);
  GtkWidget *view = g_object_new (OCTAVO_TYPE_NOTE_VIEW, NULL);
  GtkWidget *window = ui_test_show (view);
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  octavo_markdown_buffer_load (buffer, text);
  octavo_note_view_show (OCTAVO_NOTE_VIEW (view), GTK_TEXT_BUFFER (buffer));
  model_test_wait_for (octavo_markdown_highlighter_is_done (highlighter) && is_laid_out (GTK_TEXT_VIEW (view)));
  octavo_note_decor_snapshot (GTK_TEXT_VIEW (view), snapshot, highlighter);
  ui_test_close (window);
  return gtk_snapshot_free_to_node (snapshot);
}

/* How many grounds and how many coloured areas, those of grounds among them, there are. */
static void
assert_painted (const char *text, guint n_grounds, guint n_colours)
{
  g_autoptr (GskRenderNode) node = paint (text);
  g_autoptr (GBytes) bytes = node != NULL ? gsk_render_node_serialize (node) : NULL;
  g_autofree char *painted =
      bytes != NULL ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) : g_strdup ("");

  g_assert_cmpuint (count (painted, "rounded-clip {"), ==, n_grounds);
  g_assert_cmpuint (count (painted, "color {"), ==, n_colours);
}

static gboolean
is_at_right (const char *text)
{
  g_autoptr (GskRenderNode) node = paint (text);
  graphene_rect_t bounds;

  g_assert_nonnull (node);
  gsk_render_node_get_bounds (node, &bounds);
  return bounds.origin.x > 350;
}

static void
test_plain_text_has_none (void)
{
  assert_painted ("one\n\n- two", 0, 0);
}

static void
test_code_stands_on_one_ground (void)
{
  assert_painted ("one\n\n```\ntwo\n\nthree\n```\n\nfour\n\n    five", 2, 2);
}

static void
test_quotes_have_a_bar_for_each (void)
{
  assert_painted ("> one\n\n> > two", 0, 3);
  assert_painted ("> > > > > one", 0, 3); /* more find no room */
}

/* Whatever the direction of the window. */
static void
test_bars_are_where_the_quote_begins (void)
{
  g_assert_false (is_at_right ("> one"));
  g_assert_true (is_at_right ("> שלום"));
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  g_assert_false (is_at_right ("> one"));
  g_assert_true (is_at_right ("> שלום"));
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/note-decor/plain-text-has-none", test_plain_text_has_none);
  g_test_add_func ("/note-decor/code-stands-on-one-ground", test_code_stands_on_one_ground);
  g_test_add_func ("/note-decor/quotes-have-a-bar-for-each", test_quotes_have_a_bar_for_each);
  g_test_add_func ("/note-decor/bars-are-where-the-quote-begins", test_bars_are_where_the_quote_begins);
  return g_test_run ();
}
