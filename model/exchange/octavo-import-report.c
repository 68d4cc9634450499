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
