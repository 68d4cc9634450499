/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-markdown"

#include "octavo-markdown-line.h"

#include "octavo-markdown-cursor.h"
#include "octavo-markdown-html.h"

#include <string.h>

/* What a line is follows from its text and from what is open at the end of the line before: CommonMark 5 and appendix
 * (phase 1), one line at a time, with GFM's tables, task lists and footnotes, and front matter. So that a state says
 * all there is to know, and lines after an edit need be read only until their state is what it was. */

typedef struct
{
  OctavoMarkdownLine *line;
  OctavoMarkdownState *state;
  OctavoMarkdownCursor cursor;
  guint matched; /* containers that go on */
  gboolean is_all_matched;
  gboolean has_new;         /* a container began in this line */
  gboolean is_in_paragraph; /* that goes on unless something else begins */
} Scan;

static void
add_mark (Scan *scan, OctavoMarkdownSpanKind kind, const char *start, const char *end)
{
  OctavoMarkdownLine *line = scan->line;

  if (line->n_marks < G_N_ELEMENTS (line->marks))
    line->marks[line->n_marks++] = (OctavoMarkdownMark){ .kind = (guint8) kind,
                                                         .start = (guint32) (start - scan->cursor.text),
                                                         .end = (guint32) (end - scan->cursor.text) };
}

static void
finish (Scan *scan, OctavoMarkdownBlock block, OctavoMarkdownBlock leaf)
{
  scan->line->block = (guint8) block;
  scan->state->leaf = (guint8) leaf;
  if (leaf != OCTAVO_MARKDOWN_FENCED_CODE)
    scan->state->fence = scan->state->fence_length = 0;
  if (leaf != OCTAVO_MARKDOWN_HTML)
    scan->state->html = 0;
  if (leaf != OCTAVO_MARKDOWN_PARAGRAPH)
    scan->state->n_cells = leaf == OCTAVO_MARKDOWN_TABLE_ROW ? scan->state->n_cells : 0;
}

static void
count_containers (Scan *scan)
{
  for (guint i = 0; i < scan->state->n_containers; i++)
    if (scan->state->containers[i].kind == OCTAVO_MARKDOWN_QUOTE)
      scan->line->n_quotes++;
    else
      scan->line->n_items++;
}

/* What is left over in the state would make states differ that are the same. */
static void
close_containers (Scan *scan, guint n)
{
  OctavoMarkdownState *state = scan->state;

  memset (&state->containers[n], 0, sizeof state->containers[0] * (OCTAVO_MARKDOWN_MAX_DEPTH - n));
  state->n_containers = (guint8) n;
}

static void
read_quote_mark (Scan *scan)
{
  OctavoMarkdownCursor *cursor = &scan->cursor;

  octavo_markdown_cursor_skip_spaces (cursor);
  add_mark (scan, OCTAVO_MARKDOWN_QUOTE_MARK, cursor->p, cursor->p + 1);
  octavo_markdown_cursor_advance (cursor, 1);
  if (octavo_markdown_cursor_get_indent (cursor) > 0)
    octavo_markdown_cursor_advance (cursor, 1);
}

static gboolean
match_container (Scan *scan, const OctavoMarkdownContainer *container)
{
  OctavoMarkdownCursor *cursor = &scan->cursor;
  guint indent = octavo_markdown_cursor_get_indent (cursor);

  if (container->kind == OCTAVO_MARKDOWN_QUOTE)
    {
      if (indent > 3 || octavo_markdown_cursor_peek (cursor) != '>')
        return FALSE;
      read_quote_mark (scan);
      return TRUE;
    }
  if (indent >= container->indent)
    octavo_markdown_cursor_advance (cursor, container->indent);
  else if (octavo_markdown_cursor_is_blank (cursor) && container->kind != OCTAVO_MARKDOWN_EMPTY_ITEM)
    octavo_markdown_cursor_skip_spaces (cursor);
  else
    return FALSE;
  return TRUE;
}

static void
match_containers (Scan *scan)
{
  const OctavoMarkdownState *state = scan->state;

  while (scan->matched < state->n_containers && match_container (scan, &state->containers[scan->matched]))
    scan->matched++;
  scan->is_all_matched = scan->matched == state->n_containers;
  scan->is_in_paragraph = scan->is_all_matched && state->leaf == OCTAVO_MARKDOWN_PARAGRAPH;
}

