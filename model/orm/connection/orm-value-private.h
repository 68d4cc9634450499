/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-value.h"

G_BEGIN_DECLS

/* The numbers as a JSON array. (transfer full) */
char *orm_format_array (const gint64 *values, gsize n_values, gsize *length);

/* Whole numbers and texts as a JSON array. (transfer full) */
char *orm_format_values (const OrmValue *values, gsize n_values);

/* An array of OrmValue that clears them. (transfer full) */
GArray *orm_value_array_new (void);

G_END_DECLS
