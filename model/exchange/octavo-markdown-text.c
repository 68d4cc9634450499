/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-exchange"

#include "octavo-markdown-text.h"

#include "octavo-markdown-tag.h"

#include <string.h>

/* What an import must find in a Markdown text: its first heading, and its #tags. Both are looked for where a reader
 * would see them, that is not in code, so both walk the lines with the same idea of what code is. */

typedef struct
{
  const char *line;
  const char *end; /* of the line, without its line end */
  const char *next;
  char fence; /* ` or ~ while in a fenced block */
  gsize fence_length;
  gboolean was_blank; /* the line before, or the text begins here */
  gboolean in_list;
  gboolean is_code;
} LineReader;

static void
line_reader_init (LineReader *self, const char *text)
{
  *self = (LineReader){ .next = text, .was_blank = TRUE };
}

static gsize
indent_of (const char *line, const char *end, const char **content)
{
  gsize indent = 0;

  for (; line < end && (*line == ' ' || *line == '\t'); line++)
    indent += *line == '\t' ? 4 - indent % 4 : 1;
  *content = line;
  return indent;
}

static gboolean
is_list_item (const char *p, const char *end)
{
  if (p < end && strchr ("-*+", *p) != NULL)
    p++;
  else
    {
      const char *digits = p;

      while (p < end && g_ascii_isdigit (*p))
        p++;
      if (p == digits || p == end || (*p != '.' && *p != ')'))
        return FALSE;
      p++;
    }
  return p == end || *p == ' ' || *p == '\t';
}

static gsize
count_run (const char *p, const char *end, char c)
{
  const char *start = p;

  while (p < end && *p == c)
    p++;
  return p - start;
}

/* Whether the line opens or closes a fenced block; the fence itself counts as code. */
static gboolean
read_fence (LineReader *self, const char *content, gsize indent)
{
  char c = content < self->end ? *content : '\0';
  gsize run = c == '`' || c == '~' ? count_run (content, self->end, c) : 0;

  if (self->fence != '\0')
    {
      const char *after = content + run;

      while (after < self->end && (*after == ' ' || *after == '\t' || *after == '\r'))
        after++;
      if (c == self->fence && run >= self->fence_length && after == self->end)
        self->fence = '\0';
      return TRUE;
    }
  if (run < 3 || (indent > 3 && !self->in_list))
    return FALSE;
  if (c == '`' && memchr (content + run, '`', self->end - content - run) != NULL)
    return FALSE;
  self->fence = c;
  self->fence_length = run;
  return TRUE;
}

static gboolean
line_reader_next (LineReader *self)
{
  const char *content;
  gsize indent;
  gboolean was_code = self->is_code && self->fence == '\0';

  if (*self->next == '\0')
    return FALSE;
  self->line = self->next;
  self->end = strchrnul (self->line, '\n');
  self->next = *self->end == '\n' ? self->end + 1 : self->end;
  if (self->end > self->line && self->end[-1] == '\r')
    self->end--;

  indent = indent_of (self->line, self->end, &content);
  self->is_code = read_fence (self, content, indent);
  if (self->is_code)
    {
      self->was_blank = FALSE;
      return TRUE;
    }
  if (content == self->end)
    {
      self->is_code = was_code; /* an empty line does not end indented code */
      self->was_blank = TRUE;
      return TRUE;
    }
  if (is_list_item (content, self->end) && (indent < 4 || self->in_list))
    self->in_list = TRUE;
  else if (indent == 0 && self->was_blank)
    self->in_list = FALSE;
  self->is_code = indent >= 4 && !self->in_list && (self->was_blank || was_code);
  self->was_blank = FALSE;
  return TRUE;
}

/**
 * octavo_markdown_text_find_heading:
 * @text: Markdown, UTF-8
 *
 * Finds the first heading of the first level (# …) that has words and does not stand in code. Any thread.
 *
 * Returns: (nullable) (transfer full): its words
 */
