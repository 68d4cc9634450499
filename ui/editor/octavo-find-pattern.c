/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include "octavo-find-pattern.h"

#include "octavo-query.h"

#include <glib/gi18n-lib.h>

/* What a person types to be found is a GRegex, escaped or not. What a search of all notes looked for is found as the
 * rows of the list find it: by the query itself. */
struct _OctavoFindPattern
{
  GRegex *regex;      /* NULL: a query */
  gboolean is_plain;  /* what replaces a hit is to be taken as it is */
  OctavoQuery *query; /* NULL: a regex */
};

/* Turns bytes into characters, going on from the last place. */
typedef struct
{
  const char *text;
  const char *place; /* up to here characters were counted */
  guint n_chars;
} Counter;

static guint
count_to (Counter *counter, gsize byte)
{
  const char *place = counter->text + byte;

  counter->n_chars += (guint) g_utf8_strlen (counter->place, place - counter->place);
  counter->place = place;
  return counter->n_chars;
}

static void
add_hit (GArray *hits, Counter *counter, gsize start, gsize end)
{
  OctavoFindHit hit;

  hit.start = count_to (counter, start);
  hit.end = count_to (counter, end);
  g_array_append_val (hits, hit);
}

/* What a person can do about it; GRegex counts on that one knows what it is. */
static char *
describe (const GError *error)
{
  switch (error->code)
    {
    case G_REGEX_ERROR_UNMATCHED_PARENTHESIS:
    case G_REGEX_ERROR_MISSING_SUBPATTERN_NAME_TERMINATOR:
      return g_strdup (_ ("Each “(” needs a “)”."));
    case G_REGEX_ERROR_UNTERMINATED_CHARACTER_CLASS:
      return g_strdup (_ ("Each “[” needs a “]”."));
    case G_REGEX_ERROR_NOTHING_TO_REPEAT:
      return g_strdup (_ ("“*”, “+” and “?” repeat what stands before them: nothing does."));
    case G_REGEX_ERROR_STRAY_BACKSLASH:
      return g_strdup (_ ("Something has to follow the “\\”. For the sign itself type two."));
    case G_REGEX_ERROR_INEXISTENT_SUBPATTERN_REFERENCE:
      return g_strdup (_ ("There are not as many “( )” as are referred to."));
    default:
      /* Translators: the part in parentheses comes from the library that reads regular expressions. */
      return g_strdup_printf (_ ("This is no regular expression (%s)."), error->message);
    }
}

static OctavoFindPattern *
pattern_new (GRegex *regex, gboolean is_plain, OctavoQuery *query)
{
  OctavoFindPattern *self = g_atomic_rc_box_new0 (OctavoFindPattern);

  self->regex = regex;
  self->is_plain = is_plain;
  self->query = query;
  return self;
}

/**
 * octavo_find_pattern_new:
 * @text: what to look for, not empty
 * @flags: how
 * @error: why a regular expression is none, in words for a person
 *
 * Returns: (transfer full) (nullable): the pattern
 */
OctavoFindPattern *
octavo_find_pattern_new (const char *text, OctavoFindFlags flags, GError **error)
{
  GRegexCompileFlags compile = G_REGEX_MULTILINE | G_REGEX_OPTIMIZE | G_REGEX_NEWLINE_ANYCRLF;
  gboolean is_plain = (flags & OCTAVO_FIND_REGEX) == 0;
  g_autofree char *escaped = is_plain ? g_regex_escape_string (text, -1) : g_strdup (text);
  g_autoptr (GError) wrong = NULL;
  g_autoptr (GRegex) regex = NULL;

  if ((flags & OCTAVO_FIND_CASE) == 0)
    compile |= G_REGEX_CASELESS;
  /* First as it was typed: what is put around it would make other mistakes of its mistakes. */
  regex = g_regex_new (escaped, compile, 0, &wrong);
  if (regex != NULL && (flags & OCTAVO_FIND_WORD) != 0)
    {
      g_autofree char *whole = g_strdup_printf ("(?<!\\w)(?:%s)(?!\\w)", escaped);

      g_clear_pointer (&regex, g_regex_unref);
      regex = g_regex_new (whole, compile, 0, &wrong);
    }
  if (regex == NULL)
    {
      g_autofree char *message = describe (wrong);

      g_set_error_literal (error, G_REGEX_ERROR, wrong->code, message);
      return NULL;
    }
  return pattern_new (g_steal_pointer (&regex), is_plain, NULL);
}

/**
 * octavo_find_pattern_new_for_query:
 * @query: a search of all notes
 *
 * Returns: (transfer full) (nullable): what finds the words and phrases of the query; %NULL where it has none to be
 *   found in a text
 */
OctavoFindPattern *
octavo_find_pattern_new_for_query (const char *query)
{
  g_autoptr (OctavoQuery) parsed = octavo_query_new (query);

  if (!octavo_query_can_hit (parsed, "body"))
    return NULL;
  return pattern_new (NULL, TRUE, g_steal_pointer (&parsed));
}

/**
 * octavo_find_pattern_ref:
 * @self: a pattern
 *
 * Returns: (transfer full): the pattern
 */
