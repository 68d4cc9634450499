/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-value.h"

G_BEGIN_DECLS

/* A prepared statement, borrowed from the cache of its connection. Positions of parameters count from 1,
 * as in SQLite; columns from 0. It is reset when it is prepared again, or by orm_statement_reset(). */
typedef struct _OrmStatement OrmStatement;

typedef enum
{
  ORM_STEP_ERROR = -1,
  ORM_STEP_DONE = 0,
  ORM_STEP_ROW = 1,
} OrmStep;

void orm_statement_bind_null (OrmStatement *self, int position);
void orm_statement_bind_int64 (OrmStatement *self, int position, gint64 value);
void orm_statement_bind_double (OrmStatement *self, int position, double value);
void orm_statement_bind_text (OrmStatement *self, int position, const char *text, gssize length); /* NULL binds NULL */
void orm_statement_bind_blob (OrmStatement *self, int position, gconstpointer data, gsize length);
void orm_statement_bind_value (OrmStatement *self, int position, const OrmValue *value);
void orm_statement_bind_array (OrmStatement *self,
                               int           position,
                               const gint64 *values,
                               gsize         n_values); /* for json_each (?) */
OrmStep       orm_statement_step (OrmStatement *self, GError **error);
gboolean      orm_statement_run (OrmStatement *self, GError **error); /* steps to the end, resets */
void          orm_statement_reset (OrmStatement *self);

gboolean      orm_statement_is_null (OrmStatement *self, int column);
gint64        orm_statement_get_int64 (OrmStatement *self, int column);
double        orm_statement_get_double (OrmStatement *self, int column);
const char   *orm_statement_get_text (OrmStatement *self, int column, gsize *length); /* valid until the next step */
char         *orm_statement_dup_text (OrmStatement *self, int column);
gconstpointer orm_statement_get_blob (OrmStatement *self, int column, gsize *length);
void          orm_statement_get_value (OrmStatement *self, int column, OrmValue *value);

G_END_DECLS
