/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-error.h"
#include "octavo-excerpt.h"
#include "octavo-note-private.h"
#include "octavo-tag.h"
#include "octavo-user.h"
#include "orm-relation.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A note: it knows its values, and which of them follow from others. */

struct _OctavoNote
{
  OrmEntity parent_instance;

  gint64 id;
  gint64 user_id;
  gint64 created;
  gint64 updated;
  gint64 trashed;
  gboolean pinned;
  char *title;
  char *excerpt;
  char *aliases;
  char *front_matter;
  char *body;

  gboolean is_dated; /* the caller said when it was changed, which then stands */
};

struct _OctavoNoteClass
{
  OrmEntityClass parent_class;
};

G_DEFINE_FINAL_TYPE (OctavoNote, octavo_note, ORM_TYPE_ENTITY)

enum
{
  COLUMN_ID,
  COLUMN_USER_ID,
  COLUMN_CREATED,
  COLUMN_UPDATED,
  COLUMN_TRASHED,
  COLUMN_PINNED,
  COLUMN_TITLE,
  COLUMN_EXCERPT,
  COLUMN_ALIASES,
  COLUMN_FRONT_MATTER,
  COLUMN_BODY,
};

#define FIELD(name) G_STRUCT_OFFSET (OctavoNote, name)

static const OrmColumn columns[] = {
  [COLUMN_ID] = { "id", ORM_FIELD_INT64, ORM_COLUMN_KEY, FIELD (id) },
  [COLUMN_USER_ID] = { "user_id", ORM_FIELD_INT64, ORM_COLUMN_NOT_NULL | ORM_COLUMN_INDEXED, FIELD (user_id) },
  [COLUMN_CREATED] = { "created", ORM_FIELD_INT64, ORM_COLUMN_NOT_NULL, FIELD (created) },
  [COLUMN_UPDATED] = { "updated", ORM_FIELD_INT64, ORM_COLUMN_NOT_NULL, FIELD (updated) },
  [COLUMN_TRASHED] = { "trashed", ORM_FIELD_INT64, ORM_COLUMN_NOT_NULL, FIELD (trashed), 0, "0" },
  [COLUMN_PINNED] = { "pinned", ORM_FIELD_BOOLEAN, ORM_COLUMN_NOT_NULL, FIELD (pinned), 0, "0", "pinned IN (0, 1)" },
  [COLUMN_TITLE] = { "title", ORM_FIELD_TEXT, ORM_COLUMN_NOT_NULL, FIELD (title), 0, "''" },
  [COLUMN_EXCERPT] = { "excerpt", ORM_FIELD_TEXT, ORM_COLUMN_NOT_NULL, FIELD (excerpt), 0, "''" },
  [COLUMN_ALIASES] = { "aliases", ORM_FIELD_TEXT, ORM_COLUMN_NOT_NULL, FIELD (aliases), 0, "''" },
  [COLUMN_FRONT_MATTER] = { "front_matter", ORM_FIELD_TEXT, ORM_COLUMN_NOT_NULL, FIELD (front_matter), 0, "''" },
  [COLUMN_BODY] = { "body", ORM_FIELD_TEXT, ORM_COLUMN_NOT_NULL, FIELD (body), 0, "''" },
};

static const OrmRelation relations[] = {
  { .name = "user",
    .kind = ORM_RELATION_BELONGS_TO,
    .target = octavo_user_get_type,
    .back_populates = "notes",
    .column = "user_id" },
  { .name = "tags",
    .kind = ORM_RELATION_MANY_TO_MANY,
    .target = octavo_tag_get_type,
    .back_populates = "notes",
    .column = "note_id",
    .through = "note_tag",
    .target_column = "tag_id",
    .order_by = "folded" },
};

/* A binding goes the way of the setters, which know more than the column. */
static void
octavo_note_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  OctavoNote *self = OCTAVO_NOTE (object);

  switch (property_id)
    {
    case COLUMN_TITLE + 1:
      octavo_note_set_title (self, g_value_get_string (value));
      break;
    case COLUMN_BODY + 1:
      octavo_note_set_body (self, g_value_get_string (value));
      break;
    case COLUMN_UPDATED + 1:
      octavo_note_set_updated (self, g_value_get_int64 (value));
      break;
    default:
      G_OBJECT_CLASS (octavo_note_parent_class)->set_property (object, property_id, value, pspec);
    }
}

