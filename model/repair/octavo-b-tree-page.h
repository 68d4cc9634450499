/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The format of SQLite's files, as sqlite.org/fileformat2.html tells it: pure functions over bytes of which nothing is
 * taken for granted. */

typedef enum
{
  OCTAVO_PAGE_INDEX_NODE = 0x02,
  OCTAVO_PAGE_TABLE_NODE = 0x05,
  OCTAVO_PAGE_INDEX_LEAF = 0x0a,
  OCTAVO_PAGE_TABLE_LEAF = 0x0d,
} OctavoPageKind;

/* A page of a tree. */
typedef struct
{
  const guint8  *bytes;
  guint32        size;
  OctavoPageKind kind;
  guint          n_cells;
  guint32        array; /* where the places of the cells are */
  guint32        start; /* before which there is no cell */
  guint32        right; /* of a node: its last child */
} OctavoBTreePage;

/* What a cell says. */
typedef struct
{
  gint64        rowid; /* of tables */
  guint32       child; /* of nodes */
  guint64       size;  /* bytes of the record */
  const guint8 *local; /* the beginning of the record, on this page */
  gsize         n_local;
  guint32       overflow; /* the page on which it goes on; 0: it does not */
  guint32       place;    /* of the cell on the page */
  guint32       length;   /* bytes of it there */
} OctavoCell;

/* offset: 100 on the first page of a file, which begins with the head */
gboolean octavo_b_tree_page_parse (OctavoBTreePage *self, const guint8 *bytes, guint32 size, guint32 offset);
gboolean octavo_b_tree_page_get_cell (const OctavoBTreePage *self, guint index, OctavoCell *cell);
gboolean octavo_b_tree_page_is_leaf (const OctavoBTreePage *self);
/* Whether all of the page is accounted for: by cells, gaps and what is free. */
gboolean octavo_b_tree_page_is_tight (const OctavoBTreePage *self, guint32 offset);
/* The record of the cell has this size instead. */
gboolean octavo_cell_set_size (OctavoCell *self, const OctavoBTreePage *page, guint64 size);

/* A number of up to nine bytes; how many there were, 0 where there are too few. */
guint octavo_varint_read (const guint8 *bytes, gsize size, guint64 *value);

/* What a record has in a column. */
typedef struct
{
  guint64 type;   /* as the format says it */
  guint64 offset; /* in the record */
  guint64 length; /* bytes */
} OctavoRecordField;

#define OCTAVO_RECORD_MAX_FIELDS 64

/* The columns of a record of which the first bytes are there. size (out): what they make up together */
guint    octavo_record_parse (const guint8 *bytes, gsize n_bytes, OctavoRecordField *fields, guint64 *size);
gboolean octavo_record_field_is_null (const OctavoRecordField *self);
gboolean octavo_record_field_is_integer (const OctavoRecordField *self);
gboolean octavo_record_field_is_real (const OctavoRecordField *self);
gboolean octavo_record_field_is_text (const OctavoRecordField *self);
gboolean octavo_record_field_is_blob (const OctavoRecordField *self);
/* bytes: of the record, of which as many are there as the field needs */
gint64 octavo_record_field_get_int64 (const OctavoRecordField *self, const guint8 *bytes);

G_END_DECLS
