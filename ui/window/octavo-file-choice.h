/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* path: (nullable): of a file or folder; NULL: it is not on this computer */
typedef void (*OctavoFileChosen) (GtkWindow *window, const char *path, gpointer user_data);

void octavo_file_choice_ask (GtkWindow            *window,
                             GtkFileChooserNative *chooser,
                             OctavoFileChosen      chosen,
                             gpointer              user_data,
                             GDestroyNotify        free_data);

G_END_DECLS
