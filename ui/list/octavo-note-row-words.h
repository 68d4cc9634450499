/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-row.h"

G_BEGIN_DECLS

/* What a screen reader says of a row. hit_excerpt: (nullable): what is shown in place of the start of its text; group:
 * (nullable): what stands above it. (transfer full) both */
char *octavo_note_row_words_dup_name (OctavoNoteRow *row);
char *octavo_note_row_words_dup_description (OctavoNoteRow *row, const char *hit_excerpt, const char *group);

G_END_DECLS
