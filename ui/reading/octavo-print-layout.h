/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-markdown-document.h"

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/* How the pieces of a document lie on paper of some width. Units are points. */
typedef struct
{
  PangoContext         *context;
  PangoFontDescription *font; /* with a size */
  double                width;
} OctavoPrintPaper;

/* One piece, laid out. */
typedef struct
{
  OctavoMarkdownDocument *document;
  guint                   piece;
  double                  size;  /* of its letters, before they are scaled */
  double                  left;  /* what holds it takes so much at its left */
  double                  right; /* and at its right */
  double                  space; /* above it */
  gboolean                is_row;
  GPtrArray              *layouts;                                 /* of PangoLayout: the text, or the cells of a row */
  int                     places[OCTAVO_MARKDOWN_MAX_COLUMNS + 1]; /* of columns */
} OctavoPrintPiece;

OctavoPrintPiece *octavo_print_piece_new (const OctavoPrintPaper *paper,
                                          OctavoMarkdownDocument *document,
                                          guint                   piece) G_GNUC_WARN_UNUSED_RESULT;
void              octavo_print_piece_free (OctavoPrintPiece *self);

/* What cannot be parted by the end of a page: lines of text, or a row. */
guint        octavo_print_piece_get_n_lines (OctavoPrintPiece *self);
double       octavo_print_piece_get_height (OctavoPrintPiece *self, guint line);
void         octavo_print_piece_draw (OctavoPrintPiece *self, guint line, double y, double width, cairo_t *cairo);

PangoLayout *octavo_print_layout_new (const OctavoPrintPaper *paper, double scale) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoPrintPiece, octavo_print_piece_free)

G_END_DECLS
