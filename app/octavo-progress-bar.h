/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A line on standard error that fills up while something long is done; nothing at all where no person looks. */
typedef struct
{
  const char *label;
  gboolean    terminal;
  int         cells;   /* of the bar alone */
  int         percent; /* as it is painted; -1: it is not */
} OctavoProgressBar;

void octavo_progress_bar_init (OctavoProgressBar *self, const char *label);
void octavo_progress_bar_update (double fraction, gpointer self);
void octavo_progress_bar_clear (OctavoProgressBar *self);

G_END_DECLS
