/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-row.h"
#include "octavo-note-values.h"

G_BEGIN_DECLS

/* Takes the values over. (transfer full) */
OctavoNoteRow *octavo_note_row_new (OctavoNoteValues *values) G_GNUC_WARN_UNUSED_RESULT;
gboolean       octavo_note_row_equal (OctavoNoteRow *a, OctavoNoteRow *b);

G_END_DECLS
