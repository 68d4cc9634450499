/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-entity.h"
#include "orm-error.h"
#include "orm-slot.h"
#include "orm-table-private.h"

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

static GParamSpec *
make_property (const OrmColumn *column)
{
  g_autofree char *name = g_strdelimit (g_strdup (column->name), "_", '-');
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const char *nick = g_intern_string (name);

  if ((column->flags & ORM_COLUMN_KEY) == 0)
    flags |= G_PARAM_WRITABLE;
  switch (column->type)
    {
    case ORM_FIELD_INT64:
      return g_param_spec_int64 (nick, NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
    case ORM_FIELD_DOUBLE:
      return g_param_spec_double (nick, NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, flags);
    case ORM_FIELD_BOOLEAN:
      return g_param_spec_boolean (nick, NULL, NULL, FALSE, flags);
    case ORM_FIELD_TEXT:
      return g_param_spec_string (nick, NULL, NULL, NULL, flags);
    case ORM_FIELD_BLOB:
      return g_param_spec_boxed (nick, NULL, NULL, G_TYPE_BYTES, flags);
    case ORM_FIELD_DATE_TIME:
      return g_param_spec_boxed (nick, NULL, NULL, G_TYPE_DATE_TIME, flags);
    case ORM_FIELD_ENUM:
      {
        g_autoptr (GTypeClass) values = g_type_class_ref (column->value_type ());

        return g_param_spec_enum (nick, NULL, NULL, column->value_type (), G_ENUM_CLASS (values)->values[0].value,
                                  flags);
      }
    case ORM_FIELD_FLAGS:
    default:
      return g_param_spec_flags (nick, NULL, NULL, column->value_type (), 0, flags);
    }
}

OrmTable *
orm_table_new (GType gtype, const char *name, const OrmColumn *columns, guint n_columns)
{
  OrmTable *self = g_new0 (OrmTable, 1);
  g_autoptr (GString) select = g_string_new ("SELECT ");
  guint n_keys = 0;

  g_assert (n_columns > 0 && n_columns <= 64);
  self->name = g_intern_string (name);
  self->gtype = gtype;
  self->n_columns = n_columns;
  self->columns = g_memdup2 (columns, n_columns * sizeof *columns);
  self->properties = g_new0 (GParamSpec *, n_columns);
  for (guint i = 0; i < n_columns; i++)
    {
      if (columns[i].flags & ORM_COLUMN_KEY)
        {
          self->key = i;
          n_keys++;
        }
      self->properties[i] = make_property (&columns[i]);
      if (i > 0)
        g_string_append (select, ", ");
      orm_append_name (select, columns[i].name);
    }
  g_assert (n_keys == 1 && columns[self->key].type == ORM_FIELD_INT64);

  g_string_append (select, " FROM ");
  orm_append_name (select, name);
  self->select = g_strdup (select->str);
  g_string_append (select, " WHERE ");
  orm_append_name (select, columns[self->key].name);
  self->select_key = g_strconcat (select->str, " = ?", NULL);
  g_string_append (select, " IN (SELECT value FROM json_each (?))");
  self->select_keys = g_strdup (select->str);
  return self;
}

static const char *
storage_of (OrmFieldType type)
{
  switch (type)
    {
    case ORM_FIELD_DOUBLE:
      return "REAL";
    case ORM_FIELD_TEXT:
      return "TEXT";
    case ORM_FIELD_BLOB:
      return "BLOB";
    case ORM_FIELD_INT64:
    case ORM_FIELD_BOOLEAN:
    case ORM_FIELD_DATE_TIME:
    case ORM_FIELD_ENUM:
    case ORM_FIELD_FLAGS:
    default:
      return "INTEGER";
    }
}

static gboolean
check_column (const OrmTable *self, const OrmColumn *column, OrmStatement *info, GError **error)
{
  const char *type = orm_statement_get_text (info, 0, NULL);
  const char *problem = NULL;
  gboolean is_key = orm_statement_get_int64 (info, 2) != 0;

  if (g_ascii_strcasecmp (type, storage_of (column->type)) != 0 && g_ascii_strcasecmp (type, "ANY") != 0 &&
      !(g_ascii_strcasecmp (type, "INT") == 0 && g_str_equal (storage_of (column->type), "INTEGER")))
    problem = "another type";
  else if (is_key != ((column->flags & ORM_COLUMN_KEY) != 0))
    problem = "another key";
  else if ((column->flags & ORM_COLUMN_KEY) == 0 &&
           (orm_statement_get_int64 (info, 1) != 0) != ((column->flags & ORM_COLUMN_NOT_NULL) != 0))
    problem = "another rule for NULL";
  if (problem == NULL)
    return TRUE;
  g_set_error (error, ORM_ERROR, ORM_ERROR_MISMATCH, "The column %s.%s has %s (%s) in the database than in the mapping",
               self->name, column->name, problem, type);
  return FALSE;
}

gboolean
orm_table_check (const OrmTable *self, OrmConnection *connection, GError **error)
{
  OrmStatement *info =
      orm_connection_prepare (connection, "SELECT type, \"notnull\", pk FROM pragma_table_info (?) WHERE name = ?",
                              error);

  if (info == NULL)
    return FALSE;
  for (guint i = 0; i < self->n_columns; i++)
    {
      OrmStep step;
      gboolean agrees = FALSE;

      orm_statement_bind_text (info, 1, self->name, -1);
      orm_statement_bind_text (info, 2, self->columns[i].name, -1);
      step = orm_statement_step (info, error);
      if (step == ORM_STEP_ROW)
        agrees = check_column (self, &self->columns[i], info, error);
      else if (step == ORM_STEP_DONE)
        g_set_error (error, ORM_ERROR, ORM_ERROR_MISMATCH, "The database has no column %s.%s", self->name,
                     self->columns[i].name);
      orm_statement_reset (info);
      if (!agrees)
        return FALSE;
    }
  return TRUE;
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
