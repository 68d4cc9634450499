/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define OCTAVO_NOTE_HISTORY_MAX 50 /* notes */

/* Which notes were looked at in a window, in order, and which of them is. Knows ids, and nothing of notes.
 *
 * Signal "changed" (): where one can go may be otherwise now. */
#define OCTAVO_TYPE_NOTE_HISTORY (octavo_note_history_get_type ())
G_DECLARE_FINAL_TYPE (OctavoNoteHistory, octavo_note_history, OCTAVO, NOTE_HISTORY, GObject)

typedef gboolean (*OctavoNoteHistoryFunc) (gint64 id, gpointer user_data);

OctavoNoteHistory *octavo_note_history_new (void) G_GNUC_WARN_UNUSED_RESULT;

void               octavo_note_history_visit (OctavoNoteHistory *self, gint64 id);
void               octavo_note_history_settle (OctavoNoteHistory *self);
gboolean           octavo_note_history_can_go (OctavoNoteHistory *self, int step);
gint64 octavo_note_history_go (OctavoNoteHistory *self, int step, OctavoNoteHistoryFunc is_there, gpointer user_data);

G_END_DECLS
