/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-search"

#include "octavo-fold.h"
#include "octavo-query-private.h"

#include <string.h>

/* The grammar. A recursive descent straight over the characters: what a "(" or a quote is depends on whether it is
 * closed, and all that turns out to be no operator is text, so there is nothing that could be an error. */
typedef struct
{
  const char *c;
  guint depth;
} Parser;

/* What the words of a group are looked for in. */
typedef enum
{
  CONTEXT_ANY = OCTAVO_FIELD_ANY,
  CONTEXT_TITLE = OCTAVO_FIELD_TITLE,
  CONTEXT_BODY = OCTAVO_FIELD_BODY,
  CONTEXT_TAG,
  CONTEXT_USER,
} Context;

static OctavoNode *parse_or (Parser *self, Context context);

static gboolean
is_space (const char *c)
{
  return g_unichar_isspace (g_utf8_get_char (c));
}

static void
skip_space (Parser *self)
{
  while (*self->c != '\0' && is_space (self->c))
    self->c = g_utf8_next_char (self->c);
}

/* The end of a word: white space, or the ")" of a group around it; its own parentheses belong to it, as in main(). */
static const char *
word_end (const char *c, gboolean in_group)
{
  guint n_open = 0;

  for (; *c != '\0' && !is_space (c); c = g_utf8_next_char (c))
    {
      if (*c == '(')
        n_open++;
      else if (*c == ')' && n_open > 0)
        n_open--;
      else if (*c == ')' && in_group)
        break;
    }
  return c;
}

static const char *
phrase_end (const char *quote)
{
  return *quote == '"' ? strchr (quote + 1, '"') : NULL;
}

/* Whether a word that starts like this is taken apart further: a field, a minus, a hash, before a group or phrase. */
static const char *
skip_prefix (const char *c)
{
  const char *name;

  if (*c == '-' && c[1] != '-')
    c++;
  name = c;
  while (g_ascii_isalpha (*c))
    c++;
  if (c > name && *c == ':' && (c[1] == '"' || c[1] == '('))
    return c + 1;
  return *name == '#' && name[1] == '"' ? name + 1 : name;
}

/* The ")" that closes the group opened at open, or NULL. */
static const char *
group_end (const char *open)
{
  guint n_open = 1;
  const char *c = open + 1;

  while (*c != '\0')
    {
      if (is_space (c))
        c = g_utf8_next_char (c);
      else if (*c == ')')
        {
          if (--n_open == 0)
            return c;
          c++;
        }
      else
        {
          const char *atom = skip_prefix (c);
          const char *quote = phrase_end (atom);

          if (quote != NULL)
            c = quote + 1;
          else if (*atom == '(')
            {
              n_open++;
              c = atom + 1;
            }
          else
            c = word_end (c, TRUE);
        }
    }
  return NULL;
}

static gboolean
opens_group (Parser *self, const char *c)
{
  const char *end;

  if (*c != '(' || self->depth >= OCTAVO_QUERY_MAX_DEPTH)
    return FALSE;
  end = group_end (c);
  if (end == NULL)
    return FALSE;
  for (c++; c < end; c = g_utf8_next_char (c))
    if (!is_space (c))
      return TRUE;
  return FALSE; /* nothing in it: text */
}

static OctavoNode *
parse_group (Parser *self, Context context)
{
  OctavoNode *node;

  self->c++;
  self->depth++;
  node = parse_or (self, context);
  self->depth--;
  if (*self->c == ')')
    self->c++;
  return node;
}

/* Words of one or two letters match only where a word starts: inside words they would be found nearly everywhere.
 * Digits alone are no letters: 04 is in 1042. */
static gboolean
is_short_word (const char *folded)
{
  gboolean has_letter = FALSE;
  guint n = 0;

  for (const char *c = folded; *c != '\0'; c = g_utf8_next_char (c))
    {
      if (++n > 2 || octavo_class_of (g_utf8_get_char (c)) != OCTAVO_CLASS_WORD)
        return FALSE;
      has_letter |= !g_unichar_isdigit (g_utf8_get_char (c));
    }
  return has_letter;
}

static OctavoNode *
new_text (Context context, const char *start, const char *end, gboolean is_phrase)
{
  g_autoptr (OctavoNode) node = octavo_node_new (OCTAVO_NODE_TEXT);

  node->field = (OctavoField) context;
  node->is_phrase = is_phrase;
  if (!is_phrase && end - start > 1 && end[-1] == '*')
    {
      node->is_start = TRUE;
      end--;
    }
  node->written = g_strndup (start, end - start);
  if (is_phrase)
    g_strstrip (node->written);
  node->text = octavo_fold_string (node->written);
  /* Only accents, or white space that is no ASCII: nothing that could be looked for. */
  if (*g_strstrip (node->text) == '\0')
    return NULL;
  node->at_start = is_phrase || node->is_start || is_short_word (node->text);
  node->at_end = is_phrase;
  return g_steal_pointer (&node);
}

