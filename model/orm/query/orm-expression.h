/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-table.h"
#include "orm-value.h"

G_BEGIN_DECLS

/* A condition as a value: built from columns and values, checked against the mapping when built, every value
 * bound. Built with floating ownership handed to what takes it. */
typedef struct _OrmExpression OrmExpression;

OrmExpression                *orm_equal (const char *column, const OrmValue *value); /* a NULL value: IS NULL */
OrmExpression *orm_compare (const char *column, const char *operator, const OrmValue * value); /* = <> < <= > >= */
OrmExpression *orm_is_null (const char *column);
OrmExpression *orm_between (const char *column, const OrmValue *low, const OrmValue *high);
OrmExpression *orm_like (const char *column, const char *pattern);  /* % any text, _ any character, \ before either */
OrmExpression *orm_ilike (const char *column, const char *pattern); /* A is a, and so on to Z */
OrmExpression *orm_starts_with (const char *column, const char *prefix);
OrmExpression *orm_contains (const char *column, const char *part);
OrmExpression *orm_in (const char *column, const gint64 *values, gsize n_values);
OrmExpression *orm_in_values (const char *column, const OrmValue *values, gsize n_values);
OrmExpression *orm_any (const char *relation, OrmExpression *a); /* (transfer full) (nullable): on what is related */
OrmExpression *orm_has (const char *relation, OrmExpression *a);
OrmExpression *orm_and (OrmExpression *a, OrmExpression *b); /* (transfer full) both */
OrmExpression *orm_or (OrmExpression *a, OrmExpression *b);
OrmExpression *orm_not (OrmExpression *a);

OrmExpression *orm_expression_ref (OrmExpression *self);
void           orm_expression_unref (OrmExpression *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrmExpression, orm_expression_unref)

G_END_DECLS
