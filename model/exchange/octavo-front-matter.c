/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-exchange"

#include "octavo-front-matter.h"

#include "octavo-config.h"
#include "octavo-date-text.h"
#include "octavo-error.h"
#include "octavo-yaml-value.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Front matter is read with a YAML parser, but what Octavo has no column for is never written by one: the lines of the
 * known keys are cut out of the text, and the others stay as somebody typed them, comments and all. */

/* What is too much for somebody to have written it by hand is no front matter: the parser takes the square of the
 * depth, and of the number of anchors, and a hundred bytes for each value. But a note may have ten thousands of tags,
 * each of up to a hundred characters, which the export writes one a line; so it is not the length of all that says so.
 */
#define MAX_LENGTH     (16 * 1024 * 1024)
#define MAX_TOKENS     1000000
#define MAX_DEPTH      100
#define MAX_REFERENCES 10000
#define MAX_TEXT       (128 * 1024) /* bytes of one value, and of what Octavo has no place for */

typedef enum
{
  KEY_UNKNOWN,
  KEY_TITLE,
  KEY_TAGS,
  KEY_ALIASES,
  KEY_CREATED,
  KEY_UPDATED,
  KEY_PINNED,
  KEY_TRASHED,
  KEY_USER,
  KEY_TAGS_IN_TEXT,
  KEY_LINE_ENDS,
  KEY_REST,
  N_KEYS,
} Key;

/* In the order in which they are believed. Compared in lower case, with spaces for - and _. */
static const struct
{
  const char *name;
  Key key;
} known_keys[] = {
  { "title", KEY_TITLE },
  { "tags", KEY_TAGS },
  { "tag", KEY_TAGS },
  { "aliases", KEY_ALIASES },
  { "alias", KEY_ALIASES },
  { "created", KEY_CREATED },
  { "date", KEY_CREATED },
  { "created at", KEY_CREATED },
  { "date created", KEY_CREATED },
  { "updated", KEY_UPDATED },
  { "modified", KEY_UPDATED },
  { "lastmod", KEY_UPDATED },
  { "updated at", KEY_UPDATED },
  { "date modified", KEY_UPDATED },
  { "date updated", KEY_UPDATED },
  { "pinned", KEY_PINNED },
  { "favorite", KEY_PINNED },
  { "favourite", KEY_PINNED },
  { "octavo user", KEY_USER },
  { "octavo trashed", KEY_TRASHED },
  { "octavo tags in text", KEY_TAGS_IN_TEXT },
  { "octavo line ends", KEY_LINE_ENDS },
  { "octavo front matter", KEY_REST },
};

typedef struct
{
  char *name; /* as written; NULL where the key is no scalar */
  yaml_node_t *value;
  Key key;
  guint rank;
  gsize start; /* of the key in the text, in bytes */
  gsize end;   /* of the value, likewise; exact only in a {flow} mapping */
  gboolean taken;
} Pair;

static void
pair_clear (gpointer data)
{
  g_free (((Pair *) data)->name);
}

static Key
find_key (const char *name, guint *rank)
{
  g_autofree char *plain = g_ascii_strdown (name, -1);

  g_strdelimit (plain, "-_", ' ');
  for (gsize i = 0; i < G_N_ELEMENTS (known_keys); i++)
    if (strcmp (plain, known_keys[i].name) == 0)
      {
        *rank = i;
        return known_keys[i].key;
      }
  *rank = G_MAXUINT;
  return KEY_UNKNOWN;
}

static gboolean
take_date (gint64 *value, gboolean *has_value, const yaml_node_t *node)
{
  if (!octavo_yaml_is_text (node) || !octavo_date_text_parse (octavo_yaml_get_scalar (node), value))
    return FALSE;
  if (has_value != NULL)
    *has_value = TRUE;
  return TRUE;
}

static gboolean
take_text (char **text, const yaml_node_t *node)
{
  if (!octavo_yaml_is_text (node))
    return FALSE;
  g_free (*text);
  *text = octavo_yaml_dup_line (node);
  return TRUE;
}

