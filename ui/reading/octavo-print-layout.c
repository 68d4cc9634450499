/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-print-layout.h"

#include "octavo-markdown-direction.h"
#include "octavo-reading-cells.h"
#include "octavo-reading-markup.h"

#include <string.h>

/* The same pieces as the reading view has, on paper: what holds them stands before them, and they are drawn line by
 * line, so that a page may end between any two. */

#define FONT_CODE  "Monospace"
#define SPACING    1.25 /* of lines */
#define QUOTE      14.0
#define ITEM       20.0
#define MARK_SPACE 5.0 /* between a mark and the text */
#define BAR        2.0
#define CODE_PAD   8.0
#define CELL_PAD   4.0
#define RULE       1.0
#define MOST_CELLS 400.0 /* a row that is higher is text: it may have to go over pages */

static const double scales[] = { 1, 1.7, 1.4, 1.2, 1.1, 1, 0.9 }; /* of headings, by level */

/**
 * octavo_print_layout_new:
 * @paper: the paper
 * @scale: of the letters
 *
 * Makes what lays out a text in the font of printed notes.
 *
 * Returns: (transfer full): the layout
 */
PangoLayout *
octavo_print_layout_new (const OctavoPrintPaper *paper, double scale)
{
  PangoLayout *layout = pango_layout_new (paper->context);
  PangoFontDescription *font = pango_font_description_copy (paper->font);

  pango_font_description_set_size (font, (int) (pango_font_description_get_size (font) * scale));
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing (layout, SPACING);
  return layout;
}

static const OctavoMarkdownPiece *
get_piece (OctavoPrintPiece *self)
{
  return octavo_markdown_document_get_piece (self->document, self->piece);
}

static gboolean
is_right_to_left (OctavoPrintPiece *self)
{
  return get_piece (self)->direction == OCTAVO_MARKDOWN_DIRECTION_RTL;
}

