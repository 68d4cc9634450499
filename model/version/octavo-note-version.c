/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-note-version.h"

#include "orm-entity.h"

#include <glib/gi18n-lib.h>

/* Versions are listed without their texts, which are read one at a time, on another thread, where one is looked at. */

struct _OctavoNoteVersion
{
  OrmEntity parent_instance;

  gint64 id;
  gint64 note_id;
  gint64 made;
  gint64 updated;
  char *reason;
  char *title;
  gint64 size;
  char *format;
  GBytes *body;
};

struct _OctavoNoteVersionClass
{
  OrmEntityClass parent_class;
};

G_DEFINE_FINAL_TYPE (OctavoNoteVersion, octavo_note_version, ORM_TYPE_ENTITY)

#define FIELD(name) G_STRUCT_OFFSET (OctavoNoteVersion, name)

static const OrmColumn columns[] = {
  { "id", ORM_FIELD_INT64, ORM_COLUMN_KEY, FIELD (id) },
  { "note_id", ORM_FIELD_INT64, ORM_COLUMN_NOT_NULL | ORM_COLUMN_INDEXED, FIELD (note_id), .references = "note",
    .on_delete = ORM_ON_DELETE_CASCADE },
  { "made", ORM_FIELD_INT64, ORM_COLUMN_NOT_NULL, FIELD (made) },
  { "updated", ORM_FIELD_INT64, ORM_COLUMN_NOT_NULL, FIELD (updated) },
  { "reason", ORM_FIELD_TEXT, ORM_COLUMN_NOT_NULL, FIELD (reason) },
  { "title", ORM_FIELD_TEXT, ORM_COLUMN_NOT_NULL, FIELD (title) },
  { "size", ORM_FIELD_INT64, ORM_COLUMN_NOT_NULL, FIELD (size) },
  { "format", ORM_FIELD_TEXT, ORM_COLUMN_NOT_NULL, FIELD (format) },
  { "body", ORM_FIELD_BLOB, ORM_COLUMN_NOT_NULL, FIELD (body) },
};

static const struct
{
  OctavoVersionReason reason;
  const char *name;
  const char *text;
} reasons[] = {
  { OCTAVO_VERSION_LEFT, "left", N_ ("The note was left") },
  { OCTAVO_VERSION_REST, "rest", N_ ("Nothing was written for some minutes") },
  { OCTAVO_VERSION_IMPORT, "import", N_ ("Before an import") },
  { OCTAVO_VERSION_LINKS, "links", N_ ("Before links were updated") },
  { OCTAVO_VERSION_MERGE, "merge", N_ ("As it was changed elsewhere") },
  { OCTAVO_VERSION_RESTORE, "restore", N_ ("Before something earlier was restored") },
  { OCTAVO_VERSION_OTHER, "other", N_ ("Before another program changed it") },
  { OCTAVO_VERSION_UNDO, "undo", N_ ("Before something was undone") },
  { OCTAVO_VERSION_COMMAND, "command", N_ ("Before a command changed it") },
};

static void
octavo_note_version_class_init (OctavoNoteVersionClass *klass)
{
  orm_entity_class_map (ORM_ENTITY_CLASS (klass), "note_version", columns, G_N_ELEMENTS (columns));
}

static void
octavo_note_version_init (OctavoNoteVersion *self)
{
}

/**
 * octavo_note_version_get_id:
 * @self: a version
 *
 * Returns: its id, higher than those of the versions that were kept before
 */
gint64
octavo_note_version_get_id (OctavoNoteVersion *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_VERSION (self), 0);

  return self->id;
}

/**
 * octavo_note_version_get_note_id:
 * @self: a version
 *
 * Returns: the id of the note
 */
gint64
octavo_note_version_get_note_id (OctavoNoteVersion *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_VERSION (self), 0);

  return self->note_id;
}

/**
 * octavo_note_version_get_made:
 * @self: a version
 *
 * Returns: when it was kept, in microseconds since 1970, UTC
 */
gint64
octavo_note_version_get_made (OctavoNoteVersion *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_VERSION (self), 0);

  return self->made;
}

/**
 * octavo_note_version_get_updated:
 * @self: a version
 *
 * Returns: when the note came to be so, in microseconds since 1970, UTC
 */
gint64
octavo_note_version_get_updated (OctavoNoteVersion *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_VERSION (self), 0);

  return self->updated;
}

/**
 * octavo_note_version_get_reason:
 * @self: a version
 *
 * Returns: why it was kept
 */
OctavoVersionReason
octavo_note_version_get_reason (OctavoNoteVersion *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_VERSION (self), OCTAVO_VERSION_UNKNOWN);

  return octavo_version_reason_from_string (self->reason);
}

/**
 * octavo_note_version_get_title:
 * @self: a version
 *
 * Returns: (transfer none): the title that the note had
 */
const char *
octavo_note_version_get_title (OctavoNoteVersion *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_VERSION (self), NULL);

  return self->title != NULL ? self->title : ""; /* only a damaged file has none */
}

/**
 * octavo_note_version_get_size:
 * @self: a version
 *
 * Returns: how long the text was, in bytes
 */
gint64
octavo_note_version_get_size (OctavoNoteVersion *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_VERSION (self), 0);

  return self->size;
}

/**
 * octavo_version_reason_to_string:
 * @reason: why a version was kept
 *
 * Returns: (transfer none): the reason as it stands in the file
 */
const char *
octavo_version_reason_to_string (OctavoVersionReason reason)
{
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (reasons[i].reason == reason)
      return reasons[i].name;
  return "";
}

/**
 * octavo_version_reason_from_string:
 * @name: (nullable): what the file says
 *
 * Returns: the reason; %OCTAVO_VERSION_UNKNOWN where the file says something else
 */
OctavoVersionReason
octavo_version_reason_from_string (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_strcmp0 (reasons[i].name, name) == 0)
      return reasons[i].reason;
  return OCTAVO_VERSION_UNKNOWN;
}

/**
 * octavo_version_reason_get_text:
 * @reason: why a version was kept
 *
 * Returns: (transfer none): that in a few words
 */
const char *
octavo_version_reason_get_text (OctavoVersionReason reason)
{
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (reasons[i].reason == reason)
      return _ (reasons[i].text);
  return _ ("Kept by another version of Octavo");
}
