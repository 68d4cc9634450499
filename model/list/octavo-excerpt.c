/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-excerpt.h"

#include <string.h>

/* The list shows a line of each note, and must show words. This is no Markdown parser: it looks at the start of the
 * text only, however long that is, and drops what is a mark in all likelihood. */

#define MAX_CHARACTERS 200
#define WINDOW         16384 /* bytes that are looked at */

typedef struct
{
  GString *text;
  glong n_characters;
} Excerpt;

/* One white space between words, none in front, nothing past the limit. */
static void
append (Excerpt *self, gunichar character)
{
  if (self->n_characters >= MAX_CHARACTERS)
    return;

  if (g_unichar_isspace (character) || g_unichar_iscntrl (character))
    {
      if (self->text->len == 0 || self->text->str[self->text->len - 1] == ' ')
        return;
      character = ' ';
    }

  g_string_append_unichar (self->text, character);
  self->n_characters++;
}

static const char *
skip_blanks (const char *start, const char *end)
{
  while (start < end && (*start == ' ' || *start == '\t'))
    start++;
  return start;
}

/* A line that draws something: a rule, the line under a heading, the second line of a table. */
static gboolean
is_drawn (const char *start, const char *end)
{
  gsize n_marks = 0;

  for (; start < end; start++)
    {
      if (strchr ("-=*_|:", *start) != NULL)
        n_marks++;
      else if (*start != ' ' && *start != '\t')
        return FALSE;
    }
  return n_marks >= 3;
}

/* Past the number and dot of "12. ", or @start. */
static const char *
skip_number (const char *start, const char *end)
{
  const char *p = start;

  while (p < end && g_ascii_isdigit (*p) && p - start < 9)
    p++;
  if (p > start && p + 1 < end && (*p == '.' || *p == ')') && p[1] == ' ')
    return p + 2;
  return start;
}

/* Past the marks a line begins with: headings, quotes, lists, checkboxes, in any nesting. */
static const char *
skip_block_marks (const char *start, const char *end)
{
  const char *before;

  do
    {
      const char *p;

      before = start = skip_blanks (start, end);
      p = start;
      while (p < end && *p == '#' && p - start < 6)
        p++;
      if (p > start && (p == end || *p == ' '))
        start = p;
      else if (start < end && *start == '>')
        start++;
      else if (start + 1 < end && strchr ("-*+", *start) != NULL && start[1] == ' ')
        start += 2;
      else if (start + 2 < end && start[0] == '[' && strchr (" xX", start[1]) != NULL && start[2] == ']' &&
               (start + 3 == end || start[3] == ' '))
        start += 3;
      else
        start = skip_number (start, end);
    }
  while (start != before);

  return start;
}

static const char *
find (const char *start, const char *end, const char *what)
{
  return start < end ? g_strstr_len (start, end - start, what) : NULL;
}

static void append_inline (Excerpt *self, const char *start, const char *end);

/* The words of a link or picture that begins at the bracket @start. Returns what follows it, or @start. */
static const char *
append_link (Excerpt *self, const char *start, const char *end)
{
  const char *text = start + 1;
  const char *close;

  if (text < end && *text == '[')
    {
      const char *bar;

      text++;
      close = find (text, end, "]]");
      if (close == NULL || memchr (text, '[', (gsize) (close - text)) != NULL)
        return start;
      bar = memchr (text, '|', (gsize) (close - text));
      append_inline (self, bar != NULL ? bar + 1 : text, close);
      return close + 2;
    }

  close = find (text, end, "](");
  if (close != NULL && memchr (text, '[', (gsize) (close - text)) == NULL)
    {
      const char *target_end = find (close + 2, end, ")");

      if (target_end != NULL)
        {
          append_inline (self, text, close);
          return target_end + 1;
        }
    }
  return start;
}

/* Whether the '*' or '_' at @p marks emphasis: it touches a word on one side only. */
static gboolean
is_emphasis (const char *line, const char *p, const char *end)
{
  char mark = *p;
  const char *next = p;
  gboolean word_before = p > line && (g_ascii_isalnum (p[-1]) || (guchar) p[-1] >= 0x80);
  gboolean word_after;

  while (next < end && *next == mark)
    next++;
  word_after = next < end && (g_ascii_isalnum (*next) || (guchar) *next >= 0x80);
  if (mark == '_')
    return !(word_before && word_after);
  return (next < end && !g_ascii_isspace (*next)) || (p > line && !g_ascii_isspace (p[-1]));
}

