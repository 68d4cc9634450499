/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-search"

#include "octavo-matcher.h"
#include "octavo-query-private.h"

#include <string.h>

struct _OctavoQuery
{
  OctavoNode *root;  /* (nullable) */
  GPtrArray *leaves; /* of the nodes of text, which root owns */
  gboolean was_cut;
  gboolean wants_trash;
};

G_DEFINE_BOXED_TYPE (OctavoQuery, octavo_query, octavo_query_ref, octavo_query_unref)

/* octavo_node_new:
 *
 * Returns: (transfer full): an empty node */
OctavoNode *
octavo_node_new (OctavoNodeKind kind)
{
  OctavoNode *self = g_new0 (OctavoNode, 1);

  self->kind = kind;
  if (kind == OCTAVO_NODE_AND || kind == OCTAVO_NODE_OR || kind == OCTAVO_NODE_NOT)
    self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) octavo_node_free);
  return self;
}

/* octavo_node_free:
 *
 * Frees a node and what is below it. */
void
octavo_node_free (OctavoNode *self)
{
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_free (self->text);
  g_free (self->written);
  g_free (self);
}

static void
print_list (const OctavoNode *self, const char *name, GString *out)
{
  g_string_append_printf (out, "(%s", name);
  for (guint i = 0; i < self->children->len; i++)
    {
      g_string_append_c (out, ' ');
      octavo_node_print (g_ptr_array_index (self->children, i), out);
    }
  g_string_append_c (out, ')');
}

static void
print_text (const OctavoNode *self, const char *field, GString *out)
{
  const char *quote = self->is_phrase ? "\"" : "";
  const char *star = self->is_start ? "*" : "";

  if (field == NULL)
    g_string_append_printf (out, "%s%s%s%s", quote, self->text, quote, star);
  else
    g_string_append_printf (out, "(%s %s%s%s%s)", field, quote, self->text, quote, star);
}

/* octavo_node_print:
 *
 * Appends the tree as nested lists. */
