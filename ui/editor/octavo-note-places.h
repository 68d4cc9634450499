/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define OCTAVO_NOTE_PLACES_MAX 200 /* notes */

/* Where a note was left: offsets in characters. */
typedef struct
{
  gint64 id;
  int    cursor;
  int    top; /* the first character in sight */
} OctavoNotePlace;

/* The places in the notes that were left last. */
#define OCTAVO_TYPE_NOTE_PLACES (octavo_note_places_get_type ())
G_DECLARE_FINAL_TYPE (OctavoNotePlaces, octavo_note_places, OCTAVO, NOTE_PLACES, GObject)

OctavoNotePlaces *octavo_note_places_new (void) G_GNUC_WARN_UNUSED_RESULT;

void              octavo_note_places_put (OctavoNotePlaces *self, const OctavoNotePlace *place);
gboolean          octavo_note_places_get (OctavoNotePlaces *self, gint64 id, OctavoNotePlace *place);
void              octavo_note_places_remove (OctavoNotePlaces *self, gint64 id);

/* As a text, and from one. */
char *octavo_note_places_to_string (OctavoNotePlaces *self) G_GNUC_WARN_UNUSED_RESULT;
void  octavo_note_places_load (OctavoNotePlaces *self, const char *text);

G_END_DECLS
