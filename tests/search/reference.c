/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-fold.h"
#include "reference-private.h"

#include <string.h>

static gboolean asks_the_engine;

void
reference_share_letters (void)
{
  asks_the_engine = TRUE;
}

/* Decompose, drop accents, lower the case, compose what is left: with the whole text at once, as the words say. */
char *
reference_fold (const char *text)
{
  g_autofree char *decomposed = asks_the_engine ? NULL : g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  g_autofree char *lower = NULL;
  g_autoptr (GString) bare = NULL;

  if (asks_the_engine)
    return octavo_fold_string (text);
  bare = g_string_new (NULL);
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
  if (asks_the_engine)
    return octavo_class_of (c) == OCTAVO_CLASS_WORD;
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

guint
reference_count_text (const char *folded, const OctavoNode *node, guint max)
{
  gsize length = strlen (node->text);
  const char *from = folded, *c;
  guint n = 0;

  while (n < max && (c = strstr (from, node->text)) != NULL)
    {
      gunichar before = c > folded ? g_utf8_get_char (g_utf8_prev_char (c)) : ' ';
      gunichar first = g_utf8_get_char (c);
      gunichar last = g_utf8_get_char (g_utf8_prev_char (c + length));
      gunichar after = g_utf8_get_char (c + length);

      from = g_utf8_next_char (c);
      if (node->at_start && joins_words (before) && joins_words (first))
        continue;
      if (node->at_end && joins_words (last) && after != 0 && joins_words (after))
        continue;
      from = c + length;
      n++;
    }
  return n;
}

static gboolean
has_text (const char *folded, const OctavoNode *node)
{
  return reference_count_text (folded, node, 1) > 0;
}

static gboolean
has (const char *text, const char *pattern)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_MULTILINE | G_REGEX_RAW | G_REGEX_NEWLINE_LF, 0, NULL);

  return g_regex_match (regex, text, 0, NULL);
}

static char *
date_of (gint64 time)
{
  /* downwards, before 1970 as well */
  gint64 seconds = time / G_USEC_PER_SEC - (time % G_USEC_PER_SEC < 0);
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_local (seconds);

  return g_date_time_format (moment, "%Y-%m-%d");
}

static void
prepare_texts (ReferenceNote *self)
{
  g_autofree char *titles = g_strconcat (self->title, "\n", self->aliases, NULL);
  g_autofree char *valid = g_utf8_make_valid (self->title, -1);
  g_autofree char *folded_title = g_utf8_casefold (valid, -1);

  self->folded_titles = reference_fold (titles);
  self->folded_body = reference_fold (self->body);
  self->title_key = g_utf8_collate_key (folded_title, -1);
  self->has_open = has (self->body, "^[ \\t>]*([-*+]|[0-9]+[.)])[ \\t]+\\[ \\]([ \\t\\n\\f\\r]|$)");
  self->has_ticked = has (self->body, "^[ \\t>]*([-*+]|[0-9]+[.)])[ \\t]+\\[[xX]\\]([ \\t\\n\\f\\r]|$)");
  self->has_link =
      has (self->body, "\\[\\[[^\\]\\n].*\\]\\]|[a-zA-Z0-9]://|\\[.*\\]\\([^)\\n]|<[mM][aA][iI][lL][tT][oO]:.");
}

/* What is asked of a note again and again is kept. */
static void
prepare (ReferenceNote *self)
{
  if (self->folded_body == NULL)
    prepare_texts (self);
  if (self->folded_tags == NULL)
    {
      self->folded_tags = g_ptr_array_new_with_free_func (g_free);
      for (guint i = 0; i < self->tags->len; i++)
        g_ptr_array_add (self->folded_tags, reference_fold (g_ptr_array_index (self->tags, i)));
    }
  if (self->created_date == NULL)
    self->created_date = date_of (self->created);
  if (self->updated_date == NULL)
    self->updated_date = date_of (self->updated);
}

void
reference_note_free (ReferenceNote *self)
{
  g_free (self->title);
  g_free (self->aliases);
  g_free (self->body);
  g_ptr_array_unref (self->tags);
  g_free (self->folded_titles);
  g_free (self->folded_body);
  g_free (self->title_key);
  g_clear_pointer (&self->folded_tags, g_ptr_array_unref);
  g_free (self->created_date);
  g_free (self->updated_date);
  g_free (self);
}

static gboolean
matches_text (const ReferenceNote *note, const OctavoNode *node, gboolean titles_only)
{
  if (node->field != OCTAVO_FIELD_BODY && has_text (note->folded_titles, node))
    return TRUE;
  if (node->field != OCTAVO_FIELD_TITLE && (!titles_only || node->field == OCTAVO_FIELD_BODY) &&
      has_text (note->folded_body, node))
    return TRUE;
  for (guint i = 0; node->field == OCTAVO_FIELD_ANY && !titles_only && i < note->folded_tags->len; i++)
    if (has_text (g_ptr_array_index (note->folded_tags, i), node))
      return TRUE;
  return FALSE;
}

