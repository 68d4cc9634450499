/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-markdown-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Prints notes as they read, each from a page of its own on. */
#define OCTAVO_TYPE_NOTE_PRINTER (octavo_note_printer_get_type ())
G_DECLARE_FINAL_TYPE (OctavoNotePrinter, octavo_note_printer, OCTAVO, NOTE_PRINTER, GtkPrintOperation)

OctavoNotePrinter *octavo_note_printer_new (void) G_GNUC_WARN_UNUSED_RESULT;
void               octavo_note_printer_set_font (OctavoNotePrinter *self, const PangoFontDescription *font);
void octavo_note_printer_add (OctavoNotePrinter *self, const char *title, OctavoMarkdownDocument *document);

G_END_DECLS
