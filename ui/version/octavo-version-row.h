/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-version.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A version in a list: when, why, and how many words differ from the one before. */
#define OCTAVO_TYPE_VERSION_ROW (octavo_version_row_get_type ())
G_DECLARE_FINAL_TYPE (OctavoVersionRow, octavo_version_row, OCTAVO, VERSION_ROW, GtkListBoxRow)

GtkWidget  *octavo_version_row_new (OctavoNoteVersion *version); /* (nullable): what the note says now */
gint64      octavo_version_row_get_version_id (OctavoVersionRow *self);
void        octavo_version_row_set_counts (OctavoVersionRow *self, guint n_added, guint n_removed);
const char *octavo_version_row_get_when (OctavoVersionRow *self);

G_END_DECLS
