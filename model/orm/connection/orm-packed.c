/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-packed.h"

#include <sqlite3.h>
#include <string.h>

/* JSON has no bytes, and SQLite reads no fraction of it that is the same number to the last bit. So those stand in it
 * as texts, with their type in front, that a function of ours reads: the bits of a number, and the bytes, in
 * hexadecimal.
 */

#define TYPE_DOUBLE 'd'
#define TYPE_BLOB   'b'
#define TYPE_TEXT   't'

char *
orm_format_array (const gint64 *values, gsize n_values, gsize *length)
{
  GString *text = g_string_sized_new (2 + n_values * 8);

  g_string_append_c (text, '[');
  for (gsize i = 0; i < n_values; i++)
    {
      char digits[24];
      char *end = digits + sizeof digits;
      char *start = end;
      guint64 rest = values[i] < 0 ? -(guint64) values[i] : (guint64) values[i];

      do
        *--start = (char) ('0' + rest % 10);
      while ((rest /= 10) > 0);
      if (values[i] < 0)
        *--start = '-';
      if (i > 0)
        g_string_append_c (text, ',');
      g_string_append_len (text, start, end - start);
    }
  g_string_append_c (text, ']');
  if (length != NULL)
    *length = text->len;
  return g_string_free (text, FALSE);
}

static void
append_json (GString *json, const char *text)
{
  for (; *text != '\0'; text++)
    if ((guchar) *text < ' ')
      g_string_append_printf (json, "\\u%04x", (guint) (guchar) *text);
    else
      {
        if (*text == '"' || *text == '\\')
          g_string_append_c (json, '\\');
        g_string_append_c (json, *text);
      }
}

static void
append_bytes (GString *json, const guint8 *bytes, gsize length)
{
  static const char digits[] = "0123456789abcdef";

  for (gsize i = 0; i < length; i++)
    {
      g_string_append_c (json, digits[bytes[i] >> 4]);
      g_string_append_c (json, digits[bytes[i] & 0xf]);
    }
}

static void
append_value (GString *json, const OrmValue *value, gboolean is_packed)
{
  gconstpointer bytes;
  gsize length;

  switch (value->type)
    {
    case ORM_VALUE_INT64:
      g_string_append_printf (json, "%" G_GINT64_FORMAT, value->int64);
      return;
    case ORM_VALUE_NULL:
      g_string_append (json, "null");
      return;
    case ORM_VALUE_TEXT:
      g_string_append_c (json, '"');
      if (is_packed)
        g_string_append_c (json, TYPE_TEXT);
      append_json (json, value->text);
      break;
    case ORM_VALUE_DOUBLE:
      g_string_append_c (json, '"');
      g_string_append_c (json, TYPE_DOUBLE);
      append_bytes (json, (const guint8 *) &value->real, sizeof value->real);
      break;
    case ORM_VALUE_BLOB:
    default:
      bytes = g_bytes_get_data (value->blob, &length);
      g_string_append_c (json, '"');
      g_string_append_c (json, TYPE_BLOB);
      append_bytes (json, bytes, length);
      break;
    }
  g_string_append_c (json, '"');
}

/* A whole number that is no fraction to the last bit, as fractions far from 0 are few: SQLite would make of it the next
 * one that is, where it looks for it among them. */
static gboolean
is_between_fractions (const OrmValue *value)
{
  double real;

  if (value->type != ORM_VALUE_INT64)
    return FALSE;
  real = (double) value->int64;
  /* 2 to the power of 63 is one too many. */
  return real >= 0x1p63 || (gint64) real != value->int64;
}

static char *
format (const OrmValue *values, gsize n_values, gboolean is_packed)
{
  GString *json = g_string_sized_new (2 + n_values * 8);

  g_string_append_c (json, '[');
  for (gsize i = 0; i < n_values; i++)
    {
      if (is_packed && is_between_fractions (&values[i]))
        continue;
      if (json->len > 1)
        g_string_append_c (json, ',');
      append_value (json, &values[i], is_packed);
    }
  g_string_append_c (json, ']');
  return g_string_free (json, FALSE);
}

char *
orm_format_values (const OrmValue *values, gsize n_values)
{
  return format (values, n_values, FALSE);
}

char *
orm_pack_values (const OrmValue *values, gsize n_values)
{
  return format (values, n_values, TRUE);
}

/* Anybody can call it in SQL, with anything. */
static void
read_bytes (const char *digits, guint8 *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    bytes[i] = (guint8) ((guint) g_ascii_xdigit_value (digits[2 * i]) << 4 |
                         ((guint) g_ascii_xdigit_value (digits[2 * i + 1]) & 0xf));
}

static void
unpack (sqlite3_context *context, int n_arguments, sqlite3_value **arguments)
{
  const char *text;
  gsize length;
  guint8 *bytes;
  double number;

  if (sqlite3_value_type (arguments[0]) != SQLITE_TEXT)
    {
      sqlite3_result_value (context, arguments[0]);
      return;
    }
  text = (const char *) sqlite3_value_text (arguments[0]);
  length = (gsize) sqlite3_value_bytes (arguments[0]);
  if (length == 1 + 2 * sizeof number && text[0] == TYPE_DOUBLE)
    {
      read_bytes (text + 1, (guint8 *) &number, sizeof number);
      sqlite3_result_double (context, number);
    }
  else if (length > 0 && text[0] == TYPE_BLOB)
    {
      length = (length - 1) / 2;
      bytes = g_malloc (MAX (length, 1));
      read_bytes (text + 1, bytes, length);
      sqlite3_result_blob64 (context, bytes, length, g_free);
    }
  else if (length > 0 && text[0] == TYPE_TEXT)
    sqlite3_result_text64 (context, text + 1, length - 1, SQLITE_TRANSIENT, SQLITE_UTF8);
  else
    sqlite3_result_error (context, "orm_value () was called with what is no value", -1);
}

int
orm_packed_register (sqlite3 *handle)
{
  return sqlite3_create_function (handle, "orm_value", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL,
                                  unpack, NULL, NULL);
}
