/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-store.h"
#include "orm-database.h"

G_BEGIN_DECLS

/* For tests and measurements, that listen to the statements. (transfer none) */
OrmDatabase *octavo_store_get_database (OctavoStore *self);

G_END_DECLS
