/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

/* A buffer for Markdown, in the colours of light or dark as the application goes.
 *
 * Signal "refused" (): a text was to be put in that would have made it too large to be edited; nothing of it was. */
#define OCTAVO_TYPE_MARKDOWN_BUFFER (octavo_markdown_buffer_get_type ())
G_DECLARE_DERIVABLE_TYPE (OctavoMarkdownBuffer, octavo_markdown_buffer, OCTAVO, MARKDOWN_BUFFER, GtkSourceBuffer)

struct _OctavoMarkdownBufferClass
{
  GtkSourceBufferClass parent_class;
};

/* Beyond these the highlighting alone takes more than 16 ms a key: it is quadratic in the length of a line. */
#define OCTAVO_MARKDOWN_BUFFER_MAX_SIZE (1024 * 1024) /* characters */
#define OCTAVO_MARKDOWN_BUFFER_MAX_LINE 4000          /* characters */

/* Beyond these GtkTextView takes seconds a key: what is larger is not edited. */
#define OCTAVO_MARKDOWN_BUFFER_MAX_EDITED_SIZE (4 * 1024 * 1024) /* bytes */
#define OCTAVO_MARKDOWN_BUFFER_MAX_EDITED_LINE 100000            /* characters */

void  octavo_markdown_buffer_load (OctavoMarkdownBuffer *self, const char *text);
void  octavo_markdown_buffer_replace (OctavoMarkdownBuffer *self, const char *text);
char *octavo_markdown_buffer_dup_text (OctavoMarkdownBuffer *self);

G_END_DECLS
