/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-markdown"

#include "octavo-markdown-tag.h"

static gboolean
is_tag_char (gunichar c, gboolean *is_word)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_LOWERCASE_LETTER:
    case G_UNICODE_UPPERCASE_LETTER:
    case G_UNICODE_TITLECASE_LETTER:
    case G_UNICODE_MODIFIER_LETTER:
    case G_UNICODE_OTHER_LETTER:
    case G_UNICODE_LETTER_NUMBER:
    case G_UNICODE_OTHER_SYMBOL: /* emoji */
      *is_word = TRUE;
      return TRUE;
    case G_UNICODE_DECIMAL_NUMBER:
    case G_UNICODE_OTHER_NUMBER:
    case G_UNICODE_NON_SPACING_MARK:
    case G_UNICODE_SPACING_MARK:
    case G_UNICODE_ENCLOSING_MARK:
    case G_UNICODE_MODIFIER_SYMBOL: /* skin colours */
      return TRUE;
    default:
      return c == '_' || c == '-' || c == '/' || c == 0x200d; /* joins emoji */
    }
}

/**
 * octavo_markdown_tag_get_length:
 * @text: what stands after a # at the start of a word, UTF-8
 * @end: of the text
 * @is_tag: (out): whether it is a tag: digits alone are none
 *
 * Reads the name of a #tag in a text: letters, digits, _, - and /. Any thread.
 *
 * Returns: the length of what could be its name, in bytes
 */
gsize
octavo_markdown_tag_get_length (const char *text, const char *end, gboolean *is_tag)
{
  const char *p = text;

  *is_tag = FALSE;
  while (p < end && is_tag_char (g_utf8_get_char (p), is_tag))
    p = g_utf8_next_char (p);
  return (gsize) (p - text);
}
