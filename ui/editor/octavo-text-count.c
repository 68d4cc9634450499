/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-text-count.h"

/* Words are counted as word processors do, in any script: letters and digits that follow each other, also over an
 * apostrophe or a hyphen, and numbers over the signs in them; where words are written without spaces between (Chinese
 * and Japanese), each character. Thai, Lao, Khmer and Burmese have no spaces either, but no characters that are words:
 * there what stands between two spaces is one.
 * A character is what is seen as one: marks and what is joined to the one before do not count. No word goes on over the
 * end of a line, so the count of a text is the sum of those of its lines. */

#define ZERO_WIDTH_JOINER    0x200d
#define PROLONGED_SOUND_MARK 0x30fc /* of Katakana, where it is part of the character before */

static gboolean
is_word_by_itself (gunichar c)
{
  if (c < 0x2e80)
    return FALSE;
  switch (g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_BOPOMOFO:
      return g_unichar_isalnum (c);
    default:
      return FALSE;
    }
}

static gboolean
is_alnum (gunichar c)
{
  return c < 0x80 ? g_ascii_isalnum ((char) c) : g_unichar_isalnum (c);
}

/* Whether it is of whatever it stands after. */
static gboolean
is_neutral (gunichar c)
{
  return c >= 0x80 && (g_unichar_ismark (c) || c == ZERO_WIDTH_JOINER || c == PROLONGED_SOUND_MARK);
}

static gboolean
joins (gunichar before, gunichar c, gunichar after)
{
  switch (c)
    {
    case '\'':
    case 0x2019: /* ’ */
    case '-':
    case 0x2010: /* hyphen */
    case 0x2011: /* hyphen that does not break */
    case 0xb7:   /* · of Catalan */
      return is_alnum (after) && !is_word_by_itself (after);
    case '.':
    case ',':
    case ':':
    case '/':
      return g_unichar_isdigit (before) && g_unichar_isdigit (after);
    default:
      return FALSE;
    }
}

static gboolean
is_seen (gunichar c, gunichar before)
{
  if (c < 0x80)
    return c != '\n' && c != '\r';
  return !g_unichar_ismark (c) && c != ZERO_WIDTH_JOINER && before != ZERO_WIDTH_JOINER &&
         !(c >= 0x1f3fb && c <= 0x1f3ff) && c != 0x2028 && c != 0x2029; /* colours of skin; ends of lines */
}

/**
 * octavo_text_count_add:
 * @self: a count
 * @text: whole lines, UTF-8
 * @size: how much of it, in bytes
 *
 * Adds the words and characters of a text.
 */
void
octavo_text_count_add (OctavoTextCount *self, const char *text, gssize size)
{
  const char *end = text + size;
  gunichar before = 0;
  gboolean is_in_word = FALSE;

  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      const char *next = g_utf8_next_char (p);

      self->characters += is_seen (c, before);
      if (is_word_by_itself (c))
        {
          self->words++;
          is_in_word = FALSE;
        }
      else if (is_alnum (c) && !is_neutral (c))
        {
          self->words += !is_in_word;
          is_in_word = TRUE;
        }
      else if (!is_neutral (c))
        is_in_word = is_in_word && next < end && joins (before, c, g_utf8_get_char (next));
      before = c;
    }
}
