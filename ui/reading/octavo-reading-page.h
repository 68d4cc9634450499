/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-buffer.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shows a note as it reads.
 *
 * Signal "ready" (): it shows what it was asked for. */
#define OCTAVO_TYPE_READING_PAGE (octavo_reading_page_get_type ())
G_DECLARE_FINAL_TYPE (OctavoReadingPage, octavo_reading_page, OCTAVO, READING_PAGE, GtkWidget)

GtkWidget *octavo_reading_page_new (void);

void       octavo_reading_page_show (OctavoReadingPage *self, OctavoNoteBuffer *buffer, int top);
void       octavo_reading_page_set_editable (OctavoReadingPage *self, gboolean editable);
int        octavo_reading_page_get_top (OctavoReadingPage *self);
void       octavo_reading_page_scroll_to (OctavoReadingPage *self, int place);
void       octavo_reading_page_grab (OctavoReadingPage *self);

G_END_DECLS
