/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-markdown-buffer.h"

G_BEGIN_DECLS

/* Edits of lists, each one step that can be undone. Each returns whether there was something to do. */
gboolean octavo_markdown_list_break_line (OctavoMarkdownBuffer *buffer);
gboolean octavo_markdown_list_indent (OctavoMarkdownBuffer *buffer);
gboolean octavo_markdown_list_outdent (OctavoMarkdownBuffer *buffer);
gboolean octavo_markdown_list_tick (OctavoMarkdownBuffer *buffer, guint line);

gboolean octavo_markdown_list_is_box (OctavoMarkdownBuffer *buffer, const GtkTextIter *place);

G_END_DECLS
