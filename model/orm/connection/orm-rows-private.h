/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-rows.h"
#include "orm-statement.h"

G_BEGIN_DECLS

OrmRows *orm_rows_new (guint n_columns);

/* Copies the row on which the statement stands. */
void orm_rows_append (OrmRows *self, OrmStatement *statement);

G_END_DECLS
