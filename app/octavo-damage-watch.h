/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-backup-keeper.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Has the file of notes read through from time to time, and each window say so where it is damaged. */
#define OCTAVO_TYPE_DAMAGE_WATCH (octavo_damage_watch_get_type ())
G_DECLARE_FINAL_TYPE (OctavoDamageWatch, octavo_damage_watch, OCTAVO, DAMAGE_WATCH, GObject)

/* name: of the application that has the file open */
OctavoDamageWatch *octavo_damage_watch_new (GtkApplication     *application,
                                            OctavoStore        *store,
                                            OctavoBackupKeeper *backups,
                                            const char         *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
