/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What cannot be parted by the end of a page. */
typedef struct
{
  guint    piece; /* OCTAVO_PRINT_TITLE: the title of the note */
  guint    line;
  gboolean is_last; /* of the piece */
  gboolean keeps;   /* what follows is on the same page */
  float    space;   /* above, but at the top of a page; in points */
  float    height;
} OctavoPrintUnit;

#define OCTAVO_PRINT_TITLE G_MAXUINT

void octavo_print_pages_break (const OctavoPrintUnit *units, guint n_units, double height, GArray *pages);

G_END_DECLS
