/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-exchange"

#include "octavo-text-decoder.h"

#include <string.h>

/* The bytes of a file as text, whatever they are: a note that came in with odd letters can be mended by its owner, one
 * that was refused cannot. */

/* What Windows-1252 has where Latin-1 has control characters; 0: nothing. */
static const gunichar windows_1252[32] = {
  0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
  0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
  0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178,
};

static char *
decode_windows_1252 (const char *bytes, gsize *length)
{
  GString *text = g_string_sized_new (*length + *length / 8 + 16);

  for (gsize i = 0; i < *length; i++)
    {
      guchar byte = bytes[i];

      if (byte < 0x80)
        g_string_append_c (text, (char) byte);
      else if (byte < 0xa0 && windows_1252[byte - 0x80] != 0)
        g_string_append_unichar (text, windows_1252[byte - 0x80]);
      else
        g_string_append_unichar (text, byte);
    }
  *length = text->len;
  return g_string_free (text, FALSE);
}

static char *
show_nuls (char *text, gsize *length, gsize n_nuls)
{
  char *shown = g_malloc (*length + n_nuls * 2 + 1);
  char *to = shown;

  for (gsize i = 0; i < *length; i++)
    if (text[i] == '\0')
      to = (char *) memcpy (to, "\xe2\x90\x80", 3) + 3;
    else
      *to++ = text[i];
  *to = '\0';
  *length = to - shown;
  g_free (text);
  return shown;
}

static gsize
count_nuls (const char *text, gsize length)
{
  gsize n = 0;

  for (const char *p = text; (p = memchr (p, '\0', text + length - p)) != NULL; p++)
    n++;
  return n;
}

static char *
decode_utf16 (char *bytes, gsize *length)
{
  const char *charset = (guchar) bytes[0] == 0xff ? "UTF-16LE" : "UTF-16BE";
  gsize written = 0;
  char *text = g_convert (bytes + 2, *length - 2, "UTF-8", charset, NULL, &written, NULL);

  if (text == NULL)
    return NULL;
  g_free (bytes);
  *length = written;
  return text;
}

/**
 * octavo_text_decode:
 * @bytes: (transfer full): the bytes, with a NUL after them
 * @length: (inout): their number
 * @traits: (out): what was odd about them
 *
 * Makes UTF-8 without NUL of any bytes: UTF-8 and UTF-16 (which must have its mark) as they are, all else as
 * Windows-1252. The byte order mark is dropped. Any thread.
 *
 * Returns: (transfer full): the text
 */
char *
octavo_text_decode (char *bytes, gsize *length, OctavoTextTraits *traits)
{
  char *text = bytes;
  gsize n_nuls;

  g_return_val_if_fail (bytes != NULL && length != NULL && traits != NULL, NULL);

  *traits = OCTAVO_TEXT_PLAIN;
  if (*length >= 2 && (memcmp (bytes, "\xff\xfe", 2) == 0 || memcmp (bytes, "\xfe\xff", 2) == 0))
    {
      char *decoded = decode_utf16 (bytes, length);

      if (decoded != NULL)
        {
          text = decoded;
          *traits |= OCTAVO_TEXT_UTF16;
        }
    }
  else if (*length >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0)
    {
      *length -= 3;
      memmove (bytes, bytes + 3, *length + 1);
    }

  n_nuls = count_nuls (text, *length);
  if (n_nuls > 0)
    *traits |= OCTAVO_TEXT_HAD_NUL;
  if (n_nuls > 0 && !(*traits & OCTAVO_TEXT_UTF16))
    {
      g_autofree char *without = g_memdup2 (text, *length + 1);

      for (gsize i = 0; i < *length; i++)
        if (without[i] == '\0')
          without[i] = ' ';
      if (!g_utf8_validate_len (without, *length, NULL))
        *traits |= OCTAVO_TEXT_NOT_UTF8;
    }
  else if (n_nuls == 0 && !g_utf8_validate_len (text, *length, NULL))
    *traits |= OCTAVO_TEXT_NOT_UTF8;

  if (*traits & OCTAVO_TEXT_NOT_UTF8)
    {
      char *decoded = decode_windows_1252 (text, length);

      g_free (text);
      text = decoded;
    }
  return n_nuls > 0 ? show_nuls (text, length, n_nuls) : text;
}

/**
 * octavo_text_unify_line_ends:
 * @text: (transfer full): a text
 * @length: (inout): its bytes
 *
 * Turns each CR LF into LF, in place. Any thread.
 *
 * Returns: (transfer full): @text
 */
char *
octavo_text_unify_line_ends (char *text, gsize *length)
{
  char *from, *to;

  g_return_val_if_fail (text != NULL && length != NULL, text);

  from = to = memchr (text, '\r', *length);
  if (from == NULL)
    return text;
  for (const char *end = text + *length; from < end; from++)
    if (from[0] != '\r' || from[1] != '\n')
      *to++ = *from;
  *to = '\0';
  *length = to - text;
  return text;
}
