/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-markdown"

#include "octavo-markdown-links.h"

#include <string.h>

/* Which links a text has: the one at a place, for whoever follows it; those to notes, for whoever looks for them or
 * changes them. What is in code is none. */

/* A text whose lines are read one by one. */
typedef struct
{
  const char *text;
  gsize size;
  GArray *starts; /* (element-type gsize): of the lines, and one more */
} Text;

static gboolean
is_link (guint8 kind)
{
  return kind == OCTAVO_MARKDOWN_LINK || kind == OCTAVO_MARKDOWN_IMAGE || kind == OCTAVO_MARKDOWN_WIKI_LINK ||
         kind == OCTAVO_MARKDOWN_WIKI_EMBED || kind == OCTAVO_MARKDOWN_AUTOLINK || kind == OCTAVO_MARKDOWN_TAG;
}

static OctavoMarkdownFoundLink *
found_link_new (const OctavoMarkdownLeaf *leaf, const OctavoMarkdownPart *part)
{
  OctavoMarkdownFoundLink *self = g_new0 (OctavoMarkdownFoundLink, 1);

  self->kind = part->kind;
  self->line = part->line;
  self->start = part->start;
  self->end = part->end;
  self->target = g_strndup (leaf->text->str + part->target_start, part->target_end - part->target_start);
  return self;
}

/* What is in a link leads where the link does; where two touch, the one that begins there is meant. */
static gboolean
is_better (const OctavoMarkdownPart *best, gsize index)
{
  return best == NULL || best->end == index || best->kind == OCTAVO_MARKDOWN_IMAGE;
}

static const OctavoMarkdownPart *
find_part (const OctavoMarkdownLeaf *leaf, guint line, gsize index)
{
  const OctavoMarkdownPart *best = NULL;

  for (guint i = 0; i < leaf->parts->len; i++)
    {
      const OctavoMarkdownPart *part = &g_array_index (leaf->parts, OctavoMarkdownPart, i);

      if (part->line == line && is_link (part->kind) && part->start <= index && index <= part->end &&
          is_better (best, index))
        best = part;
    }
  return best;
}

/* [words][label]: the target is what the label is defined as. */
static gboolean
is_label (const OctavoMarkdownLeaf *leaf, const OctavoMarkdownPart *part)
{
  return (part->kind == OCTAVO_MARKDOWN_LINK || part->kind == OCTAVO_MARKDOWN_IMAGE) &&
         leaf->block != OCTAVO_MARKDOWN_DEFINITION && part->target_start > 0 &&
         leaf->text->str[part->target_start - 1] == '[';
}

/* Labels are the same whatever their case and their white space (CommonMark 4.7). */
static char *
fold_label (const char *label, gsize size)
{
  g_autofree char *text = g_strndup (label, size);
  g_auto (GStrv) words = g_strsplit_set (text, " \t\n", -1);
  g_autoptr (GString) folded = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_string_append_printf (folded, "%s%s", folded->len > 0 ? " " : "", words[i]);
  return g_utf8_casefold (folded->str, -1);
}

/* Returns: (transfer full) (nullable): what it is defined as in a line */
static char *
read_definition (OctavoMarkdownLines *lines, guint line, const char *folded)
{
  g_autoptr (OctavoMarkdownLeaf) leaf = octavo_markdown_leaf_new (lines, line);
  const char *colon = strstr (leaf->text->str, "]:");
  g_autofree char *label =
      colon != NULL ? fold_label (leaf->text->str + 1, (gsize) (colon - leaf->text->str - 1)) : NULL;

  for (guint i = 0; g_strcmp0 (label, folded) == 0 && i < leaf->parts->len; i++)
    {
      const OctavoMarkdownPart *part = &g_array_index (leaf->parts, OctavoMarkdownPart, i);

      if (part->kind == OCTAVO_MARKDOWN_LINK)
        return g_strndup (leaf->text->str + part->target_start, part->target_end - part->target_start);
    }
  return NULL;
}

static char *
find_definition (OctavoMarkdownLines *lines, const char *label)
{
  g_autofree char *folded = fold_label (label, strlen (label));

  octavo_markdown_lines_advance (lines, octavo_markdown_lines_get_n_lines (lines), G_MAXINT64);
  for (guint line = 0; line < octavo_markdown_lines_get_n_lines (lines); line++)
    if (octavo_markdown_lines_get_block (lines, line) == OCTAVO_MARKDOWN_DEFINITION)
      {
        char *target = read_definition (lines, line, folded);

        if (target != NULL)
          return target;
      }
  return NULL;
}

/**
 * octavo_markdown_links_get_at:
 * @lines: what is known of the lines of a text
 * @line: a line
 * @index: a place in it, in bytes
 *
 * Finds the link, the image or the #tag that a place is in, or at the end of. Any thread.
 *
 * Returns: (transfer full) (nullable): the link
 */
