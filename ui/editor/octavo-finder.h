/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-find-hits.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Knows where a pattern is in a buffer, and goes on knowing it while the buffer is edited.
 *
 * Signal "changed" (): hits were found, moved or lost. */
#define OCTAVO_TYPE_FINDER (octavo_finder_get_type ())
G_DECLARE_FINAL_TYPE (OctavoFinder, octavo_finder, OCTAVO, FINDER, GObject)

OctavoFinder      *octavo_finder_new (void) G_GNUC_WARN_UNUSED_RESULT;

void               octavo_finder_set_buffer (OctavoFinder *self, GtkTextBuffer *buffer);
void               octavo_finder_set_pattern (OctavoFinder *self, OctavoFindPattern *pattern);
OctavoFindPattern *octavo_finder_get_pattern (OctavoFinder *self);
void               octavo_finder_look_again (OctavoFinder *self);

gboolean           octavo_finder_is_busy (OctavoFinder *self);
const char        *octavo_finder_get_problem (OctavoFinder *self);
guint              octavo_finder_get_n_hits (OctavoFinder *self);
OctavoFindHit      octavo_finder_get_hit (OctavoFinder *self, guint index);
guint              octavo_finder_find (OctavoFinder *self, guint offset);

G_END_DECLS
