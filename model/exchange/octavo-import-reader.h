/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-origin-repository.h"

G_BEGIN_DECLS

/* Reads the files of an import ahead of who writes them, on a thread of its own. */
typedef struct _OctavoImportReader OctavoImportReader;

typedef struct
{
  OctavoImportItem *item;       /* (nullable): the file as a note, which is nobody's yet */
  gboolean          has_failed; /* there was one, and it could not be read */
  GPtrArray        *messages;   /* (nullable) (element-type char *): what there is to say about it */
  gsize             n_bytes;
  double            fraction; /* of all there is to read, up to here */
} OctavoImportFile;

void                octavo_import_file_free (OctavoImportFile *self);

OctavoImportReader *octavo_import_reader_new (const char *const *paths,
                                              gboolean           folders_as_tags) G_GNUC_WARN_UNUSED_RESULT;
void                octavo_import_reader_free (OctavoImportReader *self);
OctavoImportFile   *octavo_import_reader_next (OctavoImportReader *self);
guint               octavo_import_reader_count_rest (OctavoImportReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoImportFile, octavo_import_file_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoImportReader, octavo_import_reader_free)

G_END_DECLS