OctavoFindPattern *
octavo_find_pattern_ref (OctavoFindPattern *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
pattern_clear (gpointer data)
{
  OctavoFindPattern *self = data;

  g_clear_pointer (&self->regex, g_regex_unref);
  g_clear_pointer (&self->query, octavo_query_unref);
}

/**
 * octavo_find_pattern_unref:
 * @self: a pattern
 */
void
octavo_find_pattern_unref (OctavoFindPattern *self)
{
  g_atomic_rc_box_release_full (self, pattern_clear);
}

/**
 * octavo_find_pattern_is_quick:
 * @self: a pattern
 *
 * Returns: whether the time it takes follows from how long the text is; a regular expression can take any
 */
gboolean
octavo_find_pattern_is_quick (OctavoFindPattern *self)
{
  return self->is_plain;
}

static GArray *
find_query (OctavoFindPattern *self, const char *text)
{
  g_autoptr (GArray) found = octavo_query_find_hits (self->query, "body", text, G_MAXSIZE);
  GArray *hits = g_array_sized_new (FALSE, FALSE, sizeof (OctavoFindHit), found->len);
  Counter counter = { text, text, 0 };

  for (guint i = 0; i < found->len; i++)
    {
      const OctavoHit *hit = &g_array_index (found, OctavoHit, i);

      if (hit->start < hit->end)
        add_hit (hits, &counter, hit->start, hit->end);
    }
  return hits;
}

static gboolean
add_replacement (GPtrArray *replacements, GMatchInfo *match, const char *replacement, gboolean is_plain, GError **error)
{
  char *text = is_plain ? g_strdup (replacement) : g_match_info_expand_references (match, replacement, error);

  if (text == NULL)
    return FALSE;
  g_ptr_array_add (replacements, text);
  return TRUE;
}

/* replacements: NULL: they are not asked for */
static GArray *
find_regex (OctavoFindPattern *self,
            const char *text,
            const char *replacement,
            GPtrArray *replacements,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (OctavoFindHit));
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GError) wrong = NULL;
  Counter counter = { text, text, 0 };
  int after = 0;

  for (gboolean is_hit = g_regex_match_full (self->regex, text, -1, 0, 0, &match, &wrong); is_hit;
       is_hit = g_match_info_next (match, &wrong))
    {
      int start, end;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      /* There is nothing to mark in what is empty; \K can make a hit begin before the last one ended. */
      if (!g_match_info_fetch_pos (match, 0, &start, &end) || start >= end || start < after)
        continue;
      add_hit (hits, &counter, (gsize) start, (gsize) end);
      after = end;
      if (replacements != NULL && !add_replacement (replacements, match, replacement, self->is_plain, error))
        return NULL;
    }
  if (wrong != NULL)
    {
      g_set_error_literal (error, G_REGEX_ERROR, wrong->code,
                           _ ("This regular expression takes too long. A simpler one may do."));
      return NULL;
    }
  return g_steal_pointer (&hits);
}

/**
 * octavo_find_pattern_find:
 * @self: a pattern
 * @text: a text
 * @cancellable: (nullable): ends it
 * @error: that it was ended, or takes too long
 *
 * Finds all hits in a text. Any thread.
 *
 * Returns: (transfer full) (element-type OctavoFindHit) (nullable): the hits, in order, none of them empty, none
 *   overlapping
 */
GArray *
octavo_find_pattern_find (OctavoFindPattern *self, const char *text, GCancellable *cancellable, GError **error)
{
  return self->query != NULL ? find_query (self, text) : find_regex (self, text, NULL, NULL, cancellable, error);
}

/**
 * octavo_find_pattern_check:
 * @self: a pattern, no query
 * @replacement: what is to replace hits
 * @error: why it cannot, in words for a person
 *
 * Returns: whether it can
 */
gboolean
octavo_find_pattern_check (OctavoFindPattern *self, const char *replacement, GError **error)
{
  if (self->is_plain || g_regex_check_replacement (replacement, NULL, NULL))
    return TRUE;
  g_set_error_literal (
      error, G_REGEX_ERROR, G_REGEX_ERROR_REPLACE,
      _ ("Only “\\1”, “\\2” … may follow a “\\” here, for what is in “( )”. For the sign itself type two."));
  return FALSE;
}

/**
 * octavo_find_pattern_find_replacements:
 * @self: a pattern, no query
 * @text: a text
 * @replacement: what is to replace hits, with references where it is a regular expression
 * @replacements: (element-type utf8): an empty array that owns its strings, which gets what each hit is to become
 * @error: what is wrong with either
 *
 * Returns: (transfer full) (element-type OctavoFindHit) (nullable): all hits
 */
GArray *
octavo_find_pattern_find_replacements (OctavoFindPattern *self,
                                       const char *text,
                                       const char *replacement,
                                       GPtrArray *replacements,
                                       GError **error)
{
  g_return_val_if_fail (self->regex != NULL, NULL);

  if (!octavo_find_pattern_check (self, replacement, error))
    return NULL;
  return find_regex (self, text, replacement, replacements, NULL, error);
}

/**
 * octavo_find_pattern_replace_one:
 * @self: a pattern, no query
 * @text: a text
 * @start: the first character of a hit in it
 * @replacement: what is to replace it
 * @error: what is wrong with either
 *
 * Returns: (transfer full) (nullable): what the hit is to become; %NULL without an error where there is none
 */
char *
octavo_find_pattern_replace_one (OctavoFindPattern *self,
                                 const char *text,
                                 guint start,
                                 const char *replacement,
                                 GError **error)
{
  g_autoptr (GPtrArray) replacements = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GMatchInfo) match = NULL;
  int byte;

  g_return_val_if_fail (self->regex != NULL, NULL);

  if (!octavo_find_pattern_check (self, replacement, error))
    return NULL;
  byte = (int) (g_utf8_offset_to_pointer (text, start) - text);
  if (!g_regex_match_full (self->regex, text, -1, byte, G_REGEX_MATCH_ANCHORED, &match, error) ||
      !add_replacement (replacements, match, replacement, self->is_plain, error))
    return NULL;
  return g_ptr_array_steal_index (replacements, 0);
}
