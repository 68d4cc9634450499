/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note.h"

G_BEGIN_DECLS

#define OCTAVO_NOTE_MAX_TITLE 10000     /* bytes */
#define OCTAVO_NOTE_MAX_BODY  500000000 /* bytes; SQLite keeps no row of more than twice that */

/* For the repository. */
OctavoNote *octavo_note_new (gint64 user_id, gint64 now) G_GNUC_WARN_UNUSED_RESULT;

/* Derives what is derived, before the note is written. */
void     octavo_note_prepare (OctavoNote *self, gint64 now);
gboolean octavo_note_is_trashing (OctavoNote *self);
gboolean octavo_note_is_rewriting (OctavoNote *self);
/* The note was written: what was set by hand is no longer news. */
void octavo_note_written (OctavoNote *self);

/* A title in one line: line breaks and tabs become spaces. (transfer full) */
char    *octavo_note_clean_title (const char *title);
gboolean octavo_note_check_size (const char *title, const char *body, GError **error);
gboolean octavo_note_check_text (const char *text, GError **error);

G_END_DECLS