OctavoMarkdownFoundLink *
octavo_markdown_links_get_at (OctavoMarkdownLines *lines, guint line, gsize index)
{
  g_autoptr (OctavoMarkdownLeaf) leaf = NULL;
  g_autoptr (OctavoMarkdownFoundLink) link = NULL;
  const OctavoMarkdownPart *part;

  octavo_markdown_lines_advance (lines, line + 1 + OCTAVO_MARKDOWN_MAX_LEAF_LINES, G_MAXINT64);
  leaf = octavo_markdown_leaf_new (lines, line);
  part = find_part (leaf, line, index);
  if (part == NULL)
    return NULL;
  link = found_link_new (leaf, part);
  if (is_label (leaf, part))
    {
      char *target = find_definition (lines, link->target);

      if (target == NULL)
        return NULL;
      g_free (link->target);
      link->target = target;
    }
  return g_steal_pointer (&link);
}

static char *
read_line (guint line, gsize *size, gpointer data)
{
  const Text *text = data;
  gsize start = g_array_index (text->starts, gsize, line);
  gsize end = g_array_index (text->starts, gsize, line + 1) - 1;

  if (end > start && text->text[end - 1] == '\r')
    end--;
  *size = end - start;
  return g_strndup (text->text + start, end - start);
}

static void
find_starts (Text *text)
{
  gsize start = 0;

  g_array_append_val (text->starts, start);
  for (const char *end = text->text; (end = strchr (end, '\n')) != NULL;)
    {
      start = (gsize) (++end - text->text);
      g_array_append_val (text->starts, start);
    }
  start = text->size + 1;
  g_array_append_val (text->starts, start);
}

static gboolean
may_have_link (const Text *text, guint line)
{
  gsize start = g_array_index (text->starts, gsize, line);
  gsize size = g_array_index (text->starts, gsize, line + 1) - 1 - start;

  return memmem (text->text + start, size, "[[", 2) != NULL ||
         memmem (text->text + start, size, "octavo:", 7) != NULL || memmem (text->text + start, size, ".md", 3) != NULL;
}

/* Another file beside that of the note, as other programs for notes link to it. */
static gboolean
leads_to_file (const OctavoMarkdownFoundLink *link)
{
  const char *target = link->target;
  const char *end = strstr (target, ".md");

  return link->kind == OCTAVO_MARKDOWN_LINK && end != NULL && (end[3] == '\0' || end[3] == '#') &&
         memchr (target, ':', (gsize) (end - target)) == NULL;
}

static gboolean
leads_to_note (const OctavoMarkdownFoundLink *link)
{
  return link->kind == OCTAVO_MARKDOWN_WIKI_LINK || link->kind == OCTAVO_MARKDOWN_WIKI_EMBED ||
         g_str_has_prefix (link->target, "octavo:") || leads_to_file (link);
}

static void
add_links (const Text *text, const OctavoMarkdownLeaf *leaf, GPtrArray *links)
{
  for (guint i = 0; i < leaf->parts->len; i++)
    {
      const OctavoMarkdownPart *part = &g_array_index (leaf->parts, OctavoMarkdownPart, i);
      g_autoptr (OctavoMarkdownFoundLink) link = NULL;

      if (!is_link (part->kind) || part->kind == OCTAVO_MARKDOWN_TAG)
        continue;
      link = found_link_new (leaf, part);
      link->offset = g_array_index (text->starts, gsize, part->line);
      if (leads_to_note (link))
        g_ptr_array_add (links, g_steal_pointer (&link));
    }
}

/**
 * octavo_markdown_links_find_notes:
 * @text: a Markdown text
 *
 * Finds the links to notes: [[wiki links]], those that are embedded, links to octavo: addresses, and to files whose
 * name ends in .md. A link over more lines is found in each of them. Any thread.
 *
 * Returns: (transfer full) (element-type OctavoMarkdownFoundLink): the links, in the order of the text
 */
GPtrArray *
octavo_markdown_links_find_notes (const char *text)
{
  GPtrArray *links = g_ptr_array_new_with_free_func ((GDestroyNotify) octavo_markdown_found_link_free);
  Text reader = { .text = text };
  OctavoMarkdownLines *lines;
  guint n_lines;

  if (strstr (text, "[[") == NULL && strstr (text, "octavo:") == NULL && strstr (text, ".md") == NULL)
    return links;
  reader.size = strlen (text);
  reader.starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  find_starts (&reader);
  n_lines = reader.starts->len - 1;
  lines = octavo_markdown_lines_new (read_line, &reader);
  octavo_markdown_lines_load (lines, n_lines);
  octavo_markdown_lines_advance (lines, n_lines, G_MAXINT64);
  for (guint line = 0; line < n_lines; line++)
    if (may_have_link (&reader, line))
      {
        g_autoptr (OctavoMarkdownLeaf) leaf = octavo_markdown_leaf_new (lines, line);

        add_links (&reader, leaf, links);
        line = MAX (line, leaf->first + leaf->n_lines - 1);
      }
  octavo_markdown_lines_free (lines);
  g_array_unref (reader.starts);
  return links;
}

/**
 * octavo_markdown_found_link_free:
 * @self: (transfer full): a link
 */
void
octavo_markdown_found_link_free (OctavoMarkdownFoundLink *self)
{
  g_free (self->target);
  g_free (self);
}
