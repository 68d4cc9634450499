/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fault-disk.h"

G_BEGIN_DECLS

/* What the whole program, SQLite and GLib included, asks of the system about the files below a folder: counted, written
 * down, and refused. A program that is linked with this has its calls go through it, and never waits for a disk. */
void  fault_calls_watch (const char *folder); /* absolute, as links lead to it; NULL: nothing */
void  fault_calls_record (FaultDisk *disk);   /* (nullable): calls are written down in it */
guint fault_calls_get_n_acts (void);          /* that were written down */

/* Refuses the call number nth from now, and the n_more after it, with this errno. ENOSPC: of those that need room.
 * OCTAVO_SHOW_FAULTS=1: says which. */
void     fault_calls_arm (int reason, guint nth, guint n_more);
gboolean fault_calls_disarm (void); /* whether one was refused */

/* The same, of the memory that SQLite asks for. To be installed before it is used. */
void     fault_memory_install (void);
void     fault_memory_arm (guint nth, guint n_more);
gboolean fault_memory_disarm (void);

G_END_DECLS
