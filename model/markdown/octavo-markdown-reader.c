/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-markdown"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-markdown-document-private.h"
#include "octavo-markdown-entity.h"
#include "octavo-markdown-highlights.h"
#include "octavo-markdown-line.h"
#include "octavo-markdown-source.h"

#include <md4c.h>
#include <string.h>

/* Has md4c read a note, and writes down what it tells. md4c takes a time that grows as the text does but for bare
 * addresses, which are found here instead; what it tells can be far more (each row of a table has as many cells as its
 * head, and each use of a link its address), so there is a bound on that: a note that exceeds it is text from there. */

#define CALLS_PER_BYTE   16
#define CALLS_TO_BEGIN   100000
#define TARGETS_PER_BYTE 4
#define MAX_ROW          8000 /* bytes; a longer row is text */
#define MAX_WIDTH        60   /* of a column */

typedef struct
{
  MD_BLOCKTYPE type;
  guint holder; /* the one around it */
  gboolean is_tight;
  guint number;
} Frame;

enum
{
  EMPHASIS,
  STRONG,
  STRUCK,
  CODE,
  IMAGE,
  N_STYLES
};

typedef struct
{
  OctavoMarkdownDocument *document;
  OctavoMarkdownSource source;
  GArray *frames; /* (element-type Frame) */
  guint holder;
  OctavoMarkdownPiece leaf;
  gboolean is_in_leaf;
  GArray *places; /* of the leaf's text (element-type OctavoMarkdownPlace) */
  guint last_source;
  guint open[N_STYLES];
  guint n_links;
  guint target;
  guint cell; /* where it begins */
  guint n_tabs;
  OctavoMarkdownTable *table;
  guint n_columns;
  gsize n_calls;
  gsize n_target_bytes;
} Reader;

static void
begin_leaf (Reader *self, OctavoMarkdownPieceKind kind, guint level)
{
  self->leaf = (OctavoMarkdownPiece){ .kind = kind,
                                      .level = level,
                                      .holder = self->holder,
                                      .source = G_MAXUINT,
                                      .start = (guint) self->document->text->len,
                                      .first_run = self->document->runs->len,
                                      .first_cell = self->document->cells->len };
  self->is_in_leaf = TRUE;
  self->document->leaf_run = self->leaf.first_run;
  g_array_set_size (self->places, 0);
}

/* It begins with its line, so that it is found by any place of that. */
static guint
find_line (Reader *self, guint place)
{
  while (place > self->last_source && self->source.text[place - 1] != '\n')
    place--;
  return MAX (place, self->last_source);
}

static void
end_leaf (Reader *self)
{
  GString *text = self->document->text;

  if (!self->is_in_leaf)
    return;
  self->is_in_leaf = FALSE;
  if (self->leaf.kind == OCTAVO_MARKDOWN_PIECE_CODE && text->len > self->leaf.start && text->str[text->len - 1] == '\n')
    octavo_markdown_document_drop_last (self->document);
  if (self->leaf.kind == OCTAVO_MARKDOWN_PIECE_TEXT || self->leaf.kind == OCTAVO_MARKDOWN_PIECE_HEADING)
    octavo_markdown_highlights_read (self->document, self->leaf.start, self->leaf.first_run, self->places);
  self->leaf.source = find_line (self, self->leaf.source != G_MAXUINT ? self->leaf.source : self->last_source);
  octavo_markdown_document_add_leaf (self->document, &self->leaf, self->places);
  self->last_source = self->leaf.source;
}

static void
add_bare_piece (Reader *self, OctavoMarkdownPieceKind kind)
{
  begin_leaf (self, kind, 0);
  end_leaf (self);
}

static void
append (Reader *self, const char *text, gsize size, guint more_styles)
{
  guint styles = more_styles;

  for (guint i = 0; i < N_STYLES; i++)
    if (self->open[i] > 0)
      styles |= 1u << i;
  if (!self->is_in_leaf)
    begin_leaf (self, OCTAVO_MARKDOWN_PIECE_TEXT, 0);
  for (; self->n_tabs > 0; self->n_tabs--)
    {
      octavo_markdown_document_append (self->document, "\t", 1, 0, 0);
      self->cell = (guint) self->document->text->len;
    }
  octavo_markdown_document_append (self->document, text, size, styles, self->target);
}

