/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-types.h"

G_BEGIN_DECLS

/* Why a state of a note was kept. */
typedef enum
{
  OCTAVO_VERSION_LEFT,    /* it was left so, and written in again later */
  OCTAVO_VERSION_REST,    /* nothing was written for some minutes */
  OCTAVO_VERSION_IMPORT,  /* before an import brought another text */
  OCTAVO_VERSION_LINKS,   /* before links in it were changed, as another note got another title */
  OCTAVO_VERSION_MERGE,   /* as another program wrote it, before what was typed here was merged with it */
  OCTAVO_VERSION_RESTORE, /* before an earlier version or one of a backup was put in its place */
  OCTAVO_VERSION_OTHER,   /* before another program wrote */
  OCTAVO_VERSION_UNDO,    /* before something was undone */
  OCTAVO_VERSION_COMMAND, /* before a command of the command line wrote */
  OCTAVO_VERSION_UNKNOWN, /* of a newer version of Octavo */
} OctavoVersionReason;

/* What a note said once: an entity of the mapper, without the text. */
#define OCTAVO_TYPE_NOTE_VERSION (octavo_note_version_get_type ())
OCTAVO_DECLARE_FINAL_TYPE (OctavoNoteVersion, octavo_note_version, OCTAVO, NOTE_VERSION)

gint64              octavo_note_version_get_id (OctavoNoteVersion *self);
gint64              octavo_note_version_get_note_id (OctavoNoteVersion *self);
gint64              octavo_note_version_get_made (OctavoNoteVersion *self);
gint64              octavo_note_version_get_updated (OctavoNoteVersion *self);
OctavoVersionReason octavo_note_version_get_reason (OctavoNoteVersion *self);
const char         *octavo_note_version_get_title (OctavoNoteVersion *self);
gint64              octavo_note_version_get_size (OctavoNoteVersion *self);

/* The reason as it is written down. */
const char         *octavo_version_reason_to_string (OctavoVersionReason reason);
OctavoVersionReason octavo_version_reason_from_string (const char *name);
/* In words for a person. (transfer none) */
const char *octavo_version_reason_get_text (OctavoVersionReason reason);

G_END_DECLS
