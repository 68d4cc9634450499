/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-finder.h"
#include "octavo-note-view.h"

G_BEGIN_DECLS

/* Shows the hits of a finder in a view. */
typedef struct _OctavoFindMarks OctavoFindMarks;

OctavoFindMarks *octavo_find_marks_new (OctavoNoteView *view, OctavoFinder *finder) G_GNUC_WARN_UNUSED_RESULT;
void             octavo_find_marks_free (OctavoFindMarks *self);

void             octavo_find_marks_set_buffer (OctavoFindMarks *self, GtkTextBuffer *buffer);
void             octavo_find_marks_set_current (OctavoFindMarks *self, const OctavoFindHit *hit);
void             octavo_find_marks_queue_update (OctavoFindMarks *self);

G_END_DECLS
