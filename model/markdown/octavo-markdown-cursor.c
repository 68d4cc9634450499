/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-markdown"

#include "octavo-markdown-cursor.h"

#include <string.h>

#define TAB_WIDTH 4

/* The first character that is no space. */
static const char *
find_content (const OctavoMarkdownCursor *self)
{
  const char *p = self->p;

  while (p < self->end && (*p == ' ' || *p == '\t'))
    p++;
  return p;
}

static gsize
count_run (const char *p, const char *end, char c)
{
  const char *start = p;

  while (p < end && *p == c)
    p++;
  return (gsize) (p - start);
}

static gboolean
is_blank_from (const char *p, const char *end)
{
  while (p < end && (*p == ' ' || *p == '\t'))
    p++;
  return p == end;
}

/**
 * octavo_markdown_cursor_init:
 * @self: a cursor
 * @text: a line
 * @size: its length in bytes
 *
 * Puts it at the start of a line.
 */
void
octavo_markdown_cursor_init (OctavoMarkdownCursor *self, const char *text, gsize size)
{
  *self = (OctavoMarkdownCursor){ .text = text, .end = text + size, .p = text };
}

/**
 * octavo_markdown_cursor_advance:
 * @self: a cursor
 * @columns: how far; what is no tab counts a column a byte
 *
 * Goes on, into a tab where need be.
 */
void
octavo_markdown_cursor_advance (OctavoMarkdownCursor *self, guint columns)
{
  while (columns > 0 && self->p < self->end)
    {
      guint width = 1;

      if (*self->p == '\t')
        width = self->rest > 0 ? self->rest : TAB_WIDTH - self->column % TAB_WIDTH;
      if (width > columns)
        {
          self->rest = width - columns;
          self->column += columns;
          return;
        }
      self->rest = 0;
      self->column += width;
      columns -= width;
      self->p++;
    }
}

/**
 * octavo_markdown_cursor_skip_spaces:
 * @self: a cursor
 *
 * Goes on to what is neither a space nor a tab.
 */
void
octavo_markdown_cursor_skip_spaces (OctavoMarkdownCursor *self)
{
  octavo_markdown_cursor_advance (self, octavo_markdown_cursor_get_indent (self));
}

/**
 * octavo_markdown_cursor_get_indent:
 * @self: a cursor
 *
 * Returns: how many columns of spaces and tabs stand here
 */
guint
octavo_markdown_cursor_get_indent (const OctavoMarkdownCursor *self)
{
  guint column = self->column;
  const char *p = self->p;

  if (self->rest > 0)
    {
      column += self->rest;
      p++;
    }
  for (; p < self->end && (*p == ' ' || *p == '\t'); p++)
    column += *p == '\t' ? TAB_WIDTH - column % TAB_WIDTH : 1;
  return column - self->column;
}

/**
 * octavo_markdown_cursor_is_blank:
 * @self: a cursor
 *
 * Returns: whether nothing is left but spaces and tabs
 */
gboolean
octavo_markdown_cursor_is_blank (const OctavoMarkdownCursor *self)
{
  return find_content (self) == self->end;
}

/**
 * octavo_markdown_cursor_peek:
 * @self: a cursor
 *
 * Returns: the first byte that is no space; 0 at the end
 */
char
octavo_markdown_cursor_peek (const OctavoMarkdownCursor *self)
{
  const char *p = find_content (self);

  return p < self->end ? *p : '\0';
}

/**
 * octavo_markdown_cursor_get_heading:
 * @self: a cursor
 *
 * Returns: the level of the ATX heading that begins here (CommonMark 4.2); 0 for none
 */
guint
octavo_markdown_cursor_get_heading (const OctavoMarkdownCursor *self)
{
  const char *p = find_content (self);
  gsize level = count_run (p, self->end, '#');

  if (level == 0 || level > 6)
    return 0;
  return p + level == self->end || p[level] == ' ' || p[level] == '\t' ? (guint) level : 0;
}

/**
 * octavo_markdown_cursor_find_heading_end:
 * @self: a cursor where the words of a heading begin
 *
 * Returns: where the words end: at spaces, and at #s that close it
 */
