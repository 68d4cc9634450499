/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-search.h"

G_BEGIN_DECLS

/* Has a search asked again while the index does not know all notes. */
typedef struct _OctavoCatchUp OctavoCatchUp;

typedef void (*OctavoCatchUpFunc) (gpointer owner);

OctavoCatchUp *octavo_catch_up_new (OctavoSearch     *search,
                                    OctavoCatchUpFunc ask,
                                    gpointer          owner) G_GNUC_WARN_UNUSED_RESULT;
void           octavo_catch_up_free (OctavoCatchUp *self);

void           octavo_catch_up_take_answer (OctavoCatchUp *self, guint n_missing);
guint          octavo_catch_up_get_n_missing (OctavoCatchUp *self);

G_END_DECLS
