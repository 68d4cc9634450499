/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-query.h"

G_BEGIN_DECLS

const OrmTable *orm_query_get_table (const OrmQuery *self);

/* The statement, and in values (element-type OrmValue) what is to be bound. NULL with ORM_ERROR_INVALID where the query
 * does not fit the mapping. */
char *orm_query_build (const OrmQuery *self, GArray *values, GError **error);

G_END_DECLS
