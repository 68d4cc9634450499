/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-text"

#include "octavo-diff-units.h"

#include <string.h>

/* A unit of some text, which is alive as long as the numbers are in use. */
typedef struct
{
  const char *start;
  gsize length;
  guint id;
} Unit;

/* FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/ */
static guint
hash_unit (gconstpointer key)
{
  const Unit *unit = key;
  guint32 hash = 2166136261U;

  for (gsize i = 0; i < unit->length; i++)
    hash = (hash ^ (guchar) unit->start[i]) * 16777619U;
  return hash;
}

static gboolean
equal_units (gconstpointer a, gconstpointer b)
{
  const Unit *one = a, *other = b;

  return one->length == other->length && memcmp (one->start, other->start, one->length) == 0;
}

static gsize
get_line_length (const char *start, gsize length)
{
  const char *end = memchr (start, '\n', length);

  return end == NULL ? length : (gsize) (end - start) + 1;
}

/* Letters and digits of scripts that put spaces between words stand together; all else is one character a word. */
static gboolean
is_of_word (gunichar character)
{
  if (character < 0x80)
    return g_ascii_isalnum ((char) character);
  return (g_unichar_isalnum (character) || g_unichar_ismark (character)) && !g_unichar_iswide (character);
}

static gsize
get_character_length (const char *start, gsize length, gunichar *character)
{
  if (*start > 0)
    {
      *character = (gunichar) *start;
      return 1;
    }
  *character = g_utf8_get_char_validated (start, (gssize) length);
  if (*character == (gunichar) -1 || *character == (gunichar) -2 || *character == 0)
    {
      *character = 0xfffd;
      return 1;
    }
  return (gsize) (g_utf8_next_char (start) - start);
}

static gsize
get_word_length (const char *start, gsize length)
{
  gunichar character;
  gsize end = get_character_length (start, length, &character);

  if (!is_of_word (character))
    return end;
  while (end < length)
    {
      gsize more = get_character_length (start + end, length - end, &character);

      if (!is_of_word (character))
        break;
      end += more;
    }
  return end;
}

/**
 * octavo_diff_numbers_new:
 *
 * Returns: (transfer full): numbers for the units of texts that are compared, to be freed with g_hash_table_unref()
 *   before the texts are
 */
OctavoDiffNumbers *
octavo_diff_numbers_new (void)
{
  return g_hash_table_new_full (hash_unit, equal_units, g_free, NULL);
}

/**
 * octavo_diff_units_init:
 * @self: the units, not initialized
 * @numbers: the numbers that other texts have as well
 * @text: a text, not necessarily ended by a zero, nor valid UTF-8
 * @length: its length in bytes
 * @unit: what to part it into
 *
 * Parts a text. No byte of it is left out.
 */
void
octavo_diff_units_init (OctavoDiffUnits *self,
                        OctavoDiffNumbers *numbers,
                        const char *text,
                        gsize length,
                        OctavoDiffUnit unit)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  gsize start = 0;

  while (start < length)
    {
      const char *at = text + start;
      Unit next = { at, unit == OCTAVO_DIFF_LINES ? get_line_length (at, length - start)
                                                  : get_word_length (at, length - start) };
      Unit *known = g_hash_table_lookup (numbers, &next);

      if (known == NULL)
        {
          next.id = g_hash_table_size (numbers);
          known = g_memdup2 (&next, sizeof next);
          g_hash_table_add (numbers, known);
        }
      g_array_append_val (ids, known->id);
      g_array_append_val (starts, start);
      start += next.length;
    }
  g_array_append_val (starts, length);
  self->n = ids->len;
  self->ids = (guint *) (gpointer) g_array_free (g_steal_pointer (&ids), FALSE);
  self->starts = (gsize *) (gpointer) g_array_free (g_steal_pointer (&starts), FALSE);
}

/**
 * octavo_diff_units_clear:
 * @self: units
 *
 * Frees what they hold.
 */
void
octavo_diff_units_clear (OctavoDiffUnits *self)
{
  g_clear_pointer (&self->ids, g_free);
  g_clear_pointer (&self->starts, g_free);
}
