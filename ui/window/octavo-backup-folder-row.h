/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Where backups are kept, and a button to choose another folder. Of a file that was named for one call there is nothing
 * to choose: the row is not shown. */
#define OCTAVO_TYPE_BACKUP_FOLDER_ROW (octavo_backup_folder_row_get_type ())
G_DECLARE_FINAL_TYPE (OctavoBackupFolderRow, octavo_backup_folder_row, OCTAVO, BACKUP_FOLDER_ROW, AdwActionRow)

/* path: of the file of notes */
void octavo_backup_folder_row_set_file (OctavoBackupFolderRow *self, const char *path);

G_END_DECLS
