/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-input.h"

#include <math.h>
#include <string.h>

guint
fuzz_input_take (FuzzInput *self, guint below)
{
  guint byte;

  if (self->size == 0)
    return 0;
  byte = *self->data++;
  self->size--;
  return byte % below;
}

gint64
fuzz_input_take_int64 (FuzzInput *self)
{
  static const gint64 known[] = {
    0, 1, -1, 2, 3, 7, 100, G_MAXINT64, G_MININT64, G_GINT64_CONSTANT (9007199254740993)
  };
  guint which = fuzz_input_take (self, 256);

  if (which < 192)
    return known[which % G_N_ELEMENTS (known)];
  return (gint64) ((guint64) fuzz_input_take (self, 256) << (which % 57)) - 100;
}

double
fuzz_input_take_double (FuzzInput *self)
{
  static const double known[] = { 0, -0.0, 0.5, 1, -1.5, 1e300, -1e300, 9007199254740992.0, 5e-324, INFINITY, NAN };

  return known[fuzz_input_take (self, G_N_ELEMENTS (known))];
}

/* Words that mean something to SQL, to a pattern or to an encoding, or the bytes of the input. */
char *
fuzz_input_take_text (FuzzInput *self)
{
  static const char *const known[] = { "",   "a",     "A",   "ab",   "%",    "_",         "\\",
                                       "*",  "?",     "[a]", "'",    "\"",   "' OR 1 --", "; DROP TABLE row",
                                       "?1", ":name", "é",   "É",    "ẞ",    "\xe2\x82",  "\x01\x1f",
                                       "𝄞",  "]",     "^",   "[^a]", "a\\%", "\\\\b",     "null",
                                       "1",  "a b",   "\xff" };
  GString *text = g_string_new (NULL);

  for (guint n = fuzz_input_take (self, 5); n > 0; n--)
    {
      guint which = fuzz_input_take (self, 64);

      if (which < G_N_ELEMENTS (known))
        g_string_append (text, known[which]);
      else
        g_string_append_c (text, (char) (1 + fuzz_input_take (self, 255)));
    }
  return g_string_free (text, FALSE);
}

GBytes *
fuzz_input_take_blob (FuzzInput *self)
{
  gsize wanted = fuzz_input_take (self, 5);
  gsize length = MIN (wanted, self->size);
  GBytes *blob = g_bytes_new (self->data, length);

  self->data += length;
  self->size -= length;
  return blob;
}

void
fuzz_input_take_value (FuzzInput *self, OrmValue *value)
{
  g_autoptr (GBytes) blob = NULL;

  orm_value_set_null (value);
  switch (fuzz_input_take (self, 5))
    {
    case 0:
      orm_value_set_int64 (value, fuzz_input_take_int64 (self));
      break;
    case 1:
      orm_value_set_double (value, fuzz_input_take_double (self));
      break;
    case 2:
      orm_value_take_text (value, fuzz_input_take_text (self));
      break;
    case 3:
      blob = fuzz_input_take_blob (self);
      orm_value_set_blob (value, blob);
      break;
    default:
      break;
    }
}