static gboolean
is_tag_or_child (const char *folded, const char *parent, gboolean is_start)
{
  gsize length = strlen (parent);

  return strcmp (parent, "*") == 0 || strcmp (folded, parent) == 0 ||
         (g_str_has_prefix (folded, parent) && (is_start || folded[length] == '/'));
}

static gboolean
has_tag (const ReferenceNote *note, const char *parent, gboolean is_start)
{
  for (guint i = 0; i < note->folded_tags->len; i++)
    if (is_tag_or_child (g_ptr_array_index (note->folded_tags, i), parent, is_start))
      return TRUE;
  return FALSE;
}

/* Dates are compared as the texts they are written as: "2026-11" is all that starts so. A week is its first day. */
static char *
point_to_text (const OctavoDatePoint *point)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) past = NULL;

  if (!point->is_relative)
    return point->unit == OCTAVO_DATE_YEAR ? g_strdup_printf ("%04d", point->year)
           : point->unit == OCTAVO_DATE_MONTH
               ? g_strdup_printf ("%04d-%02d", point->year, point->month)
               : g_strdup_printf ("%04d-%02d-%02d", point->year, point->month, point->day);
  if (point->unit == OCTAVO_DATE_YEAR)
    return g_strdup_printf ("%04d", g_date_time_get_year (now) - point->n_back);
  if (point->unit == OCTAVO_DATE_MONTH)
    {
      int months = g_date_time_get_year (now) * 12 + g_date_time_get_month (now) - 1 - point->n_back;

      return g_strdup_printf ("%04d-%02d", months / 12, months % 12 + 1);
    }
  if (point->unit == OCTAVO_DATE_WEEK)
    past = g_date_time_add_days (now, 1 - g_date_time_get_day_of_week (now) - 7 * point->n_back);
  else
    past = g_date_time_add_days (now, -point->n_back);
  return g_date_time_format (past, "%Y-%m-%d");
}

/* How a date stands to a point: before it, in it, after it. */
static int
compare_to_point (const char *date, const OctavoDatePoint *point)
{
  g_autofree char *text = point_to_text (point);
  g_autofree char *end = NULL;

  if (point->unit != OCTAVO_DATE_WEEK || strcmp (date, text) < 0)
    return strncmp (date, text, strlen (text));
  if (point->is_relative)
    {
      OctavoDatePoint next = *point;

      next.n_back--;
      end = point_to_text (&next);
    }
  return end != NULL && strcmp (date, end) >= 0;
}

static gboolean
in_range (const char *date, const OctavoDateRange *range)
{
  if (range->first.unit != OCTAVO_DATE_NONE && compare_to_point (date, &range->first) < (range->after_first ? 1 : 0))
    return FALSE;
  return range->last.unit == OCTAVO_DATE_NONE || compare_to_point (date, &range->last) <= (range->before_last ? -1 : 0);
}

static gboolean
is (const ReferenceNote *note, OctavoIs is)
{
  switch (is)
    {
    case OCTAVO_IS_PINNED:
      return note->pinned;
    case OCTAVO_IS_TRASHED:
      return note->trashed != 0;
    case OCTAVO_IS_UNTAGGED:
      return note->tags->len == 0;
    case OCTAVO_IS_TODO:
      return note->has_open;
    case OCTAVO_IS_DONE:
      return note->has_ticked && !note->has_open;
    case OCTAVO_HAS_CHECKLIST:
      return note->has_ticked || note->has_open;
    case OCTAVO_HAS_LINK:
    default:
      return note->has_link;
    }
}

static gboolean
is_user (const char *name, const OctavoNode *node)
{
  g_autofree char *folded = reference_fold (name);
  OctavoNode words = *node;

  words.at_start = TRUE;
  words.at_end = !node->is_start;
  return strcmp (node->text, "*") == 0 || has_text (folded, &words);
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
      return is_user (users[note->user_id - 1], node);
    case OCTAVO_NODE_CREATED:
      return in_range (note->created_date, &node->range);
    case OCTAVO_NODE_UPDATED:
      return in_range (note->updated_date, &node->range);
    case OCTAVO_NODE_IS:
    default:
      return is (note, node->is);
    }
}

static gboolean
in_scope (const ReferenceNote *note, const OctavoScope *scope, const char *scope_tag, gboolean wants_trash)
{
  g_autofree char *folded = reference_fold (scope_tag != NULL ? scope_tag : "");

  if (scope->user_id != 0 && note->user_id != scope->user_id)
    return FALSE;
  if (scope->place == OCTAVO_PLACE_TRASH)
    return note->trashed != 0;
  if (note->trashed != 0 && !wants_trash)
    return FALSE;
  if (scope->place == OCTAVO_PLACE_UNTAGGED)
    return note->tags->len == 0;
  return scope->place != OCTAVO_PLACE_TAG || (scope_tag != NULL && has_tag (note, folded, FALSE));
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
      int order = strcmp (x->note->title_key, y->note->title_key);

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
      ReferenceNote *note = g_ptr_array_index (notes, i);
      Found row = { note, FALSE, sort };

      prepare (note);
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
