/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-user-colors.h"

static const OctavoUserColor colors[] = {
  { "blue", NC_ ("colour", "Blue"), "#1c71d8" },     { "green", NC_ ("colour", "Green"), "#1e7d4f" },
  { "purple", NC_ ("colour", "Purple"), "#813d9c" }, { "orange", NC_ ("colour", "Orange"), "#b5500b" },
  { "teal", NC_ ("colour", "Teal"), "#0b7285" },     { "pink", NC_ ("colour", "Pink"), "#b83280" },
  { "brown", NC_ ("colour", "Brown"), "#865e3c" },   { "red", NC_ ("colour", "Red"), "#c01c28" },
};

/**
 * octavo_user_colors_get:
 * @n_colors: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_colors): the colours, in the order they are offered in
 */
const OctavoUserColor *
octavo_user_colors_get (gsize *n_colors)
{
  g_return_val_if_fail (n_colors != NULL, NULL);

  *n_colors = G_N_ELEMENTS (colors);
  return colors;
}

/**
 * octavo_user_colors_find:
 * @name: what the file says
 * @id: of the user
 *
 * Returns: (transfer none): that colour; one that follows from the id where the file names none of them
 */
const OctavoUserColor *
octavo_user_colors_find (const char *name, gint64 id)
{
  g_return_val_if_fail (name != NULL, &colors[0]);

  for (gsize i = 0; i < G_N_ELEMENTS (colors); i++)
    if (g_str_equal (colors[i].name, name))
      return &colors[i];
  return &colors[(guint64) (id - 1) % G_N_ELEMENTS (colors)];
}

/**
 * octavo_user_colors_parse:
 * @name: what the file says
 * @id: of the user
 * @rgba: (out): the colour to paint
 *
 * Gives the colour of a user.
 */
void
octavo_user_colors_parse (const char *name, gint64 id, GdkRGBA *rgba)
{
  g_return_if_fail (name != NULL && rgba != NULL);

  gdk_rgba_parse (rgba, octavo_user_colors_find (name, id)->value);
}
