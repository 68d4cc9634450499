/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-value.h"

G_BEGIN_DECLS

/* An array of OrmValue that clears them. (transfer full) */
GArray *orm_value_array_new (void);

G_END_DECLS
