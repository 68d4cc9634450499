/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-note-decor.h"

#include <adwaita.h>

/* What tags cannot paint: the ground that code stands on, as wide as the text, and the bars beside quotes. */

#define GROUND_MARGIN 10 /* pixels, on each side of the text */
#define GROUND_RADIUS 8
#define BAR_WIDTH     3
#define BAR_STEP      6 /* from one bar to that of the quote in it */
#define MOST_BARS     3

typedef struct
{
  GtkTextView *view;
  GtkSnapshot *snapshot;
  OctavoMarkdownLines *lines;
  guint n_lines; /* of which something is known */
  int width;
  GdkRGBA ground;
  GdkRGBA bar;
} Decor;

static gboolean
is_on_ground (const Decor *decor, guint line)
{
  if (line >= decor->n_lines)
    return FALSE;
  switch (octavo_markdown_lines_get_block (decor->lines, line))
    {
    case OCTAVO_MARKDOWN_FENCE:
    case OCTAVO_MARKDOWN_FENCED_CODE:
    case OCTAVO_MARKDOWN_INDENTED_CODE:
    case OCTAVO_MARKDOWN_FRONT_MATTER:
      return TRUE;
    default:
      return FALSE;
    }
}

static void
add_ground (const Decor *decor, int y, int height)
{
  int left = gtk_text_view_get_left_margin (decor->view) - GROUND_MARGIN;
  int right = gtk_text_view_get_right_margin (decor->view) - GROUND_MARGIN;
  GskRoundedRect shape;

  gsk_rounded_rect_init_from_rect (&shape,
                                   &GRAPHENE_RECT_INIT ((float) left, (float) y, (float) (decor->width - left - right),
                                                        (float) height),
                                   GROUND_RADIUS);
  gtk_snapshot_push_rounded_clip (decor->snapshot, &shape);
  gtk_snapshot_append_color (decor->snapshot, &decor->ground, &shape.bounds);
  gtk_snapshot_pop (decor->snapshot);
}

/* A paragraph has the direction of its text, whatever that of the window is. */
static gboolean
begins_at_right (const Decor *decor, const GtkTextIter *start)
{
  GdkRectangle place;

  gtk_text_view_get_iter_location (decor->view, start, &place);
  return place.x > decor->width / 2;
}

static void
add_bars (const Decor *decor, const GtkTextIter *start, guint n, int y, int height)
{
  gboolean is_rtl = begins_at_right (decor, start);
  int margin = is_rtl ? gtk_text_view_get_right_margin (decor->view) : gtk_text_view_get_left_margin (decor->view);

  for (guint i = 0; i < MIN (n, MOST_BARS); i++)
    {
      int x = margin - GROUND_MARGIN - (int) i * BAR_STEP;

      if (is_rtl)
        x = decor->width - x - BAR_WIDTH;
      gtk_snapshot_append_color (decor->snapshot, &decor->bar,
                                 &GRAPHENE_RECT_INIT ((float) x, (float) y, BAR_WIDTH, (float) height));
    }
}

/* From a line on whatever belongs to the same block; one that goes on out of sight has no corners there. */
static void
add_grounds (const Decor *decor, GtkTextIter iter, int bottom)
{
  int start = 0, y = 0, height = 0;
  gboolean is_open = FALSE;

  do
    {
      guint line = (guint) gtk_text_iter_get_line (&iter);

      gtk_text_view_get_line_yrange (decor->view, &iter, &y, &height);
      if (!is_open && is_on_ground (decor, line))
        {
          is_open = TRUE;
          start = line > 0 && is_on_ground (decor, line - 1) ? y - GROUND_RADIUS : y;
        }
      if (is_open && !is_on_ground (decor, line + 1))
        {
          add_ground (decor, start, y + height - start);
          is_open = FALSE;
        }
    }
  while (y + height < bottom && gtk_text_iter_forward_line (&iter));
  if (is_open)
    add_ground (decor, start, y + height + GROUND_RADIUS - start);
}

