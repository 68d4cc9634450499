/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-buffer.h"
#include "octavo-store.h"

G_BEGIN_DECLS

/* Tells the model which states of the notes in buffers are versions. */
#define OCTAVO_TYPE_VERSION_KEEPER (octavo_version_keeper_get_type ())
G_DECLARE_FINAL_TYPE (OctavoVersionKeeper, octavo_version_keeper, OCTAVO, VERSION_KEEPER, GObject)

OctavoVersionKeeper *octavo_version_keeper_new (OctavoStore *store) G_GNUC_WARN_UNUSED_RESULT;

void                 octavo_version_keeper_watch (OctavoVersionKeeper *self, OctavoNoteBuffer *buffer);
void                 octavo_version_keeper_left (OctavoVersionKeeper *self, OctavoNoteBuffer *buffer);

G_END_DECLS
