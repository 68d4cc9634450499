/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-salvage.h"

G_BEGIN_DECLS

#define OCTAVO_LABEL_NONE  0
#define OCTAVO_LABEL_FIRST 1   /* a page of the first table or index */
#define OCTAVO_LABEL_LAST  250 /* of the last one that there can be */
#define OCTAVO_LABEL_OTHER 251 /* of a tree that is not known */
#define OCTAVO_LABEL_FREE  252

typedef struct
{
  gint64  rowid;
  guint32 page;
  guint16 cell;
} OctavoSalvagePlace;

struct _OctavoSalvage
{
  OctavoPageFile *file;
  GPtrArray      *tables; /* (element-type OctavoSalvageTable) */
  OctavoProgress  progress;
  gpointer        user_data;
  GCancellable   *cancellable;

  guint8         *labels;        /* of each page */
  guint8         *uses;          /* of each page: how many rows go on there */
  guint8         *good_uses;     /* and are as long as they have to be */
  guint8         *page;          /* the last one of which a row was read */
  guint32         page_number;   /* which it is; 0: none */
  guint8         *overflow;      /* another one */
  GArray        **places;        /* of each table: where its rows are */
  gboolean       *is_incomplete; /* of each table or index */
  GHashTable     *traces;
  guint           n_traced;
  guint           n_orphans;
  gboolean        has_schema; /* the file says that it is one of notes */
};

/* Follows the trees from their roots, and the list of free pages. */
void octavo_salvage_label_trees (OctavoSalvage *self);
/* Looks only whether the schema has a table of notes. */
void octavo_salvage_find_schema (OctavoSalvage *self);
/* Notes what an index says of notes. */
void     octavo_salvage_take_index_page (OctavoSalvage         *self,
                                         const OctavoBTreePage *page,
                                         guint32                number,
                                         guint                  index,
                                         OctavoSalvageRow      *row);
gboolean octavo_salvage_read_cell (OctavoSalvage         *self,
                                   const OctavoBTreePage *page,
                                   OctavoCell            *cell,
                                   OctavoSalvageRow      *row);
gboolean octavo_salvage_may_be_of (OctavoSalvage *self, const OctavoBTreePage *page, guint table);

void     octavo_salvage_add_row (OctavoSalvage *self, guint table, guint32 page, guint cell, gint64 rowid);

static inline guint32
octavo_get_32 (const guint8 *bytes)
{
  return (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];
}

G_END_DECLS