/* Pango turns an alignment round for each line that goes from right to left. */
static void
align (PangoLayout *layout, const char *text, gboolean is_at_right)
{
  gboolean is_turned = octavo_markdown_direction_find (text, strlen (text)) == OCTAVO_MARKDOWN_DIRECTION_RTL;

  pango_layout_set_alignment (layout, is_at_right != is_turned ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
}

static PangoLayout *
add_layout (OctavoPrintPiece *self, const OctavoPrintPaper *paper, guint start, guint end, double width)
{
  const OctavoMarkdownPiece *piece = get_piece (self);
  g_autofree char *markup = octavo_reading_markup_new (self->document, piece, start, end, FALSE);
  PangoLayout *layout = octavo_print_layout_new (paper, scales[MIN (piece->level, G_N_ELEMENTS (scales) - 1)]);
  PangoFontDescription *font = pango_font_description_copy (pango_layout_get_font_description (layout));

  if (piece->kind == OCTAVO_MARKDOWN_PIECE_CODE)
    {
      pango_font_description_set_family (font, FONT_CODE);
      pango_font_description_set_size (font, (int) (self->size * 0.9 * PANGO_SCALE));
    }
  if (piece->kind == OCTAVO_MARKDOWN_PIECE_HEADING || piece->is_head)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_width (layout, (int) (MAX (width, self->size) * PANGO_SCALE));
  pango_layout_set_markup (layout, markup, -1);
  align (layout, pango_layout_get_text (layout), is_right_to_left (self));
  g_ptr_array_add (self->layouts, layout);
  return layout;
}

static double
get_height_of (PangoLayout *layout)
{
  int height;

  pango_layout_get_size (layout, NULL, &height);
  return (double) height / PANGO_SCALE;
}

static double
get_row_height (OctavoPrintPiece *self)
{
  double height = 0;

  for (guint i = 0; i < self->layouts->len; i++)
    height = MAX (height, get_height_of (g_ptr_array_index (self->layouts, i)));
  return height + 2 * CELL_PAD;
}

static void
add_cells (OctavoPrintPiece *self, const OctavoPrintPaper *paper, double width)
{
  const OctavoMarkdownPiece *piece = get_piece (self);
  const OctavoMarkdownTable *table = octavo_markdown_document_get_table (self->document, piece->table);

  octavo_reading_cells_share (table, (int) width, (int) (self->size * 0.6), self->places);
  for (guint i = 0; i < piece->n_cells; i++)
    {
      const OctavoMarkdownCell *cell = octavo_markdown_document_get_cell (self->document, piece->first_cell + i);
      PangoLayout *layout =
          add_layout (self, paper, cell->start, cell->end, self->places[i + 1] - self->places[i] - 2 * CELL_PAD);

      if (table->aligns[i] == OCTAVO_MARKDOWN_ALIGN_CENTER)
        pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
      else if (table->aligns[i] == OCTAVO_MARKDOWN_ALIGN_END)
        align (layout, pango_layout_get_text (layout), !is_right_to_left (self));
    }
}

/* What quotes and items take at each side: each at the one where its own text begins. */
static void
get_sides (OctavoMarkdownDocument *document, guint number, double *left, double *right)
{
  const OctavoMarkdownHolder *holder = octavo_markdown_document_get_holder (document, number);

  *left = *right = 0;
  if (holder == NULL)
    return;
  get_sides (document, holder->parent, left, right);
  if (octavo_markdown_document_get_direction (document, number) == OCTAVO_MARKDOWN_DIRECTION_RTL)
    *right += holder->is_quote ? QUOTE : ITEM;
  else
    *left += holder->is_quote ? QUOTE : ITEM;
}

static double
get_space (OctavoPrintPiece *self)
{
  const OctavoMarkdownPiece *piece = get_piece (self);
  const OctavoMarkdownHolder *holder = octavo_markdown_document_get_holder (self->document, piece->holder);

  if (piece->continues || self->piece == 0)
    return 0;
  if (piece->kind == OCTAVO_MARKDOWN_PIECE_HEADING)
    return self->size * 1.4;
  return holder != NULL && holder->is_tight ? self->size * 0.3 : self->size * 0.8;
}

/**
 * octavo_print_piece_new:
 * @paper: what it is laid out for
 * @document: a document
 * @piece: one of its pieces
 *
 * Lays a piece out.
 *
 * Returns: (transfer full): how it lies
 */
OctavoPrintPiece *
octavo_print_piece_new (const OctavoPrintPaper *paper, OctavoMarkdownDocument *document, guint piece)
{
  OctavoPrintPiece *self = g_new0 (OctavoPrintPiece, 1);
  const OctavoMarkdownPiece *shown = octavo_markdown_document_get_piece (document, piece);
  double width;

  self->document = octavo_markdown_document_ref (document);
  self->piece = piece;
  self->layouts = g_ptr_array_new_with_free_func (g_object_unref);
  self->size = (double) pango_font_description_get_size (paper->font) / PANGO_SCALE;
  get_sides (document, shown->holder, &self->left, &self->right);
  self->space = get_space (self);
  width = paper->width - self->left - self->right;
  if (shown->kind == OCTAVO_MARKDOWN_PIECE_CODE)
    width -= 2 * CODE_PAD;
  if (shown->n_cells > 0)
    add_cells (self, paper, width);
  self->is_row = shown->n_cells > 0 && get_row_height (self) <= MOST_CELLS;
  if (!self->is_row)
    g_ptr_array_set_size (self->layouts, 0);
  if (self->layouts->len == 0 && shown->kind != OCTAVO_MARKDOWN_PIECE_RULE)
    add_layout (self, paper, shown->start, shown->end, width);
  return self;
}

/**
 * octavo_print_piece_free:
 * @self: (transfer full): a piece that is laid out
 */
void
octavo_print_piece_free (OctavoPrintPiece *self)
{
  octavo_markdown_document_unref (self->document);
  g_ptr_array_unref (self->layouts);
  g_free (self);
}

static gboolean
is_first_code (OctavoPrintPiece *self)
{
  return !get_piece (self)->continues;
}

static gboolean
is_last_code (OctavoPrintPiece *self)
{
  guint next = self->piece + 1;

  return next == octavo_markdown_document_get_n_pieces (self->document) ||
         !octavo_markdown_document_get_piece (self->document, next)->continues;
}

/**
 * octavo_print_piece_get_n_lines:
 * @self: a piece that is laid out
 *
 * Returns: into how many parts it may be parted, at least 1
 */
guint
octavo_print_piece_get_n_lines (OctavoPrintPiece *self)
{
  if (self->layouts->len == 0 || self->is_row)
    return 1;
  return (guint) pango_layout_get_line_count (g_ptr_array_index (self->layouts, 0));
}

/* The top and bottom of a line, in points from the top of its layout. */
static void
get_line_range (OctavoPrintPiece *self, guint line, double *top, double *bottom, double *baseline, int *x)
{
  PangoLayout *layout = g_ptr_array_index (self->layouts, 0);
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  PangoRectangle place;
  int y0, y1;

  while (line-- > 0)
    pango_layout_iter_next_line (iter);
  pango_layout_iter_get_line_yrange (iter, &y0, &y1);
  pango_layout_iter_get_line_extents (iter, NULL, &place);
  *top = (double) y0 / PANGO_SCALE;
  *bottom = (double) y1 / PANGO_SCALE;
  *baseline = (double) pango_layout_iter_get_baseline (iter) / PANGO_SCALE;
  *x = place.x;
  pango_layout_iter_free (iter);
}

/**
 * octavo_print_piece_get_height:
 * @self: a piece that is laid out
 * @line: a part of it
 *
 * Returns: how high that is, without the space above the piece
 */
double
octavo_print_piece_get_height (OctavoPrintPiece *self, guint line)
{
  double top, bottom, baseline, height;
  int x;

  if (self->layouts->len == 0)
    return RULE + self->size * 0.8;
  if (self->is_row)
    return get_row_height (self);
  get_line_range (self, line, &top, &bottom, &baseline, &x);
  height = bottom - top;
  if (get_piece (self)->kind == OCTAVO_MARKDOWN_PIECE_CODE)
    {
      if (line == 0 && is_first_code (self))
        height += CODE_PAD;
      if (line + 1 == octavo_print_piece_get_n_lines (self) && is_last_code (self))
        height += CODE_PAD;
    }
  return height;
}

/* x: where the text of what the mark is for begins */
static void
draw_mark (OctavoPrintPiece *self,
           const OctavoMarkdownHolder *holder,
           gboolean is_rtl,
           double x,
           double y,
           cairo_t *cairo)
{
  PangoLayout *text = g_ptr_array_index (self->layouts, 0);
  g_autofree char *mark = holder->is_task       ? g_strdup (holder->is_done ? "☑" : "☐")
                          : holder->is_numbered ? g_strdup_printf ("%u.", holder->number)
                                                : g_strdup ("•");
  g_autoptr (PangoLayout) layout = pango_layout_new (pango_layout_get_context (text));
  int width;

  pango_layout_set_font_description (layout, pango_layout_get_font_description (text));
  pango_layout_set_text (layout, mark, -1);
  pango_layout_get_size (layout, &width, NULL);
  cairo_move_to (cairo, is_rtl ? x + MARK_SPACE : x - MARK_SPACE - (double) width / PANGO_SCALE,
                 y + (double) (pango_layout_get_baseline (text) - pango_layout_get_baseline (layout)) / PANGO_SCALE);
  pango_cairo_show_layout (cairo, layout);
}

static void
draw_holders (OctavoPrintPiece *self, guint number, guint line, double y, double width, cairo_t *cairo)
{
  const OctavoMarkdownHolder *holder = octavo_markdown_document_get_holder (self->document, number);
  double left, right, height = octavo_print_piece_get_height (self, line);
  gboolean is_rtl;

  if (holder == NULL)
    return;
  draw_holders (self, holder->parent, line, y, width, cairo);
  get_sides (self->document, holder->parent, &left, &right);
  is_rtl = octavo_markdown_document_get_direction (self->document, number) == OCTAVO_MARKDOWN_DIRECTION_RTL;
  if (holder->is_quote)
    {
      double above = line == 0 && holder->first != self->piece ? self->space : 0;

      cairo_set_source_rgb (cairo, 0.7, 0.7, 0.7);
      cairo_rectangle (cairo, is_rtl ? width - right - BAR : left, y - above, BAR, height + above);
      cairo_fill (cairo);
      cairo_set_source_rgb (cairo, 0, 0, 0);
    }
  else if (holder->first == self->piece && line == 0 && self->layouts->len > 0)
    draw_mark (self, holder, is_rtl, is_rtl ? width - right - ITEM : left + ITEM, y, cairo);
}

static void
draw_row (OctavoPrintPiece *self, double y, double width, cairo_t *cairo)
{
  const OctavoMarkdownTable *table = octavo_markdown_document_get_table (self->document, get_piece (self)->table);
  gboolean is_rtl = is_right_to_left (self);
  double bottom = y + get_row_height (self), size = self->places[table->n_columns];
  double left = is_rtl ? width - self->right - size : self->left;

  for (guint i = 0; i < self->layouts->len; i++)
    {
      double x = is_rtl ? size - self->places[i + 1] : self->places[i];

      cairo_move_to (cairo, left + x + CELL_PAD, y + CELL_PAD);
      pango_cairo_show_layout (cairo, g_ptr_array_index (self->layouts, i));
    }
  cairo_set_line_width (cairo, get_piece (self)->is_head ? 1 : 0.4);
  cairo_move_to (cairo, left, bottom);
  cairo_line_to (cairo, left + size, bottom);
  cairo_stroke (cairo);
}

static void
draw_line (OctavoPrintPiece *self, guint line, double y, double width, cairo_t *cairo)
{
  PangoLayout *layout = g_ptr_array_index (self->layouts, 0);
  gboolean is_code = get_piece (self)->kind == OCTAVO_MARKDOWN_PIECE_CODE;
  double top, bottom, baseline, left = self->left;
  int x;

  get_line_range (self, line, &top, &bottom, &baseline, &x);
  if (is_code)
    {
      cairo_set_source_rgb (cairo, 0.94, 0.94, 0.94);
      cairo_rectangle (cairo, left, y, width - left - self->right, octavo_print_piece_get_height (self, line));
      cairo_fill (cairo);
      cairo_set_source_rgb (cairo, 0, 0, 0);
      left += CODE_PAD;
      if (line == 0 && is_first_code (self))
        y += CODE_PAD;
    }
  cairo_move_to (cairo, left + (double) x / PANGO_SCALE, y + baseline - top);
  pango_cairo_show_layout_line (cairo, pango_layout_get_line_readonly (layout, (int) line));
}

/**
 * octavo_print_piece_draw:
 * @self: a piece that is laid out
 * @line: a part of it
 * @y: where its top is to be
 * @width: of the paper
 * @cairo: what to draw with
 *
 * Draws a part of a piece.
 */
void
octavo_print_piece_draw (OctavoPrintPiece *self, guint line, double y, double width, cairo_t *cairo)
{
  cairo_set_source_rgb (cairo, 0, 0, 0);
  draw_holders (self, get_piece (self)->holder, line, y, width, cairo);
  if (self->layouts->len == 0)
    {
      cairo_set_line_width (cairo, RULE);
      cairo_move_to (cairo, self->left, y + self->size * 0.4);
      cairo_line_to (cairo, width - self->right, y + self->size * 0.4);
      cairo_stroke (cairo);
    }
  else if (self->is_row)
    draw_row (self, y, width, cairo);
  else
    draw_line (self, line, y, width, cairo);
}
