/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-connection.h"
#include "orm-slot.h"
#include "orm-table.h"

G_BEGIN_DECLS

typedef struct _OrmRelationInfo OrmRelationInfo;

#define ORM_TABLE_MAX_COLUMNS 64

struct _OrmTable
{
  const char      *name; /* interned */
  GType            gtype;
  OrmColumn       *columns;
  GParamSpec     **properties;
  OrmSlot         *defaults;      /* of all columns; NULL: there are none */
  gpointer        *value_classes; /* GEnumClass or GFlagsClass of those that have one */
  guint            n_columns;
  guint            key;         /* the index of its column */
  char            *select;      /* SELECT of all columns FROM the table */
  char            *select_key;  /* the same for one key */
  char            *select_keys; /* the same for the keys of one JSON array */

  OrmRelationInfo *relations;
  guint            n_relations;
  guint64          foreign;     /* bits of the columns with the key of another row: a 0 in the object is NULL there */
  guint64          ordering;    /* bits of the columns that collections are sorted by */
  gboolean         is_resolved; /* under the lock of orm_table_resolve() */
  int              is_ready;    /* atomic */
};

OrmTable *orm_table_new (GType gtype, const char *name, const OrmColumn *columns, guint n_columns);

static inline guint64
orm_table_get_all_columns (const OrmTable *self)
{
  return self->n_columns > 0 ? G_MAXUINT64 >> (64 - self->n_columns) : 0;
}

/* Appends columns, separated, with what they are of in front. Those that are not among the bits of columns are left
 * out, or NULL where the places of the others are to stay what they are. qualifier (nullable). */
void orm_table_append_columns (const OrmTable *self,
                               const char     *qualifier,
                               guint64         columns,
                               gboolean        keeps_places,
                               GString        *sql);

/* Appends a name, quoted for SQL. */
void orm_append_name (GString *sql, const char *name);

/* Appends a column, with what it is of in front. qualifier (nullable). */
void orm_append_column (GString *sql, const char *qualifier, const char *name);

/* What a relation of a table, or of an alias, is called in a statement. (transfer full) */
char *orm_make_alias (const char *qualifier, gboolean is_table, const char *relation);

/* Whether the table of the file has the columns of the mapping; names the first that does not. */
gboolean orm_table_check (const OrmTable *self, OrmConnection *connection, GError **error);

static inline gint64 *
orm_table_key_field (const OrmTable *self, gpointer instance)
{
  return (gint64 *) (gpointer) ((char *) instance + self->columns[self->key].offset);
}

G_END_DECLS
