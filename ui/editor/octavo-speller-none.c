/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-speller.h"

/* Octavo as it is built without libspelling. */
const OctavoSpeller *
octavo_speller_get (void)
{
  return NULL;
}
