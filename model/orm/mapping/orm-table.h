/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-column.h"

G_BEGIN_DECLS

/* The mapping of one class: made once in its class_init, immutable after, safe on every thread. */
typedef struct _OrmTable OrmTable;

const char              *orm_table_get_name (const OrmTable *self);
GType                    orm_table_get_gtype (const OrmTable *self);
guint                    orm_table_get_n_columns (const OrmTable *self);
const OrmColumn         *orm_table_get_column (const OrmTable *self, guint index);
const OrmColumn         *orm_table_find_column (const OrmTable *self, const char *name);
const OrmColumn         *orm_table_get_key (const OrmTable *self);

/* The table of an OrmEntity subclass. */
const OrmTable *orm_table_for_type (GType type);

G_END_DECLS
