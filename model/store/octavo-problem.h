/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Something that is wrong with a file. */
typedef struct
{
  char    *text; /* for a person */
  gboolean is_mended;
} OctavoProblem;

OctavoProblem *octavo_problem_new (char *text, gboolean is_mended) G_GNUC_WARN_UNUSED_RESULT;
void           octavo_problem_free (OctavoProblem *self);

G_END_DECLS
