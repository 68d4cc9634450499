/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-print-notes.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Printing from a window, which tells what came of it. */
void octavo_note_print_run (GtkWindow *window, OctavoStore *store, OctavoPrintNotes *notes);
void octavo_note_print_export (GtkWindow *window, OctavoStore *store, OctavoPrintNotes *notes, const char *title);

G_END_DECLS
