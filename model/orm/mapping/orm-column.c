/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-column-private.h"
#include "orm-error.h"
#include "orm-expression-private.h"

#include <math.h>

/* What a column declares: its default, which values it takes, and how CREATE TABLE says all that. */

/* Defaults */

static char *
parse_text (const char *literal)
{
  gsize length = strlen (literal);
  GString *text;

  if (length < 2 || literal[0] != '\'' || literal[length - 1] != '\'')
    return NULL;
  text = g_string_new (NULL);
  for (gsize i = 1; i < length - 1; i++)
    {
      g_string_append_c (text, literal[i]);
      if (literal[i] == '\'' && literal[++i] != '\'')
        return g_string_free (text, TRUE);
    }
  return g_string_free (text, FALSE);
}

static GBytes *
parse_blob (const char *literal)
{
  gsize length = strlen (literal);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  if (length < 3 || length % 2 == 0 || g_ascii_tolower (literal[0]) != 'x' || literal[1] != '\'' ||
      literal[length - 1] != '\'')
    return NULL;
  for (gsize i = 2; i < length - 1; i += 2)
    {
      int high = g_ascii_xdigit_value (literal[i]);
      int low = g_ascii_xdigit_value (literal[i + 1]);
      guint8 byte = (guint8) (high * 16 + low);

      if (high < 0 || low < 0)
        return NULL;
      g_byte_array_append (bytes, &byte, 1);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static gboolean
parse_number (OrmFieldType type, const char *literal, OrmSlot *slot)
{
  gint64 number = 0;
  gboolean is_whole = g_ascii_string_to_signed (literal, 10, G_MININT64, G_MAXINT64, &number, NULL);
  char *end;

  switch (type)
    {
    case ORM_FIELD_DOUBLE:
      slot->real = g_ascii_strtod (literal, &end);
      return end != literal && *end == '\0';
    case ORM_FIELD_BOOLEAN:
      slot->boolean = number == 1 || g_ascii_strcasecmp (literal, "TRUE") == 0;
      return slot->boolean || (is_whole && number == 0) || g_ascii_strcasecmp (literal, "FALSE") == 0;
    case ORM_FIELD_ENUM:
      slot->enumeration = (int) number;
      return is_whole && number == slot->enumeration;
    case ORM_FIELD_FLAGS:
      slot->flags = (guint) number;
      return is_whole && number == slot->flags;
    case ORM_FIELD_DATE_TIME:
      if (is_whole)
        *slot = orm_slot_from_microseconds (number);
      return slot->pointer != NULL;
    default:
      slot->int64 = number;
      return is_whole;
    }
}

OrmSlot
orm_column_parse_default (const char *table, const OrmColumn *column)
{
  OrmSlot slot = { 0 };
  gboolean is_one;

  if (column->default_value == NULL || g_ascii_strcasecmp (column->default_value, "NULL") == 0)
    return slot;
  if (column->type == ORM_FIELD_TEXT)
    is_one = (slot.pointer = parse_text (column->default_value)) != NULL;
  else if (column->type == ORM_FIELD_BLOB)
    is_one = (slot.pointer = parse_blob (column->default_value)) != NULL;
  else
    is_one = parse_number (column->type, column->default_value, &slot);
  if (!is_one)
    g_error ("The default of %s.%s is no literal of its type: %s", table, column->name, column->default_value);
  return slot;
}

/* Values */

static gboolean
check_length (const OrmTable *table, const OrmColumn *column, const char *text, GError **error)
{
  glong length;

  if (column->max_length == 0 || text == NULL || strlen (text) <= column->max_length)
    return TRUE;
  length = g_utf8_strlen (text, -1);
  if (length <= (glong) column->max_length)
    return TRUE;
  g_set_error (error, ORM_ERROR, ORM_ERROR_INVALID, "%s.%s takes %u characters, and is to have %ld", table->name,
               column->name, column->max_length, length);
  return FALSE;
}

static gboolean
check_number (const OrmTable *table, const OrmColumn *column, gint64 value, GError **error)
{
  gpointer values = table->value_classes[column - table->columns];

  if (column->type == ORM_FIELD_ENUM &&
      (value < G_MININT || value > G_MAXINT || g_enum_get_value (values, (int) value) == NULL))
    g_set_error (error, ORM_ERROR, ORM_ERROR_INVALID, "%s.%s is to have %" G_GINT64_FORMAT ", which %s has not",
                 table->name, column->name, value, g_type_name (column->value_type ()));
  else if (column->type == ORM_FIELD_FLAGS && (value & ~(gint64) G_FLAGS_CLASS (values)->mask) != 0)
    g_set_error (error, ORM_ERROR, ORM_ERROR_INVALID,
                 "%s.%s is to have the flags 0x%" G_GINT64_MODIFIER "x, which %s has not", table->name, column->name,
                 (guint64) value, g_type_name (column->value_type ()));
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_real (const OrmTable *table, const OrmColumn *column, double value, GError **error)
{
  if (!isnan (value))
    return TRUE;
  /* SQLite would make NULL of it. */
  g_set_error (error, ORM_ERROR, ORM_ERROR_INVALID, "%s.%s is to have a value that is not a number", table->name,
               column->name);
  return FALSE;
}

gboolean
orm_column_check_slot (const OrmTable *table, const OrmColumn *column, OrmSlot value, GError **error)
{
  switch (column->type)
    {
    case ORM_FIELD_TEXT:
      return check_length (table, column, value.pointer, error);
    case ORM_FIELD_DOUBLE:
      return check_real (table, column, value.real, error);
    case ORM_FIELD_ENUM:
      return check_number (table, column, value.enumeration, error);
    case ORM_FIELD_FLAGS:
      return check_number (table, column, value.flags, error);
    default:
      return TRUE;
    }
}

gboolean
orm_column_check_value (const OrmTable *table, const OrmColumn *column, const OrmValue *value, GError **error)
{
  if (value->type == ORM_VALUE_NULL)
    {
      if ((column->flags & ORM_COLUMN_NOT_NULL) == 0)
        return TRUE;
      g_set_error (error, ORM_ERROR, ORM_ERROR_INVALID, "%s.%s cannot be NULL", table->name, column->name);
      return FALSE;
    }
  if (!orm_field_type_fits (column->type, value->type))
    {
      g_set_error (error, ORM_ERROR, ORM_ERROR_INVALID, "%s.%s is to have a value of another type", table->name,
                   column->name);
      return FALSE;
    }
  if (value->type == ORM_VALUE_TEXT)
    return check_length (table, column, value->text, error);
  if (value->type == ORM_VALUE_DOUBLE)
    return check_real (table, column, value->real, error);
  return value->type != ORM_VALUE_INT64 || check_number (table, column, value->int64, error);
}

/* The schema */

const char *
orm_column_get_storage (const OrmColumn *column)
{
  switch (column->type)
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

static void
append_references (const OrmColumn *column, GString *sql)
{
  static const char *const actions[] = { "", " ON DELETE RESTRICT", " ON DELETE CASCADE", " ON DELETE SET NULL" };

  g_string_append (sql, " REFERENCES ");
  orm_append_name (sql, column->references);
  if (column->references_column != NULL)
    {
      g_string_append (sql, " (");
      orm_append_name (sql, column->references_column);
      g_string_append_c (sql, ')');
    }
  g_string_append (sql, actions[column->on_delete]);
}

void
orm_column_append_definition (const OrmColumn *column, GString *sql)
{
  orm_append_name (sql, column->name);
  g_string_append_printf (sql, " %s", orm_column_get_storage (column));
  if (column->flags & ORM_COLUMN_KEY)
    g_string_append (sql, " PRIMARY KEY");
  else if (column->flags & ORM_COLUMN_NOT_NULL)
    g_string_append (sql, " NOT NULL");
  if (column->flags & ORM_COLUMN_UNIQUE)
    g_string_append (sql, " UNIQUE");
  if (column->flags & ORM_COLUMN_NOCASE)
    g_string_append (sql, " COLLATE NOCASE");
  if (column->default_value != NULL)
    g_string_append_printf (sql, " DEFAULT %s", column->default_value);
  if (column->max_length > 0)
    {
      g_string_append (sql, " CHECK (length (");
      orm_append_name (sql, column->name);
      g_string_append_printf (sql, ") <= %u)", column->max_length);
    }
  if (column->check != NULL)
    g_string_append_printf (sql, " CHECK (%s)", column->check);
  if (column->references != NULL)
    append_references (column, sql);
}
