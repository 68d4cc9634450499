/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "octavo-editor.h"

G_BEGIN_DECLS

/* What windows of all notes and those of one have in common. */
void       octavo_window_common_add_spelling (GActionMap *window);
char      *octavo_window_common_make_title (const char *title) G_GNUC_WARN_UNUSED_RESULT;
void       octavo_window_common_keep_focus (GtkWindow *window);
void       octavo_window_common_install_zoom (GtkWidgetClass *window_class);
void       octavo_window_common_toast (GtkWindow *window, const char *text);
void       octavo_window_common_copy_link (GtkWindow *window, gint64 note_id);
void       octavo_window_common_show_error (GtkWindow *window, const char *heading, const char *message);
void       octavo_window_common_show_about (GtkWindow *window);
void       octavo_window_common_show_shortcuts (GtkWindow *window);
void       octavo_window_common_show_preferences (GtkWindow *window, const char *path);
GtkWidget *octavo_window_common_make_delete_dialog (GtkWindow *window, const char *title, guint n_notes);
gboolean   octavo_window_common_may_close (GtkWindow *window, OctavoEditor *editor, OctavoNoteBuffers *buffers);

G_END_DECLS
