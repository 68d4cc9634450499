/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-connection.h"

G_BEGIN_DECLS

/* What the time surely is by now, at least: what a wrong clock says must not throw anything away. */
gboolean octavo_clock_look (OrmConnection *connection, gint64 now, gint64 *sure, GError **error);
gboolean octavo_clock_peek (OrmConnection *connection, gint64 now, gint64 *sure, GError **error);

G_END_DECLS
