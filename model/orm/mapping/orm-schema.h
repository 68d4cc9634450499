/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-table-private.h"

G_BEGIN_DECLS

/* The statements that make the tables, and their indices, in an order in which what is pointed to is there.
 * (element-type utf8) (transfer full) */
GPtrArray *orm_schema_build (const GType *types, guint n_types);

/* Whether the column of the file is as the mapping says; ORM_ERROR_MISMATCH names it. */
gboolean orm_schema_check_column (const OrmTable  *table,
                                  const OrmColumn *column,
                                  OrmConnection   *connection,
                                  GError         **error);

G_END_DECLS
