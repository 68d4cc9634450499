/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-value.h"

G_BEGIN_DECLS

/* A value for a statement in SQL: for its parameter of a name (":title", or "title" for that), or where the name is
 * NULL for the one at the same position, counted over `?`. All of a statement are of one kind. */
typedef struct
{
  const char *name;
  OrmValue    value;
} OrmParameter;

G_END_DECLS
