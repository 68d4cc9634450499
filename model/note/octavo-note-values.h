/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-types.h"

G_BEGIN_DECLS

/* A note as plain values: what importers make, exporters read and the command line prints. May cross threads. */
typedef struct
{
  gint64   id; /* 0: to be inserted */
  gint64   user_id;
  char    *user_name;  /* read only */
  char    *user_color; /* read only; NULL where it was not asked for */
  char    *title;
  char    *body;    /* NULL where it was not asked for */
  char    *excerpt; /* read only */
  char    *aliases;
  char    *front_matter;
  GStrv    tags; /* sorted names */
  gint64   created;
  gint64   updated;
  gint64   trashed;
  gboolean pinned;
} OctavoNoteValues;

OctavoNoteValues *octavo_note_values_new (void);
void              octavo_note_values_free (OctavoNoteValues *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoNoteValues, octavo_note_values_free)

G_END_DECLS
