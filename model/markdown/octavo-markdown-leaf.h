/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-markdown-lines.h"

G_BEGIN_DECLS

/* Longer texts than this, in bytes, and what comes after so many parts of a line, are not looked into. */
#define OCTAVO_MARKDOWN_MAX_LEAF_SIZE  32768
#define OCTAVO_MARKDOWN_MAX_LEAF_SPANS 500

/* A part of a line; what goes over more lines has a part in each. */
typedef struct
{
  guint8  kind; /* OctavoMarkdownSpanKind */
  guint   line;
  guint32 start; /* in bytes of the line */
  guint32 end;
  guint32 target_start; /* in bytes of the leaf's text; 0, 0: none */
  guint32 target_end;
} OctavoMarkdownPart;

/* A block that holds no blocks: one line, or those of a paragraph. */
typedef struct
{
  guint               first; /* line */
  guint               n_lines;
  OctavoMarkdownBlock block;
  guint               level; /* of a heading */
  GString            *text;  /* of its lines, without the marks at their start */
  GArray             *lines; /* (element-type OctavoMarkdownLine) */
  GArray             *parts; /* (element-type OctavoMarkdownPart), by line and place */
} OctavoMarkdownLeaf;

OctavoMarkdownLeaf *octavo_markdown_leaf_new (OctavoMarkdownLines *lines, guint line) G_GNUC_WARN_UNUSED_RESULT;
void                octavo_markdown_leaf_free (OctavoMarkdownLeaf *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoMarkdownLeaf, octavo_markdown_leaf_free)

G_END_DECLS
