/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-slot.h"
#include "orm-connection-private.h"

void
orm_slot_clear (OrmFieldType type, OrmSlot *self)
{
  if (self->pointer == NULL || !orm_field_type_is_pointer (type))
    return;
  if (type == ORM_FIELD_TEXT)
    g_free (self->pointer);
  else if (type == ORM_FIELD_BLOB)
    g_bytes_unref (self->pointer);
  else
    g_date_time_unref (self->pointer);
  self->pointer = NULL;
}

OrmSlot
orm_slot_copy (OrmFieldType type, OrmSlot self)
{
  if (!orm_field_type_is_pointer (type) || self.pointer == NULL)
    return self;
  if (type == ORM_FIELD_TEXT)
    self.pointer = g_strdup (self.pointer);
  else if (type == ORM_FIELD_BLOB)
    g_bytes_ref (self.pointer);
  else
    g_date_time_ref (self.pointer);
  return self;
}

gboolean
orm_slot_equal (OrmFieldType type, OrmSlot a, OrmSlot b)
{
  if (!orm_field_type_is_pointer (type))
    return memcmp (&a, &b, orm_field_type_get_size (type)) == 0;
  if (a.pointer == b.pointer)
    return TRUE;
  if (a.pointer == NULL || b.pointer == NULL)
    return FALSE;
  if (type == ORM_FIELD_TEXT)
    return strcmp (a.pointer, b.pointer) == 0;
  if (type == ORM_FIELD_BLOB)
    return g_bytes_equal (a.pointer, b.pointer);
  return g_date_time_equal (a.pointer, b.pointer);
}

static gint64
date_time_to_microseconds (GDateTime *time)
{
  return g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time);
}

static GDateTime *
date_time_from_microseconds (gint64 microseconds)
{
  gint64 rest = microseconds % G_USEC_PER_SEC;
  gint64 seconds = microseconds / G_USEC_PER_SEC - (rest < 0 ? 1 : 0);
  g_autoptr (GDateTime) whole = g_date_time_new_from_unix_utc (seconds);

  /* Out of the range of dates: as good as none. */
  return whole != NULL ? g_date_time_add (whole, rest < 0 ? rest + G_USEC_PER_SEC : rest) : NULL;
}

OrmSlot
orm_slot_from_microseconds (gint64 microseconds)
{
  return (OrmSlot){ .pointer = date_time_from_microseconds (microseconds) };
}

int
orm_column_compare (const OrmColumn *column, OrmSlot a, OrmSlot b)
{
  if (orm_field_type_is_pointer (column->type) && (a.pointer == NULL || b.pointer == NULL))
    return (a.pointer != NULL) - (b.pointer != NULL);
  switch (column->type)
    {
    case ORM_FIELD_DOUBLE:
      return (a.real > b.real) - (a.real < b.real);
    case ORM_FIELD_TEXT:
      return column->flags & ORM_COLUMN_NOCASE ? g_ascii_strcasecmp (a.pointer, b.pointer)
                                               : strcmp (a.pointer, b.pointer);
    case ORM_FIELD_BLOB:
      return g_bytes_compare (a.pointer, b.pointer);
    case ORM_FIELD_DATE_TIME:
      return g_date_time_compare (a.pointer, b.pointer);
    case ORM_FIELD_BOOLEAN:
      return (a.boolean != FALSE) - (b.boolean != FALSE);
    case ORM_FIELD_ENUM:
      return (a.enumeration > b.enumeration) - (a.enumeration < b.enumeration);
    case ORM_FIELD_FLAGS:
      return (a.flags > b.flags) - (a.flags < b.flags);
    case ORM_FIELD_INT64:
    default:
      return (a.int64 > b.int64) - (a.int64 < b.int64);
    }
}

void
orm_slot_bind (OrmFieldType type, OrmSlot self, OrmStatement *statement, int position)
{
  gconstpointer data;
  gsize length;

  if (orm_field_type_is_pointer (type) && self.pointer == NULL)
    {
      orm_statement_bind_null (statement, position);
      return;
    }
  switch (type)
    {
    case ORM_FIELD_INT64:
      orm_statement_bind_int64 (statement, position, self.int64);
      break;
    case ORM_FIELD_DOUBLE:
      orm_statement_bind_double (statement, position, self.real);
      break;
    case ORM_FIELD_BOOLEAN:
      orm_statement_bind_int64 (statement, position, self.boolean != FALSE);
      break;
    case ORM_FIELD_TEXT:
      orm_statement_bind_static_text (statement, position, self.pointer, -1);
      break;
    case ORM_FIELD_BLOB:
      data = g_bytes_get_data (self.pointer, &length);
      orm_statement_bind_static_blob (statement, position, data, length);
      break;
    case ORM_FIELD_DATE_TIME:
      orm_statement_bind_int64 (statement, position, date_time_to_microseconds (self.pointer));
      break;
    case ORM_FIELD_ENUM:
      orm_statement_bind_int64 (statement, position, self.enumeration);
      break;
    case ORM_FIELD_FLAGS:
    default:
      orm_statement_bind_int64 (statement, position, self.flags);
      break;
    }
}