const char *
octavo_markdown_cursor_find_heading_end (const OctavoMarkdownCursor *self)
{
  const char *end = self->end;
  const char *p;

  while (end > self->p && (end[-1] == ' ' || end[-1] == '\t'))
    end--;
  for (p = end; p > self->p && p[-1] == '#';)
    p--;
  if (p < end && (p == self->p || p[-1] == ' ' || p[-1] == '\t'))
    end = p;
  while (end > self->p && (end[-1] == ' ' || end[-1] == '\t'))
    end--;
  return end;
}

/**
 * octavo_markdown_cursor_get_underline:
 * @self: a cursor
 *
 * Returns: the level of a setext heading's underline (CommonMark 4.3); 0 for none
 */
guint
octavo_markdown_cursor_get_underline (const OctavoMarkdownCursor *self)
{
  const char *p = find_content (self);

  if (p == self->end || (*p != '=' && *p != '-'))
    return 0;
  if (!is_blank_from (p + count_run (p, self->end, *p), self->end))
    return 0;
  return *p == '=' ? 1 : 2;
}

/**
 * octavo_markdown_cursor_is_rule:
 * @self: a cursor
 *
 * Returns: whether the rest is a thematic break (CommonMark 4.1)
 */
gboolean
octavo_markdown_cursor_is_rule (const OctavoMarkdownCursor *self)
{
  const char *p = find_content (self);
  char sign = p < self->end ? *p : '\0';
  gsize n = 0;

  if (sign != '*' && sign != '-' && sign != '_')
    return FALSE;
  for (; p < self->end; p++)
    if (*p == sign)
      n++;
    else if (*p != ' ' && *p != '\t')
      return FALSE;
  return n >= 3;
}

/**
 * octavo_markdown_cursor_get_fence:
 * @self: a cursor
 *
 * Returns: the length of the fence that opens code here (CommonMark 4.5); 0 for none
 */
gsize
octavo_markdown_cursor_get_fence (const OctavoMarkdownCursor *self)
{
  const char *p = find_content (self);
  gsize length;

  if (p == self->end || (*p != '`' && *p != '~'))
    return 0;
  length = count_run (p, self->end, *p);
  if (length < 3 || (*p == '`' && memchr (p + length, '`', (gsize) (self->end - p) - length) != NULL))
    return 0;
  return length;
}

/**
 * octavo_markdown_cursor_closes_fence:
 * @self: a cursor
 * @fence: of what the fence is made that opened the code
 * @length: of that fence, up to 255
 *
 * Returns: whether the rest closes it
 */
gboolean
octavo_markdown_cursor_closes_fence (const OctavoMarkdownCursor *self, char fence, gsize length)
{
  const char *p = find_content (self);
  gsize run = count_run (p, self->end, fence);

  return run >= length && octavo_markdown_cursor_get_indent (self) < 4 && is_blank_from (p + run, self->end);
}

/**
 * octavo_markdown_cursor_get_list_marker:
 * @self: a cursor
 * @is_in_paragraph: whether the item would interrupt a paragraph, which not all can
 * @is_bullet: (out): whether it is a bullet, no number
 *
 * Returns: the length of the list marker here (CommonMark 5.2), in bytes; 0 for none
 */
gsize
octavo_markdown_cursor_get_list_marker (const OctavoMarkdownCursor *self, gboolean is_in_paragraph, gboolean *is_bullet)
{
  const char *p = find_content (self);
  const char *start = p;

  *is_bullet = p < self->end && (*p == '-' || *p == '*' || *p == '+');
  if (*is_bullet)
    p++;
  else
    {
      while (p < self->end && p - start < 9 && g_ascii_isdigit (*p))
        p++;
      if (p == start || p == self->end || (*p != '.' && *p != ')'))
        return 0;
      if (is_in_paragraph && (p - start != 1 || *start != '1'))
        return 0;
      p++;
    }
  if (p < self->end && *p != ' ' && *p != '\t')
    return 0;
  if (is_in_paragraph && is_blank_from (p, self->end))
    return 0;
  return (gsize) (p - start);
}

/**
 * octavo_markdown_cursor_is_lone_marker:
 * @self: a cursor
 *
 * Returns: whether the rest is a list marker and a space, as while an item is being written
 */