/* A value that is a name: of a tag, of a user. */
static OctavoNode *
new_name (OctavoNodeKind kind, const char *start, const char *end, gboolean is_phrase)
{
  g_autoptr (OctavoNode) node = octavo_node_new (kind);

  if (kind == OCTAVO_NODE_TAG && start < end && *start == '#')
    start++;
  while (kind == OCTAVO_NODE_TAG && start < end && *start == '/')
    start++;
  while (kind == OCTAVO_NODE_TAG && start < end && end[-1] == '/')
    end--;
  if (!is_phrase && end - start > 1 && end[-1] == '*')
    {
      node->is_start = TRUE;
      end--;
    }
  node->is_phrase = is_phrase;
  node->written = g_strstrip (g_strndup (start, end - start));
  node->text = octavo_fold_string (node->written);
  return *node->text != '\0' ? g_steal_pointer (&node) : NULL;
}

static OctavoNode *
new_date (OctavoNodeKind kind, const char *value)
{
  g_autoptr (OctavoNode) node = octavo_node_new (kind);

  node->written = g_strdup (value);
  return octavo_date_range_parse (value, &node->range) ? g_steal_pointer (&node) : NULL;
}

static OctavoNode *
new_is (const char *name, const char *value)
{
  static const struct
  {
    const char *name;
    const char *value;
    OctavoIs is;
  } known[] = {
    { "is", "pinned", OCTAVO_IS_PINNED },
    { "is", "trashed", OCTAVO_IS_TRASHED },
    { "is", "untagged", OCTAVO_IS_UNTAGGED },
    { "is", "todo", OCTAVO_IS_TODO },
    { "is", "done", OCTAVO_IS_DONE },
    { "has", "link", OCTAVO_HAS_LINK },
    { "has", "checklist", OCTAVO_HAS_CHECKLIST },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_ascii_strcasecmp (known[i].name, name) == 0 && g_ascii_strcasecmp (known[i].value, value) == 0)
      {
        OctavoNode *node = octavo_node_new (OCTAVO_NODE_IS);

        node->is = known[i].is;
        return node;
      }
  return NULL;
}

/* A word or phrase, as the group or field around it takes it. */
static OctavoNode *
new_value (Context context, const char *start, const char *end, gboolean is_phrase)
{
  if (context == CONTEXT_TAG)
    return new_name (OCTAVO_NODE_TAG, start, end, is_phrase);
  if (context == CONTEXT_USER)
    return new_name (OCTAVO_NODE_USER, start, end, is_phrase);
  return new_text (context, start, end, is_phrase);
}