static void
add_all_bars (const Decor *decor, GtkTextIter iter, int bottom)
{
  int y, height;

  do
    {
      guint line = (guint) gtk_text_iter_get_line (&iter);
      guint n_quotes = line < decor->n_lines ? octavo_markdown_lines_get_n_quotes (decor->lines, line) : 0;

      gtk_text_view_get_line_yrange (decor->view, &iter, &y, &height);
      if (n_quotes > 0)
        add_bars (decor, &iter, n_quotes, y, height);
    }
  while (y + height < bottom && gtk_text_iter_forward_line (&iter));
}

/**
 * octavo_note_decor_snapshot:
 * @view: a view
 * @snapshot: of the layer below its text
 * @highlighter: that of its buffer
 *
 * Paints what is beneath and beside the text in sight.
 */
void
octavo_note_decor_snapshot (GtkTextView *view, GtkSnapshot *snapshot, OctavoMarkdownHighlighter *highlighter)
{
  const OctavoMarkdownPalette *palette = octavo_markdown_highlighter_get_palette (highlighter);
  Decor decor = { .view = view,
                  .snapshot = snapshot,
                  .lines = octavo_markdown_highlighter_get_lines (highlighter),
                  .ground = palette->text,
                  .bar = palette->text };
  GdkRectangle visible;
  GtkTextIter first;

  decor.n_lines = octavo_markdown_lines_get_n_known (decor.lines);
  decor.ground.alpha *= palette->has_high_contrast ? 0.12f : 0.06f;
  decor.bar.alpha *= palette->has_high_contrast ? 0.7f : 0.25f;
  gtk_text_view_get_visible_rect (view, &visible);
  decor.width = visible.width;
  gtk_text_view_get_line_at_y (view, &first, visible.y, NULL);
  add_grounds (&decor, first, visible.y + visible.height);
  add_all_bars (&decor, first, visible.y + visible.height);
}

static gboolean
is_blank (const GtkTextIter *line)
{
  return gtk_text_iter_ends_line (line);
}

/* The paragraph at the cursor, in the lines that are in sight. */
static void
find_paragraph (GtkTextView *view, int top, int bottom, int *start, int *end)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter first, last;
  int y, height;

  gtk_text_buffer_get_iter_at_mark (buffer, &first, gtk_text_buffer_get_insert (buffer));
  gtk_text_iter_set_line_offset (&first, 0);
  last = first;
  gtk_text_view_get_line_yrange (view, &first, start, &height);
  *end = *start + height;
  while (!is_blank (&last) && *end < bottom && gtk_text_iter_forward_line (&last) && !is_blank (&last))
    {
      gtk_text_view_get_line_yrange (view, &last, &y, &height);
      *end = y + height;
    }
  while (!is_blank (&first) && *start > top && gtk_text_iter_backward_line (&first) && !is_blank (&first))
    gtk_text_view_get_line_yrange (view, &first, start, &height);
}

/**
 * octavo_note_decor_snapshot_focus:
 * @view: a view
 * @snapshot: of the layer above its text
 *
 * Dims all but the paragraph at the cursor.
 */
void
octavo_note_decor_snapshot_focus (GtkTextView *view, GtkSnapshot *snapshot)
{
  GdkRectangle visible;
  GdkRGBA veil;
  int start, end, bottom;

  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (view)), "view_bg_color", &veil))
    return;
  veil.alpha = adw_style_manager_get_high_contrast (adw_style_manager_get_default ()) ? 0.4f : 0.65f;
  gtk_text_view_get_visible_rect (view, &visible);
  bottom = visible.y + visible.height;
  find_paragraph (view, visible.y, bottom, &start, &end);
  if (start > visible.y)
    gtk_snapshot_append_color (snapshot, &veil,
                               &GRAPHENE_RECT_INIT (0, (float) visible.y, (float) visible.width,
                                                    (float) (MIN (start, bottom) - visible.y)));
  end = MAX (end, visible.y);
  if (end < bottom)
    gtk_snapshot_append_color (snapshot, &veil,
                               &GRAPHENE_RECT_INIT (0, (float) end, (float) visible.width, (float) (bottom - end)));
}
