/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-values.h"
#include "octavo-output.h"

G_BEGIN_DECLS

/* Notes for people, a line each: aligned columns on a terminal, separated by tabs for other programs. */
typedef struct
{
  OctavoOutput *output;
  int           id_width;
  int           title_width;
} OctavoNoteTable;

void     octavo_note_table_init (OctavoNoteTable *self, OctavoOutput *output, gint64 greatest_id);
gboolean octavo_note_table_add (OctavoNoteTable *self, const OctavoNoteValues *values);
void     octavo_note_table_show (OctavoOutput *output, const OctavoNoteValues *values);

G_END_DECLS
