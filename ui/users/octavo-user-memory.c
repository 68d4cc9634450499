/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-user-memory.h"
#include "octavo-settings.h"

#define KEY       "last-users"
#define MAX_FILES 32 /* the last ones */

/**
 * octavo_user_memory_recall:
 * @path: a file of notes
 * @user_id: (out): who wrote in it last; there may be no such user any more
 * @everyone: (out): whether the notes of all were shown
 *
 * Returns: whether anything is known
 */
gboolean
octavo_user_memory_recall (const char *path, gint64 *user_id, gboolean *everyone)
{
  GSettings *settings = octavo_settings_get ();
  g_autoptr (GVariantIter) files = NULL;
  g_autofree char *name = NULL; /* a path need not be text */
  const char *file;
  gint64 file_user_id;
  gboolean file_everyone;

  g_return_val_if_fail (path != NULL && user_id != NULL && everyone != NULL, FALSE);

  if (settings == NULL)
    return FALSE;
  name = g_filename_display_name (path);
  g_settings_get (settings, KEY, "a(sxb)", &files);
  while (g_variant_iter_next (files, "(&sxb)", &file, &file_user_id, &file_everyone))
    if (g_str_equal (file, name))
      {
        *user_id = file_user_id;
        *everyone = file_everyone;
        return TRUE;
      }
  return FALSE;
}

/**
 * octavo_user_memory_keep:
 * @path: a file of notes
 * @user_id: who writes in it
 * @everyone: whether the notes of all are shown
 *
 * Remembers it for the next start.
 */
void
octavo_user_memory_keep (const char *path, gint64 user_id, gboolean everyone)
{
  GSettings *settings = octavo_settings_get ();
  g_autoptr (GVariantIter) files = NULL;
  g_autofree char *name = NULL;
  GVariantBuilder builder;
  const char *file;
  gint64 other_id;
  gboolean other_everyone;
  guint n_files = 1;

  g_return_if_fail (path != NULL);

  if (settings == NULL)
    return;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sxb)"));
  name = g_filename_display_name (path);
  g_variant_builder_add (&builder, "(sxb)", name, user_id, everyone);
  g_settings_get (settings, KEY, "a(sxb)", &files);
  while (n_files < MAX_FILES && g_variant_iter_next (files, "(&sxb)", &file, &other_id, &other_everyone))
    if (!g_str_equal (file, name))
      {
        g_variant_builder_add (&builder, "(sxb)", file, other_id, other_everyone);
        n_files++;
      }
  g_settings_set_value (settings, KEY, g_variant_builder_end (&builder));
}
