/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-tag-colors.h"

/* Few, and far enough from each other to be told apart. */
static const OctavoTagColor colors[] = {
  { "red", NC_ ("colour", "Red") },     { "orange", NC_ ("colour", "Orange") }, { "yellow", NC_ ("colour", "Yellow") },
  { "green", NC_ ("colour", "Green") }, { "blue", NC_ ("colour", "Blue") },     { "purple", NC_ ("colour", "Purple") },
  { "brown", NC_ ("colour", "Brown") },
};

/**
 * octavo_tag_colors_get:
 * @n_colors: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_colors): the colours, in the order they are offered in
 */
const OctavoTagColor *
octavo_tag_colors_get (gsize *n_colors)
{
  g_return_val_if_fail (n_colors != NULL, NULL);

  *n_colors = G_N_ELEMENTS (colors);
  return colors;
}

/**
 * octavo_tag_color_get_title:
 * @name: what the file says
 *
 * Returns: (nullable): what a person calls it; %NULL where it is none of the colours
 */
const char *
octavo_tag_color_get_title (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (colors); i++)
    if (g_str_equal (colors[i].name, name))
      return g_dpgettext2 (GETTEXT_PACKAGE, "colour", colors[i].title);
  return NULL;
}

/**
 * octavo_tag_color_look_up:
 * @widget: what is to show it
 * @name: what the file says
 * @color: (out): the shade of it that can be told from the ground of @widget
 *
 * Returns: whether there is such a colour
 */
gboolean
octavo_tag_color_look_up (GtkWidget *widget, const char *name, GdkRGBA *color)
{
  g_return_val_if_fail (GTK_IS_WIDGET (widget), FALSE);
  g_return_val_if_fail (name != NULL && color != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (colors); i++)
    if (g_str_equal (colors[i].name, name))
      {
        g_autofree char *shade = g_strconcat ("tag_", name, NULL);

        return gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), shade, color);
      }
  return FALSE;
}

/**
 * octavo_tag_color_apply:
 * @widget: a widget that shows the colour
 * @name: what the file says
 *
 * Gives the widget a colour, or takes it away.
 */
void
octavo_tag_color_apply (GtkWidget *widget, const char *name)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (name != NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (colors); i++)
    {
      g_autofree char *css_class = g_strconcat ("tag-", colors[i].name, NULL);

      if (g_str_equal (colors[i].name, name))
        gtk_widget_add_css_class (widget, css_class);
      else
        gtk_widget_remove_css_class (widget, css_class);
    }
}