static void
octavo_note_class_init (OctavoNoteClass *klass)
{
  orm_entity_class_map (ORM_ENTITY_CLASS (klass), "note", columns, G_N_ELEMENTS (columns));
  orm_entity_class_add_relations (ORM_ENTITY_CLASS (klass), relations, G_N_ELEMENTS (relations));

  G_OBJECT_CLASS (klass)->set_property = octavo_note_set_property;
}

static void
octavo_note_init (OctavoNote *self)
{
  self->title = g_strdup ("");
  self->excerpt = g_strdup ("");
  self->aliases = g_strdup ("");
  self->front_matter = g_strdup ("");
  self->body = g_strdup ("");
}

/**
 * octavo_note_new:
 * @user_id: whose note it is
 * @now: when it is made, in microseconds since 1970, UTC
 *
 * Makes an empty note that is in no file yet. Main thread.
 *
 * Returns: (transfer full): the note
 */
OctavoNote *
octavo_note_new (gint64 user_id, gint64 now)
{
  OctavoNote *self = g_object_new (OCTAVO_TYPE_NOTE, NULL);

  self->user_id = user_id;
  self->created = now;
  self->updated = now;
  return self;
}

/**
 * octavo_note_prepare:
 * @self: a note that is about to be written
 * @now: the time, in microseconds since 1970, UTC
 *
 * Derives the excerpt, and dates the note where its title, text or aliases changed and nobody said otherwise.
 */
void
octavo_note_prepare (OctavoNote *self, gint64 now)
{
  OrmEntity *entity = ORM_ENTITY (self);
  /* The mapper writes all of a new note, whatever was set. */
  gboolean has_text = self->id == 0 || orm_entity_is_dirty_column (entity, COLUMN_TITLE) ||
                      orm_entity_is_dirty_column (entity, COLUMN_BODY);

  if (has_text)
    {
      g_autofree char *excerpt = octavo_note_dup_excerpt (self);

      orm_entity_set_text (entity, COLUMN_EXCERPT, excerpt);
    }

  if (!self->is_dated && (has_text || orm_entity_is_dirty_column (entity, COLUMN_ALIASES)))
    orm_entity_set_int64 (entity, COLUMN_UPDATED, now);
}

/**
 * octavo_note_is_trashing:
 * @self: a note
 *
 * Returns: whether writing the note takes it into or out of the trash
 */
gboolean
octavo_note_is_trashing (OctavoNote *self)
{
  return orm_entity_is_dirty_column (ORM_ENTITY (self), COLUMN_TRASHED);
}

/**
 * octavo_note_is_rewriting:
 * @self: a note
 *
 * Returns: whether writing the note gives it another title or text
 */
gboolean
octavo_note_is_rewriting (OctavoNote *self)
{
  return orm_entity_is_dirty_column (ORM_ENTITY (self), COLUMN_TITLE) ||
         orm_entity_is_dirty_column (ORM_ENTITY (self), COLUMN_BODY);
}

/**
 * octavo_note_written:
 * @self: a note
 *
 * Says that what was pending is in the file, so that the next change is dated anew.
 */
void
octavo_note_written (OctavoNote *self)
{
  self->is_dated = FALSE;
}

/**
 * octavo_note_clean_title:
 * @title: a title
 *
 * Puts a title into one line; nothing of it is cut. Any thread.
 *
 * Returns: (transfer full): the title
 */
char *
octavo_note_clean_title (const char *title)
{
  g_return_val_if_fail (title != NULL, NULL);

  return g_strdelimit (g_strdup (title), "\n\r\t\v\f", ' ');
}

/**
 * octavo_note_check_size:
 * @title: (nullable): a title
 * @body: (nullable): a text
 * @error: where to put an error
 *
 * Sees whether a note can be kept: %OCTAVO_ERROR_TOO_BIG where a text is too long. Any thread.
 *
 * Returns: whether it can
 */
