/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-version.h"

G_BEGIN_DECLS

#define OCTAVO_SITTINGS_REST (5 * G_TIME_SPAN_MINUTE)

/* Which notes are being written in, so that what is saved every second is one version. Main thread. */
typedef struct _OctavoSittings OctavoSittings;

OctavoSittings                *octavo_sittings_new (void) G_GNUC_WARN_UNUSED_RESULT;
void                           octavo_sittings_free (OctavoSittings *self);

void                           octavo_sittings_end (OctavoSittings *self, gint64 note_id, OctavoVersionReason reason);
void                           octavo_sittings_begin (OctavoSittings *self, gint64 note_id);
gboolean                       octavo_sittings_is_over (OctavoSittings      *self,
                                                        gint64               note_id,
                                                        gint64               updated,
                                                        gint64               now,
                                                        OctavoVersionReason *reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoSittings, octavo_sittings_free)

G_END_DECLS
