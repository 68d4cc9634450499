/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-parameter.h"
#include "orm-statement.h"

G_BEGIN_DECLS

/* Copies, that may cross threads: the names, an array of strings and NULL; the values appended. (transfer full) */
GPtrArray *orm_parameters_copy (const OrmParameter *parameters, guint n_parameters, GArray *values);

/* Binds the values where their names say. FALSE with ORM_ERROR_INVALID where one has no place, or a place no value. */
gboolean orm_parameters_bind (GPtrArray *names, GArray *values, OrmStatement *statement, GError **error);

G_END_DECLS
