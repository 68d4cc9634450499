/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A model of the disk below a folder: what was asked of it, in order, and what a power cut at any moment may leave.
 * Not locked: see fault-calls. */
typedef struct _FaultDisk FaultDisk;

FaultDisk                *fault_disk_new (const char *folder); /* what is there now is safe */
void                      fault_disk_free (FaultDisk *self);

void                      fault_disk_create (FaultDisk *self, const char *path, gboolean is_folder);
void  fault_disk_write (FaultDisk *self, const char *path, gint64 offset, const void *data, gsize length);
void  fault_disk_truncate (FaultDisk *self, const char *path, gint64 size);
void  fault_disk_remove (FaultDisk *self, const char *path);
void  fault_disk_rename (FaultDisk *self, const char *path, const char *to);
void  fault_disk_sync (FaultDisk *self, const char *path); /* a file or a folder */

guint fault_disk_get_n_acts (FaultDisk *self);

/* Makes a folder of what may be left after the first n_acts; seed decides what of the unsynced is. */
void fault_disk_cut (FaultDisk *self, guint n_acts, guint32 seed, const char *to);

G_END_DECLS
