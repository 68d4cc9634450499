/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-types.h"

G_BEGIN_DECLS

/* A note: an entity of the mapper (OrmEntity). Main thread only. */
#define OCTAVO_TYPE_NOTE (octavo_note_get_type ())
OCTAVO_DECLARE_FINAL_TYPE (OctavoNote, octavo_note, OCTAVO, NOTE)

gint64      octavo_note_get_id (OctavoNote *self); /* 0 until it was saved once */
gint64      octavo_note_get_user_id (OctavoNote *self);
void        octavo_note_set_user_id (OctavoNote *self, gint64 user_id);
const char *octavo_note_get_title (OctavoNote *self);
void        octavo_note_set_title (OctavoNote *self, const char *title);
const char *octavo_note_get_body (OctavoNote *self);
void        octavo_note_set_body (OctavoNote *self, const char *body);
char       *octavo_note_dup_excerpt (OctavoNote *self);

/* Other titles of the note, one a line; "" for none. */
const char *octavo_note_get_aliases (OctavoNote *self);
void        octavo_note_set_aliases (OctavoNote *self, const char *aliases);

/* Front matter that Octavo does not know, as YAML lines, kept for export; "" for none. */
const char *octavo_note_get_front_matter (OctavoNote *self);
void        octavo_note_set_front_matter (OctavoNote *self, const char *front_matter);

/* Microseconds since 1970, UTC. */
gint64   octavo_note_get_created (OctavoNote *self);
void     octavo_note_set_created (OctavoNote *self, gint64 created);
gint64   octavo_note_get_updated (OctavoNote *self);
void     octavo_note_set_updated (OctavoNote *self, gint64 updated);

gboolean octavo_note_get_pinned (OctavoNote *self);
void     octavo_note_set_pinned (OctavoNote *self, gboolean pinned);
gint64   octavo_note_get_trashed (OctavoNote *self); /* when it was put there; 0: it is not in the trash */
void     octavo_note_set_trashed (OctavoNote *self, gint64 trashed);

G_END_DECLS
