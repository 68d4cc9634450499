/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-markdown-buffer.h"

G_BEGIN_DECLS

/* A line of a buffer, as what it is in a list: what editing lists is made of. All of it reads lines as the scanner
 * knows them at that moment, so an item is to be read again after an edit. */
typedef struct
{
  guint                     line;
  char                     *text;
  OctavoMarkdownLine        info;
  const OctavoMarkdownMark *marker; /* the innermost; NULL: none begins here */
  const OctavoMarkdownMark *task;
} OctavoMarkdownItem;

gboolean octavo_markdown_item_read (OctavoMarkdownItem *self, OctavoMarkdownBuffer *buffer, guint line);
void     octavo_markdown_item_clear (OctavoMarkdownItem *self);

gsize    octavo_markdown_item_get_content (const OctavoMarkdownItem *self);
guint    octavo_markdown_item_get_width (const OctavoMarkdownItem *self);
guint64  octavo_markdown_item_get_number (const OctavoMarkdownItem *self);
gsize    octavo_markdown_item_get_indent_place (const OctavoMarkdownItem *self);
gboolean octavo_markdown_item_is_inside (const OctavoMarkdownItem *self, guint n_items);

guint    octavo_markdown_item_find_end (OctavoMarkdownBuffer *buffer, guint line, guint n_items);
gboolean octavo_markdown_item_find_sibling (OctavoMarkdownBuffer     *buffer,
                                            const OctavoMarkdownItem *item,
                                            OctavoMarkdownItem       *sibling);
gboolean octavo_markdown_item_find_parent (OctavoMarkdownBuffer     *buffer,
                                           const OctavoMarkdownItem *item,
                                           OctavoMarkdownItem       *parent);

void     octavo_markdown_item_set_number (OctavoMarkdownBuffer *buffer, const OctavoMarkdownItem *item, guint64 number);
void     octavo_markdown_item_renumber (OctavoMarkdownBuffer *buffer, guint line);
void     octavo_markdown_item_settle (OctavoMarkdownBuffer *buffer, guint line);
void octavo_markdown_item_move_lines (OctavoMarkdownBuffer *buffer, guint first, guint end, gsize place, int columns);

/* Of any line. */
void octavo_markdown_item_replace (OctavoMarkdownBuffer *buffer, guint line, gsize start, gsize end, const char *text);
void octavo_markdown_item_get_selected_lines (OctavoMarkdownBuffer *buffer, guint *first, guint *last);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OctavoMarkdownItem, octavo_markdown_item_clear)

G_END_DECLS
