/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-markdown-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shows a document, to be put into a GtkScrolledWindow.
 *
 * Signals: "link" (const char *address): one was activated; "tick" (guint holder, gboolean done): so was a box. */
#define OCTAVO_TYPE_READING_VIEW (octavo_reading_view_get_type ())
G_DECLARE_FINAL_TYPE (OctavoReadingView, octavo_reading_view, OCTAVO, READING_VIEW, GtkWidget)

OctavoMarkdownDocument *octavo_reading_view_get_document (OctavoReadingView *self);
void  octavo_reading_view_set_document (OctavoReadingView *self, OctavoMarkdownDocument *document, guint top);
void  octavo_reading_view_set_editable (OctavoReadingView *self, gboolean editable);

guint octavo_reading_view_find_place (OctavoReadingView *self, double x, double y);
guint octavo_reading_view_get_top (OctavoReadingView *self);
void  octavo_reading_view_scroll_to (OctavoReadingView *self, guint piece);

void  octavo_reading_view_select (OctavoReadingView *self, guint start, guint end);
char *octavo_reading_view_dup_selection (OctavoReadingView *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