static gboolean
take_value (OctavoFrontMatter *self, yaml_document_t *document, const Pair *pair)
{
  switch (pair->key)
    {
    case KEY_TITLE:
      return take_text (&self->title, pair->value);
    case KEY_TAGS:
      return octavo_yaml_add_list (self->tags, document, pair->value, TRUE);
    case KEY_ALIASES:
      return octavo_yaml_add_list (self->aliases, document, pair->value, FALSE);
    case KEY_CREATED:
      return take_date (&self->created, &self->has_created, pair->value);
    case KEY_UPDATED:
      return take_date (&self->updated, &self->has_updated, pair->value);
    case KEY_PINNED:
      return octavo_yaml_get_boolean (&self->pinned, pair->value);
    case KEY_TRASHED:
      return take_date (&self->trashed, NULL, pair->value);
    case KEY_USER:
      return take_text (&self->user_name, pair->value);
    case KEY_TAGS_IN_TEXT:
      return octavo_yaml_get_boolean (&self->tags_in_text, pair->value);
    case KEY_LINE_ENDS:
      return octavo_yaml_get_boolean (&self->keeps_line_ends, pair->value);
    case KEY_REST:
      return take_text (&self->rest, pair->value);
    case KEY_UNKNOWN:
    case N_KEYS:
    default:
      return FALSE;
    }
}

static void
warn_not_understood (OctavoFrontMatter *self, const Pair *pair)
{
  const char *text = octavo_yaml_get_scalar (pair->value);

  if (text != NULL && g_utf8_strlen (text, -1) <= 80)
    g_ptr_array_add (self->warnings,
                     g_strdup_printf (_ ("“%s: %s” is not understood; it was kept as it is"), pair->name, text));
  else
    g_ptr_array_add (self->warnings, g_strdup_printf (_ ("“%s” is not understood; it was kept as it is"), pair->name));
}

/* Several keys may say the same thing (date, created): the first of known_keys that is understood counts, and the
 * others stay in the rest. Tags and aliases add up. */
static void
take_known (OctavoFrontMatter *self, yaml_document_t *document, GArray *pairs)
{
  gboolean found[N_KEYS] = { FALSE };

  for (guint rank = 0; rank < G_N_ELEMENTS (known_keys); rank++)
    for (guint i = 0; i < pairs->len; i++)
      {
        Pair *pair = &g_array_index (pairs, Pair, i);
        gboolean adds_up = pair->key == KEY_TAGS || pair->key == KEY_ALIASES;

        if (pair->rank != rank || (found[pair->key] && !adds_up))
          continue;
        if (octavo_yaml_is_null (pair->value))
          pair->taken = TRUE;
        else if (take_value (self, document, pair))
          pair->taken = found[pair->key] = TRUE;
        else
          warn_not_understood (self, pair);
      }
}

static GArray *
list_pairs (OctavoFrontMatter *self, yaml_document_t *document, yaml_node_t *root, const char *yaml)
{
  GArray *pairs = g_array_new (FALSE, TRUE, sizeof (Pair));
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  const char *cursor = yaml;
  gsize index = 0;

  g_array_set_clear_func (pairs, pair_clear);
  for (yaml_node_pair_t *p = root->data.mapping.pairs.start; p < root->data.mapping.pairs.top; p++)
    {
      yaml_node_t *key = yaml_document_get_node (document, p->key);
      Pair pair = { .value = yaml_document_get_node (document, p->value), .rank = G_MAXUINT };

      if (octavo_yaml_is_text (key))
        {
          pair.name = g_strdup (octavo_yaml_get_scalar (key));
          pair.key = find_key (pair.name, &pair.rank);
          if (!g_hash_table_add (seen, pair.name))
            self->has_duplicates = TRUE;
        }
      /* marks count characters. They grow, but for a key that is an *alias, which has its anchor's: it is taken to
       * stand where the key before it does */
      if (key->start_mark.index > index)
        {
          cursor = g_utf8_offset_to_pointer (cursor, (glong) (key->start_mark.index - index));
          index = key->start_mark.index;
        }
      pair.start = cursor - yaml;
      pair.end = pair.value->end_mark.index < index
                     ? pair.start
                     : (gsize) (g_utf8_offset_to_pointer (cursor, (glong) (pair.value->end_mark.index - index)) - yaml);
      g_array_append_val (pairs, pair);
    }
  return pairs;
}

static gsize
line_start (const char *yaml, gsize offset)
{
  while (offset > 0 && yaml[offset - 1] != '\n')
    offset--;
  return offset;
}

/* Comments and empty lines before the next key belong to nobody, and stay. */
static gsize
without_trailing_comments (const char *yaml, gsize start, gsize end)
{
  while (end > start)
    {
      gsize last = line_start (yaml, end - 1);
      const char *p = yaml + last;

      if (*p != '#' && p + strspn (p, " \t\r") != yaml + end - 1)
        break;
      end = last;
    }
  return end;
}

