/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-date-groups.h"

G_BEGIN_DECLS

/* Where the rows of a list stand that are all of one height, with a line above the first of each group. In pixels from
 * the top of the list. */
typedef struct
{
  guint                   n_items;
  int                     row_height; /* not 0 */
  int                     header_height;
  const OctavoGroupStart *starts; /* (nullable) */
  guint                   n_starts;
} OctavoListLayout;

double octavo_list_layout_get_height (const OctavoListLayout *self);
double octavo_list_layout_get_top (const OctavoListLayout *self, guint position);   /* of the row */
double octavo_list_layout_get_start (const OctavoListLayout *self, guint position); /* of the line above it, if any */
guint  octavo_list_layout_find (const OctavoListLayout *self, double y);

G_END_DECLS
