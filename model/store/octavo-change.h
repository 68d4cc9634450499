/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-types.h"

G_BEGIN_DECLS

/* What the last commits changed, coalesced, in words of notes: the argument of OctavoStore::changed. */
typedef struct _OctavoChange OctavoChange;

#define OCTAVO_TYPE_CHANGE (octavo_change_get_type ())
GType         octavo_change_get_type (void);
OctavoChange *octavo_change_ref (OctavoChange *self);
void          octavo_change_unref (OctavoChange *self);

gboolean      octavo_change_is_everything (OctavoChange *self); /* another process wrote: look at all of it again */
gboolean      octavo_change_has_tags (OctavoChange *self);      /* tags, or who has which */
gboolean      octavo_change_has_users (OctavoChange *self);
/* Notes that came, went, or differ in anything (their tags too). (element-type gint64), not sorted */
const gint64 *octavo_change_get_added (OctavoChange *self, gsize *n_ids);
const gint64 *octavo_change_get_removed (OctavoChange *self, gsize *n_ids);
const gint64 *octavo_change_get_updated (OctavoChange *self, gsize *n_ids);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoChange, octavo_change_unref)

G_END_DECLS