static void
append_flow_pairs (GString *rest, GArray *pairs, const char *yaml)
{
  for (guint i = 0; i < pairs->len; i++)
    {
      Pair *pair = &g_array_index (pairs, Pair, i);
      g_autofree char *slice = g_strndup (yaml + pair->start, pair->end - pair->start);

      if (!pair->taken)
        g_string_append_printf (rest, "%s\n", g_strdelimit (slice, "\r\n", ' '));
    }
}

static void
append_block_lines (GString *rest, GArray *pairs, const char *yaml, gsize length)
{
  gsize kept = 0;

  for (guint i = 0; i < pairs->len; i++)
    {
      Pair *pair = &g_array_index (pairs, Pair, i);
      gsize start = line_start (yaml, pair->start);
      gsize end = i + 1 < pairs->len ? line_start (yaml, g_array_index (pairs, Pair, i + 1).start) : length;

      if (!pair->taken || start < kept || end < start)
        continue;
      g_string_append_len (rest, yaml + kept, start - kept);
      kept = without_trailing_comments (yaml, start, end);
    }
  g_string_append_len (rest, yaml + kept, length - kept);
}

static char *
make_rest (GArray *pairs, yaml_node_t *root, const char *yaml, gsize length)
{
  GString *rest = g_string_new (NULL);

  if (root != NULL && root->data.mapping.style == YAML_FLOW_MAPPING_STYLE)
    append_flow_pairs (rest, pairs, yaml);
  else
    append_block_lines (rest, pairs, yaml, length);
  if (rest->len > 0 && rest->str[rest->len - 1] == '\n')
    g_string_truncate (rest, rest->len - 1);
  if (rest->str[strspn (rest->str, " \t\r\n")] == '\0')
    g_string_truncate (rest, 0);
  return g_string_free (rest, FALSE);
}

