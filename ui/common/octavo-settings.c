/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include "octavo-settings.h"

static GSettingsSchema *
find_schema (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  GSettingsSchema *schema = source != NULL ? g_settings_schema_source_lookup (source, APPLICATION_ID, TRUE) : NULL;
  g_autoptr (GSettingsSchemaSource) own = NULL;

  if (schema != NULL)
    return schema;

  /* installed somewhere that XDG_DATA_DIRS does not name */
  own = g_settings_schema_source_new_from_directory (SCHEMA_FOLDER, source, TRUE, NULL);
  return own != NULL ? g_settings_schema_source_lookup (own, APPLICATION_ID, FALSE) : NULL;
}

/* GLib ends a program that asks for a schema which is not installed. Octavo runs without: it then forgets. */
static GSettings *
open_settings (void)
{
  g_autoptr (GSettingsSchema) schema = find_schema ();

  if (schema != NULL)
    return g_settings_new_full (schema, NULL, NULL);
  g_message ("Settings are not kept: the schema " APPLICATION_ID " is not installed");
  return NULL;
}

/**
 * octavo_settings_get:
 *
 * Opens the settings when they are first asked for. Main thread.
 *
 * Returns: (transfer none) (nullable): the settings; %NULL where their schema is not installed
 */
GSettings *
octavo_settings_get (void)
{
  static gsize is_open;
  static GSettings *settings;

  if (g_once_init_enter (&is_open))
    {
      settings = open_settings ();
      g_once_init_leave (&is_open, 1);
    }
  return settings;
}
