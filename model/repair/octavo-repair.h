/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-repair-report.h"
#include "octavo-snapshots.h"
#include "octavo-store.h"

G_BEGIN_DECLS

/* Makes a sound file of a damaged one, which is kept as it is by another name, and of the newest backup. */

/* progress (nullable): called on the same thread. NULL with OCTAVO_ERROR: everything is as it was. */
OctavoRepairReport *octavo_repair_run (OctavoSnapshots *snapshots,
                                       OctavoProgress   progress,
                                       gpointer         user_data,
                                       GCancellable    *cancellable,
                                       GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/* progress (nullable): called on the main thread. */
void                octavo_repair_run_async (OctavoSnapshots    *snapshots,
                                             OctavoProgress      progress,
                                             gpointer            progress_data,
                                             GCancellable       *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer            user_data);
OctavoRepairReport *octavo_repair_run_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