void
octavo_node_print (const OctavoNode *self, GString *out)
{
  static const char *const fields[] = { NULL, "title", "body" };
  static const char *const conditions[] = {
    "(is pinned)", "(is trashed)", "(is untagged)", "(is todo)", "(is done)", "(has link)", "(has checklist)",
  };

  switch (self->kind)
    {
    case OCTAVO_NODE_AND:
      print_list (self, "and", out);
      break;
    case OCTAVO_NODE_OR:
      print_list (self, "or", out);
      break;
    case OCTAVO_NODE_NOT:
      print_list (self, "not", out);
      break;
    case OCTAVO_NODE_TEXT:
      print_text (self, fields[self->field], out);
      break;
    case OCTAVO_NODE_TAG:
      print_text (self, "tag", out);
      break;
    case OCTAVO_NODE_USER:
      print_text (self, "user", out);
      break;
    case OCTAVO_NODE_CREATED:
      g_string_append_printf (out, "(created %s)", self->written);
      break;
    case OCTAVO_NODE_UPDATED:
      g_string_append_printf (out, "(updated %s)", self->written);
      break;
    case OCTAVO_NODE_IS:
      g_string_append (out, conditions[self->is]);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* The text as far as it is looked at: cut where a word starts, or anywhere in a word that is too long by itself. */
static char *
cut_text (const char *text, gboolean *was_cut)
{
  g_autofree char *valid = NULL;
  const char *limit, *cut;
  gsize size = strlen (text);

  *was_cut = FALSE;
  if (!g_utf8_validate (text, size, NULL))
    text = valid = g_utf8_make_valid (text, size);
  limit = text;
  for (guint i = 0; i < OCTAVO_QUERY_MAX_LENGTH && *limit != '\0'; i++)
    limit = g_utf8_next_char (limit);
  if (*limit == '\0')
    return g_strdup (text);
  *was_cut = TRUE;
  cut = limit;
  while (cut > text && !g_unichar_isspace (g_utf8_get_char (cut)))
    cut = g_utf8_prev_char (cut);
  return cut > text ? g_strndup (text, cut - text) : g_strndup (text, limit - text);
}

static void
look_over (OctavoQuery *self, OctavoNode *node, gboolean is_positive)
{
  if (node->kind == OCTAVO_NODE_TEXT)
    {
      node->leaf = self->leaves->len;
      g_ptr_array_add (self->leaves, node);
    }
  if (node->kind == OCTAVO_NODE_IS && node->is == OCTAVO_IS_TRASHED && is_positive)
    self->wants_trash = TRUE;
  for (guint i = 0; node->children != NULL && i < node->children->len; i++)
    look_over (self, g_ptr_array_index (node->children, i), is_positive != (node->kind == OCTAVO_NODE_NOT));
}

/* octavo_query_new:
 * @text: (nullable): what was typed; invalid UTF-8 is mended
 *
 * Parses a query. Whatever is no operator is text to look for: there is no syntax error. Any thread.
 *
 * Returns: (transfer full): the query */
OctavoQuery *
octavo_query_new (const char *text)
{
  OctavoQuery *self = g_atomic_rc_box_new0 (OctavoQuery);
  g_autofree char *cut = cut_text (text != NULL ? text : "", &self->was_cut);

  self->leaves = g_ptr_array_new ();
  self->root = octavo_query_parse (cut);
  if (self->root != NULL)
    look_over (self, self->root, TRUE);
  return self;
}

/* octavo_query_ref:
 *
 * Returns: (transfer full): @self */
OctavoQuery *
octavo_query_ref (OctavoQuery *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_query (gpointer data)
{
  OctavoQuery *self = data;

  g_clear_pointer (&self->root, octavo_node_free);
  g_clear_pointer (&self->leaves, g_ptr_array_unref);
}

/* octavo_query_unref:
 *
 * Lets go of @self. */
void
octavo_query_unref (OctavoQuery *self)
{
  g_atomic_rc_box_release_full (self, clear_query);
}

/* octavo_query_is_empty:
 *
 * Returns: whether it asks for nothing, so that every note of a scope is found */
gboolean
octavo_query_is_empty (OctavoQuery *self)
{
  return self->root == NULL;
}

/* octavo_query_was_cut:
 *
 * Returns: whether only the first thousand characters or so are looked at */
gboolean
octavo_query_was_cut (OctavoQuery *self)
{
  return self->was_cut;
}

/* octavo_query_to_string:
 *
 * Prints the tree, folded texts in it: (and bell (not (tag work))). Nothing: ().
 *
 * Returns: (transfer full): the tree as nested lists */
char *
octavo_query_to_string (OctavoQuery *self)
{
  GString *out = g_string_new (NULL);

  if (self->root != NULL)
    octavo_node_print (self->root, out);
  else
    g_string_append (out, "()");
  return g_string_free (out, FALSE);
}

/* octavo_query_get_root:
 *
 * Returns: (nullable) (transfer none): the tree */
const OctavoNode *
octavo_query_get_root (OctavoQuery *self)
{
  return self->root;
}

/* octavo_query_get_leaves:
 *
 * Returns: (element-type OctavoNode) (transfer none): the nodes of text, by their numbers */
GPtrArray *
octavo_query_get_leaves (OctavoQuery *self)
{
  return self->leaves;
}

/* octavo_query_wants_trash:
 *
 * Returns: whether it asks for trashed notes */
gboolean
octavo_query_wants_trash (OctavoQuery *self)
{
  return self->wants_trash;
}

typedef struct
{
  OctavoNode text; /* borrows its strings */
  gsize start;
  gsize end;
} Needle;

static void
collect_needles (const OctavoNode *node, const char *field, GArray *needles)
{
  Needle needle = { .text = *node };
  gboolean wanted = FALSE;

  if (node->kind == OCTAVO_NODE_TEXT)
    wanted = node->field == OCTAVO_FIELD_ANY || (node->field == OCTAVO_FIELD_TITLE && strcmp (field, "title") == 0) ||
             (node->field == OCTAVO_FIELD_BODY && strcmp (field, "body") == 0);
  else if (node->kind == OCTAVO_NODE_TAG)
    wanted = strcmp (field, "tag") == 0 && strcmp (node->text, "*") != 0;
  if (wanted)
    g_array_append_val (needles, needle);
  for (guint i = 0; node->children != NULL && node->kind != OCTAVO_NODE_NOT && i < node->children->len; i++)
    collect_needles (g_ptr_array_index (node->children, i), field, needles);
}

/* Moves a needle to its next hit at or after from; drops it where there is none. */
static gboolean
advance (Needle *needle, const OctavoFolded *folded, gsize from)
{
  if (needle->text.kind == OCTAVO_NODE_TAG)
    {
      /* A tag is asked for by its name from the start on. */
      needle->start = 0;
      needle->end = strlen (needle->text.text);
      return from == 0 && octavo_match_tag (&needle->text, folded->text);
    }
  return octavo_match_find (&needle->text, folded, from, &needle->start, &needle->end);
}

/* octavo_query_can_hit:
 * @field: "title", "body" or "tag"
 *
 * Returns: whether octavo_query_find_hits() may find anything in such a text. Any thread */
gboolean
octavo_query_can_hit (OctavoQuery *self, const char *field)
{
  g_autoptr (GArray) needles = g_array_new (FALSE, FALSE, sizeof (Needle));

  if (self->root != NULL)
    collect_needles (self->root, field, needles);
  return needles->len > 0;
}

/* octavo_query_find_hits:
 * @field: "title", "body" or "tag": what @text is
 * @text: a text of a note, as it was written
 * @max_hits: to stop after so many
 *
 * Finds what is to be marked in a text: the positive words and phrases of the query. Of hits that overlap the first,
 * and of those the longest, is taken. Any thread.
 *
 * Returns: (element-type OctavoHit) (transfer full): the hits, in order */
GArray *
octavo_query_find_hits (OctavoQuery *self, const char *field, const char *text, gsize max_hits)
{
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (OctavoHit));
  g_autoptr (GArray) needles = g_array_new (FALSE, FALSE, sizeof (Needle));
  g_auto (OctavoFolded) folded = OCTAVO_FOLDED_INIT;
  gsize from = 0;

  if (self->root != NULL)
    collect_needles (self->root, field, needles);
  if (needles->len == 0 || max_hits == 0)
    return hits;

  octavo_fold (text, -1, TRUE, &folded);
  for (guint i = needles->len; i > 0; i--)
    if (!advance (&g_array_index (needles, Needle, i - 1), &folded, 0))
      g_array_remove_index_fast (needles, i - 1);
  while (needles->len > 0 && hits->len < max_hits)
    {
      const Needle *first = &g_array_index (needles, Needle, 0);
      OctavoHit hit;

      for (guint i = 1; i < needles->len; i++)
        {
          const Needle *needle = &g_array_index (needles, Needle, i);

          if (needle->start < first->start || (needle->start == first->start && needle->end > first->end))
            first = needle;
        }
      octavo_folded_unmap (&folded, first->start, first->end, &hit.start, &hit.end);
      from = first->end;
      /* Two hits in what was one character, as the two s of ß, are one. */
      if (hits->len == 0 || hit.start >= g_array_index (hits, OctavoHit, hits->len - 1).end)
        g_array_append_val (hits, hit);
      for (guint i = needles->len; i > 0; i--)
        {
          Needle *needle = &g_array_index (needles, Needle, i - 1);

          if (needle->start < from && !advance (needle, &folded, from))
            g_array_remove_index_fast (needles, i - 1);
        }
    }
  return hits;
}
