/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-markdown"

#include "octavo-markdown-source.h"

#include "octavo-markdown-cursor.h"
#include "octavo-markdown-lines.h"

#include <string.h>

/* md4c knows nothing of front matter and footnotes, and wants three signs in each column of the line below the head of
 * a table, where one is enough elsewhere. So it gets a text in which the first is left out, the second do not look like
 * what a link refers to, and the third has its signs; and whatever it tells is taken from the note itself. */

#define MAX_FRONT_LINES 200
#define MASK            '\1' /* stands for the colon of a footnote */
#define LEAST_SIGNS     3

typedef struct
{
  gsize start; /* in what is read */
  gsize n;
  gsize before; /* what was added before */
} Added;

typedef struct
{
  const char *text;
  GArray *starts; /* (element-type gsize) of lines */
} Head;

static char *
read_line (guint line, gsize *size, gpointer data)
{
  Head *head = data;
  gsize start = g_array_index (head->starts, gsize, line);

  *size = strcspn (head->text + start, "\n");
  return g_strndup (head->text + start, *size);
}

/* Returns where the text begins. */
static gsize
skip_front_matter (const char *text, gsize size)
{
  Head head = { .text = text };
  g_autoptr (GArray) starts = NULL;
  g_autoptr (OctavoMarkdownLines) lines = NULL;
  guint line = 0;

  if (!g_str_has_prefix (text, "---"))
    return 0;
  starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  head.starts = starts;
  for (const char *p = text; p != NULL && starts->len <= MAX_FRONT_LINES; p = strchr (p, '\n'))
    {
      gsize start;

      p += p > text; /* the end of the line before */
      start = (gsize) (p - text);
      g_array_append_val (starts, start);
    }
  lines = octavo_markdown_lines_new (read_line, &head);
  octavo_markdown_lines_load (lines, starts->len);
  octavo_markdown_lines_advance (lines, starts->len, G_MAXINT64);
  while (line < starts->len && octavo_markdown_lines_get_block (lines, line) == OCTAVO_MARKDOWN_FRONT_MATTER)
    line++;
  return line < starts->len ? g_array_index (starts, gsize, line) : size;
}

/* Where a footnote is one word md4c takes it for what a link refers to, and leaves it out. */
static void
mask_footnotes (char *text)
{
  for (char *p = strchr (text, '['); p != NULL; p = strchr (p + 1, '['))
    {
      gsize length = p[1] == '^' ? strcspn (p + 2, " \t\n[]") : 0;

      if (length > 0 && p[2 + length] == ']' && p[3 + length] == ':')
        p[3 + length] = MASK;
    }
}

static gboolean
is_delimiter (const char *line, gsize size)
{
  gsize quotes = strspn (line, "> \t");
  OctavoMarkdownCursor cursor;

  if (size > 0 && line[size - 1] == '\r')
    size--;
  /* nearly all lines have a letter among the first signs */
  if (quotes >= size || memchr (line, '|', size) == NULL || strspn (line + quotes, "|:- \t\r") < size - quotes)
    return FALSE;
  octavo_markdown_cursor_init (&cursor, line + quotes, size - quotes);
  return octavo_markdown_cursor_get_delimiter_cells (&cursor) > 0;
}

static void
add_signs (OctavoMarkdownSource *self, gsize n)
{
  const Added *last = self->added->len > 0 ? &g_array_index (self->added, Added, self->added->len - 1) : NULL;
  const Added added = { .start = self->read->len, .n = n, .before = last != NULL ? last->before + last->n : 0 };

  g_array_append_val (self->added, added);
  for (gsize i = 0; i < n; i++)
    g_string_append_c (self->read, '-');
}

static void
add_delimiter (OctavoMarkdownSource *self, const char *line, gsize size)
{
  for (gsize i = 0; i < size;)
    {
      gsize n = strspn (line + i, ":-");

      if (n > 0 && n < LEAST_SIGNS && memchr (line + i, '-', n) != NULL)
        {
          gsize before = line[i] == ':';

          g_string_append_len (self->read, line + i, (gssize) before);
          add_signs (self, LEAST_SIGNS - n);
          g_string_append_len (self->read, line + i + before, (gssize) (n - before));
        }
      else
        {
          n = MAX (n, 1);
          g_string_append_len (self->read, line + i, (gssize) n);
        }
      i += n;
    }
}

static void
add_lines (OctavoMarkdownSource *self, const char *text)
{
  while (*text != '\0')
    {
      gsize size = strcspn (text, "\n");

      if (is_delimiter (text, size))
        add_delimiter (self, text, size);
      else
        g_string_append_len (self->read, text, (gssize) size);
      text += size;
      if (*text == '\n')
        g_string_append_c (self->read, *text++);
    }
}

/* Any thread. */
void
octavo_markdown_source_init (OctavoMarkdownSource *self, const char *text, gsize size)
{
  g_autofree char *masked = NULL;

  self->text = g_strndup (text, size);
  self->size = strlen (self->text);
  self->base = skip_front_matter (self->text, self->size);
  self->read = g_string_sized_new (self->size - self->base + 1);
  self->added = g_array_new (FALSE, FALSE, sizeof (Added));
  masked = g_strdup (self->text + self->base);
  mask_footnotes (masked);
  add_lines (self, masked);
}

void
octavo_markdown_source_clear (OctavoMarkdownSource *self)
{
  g_free (self->text);
  g_string_free (self->read, TRUE);
  g_array_unref (self->added);
}

/* Returns where in the note something stands, of which the place in what is read is known. */
guint
octavo_markdown_source_get_place (OctavoMarkdownSource *self, gsize offset)
{
  guint low = 0, high = self->added->len;
  const Added *last;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->added, Added, middle).start < offset)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == 0)
    return (guint) (self->base + offset);
  last = &g_array_index (self->added, Added, low - 1);
  return (guint) (self->base + MAX (offset - MIN (offset, last->n), last->start) - last->before);
}

/* Where in the note a part of what is read stands. Returns FALSE where it is no part of that. */
gboolean
octavo_markdown_source_find (OctavoMarkdownSource *self, const char *text, gsize size, guint *start, guint *end)
{
  guintptr offset = (guintptr) text - (guintptr) self->read->str;

  if (offset >= self->read->len || size > self->read->len - offset)
    return FALSE;
  *start = octavo_markdown_source_get_place (self, offset);
  *end = octavo_markdown_source_get_place (self, offset + size);
  return TRUE;
}
