/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-types.h"

G_BEGIN_DECLS

/* What an import did, note by note where there is something to say. */
typedef struct
{
  guint      n_imported;
  guint      n_updated;
  guint      n_unchanged;
  guint      n_failed;
  gint64     first_id; /* the note that the first file became; 0: there is none */
  gint64     step_id;  /* what octavo_undo_run_async() takes back; 0: nothing was written */
  GPtrArray *messages; /* (element-type char *): "FILE: what is odd about it, and what was done" */
} OctavoImportReport;

OctavoImportReport *octavo_import_report_new (void);
void                octavo_import_report_free (OctavoImportReport *self);

char               *octavo_import_report_make_message (const char *path, const char *format, ...)
    G_GNUC_PRINTF (2, 3) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoImportReport, octavo_import_report_free)

G_END_DECLS
