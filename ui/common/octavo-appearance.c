/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-appearance.h"

#include "octavo-settings.h"

#include <adwaita.h>
#include <string.h>

#define DIM               0.72f
#define DIM_HIGH_CONTRAST 0.92f

static gboolean
get_scheme (GValue *value, GVariant *variant, gpointer data)
{
  const char *style = g_variant_get_string (variant, NULL);

  g_value_set_enum (value, strcmp (style, "light") == 0  ? ADW_COLOR_SCHEME_FORCE_LIGHT
                           : strcmp (style, "dark") == 0 ? ADW_COLOR_SCHEME_FORCE_DARK
                                                         : ADW_COLOR_SCHEME_DEFAULT);
  return TRUE;
}

/**
 * octavo_appearance_get_dimming:
 *
 * Main thread; a display is open.
 *
 * Returns: the alpha of what is drawn as less important: less dim where high contrast is asked for
 */
float
octavo_appearance_get_dimming (void)
{
  return adw_style_manager_get_high_contrast (adw_style_manager_get_default ()) ? DIM_HIGH_CONTRAST : DIM;
}

/**
 * octavo_appearance_follow_settings:
 *
 * Has all windows light or dark as the settings have it, from now on. Main thread; a display is open.
 */
void
octavo_appearance_follow_settings (void)
{
  GSettings *settings = octavo_settings_get ();

  if (settings != NULL)
    g_settings_bind_with_mapping (settings, "style", adw_style_manager_get_default (), "color-scheme",
                                  G_SETTINGS_BIND_GET, get_scheme, NULL, NULL, NULL);
}
