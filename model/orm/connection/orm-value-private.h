/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-value.h"

G_BEGIN_DECLS

/* An array of OrmValue that clears them. (transfer full) */
GArray *orm_value_array_new (void);

/* Appends a copy of the value. */
void orm_value_array_append (GArray *values, const OrmValue *value);

G_END_DECLS