static void
append_inline (Excerpt *self, const char *start, const char *end)
{
  const char *p = start;

  while (p < end && self->n_characters < MAX_CHARACTERS)
    {
      const char *next = p;

      if (*p == '[' || (*p == '!' && p + 1 < end && p[1] == '['))
        next = append_link (self, *p == '!' ? p + 1 : p, end);
      if (next != p && !(*p == '!' && next == p + 1))
        {
          p = next;
          continue;
        }

      if (*p == '\\' && p + 1 < end && g_ascii_ispunct (p[1]))
        p++;
      else if (*p == '`')
        {
          p++;
          continue;
        }
      else if ((*p == '~' || *p == '=') && p + 1 < end && p[1] == *p)
        {
          p += 2;
          continue;
        }
      else if ((*p == '*' || *p == '_') && is_emphasis (start, p, end))
        {
          char mark = *p;

          while (p < end && *p == mark)
            p++;
          continue;
        }

      append (self, g_utf8_get_char (p));
      p = g_utf8_next_char (p);
    }
}

/* Past the YAML between two lines of "---", or @start where there is none. */
static const char *
skip_front_matter (const char *start, const char *end)
{
  const char *p;

  if (end - start < 4 || strncmp (start, "---", 3) != 0 || (start[3] != '\n' && start[3] != '\r'))
    return start;

  for (p = find (start, end, "\n"); p != NULL; p = find (p + 1, end, "\n"))
    {
      const char *line = p + 1;

      if (end - line >= 3 && (strncmp (line, "---", 3) == 0 || strncmp (line, "...", 3) == 0) &&
          (line + 3 == end || line[3] == '\n' || line[3] == '\r'))
        {
          const char *newline = find (line, end, "\n");

          return newline != NULL ? newline + 1 : end;
        }
    }
  return start;
}

/* Forgets the first line where it says what the title says. */
static void
drop_title (Excerpt *self, const char *title)
{
  gboolean is_whole = self->n_characters < MAX_CHARACTERS;

  g_strchomp (self->text->str);
  g_string_set_size (self->text, strlen (self->text->str));
  self->n_characters = g_utf8_strlen (self->text->str, -1);
  if (title != NULL && (is_whole ? strcmp (title, self->text->str) == 0 : g_str_has_prefix (title, self->text->str)))
    {
      g_string_truncate (self->text, 0);
      self->n_characters = 0;
    }
}

static const char *
get_window_end (const char *body)
{
  gsize length = strnlen (body, WINDOW);

  if (length == WINDOW)
    while (length > 0 && ((guchar) body[length] & 0xc0) == 0x80)
      length--;
  return body + length;
}

/**
 * octavo_excerpt_new:
 * @body: the Markdown text, valid UTF-8 of any length
 * @title: (nullable): the title, which is not repeated
 *
 * Makes the line of plain words that a list shows of a note. It looks at the start of the text only: the time it takes
 * does not grow with the text. Any thread.
 *
 * Returns: (transfer full): one line of at most 200 characters
 */
char *
octavo_excerpt_new (const char *body, const char *title)
{
  Excerpt self = { .text = g_string_new (NULL) };
  const char *end;
  const char *line;
  gboolean is_first = TRUE;

  g_return_val_if_fail (body != NULL, NULL);

  end = get_window_end (body);
  line = skip_front_matter (body, end);
  while (line < end && self.n_characters < MAX_CHARACTERS)
    {
      const char *newline = memchr (line, '\n', (gsize) (end - line));
      const char *line_end = newline != NULL ? newline : end;
      const char *words = skip_blanks (line, line_end);

      if (!is_drawn (words, line_end) && strncmp (words, "```", 3) != 0 && strncmp (words, "~~~", 3) != 0)
        {
          append (&self, ' ');
          append_inline (&self, skip_block_marks (words, line_end), line_end);
          if (is_first && self.text->len > 0)
            {
              is_first = FALSE;
              drop_title (&self, title);
            }
        }
      line = line_end + 1;
    }

  return g_strchomp (g_string_free (self.text, FALSE));
}
