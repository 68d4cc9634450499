/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-note-row-private.h"

/* What a list shows of a note. It has no body and cannot be written, so that a list of a million notes holds a few
 * hundred small objects, and none of them can be mistaken for the note. */

struct _OctavoNoteRow
{
  GObject parent_instance;

  OctavoNoteValues *values;
};

G_DEFINE_FINAL_TYPE (OctavoNoteRow, octavo_note_row, G_TYPE_OBJECT)

enum
{
  PROP_ID = 1,
  PROP_TITLE,
  PROP_EXCERPT,
  PROP_TAGS,
  PROP_CREATED,
  PROP_UPDATED,
  PROP_PINNED,
  PROP_TRASHED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
octavo_note_row_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  OctavoNoteRow *self = OCTAVO_NOTE_ROW (object);

  switch (property_id)
    {
    case PROP_ID:
      g_value_set_int64 (value, self->values->id);
      break;
    case PROP_TITLE:
      g_value_set_string (value, octavo_note_row_get_title (self));
      break;
    case PROP_EXCERPT:
      g_value_set_string (value, octavo_note_row_get_excerpt (self));
      break;
    case PROP_TAGS:
      g_value_set_boxed (value, octavo_note_row_get_tags (self));
      break;
    case PROP_CREATED:
      g_value_set_int64 (value, self->values->created);
      break;
    case PROP_UPDATED:
      g_value_set_int64 (value, self->values->updated);
      break;
    case PROP_PINNED:
      g_value_set_boolean (value, self->values->pinned);
      break;
    case PROP_TRASHED:
      g_value_set_int64 (value, self->values->trashed);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
octavo_note_row_finalize (GObject *object)
{
  OctavoNoteRow *self = OCTAVO_NOTE_ROW (object);

  g_clear_pointer (&self->values, octavo_note_values_free);

  G_OBJECT_CLASS (octavo_note_row_parent_class)->finalize (object);
}

static void
octavo_note_row_class_init (OctavoNoteRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = octavo_note_row_get_property;
  object_class->finalize = octavo_note_row_finalize;

  properties[PROP_ID] = g_param_spec_int64 ("id", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  properties[PROP_EXCERPT] = g_param_spec_string ("excerpt", NULL, NULL, "", flags);
  properties[PROP_TAGS] = g_param_spec_boxed ("tags", NULL, NULL, G_TYPE_STRV, flags);
  properties[PROP_CREATED] = g_param_spec_int64 ("created", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_UPDATED] = g_param_spec_int64 ("updated", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_PINNED] = g_param_spec_boolean ("pinned", NULL, NULL, FALSE, flags);
  properties[PROP_TRASHED] = g_param_spec_int64 ("trashed", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
octavo_note_row_init (OctavoNoteRow *self)
{
}

/**
 * octavo_note_row_new:
 * @values: (transfer full): the values of a note, without its body
 *
 * Makes a row. Main thread.
 *
 * Returns: (transfer full): the row
 */
OctavoNoteRow *
octavo_note_row_new (OctavoNoteValues *values)
{
  OctavoNoteRow *self;

  g_return_val_if_fail (values != NULL, NULL);

  self = g_object_new (OCTAVO_TYPE_NOTE_ROW, NULL);
  self->values = values;
  return self;
}

/**
 * octavo_note_row_equal_but_time:
 * @a: a row
 * @b: another row
 *
 * Returns: whether both show the same but for when the note was changed
 */
gboolean
octavo_note_row_equal_but_time (OctavoNoteRow *a, OctavoNoteRow *b)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_ROW (a) && OCTAVO_IS_NOTE_ROW (b), FALSE);

  return a->values->id == b->values->id && a->values->user_id == b->values->user_id &&
         g_strcmp0 (a->values->user_name, b->values->user_name) == 0 &&
         g_strcmp0 (a->values->user_color, b->values->user_color) == 0 && a->values->created == b->values->created &&
         a->values->pinned == b->values->pinned && a->values->trashed == b->values->trashed &&
         g_strcmp0 (a->values->title, b->values->title) == 0 &&
         g_strcmp0 (a->values->excerpt, b->values->excerpt) == 0 &&
         g_strv_equal (octavo_note_row_get_tags (a), octavo_note_row_get_tags (b));
}

/**
 * octavo_note_row_equal:
 * @a: a row
 * @b: another row
 *
 * Returns: whether both show the same
 */
gboolean
octavo_note_row_equal (OctavoNoteRow *a, OctavoNoteRow *b)
{
  return octavo_note_row_equal_but_time (a, b) && a->values->updated == b->values->updated;
}

/**
 * octavo_note_row_get_id:
 * @self: a row
 *
 * Returns: the id of the note
 */
gint64
octavo_note_row_get_id (OctavoNoteRow *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_ROW (self), 0);

  return self->values->id;
}

/**
 * octavo_note_row_get_title:
 * @self: a row
 *
 * Returns: (transfer none): the title, "" for none
 */
const char *
octavo_note_row_get_title (OctavoNoteRow *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_ROW (self), NULL);

  return self->values->title != NULL ? self->values->title : "";
}

/**
 * octavo_note_row_get_excerpt:
 * @self: a row
 *
 * Returns: (transfer none): a line of the text, "" for none
 */
const char *
octavo_note_row_get_excerpt (OctavoNoteRow *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_ROW (self), NULL);

