/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-store.h"

G_BEGIN_DECLS

/* Reads the file through once a day when nobody writes, and at once where something could not be read, for as long as
 * it is kept.
 *
 * Property "damaged" (boolean): it was found to be damaged; that stays so.
 * Signal "looked": it was read through. */
#define OCTAVO_TYPE_REST_CHECK (octavo_rest_check_get_type ())
G_DECLARE_FINAL_TYPE (OctavoRestCheck, octavo_rest_check, OCTAVO, REST_CHECK, GObject)

/* stamp: a file of its own for each file of notes, which says when this was done last */
OctavoRestCheck *octavo_rest_check_new (OctavoStore *store, const char *stamp) G_GNUC_WARN_UNUSED_RESULT;

gboolean         octavo_rest_check_is_due (OctavoRestCheck *self, gint64 now); /* microseconds since 1970 */
void             octavo_rest_check_look (OctavoRestCheck *self);               /* now; does not block */
gboolean         octavo_rest_check_is_damaged (OctavoRestCheck *self);

/* At once, whoever writes. */
void octavo_rest_check_suspect (OctavoRestCheck *self);

G_END_DECLS
