/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-table-private.h"

G_BEGIN_DECLS

/* The statements that make the tables, and their indices, in an order in which what is pointed to is there.
 * (element-type utf8) (transfer full) */
GPtrArray *orm_schema_build (const GType *types, guint n_types);

G_END_DECLS