/* To be deleted by who calls. */
static void
begin_yaml (yaml_parser_t *parser, const char *yaml, gsize length)
{
  if (!yaml_parser_initialize (parser))
    g_error ("out of memory");
  yaml_parser_set_encoding (parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string (parser, (const guchar *) yaml, length);
}

typedef struct
{
  guint n_tokens;
  guint n_references;
  int depth;
  gsize longest; /* bytes of a value */
} Extent;

static void
measure_token (Extent *self, const yaml_token_t *token)
{
  self->n_tokens++;
  switch (token->type)
    {
    case YAML_FLOW_SEQUENCE_START_TOKEN:
    case YAML_FLOW_MAPPING_START_TOKEN:
    case YAML_BLOCK_SEQUENCE_START_TOKEN:
    case YAML_BLOCK_MAPPING_START_TOKEN:
      self->depth++;
      break;
    case YAML_FLOW_SEQUENCE_END_TOKEN:
    case YAML_FLOW_MAPPING_END_TOKEN:
    case YAML_BLOCK_END_TOKEN:
      self->depth--;
      break;
    case YAML_ALIAS_TOKEN:
    case YAML_ANCHOR_TOKEN:
      self->n_references++;
      break;
    case YAML_SCALAR_TOKEN:
      self->longest = MAX (self->longest, token->data.scalar.length);
      break;
    default:
      break;
    }
}

static gboolean
is_beyond (const Extent *self)
{
  return self->n_tokens > MAX_TOKENS || self->n_references > MAX_REFERENCES || self->depth > MAX_DEPTH ||
         self->longest > MAX_TEXT;
}

/* Told by the scanner, as a bracket in a quoted text or in a comment is none; it stops at the first one too many. What
 * the scanner cannot read is left to the parser to complain of. */
static gboolean
is_too_much (const char *yaml, gsize length)
{
  yaml_parser_t scanner;
  Extent extent = { 0 };
  gboolean is_end = FALSE;

  if (length > MAX_LENGTH)
    return TRUE;
  begin_yaml (&scanner, yaml, length);
  while (!is_end && !is_beyond (&extent))
    {
      yaml_token_t token;

      if (!yaml_parser_scan (&scanner, &token))
        break;
      measure_token (&extent, &token);
      is_end = token.type == YAML_STREAM_END_TOKEN;
      yaml_token_delete (&token);
    }
  yaml_parser_delete (&scanner);
  return is_beyond (&extent);
}

static gboolean
set_too_much (GError **error)
{
  g_set_error_literal (error, OCTAVO_ERROR, OCTAVO_ERROR_INVALID_TEXT,
                       _ ("line 1: the front matter is too long or too deep to be one"));
  return FALSE;
}

/* The first line of the file is the --- before the YAML, so what the parser calls line 0 is line 2. */
static void
set_error (GError **error, const yaml_parser_t *parser)
{
  g_set_error (error, OCTAVO_ERROR, OCTAVO_ERROR_INVALID_TEXT, _ ("line %zu: the front matter is broken (%s)"),
               (gsize) parser->problem_mark.line + 2, parser->problem != NULL ? parser->problem : "?");
}

/**
 * octavo_front_matter_find:
 * @text: a Markdown text, UTF-8
 * @length: its bytes
 * @yaml_start: (out): where the YAML begins
 * @yaml_length: (out): its bytes
 * @body_start: (out): where the text after it begins
 *
 * Looks for front matter: a first line ---, and a later one --- or ..., whatever stands between. Any thread.
 *
 * Returns: whether there is one
 */
gboolean
octavo_front_matter_find (const char *text, gsize length, gsize *yaml_start, gsize *yaml_length, gsize *body_start)
{
  const char *end = text + length;
  const char *line = text;

  for (gsize n = 0; line < end; n++)
    {
      const char *line_end = memchr (line, '\n', end - line);
      const char *next = line_end != NULL ? line_end + 1 : end;
      gsize marks = strspn (line, "-");
      gboolean is_mark = marks == 3 || (n > 0 && strncmp (line, "...", 3) == 0);

      if (is_mark && line + 3 + strspn (line + 3, " \t\r") != (line_end != NULL ? line_end : end))
        is_mark = FALSE;
      if (n == 0 && !is_mark)
        return FALSE;
      if (n == 0)
        *yaml_start = next - text;
      else if (is_mark)
        {
          *yaml_length = line - text - *yaml_start;
          *body_start = next - text;
          return TRUE;
        }
      line = next;
    }
  return FALSE;
}

/**
 * octavo_front_matter_parse:
 * @yaml: what stands between the marks, UTF-8, with LF
 * @length: its bytes
 * @error: where to put what is wrong
 *
 * Reads front matter. What is said but makes no sense (a date that is none) is kept with the unknown keys, with a
 * warning. Any thread.
 *
 * Returns: (transfer full): what it says; NULL with OCTAVO_ERROR_INVALID_TEXT, which names the line, where it is no
 *   YAML, or not a mapping
 */
OctavoFrontMatter *
octavo_front_matter_parse (const char *yaml, gsize length, GError **error)
{
  g_autoptr (OctavoFrontMatter) self = octavo_front_matter_new ();
  yaml_parser_t parser;
  yaml_document_t document;
  yaml_node_t *root;

  g_return_val_if_fail (yaml != NULL, NULL);

  if (is_too_much (yaml, length))
    {
      set_too_much (error);
      return NULL;
    }
  begin_yaml (&parser, yaml, length);
  if (!yaml_parser_load (&parser, &document))
    {
      set_error (error, &parser);
      yaml_parser_delete (&parser);
      return NULL;
    }
  root = yaml_document_get_root_node (&document);
  if (root != NULL && root->type != YAML_MAPPING_NODE)
    {
      g_set_error_literal (error, OCTAVO_ERROR, OCTAVO_ERROR_INVALID_TEXT,
                           _ ("line 2: the front matter is broken (it has no “key: value”)"));
      g_clear_pointer (&self, octavo_front_matter_free);
    }
  else
    {
      g_autoptr (GArray) pairs =
          root != NULL ? list_pairs (self, &document, root, yaml) : g_array_new (FALSE, FALSE, sizeof (Pair));

      take_known (self, &document, pairs);
      if (self->rest == NULL)
        self->rest = make_rest (pairs, root, yaml, length);
      if (strlen (self->rest) > MAX_TEXT && !set_too_much (error))
        g_clear_pointer (&self, octavo_front_matter_free);
    }
  yaml_document_delete (&document);
  yaml_parser_delete (&parser);
  return g_steal_pointer (&self);
}

/**
 * octavo_front_matter_new:
 *
 * Returns: (transfer full): front matter that says nothing. Any thread.
 */
OctavoFrontMatter *
octavo_front_matter_new (void)
{
  OctavoFrontMatter *self = g_new0 (OctavoFrontMatter, 1);

  self->tags = g_ptr_array_new_with_free_func (g_free);
  self->aliases = g_ptr_array_new_with_free_func (g_free);
  self->warnings = g_ptr_array_new_with_free_func (g_free);
  self->tags_in_text = TRUE;
  return self;
}

/**
 * octavo_front_matter_free:
 * @self: (nullable) (transfer full): front matter
 *
 * Frees it.
 */
void
octavo_front_matter_free (OctavoFrontMatter *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_ptr_array_unref (self->tags);
  g_ptr_array_unref (self->aliases);
  g_free (self->user_name);
  g_free (self->rest);
  g_ptr_array_unref (self->warnings);
  g_free (self);
}
