/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "octavo-note-list.h"
#include "octavo-user-repository.h"

G_BEGIN_DECLS

/* Where the author of a note is written: in the last line of its row, from the side where reading begins. */
typedef struct
{
  const GdkRGBA *color;
  float          width; /* of the line */
  float          baseline;
  gboolean       rtl;
} OctavoNoteRowAuthorPlace;

/* Whether rows are to say whose notes they are. */
gboolean octavo_note_row_author_is_shown (OctavoNoteList *list, OctavoUserRepository *users);

/* How much of the line it takes. layout: of the author's name. */
float octavo_note_row_author_draw (OctavoNoteRow                  *row,
                                   PangoLayout                    *layout,
                                   GtkSnapshot                    *snapshot,
                                   const OctavoNoteRowAuthorPlace *place);

G_END_DECLS
