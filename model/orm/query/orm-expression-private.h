/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-expression.h"

G_BEGIN_DECLS

/* The operator as a static string; NULL where there is none like it. */
const char *orm_expression_find_operator (const char *operator);

/* Whether a column of the type can have the value; not asked for NULL. */
gboolean orm_field_type_fits (OrmFieldType type, OrmValueType value);

/* Whether the columns are in the table and the values of their types; names the first that is not. */
gboolean orm_expression_check (OrmExpression *self, const OrmTable *table, GError **error);

/* Appends the condition, and to values (element-type OrmValue) what is to be bound, in order. qualifier (nullable):
 * what the rows are called, in front of each column. */
void orm_expression_append (OrmExpression  *self,
                            const OrmTable *table,
                            const char     *qualifier,
                            GString        *sql,
                            GArray         *values);

G_END_DECLS