static void
append_source (Reader *self, const char *read, gsize size)
{
  OctavoMarkdownPlace place;
  const char *text;
  guint start, end;

  if (!octavo_markdown_source_find (&self->source, read, size, &place.source, &end))
    {
      append (self, read, size, 0);
      return;
    }
  start = place.source;
  text = self->source.text + start;
  if (place.source < end && place.source > 0 && text[-1] == '\\' && g_ascii_ispunct (*text))
    {
      append (self, text, 1, OCTAVO_MARKDOWN_IS_LITERAL);
      text++;
      place.source++;
    }
  append (self, text, end - place.source, 0);
  if (self->leaf.source == G_MAXUINT)
    self->leaf.source = start;
  place.text = (guint) self->document->text->len - (end - place.source);
  g_array_append_val (self->places, place);
}

static void
append_character (Reader *self, gunichar c)
{
  char bytes[6];

  append (self, bytes, (gsize) g_unichar_to_utf8 (c, bytes), 0);
}

static gboolean
is_break (const char *html, gsize size)
{
  g_autofree char *tag = g_ascii_strdown (html, (gssize) MIN (size, 7));

  return g_str_equal (tag, "<br>") || g_str_equal (tag, "<br/>") || g_str_equal (tag, "<br />");
}

static int
is_too_much (Reader *self)
{
  return ++self->n_calls > CALLS_TO_BEGIN + CALLS_PER_BYTE * self->source.size;
}

static int
on_text (MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *data)
{
  Reader *self = data;
  gunichar entity;

  switch (type)
    {
    case MD_TEXT_NULLCHAR:
      append_character (self, 0xfffd);
      break;
    case MD_TEXT_BR:
    case MD_TEXT_SOFTBR: /* what was written in lines is read in lines */
      append (self, "\n", 1, 0);
      break;
    case MD_TEXT_ENTITY:
      entity = octavo_markdown_entity_read (text, size);
      if (entity != 0)
        append_character (self, entity);
      else
        append_source (self, text, size);
      break;
    case MD_TEXT_HTML:
      if (is_break (text, size))
        append (self, "\n", 1, 0);
      else
        append_source (self, text, size);
      break;
    case MD_TEXT_NORMAL:
    case MD_TEXT_CODE:
    case MD_TEXT_LATEXMATH:
    default:
      append_source (self, text, size);
    }
  return is_too_much (self);
}

static void
enter_holder (Reader *self, OctavoMarkdownHolder *holder)
{
  const OctavoMarkdownHolder *parent = octavo_markdown_document_get_holder (self->document, self->holder);

  holder->depth = parent != NULL ? parent->depth + 1 : 1;
  holder->parent = self->holder;
  holder->first = G_MAXUINT;
  if (holder->depth > OCTAVO_MARKDOWN_MAX_DEPTH)
    return;
  g_array_append_vals (self->document->holders, holder, 1);
  self->holder = self->document->holders->len;
}

static void
enter_item (Reader *self, const MD_BLOCK_LI_DETAIL *detail, Frame *list)
{
  OctavoMarkdownHolder holder = { .is_tight = list->is_tight,
                                  .is_numbered = list->type == MD_BLOCK_OL,
                                  .number = list->number++,
                                  .is_task = detail->is_task != 0 };

  if (holder.is_task)
    {
      holder.is_done = detail->task_mark != ' ';
      holder.box = octavo_markdown_source_get_place (&self->source, detail->task_mark_offset);
    }
  enter_holder (self, &holder);
}

static void
enter_table (Reader *self, const MD_BLOCK_TABLE_DETAIL *detail)
{
  self->n_columns = detail->col_count;
  self->table = g_new0 (OctavoMarkdownTable, 1);
  self->table->n_columns = MIN (detail->col_count, OCTAVO_MARKDOWN_MAX_COLUMNS);
  g_ptr_array_add (self->document->tables, self->table);
}

static void
enter_row (Reader *self, gboolean is_first)
{
  begin_leaf (self, OCTAVO_MARKDOWN_PIECE_ROW, 0);
  self->leaf.table = self->document->tables->len - 1;
  self->leaf.is_head = is_first;
  self->leaf.continues = !is_first;
  self->n_tabs = 0;
}

static void
enter_cell (Reader *self, const MD_BLOCK_TD_DETAIL *detail)
{
  if (self->leaf.n_cells > 0)
    self->n_tabs++;
  self->cell = (guint) self->document->text->len;
  if (self->leaf.n_cells < self->table->n_columns)
    self->table->aligns[self->leaf.n_cells] = detail->align == MD_ALIGN_CENTER  ? OCTAVO_MARKDOWN_ALIGN_CENTER
                                              : detail->align == MD_ALIGN_RIGHT ? OCTAVO_MARKDOWN_ALIGN_END
                                                                                : OCTAVO_MARKDOWN_ALIGN_START;
}

static guint
measure (const char *text, const char *end)
{
  guint width = 0, longest = 0;

  for (; text < end && longest < MAX_WIDTH; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      width = c == '\n' ? 0 : width + (g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1);
      longest = MAX (longest, width);
    }
  return longest;
}

