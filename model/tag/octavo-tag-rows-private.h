/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-tag-private.h"
#include "orm-connection.h"

G_BEGIN_DECLS

/* A tag as plain values. */
typedef struct _OctavoTagRow
{
  gint64                id; /* 0: a path that only tags under it have */
  char                 *name;
  char                 *folded;
  char                 *color;
  char                 *sort_key;
  gint64                n_notes;         /* that have it, not in the trash */
  gint64                n_notes_in_tree; /* that have it or one under it */
  GArray               *user_counts;     /* (element-type OctavoTagUserCount): these by user; NULL: there is one user */
  gint64               *n_of_users;      /* (nullable) while it is counted: by the place of the user */
  struct _OctavoTagRow *parent;          /* (nullable) */
  gint64                last_note_id;    /* while it is counted: the note that was counted last */
} OctavoTagRow;

GPtrArray *octavo_tag_rows_new (void) G_GNUC_WARN_UNUSED_RESULT;
gboolean   octavo_tag_rows_read (GPtrArray *rows, gboolean with_paths, OrmConnection *connection, GError **error);

G_END_DECLS
