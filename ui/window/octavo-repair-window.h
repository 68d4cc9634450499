/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-repair-report.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Shows how far it is while a damaged file is repaired, or a backup takes its place; then what became of the notes. It
 * cannot be closed before that.
 *
 * Signal "done": the person has read that, and wants the notes opened. */
#define OCTAVO_TYPE_REPAIR_WINDOW (octavo_repair_window_get_type ())
G_DECLARE_FINAL_TYPE (OctavoRepairWindow, octavo_repair_window, OCTAVO, REPAIR_WINDOW, AdwApplicationWindow)

/* path: the file of notes, which nobody has open. snapshot (nullable): the path of a backup to go back to instead */
GtkWindow *octavo_repair_window_new (GtkApplication *application,
                                     const char     *path,
                                     const char     *snapshot) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