/* A leaf that takes all lines until it ends. */
static gboolean
go_on_with_leaf (Scan *scan)
{
  OctavoMarkdownCursor *cursor = &scan->cursor;
  OctavoMarkdownState *state = scan->state;

  if (!scan->is_all_matched)
    return FALSE;
  if (state->leaf == OCTAVO_MARKDOWN_FENCED_CODE)
    {
      scan->line->continues = TRUE;
      if (octavo_markdown_cursor_closes_fence (cursor, (char) state->fence, state->fence_length))
        {
          octavo_markdown_cursor_skip_spaces (cursor);
          add_mark (scan, OCTAVO_MARKDOWN_MARK, cursor->p, cursor->end);
          finish (scan, OCTAVO_MARKDOWN_FENCE, OCTAVO_MARKDOWN_BLANK);
        }
      else
        finish (scan, OCTAVO_MARKDOWN_FENCED_CODE, OCTAVO_MARKDOWN_FENCED_CODE);
      return TRUE;
    }
  if (state->leaf == OCTAVO_MARKDOWN_HTML && (state->html < 6 || !octavo_markdown_cursor_is_blank (cursor)))
    {
      gboolean ends = octavo_markdown_html_ends_block (cursor->p, cursor->end, state->html);

      scan->line->continues = TRUE;
      finish (scan, OCTAVO_MARKDOWN_HTML, ends ? OCTAVO_MARKDOWN_BLANK : OCTAVO_MARKDOWN_HTML);
      return TRUE;
    }
  return FALSE;
}

/* Something stands in them now. */
static void
fill_items (OctavoMarkdownState *state)
{
  for (guint i = 0; i < state->n_containers; i++)
    if (state->containers[i].kind == OCTAVO_MARKDOWN_EMPTY_ITEM)
      state->containers[i].kind = OCTAVO_MARKDOWN_ITEM;
}

/* The containers that did not go on end, and where a container is to begin, one is added. */
static void
open_container (Scan *scan, OctavoMarkdownContainerKind kind, guint indent)
{
  OctavoMarkdownState *state = scan->state;

  if (!scan->has_new)
    close_containers (scan, scan->matched);
  scan->has_new = TRUE;
  scan->is_in_paragraph = FALSE;
  fill_items (state);
  state->containers[state->n_containers].kind = (guint8) kind;
  state->containers[state->n_containers].indent = (guint8) indent;
  state->n_containers++;
}

static gboolean
is_full (const Scan *scan)
{
  return (scan->has_new ? scan->state->n_containers : scan->matched) == OCTAVO_MARKDOWN_MAX_DEPTH;
}

/* In a list, a marker with nothing but a space behind it is an item that somebody is about to write, though CommonMark
 * would have it go on with the paragraph, or make a heading of it. */
static gboolean
is_item_to_be (const Scan *scan)
{
  const OctavoMarkdownState *state = scan->state;

  for (guint i = 0; i < scan->matched; i++)
    if (state->containers[i].kind != OCTAVO_MARKDOWN_QUOTE)
      return octavo_markdown_cursor_is_lone_marker (&scan->cursor);
  return FALSE;
}

/* CommonMark 5.2 and 5.3. */
static gboolean
open_item (Scan *scan)
{
  OctavoMarkdownCursor *cursor = &scan->cursor;
  guint indent = octavo_markdown_cursor_get_indent (cursor);
  gboolean is_bullet;
  gsize length =
      octavo_markdown_cursor_get_list_marker (cursor, scan->is_in_paragraph && !is_item_to_be (scan), &is_bullet);
  guint spaces;
  gboolean is_blank;

  if (length == 0 || is_full (scan))
    return FALSE;
  octavo_markdown_cursor_skip_spaces (cursor);
  add_mark (scan, is_bullet ? OCTAVO_MARKDOWN_BULLET : OCTAVO_MARKDOWN_NUMBER, cursor->p, cursor->p + length);
  octavo_markdown_cursor_advance (cursor, (guint) length);
  spaces = octavo_markdown_cursor_get_indent (cursor);
  is_blank = octavo_markdown_cursor_is_blank (cursor);
  if (is_blank || spaces > 4)
    spaces = 1;
  if (!is_blank)
    octavo_markdown_cursor_advance (cursor, spaces);
  open_container (scan, is_blank ? OCTAVO_MARKDOWN_EMPTY_ITEM : OCTAVO_MARKDOWN_ITEM, indent + (guint) length + spaces);
  return TRUE;
}

