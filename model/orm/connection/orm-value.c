/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-value-private.h"

#include <string.h>

GArray *
orm_value_array_new (void)
{
  GArray *values = g_array_new (FALSE, FALSE, sizeof (OrmValue));

  g_array_set_clear_func (values, (GDestroyNotify) orm_value_clear);
  return values;
}

void
orm_value_array_append (GArray *values, const OrmValue *value)
{
  OrmValue copy = ORM_VALUE_INIT;

  orm_value_copy (value, &copy);
  g_array_append_val (values, copy);
}

/**
 * orm_value_clear:
 * @self: a value
 *
 * Frees what the value owns and makes it NULL.
 */
void
orm_value_clear (OrmValue *self)
{
  g_return_if_fail (self != NULL);

  if (self->type == ORM_VALUE_TEXT)
    g_free (self->text);
  else if (self->type == ORM_VALUE_BLOB)
    g_bytes_unref (self->blob);
  self->type = ORM_VALUE_NULL;
  self->int64 = 0;
}

/**
 * orm_value_set_null:
 * @self: a value
 *
 * Makes the value NULL.
 */
void
orm_value_set_null (OrmValue *self)
{
  orm_value_clear (self);
}

/**
 * orm_value_set_int64:
 * @self: a value
 * @value: a whole number
 *
 * Makes the value a whole number.
 */
void
orm_value_set_int64 (OrmValue *self, gint64 value)
{
  orm_value_clear (self);
  self->type = ORM_VALUE_INT64;
  self->int64 = value;
}

/**
 * orm_value_set_double:
 * @self: a value
 * @value: a number
 *
 * Makes the value a number.
 */
void
orm_value_set_double (OrmValue *self, double value)
{
  orm_value_clear (self);
  self->type = ORM_VALUE_DOUBLE;
  self->real = value;
}

/**
 * orm_value_set_text:
 * @self: a value
 * @text: (nullable): UTF-8; %NULL makes the value NULL
 *
 * Makes the value a copy of the text.
 */
void
orm_value_set_text (OrmValue *self, const char *text)
{
  orm_value_take_text (self, g_strdup (text));
}

/**
 * orm_value_take_text:
 * @self: a value
 * @text: (nullable) (transfer full): UTF-8; %NULL makes the value NULL
 *
 * Makes the value the text.
 */
void
orm_value_take_text (OrmValue *self, char *text)
{
  orm_value_clear (self);
  if (text == NULL)
    return;
  self->type = ORM_VALUE_TEXT;
  self->text = text;
}

/**
 * orm_value_set_blob:
 * @self: a value
 * @blob: (nullable) (transfer none): bytes; %NULL makes the value NULL
 *
 * Makes the value the bytes.
 */
void
orm_value_set_blob (OrmValue *self, GBytes *blob)
{
  GBytes *kept = blob != NULL ? g_bytes_ref (blob) : NULL;

  orm_value_clear (self);
  if (kept == NULL)
    return;
  self->type = ORM_VALUE_BLOB;
  self->blob = kept;
}

/**
 * orm_value_copy:
 * @self: a value
 * @copy: (out caller-allocates): an initialized value
 *
 * Makes @copy a deep copy of the value.
 */
void
orm_value_copy (const OrmValue *self, OrmValue *copy)
{
  g_return_if_fail (self != NULL && copy != NULL);

  if (self == copy)
    return;
  switch (self->type)
    {
    case ORM_VALUE_TEXT:
      orm_value_set_text (copy, self->text);
      break;
    case ORM_VALUE_BLOB:
      orm_value_set_blob (copy, self->blob);
      break;
    case ORM_VALUE_NULL:
    case ORM_VALUE_INT64:
    case ORM_VALUE_DOUBLE:
    default:
      orm_value_clear (copy);
      *copy = *self;
      break;
    }
}

/**
 * orm_value_equal:
 * @a: a value
 * @b: another
 *
 * Returns: whether both have the same type and content; NULL equals NULL here
 */
gboolean
orm_value_equal (const OrmValue *a, const OrmValue *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  if (a->type != b->type)
    return FALSE;
  switch (a->type)
    {
    case ORM_VALUE_INT64:
      return a->int64 == b->int64;
    case ORM_VALUE_DOUBLE:
      return a->real == b->real;
    case ORM_VALUE_TEXT:
      return strcmp (a->text, b->text) == 0;
    case ORM_VALUE_BLOB:
      return g_bytes_equal (a->blob, b->blob);
    case ORM_VALUE_NULL:
    default:
      return TRUE;
    }
}
