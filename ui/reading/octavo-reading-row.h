/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-markdown-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shows one piece of a document.
 *
 * Signals: "link" (const char *address): one was activated; "tick" (guint holder, gboolean done): so was a box. */
#define OCTAVO_TYPE_READING_ROW (octavo_reading_row_get_type ())
G_DECLARE_FINAL_TYPE (OctavoReadingRow, octavo_reading_row, OCTAVO, READING_ROW, GtkWidget)

GtkWidget *octavo_reading_row_new (OctavoMarkdownDocument *document, guint piece, gboolean editable);

guint      octavo_reading_row_get_piece (OctavoReadingRow *self);
void       octavo_reading_row_set_editable (OctavoReadingRow *self, gboolean editable);
guint      octavo_reading_row_find_place (OctavoReadingRow *self, double x, double y);
void       octavo_reading_row_select (OctavoReadingRow *self, guint start, guint end);

G_END_DECLS