static gboolean
find_context (const char *name, Context *context)
{
  static const struct
  {
    const char *name;
    Context context;
  } known[] = {
    { "title", CONTEXT_TITLE }, { "intitle", CONTEXT_TITLE }, { "body", CONTEXT_BODY },   { "content", CONTEXT_BODY },
    { "tag", CONTEXT_TAG },     { "user", CONTEXT_USER },     { "author", CONTEXT_USER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_ascii_strcasecmp (known[i].name, name) == 0)
      {
        *context = known[i].context;
        return TRUE;
      }
  return FALSE;
}

static OctavoNode *
new_condition (const char *name, const char *start, const char *end)
{
  g_autofree char *value = g_strndup (start, end - start);

  if (g_ascii_strcasecmp (name, "created") == 0)
    return new_date (OCTAVO_NODE_CREATED, value);
  if (g_ascii_strcasecmp (name, "updated") == 0)
    return new_date (OCTAVO_NODE_UPDATED, value);
  return new_is (name, value);
}

/* field ":" value. FALSE: it is none, and nothing was read. */
static gboolean
parse_field (Parser *self, OctavoNode **node)
{
  g_autofree char *name = NULL;
  const char *colon = self->c, *value, *quote, *end;
  gboolean is_known;
  Context context;

  while (g_ascii_isalpha (*colon))
    colon++;
  if (colon == self->c || *colon != ':')
    return FALSE;
  name = g_strndup (self->c, colon - self->c);
  is_known = find_context (name, &context);
  value = colon + 1;
  if (is_known && opens_group (self, value))
    {
      self->c = value;
      *node = parse_group (self, context);
      return TRUE;
    }
  quote = phrase_end (value);
  end = quote != NULL ? quote : word_end (value, self->depth > 0);
  if (quote != NULL)
    value++;
  if (end == value)
    return FALSE;

  *node = is_known ? new_value (context, value, end, quote != NULL) : new_condition (name, value, end);
  if (*node == NULL)
    return FALSE;
  self->c = quote != NULL ? quote + 1 : end;
  return TRUE;
}

/* #NAME, #"NAME". FALSE: it is none, and nothing was read. */
static gboolean
parse_hash (Parser *self, OctavoNode **node)
{
  const char *quote, *end;

  if (*self->c != '#' || self->c[1] == '#')
    return FALSE;
  quote = phrase_end (self->c + 1);
  end = quote != NULL ? quote : word_end (self->c, self->depth > 0);
  *node = new_name (OCTAVO_NODE_TAG, self->c + (quote != NULL ? 2 : 1), end, quote != NULL);
  if (*node == NULL)
    return FALSE;
  self->c = quote != NULL ? quote + 1 : end;
  return TRUE;
}

/* NULL for an atom that asks for nothing, as "" does. */
static OctavoNode *
parse_atom (Parser *self, Context context)
{
  OctavoNode *node = NULL;
  const char *start = self->c, *quote = phrase_end (start);

  if (opens_group (self, start))
    return parse_group (self, context);
  if (quote != NULL)
    {
      self->c = quote + 1;
      return new_value (context, start + 1, quote, TRUE);
    }
  if (parse_hash (self, &node) || parse_field (self, &node))
    return node;
  self->c = word_end (start, self->depth > 0);
  return new_value (context, start, self->c, FALSE);
}

/* Whether the operator of this name stands here as a word. */
static gboolean
at_operator (Parser *self, const char *name)
{
  gsize length = strlen (name);

  return strncmp (self->c, name, length) == 0 && word_end (self->c, self->depth > 0) == self->c + length;
}

static gboolean
at_end (Parser *self)
{
  return *self->c == '\0' || (*self->c == ')' && self->depth > 0);
}

/* Whether an operand follows the operator of this length: not the end, and not another operator that needs one before
 * it. */
static gboolean
operand_follows (Parser *self, gsize length)
{
  Parser ahead = *self;

  ahead.c += length;
  skip_space (&ahead);
  return !at_end (&ahead) && !at_operator (&ahead, "OR");
}

static OctavoNode *
negate (OctavoNode *node)
{
  OctavoNode *negation;

  if (node == NULL)
    return NULL;
  negation = octavo_node_new (OCTAVO_NODE_NOT);
  g_ptr_array_add (negation->children, node);
  return negation;
}

/* Whether a minus takes something away: not by itself, and not as a part of an arrow or a dashed line. */
static gboolean
at_minus (Parser *self)
{
  const char *c = self->c + 1;
  const char *end;

  if (*self->c != '-' || *c == '-')
    return FALSE;
  end = word_end (c, self->depth > 0);
  if (opens_group (self, c) || phrase_end (c) != NULL)
    return TRUE;
  for (; c < end; c++)
    if (g_ascii_isalnum (*c) || (guchar) *c >= 0x80)
      return TRUE;
  return FALSE;
}

static OctavoNode *
parse_unary (Parser *self, Context context)
{
  gboolean negated = FALSE;
  OctavoNode *node;

  for (;;)
    {
      if (at_minus (self))
        self->c++;
      else if (at_operator (self, "NOT") && operand_follows (self, 3))
        {
          self->c += 3;
          skip_space (self);
        }
      else
        break;
      negated = !negated;
    }
  node = parse_atom (self, context);
  return negated ? negate (node) : node;
}

/* Takes the children of a list apart from the list where there is only one, or none. */
static OctavoNode *
simplify (OctavoNode *list)
{
  OctavoNode *node = list;

  if (list->children->len > 1)
    return list;
  node = list->children->len == 1 ? g_ptr_array_steal_index (list->children, 0) : NULL;
  octavo_node_free (list);
  return node;
}

static void
add_child (OctavoNode *list, OctavoNode *child)
{
  if (child == NULL)
    return;
  if (child->kind == list->kind)
    {
      while (child->children->len > 0)
        g_ptr_array_add (list->children, g_ptr_array_steal_index (child->children, 0));
      octavo_node_free (child);
    }
  else
    g_ptr_array_add (list->children, child);
}

static OctavoNode *
parse_and (Parser *self, Context context)
{
  OctavoNode *list = octavo_node_new (OCTAVO_NODE_AND);
  gboolean is_first = TRUE;

  for (skip_space (self); !at_end (self); skip_space (self))
    {
      if (!is_first && at_operator (self, "OR") && operand_follows (self, 2))
        break;
      add_child (list, parse_unary (self, context));
      is_first = FALSE;
    }
  return simplify (list);
}

static OctavoNode *
parse_or (Parser *self, Context context)
{
  OctavoNode *list = octavo_node_new (OCTAVO_NODE_OR);

  for (;;)
    {
      OctavoNode *child = parse_and (self, context);

      /* A side that asks for nothing leaves the other as it is. */
      add_child (list, child);
      if (at_end (self))
        break;
      self->c += strlen ("OR");
    }
  return simplify (list);
}

/* octavo_query_parse:
 * @text: UTF-8, no longer than %OCTAVO_QUERY_MAX_LENGTH
 *
 * Parses a query. Any thread.
 *
 * Returns: (nullable) (transfer full): the tree */
OctavoNode *
octavo_query_parse (const char *text)
{
  Parser parser = { text, 0 };

  return parse_or (&parser, CONTEXT_ANY);
}
