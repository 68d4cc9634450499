/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-backup-folder-row"

#include "octavo-backup-folder-row.h"

#include "octavo-place.h"
#include "octavo-settings.h"
#include "ui-test.h"

#include <string.h>

static OctavoBackupFolderRow *
make_row (const char *path)
{
  OctavoBackupFolderRow *row = g_object_ref_sink (g_object_new (OCTAVO_TYPE_BACKUP_FOLDER_ROW, NULL));

  octavo_backup_folder_row_set_file (row, path);
  return row;
}

/* The button that has them beside the notes again. */
static GtkWidget *
find_reset (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (widget)), "edit-undo-symbolic") == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_reset (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_follows_the_choice (void)
{
  g_autofree char *path = octavo_place_get ();
  OctavoBackupFolderRow *row = make_row (path);
  GtkWidget *reset = find_reset (GTK_WIDGET (row));
  const char *shown = adw_action_row_get_subtitle (ADW_ACTION_ROW (row));

  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (row)));
  g_assert_true (g_str_has_suffix (shown, "/backups"));
  g_assert_false (gtk_widget_get_visible (reset));

  g_settings_set_string (octavo_settings_get (), "backup-folder", "/a <b> & c");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, "/a <b> & c");
  g_assert_true (gtk_widget_get_visible (reset));

  g_signal_emit_by_name (reset, "clicked");
  g_assert_true (g_str_has_suffix (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "/backups"));
  g_assert_false (gtk_widget_get_visible (reset));
  g_assert_finalize_object (row);
}

/* Its backups are beside it, whatever is chosen for the notes of every day. */
static void
test_named_file_has_no_choice (void)
{
  OctavoBackupFolderRow *row = make_row ("/another/file.db");

  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (row)));
  g_assert_finalize_object (row);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_unsetenv ("OCTAVO_DATABASE"); /* which would be the file, without a choice */
  g_test_add_func ("/backup-folder-row/follows-the-choice", test_follows_the_choice);
  g_test_add_func ("/backup-folder-row/named-file-has-no-choice", test_named_file_has_no_choice);
  return g_test_run ();
}