/* GFM's footnotes, which hold blocks like an item does. */
static gboolean
open_footnote (Scan *scan)
{
  OctavoMarkdownCursor *cursor = &scan->cursor;
  gsize length = octavo_markdown_cursor_get_footnote (cursor);

  if (length == 0 || is_full (scan))
    return FALSE;
  octavo_markdown_cursor_skip_spaces (cursor);
  add_mark (scan, OCTAVO_MARKDOWN_FOOTNOTE_MARK, cursor->p, cursor->p + length);
  octavo_markdown_cursor_advance (cursor, (guint) length);
  octavo_markdown_cursor_skip_spaces (cursor);
  open_container (scan, OCTAVO_MARKDOWN_ITEM, 4);
  return TRUE;
}

static gboolean
open_quote (Scan *scan)
{
  if (octavo_markdown_cursor_peek (&scan->cursor) != '>' || is_full (scan))
    return FALSE;
  read_quote_mark (scan);
  open_container (scan, OCTAVO_MARKDOWN_QUOTE, 0);
  return TRUE;
}

static gboolean
start_heading (Scan *scan)
{
  OctavoMarkdownCursor *cursor = &scan->cursor;
  OctavoMarkdownLine *line = scan->line;
  guint level = octavo_markdown_cursor_get_heading (cursor);
  const char *end;

  if (level == 0)
    return FALSE;
  octavo_markdown_cursor_skip_spaces (cursor);
  add_mark (scan, OCTAVO_MARKDOWN_MARK, cursor->p, cursor->p + level);
  octavo_markdown_cursor_advance (cursor, level);
  octavo_markdown_cursor_skip_spaces (cursor);
  end = octavo_markdown_cursor_find_heading_end (cursor);
  if (end < cursor->end)
    add_mark (scan, OCTAVO_MARKDOWN_MARK, end, cursor->end);
  line->level = (guint8) level;
  line->content_end = (guint32) (end - cursor->text);
  finish (scan, OCTAVO_MARKDOWN_HEADING, OCTAVO_MARKDOWN_BLANK);
  return TRUE;
}

static gboolean
start_fence (Scan *scan)
{
  OctavoMarkdownCursor *cursor = &scan->cursor;
  gsize length = octavo_markdown_cursor_get_fence (cursor);
  const char *info;

  if (length == 0)
    return FALSE;
  octavo_markdown_cursor_skip_spaces (cursor);
  add_mark (scan, OCTAVO_MARKDOWN_MARK, cursor->p, cursor->p + length);
  for (info = cursor->p + length; info < cursor->end && (*info == ' ' || *info == '\t');)
    info++;
  if (info < cursor->end)
    add_mark (scan, OCTAVO_MARKDOWN_INFO, info, cursor->end);
  finish (scan, OCTAVO_MARKDOWN_FENCE, OCTAVO_MARKDOWN_FENCED_CODE);
  scan->state->fence = (guint8) *cursor->p;
  scan->state->fence_length = (guint8) MIN (length, G_MAXUINT8);
  return TRUE;
}

static gboolean
start_html (Scan *scan)
{
  OctavoMarkdownCursor *cursor = &scan->cursor;
  guint kind;
  gboolean ends;

  octavo_markdown_cursor_skip_spaces (cursor);
  kind = octavo_markdown_html_get_block (cursor->p, cursor->end, scan->is_in_paragraph);
  if (kind == 0)
    return FALSE;
  ends = octavo_markdown_html_ends_block (cursor->p, cursor->end, kind);
  finish (scan, OCTAVO_MARKDOWN_HTML, ends ? OCTAVO_MARKDOWN_BLANK : OCTAVO_MARKDOWN_HTML);
  scan->state->html = ends ? 0 : (guint8) kind;
  return TRUE;
}

