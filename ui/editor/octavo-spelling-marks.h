/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-view.h"
#include "octavo-spelling.h"

G_BEGIN_DECLS

/* The name of the tag that words have which are wrong. */
#define OCTAVO_SPELLING_MARKS_TAG "octavo-misspelt"

void  octavo_spelling_marks_add (OctavoNoteView *view, OctavoSpelling *spelling);

char *octavo_spelling_marks_dup_wrong (GtkTextView       *view,
                                       OctavoSpelling    *spelling,
                                       const GtkTextIter *place,
                                       GtkTextIter       *start,
                                       GtkTextIter       *end) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
