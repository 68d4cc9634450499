/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-query.h"

G_BEGIN_DECLS

/* One line of plain words of a Markdown text around the first of its words that a query looks for, which is in it; NULL
 * where there is none, or where it is not found by deadline (of g_get_monotonic_time(); 0: none), which sets gave_up.
 * Any thread. (transfer full) (nullable) */
char *octavo_hit_excerpt_new (OctavoQuery *query, const char *body, gint64 deadline, gboolean *gave_up);

G_END_DECLS
