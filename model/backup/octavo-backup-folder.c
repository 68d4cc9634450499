/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-backup-folder.h"

#include "octavo-place.h"

/* The choice is a person's, and about the notes that open by themselves. A file that was named for one call, or by the
 * environment, has its snapshots beside it. */

/* NULL where the schema is not installed: GLib ends a program that asks for such settings. */
static GSettings *
open_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema =
      source != NULL ? g_settings_schema_source_lookup (source, APPLICATION_ID, TRUE) : NULL;

  if (schema == NULL || !g_settings_schema_has_key (schema, "backup-folder"))
    return NULL;
  return g_settings_new_full (schema, NULL, NULL);
}

/**
 * octavo_backup_folder_can_be_chosen:
 * @path: the absolute path of a file of notes
 *
 * Returns: whether it is the file that opens by itself, about which there is a choice
 */
gboolean
octavo_backup_folder_can_be_chosen (const char *path)
{
  g_autofree char *place = octavo_place_get ();
  const char *named = g_getenv ("OCTAVO_DATABASE");

  return (named == NULL || *named == '\0') && g_str_equal (path, place);
}

/**
 * octavo_backup_folder_dup:
 * @path: the absolute path of a file of notes
 *
 * Main thread.
 *
 * Returns: (transfer full) (nullable): the folder that was chosen for its snapshots
 */
char *
octavo_backup_folder_dup (const char *path)
{
  g_autoptr (GSettings) settings = NULL;
  g_autofree char *folder = NULL;

  if (!octavo_backup_folder_can_be_chosen (path))
    return NULL;
  settings = open_settings ();
  folder = settings != NULL ? g_settings_get_string (settings, "backup-folder") : NULL;
  return folder != NULL && g_path_is_absolute (folder) ? g_steal_pointer (&folder) : NULL;
}

/**
 * octavo_backup_folder_get_snapshots:
 * @path: the absolute path of a file of notes
 *
 * Main thread.
 *
 * Returns: (transfer full): its snapshots, where they are to be
 */
OctavoSnapshots *
octavo_backup_folder_get_snapshots (const char *path)
{
  g_autofree char *folder = octavo_backup_folder_dup (path);

  return octavo_snapshots_new (path, folder);
}
