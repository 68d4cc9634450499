/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-store.h"

G_BEGIN_DECLS

/* Notes into a folder of Markdown files with front matter, one a note. */
#define OCTAVO_TYPE_MARKDOWN_EXPORTER (octavo_markdown_exporter_get_type ())
G_DECLARE_FINAL_TYPE (OctavoMarkdownExporter, octavo_markdown_exporter, OCTAVO, MARKDOWN_EXPORTER, GObject)

OctavoMarkdownExporter *octavo_markdown_exporter_new (OctavoStore *store) G_GNUC_WARN_UNUSED_RESULT;

/* ids (nullable): all that are not in the trash. The folder is made where missing; nothing in it is overwritten. */
gboolean octavo_markdown_exporter_run (OctavoMarkdownExporter *self,
                                       const char             *folder,
                                       const gint64           *ids,
                                       gsize                   n_ids,
                                       OctavoProgress          progress,
                                       gpointer                user_data,
                                       guint                  *n_exported,
                                       GCancellable           *cancellable,
                                       GError                **error);
void     octavo_markdown_exporter_run_async (OctavoMarkdownExporter *self,
                                             const char             *folder,
                                             const gint64           *ids,
                                             gsize                   n_ids,
                                             GCancellable           *cancellable,
                                             GAsyncReadyCallback     callback,
                                             gpointer                user_data);
gboolean octavo_markdown_exporter_run_finish (OctavoMarkdownExporter *self,
                                              GAsyncResult           *result,
                                              guint                  *n_exported,
                                              GError                **error);

G_END_DECLS
