/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-markdown-highlighter.h"

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

/* A buffer for Markdown, which shows it as what it means.
 *
 * Signal "refused" (): a text was to be put in that would have made it too large to be edited; nothing of it was. */
#define OCTAVO_TYPE_MARKDOWN_BUFFER (octavo_markdown_buffer_get_type ())
G_DECLARE_DERIVABLE_TYPE (OctavoMarkdownBuffer, octavo_markdown_buffer, OCTAVO, MARKDOWN_BUFFER, GtkSourceBuffer)

struct _OctavoMarkdownBufferClass
{
  GtkSourceBufferClass parent_class;
};

/* Beyond these GtkTextView takes seconds a key: what is larger is not edited. */
#define OCTAVO_MARKDOWN_BUFFER_MAX_EDITED_SIZE (4 * 1024 * 1024) /* bytes */
#define OCTAVO_MARKDOWN_BUFFER_MAX_EDITED_LINE 100000            /* characters */

void                       octavo_markdown_buffer_load (OctavoMarkdownBuffer *self, const char *text);
void                       octavo_markdown_buffer_replace (OctavoMarkdownBuffer *self, const char *text);
char                      *octavo_markdown_buffer_dup_text (OctavoMarkdownBuffer *self);

OctavoMarkdownHighlighter *octavo_markdown_buffer_get_highlighter (OctavoMarkdownBuffer *self);

G_END_DECLS
