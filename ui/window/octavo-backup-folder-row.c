/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-backup-folder-row.h"

#include "octavo-backup-folder.h"
#include "octavo-settings.h"

struct _OctavoBackupFolderRow
{
  AdwActionRow parent_instance;

  char *path; /* of the file of notes */
  GtkWidget *reset;
  GtkNativeDialog *chooser;
};

G_DEFINE_FINAL_TYPE (OctavoBackupFolderRow, octavo_backup_folder_row, ADW_TYPE_ACTION_ROW)

static void
update (OctavoBackupFolderRow *self)
{
  g_autofree char *chosen = octavo_backup_folder_dup (self->path);
  g_autofree char *folder = chosen != NULL ? g_strdup (chosen) : octavo_snapshots_dup_default_folder (self->path);
  g_autofree char *name = g_filename_display_name (folder);
  g_autofree char *safe = g_markup_escape_text (name, -1);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), safe);
  gtk_widget_set_visible (self->reset, chosen != NULL);
}

static void
on_folder_chosen (GtkNativeDialog *chooser, int response, OctavoBackupFolderRow *self)
{
  g_autoptr (GFile) file =
      response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL && g_utf8_validate (path, -1, NULL))
    g_settings_set_string (octavo_settings_get (), "backup-folder", path);
  g_clear_object (&self->chooser);
}

static void
on_choose (OctavoBackupFolderRow *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkFileChooserNative *chooser =
      gtk_file_chooser_native_new (_ ("Choose a Folder for Backups"), window, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
                                   _ ("_Choose"), NULL);

  g_clear_object (&self->chooser);
  self->chooser = GTK_NATIVE_DIALOG (chooser);
  gtk_native_dialog_set_modal (self->chooser, TRUE);
  g_signal_connect (chooser, "response", G_CALLBACK (on_folder_chosen), self);
  gtk_native_dialog_show (self->chooser);
}

static void
on_reset (OctavoBackupFolderRow *self)
{
  g_settings_reset (octavo_settings_get (), "backup-folder");
}

static void
octavo_backup_folder_row_dispose (GObject *object)
{
  OctavoBackupFolderRow *self = OCTAVO_BACKUP_FOLDER_ROW (object);

  if (self->chooser != NULL)
    gtk_native_dialog_destroy (self->chooser);
  g_clear_object (&self->chooser);
  G_OBJECT_CLASS (octavo_backup_folder_row_parent_class)->dispose (object);
}

static void
octavo_backup_folder_row_finalize (GObject *object)
{
  g_free (OCTAVO_BACKUP_FOLDER_ROW (object)->path);
  G_OBJECT_CLASS (octavo_backup_folder_row_parent_class)->finalize (object);
}

static void
octavo_backup_folder_row_class_init (OctavoBackupFolderRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = octavo_backup_folder_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = octavo_backup_folder_row_finalize;
}

static void
octavo_backup_folder_row_init (OctavoBackupFolderRow *self)
{
  GtkWidget *choose = gtk_button_new_with_mnemonic (_ ("C_hoose…"));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ ("Folder for backups"));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
  self->reset = gtk_button_new_from_icon_name ("edit-undo-symbolic");
  gtk_widget_set_tooltip_text (self->reset, _ ("Beside the notes"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->reset), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Backups beside the notes"), -1);
  /* later GTK would go by what stands on it, which does not say what is chosen */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (choose), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choose), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Choose a folder for backups"), -1);
  gtk_widget_add_css_class (self->reset, "flat");
  gtk_widget_set_valign (self->reset, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (choose, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->reset);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), choose);
  g_signal_connect_swapped (choose, "clicked", G_CALLBACK (on_choose), self);
  g_signal_connect_swapped (self->reset, "clicked", G_CALLBACK (on_reset), self);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * octavo_backup_folder_row_set_file:
 * @self: the row
 * @path: the absolute path of the file of notes
 *
 * Shows where its backups are. Is called once.
 */
void
octavo_backup_folder_row_set_file (OctavoBackupFolderRow *self, const char *path)
{
  GSettings *settings = octavo_settings_get ();

  g_return_if_fail (OCTAVO_IS_BACKUP_FOLDER_ROW (self));
  g_return_if_fail (self->path == NULL);

  self->path = g_strdup (path);
  if (settings == NULL || !octavo_backup_folder_can_be_chosen (path))
    return;
  g_signal_connect_object (settings, "changed::backup-folder", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}
