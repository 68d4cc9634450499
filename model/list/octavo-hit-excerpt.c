/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-hit-excerpt.h"

#include "octavo-excerpt.h"

#include <string.h>

#define LEAD  60    /* characters before the hit, at most: a line that begins there begins the excerpt */
#define SLICE 1200  /* bytes that an excerpt is made of */
#define CHUNK 32768 /* bytes that are looked through at once: to fold a text takes three times its size */

/* Whole lines, where they are not too long: words that are asked for as one stand in one line as a rule. */
static const char *
end_chunk (const char *start)
{
  gsize length = strnlen (start, 2 * CHUNK);
  const char *line_end;

  if (length <= CHUNK)
    return start + length;
  line_end = memchr (start + CHUNK, '\n', length - CHUNK);
  if (line_end != NULL)
    return line_end + 1;
  return length < 2 * CHUNK ? start + length : g_utf8_find_prev_char (start, start + length);
}

static gboolean
find_first (OctavoQuery *query, const char *text, OctavoHit *hit)
{
  g_autoptr (GArray) hits = octavo_query_find_hits (query, "body", text, 1);

  if (hits->len > 0)
    *hit = g_array_index (hits, OctavoHit, 0);
  return hits->len > 0;
}

/* The start of the line, or of a word, that is not far before the hit. */
static const char *
find_start (const char *body, const char *hit)
{
  const char *start = hit;

  for (guint i = 0; i < LEAD && start > body; i++)
    {
      const char *before = g_utf8_prev_char (start);

      if (*before == '\n')
        return start;
      start = before;
    }
  if (start == body)
    return start;
  for (const char *next = start; next < hit; next = g_utf8_next_char (next))
    if (g_unichar_isspace (g_utf8_get_char (next)))
      return g_utf8_next_char (next);
  return start;
}

/* As it stands there, for what is a hit in a mark: the target of a link, front matter. */
static char *
squeeze (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \t\r\n", -1);
  GString *squeezed = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_string_append_printf (squeezed, "%s%s", squeezed->len > 0 ? " " : "", words[i]);
  return g_string_free (squeezed, FALSE);
}

static char *
make (OctavoQuery *query, const char *body, const char *hit)
{
  const char *start = find_start (body, hit);
  gsize length = strnlen (start, SLICE);
  g_autofree char *slice = NULL;
  g_autofree char *words = NULL;
  OctavoHit found;

  if (start[length] != '\0')
    length = (gsize) (g_utf8_find_prev_char (start, start + length) - start);
  slice = g_strndup (start, length);
  words = octavo_excerpt_new (slice, NULL);
  if (!find_first (query, words, &found))
    {
      g_free (words);
      words = squeeze (slice);
    }
  return start > body ? g_strconcat ("…", words, NULL) : g_steal_pointer (&words);
}

/**
 * octavo_hit_excerpt_new:
 * @query: a query
 * @body: a Markdown text
 * @deadline: when to stop looking, in the time of g_get_monotonic_time(); 0: never. The start of a text is looked
 *   through in any case
 * @gave_up: (out): whether it stopped before the end
 *
 * Makes one line of plain words around the first hit of a query in a text. Any thread.
 *
 * Returns: (transfer full) (nullable): the line, with an ellipsis in front where it is not the start of the text; %NULL
 * where there is no hit, or time was up
 */
char *
octavo_hit_excerpt_new (OctavoQuery *query, const char *body, gint64 deadline, gboolean *gave_up)
{
  g_return_val_if_fail (query != NULL && body != NULL && gave_up != NULL, NULL);

  *gave_up = FALSE;
  for (const char *start = body; *start != '\0'; start = end_chunk (start))
    {
      g_autofree char *chunk = NULL;
      OctavoHit hit;

      if (start > body && deadline != 0 && g_get_monotonic_time () > deadline)
        {
          *gave_up = TRUE;
          return NULL;
        }
      chunk = g_strndup (start, (gsize) (end_chunk (start) - start));
      if (find_first (query, chunk, &hit))
        return make (query, body, start + hit.start);
    }
  return NULL;
}
