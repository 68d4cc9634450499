/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-text-count.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Counts the words and characters of a buffer, and of what is selected in it.
 *
 * Signal "changed" (): there are other counts, a moment after the text was edited. */
#define OCTAVO_TYPE_TEXT_COUNTER (octavo_text_counter_get_type ())
G_DECLARE_FINAL_TYPE (OctavoTextCounter, octavo_text_counter, OCTAVO, TEXT_COUNTER, GObject)

OctavoTextCounter *octavo_text_counter_new (GtkTextBuffer *buffer) G_GNUC_WARN_UNUSED_RESULT;

gboolean           octavo_text_counter_get_all (OctavoTextCounter *self, OctavoTextCount *count);
gboolean           octavo_text_counter_get_selected (OctavoTextCounter *self, OctavoTextCount *count);

G_END_DECLS
