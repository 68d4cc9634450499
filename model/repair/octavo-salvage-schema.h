/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-b-tree-page.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/* What rows look like in the tables of a file of notes, and where they stand in one that was made in one go. */

typedef struct
{
  char    *name;
  char     type; /* I, T, B or R; A: any */
  gboolean is_not_null;
  gboolean is_rowid; /* and stands in no record */
} OctavoSalvageColumn;

typedef struct
{
  char    *name;
  char    *table;    /* of an index: of what it is one; of a table: NULL */
  GArray  *columns;  /* (element-type OctavoSalvageColumn), in the order of the record */
  guint32  root;     /* in a new file */
  gboolean is_index; /* kept as an index is: tables without rowid are */
  gboolean is_kept;  /* holds what a person wrote; else it is made anew */
} OctavoSalvageTable;

typedef enum
{
  OCTAVO_SALVAGE_FIT_NOT,
  OCTAVO_SALVAGE_FIT_NEARLY, /* a bit of the types may be wrong */
  OCTAVO_SALVAGE_FIT_WELL,
} OctavoSalvageFit;

/* (element-type OctavoSalvageTable): the tables and their indexes */
GPtrArray *octavo_salvage_schema_read (sqlite3 *model, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* -1: none of that name */
int              octavo_salvage_schema_find (const GPtrArray *tables, const char *name);
int              octavo_salvage_table_find_column (const OctavoSalvageTable *self, const char *name);
OctavoSalvageFit octavo_salvage_table_fit (const OctavoSalvageTable *self,
                                           const OctavoRecordField  *fields,
                                           guint                     n_fields);

char *octavo_salvage_table_dup_columns (const OctavoSalvageTable *self, guint n_columns) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
