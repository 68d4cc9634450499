/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The longest pattern that SQLite takes, in bytes. */
#define ORM_PATTERN_MAX 50000

/* Patterns of SQLite's GLOB, which tells capital letters from small ones. Private to the mapper. (transfer full) */
char *orm_pattern_from_like (const char *like); /* with % and _, and \ before those that are meant literally */
char *orm_pattern_from_prefix (const char *prefix);

G_END_DECLS
