/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Deeper quotes and lists are read as text. */
#define OCTAVO_MARKDOWN_MAX_DEPTH 16

/* What a line belongs to, in the words of CommonMark and of GitHub's dialect of it (GFM). */
typedef enum
{
  OCTAVO_MARKDOWN_BLANK,
  OCTAVO_MARKDOWN_PARAGRAPH,
  OCTAVO_MARKDOWN_HEADING,   /* # */
  OCTAVO_MARKDOWN_UNDERLINE, /* of a setext heading */
  OCTAVO_MARKDOWN_RULE,      /* a thematic break */
  OCTAVO_MARKDOWN_FENCE,     /* that opens or closes fenced code */
  OCTAVO_MARKDOWN_FENCED_CODE,
  OCTAVO_MARKDOWN_INDENTED_CODE,
  OCTAVO_MARKDOWN_HTML,
  OCTAVO_MARKDOWN_DEFINITION, /* of what a link refers to */
  OCTAVO_MARKDOWN_TABLE_HEAD,
  OCTAVO_MARKDOWN_TABLE_DELIMITER,
  OCTAVO_MARKDOWN_TABLE_ROW,
  OCTAVO_MARKDOWN_FRONT_MATTER,
  OCTAVO_MARKDOWN_UNKNOWN, /* not read yet */
} OctavoMarkdownBlock;

typedef enum
{
  /* marks at the start of a line, and what stands for itself */
  OCTAVO_MARKDOWN_QUOTE_MARK,
  OCTAVO_MARKDOWN_BULLET,
  OCTAVO_MARKDOWN_NUMBER,
  OCTAVO_MARKDOWN_TASK_OPEN,
  OCTAVO_MARKDOWN_TASK_DONE,
  OCTAVO_MARKDOWN_FOOTNOTE_MARK,
  OCTAVO_MARKDOWN_MARK, /* any other sign that is no text itself */
  OCTAVO_MARKDOWN_INFO, /* the language of fenced code */
  /* in the text; each with its marks */
  OCTAVO_MARKDOWN_EMPHASIS,
  OCTAVO_MARKDOWN_STRONG,
  OCTAVO_MARKDOWN_STRIKETHROUGH,
  OCTAVO_MARKDOWN_HIGHLIGHT,
  OCTAVO_MARKDOWN_CODE_SPAN,
  OCTAVO_MARKDOWN_LINK, /* target: where to, or the label of a definition */
  OCTAVO_MARKDOWN_IMAGE,
  OCTAVO_MARKDOWN_WIKI_LINK, /* target: a title, without the alias */
  OCTAVO_MARKDOWN_WIKI_EMBED,
  OCTAVO_MARKDOWN_AUTOLINK,
  OCTAVO_MARKDOWN_DESTINATION, /* the part of a link that is not read */
  OCTAVO_MARKDOWN_FOOTNOTE,
  OCTAVO_MARKDOWN_TAG, /* target: the name */
  OCTAVO_MARKDOWN_INLINE_HTML,
} OctavoMarkdownSpanKind;

typedef enum
{
  OCTAVO_MARKDOWN_QUOTE,
  OCTAVO_MARKDOWN_ITEM,
  OCTAVO_MARKDOWN_EMPTY_ITEM, /* of which only the mark was there yet */
} OctavoMarkdownContainerKind;

typedef struct
{
  guint8 kind;   /* OctavoMarkdownContainerKind */
  guint8 indent; /* of what is in an item, in columns */
} OctavoMarkdownContainer;

/* What is open at the end of a line. Where it is the same, the same text that follows is read the same. */
typedef struct
{
  guint8                  leaf;  /* OctavoMarkdownBlock; BLANK: none */
  guint8                  fence; /* its character */
  guint8                  fence_length;
  guint8                  html;    /* 1 to 7, as CommonMark 4.6 counts */
  guint8                  n_cells; /* of the last line of a paragraph */
  guint8                  n_containers;
  OctavoMarkdownContainer containers[OCTAVO_MARKDOWN_MAX_DEPTH];
} OctavoMarkdownState;

typedef struct
{
  guint8  kind; /* OctavoMarkdownSpanKind */
  guint32 start;
  guint32 end;
} OctavoMarkdownMark;

/* What a line is. Places are bytes of it. */
typedef struct
{
  guint8             block;     /* OctavoMarkdownBlock */
  guint8             level;     /* of a heading or an underline */
  guint8             continues; /* the leaf block of the line before */
  guint8             n_quotes;
  guint8             n_items;
  guint8             n_marks;
  guint32            content; /* where the text begins */
  guint32            content_end;
  OctavoMarkdownMark marks[OCTAVO_MARKDOWN_MAX_DEPTH + 4];
} OctavoMarkdownLine;

void octavo_markdown_state_init (OctavoMarkdownState *self, gboolean has_front_matter);
void octavo_markdown_line_scan (OctavoMarkdownLine *self, OctavoMarkdownState *state, const char *text, gsize size);

G_END_DECLS
