/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-markdown-leaf.h"
#include "octavo-markdown-style.h"

G_BEGIN_DECLS

/* Shows Markdown in a buffer as what it means. */
typedef struct _OctavoMarkdownHighlighter OctavoMarkdownHighlighter;

OctavoMarkdownHighlighter *octavo_markdown_highlighter_new (GtkTextBuffer *buffer) G_GNUC_WARN_UNUSED_RESULT;
void                       octavo_markdown_highlighter_free (OctavoMarkdownHighlighter *self);

void octavo_markdown_highlighter_edited (OctavoMarkdownHighlighter *self, guint first, guint last, gboolean is_bare);
void octavo_markdown_highlighter_set_near (OctavoMarkdownHighlighter *self, guint first, guint end);
void octavo_markdown_highlighter_set_palette (OctavoMarkdownHighlighter *self, const OctavoMarkdownPalette *palette);
void octavo_markdown_highlighter_set_font (OctavoMarkdownHighlighter *self, GtkTextView *view);

const OctavoMarkdownPalette *octavo_markdown_highlighter_get_palette (OctavoMarkdownHighlighter *self);
OctavoMarkdownLines         *octavo_markdown_highlighter_get_lines (OctavoMarkdownHighlighter *self);
GtkTextTag *octavo_markdown_highlighter_get_tag (OctavoMarkdownHighlighter *self, OctavoMarkdownStyle style);
gboolean    octavo_markdown_highlighter_is_done (OctavoMarkdownHighlighter *self);

G_END_DECLS
