/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-types.h"

G_BEGIN_DECLS

/* Work on a thread of its own. What it finds out it leaves in data, the task's data; it touches no objects of the main
 * thread. */
typedef gboolean (*OctavoTaskFunc) (gpointer source, gpointer data, GCancellable *cancellable, GError **error);

void octavo_task_run_in_thread (GTask *task, OctavoTaskFunc func);

G_END_DECLS
