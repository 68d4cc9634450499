/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-slot.h"
#include "orm-table-private.h"

G_BEGIN_DECLS

/* The default of a column as a field has it, zero where there is none. A default that is no literal of the type of the
 * column stops the program: it is declared with the class. */
OrmSlot orm_column_parse_default (const char *table, const OrmColumn *column);

/* Whether a value may be written; ORM_ERROR_INVALID names table and column. */
gboolean orm_column_check_slot (const OrmTable *table, const OrmColumn *column, OrmSlot value, GError **error);
gboolean orm_column_check_value (const OrmTable *table, const OrmColumn *column, const OrmValue *value, GError **error);

/* INTEGER, REAL, TEXT, BLOB */
const char *orm_column_get_storage (const OrmColumn *column);

/* The column as in CREATE TABLE. */
void orm_column_append_definition (const OrmColumn *column, GString *sql);

static inline gboolean
orm_column_is_nullable (const OrmColumn *column)
{
  return (column->flags & (ORM_COLUMN_NOT_NULL | ORM_COLUMN_KEY)) == 0;
}

G_END_DECLS
