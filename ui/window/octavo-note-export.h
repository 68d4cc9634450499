/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-file-choice.h"
#include "octavo-store.h"

G_BEGIN_DECLS

/* Exporting notes as Markdown files from a window. */
void octavo_note_export_ask (GtkWindow       *window,
                             const char      *title,
                             OctavoFileChosen chosen,
                             gpointer         user_data,
                             GDestroyNotify   free_data);
void octavo_note_export_tell (GtkWindow *window, gboolean done, guint n_exported, const GError *error);
void octavo_note_export_run (GtkWindow *window, OctavoStore *store, gint64 note_id);

G_END_DECLS
