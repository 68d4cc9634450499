/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-import-report.h"
#include "octavo-store.h"

G_BEGIN_DECLS

/* Folders of Markdown and single files into notes. Streams: memory does not grow with their number. */
#define OCTAVO_TYPE_MARKDOWN_IMPORTER (octavo_markdown_importer_get_type ())
G_DECLARE_FINAL_TYPE (OctavoMarkdownImporter, octavo_markdown_importer, OCTAVO, MARKDOWN_IMPORTER, GObject)

/* user_id: whose the notes will be; 0: the first user's, but where an export says whose it was. */
OctavoMarkdownImporter *octavo_markdown_importer_new (OctavoStore *store, gint64 user_id) G_GNUC_WARN_UNUSED_RESULT;
void                    octavo_markdown_importer_set_dry_run (OctavoMarkdownImporter *self, gboolean dry_run);
void octavo_markdown_importer_set_folders_as_tags (OctavoMarkdownImporter *self, gboolean folders_as_tags);
void octavo_markdown_importer_set_tag (OctavoMarkdownImporter *self, const char *tag); /* (nullable) for all notes */

/* paths: NULL-terminated. progress (nullable) is called on the caller's thread. Report: (transfer full), also with what
 * was done before an error; NULL only where nothing could be begun. */
OctavoImportReport *octavo_markdown_importer_run (OctavoMarkdownImporter *self,
                                                  const char *const      *paths,
                                                  OctavoProgress          progress,
                                                  gpointer                user_data,
                                                  GCancellable           *cancellable,
                                                  GError                **error);
void                octavo_markdown_importer_run_async (OctavoMarkdownImporter *self,
                                                        const char *const      *paths,
                                                        GCancellable           *cancellable,
                                                        GAsyncReadyCallback     callback,
                                                        gpointer                user_data);
OctavoImportReport *octavo_markdown_importer_run_finish (OctavoMarkdownImporter *self,
                                                         GAsyncResult           *result,
                                                         GError                **error);

G_END_DECLS
