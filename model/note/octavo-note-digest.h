/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-values.h"

G_BEGIN_DECLS

char    *octavo_note_digest_new (const OctavoNoteValues *values);
gboolean octavo_note_digest_same_note (const char *a, const char *b);
gboolean octavo_note_digest_was_pinned (const char *digest);

G_END_DECLS
