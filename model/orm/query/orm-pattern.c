/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-pattern.h"

/* SQLite's LIKE takes a capital letter for a small one. Its GLOB does not, and finds a prefix by an index. */

static void
append_literal (GString *pattern, char character)
{
  if (character == '*' || character == '?' || character == '[')
    g_string_append_printf (pattern, "[%c]", character);
  else
    g_string_append_c (pattern, character);
}

char *
orm_pattern_from_like (const char *like)
{
  GString *pattern = g_string_new (NULL);

  for (; *like != '\0'; like++)
    if (*like == '%')
      g_string_append_c (pattern, '*');
    else if (*like == '_')
      g_string_append_c (pattern, '?');
    else if (*like == '\\' && like[1] != '\0')
      append_literal (pattern, *++like);
    else
      append_literal (pattern, *like);
  return g_string_free (pattern, FALSE);
}

char *
orm_pattern_from_prefix (const char *prefix)
{
  GString *pattern = g_string_new (NULL);

  for (; *prefix != '\0'; prefix++)
    append_literal (pattern, *prefix);
  g_string_append_c (pattern, '*');
  return g_string_free (pattern, FALSE);
}