static void
mark_all (Scan *scan)
{
  octavo_markdown_cursor_skip_spaces (&scan->cursor);
  add_mark (scan, OCTAVO_MARKDOWN_MARK, scan->cursor.p, scan->cursor.end);
}

/* The underline of a setext heading (CommonMark 4.3), a table's second line (GFM 4.10), a thematic break (4.1). */
static gboolean
start_line_of_signs (Scan *scan)
{
  OctavoMarkdownCursor *cursor = &scan->cursor;
  guint level = scan->is_in_paragraph && !is_item_to_be (scan) ? octavo_markdown_cursor_get_underline (cursor) : 0;
  guint n_cells = scan->is_in_paragraph ? octavo_markdown_cursor_get_delimiter_cells (cursor) : 0;

  if (level != 0)
    {
      mark_all (scan);
      scan->line->continues = TRUE;
      scan->line->level = (guint8) level;
      finish (scan, OCTAVO_MARKDOWN_UNDERLINE, OCTAVO_MARKDOWN_BLANK);
    }
  else if (n_cells != 0 && n_cells == scan->state->n_cells)
    {
      mark_all (scan);
      scan->line->continues = TRUE;
      finish (scan, OCTAVO_MARKDOWN_TABLE_DELIMITER, OCTAVO_MARKDOWN_TABLE_ROW);
    }
  else if (octavo_markdown_cursor_is_rule (cursor))
    {
      mark_all (scan);
      finish (scan, OCTAVO_MARKDOWN_RULE, OCTAVO_MARKDOWN_BLANK);
    }
  else
    return FALSE;
  return TRUE;
}

static gboolean
start_leaf (Scan *scan)
{
  return start_heading (scan) || start_fence (scan) || start_html (scan) || start_line_of_signs (scan);
}

/* GFM 5.3; only where the item's text begins. */
static void
read_task (Scan *scan)
{
  const OctavoMarkdownState *state = scan->state;
  const char *p = scan->cursor.p;
  gboolean is_open;

  if (!scan->has_new || state->containers[state->n_containers - 1].kind != OCTAVO_MARKDOWN_ITEM ||
      scan->cursor.end - p < 3 || p[0] != '[' || p[2] != ']')
    return;
  is_open = p[1] == ' ';
  if (!is_open && p[1] != 'x' && p[1] != 'X')
    return;
  if (scan->cursor.end - p > 3 && p[3] != ' ' && p[3] != '\t')
    return;
  add_mark (scan, is_open ? OCTAVO_MARKDOWN_TASK_OPEN : OCTAVO_MARKDOWN_TASK_DONE, p, p + 3);
  octavo_markdown_cursor_advance (&scan->cursor, 3);
  octavo_markdown_cursor_skip_spaces (&scan->cursor);
}

/* Neither a leaf that goes on by itself nor one that begins with a sign. */
static void
read_text (Scan *scan, OctavoMarkdownBlock leaf_before)
{
  OctavoMarkdownCursor *cursor = &scan->cursor;
  gboolean is_indented = octavo_markdown_cursor_get_indent (cursor) >= 4;
  gboolean is_blank = octavo_markdown_cursor_is_blank (cursor);
  gboolean is_lazy = !scan->has_new && !scan->is_all_matched && leaf_before == OCTAVO_MARKDOWN_PARAGRAPH && !is_blank;

  if (!scan->has_new && !is_lazy)
    close_containers (scan, scan->matched);
  if (is_blank)
    {
      finish (scan, OCTAVO_MARKDOWN_BLANK, OCTAVO_MARKDOWN_BLANK);
      return;
    }
  if (is_indented && !is_lazy && !scan->is_in_paragraph)
    {
      finish (scan, OCTAVO_MARKDOWN_INDENTED_CODE, OCTAVO_MARKDOWN_INDENTED_CODE);
      scan->line->continues = leaf_before == OCTAVO_MARKDOWN_INDENTED_CODE && scan->is_all_matched && !scan->has_new;
      return;
    }
  octavo_markdown_cursor_skip_spaces (cursor);
  if (leaf_before == OCTAVO_MARKDOWN_TABLE_ROW && scan->is_all_matched && !scan->has_new)
    {
      scan->line->continues = TRUE;
      finish (scan, OCTAVO_MARKDOWN_TABLE_ROW, OCTAVO_MARKDOWN_TABLE_ROW);
      return;
    }
  if (!is_lazy && !scan->is_in_paragraph && octavo_markdown_cursor_is_definition (cursor))
    {
      finish (scan, OCTAVO_MARKDOWN_DEFINITION, OCTAVO_MARKDOWN_BLANK);
      return;
    }
  read_task (scan);
  scan->line->continues = is_lazy || scan->is_in_paragraph;
  finish (scan, OCTAVO_MARKDOWN_PARAGRAPH, OCTAVO_MARKDOWN_PARAGRAPH);
  scan->state->n_cells = (guint8) MIN (octavo_markdown_cursor_count_cells (cursor), G_MAXUINT8);
}

