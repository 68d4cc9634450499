/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-find-pattern.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Where one types what to find in a note, and what to put there instead; it knows nothing of the note.
 *
 * Signals: "changed" (): another text, or another way to look for it; "step" (int direction): 1 to the next hit, -1 to
 * the one before; "replace" (gboolean all); "close" (). */
#define OCTAVO_TYPE_FIND_BAR (octavo_find_bar_get_type ())
G_DECLARE_FINAL_TYPE (OctavoFindBar, octavo_find_bar, OCTAVO, FIND_BAR, GtkWidget)

GtkWidget      *octavo_find_bar_new (void) G_GNUC_WARN_UNUSED_RESULT;

const char     *octavo_find_bar_get_text (OctavoFindBar *self);
void            octavo_find_bar_set_text (OctavoFindBar *self, const char *text);
OctavoFindFlags octavo_find_bar_get_flags (OctavoFindBar *self);
const char     *octavo_find_bar_get_replacement (OctavoFindBar *self);

void            octavo_find_bar_set_editable (OctavoFindBar *self, gboolean is_editable);
void            octavo_find_bar_set_status (OctavoFindBar *self, const char *text, gboolean is_problem);
void            octavo_find_bar_set_can_step (OctavoFindBar *self, gboolean can_step);

void            octavo_find_bar_grab (OctavoFindBar *self, gboolean replace, gboolean is_known);

G_END_DECLS