gboolean
octavo_note_check_size (const char *title, const char *body, GError **error)
{
  if (title != NULL && strlen (title) > OCTAVO_NOTE_MAX_TITLE)
    {
      g_set_error_literal (error, OCTAVO_ERROR, OCTAVO_ERROR_TOO_BIG,
                           _ ("The title is too long to be kept. Move some of it into the text."));
      return FALSE;
    }
  if (body != NULL && strlen (body) > OCTAVO_NOTE_MAX_BODY)
    {
      g_set_error_literal (error, OCTAVO_ERROR, OCTAVO_ERROR_TOO_BIG,
                           _ ("The note is too big to be kept. Split it into several notes."));
      return FALSE;
    }
  return TRUE;
}

/**
 * octavo_note_check_text:
 * @text: (nullable): any text of a note
 * @error: where to put an error
 *
 * Sees whether a text can be kept: %OCTAVO_ERROR_INVALID_TEXT where it is not UTF-8. Any thread.
 *
 * Returns: whether it can
 */
gboolean
octavo_note_check_text (const char *text, GError **error)
{
  if (text == NULL || g_utf8_validate (text, -1, NULL))
    return TRUE;

  g_set_error_literal (error, OCTAVO_ERROR, OCTAVO_ERROR_INVALID_TEXT,
                       _ ("The text of the note is not UTF-8. Convert it to UTF-8, and try again."));
  return FALSE;
}

/**
 * octavo_note_get_id:
 * @self: a note
 *
 * Returns: the id; 0 until it was saved once
 */
gint64
octavo_note_get_id (OctavoNote *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE (self), 0);

  return self->id;
}

/**
 * octavo_note_get_user_id:
 * @self: a note
 *
 * Returns: the id of the user whose note it is
 */
gint64
octavo_note_get_user_id (OctavoNote *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE (self), 0);

  return self->user_id;
}

/**
 * octavo_note_set_user_id:
 * @self: a note
 * @user_id: the id of a user
 *
 * Gives the note to another user.
 */
void
octavo_note_set_user_id (OctavoNote *self, gint64 user_id)
{
  g_return_if_fail (OCTAVO_IS_NOTE (self));

  orm_entity_set_int64 (ORM_ENTITY (self), COLUMN_USER_ID, user_id);
}

/**
 * octavo_note_get_title:
 * @self: a note
 *
 * Returns: (transfer none): the title, "" for none
 */
const char *
octavo_note_get_title (OctavoNote *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE (self), NULL);

  return self->title;
}

/**
 * octavo_note_set_title:
 * @self: a note
 * @title: the title, valid UTF-8
 *
 * Sets the title, in one line: line breaks become spaces.
 */
void
octavo_note_set_title (OctavoNote *self, const char *title)
{
  g_autofree char *line = NULL;

  g_return_if_fail (OCTAVO_IS_NOTE (self));
  g_return_if_fail (title != NULL && g_utf8_validate (title, -1, NULL));

  line = octavo_note_clean_title (title);
  orm_entity_set_text (ORM_ENTITY (self), COLUMN_TITLE, line);
}

/**
 * octavo_note_get_body:
 * @self: a note
 *
 * Returns: (transfer none): the Markdown text, "" for none
 */
const char *
octavo_note_get_body (OctavoNote *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE (self), NULL);

  return self->body;
}

/**
 * octavo_note_set_body:
 * @self: a note
 * @body: the Markdown text, valid UTF-8
 *
 * Sets the text.
 */
void
octavo_note_set_body (OctavoNote *self, const char *body)
{
  g_return_if_fail (OCTAVO_IS_NOTE (self));
  g_return_if_fail (body != NULL && g_utf8_validate (body, -1, NULL));

  orm_entity_set_text (ORM_ENTITY (self), COLUMN_BODY, body);
}

/**
 * octavo_note_dup_excerpt:
 * @self: a note
 *
 * Returns: (transfer full): a line of plain words from the text as it is now
 */
char *
octavo_note_dup_excerpt (OctavoNote *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE (self), NULL);

  return octavo_excerpt_new (self->body, self->title);
}

/**
 * octavo_note_get_aliases:
 * @self: a note
 *
 * Returns: (transfer none): other titles of the note, one a line, "" for none
 */
const char *
octavo_note_get_aliases (OctavoNote *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE (self), NULL);

  return self->aliases;
}