  return self->values->excerpt != NULL ? self->values->excerpt : "";
}

/**
 * octavo_note_row_get_tags:
 * @self: a row
 *
 * Returns: (transfer none): the names of the tags, sorted, ending in %NULL
 */
const char *const *
octavo_note_row_get_tags (OctavoNoteRow *self)
{
  static const char *const none[] = { NULL };

  g_return_val_if_fail (OCTAVO_IS_NOTE_ROW (self), NULL);

  return self->values->tags != NULL ? (const char *const *) self->values->tags : none;
}

/**
 * octavo_note_row_get_created:
 * @self: a row
 *
 * Returns: when the note was made, in microseconds since 1970, UTC
 */
gint64
octavo_note_row_get_created (OctavoNoteRow *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_ROW (self), 0);

  return self->values->created;
}

/**
 * octavo_note_row_get_updated:
 * @self: a row
 *
 * Returns: when the note was last changed, in microseconds since 1970, UTC
 */
gint64
octavo_note_row_get_updated (OctavoNoteRow *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_ROW (self), 0);

  return self->values->updated;
}

/**
 * octavo_note_row_get_pinned:
 * @self: a row
 *
 * Returns: whether the note is kept at the top
 */
gboolean
octavo_note_row_get_pinned (OctavoNoteRow *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_ROW (self), FALSE);

  return self->values->pinned;
}

/**
 * octavo_note_row_get_trashed:
 * @self: a row
 *
 * Returns: when the note was put into the trash, in microseconds since 1970, UTC; 0: it is not there
 */
gint64
octavo_note_row_get_trashed (OctavoNoteRow *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_ROW (self), 0);

  return self->values->trashed;
}

/**
 * octavo_note_row_get_user_id:
 * @self: a row
 *
 * Returns: the id of the user whose note it is
 */
gint64
octavo_note_row_get_user_id (OctavoNoteRow *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_ROW (self), 0);

  return self->values->user_id;
}

/**
 * octavo_note_row_get_user_name:
 * @self: a row
 *
 * Returns: (transfer none): the name of the one whose note it is
 */
const char *
octavo_note_row_get_user_name (OctavoNoteRow *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_ROW (self), NULL);

  return self->values->user_name != NULL ? self->values->user_name : "";
}

/**
 * octavo_note_row_get_user_color:
 * @self: a row
 *
 * Returns: (transfer none): the name of that one's colour, "" where none was chosen
 */
const char *
octavo_note_row_get_user_color (OctavoNoteRow *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_ROW (self), NULL);

  return self->values->user_color != NULL ? self->values->user_color : "";
}
