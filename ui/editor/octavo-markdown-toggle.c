/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-markdown-toggle.h"

#include "octavo-markdown-link.h"

#include <string.h>

/* Marks around what is selected, or the word at the cursor: put there, or taken away where the scanner says that they
 * are there already. Each is one step that can be undone. */

static const char *
get_mark (OctavoMarkdownSpanKind kind)
{
  switch (kind)
    {
    case OCTAVO_MARKDOWN_STRONG:
      return "**";
    case OCTAVO_MARKDOWN_EMPHASIS:
      return "*";
    case OCTAVO_MARKDOWN_STRIKETHROUGH:
      return "~~";
    default:
      return "`";
    }
}

/* Emphasis does not begin or end with a space. */
static void
trim (GtkTextIter *start, GtkTextIter *end)
{
  GtkTextIter before = *end;

  while (gtk_text_iter_compare (start, end) < 0 && g_unichar_isspace (gtk_text_iter_get_char (start)))
    gtk_text_iter_forward_char (start);
  while (gtk_text_iter_compare (start, end) < 0 && gtk_text_iter_backward_char (&before) &&
         g_unichar_isspace (gtk_text_iter_get_char (&before)))
    *end = before;
}

/* What is selected of a line, or the word at the cursor; both ends are the cursor where there is none. */
static void
get_range (GtkTextBuffer *buffer, GtkTextIter *start, GtkTextIter *end)
{
  if (gtk_text_buffer_get_selection_bounds (buffer, start, end))
    {
      trim (start, end);
      return;
    }
  if (!gtk_text_iter_inside_word (start) && !gtk_text_iter_ends_word (start))
    return;
  if (!gtk_text_iter_starts_word (start))
    gtk_text_iter_backward_word_start (start);
  if (!gtk_text_iter_ends_word (end))
    gtk_text_iter_forward_word_end (end);
}

/* The innermost part of a kind that has a range in it, with its marks in the same line. */
static gboolean
find_part (OctavoMarkdownBuffer *buffer,
           OctavoMarkdownSpanKind kind,
           const GtkTextIter *start,
           const GtkTextIter *end,
           OctavoMarkdownPart *found)
{
  OctavoMarkdownLines *lines = octavo_markdown_highlighter_get_lines (octavo_markdown_buffer_get_highlighter (buffer));
  guint line = (guint) gtk_text_iter_get_line (start);
  guint32 from = (guint32) gtk_text_iter_get_line_index (start);
  guint32 to = (guint32) gtk_text_iter_get_line_index (end);
  g_autoptr (OctavoMarkdownLeaf) leaf = NULL;
  gboolean is_found = FALSE;

  octavo_markdown_lines_advance (lines, line + 1 + OCTAVO_MARKDOWN_MAX_LEAF_LINES, G_MAXINT64);
  leaf = octavo_markdown_leaf_new (lines, line);
  for (guint i = 0; i < leaf->parts->len; i++)
    {
      const OctavoMarkdownPart *part = &g_array_index (leaf->parts, OctavoMarkdownPart, i);

      if (part->line == line && part->kind == kind && part->start <= from && to <= part->end)
        {
          *found = *part;
          is_found = TRUE;
        }
    }
  return is_found;
}

static void
delete_bytes (GtkTextBuffer *buffer, guint line, guint32 start, guint32 end)
{
  GtkTextIter from, to;

  gtk_text_buffer_get_iter_at_line_index (buffer, &from, (int) line, (int) start);
  gtk_text_buffer_get_iter_at_line_index (buffer, &to, (int) line, (int) end);
  gtk_text_buffer_delete (buffer, &from, &to);
}

