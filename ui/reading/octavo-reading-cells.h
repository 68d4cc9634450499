/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-markdown-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Lays the cells of one row of a table out, all rows alike. */
#define OCTAVO_TYPE_READING_CELLS (octavo_reading_cells_get_type ())
G_DECLARE_FINAL_TYPE (OctavoReadingCells, octavo_reading_cells, OCTAVO, READING_CELLS, GtkLayoutManager)

GtkLayoutManager *octavo_reading_cells_new (OctavoMarkdownDocument *document, guint table) G_GNUC_WARN_UNUSED_RESULT;

void              octavo_reading_cells_share (const OctavoMarkdownTable *table, int width, int unit, int *places);

G_END_DECLS
