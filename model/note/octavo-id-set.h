/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A set of ids, which SQLite hands out one after the other: a bit for each, so that a million take 125 kB and the time
 * of a blink. */
typedef struct _OctavoIdSet OctavoIdSet;

OctavoIdSet                *octavo_id_set_new (void) G_GNUC_WARN_UNUSED_RESULT;
void                        octavo_id_set_free (OctavoIdSet *self);

gboolean                    octavo_id_set_add (OctavoIdSet *self, gint64 id);    /* whether it was not there */
gboolean                    octavo_id_set_remove (OctavoIdSet *self, gint64 id); /* whether it was there */
gboolean                    octavo_id_set_contains (const OctavoIdSet *self, gint64 id);
guint                       octavo_id_set_get_size (const OctavoIdSet *self);

/* In no order; the set must not change meanwhile. */
typedef void (*OctavoIdFunc) (gint64 id, gpointer user_data);
void octavo_id_set_foreach (const OctavoIdSet *self, OctavoIdFunc func, gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoIdSet, octavo_id_set_free)

G_END_DECLS