static void
leave_cell (Reader *self)
{
  const char *text = self->document->text->str;
  OctavoMarkdownCell cell = { .start = self->cell };
  guint column = self->leaf.n_cells++;

  octavo_markdown_highlights_read (self->document, self->cell, self->leaf.first_run, self->places);
  cell.end = (guint) self->document->text->len;
  if (column >= self->table->n_columns)
    return;
  self->table->widths[column] = MAX (self->table->widths[column], measure (text + cell.start, text + cell.end));
  g_array_append_val (self->document->cells, cell);
}

/* A row that is too long, or has too many cells or too long a word, is text in which they stand apart. */
static void
leave_row (Reader *self)
{
  self->n_tabs = 0;
  if (self->n_columns > OCTAVO_MARKDOWN_MAX_COLUMNS || self->document->text->len - self->leaf.start > MAX_ROW ||
      octavo_markdown_document_has_long_word (self->document, self->leaf.start))
    {
      self->leaf.kind = OCTAVO_MARKDOWN_PIECE_TEXT;
      self->leaf.n_cells = 0;
      g_array_set_size (self->document->cells, self->leaf.first_cell);
    }
  end_leaf (self);
}

static int
on_enter_block (MD_BLOCKTYPE type, void *detail, void *data)
{
  Reader *self = data;
  Frame frame = { .type = type, .holder = self->holder };
  Frame *parent = self->frames->len > 0 ? &g_array_index (self->frames, Frame, self->frames->len - 1) : NULL;
  OctavoMarkdownHolder quote = { .is_quote = TRUE };

  if (type != MD_BLOCK_TH && type != MD_BLOCK_TD)
    end_leaf (self);
  switch (type)
    {
    case MD_BLOCK_QUOTE:
      enter_holder (self, &quote);
      break;
    case MD_BLOCK_UL:
      frame.is_tight = ((MD_BLOCK_UL_DETAIL *) detail)->is_tight != 0;
      break;
    case MD_BLOCK_OL:
      frame.is_tight = ((MD_BLOCK_OL_DETAIL *) detail)->is_tight != 0;
      frame.number = ((MD_BLOCK_OL_DETAIL *) detail)->start;
      break;
    case MD_BLOCK_LI:
      if (parent != NULL)
        enter_item (self, detail, parent);
      break;
    case MD_BLOCK_HR:
      add_bare_piece (self, OCTAVO_MARKDOWN_PIECE_RULE);
      break;
    case MD_BLOCK_H:
      begin_leaf (self, OCTAVO_MARKDOWN_PIECE_HEADING, ((MD_BLOCK_H_DETAIL *) detail)->level);
      break;
    case MD_BLOCK_CODE:
    case MD_BLOCK_HTML:
      begin_leaf (self, OCTAVO_MARKDOWN_PIECE_CODE, 0);
      break;
    case MD_BLOCK_TABLE:
      enter_table (self, detail);
      break;
    case MD_BLOCK_TR:
      enter_row (self, parent != NULL && parent->type == MD_BLOCK_THEAD);
      break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
      enter_cell (self, detail);
      break;
    case MD_BLOCK_P:
      begin_leaf (self, OCTAVO_MARKDOWN_PIECE_TEXT, 0);
      break;
    case MD_BLOCK_DOC:
    case MD_BLOCK_THEAD:
    case MD_BLOCK_TBODY:
    default:
      break;
    }
  g_array_append_val (self->frames, frame);
  return is_too_much (self);
}

static int
on_leave_block (MD_BLOCKTYPE type, void *detail, void *data)
{
  Reader *self = data;
  const OctavoMarkdownHolder *item;

  if (type == MD_BLOCK_TD || type == MD_BLOCK_TH)
    leave_cell (self);
  else if (type == MD_BLOCK_TR)
    leave_row (self);
  else
    end_leaf (self);
  item = octavo_markdown_document_get_holder (self->document, self->holder);
  if (type == MD_BLOCK_LI && item != NULL && item->first == G_MAXUINT)
    add_bare_piece (self, OCTAVO_MARKDOWN_PIECE_TEXT);
  self->holder = g_array_index (self->frames, Frame, self->frames->len - 1).holder;
  g_array_set_size (self->frames, self->frames->len - 1);
  return is_too_much (self);
}

