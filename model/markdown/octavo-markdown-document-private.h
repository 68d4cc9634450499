/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-markdown-document.h"

G_BEGIN_DECLS

struct _OctavoMarkdownDocument
{
  GString      *text;
  GStringChunk *strings; /* of targets */
  GArray       *pieces;  /* (element-type OctavoMarkdownPiece), and so on */
  GArray       *runs;
  GArray       *cells;
  GArray       *holders;
  GArray       *targets;
  GPtrArray    *tables;
  guint         leaf_run;  /* the first run of what is being read */
  guint         direction; /* OctavoMarkdownDirection, of the text before */
};

/* Where a part of the text comes from. */
typedef struct
{
  guint text;
  guint source;
} OctavoMarkdownPlace;

/* octavo-markdown-reader.c */
void octavo_markdown_document_read (OctavoMarkdownDocument *self, const char *source, gsize size);

/* octavo-markdown-pieces.c */
void     octavo_markdown_document_append (OctavoMarkdownDocument *self,
                                          const char             *text,
                                          gsize                   size,
                                          guint                   styles,
                                          guint                   target);
void     octavo_markdown_document_drop_last (OctavoMarkdownDocument *self);
guint    octavo_markdown_document_add_target (OctavoMarkdownDocument  *self,
                                              OctavoMarkdownTargetKind kind,
                                              const char              *text,
                                              gsize                    size);
gboolean octavo_markdown_document_has_long_word (OctavoMarkdownDocument *self, guint start);
void     octavo_markdown_document_add_piece (OctavoMarkdownDocument *self, OctavoMarkdownPiece *piece);
void     octavo_markdown_document_add_leaf (OctavoMarkdownDocument *self, OctavoMarkdownPiece *leaf, GArray *places);

G_END_DECLS