OrmSlot
orm_slot_read (OrmFieldType type, OrmStatement *statement, int column)
{
  sqlite3_stmt *handle = statement->handle;
  OrmSlot self = { 0 };
  gconstpointer data;
  gsize length;

  switch (type)
    {
    case ORM_FIELD_INT64:
      self.int64 = sqlite3_column_int64 (handle, column);
      break;
    case ORM_FIELD_DOUBLE:
      self.real = sqlite3_column_double (handle, column);
      break;
    case ORM_FIELD_BOOLEAN:
      self.boolean = sqlite3_column_int64 (handle, column) != 0;
      break;
    case ORM_FIELD_TEXT:
      self.pointer = orm_statement_dup_text (statement, column);
      break;
    case ORM_FIELD_BLOB:
      if (orm_statement_is_null (statement, column))
        break;
      data = orm_statement_get_blob (statement, column, &length);
      self.pointer = g_bytes_new (data, length);
      break;
    case ORM_FIELD_DATE_TIME:
      if (!orm_statement_is_null (statement, column))
        self.pointer = date_time_from_microseconds (sqlite3_column_int64 (handle, column));
      break;
    case ORM_FIELD_ENUM:
      self.enumeration = sqlite3_column_int (handle, column);
      break;
    case ORM_FIELD_FLAGS:
    default:
      self.flags = (guint) sqlite3_column_int64 (handle, column);
      break;
    }
  return self;
}

void
orm_slot_to_value (OrmFieldType type, OrmSlot self, OrmValue *value)
{
  if (orm_field_type_is_pointer (type) && self.pointer == NULL)
    {
      orm_value_set_null (value);
      return;
    }
  switch (type)
    {
    case ORM_FIELD_INT64:
      orm_value_set_int64 (value, self.int64);
      break;
    case ORM_FIELD_DOUBLE:
      orm_value_set_double (value, self.real);
      break;
    case ORM_FIELD_BOOLEAN:
      orm_value_set_int64 (value, self.boolean != FALSE);
      break;
    case ORM_FIELD_TEXT:
      orm_value_set_text (value, self.pointer);
      break;
    case ORM_FIELD_BLOB:
      orm_value_set_blob (value, self.pointer);
      break;
    case ORM_FIELD_DATE_TIME:
      orm_value_set_int64 (value, date_time_to_microseconds (self.pointer));
      break;
    case ORM_FIELD_ENUM:
      orm_value_set_int64 (value, self.enumeration);
      break;
    case ORM_FIELD_FLAGS:
    default:
      orm_value_set_int64 (value, self.flags);
      break;
    }
}

void
orm_slot_to_gvalue (OrmFieldType type, OrmSlot self, GValue *value)
{
  switch (type)
    {
    case ORM_FIELD_INT64:
      g_value_set_int64 (value, self.int64);
      break;
    case ORM_FIELD_DOUBLE:
      g_value_set_double (value, self.real);
      break;
    case ORM_FIELD_BOOLEAN:
      g_value_set_boolean (value, self.boolean);
      break;
    case ORM_FIELD_TEXT:
      g_value_set_string (value, self.pointer);
      break;
    case ORM_FIELD_BLOB:
    case ORM_FIELD_DATE_TIME:
      g_value_set_boxed (value, self.pointer);
      break;
    case ORM_FIELD_ENUM:
      g_value_set_enum (value, self.enumeration);
      break;
    case ORM_FIELD_FLAGS:
    default:
      g_value_set_flags (value, self.flags);
      break;
    }
}

OrmSlot
orm_slot_from_gvalue (OrmFieldType type, const GValue *value)
{
  OrmSlot self = { 0 };

  switch (type)
    {
    case ORM_FIELD_INT64:
      self.int64 = g_value_get_int64 (value);
      break;
    case ORM_FIELD_DOUBLE:
      self.real = g_value_get_double (value);
      break;
    case ORM_FIELD_BOOLEAN:
      self.boolean = g_value_get_boolean (value);
      break;
    case ORM_FIELD_TEXT:
      self.pointer = g_value_dup_string (value);
      break;
    case ORM_FIELD_BLOB:
      self.pointer = g_value_dup_boxed (value);
      break;
    case ORM_FIELD_DATE_TIME:
      if (g_value_get_boxed (value) != NULL)
        self.pointer = g_date_time_to_utc (g_value_get_boxed (value));
      break;
    case ORM_FIELD_ENUM:
      self.enumeration = g_value_get_enum (value);
      break;
    case ORM_FIELD_FLAGS:
    default:
      self.flags = g_value_get_flags (value);
      break;
    }
  return self;
}
