/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-diff.h"

G_BEGIN_DECLS

/* A text as the numbers of its lines or words, the same number for the same bytes. */
typedef struct
{
  guint *ids;
  gsize *starts; /* of each, and the length of the text after the last */
  guint  n;
} OctavoDiffUnits;

/* The numbers that units of several texts have in common. */
typedef GHashTable OctavoDiffNumbers;

OctavoDiffNumbers *octavo_diff_numbers_new (void);
void               octavo_diff_units_init (OctavoDiffUnits   *self,
                                           OctavoDiffNumbers *numbers,
                                           const char        *text,
                                           gsize              length,
                                           OctavoDiffUnit     unit);
void               octavo_diff_units_clear (OctavoDiffUnits *self);

G_END_DECLS
