/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference.h"

#include <string.h>

void
reference_note_free (ReferenceNote *self)
{
  g_free (self->title);
  g_free (self->aliases);
  g_free (self->body);
  g_ptr_array_unref (self->tags);
  g_free (self);
}

/* Decompose, drop accents, lower the case, compose what is left: with the whole text at once, as the words say. */
static char *
fold (const char *text)
{
  g_autofree char *decomposed = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  g_autofree char *lower = NULL;
  g_autoptr (GString) bare = g_string_new (NULL);

  for (const char *c = decomposed; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (character < 0x300 || character > 0x36F)
        g_string_append_unichar (bare, character);
    }
  lower = g_utf8_casefold (bare->str, -1);
  return g_utf8_normalize (lower, -1, G_NORMALIZE_NFC);
}

/* Whether a character is one of a word that white space ends. */
static gboolean
joins_words (gunichar c)
{
  switch (g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_HANGUL:
    case G_UNICODE_SCRIPT_THAI:
      return FALSE;
    default:
      return g_unichar_isalnum (c);
    }
}

static gboolean
has_text (const char *folded, const OctavoNode *node)
{
  gsize length = strlen (node->text);

  for (const char *c = folded; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar before = c > folded ? g_utf8_get_char (g_utf8_prev_char (c)) : ' ';
      gunichar first = g_utf8_get_char (c), last, after;

      if (strncmp (c, node->text, length) != 0)
        continue;
      last = g_utf8_get_char (g_utf8_prev_char (c + length));
      after = g_utf8_get_char (c + length);
      if (node->at_start && joins_words (before) && joins_words (first))
        continue;
      if (node->at_end && joins_words (last) && after != 0 && joins_words (after))
        continue;
      return TRUE;
    }
  return FALSE;
}

static gboolean
has_text_unfolded (const char *text, const OctavoNode *node)
{
  g_autofree char *folded = fold (text);

  return has_text (folded, node);
}

static gboolean
matches_text (const ReferenceNote *note, const OctavoNode *node, gboolean titles_only)
{
  g_autofree char *titles = g_strconcat (note->title, "\n", note->aliases, NULL);

  if (node->field != OCTAVO_FIELD_BODY && has_text_unfolded (titles, node))
    return TRUE;
  if (node->field != OCTAVO_FIELD_TITLE && (!titles_only || node->field == OCTAVO_FIELD_BODY) &&
      has_text_unfolded (note->body, node))
    return TRUE;
  for (guint i = 0; node->field == OCTAVO_FIELD_ANY && !titles_only && i < note->tags->len; i++)
    if (has_text_unfolded (g_ptr_array_index (note->tags, i), node))
      return TRUE;
  return FALSE;
}

static gboolean
is_tag_or_child (const char *tag, const char *parent, gboolean is_start)
{
  g_autofree char *folded = fold (tag);
  g_autofree char *folder = g_strconcat (parent, "/", NULL);

  return strcmp (parent, "*") == 0 || strcmp (folded, parent) == 0 || g_str_has_prefix (folded, folder) ||
         (is_start && g_str_has_prefix (folded, parent));
}

static gboolean
has_tag (const ReferenceNote *note, const char *parent, gboolean is_start)
{
  for (guint i = 0; i < note->tags->len; i++)
    if (is_tag_or_child (g_ptr_array_index (note->tags, i), parent, is_start))
      return TRUE;
  return FALSE;
}

/* Dates are compared as the texts they are written as: "2026-11" is all that starts so. */
static gboolean
in_point (const OctavoDatePoint *point, const char *date, gboolean not_before, gboolean not_after)
{
  g_autofree char *text = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) past = NULL;
  int order;

  if (point->unit == OCTAVO_DATE_NONE)
    return TRUE;
  if (point->is_relative && point->unit == OCTAVO_DATE_DAY)
    {
      past = g_date_time_add_days (now, -point->n_back);
      text = g_date_time_format (past, "%Y-%m-%d");
    }
  else if (point->is_relative && point->unit == OCTAVO_DATE_YEAR)
    text = g_strdup_printf ("%04d", g_date_time_get_year (now) - point->n_back);
  else if (point->unit == OCTAVO_DATE_YEAR)
    text = g_strdup_printf ("%04d", point->year);
  else if (point->unit == OCTAVO_DATE_MONTH)
    text = g_strdup_printf ("%04d-%02d", point->year, point->month);
  else
    text = g_strdup_printf ("%04d-%02d-%02d", point->year, point->month, point->day);
  order = strncmp (date, text, strlen (text));
  return (!not_before || order >= 0) && (!not_after || order <= 0);
}

static gboolean
in_range (gint64 time, const OctavoDateRange *range)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_local (time / G_USEC_PER_SEC);
  g_autofree char *date = g_date_time_format (moment, "%Y-%m-%d");

  if (range->after_first && in_point (&range->first, date, FALSE, TRUE))
    return FALSE;
  if (range->before_last && in_point (&range->last, date, TRUE, FALSE))
    return FALSE;
  return in_point (&range->first, date, TRUE, FALSE) && in_point (&range->last, date, FALSE, TRUE);
}

static gboolean
has (const ReferenceNote *note, const char *pattern)
{
  return g_regex_match_simple (pattern, note->body, G_REGEX_MULTILINE, 0);
}

