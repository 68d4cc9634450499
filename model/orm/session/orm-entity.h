/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-table.h"

G_BEGIN_DECLS

/* A mapped object: the base class of every entity. It holds the column values in the fields of the
 * instance and remembers which of them changed since the last flush. Main thread only. */
#define ORM_TYPE_ENTITY (orm_entity_get_type ())
G_DECLARE_DERIVABLE_TYPE (OrmEntity, orm_entity, ORM, ENTITY, GObject)

struct _OrmEntityClass
{
  GObjectClass    parent_class;
  const OrmTable *table;
};

/* In class_init: maps the class to a table and installs one property a column, ids from 1 up in the order of columns.
 */
void   orm_entity_class_map (OrmEntityClass *klass, const char *table_name, const OrmColumn *columns, guint n_columns);

gint64 orm_entity_get_key (OrmEntity *self);
gboolean orm_entity_is_dirty (OrmEntity *self);
gboolean orm_entity_is_dirty_column (OrmEntity *self, guint column);
gboolean orm_entity_is_loaded_column (OrmEntity *self, guint column);
gboolean orm_entity_check_loaded (OrmEntity *self, guint column, GError **error); /* ORM_ERROR_NOT_LOADED */
gboolean orm_entity_is_gone (OrmEntity *self); /* its row was deleted, here or elsewhere */

/* For the accessors of subclasses: sets the field, marks it dirty, notifies; nothing where the value is the same. */
void orm_entity_set_int64 (OrmEntity *self, guint column, gint64 value);
void orm_entity_set_double (OrmEntity *self, guint column, double value);
void orm_entity_set_boolean (OrmEntity *self, guint column, gboolean value);
void orm_entity_set_text (OrmEntity *self, guint column, const char *value);
void orm_entity_set_blob (OrmEntity *self, guint column, GBytes *value);
void orm_entity_set_date_time (OrmEntity *self, guint column, GDateTime *value);
void orm_entity_set_enum (OrmEntity *self, guint column, int value);
void orm_entity_set_flags (OrmEntity *self, guint column, guint value);

G_END_DECLS
