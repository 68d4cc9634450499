/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A place in a line that knows its column: a tab may be half used up (CommonMark 2.2). */
typedef struct
{
  const char *text;
  const char *end;
  const char *p;
  guint       column;
  guint       rest; /* columns of the tab at p that are left */
} OctavoMarkdownCursor;

void        octavo_markdown_cursor_init (OctavoMarkdownCursor *self, const char *text, gsize size);
void        octavo_markdown_cursor_advance (OctavoMarkdownCursor *self, guint columns);
void        octavo_markdown_cursor_skip_spaces (OctavoMarkdownCursor *self);
guint       octavo_markdown_cursor_get_indent (const OctavoMarkdownCursor *self);
gboolean    octavo_markdown_cursor_is_blank (const OctavoMarkdownCursor *self);
char        octavo_markdown_cursor_peek (const OctavoMarkdownCursor *self);

guint       octavo_markdown_cursor_get_heading (const OctavoMarkdownCursor *self);
const char *octavo_markdown_cursor_find_heading_end (const OctavoMarkdownCursor *self);
guint       octavo_markdown_cursor_get_underline (const OctavoMarkdownCursor *self);
gboolean    octavo_markdown_cursor_is_rule (const OctavoMarkdownCursor *self);
gsize       octavo_markdown_cursor_get_fence (const OctavoMarkdownCursor *self);
gboolean    octavo_markdown_cursor_closes_fence (const OctavoMarkdownCursor *self, char fence, gsize length);
gsize       octavo_markdown_cursor_get_list_marker (const OctavoMarkdownCursor *self,
                                                    gboolean                    is_in_paragraph,
                                                    gboolean                   *is_bullet);
gboolean    octavo_markdown_cursor_is_lone_marker (const OctavoMarkdownCursor *self);
gsize       octavo_markdown_cursor_get_footnote (const OctavoMarkdownCursor *self);
gboolean    octavo_markdown_cursor_is_definition (const OctavoMarkdownCursor *self);
guint       octavo_markdown_cursor_count_cells (const OctavoMarkdownCursor *self);
guint       octavo_markdown_cursor_get_delimiter_cells (const OctavoMarkdownCursor *self);
gboolean    octavo_markdown_cursor_ends_front_matter (const OctavoMarkdownCursor *self);

G_END_DECLS
