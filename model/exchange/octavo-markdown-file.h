/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-values.h"

G_BEGIN_DECLS

/* A note as a file of Markdown, both ways, in memory. */

/* What is known of a file besides its bytes. */
typedef struct
{
  const char *name;       /* without folders, in the encoding of the file system */
  const char *folder_tag; /* (nullable): a tag for the folder it stands in */
  gint64      created;    /* microseconds since 1970, UTC */
  gint64      updated;
} OctavoMarkdownFileInfo;

OctavoNoteValues *octavo_markdown_file_read (char                         *bytes,
                                             gsize                         length,
                                             const OctavoMarkdownFileInfo *info,
                                             GPtrArray                    *warnings);
char             *octavo_markdown_file_write (const OctavoNoteValues *note, const char *user_name, gsize *length);

G_END_DECLS