static void
append_attribute (Reader *self, GString *text, const MD_ATTRIBUTE *attribute, guint i)
{
  const char *part = attribute->text + attribute->substr_offsets[i];
  gsize size = attribute->substr_offsets[i + 1] - attribute->substr_offsets[i];
  gunichar c = 0;
  guint start, end;

  if (attribute->substr_types[i] == MD_TEXT_NULLCHAR)
    c = 0xfffd;
  else if (attribute->substr_types[i] == MD_TEXT_ENTITY)
    c = octavo_markdown_entity_read (part, size);
  if (c != 0)
    g_string_append_unichar (text, c);
  else if (octavo_markdown_source_find (&self->source, part, size, &start, &end))
    g_string_append_len (text, self->source.text + start, (gssize) (end - start));
  else
    g_string_append_len (text, part, (gssize) size);
}

static void
enter_link (Reader *self, OctavoMarkdownTargetKind kind, const MD_ATTRIBUTE *attribute)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->n_links++ > 0)
    return;
  self->n_target_bytes += attribute->size;
  if (self->n_target_bytes > CALLS_TO_BEGIN + TARGETS_PER_BYTE * self->source.size)
    return;
  for (guint i = 0; attribute->size > 0 && attribute->substr_offsets[i] < attribute->size; i++)
    append_attribute (self, text, attribute, i);
  g_strchomp (text->str);
  self->target = octavo_markdown_document_add_target (self->document, kind, text->str, strlen (text->str));
}

static void
leave_link (Reader *self)
{
  if (--self->n_links == 0)
    self->target = 0;
}

static int
on_enter_span (MD_SPANTYPE type, void *detail, void *data)
{
  Reader *self = data;

  switch (type)
    {
    case MD_SPAN_EM:
      self->open[EMPHASIS]++;
      break;
    case MD_SPAN_STRONG:
      self->open[STRONG]++;
      break;
    case MD_SPAN_DEL:
      self->open[STRUCK]++;
      break;
    case MD_SPAN_CODE:
      self->open[CODE]++;
      break;
    case MD_SPAN_IMG:
      self->open[IMAGE]++;
      append (self, _ ("Image"), strlen (_ ("Image")), 0);
      append (self, ": ", 2, 0);
      break;
    case MD_SPAN_A:
      enter_link (self, OCTAVO_MARKDOWN_TARGET_ADDRESS, &((MD_SPAN_A_DETAIL *) detail)->href);
      break;
    case MD_SPAN_WIKILINK:
      enter_link (self, OCTAVO_MARKDOWN_TARGET_NOTE, &((MD_SPAN_WIKILINK_DETAIL *) detail)->target);
      break;
    case MD_SPAN_LATEXMATH:
    case MD_SPAN_LATEXMATH_DISPLAY:
    case MD_SPAN_U:
    default:
      break;
    }
  return is_too_much (self);
}

static int
on_leave_span (MD_SPANTYPE type, void *detail, void *data)
{
  Reader *self = data;

  switch (type)
    {
    case MD_SPAN_EM:
      self->open[EMPHASIS]--;
      break;
    case MD_SPAN_STRONG:
      self->open[STRONG]--;
      break;
    case MD_SPAN_DEL:
      self->open[STRUCK]--;
      break;
    case MD_SPAN_CODE:
      self->open[CODE]--;
      break;
    case MD_SPAN_IMG:
      self->open[IMAGE]--;
      break;
    case MD_SPAN_A:
    case MD_SPAN_WIKILINK:
      leave_link (self);
      break;
    case MD_SPAN_LATEXMATH:
    case MD_SPAN_LATEXMATH_DISPLAY:
    case MD_SPAN_U:
    default:
      break;
    }
  return is_too_much (self);
}

/* Reads a note into a document that is empty. Any thread. */
void
octavo_markdown_document_read (OctavoMarkdownDocument *self, const char *source, gsize size)
{
  const MD_PARSER parser = { .flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS | MD_FLAG_WIKILINKS,
                             .enter_block = on_enter_block,
                             .leave_block = on_leave_block,
                             .enter_span = on_enter_span,
                             .leave_span = on_leave_span,
                             .text = on_text };
  Reader reader = {
    .document = self,
    .frames = g_array_new (FALSE, FALSE, sizeof (Frame)),
    .places = g_array_new (FALSE, FALSE, sizeof (OctavoMarkdownPlace)),
  };

  octavo_markdown_source_init (&reader.source, source, size);
  reader.last_source = (guint) reader.source.base;
  if (md_parse (reader.source.read->str, (MD_SIZE) reader.source.read->len, &parser, &reader) != 0)
    {
      end_leaf (&reader);
      reader.holder = 0;
      begin_leaf (&reader, OCTAVO_MARKDOWN_PIECE_CODE, 0);
      octavo_markdown_document_append (self, reader.source.text + reader.last_source,
                                       reader.source.size - reader.last_source, 0, 0);
      end_leaf (&reader);
    }
  g_array_unref (reader.frames);
  g_array_unref (reader.places);
  octavo_markdown_source_clear (&reader.source);
}