static gboolean
is (const ReferenceNote *note, OctavoIs is)
{
  gboolean open = has (note, "^[ \\t>]*([-*+]|[0-9]+[.)])[ \\t]+\\[ \\](\\s|$)");
  gboolean ticked = has (note, "^[ \\t>]*([-*+]|[0-9]+[.)])[ \\t]+\\[[xX]\\](\\s|$)");

  switch (is)
    {
    case OCTAVO_IS_PINNED:
      return note->pinned;
    case OCTAVO_IS_TRASHED:
      return note->trashed != 0;
    case OCTAVO_IS_UNTAGGED:
      return note->tags->len == 0;
    case OCTAVO_IS_TODO:
      return open;
    case OCTAVO_IS_DONE:
      return ticked && !open;
    case OCTAVO_HAS_CHECKLIST:
      return ticked || open;
    case OCTAVO_HAS_LINK:
    default:
      return has (note, "\\[\\[[^\\]].*\\]\\]|[a-zA-Z0-9]://|\\[.*\\]\\([^)]");
    }
}

static gboolean
matches (const ReferenceNote *note, const char *const *users, const OctavoNode *node, gboolean titles_only)
{
  switch (node->kind)
    {
    case OCTAVO_NODE_AND:
      for (guint i = 0; i < node->children->len; i++)
        if (!matches (note, users, g_ptr_array_index (node->children, i), titles_only))
          return FALSE;
      return TRUE;
    case OCTAVO_NODE_OR:
      for (guint i = 0; i < node->children->len; i++)
        if (matches (note, users, g_ptr_array_index (node->children, i), titles_only))
          return TRUE;
      return FALSE;
    case OCTAVO_NODE_NOT:
      return !matches (note, users, g_ptr_array_index (node->children, 0), FALSE);
    case OCTAVO_NODE_TEXT:
      return matches_text (note, node, titles_only);
    case OCTAVO_NODE_TAG:
      return has_tag (note, node->text, node->is_start);
    case OCTAVO_NODE_USER:
      {
        g_autofree char *name = fold (users[note->user_id - 1]);
        g_auto (GStrv) words = g_strsplit (name, " ", -1);

        return strcmp (node->text, "*") == 0 || strcmp (node->text, name) == 0 ||
               g_strv_contains ((const char *const *) words, node->text);
      }
    case OCTAVO_NODE_CREATED:
      return in_range (note->created, &node->range);
    case OCTAVO_NODE_UPDATED:
      return in_range (note->updated, &node->range);
    case OCTAVO_NODE_IS:
    default:
      return is (note, node->is);
    }
}

static gboolean
in_scope (const ReferenceNote *note, const OctavoScope *scope, const char *scope_tag, gboolean wants_trash)
{
  g_autofree char *folded = fold (scope_tag != NULL ? scope_tag : "");

  if (scope->user_id != 0 && note->user_id != scope->user_id)
    return FALSE;
  if (scope->place == OCTAVO_PLACE_TRASH)
    return note->trashed != 0;
  if (note->trashed != 0 && !wants_trash)
    return FALSE;
  if (scope->place == OCTAVO_PLACE_UNTAGGED)
    return note->tags->len == 0;
  return scope->place != OCTAVO_PLACE_TAG || has_tag (note, folded, FALSE);
}

static gboolean
asks_titles (const OctavoNode *node)
{
  if (node->kind == OCTAVO_NODE_TEXT)
    return node->field != OCTAVO_FIELD_BODY;
  for (guint i = 0; node->children != NULL && node->kind != OCTAVO_NODE_NOT && i < node->children->len; i++)
    if (asks_titles (g_ptr_array_index (node->children, i)))
      return TRUE;
  return FALSE;
}

typedef struct
{
  const ReferenceNote *note;
  gboolean in_title;
  OctavoSort sort;
} Found;

static int
compare_found (gconstpointer a, gconstpointer b)
{
  const Found *x = a, *y = b;
  gint64 x_time = x->sort == OCTAVO_SORT_CREATED ? x->note->created : x->note->updated;
  gint64 y_time = y->sort == OCTAVO_SORT_CREATED ? y->note->created : y->note->updated;

  if (x->in_title != y->in_title)
    return x->in_title ? -1 : 1;
  if (x->note->pinned != y->note->pinned)
    return x->note->pinned ? -1 : 1;
  if (x->sort == OCTAVO_SORT_TITLE)
    {
      g_autofree char *x_title = g_utf8_casefold (x->note->title, -1);
      g_autofree char *y_title = g_utf8_casefold (y->note->title, -1);
      int order = g_utf8_collate (x_title, y_title);

      return order != 0 ? order : x->note->id < y->note->id ? -1 : 1;
    }
  if (x_time != y_time)
    return x_time > y_time ? -1 : 1;
  return x->note->id > y->note->id ? -1 : 1;
}

GArray *
reference_run (GPtrArray *notes,
               const char *const *users,
               OctavoQuery *query,
               const OctavoScope *scope,
               const char *scope_tag,
               OctavoSort sort)
{
  const OctavoNode *root = octavo_query_get_root (query);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Found));
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < notes->len; i++)
    {
      const ReferenceNote *note = g_ptr_array_index (notes, i);
      Found row = { note, FALSE, sort };

      if (!in_scope (note, scope, scope_tag, octavo_query_wants_trash (query)) ||
          (root != NULL && !matches (note, users, root, FALSE)))
        continue;
      if (root != NULL && sort == OCTAVO_SORT_UPDATED && asks_titles (root))
        row.in_title = matches (note, users, root, TRUE);
      g_array_append_val (found, row);
    }
  g_array_sort (found, compare_found);
  for (guint i = 0; i < found->len; i++)
    g_array_append_val (ids, g_array_index (found, Found, i).note->id);
  return ids;
}
