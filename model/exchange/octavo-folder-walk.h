/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Walks folders for Markdown files, in the order of their names, without remembering the files. */
typedef struct _OctavoFolderWalk OctavoFolderWalk;

typedef enum
{
  OCTAVO_WALK_END,
  OCTAVO_WALK_FILE,
  OCTAVO_WALK_PROBLEM, /* something that was asked for, or stands there, cannot be read */
  OCTAVO_WALK_REMARK,  /* something was left out that is not meant to be read */
} OctavoWalkStep;

typedef struct
{
  char    *path;   /* without links */
  char    *name;   /* of the file, or of the link to it */
  char    *folder; /* (nullable): from the folder that was asked for to the file's */
  gboolean asked;  /* it was named itself, whatever its suffix */
  char    *text;   /* of a problem or a remark */
} OctavoWalkEntry;

OctavoFolderWalk *octavo_folder_walk_new (const char *const *paths) G_GNUC_WARN_UNUSED_RESULT;
void              octavo_folder_walk_free (OctavoFolderWalk *self);
void              octavo_folder_walk_set_max_names (OctavoFolderWalk *self, guint max_names);
OctavoWalkStep    octavo_folder_walk_next (OctavoFolderWalk *self, OctavoWalkEntry *entry);
double            octavo_folder_walk_get_fraction (OctavoFolderWalk *self);
void              octavo_walk_entry_clear (OctavoWalkEntry *entry);

gboolean          octavo_folder_walk_is_markdown (const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoFolderWalk, octavo_folder_walk_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OctavoWalkEntry, octavo_walk_entry_clear)

G_END_DECLS
