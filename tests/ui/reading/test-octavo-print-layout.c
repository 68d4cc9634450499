/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-print-layout"

#include "octavo-print-layout.h"

#include "ui-test.h"

#include <string.h>

#define WIDTH  400 /* of the paper; what is beside it is looked at, too */
#define MARGIN 20
#define HEIGHT 60

static OctavoPrintPaper
make_paper (void)
{
  g_autoptr (PangoFontMap) map = pango_cairo_font_map_new ();
  OctavoPrintPaper paper = { .context = pango_font_map_create_context (map), .width = WIDTH };

  paper.font = pango_font_description_from_string ("Sans 10");
  return paper;
}

static void
paper_clear (OctavoPrintPaper *paper)
{
  g_object_unref (paper->context);
  pango_font_description_free (paper->font);
}

static gboolean
is_blank (cairo_surface_t *surface, int x)
{
  const guchar *pixels = cairo_image_surface_get_data (surface);

  for (int y = 0; y < HEIGHT; y++)
    if (pixels[y * cairo_image_surface_get_stride (surface) + x] != 0)
      return FALSE;
  return TRUE;
}

/* Where there is something on the paper, of a piece that is drawn alone. */
static void
draw (const char *source, guint piece, double *left, double *right)
{
  g_autoptr (OctavoMarkdownDocument) document = octavo_markdown_document_new (source, strlen (source));
  OctavoPrintPaper paper = make_paper ();
  g_autoptr (OctavoPrintPiece) laid_out = octavo_print_piece_new (&paper, document, piece);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, MARGIN + WIDTH + MARGIN, HEIGHT);
  cairo_t *cairo = cairo_create (surface);
  int first = 0, last = MARGIN + WIDTH + MARGIN - 1;

  cairo_translate (cairo, MARGIN, 0);
  octavo_print_piece_draw (laid_out, 0, 0, WIDTH, cairo);
  cairo_destroy (cairo);
  cairo_surface_flush (surface);
  while (first < last && is_blank (surface, first))
    first++;
  while (last > first && is_blank (surface, last))
    last--;
  *left = first - MARGIN;
  *right = last - MARGIN + 1;
  g_assert_cmpfloat (*left, <, *right);
  g_assert_cmpfloat (*left, >=, -1);
  g_assert_cmpfloat (*right, <=, WIDTH + 1);
  cairo_surface_destroy (surface);
  paper_clear (&paper);
}

static void
assert_at_left (const char *source, guint piece, double most)
{
  double left, right;

  draw (source, piece, &left, &right);
  g_assert_cmpfloat (left, <, 20);
  g_assert_cmpfloat (right, <, most);
}

static void
assert_at_right (const char *source, guint piece, double most)
{
  double left, right;

  draw (source, piece, &left, &right);
  g_assert_cmpfloat (right, >, WIDTH - 20);
  g_assert_cmpfloat (left, >, WIDTH - most);
}

/* Texts lie at the side where they begin, with what stands before them. */
static void
test_directions (void)
{
  assert_at_left ("one\n", 0, 60);
  assert_at_right ("אחת\n", 0, 60);
  assert_at_left ("- one\n", 0, 90);
  assert_at_right ("- אחת\n", 0, 90);
  assert_at_right ("2. אחת\n", 0, 90);
  assert_at_right ("> אחת\n", 0, 90);
  assert_at_right ("> אחת\n>\n> 2\n", 1, 60); /* what has no letters goes on so */
  assert_at_left ("|a|b|\n|-|-:|\n|c|d|\n", 1, 120);
  assert_at_right ("|א|ב|\n|-|-:|\n|c|d|\n", 1, 120);
}

/* A text keeps away from the marks of what holds it, at either side. */
static void
test_both_sides (void)
{
  const char *source = "- אחת\n  - one\n    ```\n    code\n    ```\n";
  g_autoptr (OctavoMarkdownDocument) document = octavo_markdown_document_new (source, strlen (source));
  OctavoPrintPaper paper = make_paper ();
  g_autoptr (OctavoPrintPiece) code = octavo_print_piece_new (&paper, document, 2);
  double left, right;

  g_assert_cmpfloat (code->left, >, 0);
  g_assert_cmpfloat (code->right, ==, code->left);
  draw (source, 2, &left, &right);
  g_assert_cmpfloat (left, >=, code->left);
  g_assert_cmpfloat (right, <=, WIDTH - code->right);
  paper_clear (&paper);
}

static void
test_font (void)
{
  g_autoptr (OctavoMarkdownDocument) document = octavo_markdown_document_new ("one\n", 4);
  OctavoPrintPaper paper = make_paper ();
  g_autoptr (OctavoPrintPiece) small = octavo_print_piece_new (&paper, document, 0);
  g_autoptr (OctavoPrintPiece) large = NULL;

  pango_font_description_set_size (paper.font, 20 * PANGO_SCALE);
  large = octavo_print_piece_new (&paper, document, 0);
  g_assert_cmpfloat (octavo_print_piece_get_height (large, 0), >, 1.8 * octavo_print_piece_get_height (small, 0));
  paper_clear (&paper);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/print-layout/directions", test_directions);
  g_test_add_func ("/print-layout/both-sides", test_both_sides);
  g_test_add_func ("/print-layout/font", test_font);
  return g_test_run ();
}
