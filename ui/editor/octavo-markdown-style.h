/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How a part of a text is shown. Later ones win over earlier ones. */
typedef enum
{
  OCTAVO_MARKDOWN_STYLE_HEADING_1,
  OCTAVO_MARKDOWN_STYLE_HEADING_2,
  OCTAVO_MARKDOWN_STYLE_HEADING_3,
  OCTAVO_MARKDOWN_STYLE_HEADING_4,
  OCTAVO_MARKDOWN_STYLE_HEADING_5,
  OCTAVO_MARKDOWN_STYLE_HEADING_6,
  OCTAVO_MARKDOWN_STYLE_CODE, /* a line of it */
  OCTAVO_MARKDOWN_STYLE_TABLE,
  OCTAVO_MARKDOWN_STYLE_HEAD, /* of a table */
  OCTAVO_MARKDOWN_STYLE_QUOTE,
  OCTAVO_MARKDOWN_STYLE_DIM_LINE, /* front matter and HTML */
  OCTAVO_MARKDOWN_STYLE_EMPHASIS,
  OCTAVO_MARKDOWN_STYLE_STRONG,
  OCTAVO_MARKDOWN_STYLE_STRIKETHROUGH,
  OCTAVO_MARKDOWN_STYLE_HIGHLIGHT,
  OCTAVO_MARKDOWN_STYLE_CODE_SPAN,
  OCTAVO_MARKDOWN_STYLE_LINK,
  OCTAVO_MARKDOWN_STYLE_TAG,
  OCTAVO_MARKDOWN_STYLE_DONE, /* a task */
  OCTAVO_MARKDOWN_STYLE_LIST_MARK,
  OCTAVO_MARKDOWN_STYLE_MARK,
  OCTAVO_MARKDOWN_N_STYLES,
} OctavoMarkdownStyle;

/* The colours that the others follow from. */
typedef struct
{
  GdkRGBA  text;
  GdkRGBA  accent;
  GdkRGBA  tag;
  GdkRGBA  highlight;
  gboolean has_high_contrast;
} OctavoMarkdownPalette;

void     octavo_markdown_palette_init (OctavoMarkdownPalette *self, GtkWidget *widget);
gboolean octavo_markdown_palette_equal (const OctavoMarkdownPalette *self, const OctavoMarkdownPalette *other);

void     octavo_markdown_style_add_tags (GtkTextTagTable *table, GtkTextTag **tags);
void     octavo_markdown_style_add_list_mark (PangoAttrList *attributes, guint start, guint end);
void     octavo_markdown_style_set_colours (GtkTextTag **tags, const OctavoMarkdownPalette *palette);

G_END_DECLS
