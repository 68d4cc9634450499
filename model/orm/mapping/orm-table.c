/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-column-private.h"
#include "orm-entity.h"

#include <math.h>

/* The mapping is made once in class_init and lives as long as its class: for ever. What can be said once about all rows
 * of a table (its SELECT, the property of each column) is said here. */

void
orm_append_name (GString *sql, const char *name)
{
  g_string_append_c (sql, '"');
  for (; *name != '\0'; name++)
    {
      if (*name == '"')
        g_string_append_c (sql, '"');
      g_string_append_c (sql, *name);
    }
  g_string_append_c (sql, '"');
}

void
orm_append_column (GString *sql, const char *qualifier, const char *name)
{
  if (qualifier != NULL)
    {
      orm_append_name (sql, qualifier);
      g_string_append_c (sql, '.');
    }
  orm_append_name (sql, name);
}

char *
orm_make_alias (const char *qualifier, gboolean is_table, const char *relation)
{
  if (!is_table)
    return g_strconcat (qualifier, ".", relation, NULL);
  return g_strconcat (relation, g_str_equal (qualifier, relation) ? "_" : NULL, NULL);
}

void
orm_table_append_columns (const OrmTable *self,
                          const char *qualifier,
                          guint64 columns,
                          gboolean keeps_places,
                          GString *sql)
{
  const char *separator = "";

  for (guint i = 0; i < self->n_columns; i++)
    {
      gboolean is_wanted = (columns >> i & 1) != 0;

      if (!is_wanted && !keeps_places)
        continue;
      g_string_append (sql, separator);
      if (is_wanted)
        orm_append_column (sql, qualifier, self->columns[i].name);
      else
        g_string_append (sql, "NULL");
      separator = ", ";
    }
}

