/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-buffer.h"
#include "octavo-store.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Below the text of a note: which others link to it, with how many they are; nothing where there are none. */
#define OCTAVO_TYPE_LINKED_FROM (octavo_linked_from_get_type ())
G_DECLARE_FINAL_TYPE (OctavoLinkedFrom, octavo_linked_from, OCTAVO, LINKED_FROM, GtkWidget)

void     octavo_linked_from_set_store (OctavoLinkedFrom *self, OctavoStore *store);
void     octavo_linked_from_set_buffer (OctavoLinkedFrom *self, OctavoNoteBuffer *buffer); /* (nullable) */
gboolean octavo_linked_from_open (OctavoLinkedFrom *self);

G_END_DECLS
