/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-value.h"

struct sqlite3;

G_BEGIN_DECLS

/* Any number of values as one text: a JSON array for json_each (), which a single parameter takes, so that the
 * statement is the same whatever their number. Private to the mapper. */

/* The numbers. (transfer full) */
char *orm_format_array (const gint64 *values, gsize n_values, gsize *length);

/* Whole numbers and texts, as they are. (transfer full) */
char *orm_format_values (const OrmValue *values, gsize n_values);

/* Values of all types, of which orm_value () makes what they were, to be looked for among fractions or bytes. (transfer
 * full) */
char *orm_pack_values (const OrmValue *values, gsize n_values);

/* Gives a connection the function orm_value (). SQLITE_OK or what went wrong. */
int orm_packed_register (struct sqlite3 *handle);

G_END_DECLS
