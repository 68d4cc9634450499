/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-statement.h"

G_BEGIN_DECLS

/* Whether a statement from outside may run in a transaction of the mapper. writes: whether it may change rows. FALSE
 * with ORM_ERROR_INVALID. */
gboolean orm_sql_check (const char *sql, OrmStatement *statement, gboolean writes, GError **error);

G_END_DECLS
