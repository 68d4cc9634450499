/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-command-line"

#include "octavo-suggestion.h"

#include <string.h>

#define MAX_LENGTH        32 /* bytes: names are shorter, and longer words are no names mistyped */
#define LETTERS_A_MISTAKE 3  /* of so many letters one may be wrong */
#define MIN_BEGINNING     3

/* How many letters are wrong, missing, too many, or changed places with the next (which is one mistake). */
static guint
count_mistakes (const char *word, gsize length, const char *name, gsize name_length)
{
  guint rows[3][MAX_LENGTH + 1];
  guint *before = rows[0], *last = rows[1], *row = rows[2];

  for (gsize j = 0; j <= name_length; j++)
    last[j] = (guint) j;

  for (gsize i = 1; i <= length; i++)
    {
      guint *spare = before;

      row[0] = (guint) i;
      for (gsize j = 1; j <= name_length; j++)
        {
          guint same = word[i - 1] == name[j - 1] ? 0 : 1;

          row[j] = MIN (last[j - 1] + same, MIN (last[j], row[j - 1]) + 1);
          if (i > 1 && j > 1 && word[i - 1] == name[j - 2] && word[i - 2] == name[j - 1])
            row[j] = MIN (row[j], before[j - 2] + 1);
        }
      before = last;
      last = row;
      row = spare;
    }

  return last[name_length];
}

/**
 * octavo_suggestion_find:
 * @word: what was typed, any bytes
 * @names: (array zero-terminated=1): what could have been
 *
 * Finds the only name that begins so, or else the one that is nearest, with few letters wrong.
 *
 * Returns: (nullable): one of @names; %NULL: none is like it
 */
const char *
octavo_suggestion_find (const char *word, const char *const *names)
{
  gsize length = strlen (word);
  g_autofree char *folded = g_ascii_strdown (word, -1);
  const char *nearest = NULL;
  const char *beginning = NULL;
  guint n_beginnings = 0;
  guint fewest = G_MAXUINT;

  if (length > MAX_LENGTH)
    return NULL;

  for (gsize i = 0; names[i] != NULL; i++)
    {
      gsize name_length = strlen (names[i]);
      guint n_mistakes = G_MAXUINT;

      g_return_val_if_fail (name_length <= MAX_LENGTH, NULL);

      n_mistakes = count_mistakes (folded, length, names[i], name_length);
      if (n_mistakes < fewest && n_mistakes * LETTERS_A_MISTAKE <= MAX (length, name_length))
        {
          fewest = n_mistakes;
          nearest = names[i];
        }
      if (length >= MIN_BEGINNING && g_str_has_prefix (names[i], folded))
        {
          beginning = names[i];
          n_beginnings++;
        }
    }

  return n_beginnings == 1 ? beginning : nearest;
}
