/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "markdown-test.h"

#include <string.h>

static const char *const block_names[] = {
  "blank", "paragraph",  "heading",    "underline",       "rule",      "fence",        "code", "code",
  "html",  "definition", "table-head", "table-delimiter", "table-row", "front-matter",
};

static const char *const span_names[] = {
  ">",         "-",    "1.",   "[ ]",   "[x]",  "[^]:",  "",     "info", "em",   "strong", "strike",
  "highlight", "code", "link", "image", "wiki", "embed", "auto", "dest", "note", "tag",    "html",
};

static char *
read_line (guint line, gsize *size, gpointer data)
{
  MarkdownTest *self = data;
  char *text = g_strdup (self->lines->pdata[line]);

  *size = strlen (text);
  return text;
}

static void
split (MarkdownTest *self)
{
  g_auto (GStrv) lines = g_strsplit (self->text->str, "\n", -1);

  g_ptr_array_set_size (self->lines, 0);
  for (guint i = 0; lines[i] != NULL; i++)
    g_ptr_array_add (self->lines, g_strdup (lines[i]));
  if (self->lines->len == 0)
    g_ptr_array_add (self->lines, g_strdup (""));
}

MarkdownTest *
markdown_test_new (const char *text)
{
  MarkdownTest *self = g_new0 (MarkdownTest, 1);

  self->text = g_string_new (text);
  self->lines = g_ptr_array_new_with_free_func (g_free);
  self->shown = g_ptr_array_new_with_free_func (g_free);
  split (self);
  self->known = octavo_markdown_lines_new (read_line, self);
  octavo_markdown_lines_load (self->known, self->lines->len);
  g_ptr_array_set_size (self->shown, (int) self->lines->len);
  return self;
}

void
markdown_test_free (MarkdownTest *self)
{
  octavo_markdown_lines_free (self->known);
  g_ptr_array_unref (self->lines);
  g_ptr_array_unref (self->shown);
  g_string_free (self->text, TRUE);
  g_free (self);
}

static guint
count_lines (const char *text, gsize size)
{
  guint n = 0;

  for (gsize i = 0; i < size; i++)
    n += text[i] == '\n';
  return n;
}

/* Puts a text in place of a part of it, as a person would. */
void
markdown_test_replace (MarkdownTest *self, gsize start, gsize end, const char *text)
{
  guint first = count_lines (self->text->str, start);
  guint n_removed = 1 + count_lines (self->text->str + start, end - start);
  guint n_added = 1 + count_lines (text, strlen (text));

  g_string_erase (self->text, (gssize) start, (gssize) (end - start));
  g_string_insert (self->text, (gssize) start, text);
  split (self);
  octavo_markdown_lines_edit (self->known, first, n_removed, n_added);
  g_ptr_array_remove_range (self->shown, first, n_removed);
  for (guint i = 0; i < n_added; i++)
    g_ptr_array_insert (self->shown, (int) first, NULL);
}

static void
describe_part (GString *text, MarkdownTest *self, const OctavoMarkdownLeaf *leaf, const OctavoMarkdownPart *part)
{
  const char *line = self->lines->pdata[part->line];

  g_assert_cmpuint (part->start, <, part->end);
  g_assert_cmpuint (part->end, <=, strlen (line));
  g_assert_true (g_utf8_validate (line + part->start, part->end - part->start, NULL));
  g_assert_cmpuint (part->target_start, <=, part->target_end);
  g_assert_cmpuint (part->target_end, <=, leaf->text->len);
  g_string_append_printf (text, " %s(%.*s)", span_names[part->kind], (int) (part->end - part->start),
                          line + part->start);
  if (part->target_end > 0)
    g_string_append_printf (text, "→%.*s", (int) (part->target_end - part->target_start),
                            leaf->text->str + part->target_start);
}

/* What a line is, and its parts: each as its kind, its text, and where it leads. */
char *
markdown_test_describe_line (MarkdownTest *self, guint line)
{
  g_autoptr (OctavoMarkdownLeaf) leaf = octavo_markdown_leaf_new (self->known, line);
  const OctavoMarkdownLine *info;
  GString *text;

  g_assert_cmpuint (leaf->first, <=, line);
  g_assert_cmpuint (line, <, leaf->first + leaf->n_lines);
  info = &g_array_index (leaf->lines, OctavoMarkdownLine, line - leaf->first);
  text = g_string_new (block_names[info->block == OCTAVO_MARKDOWN_UNDERLINE ? info->block : leaf->block]);
  if (leaf->level > 0)
    g_string_append_printf (text, "%u", leaf->level);
  for (guint i = 0; i < leaf->parts->len; i++)
    {
      const OctavoMarkdownPart *part = &g_array_index (leaf->parts, OctavoMarkdownPart, i);

      if (part->line == line)
        describe_part (text, self, leaf, part);
    }
  return g_string_free (text, FALSE);
}

/* Shows what is known of lines and not shown yet. */
void
markdown_test_show (MarkdownTest *self, guint until)
{
  guint line = 0;

  octavo_markdown_lines_advance (self->known, until, G_MAXINT64);
  while (octavo_markdown_lines_find_stale (self->known, line, G_MAXUINT, &line))
    {
      g_free (self->shown->pdata[line]);
      self->shown->pdata[line] = markdown_test_describe_line (self, line);
      octavo_markdown_lines_set_fresh (self->known, line);
    }
}

/* What is shown after all edits is what is shown of the same text that was never edited. */
void
markdown_test_assert_fresh (MarkdownTest *self)
{
  MarkdownTest *other = markdown_test_new (self->text->str);

  markdown_test_show (self, G_MAXUINT);
  markdown_test_show (other, G_MAXUINT);
  g_assert_cmpuint (octavo_markdown_lines_get_n_known (self->known), ==, self->lines->len);
  g_assert_cmpuint (self->shown->len, ==, other->shown->len);
  for (guint i = 0; i < self->shown->len; i++)
    g_assert_cmpstr (self->shown->pdata[i], ==, other->shown->pdata[i]);
  markdown_test_free (other);
}

/* The lines of a text, described, each ended by a newline. */
char *
markdown_test_describe (const char *text)
{
  MarkdownTest *test = markdown_test_new (text);
  GString *all = g_string_new (NULL);

  markdown_test_show (test, G_MAXUINT);
  for (guint i = 0; i < test->shown->len; i++)
    g_string_append_printf (all, "%s\n", (const char *) test->shown->pdata[i]);
  markdown_test_free (test);
  return g_string_free (all, FALSE);
}
