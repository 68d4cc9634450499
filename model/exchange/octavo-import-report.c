/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-exchange"

#include "octavo-import-report.h"

/**
 * octavo_import_report_new:
 *
 * Returns: (transfer full): an empty report. Any thread.
 */
OctavoImportReport *
octavo_import_report_new (void)
{
  OctavoImportReport *self = g_new0 (OctavoImportReport, 1);

  self->messages = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * octavo_import_report_free:
 * @self: (nullable) (transfer full): a report
 *
 * Frees a report and its messages.
 */
void
octavo_import_report_free (OctavoImportReport *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->messages);
  g_free (self);
}

/**
 * octavo_import_report_make_message:
 * @path: a file, in the encoding of file names
 * @format: what is odd about it, and what was done
 *
 * Puts a sentence of a report together. Any thread.
 *
 * Returns: (transfer full): "FILE: …", as it can be shown
 */
char *
octavo_import_report_make_message (const char *path, const char *format, ...)
{
  g_autofree char *shown = g_filename_display_name (path);
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  return g_strconcat (shown, ": ", text, NULL);
}
