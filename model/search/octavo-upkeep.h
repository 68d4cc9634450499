/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-database.h"

G_BEGIN_DECLS

/* Keeps the index of a file up to date. Property: "n-pending" (uint), notifies. */
#define OCTAVO_TYPE_UPKEEP (octavo_upkeep_get_type ())
G_DECLARE_FINAL_TYPE (OctavoUpkeep, octavo_upkeep, OCTAVO, UPKEEP, GObject)

OctavoUpkeep *octavo_upkeep_new (OrmDatabase *database) G_GNUC_WARN_UNUSED_RESULT;
void          octavo_upkeep_stop (OctavoUpkeep *self);

guint         octavo_upkeep_get_n_pending (OctavoUpkeep *self);
void          octavo_upkeep_see (OctavoUpkeep *self, guint n_pending);
void          octavo_upkeep_set_broken (OctavoUpkeep *self);
gboolean      octavo_upkeep_is_broken (OctavoUpkeep *self);
gboolean      octavo_upkeep_run (OctavoUpkeep *self, gboolean *was_broken, GCancellable *cancellable, GError **error);

G_END_DECLS