/**
 * octavo_note_set_aliases:
 * @self: a note
 * @aliases: titles, one a line, valid UTF-8
 *
 * Sets the other titles of the note.
 */
void
octavo_note_set_aliases (OctavoNote *self, const char *aliases)
{
  g_return_if_fail (OCTAVO_IS_NOTE (self));
  g_return_if_fail (aliases != NULL && g_utf8_validate (aliases, -1, NULL));

  orm_entity_set_text (ORM_ENTITY (self), COLUMN_ALIASES, aliases);
}

/**
 * octavo_note_get_front_matter:
 * @self: a note
 *
 * Returns: (transfer none): YAML lines that Octavo does not know, "" for none
 */
const char *
octavo_note_get_front_matter (OctavoNote *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE (self), NULL);

  return self->front_matter;
}

/**
 * octavo_note_set_front_matter:
 * @self: a note
 * @front_matter: YAML lines, valid UTF-8
 *
 * Sets the front matter that is kept for export.
 */
void
octavo_note_set_front_matter (OctavoNote *self, const char *front_matter)
{
  g_return_if_fail (OCTAVO_IS_NOTE (self));
  g_return_if_fail (front_matter != NULL && g_utf8_validate (front_matter, -1, NULL));

  orm_entity_set_text (ORM_ENTITY (self), COLUMN_FRONT_MATTER, front_matter);
}

/**
 * octavo_note_get_created:
 * @self: a note
 *
 * Returns: when the note was made, in microseconds since 1970, UTC
 */
gint64
octavo_note_get_created (OctavoNote *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE (self), 0);

  return self->created;
}

/**
 * octavo_note_set_created:
 * @self: a note
 * @created: microseconds since 1970, UTC
 *
 * Says when the note was made.
 */
void
octavo_note_set_created (OctavoNote *self, gint64 created)
{
  g_return_if_fail (OCTAVO_IS_NOTE (self));

  orm_entity_set_int64 (ORM_ENTITY (self), COLUMN_CREATED, created);
}

/**
 * octavo_note_get_updated:
 * @self: a note
 *
 * Returns: when the note was last changed, in microseconds since 1970, UTC
 */
gint64
octavo_note_get_updated (OctavoNote *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE (self), 0);

  return self->updated;
}

/**
 * octavo_note_set_updated:
 * @self: a note
 * @updated: microseconds since 1970, UTC
 *
 * Says when the note was last changed. It stands: the save that follows does not date the note.
 */
void
octavo_note_set_updated (OctavoNote *self, gint64 updated)
{
  g_return_if_fail (OCTAVO_IS_NOTE (self));

  self->is_dated = TRUE;
  orm_entity_set_int64 (ORM_ENTITY (self), COLUMN_UPDATED, updated);
}

/**
 * octavo_note_get_pinned:
 * @self: a note
 *
 * Returns: whether the note is kept at the top of lists
 */
gboolean
octavo_note_get_pinned (OctavoNote *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE (self), FALSE);

  return self->pinned;
}

/**
 * octavo_note_set_pinned:
 * @self: a note
 * @pinned: whether to keep it at the top of lists
 *
 * Pins the note, or lets it go.
 */
void
octavo_note_set_pinned (OctavoNote *self, gboolean pinned)
{
  g_return_if_fail (OCTAVO_IS_NOTE (self));

  orm_entity_set_boolean (ORM_ENTITY (self), COLUMN_PINNED, pinned);
}

/**
 * octavo_note_get_trashed:
 * @self: a note
 *
 * Returns: when the note was put into the trash, in microseconds since 1970, UTC; 0: it is not there
 */
gint64
octavo_note_get_trashed (OctavoNote *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE (self), 0);

  return self->trashed;
}

/**
 * octavo_note_set_trashed:
 * @self: a note
 * @trashed: microseconds since 1970, UTC, or 0
 *
 * Puts the note into the trash, or takes it out.
 */
void
octavo_note_set_trashed (OctavoNote *self, gint64 trashed)
{
  g_return_if_fail (OCTAVO_IS_NOTE (self));

  orm_entity_set_int64 (ORM_ENTITY (self), COLUMN_TRASHED, trashed);
}
