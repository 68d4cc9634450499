/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A table of more columns is read as text. */
#define OCTAVO_MARKDOWN_MAX_COLUMNS 64

/* What a note says, without the marks that say how: pieces in the order they are read, each of which can be shown
 * alone, and the quotes and items that hold them. */
typedef struct _OctavoMarkdownDocument OctavoMarkdownDocument;

typedef enum
{
  OCTAVO_MARKDOWN_PIECE_TEXT,
  OCTAVO_MARKDOWN_PIECE_HEADING,
  OCTAVO_MARKDOWN_PIECE_CODE,
  OCTAVO_MARKDOWN_PIECE_RULE,
  OCTAVO_MARKDOWN_PIECE_ROW, /* of a table */
} OctavoMarkdownPieceKind;

/* How a part of the text is written. */
typedef enum
{
  OCTAVO_MARKDOWN_IS_EMPHASIS = 1 << 0,
  OCTAVO_MARKDOWN_IS_STRONG = 1 << 1,
  OCTAVO_MARKDOWN_IS_STRUCK = 1 << 2,
  OCTAVO_MARKDOWN_IS_CODE = 1 << 3,
  OCTAVO_MARKDOWN_IS_IMAGE = 1 << 4,   /* what is said in place of it */
  OCTAVO_MARKDOWN_IS_LITERAL = 1 << 5, /* a sign that stood after a backslash */
  OCTAVO_MARKDOWN_IS_HIGHLIGHTED = 1 << 6,
} OctavoMarkdownManner;

typedef enum
{
  OCTAVO_MARKDOWN_TARGET_ADDRESS,
  OCTAVO_MARKDOWN_TARGET_NOTE, /* by its title */
  OCTAVO_MARKDOWN_TARGET_TAG,  /* by its name */
} OctavoMarkdownTargetKind;

typedef enum
{
  OCTAVO_MARKDOWN_ALIGN_START,
  OCTAVO_MARKDOWN_ALIGN_CENTER,
  OCTAVO_MARKDOWN_ALIGN_END,
} OctavoMarkdownAlign;

typedef enum
{
  OCTAVO_MARKDOWN_DIRECTION_NONE, /* no letter says so */
  OCTAVO_MARKDOWN_DIRECTION_LTR,
  OCTAVO_MARKDOWN_DIRECTION_RTL,
} OctavoMarkdownDirection;

/* A quote, or an item of a list. Of holders and targets 0 is none. */
typedef struct
{
  guint    parent; /* a holder */
  guint    depth;  /* 1: nothing holds it */
  guint    first;  /* the piece it begins with */
  gboolean is_quote;
  gboolean is_tight; /* no space between the items */
  gboolean is_numbered;
  guint    number;
  gboolean is_task;
  gboolean is_done;
  guint    box; /* where in the source it says so, in bytes */
} OctavoMarkdownHolder;

/* A part of the text that is written in one way. Places are bytes of the document's text. */
typedef struct
{
  guint start;
  guint end;
  guint styles; /* OctavoMarkdownManner */
  guint target;
} OctavoMarkdownRun;

typedef struct
{
  OctavoMarkdownTargetKind kind;
  const char              *text;
} OctavoMarkdownTarget;

typedef struct
{
  guint start;
  guint end;
} OctavoMarkdownCell;

typedef struct
{
  guint n_columns;
  guint aligns[OCTAVO_MARKDOWN_MAX_COLUMNS]; /* OctavoMarkdownAlign */
  guint widths[OCTAVO_MARKDOWN_MAX_COLUMNS]; /* of the longest line of the cells, in columns of a terminal */
} OctavoMarkdownTable;

typedef struct
{
  OctavoMarkdownPieceKind kind;
  OctavoMarkdownDirection direction; /* of its text; where that has none, of the text before */
  guint                   level;     /* of a heading */
  gboolean                continues; /* the same paragraph, code or table as the piece before */
  gboolean                is_head;   /* the first row of a table */
  guint                   holder;
  guint                   source; /* where it begins in the source, in bytes */
  guint                   start;  /* of its text */
  guint                   end;
  guint                   first_run;
  guint                   n_runs;
  guint                   table;
  guint                   first_cell;
  guint                   n_cells;
} OctavoMarkdownPiece;

OctavoMarkdownDocument     *octavo_markdown_document_new (const char *source, gsize size) G_GNUC_WARN_UNUSED_RESULT;
OctavoMarkdownDocument     *octavo_markdown_document_ref (OctavoMarkdownDocument *self);
void                        octavo_markdown_document_unref (OctavoMarkdownDocument *self);

const char                 *octavo_markdown_document_get_text (OctavoMarkdownDocument *self);
guint                       octavo_markdown_document_get_n_pieces (OctavoMarkdownDocument *self);
const OctavoMarkdownPiece  *octavo_markdown_document_get_piece (OctavoMarkdownDocument *self, guint piece);
guint                       octavo_markdown_document_find_piece (OctavoMarkdownDocument *self, gsize source);
const OctavoMarkdownRun    *octavo_markdown_document_get_run (OctavoMarkdownDocument *self, guint run);
const OctavoMarkdownHolder *octavo_markdown_document_get_holder (OctavoMarkdownDocument *self, guint holder);
OctavoMarkdownDirection     octavo_markdown_document_get_direction (OctavoMarkdownDocument *self, guint holder);
void octavo_markdown_document_set_done (OctavoMarkdownDocument *self, guint holder, gboolean is_done);
const OctavoMarkdownTarget *octavo_markdown_document_get_target (OctavoMarkdownDocument *self, guint target);
const OctavoMarkdownTable  *octavo_markdown_document_get_table (OctavoMarkdownDocument *self, guint table);
const OctavoMarkdownCell   *octavo_markdown_document_get_cell (OctavoMarkdownDocument *self, guint cell);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoMarkdownDocument, octavo_markdown_document_unref)

G_END_DECLS