/* Returns: whether both marks are there. */
static gboolean
take_away (GtkTextBuffer *buffer, const OctavoMarkdownPart *part, const char *mark)
{
  guint32 size = (guint32) strlen (mark);
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_iter_at_line_index (buffer, &start, (int) part->line, (int) part->start);
  gtk_text_buffer_get_iter_at_line_index (buffer, &end, (int) part->line, (int) part->end);
  text = gtk_text_buffer_get_slice (buffer, &start, &end, TRUE);
  if (*mark == '`')
    size = (guint32) strspn (text, "`");
  else if (strspn (text, "_") >= size)
    mark = size == 2 ? "__" : "_";
  if (part->end - part->start < 2 * size || strncmp (text, mark, strlen (mark)) != 0 || !g_str_has_suffix (text, mark))
    return FALSE;
  delete_bytes (buffer, part->line, part->end - size, part->end);
  delete_bytes (buffer, part->line, part->start, part->start + size);
  return TRUE;
}

/* There is no word yet: the cursor comes to be between the marks. */
static void
put_here (GtkTextBuffer *buffer, GtkTextIter *place, const char *mark)
{
  gtk_text_buffer_insert (buffer, place, mark, -1);
  gtk_text_buffer_insert (buffer, place, mark, -1);
  gtk_text_iter_backward_chars (place, (int) strlen (mark));
  gtk_text_buffer_place_cursor (buffer, place);
}

static void
put_around (GtkTextBuffer *buffer, GtkTextIter *start, GtkTextIter *end, const char *before, const char *after)
{
  GtkTextMark *left = gtk_text_buffer_create_mark (buffer, NULL, start, FALSE);
  GtkTextMark *right = gtk_text_buffer_create_mark (buffer, NULL, end, TRUE);

  gtk_text_buffer_insert (buffer, end, after, -1);
  gtk_text_buffer_get_iter_at_mark (buffer, start, left);
  gtk_text_buffer_insert (buffer, start, before, -1);
  gtk_text_buffer_get_iter_at_mark (buffer, start, left);
  gtk_text_buffer_get_iter_at_mark (buffer, end, right);
  gtk_text_buffer_select_range (buffer, end, start);
  gtk_text_buffer_delete_mark (buffer, left);
  gtk_text_buffer_delete_mark (buffer, right);
}

/**
 * octavo_markdown_toggle:
 * @buffer: a buffer
 * @kind: strong, emphasis, strikethrough or a code span
 *
 * Makes what is selected, or the word at the cursor, strong, and so on; or plain where it is that already. What is
 * selected over more lines stays as it is.
 */
void
octavo_markdown_toggle (OctavoMarkdownBuffer *buffer, OctavoMarkdownSpanKind kind)
{
  GtkTextBuffer *text = GTK_TEXT_BUFFER (buffer);
  const char *mark = get_mark (kind);
  OctavoMarkdownPart part;
  GtkTextIter start, end;
  gboolean is_plain_now;

  g_return_if_fail (OCTAVO_IS_MARKDOWN_BUFFER (buffer));

  get_range (text, &start, &end);
  if (gtk_text_iter_get_line (&start) != gtk_text_iter_get_line (&end))
    return;
  gtk_text_buffer_begin_user_action (text);
  is_plain_now = find_part (buffer, kind, &start, &end, &part) && take_away (text, &part, mark);
  if (!is_plain_now && gtk_text_iter_equal (&start, &end))
    put_here (text, &start, mark);
  else if (!is_plain_now)
    put_around (text, &start, &end, mark, mark);
  gtk_text_buffer_end_user_action (text);
}

static gboolean
is_address (const char *text)
{
  const char *end = text + strlen (text);

  return g_str_has_prefix (text, "http") && strpbrk (text, "()<>") == NULL &&
         octavo_markdown_link_skip_bare (text, end) == end;
}

/**
 * octavo_markdown_link_selection:
 * @buffer: a buffer
 * @address: what is pasted
 *
 * Makes a link of what is selected in a line.
 *
 * Returns: whether @address is one of the web, and something is selected that can be a link
 */
