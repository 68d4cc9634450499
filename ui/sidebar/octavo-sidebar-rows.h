/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Has the objects of a list model be others, and tells of it. */
void octavo_sidebar_rows_change (GListModel *model, GPtrArray *items, GPtrArray *after);

G_END_DECLS
