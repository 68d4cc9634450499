/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-store.h"
#include "orm-database.h"

G_BEGIN_DECLS

/* Looks a file over, mends what is derived. The way of octavo_store_check(). */
gboolean octavo_check_run (OrmDatabase   *database,
                           OctavoSearch  *search,
                           GArray        *migrations,
                           OctavoProgress progress,
                           gpointer       user_data,
                           GPtrArray    **problems,
                           GCancellable  *cancellable,
                           GError       **error);

G_END_DECLS
