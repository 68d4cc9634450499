/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-changes.h"

G_BEGIN_DECLS

/* One row as the update hook told it. The table's name is interned; origin is who wrote it (a session), or NULL. */
typedef struct
{
  const char   *table;
  gconstpointer origin;
  gint64        key;
  OrmChangeKind kind;
} OrmChange;

/* Called for a row of a table, also for one that came and went, as deleted; origin as in OrmChange, NULL where several
 * wrote it. */
typedef void (*OrmChangeFunc) (gint64 key, OrmChangeKind kind, gconstpointer origin, gpointer data);

OrmChanges *orm_changes_new_everything (void);
OrmChanges *orm_changes_new_from_log (const OrmChange *log, gsize n_log);
OrmChanges *orm_changes_merge (OrmChanges *first, OrmChanges *second); /* (transfer full) both */
gboolean    orm_changes_is_empty (OrmChanges *self);
void        orm_changes_foreach (OrmChanges *self, const char *table, OrmChangeFunc func, gpointer data);
gboolean    orm_changes_has_key (OrmChanges *self, const char *table, gint64 key);

G_END_DECLS