static GParamSpec *
make_property (const OrmColumn *column, gpointer values)
{
  g_autofree char *name = g_strdelimit (g_strdup (column->name), "_", '-');
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const char *nick = g_intern_string (name);

  g_assert (values != NULL || (column->type != ORM_FIELD_ENUM && column->type != ORM_FIELD_FLAGS));
  if ((column->flags & ORM_COLUMN_KEY) == 0)
    flags |= G_PARAM_WRITABLE;
  switch (column->type)
    {
    case ORM_FIELD_INT64:
      return g_param_spec_int64 (nick, NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
    case ORM_FIELD_DOUBLE:
      return g_param_spec_double (nick, NULL, NULL, -INFINITY, INFINITY, 0, flags);
    case ORM_FIELD_BOOLEAN:
      return g_param_spec_boolean (nick, NULL, NULL, FALSE, flags);
    case ORM_FIELD_TEXT:
      return g_param_spec_string (nick, NULL, NULL, NULL, flags);
    case ORM_FIELD_BLOB:
      return g_param_spec_boxed (nick, NULL, NULL, G_TYPE_BYTES, flags);
    case ORM_FIELD_DATE_TIME:
      return g_param_spec_boxed (nick, NULL, NULL, G_TYPE_DATE_TIME, flags);
    case ORM_FIELD_ENUM:
      return g_param_spec_enum (nick, NULL, NULL, G_TYPE_FROM_CLASS (values), G_ENUM_CLASS (values)->values[0].value,
                                flags);
    case ORM_FIELD_FLAGS:
    default:
      return g_param_spec_flags (nick, NULL, NULL, G_TYPE_FROM_CLASS (values), 0, flags);
    }
}

static void
take_column (OrmTable *self, guint i)
{
  const OrmColumn *column = &self->columns[i];

  if (column->flags & ORM_COLUMN_KEY)
    self->key = i;
  if (column->value_type != NULL)
    self->value_classes[i] = g_type_class_ref (column->value_type ());
  self->properties[i] = make_property (column, self->value_classes[i]);
  if (column->default_value == NULL)
    return;
  if (self->defaults == NULL)
    self->defaults = g_new0 (OrmSlot, self->n_columns);
  self->defaults[i] = orm_column_parse_default (self->name, column);
}

/* The statements that read whole rows: all of them, by a key, by keys. */
static void
make_selects (OrmTable *self)
{
  g_autoptr (GString) select = g_string_new ("SELECT ");

  for (guint i = 0; i < self->n_columns; i++)
    {
      if (i > 0)
        g_string_append (select, ", ");
      orm_append_name (select, self->columns[i].name);
    }
  g_string_append (select, " FROM ");
  orm_append_name (select, self->name);
  self->select = g_strdup (select->str);
  g_string_append (select, " WHERE ");
  orm_append_name (select, self->columns[self->key].name);
  self->select_key = g_strconcat (select->str, " = ?", NULL);
  g_string_append (select, " IN (SELECT value FROM json_each (?))");
  self->select_keys = g_strdup (select->str);
}

OrmTable *
orm_table_new (GType gtype, const char *name, const OrmColumn *columns, guint n_columns)
{
  OrmTable *self = g_new0 (OrmTable, 1);
  guint n_keys = 0;

  g_assert (n_columns > 0 && n_columns <= ORM_TABLE_MAX_COLUMNS);
  self->name = g_intern_string (name);
  self->gtype = gtype;
  self->n_columns = n_columns;
  self->columns = g_memdup2 (columns, n_columns * sizeof *columns);
  self->properties = g_new0 (GParamSpec *, n_columns);
  self->value_classes = g_new0 (gpointer, n_columns);
  for (guint i = 0; i < n_columns; i++)
    {
      n_keys += (columns[i].flags & ORM_COLUMN_KEY) != 0;
      take_column (self, i);
    }
  g_assert (n_keys == 1 && columns[self->key].type == ORM_FIELD_INT64);
  make_selects (self);
  return self;
}

/**
 * orm_table_get_name:
 * @self: a table
 *
 * Returns: (transfer none): its name in the schema
 */
const char *
orm_table_get_name (const OrmTable *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

/**
 * orm_table_get_gtype:
 * @self: a table
 *
 * Returns: the type of the objects that its rows become
 */
GType
orm_table_get_gtype (const OrmTable *self)
{
  g_return_val_if_fail (self != NULL, G_TYPE_INVALID);

  return self->gtype;
}

/**
 * orm_table_get_n_columns:
 * @self: a table
 *
 * Returns: how many columns are mapped
 */
guint
orm_table_get_n_columns (const OrmTable *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_columns;
}

/**
 * orm_table_get_column:
 * @self: a table
 * @index: of the column, from 0
 *
 * Returns: (transfer none): a column
 */
const OrmColumn *
orm_table_get_column (const OrmTable *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->n_columns, NULL);

  return &self->columns[index];
}

/**
 * orm_table_find_column:
 * @self: a table
 * @name: of the column in the schema
 *
 * Returns: (transfer none) (nullable): the column, or %NULL where none is mapped
 */
const OrmColumn *
orm_table_find_column (const OrmTable *self, const char *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  for (guint i = 0; i < self->n_columns; i++)
    if (g_str_equal (self->columns[i].name, name))
      return &self->columns[i];
  return NULL;
}

/**
 * orm_table_get_key:
 * @self: a table
 *
 * Returns: (transfer none): the column of the primary key
 */
const OrmColumn *
orm_table_get_key (const OrmTable *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->columns[self->key];
}

/**
 * orm_table_for_type:
 * @type: of a subclass of #OrmEntity
 *
 * Returns: (transfer none): its table
 */
const OrmTable *
orm_table_for_type (GType type)
{
  OrmEntityClass *klass;

  g_return_val_if_fail (g_type_is_a (type, ORM_TYPE_ENTITY) && !G_TYPE_IS_ABSTRACT (type), NULL);

  /* The class is never given back: its table must outlive every query. */
  klass = g_type_class_peek (type);
  if (klass == NULL)
    klass = g_type_class_ref (type);
  return klass->table;
}
