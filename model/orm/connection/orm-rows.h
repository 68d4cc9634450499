/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-value.h"

G_BEGIN_DECLS

/* Rows of plain values. Immutable; any thread. */
typedef struct _OrmRows OrmRows;

/* A column and the value that it is to have. */
typedef struct
{
  const char *column;
  OrmValue    value;
} OrmAssignment;

#define ORM_TYPE_ROWS (orm_rows_get_type ())
GType           orm_rows_get_type (void);
OrmRows        *orm_rows_ref (OrmRows *self);
void            orm_rows_unref (OrmRows *self);

guint           orm_rows_get_n_rows (OrmRows *self);
guint           orm_rows_get_n_columns (OrmRows *self);
const OrmValue *orm_rows_get (OrmRows *self, guint row, guint column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrmRows, orm_rows_unref)

G_END_DECLS
