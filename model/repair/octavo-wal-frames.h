/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Reads bytes of a file from somewhere: as many as there are, up to size. */
typedef gsize (*OctavoReadBytes) (guint64 offset, guint8 *buffer, gsize size, gpointer data);

/* What the log beside a file of SQLite says: which page is where in it, of what was committed. */
typedef struct
{
  guint32     page_size; /* 0: there is nothing in it */
  guint32     n_pages;   /* of the file after the last commit; 0: nothing was committed */
  GHashTable *frames;    /* page number → where it is in the log (guint64, owned) */
  gboolean    is_damaged;
} OctavoWalFrames;

/* Frames after a damaged one are read as well: SQLite stops there, in silence. */
OctavoWalFrames *octavo_wal_frames_read (OctavoReadBytes read, gpointer data) G_GNUC_WARN_UNUSED_RESULT;
void             octavo_wal_frames_free (OctavoWalFrames *self);

/* Where the page is in the log; 0: it is not. */
guint64 octavo_wal_frames_find (const OctavoWalFrames *self, guint32 number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoWalFrames, octavo_wal_frames_free)

G_END_DECLS