gboolean
octavo_markdown_link_selection (OctavoMarkdownBuffer *buffer, const char *address)
{
  GtkTextBuffer *text = GTK_TEXT_BUFFER (buffer);
  g_autofree char *after = NULL;
  GtkTextIter start, end;

  g_return_val_if_fail (OCTAVO_IS_MARKDOWN_BUFFER (buffer), FALSE);

  if (!is_address (address) || !gtk_text_buffer_get_selection_bounds (text, &start, &end) ||
      gtk_text_iter_get_line (&start) != gtk_text_iter_get_line (&end))
    return FALSE;
  after = g_strdup_printf ("](%s)", address);
  gtk_text_buffer_begin_user_action (text);
  put_around (text, &start, &end, "[", after);
  gtk_text_buffer_end_user_action (text);
  return TRUE;
}

/* Selects the address of a link that is there already, to be changed. Returns: whether it is read that way. */
static gboolean
select_address (GtkTextBuffer *buffer, const OctavoMarkdownPart *part)
{
  GtkTextIter start, end;
  g_autofree char *text = NULL;
  const char *address;

  gtk_text_buffer_get_iter_at_line_index (buffer, &start, (int) part->line, (int) part->start);
  gtk_text_buffer_get_iter_at_line_index (buffer, &end, (int) part->line, (int) part->end);
  text = gtk_text_buffer_get_slice (buffer, &start, &end, TRUE);
  address = g_strrstr (text, "](");
  if (address == NULL || !g_str_has_suffix (text, ")"))
    return FALSE;
  gtk_text_iter_set_line_index (&start, (int) (part->start + (guint32) (address + 2 - text)));
  gtk_text_iter_backward_char (&end);
  gtk_text_buffer_select_range (buffer, &end, &start);
  return TRUE;
}

/* The place for what is not known yet gets the cursor: the address; or the text, where that is empty. */
static void
put_link (GtkTextBuffer *buffer, GtkTextIter *start, GtkTextIter *end, const char *name, const char *address)
{
  g_autofree char *link = g_strdup_printf ("[%s](%s)", name, address);
  GtkTextIter cursor;
  int from = gtk_text_iter_get_offset (start);
  int to = from + (int) g_utf8_strlen (link, -1);

  gtk_text_buffer_delete (buffer, start, end);
  gtk_text_buffer_insert (buffer, start, link, -1);
  if (*name == '\0')
    to = from + 1;
  else if (*address == '\0')
    to--;
  gtk_text_buffer_get_iter_at_offset (buffer, &cursor, to);
  gtk_text_buffer_place_cursor (buffer, &cursor);
}

/**
 * octavo_markdown_insert_link:
 * @buffer: a buffer
 * @address: (nullable): what the link may lead to; taken where it is an address of the web
 *
 * Makes a link of what is selected in a line, or of the word at the cursor; an address that is selected is where it
 * leads. The cursor comes to be where something is to be typed yet. In a link that is there, its address is selected.
 * What is selected over more lines stays as it is.
 */
void
octavo_markdown_insert_link (OctavoMarkdownBuffer *buffer, const char *address)
{
  GtkTextBuffer *text = GTK_TEXT_BUFFER (buffer);
  g_autofree char *name = NULL;
  OctavoMarkdownPart part;
  GtkTextIter start, end;

  g_return_if_fail (OCTAVO_IS_MARKDOWN_BUFFER (buffer));

  get_range (text, &start, &end);
  if (gtk_text_iter_get_line (&start) != gtk_text_iter_get_line (&end) ||
      (find_part (buffer, OCTAVO_MARKDOWN_LINK, &start, &end, &part) && select_address (text, &part)))
    return;
  name = gtk_text_buffer_get_slice (text, &start, &end, TRUE);
  if (address == NULL || !is_address (address))
    address = "";
  gtk_text_buffer_begin_user_action (text);
  if (is_address (name))
    put_link (text, &start, &end, "", name);
  else
    put_link (text, &start, &end, name, address);
  gtk_text_buffer_end_user_action (text);
}