gboolean
octavo_markdown_cursor_is_lone_marker (const OctavoMarkdownCursor *self)
{
  gboolean is_bullet;
  gsize length = octavo_markdown_cursor_get_list_marker (self, FALSE, &is_bullet);
  const char *after = find_content (self) + length;

  return length > 0 && after < self->end && is_blank_from (after, self->end);
}

/**
 * octavo_markdown_cursor_get_footnote:
 * @self: a cursor
 *
 * Returns: the length of the label and colon that begin a footnote's text here; 0 for none
 */
gsize
octavo_markdown_cursor_get_footnote (const OctavoMarkdownCursor *self)
{
  const char *start = find_content (self);
  const char *p = start + 2;

  if (self->end - start < 5 || start[0] != '[' || start[1] != '^')
    return 0;
  while (p < self->end && strchr (" \t[]", *p) == NULL)
    p++;
  if (p == start + 2 || self->end - p < 2 || p[0] != ']' || p[1] != ':')
    return 0;
  return (gsize) (p + 2 - start);
}

/**
 * octavo_markdown_cursor_is_definition:
 * @self: a cursor
 *
 * Returns: whether a link reference definition begins here (CommonMark 4.7); its destination is in the same line
 */
gboolean
octavo_markdown_cursor_is_definition (const OctavoMarkdownCursor *self)
{
  const char *start = find_content (self);
  const char *p = start + 1;
  gboolean has_words = FALSE;

  if (start == self->end || *start != '[')
    return FALSE;
  for (; p < self->end && *p != ']' && *p != '['; p++)
    {
      if (*p == '\\' && p + 1 < self->end)
        p++;
      has_words = has_words || (*p != ' ' && *p != '\t');
    }
  return has_words && self->end - p >= 2 && p[0] == ']' && p[1] == ':' && !is_blank_from (p + 2, self->end);
}

/**
 * octavo_markdown_cursor_count_cells:
 * @self: a cursor
 *
 * Returns: of how many cells the rest would be as a row of a table (GFM 4.10)
 */
guint
octavo_markdown_cursor_count_cells (const OctavoMarkdownCursor *self)
{
  const char *p = find_content (self);
  guint n = 1;

  if (p < self->end && *p == '|')
    p++;
  for (; p < self->end; p++)
    if (*p == '\\')
      p++;
    else if (*p == '|' && !is_blank_from (p + 1, self->end))
      n++;
  return n;
}

/* One cell of a delimiter row; p after the spaces before it. */
static const char *
skip_delimiter (const char *p, const char *end)
{
  gsize n;

  if (p < end && *p == ':')
    p++;
  n = count_run (p, end, '-');
  if (n == 0)
    return NULL;
  p += n;
  if (p < end && *p == ':')
    p++;
  while (p < end && (*p == ' ' || *p == '\t'))
    p++;
  return p;
}

/**
 * octavo_markdown_cursor_get_delimiter_cells:
 * @self: a cursor
 *
 * Returns: of how many cells the delimiter row here is, that makes a table's head of the line before it (GFM 4.10); 0
 *   where it is none
 */
guint
octavo_markdown_cursor_get_delimiter_cells (const OctavoMarkdownCursor *self)
{
  const char *p = find_content (self);
  gboolean has_sign = FALSE;
  guint n = 0;

  if (p < self->end && *p == '|')
    {
      has_sign = TRUE;
      p++;
    }
  while (p < self->end)
    {
      while (p < self->end && (*p == ' ' || *p == '\t'))
        p++;
      if (p == self->end)
        break;
      has_sign = has_sign || *p == ':';
      p = skip_delimiter (p, self->end);
      if (p == NULL || (p < self->end && *p != '|'))
        return 0;
      n++;
      has_sign = has_sign || p < self->end || p[-1] == ':';
      p += p < self->end;
    }
  return has_sign ? n : 0;
}

/**
 * octavo_markdown_cursor_ends_front_matter:
 * @self: a cursor at the start of a line
 *
 * Returns: whether the line is the --- or ... after front matter
 */
gboolean
octavo_markdown_cursor_ends_front_matter (const OctavoMarkdownCursor *self)
{
  if (self->end - self->p < 3 || (memcmp (self->p, "---", 3) != 0 && memcmp (self->p, "...", 3) != 0))
    return FALSE;
  return is_blank_from (self->p + 3, self->end);
}
