/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-database.h"
#include "orm-entity-private.h"

G_BEGIN_DECLS

/* What one commit of a session writes, as plain values. Private to the mapper. */
typedef enum
{
  ORM_FLUSH_INSERT,
  ORM_FLUSH_UPDATE,
  ORM_FLUSH_DELETE,
} OrmFlushKind;

struct _OrmFlushOp
{
  OrmEntity      *entity; /* main thread only; elsewhere a mere name for the row */
  const OrmTable *table;
  OrmFlushKind    kind;
  gint64          key; /* of an insert: there after it */
  guint64         columns;
  OrmSlot        *values;    /* those of columns, in their order */
  guint64         checked;   /* columns that must have in the file what was read */
  OrmSlot        *originals; /* that, in their order */
  OrmSlot        *row;       /* (nullable): all columns as the schema made them of what was written */
  gboolean        is_read;   /* row is to be read */
  gboolean        is_void;   /* the row is known to be gone: its key may be another's by now */

  /* (nullable): for each column of the table (nullable): what inserts the row whose key the column gets */
  const OrmFlushOp **parents;
};

typedef struct
{
  gconstpointer origin;
  OrmFlushOp   *operations;
  guint         n_operations;
  guint         n_allocated;
  gboolean      copies; /* the texts are the flush's own */
  GPtrArray    *blocks; /* of OrmSlot: where the values of the operations stand */
  OrmSlot      *slots;  /* of the last block, those that are free */
  guint         n_slots;
  GPtrArray    *associations; /* (nullable): of OrmAssociation */
  gboolean      checks;       /* updates and deletions find the values that were read, or fail */
  OrmWork       work;         /* (nullable): more to write in the same transaction */
  gpointer      work_data;
  gboolean      is_work_first; /* before the operations, rather than after them */
} OrmFlush;

gboolean  orm_flush_is_empty (const OrmFlush *self);
OrmFlush *orm_flush_new (gconstpointer origin, guint n_operations, gboolean copies);
void      orm_flush_free (OrmFlush *self);

/* Main thread: takes the values of the object. FALSE with ORM_ERROR_INVALID where one does not fit. */
gboolean orm_flush_add (OrmFlush *self, OrmEntity *entity, OrmFlushKind kind, GError **error);

/* Whether the checked columns of the row read as they did: a text with a NUL in it, or a boolean of 2, is in the file
 * not what an object has of it. In the transaction that writes. */
gboolean orm_flush_reads_as_before (OrmConnection    *connection,
                                    const OrmFlushOp *operation,
                                    gboolean         *is_same,
                                    GError          **error);

/* An OrmWork: writes. */
gboolean orm_flush_run (OrmConnection *connection, gpointer flush, GCancellable *cancellable, GError **error);

/* orm-flush-read.c, within the transaction: what the schema made of the rows that were written, where that is something
 * else. start: of the log, before the first was. */
gboolean orm_flush_needs_row (const OrmFlushOp *operation);
gboolean orm_flush_read_rows (OrmFlush *self, OrmConnection *connection, guint start, GError **error);

/* The value of a column that is among those of the operation, for the main thread to take or look at. */
OrmSlot *orm_flush_op_get_value (OrmFlushOp *self, guint column);

G_END_DECLS