static void
read_blocks (Scan *scan)
{
  OctavoMarkdownBlock leaf_before = (OctavoMarkdownBlock) scan->state->leaf;

  while (octavo_markdown_cursor_get_indent (&scan->cursor) < 4 && !octavo_markdown_cursor_is_blank (&scan->cursor))
    {
      OctavoMarkdownCursor before = scan->cursor;

      if (open_quote (scan))
        continue;
      if (start_leaf (scan))
        {
          if (!scan->has_new)
            close_containers (scan, scan->matched);
          fill_items (scan->state);
          return;
        }
      scan->cursor = before;
      if (!open_item (scan) && !open_footnote (scan))
        break;
    }
  read_text (scan, leaf_before);
  if (scan->line->block != OCTAVO_MARKDOWN_BLANK)
    fill_items (scan->state);
}

static void
read_front_matter (Scan *scan)
{
  OctavoMarkdownCursor *cursor = &scan->cursor;
  gboolean is_first = scan->state->html == 0;
  gboolean is_mark = is_first || octavo_markdown_cursor_ends_front_matter (cursor);

  if (is_mark)
    add_mark (scan, OCTAVO_MARKDOWN_MARK, cursor->p, cursor->end);
  scan->line->continues = !is_first;
  finish (scan, OCTAVO_MARKDOWN_FRONT_MATTER,
          is_mark && !is_first ? OCTAVO_MARKDOWN_BLANK : OCTAVO_MARKDOWN_FRONT_MATTER);
  scan->state->html = is_mark && !is_first ? 0 : 1; /* tells its first line from the others */
}

/**
 * octavo_markdown_state_init:
 * @self: a state
 * @has_front_matter: whether the text begins with front matter, which is known only from where that ends
 *
 * Sets what is open before the first line. Any thread.
 */
void
octavo_markdown_state_init (OctavoMarkdownState *self, gboolean has_front_matter)
{
  memset (self, 0, sizeof *self);
  self->leaf = has_front_matter ? OCTAVO_MARKDOWN_FRONT_MATTER : OCTAVO_MARKDOWN_BLANK;
}

/**
 * octavo_markdown_line_scan:
 * @self: (out): what the line is
 * @state: (inout): what is open before it, and then after it
 * @text: a line, without what ends it
 * @size: its length in bytes
 *
 * Reads one line. A line of a paragraph may turn out to be of a heading or of a table by what follows:
 * octavo_markdown_lines_read() knows. Any thread.
 */
void
octavo_markdown_line_scan (OctavoMarkdownLine *self, OctavoMarkdownState *state, const char *text, gsize size)
{
  Scan scan = { .line = self, .state = state };

  memset (self, 0, G_STRUCT_OFFSET (OctavoMarkdownLine, marks));
  octavo_markdown_cursor_init (&scan.cursor, text, size);
  self->content_end = (guint32) size;
  if (state->leaf == OCTAVO_MARKDOWN_FRONT_MATTER)
    read_front_matter (&scan);
  else
    {
      match_containers (&scan);
      if (!go_on_with_leaf (&scan))
        read_blocks (&scan);
    }
  count_containers (&scan);
  self->content = (guint32) (scan.cursor.p - text);
  if (self->content > self->content_end)
    self->content_end = self->content;
}
