/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-problem.h"

/**
 * octavo_problem_new:
 * @text: (transfer full): what is wrong, and what was done or is to be done about it
 * @is_mended: whether it is no longer so
 *
 * Returns: (transfer full): a problem
 */
OctavoProblem *
octavo_problem_new (char *text, gboolean is_mended)
{
  OctavoProblem *self = g_new0 (OctavoProblem, 1);

  self->text = text;
  self->is_mended = is_mended;
  return self;
}

/**
 * octavo_problem_free:
 * @self: a problem
 *
 * Frees it.
 */
void
octavo_problem_free (OctavoProblem *self)
{
  g_free (self->text);
  g_free (self);
}
