/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-store.h"

G_BEGIN_DECLS

/* Has a snapshot made on each day on which notes change, when nobody writes, for as long as it is kept.
 *
 * Property "problem" (string; NULL: none): why the last one could not be made, for a person. It is tried again.
 * Signal "looked": it was looked whether one is due, and one was made where it was. */
#define OCTAVO_TYPE_BACKUP_KEEPER (octavo_backup_keeper_get_type ())
G_DECLARE_FINAL_TYPE (OctavoBackupKeeper, octavo_backup_keeper, OCTAVO, BACKUP_KEEPER, GObject)

OctavoBackupKeeper *octavo_backup_keeper_new (OctavoStore *store) G_GNUC_WARN_UNUSED_RESULT;

const char         *octavo_backup_keeper_get_problem (OctavoBackupKeeper *self);

/* The last one could not be made as the file is damaged. */
gboolean octavo_backup_keeper_is_stopped_by_damage (OctavoBackupKeeper *self);

/* Now, and not when nothing has changed for a while. Does not block. */
void octavo_backup_keeper_look (OctavoBackupKeeper *self);

/* The program ends: makes one now if that takes no time to speak of. Blocks. */
void octavo_backup_keeper_finish (OctavoBackupKeeper *self);

G_END_DECLS
