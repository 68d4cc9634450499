/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-excerpt-finder.h"
#include "orm-database.h"

G_BEGIN_DECLS

OctavoExcerptFinder *octavo_excerpt_finder_new (OrmDatabase *database) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
