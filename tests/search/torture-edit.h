/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-connection.h"
#include "torture-text.h"

G_BEGIN_DECLS

/* Which ids notes have: as this program gives them, or as others may. */
typedef enum
{
  TORTURE_IDS_DENSE,    /* from 1 up */
  TORTURE_IDS_BORDER,   /* dense, around the border of two parts of the sets */
  TORTURE_IDS_NEGATIVE, /* dense, around 0 */
  TORTURE_IDS_GAPS,     /* sparse, all of them within a few parts */
  TORTURE_IDS_PARTS,    /* in heaps around the borders of parts, below 0 too */
  TORTURE_IDS_WILD,     /* everywhere, the first and the last possible one included */
} TortureIds;

/* Whoever edits: by plain SQL, as another program would. On one thread at a time. */
typedef struct
{
  TortureText text;
  TortureIds  ids;
  guint       n_notes;      /* how many there are to be; edits keep near it */
  guint       median_words; /* of a note */
} TortureEditor;

/* connection: in a transaction that writes, of a file with users and nothing else */
gboolean torture_editor_fill (TortureEditor *self, OrmConnection *connection, GError **error);

/* Anything that can happen to a note or a tag. */
gboolean torture_editor_edit (TortureEditor *self, OrmConnection *connection, GError **error);

/* Brings the index up to date, a part of it mostly. */
gboolean torture_editor_index (TortureEditor *self, OrmConnection *connection, GError **error);

/* What can happen to an index: it is lost, in part or all, or of another version. */
gboolean torture_editor_break_index (TortureEditor *self, OrmConnection *connection, GError **error);

gboolean torture_editor_add_note (TortureEditor *self,
                                  OrmConnection *connection,
                                  const char    *title,
                                  const char    *body,
                                  GError       **error);

G_END_DECLS
