/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* text: without white space around it; NULL where the clipboard has none */
typedef void (*OctavoNoteClipboardFunc) (GtkTextView *view, const char *text);

void octavo_note_clipboard_read (GtkTextView *view, OctavoNoteClipboardFunc func);

G_END_DECLS
