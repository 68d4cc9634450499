/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-text-edit.h"

#include <string.h>

static gsize
back_to_character (const char *text, gsize at)
{
  while (at > 0 && ((guchar) text[at] & 0xc0) == 0x80)
    at--;
  return at;
}

/**
 * octavo_text_find_change:
 * @old_text: a text, UTF-8
 * @new_text: another, UTF-8
 * @change: (out): the one stretch in which they differ, in bytes, at character boundaries of both
 *
 * Finds what is to be replaced to turn one text into the other, such that a cursor outside that stretch stays.
 */
void
octavo_text_find_change (const char *old_text, const char *new_text, OctavoTextChange *change)
{
  gsize old_length = strlen (old_text);
  gsize new_length = strlen (new_text);
  gsize shorter = MIN (old_length, new_length);
  gsize start = 0;
  gsize tail = 0;

  while (start < shorter && old_text[start] == new_text[start])
    start++;
  start = back_to_character (old_text, start);

  while (tail < shorter - start && old_text[old_length - tail - 1] == new_text[new_length - tail - 1])
    tail++;
  while (tail > 0 && ((guchar) old_text[old_length - tail] & 0xc0) == 0x80)
    tail--;

  change->start = start;
  change->old_end = old_length - tail;
  change->new_end = new_length - tail;
}

/**
 * octavo_text_get_longest_line:
 * @text: a text, UTF-8
 * @length: its length in bytes; -1 where it ends with a NUL byte
 *
 * Returns: the number of characters of its longest line
 */
gsize
octavo_text_get_longest_line (const char *text, gssize length)
{
  const char *end = text + (length < 0 ? strlen (text) : (gsize) length);
  gsize longest = 0;

  while (text < end)
    {
      const char *line_end = memchr (text, '\n', (gsize) (end - text));
      gsize size;

      if (line_end == NULL)
        line_end = end;
      size = (gsize) (line_end - text);
      if (size > longest)
        longest = MAX (longest, (gsize) g_utf8_strlen (text, (gssize) size));
      text = line_end + 1;
    }
  return longest;
}

/**
 * octavo_text_exceeds:
 * @text: a text
 * @size: the most bytes
 * @line: the most characters of a line
 *
 * Returns: whether there are more
 */
gboolean
octavo_text_exceeds (const char *text, gsize size, gsize line)
{
  gsize length = strlen (text);

  return length > size || octavo_text_get_longest_line (text, (gssize) length) > line;
}

/**
 * octavo_text_dup_beginning:
 * @text: a text, UTF-8
 * @size: how much of it, at most, in bytes
 * @line: how much of each line, at most, in bytes
 *
 * Cuts a text such that it is small enough to be shown. A line that is cut ends in an ellipsis.
 *
 * Returns: (transfer full): its beginning
 */
char *
octavo_text_dup_beginning (const char *text, gsize size, gsize line)
{
  const char *end = text + strnlen (text, size);
  GString *beginning = g_string_new (NULL);

  if (*end != '\0')
    end = text + back_to_character (text, size);
  while (text < end)
    {
      const char *line_end = memchr (text, '\n', (gsize) (end - text));
      gsize n;

      if (line_end == NULL)
        line_end = end;
      n = (gsize) (line_end - text);
      if (n > line)
        {
          g_string_append_len (beginning, text, (gssize) back_to_character (text, line));
          g_string_append (beginning, "…");
        }
      else
        g_string_append_len (beginning, text, (gssize) n);
      if (line_end < end)
        g_string_append_c (beginning, '\n');
      text = line_end + 1;
    }
  return g_string_free (beginning, FALSE);
}
