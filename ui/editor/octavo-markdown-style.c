/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-markdown-style.h"

#include <adwaita.h>

/* Sizes and weights never change; colours follow those of the widget, as these follow light, dark and high contrast. */

#define CODE_SCALE 0.95
#define MARK_FEATURES                                                                                                  \
  "tnum=1" /* all digits of numbered items are as wide, so that their texts begin below each other */

static const double heading_scales[] = { 1.6, 1.4, 1.25, 1.12, 1.0, 0.9 };

static const GdkRGBA fallback_accent = { 0.11f, 0.44f, 0.85f, 1 };

static GdkRGBA
look_up (GtkStyleContext *context, const char *name, GdkRGBA fallback)
{
  GdkRGBA colour;

  return gtk_style_context_lookup_color (context, name, &colour) ? colour : fallback;
}

/**
 * octavo_markdown_palette_init:
 * @self: a palette
 * @widget: what shows the text
 *
 * Sets the colours to those of a widget.
 */
void
octavo_markdown_palette_init (OctavoMarkdownPalette *self, GtkWidget *widget)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  AdwStyleManager *manager = adw_style_manager_get_default ();
  gboolean is_dark = adw_style_manager_get_dark (manager);

  gtk_style_context_get_color (context, &self->text);
  self->accent = look_up (context, "accent_color", fallback_accent);
  self->tag = look_up (context, is_dark ? "purple_1" : "purple_4", self->accent);
  self->highlight = look_up (context, "yellow_3", self->accent);
  self->highlight.alpha = is_dark ? 0.3f : 0.45f;
  self->has_high_contrast = adw_style_manager_get_high_contrast (manager);
}

/**
 * octavo_markdown_palette_equal:
 * @self: a palette
 * @other: another
 *
 * Returns: whether they are the same
 */
gboolean
octavo_markdown_palette_equal (const OctavoMarkdownPalette *self, const OctavoMarkdownPalette *other)
{
  return gdk_rgba_equal (&self->text, &other->text) && gdk_rgba_equal (&self->accent, &other->accent) &&
         gdk_rgba_equal (&self->tag, &other->tag) && gdk_rgba_equal (&self->highlight, &other->highlight) &&
         self->has_high_contrast == other->has_high_contrast;
}

/**
 * octavo_markdown_style_add_tags:
 * @table: of a buffer
 * @tags: (out caller-allocates) (array fixed-size=OCTAVO_MARKDOWN_N_STYLES) (transfer none): the tags, owned by @table
 *
 * Makes a tag for each style, without colours yet.
 */
void
octavo_markdown_style_add_tags (GtkTextTagTable *table, GtkTextTag **tags)
{
  for (guint i = 0; i < OCTAVO_MARKDOWN_N_STYLES; i++)
    {
      g_autoptr (GtkTextTag) tag = gtk_text_tag_new (NULL);

      gtk_text_tag_table_add (table, tag);
      tags[i] = tag;
      if (i <= OCTAVO_MARKDOWN_STYLE_HEADING_6)
        g_object_set (tag, "weight", PANGO_WEIGHT_BOLD, "scale", heading_scales[i], NULL);
    }
  g_object_set (tags[OCTAVO_MARKDOWN_STYLE_HEADING_1], "pixels-above-lines", 8, NULL);
  g_object_set (tags[OCTAVO_MARKDOWN_STYLE_HEADING_2], "pixels-above-lines", 6, NULL);
  g_object_set (tags[OCTAVO_MARKDOWN_STYLE_CODE], "family", "Monospace", "scale", CODE_SCALE, NULL);
  g_object_set (tags[OCTAVO_MARKDOWN_STYLE_TABLE], "family", "Monospace", "scale", CODE_SCALE, NULL);
  g_object_set (tags[OCTAVO_MARKDOWN_STYLE_HEAD], "weight", PANGO_WEIGHT_BOLD, NULL);
  g_object_set (tags[OCTAVO_MARKDOWN_STYLE_DIM_LINE], "family", "Monospace", "scale", CODE_SCALE, NULL);
  g_object_set (tags[OCTAVO_MARKDOWN_STYLE_EMPHASIS], "style", PANGO_STYLE_ITALIC, NULL);
  g_object_set (tags[OCTAVO_MARKDOWN_STYLE_STRONG], "weight", PANGO_WEIGHT_BOLD, NULL);
  g_object_set (tags[OCTAVO_MARKDOWN_STYLE_STRIKETHROUGH], "strikethrough", TRUE, NULL);
  g_object_set (tags[OCTAVO_MARKDOWN_STYLE_CODE_SPAN], "family", "Monospace", "scale", CODE_SCALE, NULL);
  g_object_set (tags[OCTAVO_MARKDOWN_STYLE_LIST_MARK], "weight", PANGO_WEIGHT_BOLD, "font-features", MARK_FEATURES,
                NULL);
}

/**
 * octavo_markdown_style_add_list_mark:
 * @attributes: those of a text that is measured
 * @start: where the mark of an item begins, in bytes
 * @end: where it ends
 *
 * Gives a text what the tag of marks of items gives it.
 */
void
octavo_markdown_style_add_list_mark (PangoAttrList *attributes, guint start, guint end)
{
  PangoAttribute *of_mark[] = { pango_attr_weight_new (PANGO_WEIGHT_BOLD),
                                pango_attr_font_features_new (MARK_FEATURES) };

  for (guint i = 0; i < G_N_ELEMENTS (of_mark); i++)
    {
      of_mark[i]->start_index = start;
      of_mark[i]->end_index = end;
      pango_attr_list_insert (attributes, of_mark[i]);
    }
}

static void
set_colour (GtkTextTag *tag, const char *property, const GdkRGBA *colour, double alpha)
{
  GdkRGBA faded = *colour;

  faded.alpha *= (float) alpha;
  g_object_set (tag, property, &faded, NULL);
}

/**
 * octavo_markdown_style_set_colours:
 * @tags: (array fixed-size=OCTAVO_MARKDOWN_N_STYLES): what octavo_markdown_style_add_tags() made
 * @palette: the colours
 *
 * Gives the tags their colours.
 */
void
octavo_markdown_style_set_colours (GtkTextTag **tags, const OctavoMarkdownPalette *palette)
{
  double dim = palette->has_high_contrast ? 0.8 : 0.55;

  set_colour (tags[OCTAVO_MARKDOWN_STYLE_QUOTE], "foreground-rgba", &palette->text,
              palette->has_high_contrast ? 1 : 0.8);
  set_colour (tags[OCTAVO_MARKDOWN_STYLE_DIM_LINE], "foreground-rgba", &palette->text,
              palette->has_high_contrast ? 0.9 : 0.7);
  set_colour (tags[OCTAVO_MARKDOWN_STYLE_HIGHLIGHT], "background-rgba", &palette->highlight, 1);
  set_colour (tags[OCTAVO_MARKDOWN_STYLE_CODE_SPAN], "background-rgba", &palette->text, 0.08);
  set_colour (tags[OCTAVO_MARKDOWN_STYLE_LINK], "foreground-rgba", &palette->accent, 1);
  set_colour (tags[OCTAVO_MARKDOWN_STYLE_TAG], "foreground-rgba", &palette->tag, 1);
  set_colour (tags[OCTAVO_MARKDOWN_STYLE_DONE], "foreground-rgba", &palette->text, dim);
  set_colour (tags[OCTAVO_MARKDOWN_STYLE_LIST_MARK], "foreground-rgba", &palette->accent, 1);
  set_colour (tags[OCTAVO_MARKDOWN_STYLE_MARK], "foreground-rgba", &palette->text, dim);
}
