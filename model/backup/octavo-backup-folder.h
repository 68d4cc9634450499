/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-snapshots.h"

G_BEGIN_DECLS

/* Whether the choice is about this file. */
gboolean octavo_backup_folder_can_be_chosen (const char *path);

/* Where somebody wants the snapshots of a file of notes. NULL: beside the file. */
char            *octavo_backup_folder_dup (const char *path) G_GNUC_WARN_UNUSED_RESULT;

OctavoSnapshots *octavo_backup_folder_get_snapshots (const char *path) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