char *
octavo_markdown_text_find_heading (const char *text)
{
  LineReader reader;

  g_return_val_if_fail (text != NULL, NULL);

  line_reader_init (&reader, text);
  while (line_reader_next (&reader))
    {
      const char *start, *end = reader.end;
      gsize indent = indent_of (reader.line, reader.end, &start);
      char *words;

      if (reader.is_code || indent > 3 || start == end || *start != '#')
        continue;
      if (++start == end || (*start != ' ' && *start != '\t'))
        continue;
      while (end > start && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
      for (const char *mark = end; mark > start; mark--) /* # closed # */
        if (mark[-1] != '#')
          {
            if (mark[-1] == ' ' || mark[-1] == '\t')
              end = mark;
            break;
          }
      words = g_strstrip (g_strndup (start, end - start));
      if (*words != '\0')
        return words;
      g_free (words);
    }
  return NULL;
}

/* p stands after the #. */
static const char *
read_tag (const char *p, const char *end, GPtrArray *tags, GHashTable *seen)
{
  gboolean is_tag;
  gsize length = octavo_markdown_tag_get_length (p, end, &is_tag);

  if (is_tag)
    {
      g_autofree char *tag = g_strndup (p, length);

      if (!g_hash_table_contains (seen, tag))
        {
          g_hash_table_add (seen, tag);
          g_ptr_array_add (tags, g_steal_pointer (&tag));
        }
    }
  return p + length;
}

/* What is known to be missing in the rest of the line: looking for it again and again would take a line of 50 MB
 * for ever. */
typedef struct
{
  guint64 no_run; /* of that many backticks */
  gboolean no_wiki_end;
  gboolean no_target_end;
} Missing;

static const char *
find_in_line (const char *p, const char *end, const char *what, gboolean *missing)
{
  const char *found = *missing ? NULL : memmem (p, end - p, what, strlen (what));

  *missing = found == NULL;
  return found != NULL ? found + strlen (what) : NULL;
}

static const char *
skip_code (const char *p, const char *end, Missing *missing)
{
  gsize run = count_run (p, end, '`');
  const char *q = p + run;

  if (run >= 64 || (missing->no_run & (G_GUINT64_CONSTANT (1) << run)))
    return q;
  while ((q = memchr (q, '`', end - q)) != NULL)
    {
      gsize closing = count_run (q, end, '`');

      q += closing;
      if (closing == run)
        return q;
    }
  missing->no_run |= G_GUINT64_CONSTANT (1) << run;
  return p + run;
}

/* After inline code or the target of a link that begins at p, or NULL where none does. */
static const char *
skip_span (const char *p, const char *end, Missing *missing)
{
  if (*p == '`')
    return skip_code (p, end, missing);
  if (end - p > 2 && p[0] == '[' && p[1] == '[')
    return find_in_line (p + 2, end, "]]", &missing->no_wiki_end);
  if (end - p > 2 && p[0] == ']' && p[1] == '(')
    return find_in_line (p + 2, end, ")", &missing->no_target_end);
  return NULL;
}

static void
find_tags_in_line (const char *line, const char *end, GPtrArray *tags, GHashTable *seen)
{
  gboolean at_start = TRUE; /* of a word */
  Missing missing = { 0 };

  /* most lines have none: look before reading letter by letter */
  if (memchr (line, '#', end - line) == NULL)
    return;
  for (const char *p = line; p < end;)
    {
      const char *after = skip_span (p, end, &missing);

      if (after != NULL)
        {
          p = after;
          at_start = FALSE;
        }
      else if (*p == '#' && at_start)
        {
          p = read_tag (p + 1, end, tags, seen);
          at_start = FALSE;
        }
      else
        {
          at_start = g_unichar_isspace (g_utf8_get_char (p));
          p = g_utf8_next_char (p);
        }
    }
}

/**
 * octavo_markdown_text_find_tags:
 * @text: Markdown, UTF-8
 *
 * Finds the #tags of a text: letters, digits, _, - and /, not digits alone, at the start of a word; not in code, nor in
 * the target of a link. Any thread.
 *
 * Returns: (element-type utf8) (transfer full): each once, without #, as written, in the order of the text
 */
GPtrArray *
octavo_markdown_text_find_tags (const char *text)
{
  GPtrArray *tags = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  LineReader reader;

  g_return_val_if_fail (text != NULL, tags);

  if (strchr (text, '#') == NULL)
    return tags;
  line_reader_init (&reader, text);
  while (line_reader_next (&reader))
    if (!reader.is_code)
      find_tags_in_line (reader.line, reader.end, tags, seen);
  return tags;
}
