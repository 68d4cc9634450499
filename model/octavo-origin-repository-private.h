/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-origin-repository.h"
#include "orm-database.h"

G_BEGIN_DECLS

/* For the store. */
OctavoOriginRepository *octavo_origin_repository_new (OrmDatabase *database) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
