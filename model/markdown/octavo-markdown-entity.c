/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-markdown"

#include "octavo-markdown-entity.h"

#include <string.h>

/* The names that people write by hand; HTML knows two thousand more, which are read as text. */
static const struct
{
  const char *name;
  gunichar character;
} entities[] = {
  { "amp", '&' },       { "apos", '\'' },     { "bull", 0x2022 },  { "cent", 0xa2 },    { "copy", 0xa9 },
  { "deg", 0xb0 },      { "divide", 0xf7 },   { "emsp", 0x2003 },  { "ensp", 0x2002 },  { "euro", 0x20ac },
  { "frac12", 0xbd },   { "frac14", 0xbc },   { "frac34", 0xbe },  { "ge", 0x2265 },    { "gt", '>' },
  { "half", 0xbd },     { "hellip", 0x2026 }, { "laquo", 0xab },   { "larr", 0x2190 },  { "ldquo", 0x201c },
  { "le", 0x2264 },     { "lsquo", 0x2018 },  { "lt", '<' },       { "mdash", 0x2014 }, { "middot", 0xb7 },
  { "minus", 0x2212 },  { "nbsp", 0xa0 },     { "ndash", 0x2013 }, { "ne", 0x2260 },    { "para", 0xb6 },
  { "plusmn", 0xb1 },   { "pound", 0xa3 },    { "quot", '"' },     { "raquo", 0xbb },   { "rarr", 0x2192 },
  { "rdquo", 0x201d },  { "reg", 0xae },      { "rsquo", 0x2019 }, { "sect", 0xa7 },    { "shy", 0xad },
  { "thinsp", 0x2009 }, { "times", 0xd7 },    { "trade", 0x2122 }, { "yen", 0xa5 },
};

/**
 * octavo_markdown_entity_read:
 * @text: an entity of HTML, with its & and its ;
 * @size: of it, in bytes
 *
 * Any thread.
 *
 * Returns: the character it stands for; 0 where that is not known
 */
gunichar
octavo_markdown_entity_read (const char *text, gsize size)
{
  if (size > 3 && text[1] == '#')
    {
      gboolean is_hex = text[2] == 'x' || text[2] == 'X';
      guint64 number = g_ascii_strtoull (text + (is_hex ? 3 : 2), NULL, is_hex ? 16 : 10);

      return number != 0 && number <= 0x10ffff && g_unichar_validate ((gunichar) number) ? (gunichar) number : 0xfffd;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (entities); i++)
    if (size > 2 && strlen (entities[i].name) == size - 2 && memcmp (entities[i].name, text + 1, size - 2) == 0)
      return entities[i].character;
  return 0;
}
