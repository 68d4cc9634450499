/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  ORM_CHANGE_INSERT,
  ORM_CHANGE_UPDATE,
  ORM_CHANGE_DELETE,
} OrmChangeKind;

/* What one or more commits changed, coalesced: for each table the keys inserted, updated, deleted.
 * A row inserted and deleted in between is in no list. Immutable once delivered. */
typedef struct _OrmChanges OrmChanges;

#define ORM_TYPE_CHANGES (orm_changes_get_type ())
GType         orm_changes_get_type (void);
OrmChanges   *orm_changes_ref (OrmChanges *self);
void          orm_changes_unref (OrmChanges *self);

gboolean      orm_changes_is_everything (OrmChanges *self); /* another process wrote: anything may have changed */
gboolean      orm_changes_has_table (OrmChanges *self, const char *table);
const gint64 *orm_changes_get_keys (OrmChanges *self, const char *table, OrmChangeKind kind, gsize *n_keys);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrmChanges, orm_changes_unref)

G_END_DECLS
