/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-note-buffer.h"

#include "octavo-merge.h"
#include "octavo-text-edit.h"

#include <string.h>

/* The text of a note lives here, not in OctavoNote, while it is typed: so that a key costs nothing but itself, and so
 * that what is typed and what somebody else saves meanwhile stay two things that can be compared. Each note has a
 * buffer of its own, hence an undo history and a cursor of its own. */

/* What is shown of a text that is too much for a GtkTextView, in bytes. */
#define BEGINNING_SIZE (100 * 1000)
#define BEGINNING_LINE 2000

struct _OctavoNoteBuffer
{
  OctavoMarkdownBuffer parent_instance;

  OctavoNote *note; /* NULL: new, and never saved */
  gint64 user_id;
  gint64 id;
  char *title;

  /* Edits are numbered. */
  guint64 serial;
  guint64 title_serial;
  guint64 text_serial;
  guint64 handed_serial; /* the note has everything up to here */
  guint64 saved_serial;  /* the file has */

  /* The note as the file last had it, as far as is known; and as it was last handed over to be saved. */
  char *base_title, *base_body;
  char *handed_title, *handed_body;

  char *other_title;
  char *other_body;

  gsize full_size; /* of a truncated text, in bytes */
  guint is_truncated : 1;
  guint is_following : 1; /* the text is being set, not typed */
  guint is_handing : 1;   /* the note is being set by us */
  guint has_met : 1;      /* somebody else's version, since it was handed over */
};

G_DEFINE_FINAL_TYPE (OctavoNoteBuffer, octavo_note_buffer, OCTAVO_TYPE_MARKDOWN_BUFFER)

enum
{
  PROP_0,
  PROP_ID,
  PROP_TITLE,
  PROP_PINNED,
  PROP_TRASHED,
  PROP_CONFLICT,
  PROP_TRUNCATED,
  N_PROPS
};

enum
{
  SIGNAL_EDITED,
  SIGNAL_REPLACED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
notify (OctavoNoteBuffer *self, guint property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
mark_edited (OctavoNoteBuffer *self, guint64 *field)
{
  *field = ++self->serial;
  g_signal_emit (self, signals[SIGNAL_EDITED], 0);
}

static void
load_body (OctavoNoteBuffer *self, const char *body)
{
  g_autofree char *beginning = NULL;

  self->full_size = strlen (body);
  self->is_truncated = octavo_text_exceeds (body, OCTAVO_NOTE_BUFFER_MAX_SIZE, OCTAVO_NOTE_BUFFER_MAX_LINE);
  if (self->is_truncated)
    beginning = octavo_text_dup_beginning (body, BEGINNING_SIZE, BEGINNING_LINE);

  self->is_following = TRUE;
  octavo_markdown_buffer_load (OCTAVO_MARKDOWN_BUFFER (self), self->is_truncated ? beginning : body);
  self->is_following = FALSE;
  notify (self, PROP_TRUNCATED);
}

static void
follow_body (OctavoNoteBuffer *self, const char *body)
{
  if (self->is_truncated || octavo_text_exceeds (body, OCTAVO_NOTE_BUFFER_MAX_SIZE, OCTAVO_NOTE_BUFFER_MAX_LINE))
    {
      load_body (self, body);
      return;
    }
  self->is_following = TRUE;
  octavo_markdown_buffer_replace (OCTAVO_MARKDOWN_BUFFER (self), body);
  self->is_following = FALSE;
}

/* What was typed here wins, and goes to the note again. */
static void
keep_other (OctavoNoteBuffer *self, const char *title, const char *body)
{
  self->other_title = (g_free (self->other_title), g_strdup (title));
  self->other_body = (g_free (self->other_body), g_strdup (body));
  notify (self, PROP_CONFLICT);
}

/* Neither what was known to be in the file, nor on its way there. */
static gboolean
is_other (OctavoNoteBuffer *self, const char *text, const char *base, const char *handed)
{
  return !self->is_handing && g_strcmp0 (text, base) != 0 && g_strcmp0 (text, handed) != 0;
}

/* Somebody else gave the note this title, or we did a moment ago; TRUE where another was typed meanwhile. */
static gboolean
meet_title (OctavoNoteBuffer *self, const char *title)
{
  self->base_title = (g_free (self->base_title), g_strdup (title));
  self->has_met = TRUE;

  if (g_strcmp0 (title, self->title) == 0)
    return FALSE;
  if (self->title_serial > self->saved_serial)
    {
      self->title_serial = ++self->serial;
      return TRUE;
    }
  self->title = (g_free (self->title), g_strdup (title));
  notify (self, PROP_TITLE);
  return FALSE;
}

/* Where two changed different places of the text, it has both, as one step that can be undone. */
static gboolean
take_both (OctavoNoteBuffer *self, const char *base, const char *ours, const char *theirs)
{
  g_autofree char *both = base != NULL ? octavo_merge (base, ours, theirs) : NULL;

  if (both == NULL || octavo_text_exceeds (both, OCTAVO_NOTE_BUFFER_MAX_SIZE, OCTAVO_NOTE_BUFFER_MAX_LINE))
    return FALSE;
  follow_body (self, both);
  return TRUE;
}

static gboolean
meet_body (OctavoNoteBuffer *self, const char *body)
{
  g_autofree char *base = NULL;
  g_autofree char *text = NULL;

  base = g_steal_pointer (&self->base_body);
  self->base_body = g_strdup (body);
  self->has_met = TRUE;

  if (self->text_serial <= self->saved_serial)
    {
      follow_body (self, body);
      return FALSE;
    }
  text = octavo_note_buffer_dup_body (self);
  if (g_strcmp0 (text, body) == 0)
    return FALSE;
  self->text_serial = ++self->serial;
  return !take_both (self, base, text, body);
}

static void
meet (OctavoNoteBuffer *self, const char *title, const char *body)
{
  gboolean is_title = is_other (self, title, self->base_title, self->handed_title);
  gboolean is_body = is_other (self, body, self->base_body, self->handed_body);

  if (is_title || is_body)
    g_signal_emit (self, signals[SIGNAL_REPLACED], 0, self->base_title, self->base_body);
  is_title = is_title && meet_title (self, title);
  is_body = is_body && meet_body (self, body); /* both are met, whatever becomes of the first */
  if (is_title || is_body)
    keep_other (self, title, body);
}

static void
on_note_changed (OctavoNoteBuffer *self)
{
  meet (self, octavo_note_get_title (self->note), octavo_note_get_body (self->note));
}

/* "pinned" and "trashed" are those of the note. */
static void
on_flag_changed (OctavoNoteBuffer *self, GParamSpec *pspec)
{
  g_object_notify (G_OBJECT (self), pspec->name);
}

static void
on_id_changed (OctavoNoteBuffer *self)
{
  gint64 id = octavo_note_get_id (self->note);

  if (id == self->id)
    return;
  self->id = id;
  notify (self, PROP_ID);
}

static void
octavo_note_buffer_changed (GtkTextBuffer *buffer)
{
  OctavoNoteBuffer *self = OCTAVO_NOTE_BUFFER (buffer);

  GTK_TEXT_BUFFER_CLASS (octavo_note_buffer_parent_class)->changed (buffer);
  if (!self->is_following && !self->is_truncated)
    mark_edited (self, &self->text_serial);
}

static void
octavo_note_buffer_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  OctavoNoteBuffer *self = OCTAVO_NOTE_BUFFER (object);

  switch (id)
    {
    case PROP_ID:
      g_value_set_int64 (value, self->id);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_PINNED:
      g_value_set_boolean (value, octavo_note_buffer_get_pinned (self));
      break;
    case PROP_TRASHED:
      g_value_set_boolean (value, octavo_note_buffer_get_trashed (self));
      break;
    case PROP_CONFLICT:
      g_value_set_boolean (value, octavo_note_buffer_has_conflict (self));
      break;
    case PROP_TRUNCATED:
      g_value_set_boolean (value, self->is_truncated);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
octavo_note_buffer_dispose (GObject *object)
{
  OctavoNoteBuffer *self = OCTAVO_NOTE_BUFFER (object);

  if (self->note != NULL)
    g_signal_handlers_disconnect_by_data (self->note, self);
  g_clear_object (&self->note);
  G_OBJECT_CLASS (octavo_note_buffer_parent_class)->dispose (object);
}

static void
octavo_note_buffer_finalize (GObject *object)
{
  OctavoNoteBuffer *self = OCTAVO_NOTE_BUFFER (object);

  g_free (self->title);
  g_free (self->base_title);
  g_free (self->base_body);
  g_free (self->handed_title);
  g_free (self->handed_body);
  g_free (self->other_title);
  g_free (self->other_body);
  G_OBJECT_CLASS (octavo_note_buffer_parent_class)->finalize (object);
}

static void
octavo_note_buffer_class_init (OctavoNoteBufferClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkTextBufferClass *buffer_class = GTK_TEXT_BUFFER_CLASS (klass);
  GParamFlags shown = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = octavo_note_buffer_get_property;
  object_class->dispose = octavo_note_buffer_dispose;
  object_class->finalize = octavo_note_buffer_finalize;
  buffer_class->changed = octavo_note_buffer_changed;

  properties[PROP_ID] = g_param_spec_int64 ("id", NULL, NULL, 0, G_MAXINT64, 0, shown);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", shown);
  properties[PROP_PINNED] = g_param_spec_boolean ("pinned", NULL, NULL, FALSE, shown);
  properties[PROP_TRASHED] = g_param_spec_boolean ("trashed", NULL, NULL, FALSE, shown);
  properties[PROP_CONFLICT] = g_param_spec_boolean ("conflict", NULL, NULL, FALSE, shown);
  properties[PROP_TRUNCATED] = g_param_spec_boolean ("truncated", NULL, NULL, FALSE, shown);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_EDITED] =
      g_signal_new ("edited", OCTAVO_TYPE_NOTE_BUFFER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_REPLACED] =
      g_signal_new ("replaced", OCTAVO_TYPE_NOTE_BUFFER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                    G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
octavo_note_buffer_init (OctavoNoteBuffer *self)
{
  self->title = g_strdup ("");
  self->base_title = g_strdup ("");
  self->base_body = g_strdup ("");
}

static void
take (char **place, char **value)
{
  if (*value == NULL)
    return;
  g_free (*place);
  *place = g_steal_pointer (value);
}

/**
 * octavo_note_buffer_new:
 * @note: a note
 *
 * Makes a buffer with the title and text of a note, that follows it where somebody else changes it.
 *
 * Returns: (transfer full): the buffer
 */
OctavoNoteBuffer *
octavo_note_buffer_new (OctavoNote *note)
{
  OctavoNoteBuffer *self = g_object_new (OCTAVO_TYPE_NOTE_BUFFER, NULL);

  octavo_note_buffer_set_note (self, note);
  self->title = (g_free (self->title), g_strdup (octavo_note_get_title (note)));
  self->base_title = (g_free (self->base_title), g_strdup (octavo_note_get_title (note)));
  self->base_body = (g_free (self->base_body), g_strdup (octavo_note_get_body (note)));
  load_body (self, octavo_note_get_body (note));
  return self;
}

/**
 * octavo_note_buffer_new_for_user:
 * @user_id: whose note it will be
 *
 * Makes a buffer for a note that does not exist yet: octavo_note_buffer_set_note() gives it one when it is worth it.
 *
 * Returns: (transfer full): the buffer
 */
OctavoNoteBuffer *
octavo_note_buffer_new_for_user (gint64 user_id)
{
  OctavoNoteBuffer *self = g_object_new (OCTAVO_TYPE_NOTE_BUFFER, NULL);

  self->user_id = user_id;
  return self;
}

/**
 * octavo_note_buffer_get_note:
 *
 * Returns: (nullable) (transfer none): its note; NULL for a new one
 */
OctavoNote *
octavo_note_buffer_get_note (OctavoNoteBuffer *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_BUFFER (self), NULL);
  return self->note;
}

/**
 * octavo_note_buffer_set_note:
 * @self: a buffer
 * @note: what its title and text are to be saved in
 *
 * Gives a new buffer its note, or one whose note was deleted by somebody else another. Title and text stay.
 */
void
octavo_note_buffer_set_note (OctavoNoteBuffer *self, OctavoNote *note)
{
  g_return_if_fail (OCTAVO_IS_NOTE_BUFFER (self));
  g_return_if_fail (OCTAVO_IS_NOTE (note));

  if (self->note != NULL)
    {
      if (self->is_truncated)
        octavo_note_set_body (note, octavo_note_get_body (self->note));
      self->title_serial = self->text_serial = ++self->serial;
      g_signal_handlers_disconnect_by_data (self->note, self);
    }
  g_set_object (&self->note, note);
  self->user_id = octavo_note_get_user_id (note);
  g_signal_connect_object (note, "notify::title", G_CALLBACK (on_note_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (note, "notify::body", G_CALLBACK (on_note_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (note, "notify::pinned", G_CALLBACK (on_flag_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (note, "notify::trashed", G_CALLBACK (on_flag_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (note, "notify::id", G_CALLBACK (on_id_changed), self, G_CONNECT_SWAPPED);
  on_id_changed (self);
}

/**
 * octavo_note_buffer_get_id:
 *
 * Returns: the note's id; 0 until it was saved once
 */
gint64
octavo_note_buffer_get_id (OctavoNoteBuffer *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_BUFFER (self), 0);
  return self->id;
}

/**
 * octavo_note_buffer_get_user_id:
 * @self: a buffer
 *
 * Returns: whose note it is or will be
 */
gint64
octavo_note_buffer_get_user_id (OctavoNoteBuffer *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_BUFFER (self), 0);
  return self->user_id;
}

/**
 * octavo_note_buffer_get_pinned:
 * @self: a buffer
 *
 * Returns: whether its note is pinned
 */
gboolean
octavo_note_buffer_get_pinned (OctavoNoteBuffer *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_BUFFER (self), FALSE);
  return self->note != NULL && octavo_note_get_pinned (self->note);
}

/**
 * octavo_note_buffer_get_trashed:
 * @self: a buffer
 *
 * Returns: whether its note is in the trash
 */
gboolean
octavo_note_buffer_get_trashed (OctavoNoteBuffer *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_BUFFER (self), FALSE);
  return self->note != NULL && octavo_note_get_trashed (self->note) != 0;
}

/**
 * octavo_note_buffer_get_title:
 * @self: a buffer
 *
 * Returns: (transfer none): the title as typed
 */
const char *
octavo_note_buffer_get_title (OctavoNoteBuffer *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_BUFFER (self), "");
  return self->title;
}

/**
 * octavo_note_buffer_set_title:
 * @self: a buffer
 * @title: what was typed; pasted line ends become spaces
 *
 * Sets the title, as a person's edit.
 */
void
octavo_note_buffer_set_title (OctavoNoteBuffer *self, const char *title)
{
  g_autofree char *valid = NULL;

  g_return_if_fail (OCTAVO_IS_NOTE_BUFFER (self));
  g_return_if_fail (title != NULL);

  valid = g_strdelimit (g_utf8_make_valid (title, -1), "\n\r\t", ' ');
  if (strcmp (valid, self->title) == 0)
    return;
  g_free (self->title);
  self->title = g_steal_pointer (&valid);
  notify (self, PROP_TITLE);
  mark_edited (self, &self->title_serial);
}

/**
 * octavo_note_buffer_dup_body:
 * @self: a buffer
 *
 * Returns: (transfer full): the whole text as typed, valid UTF-8; of a truncated one what the note holds
 */
char *
octavo_note_buffer_dup_body (OctavoNoteBuffer *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_BUFFER (self), NULL);

  if (self->is_truncated)
    return g_strdup (octavo_note_get_body (self->note));
  return octavo_markdown_buffer_dup_text (OCTAVO_MARKDOWN_BUFFER (self));
}

/**
 * octavo_note_buffer_is_truncated:
 * Returns: whether only the beginning of the text is shown, as the whole is too much to be laid out
 */
gboolean
octavo_note_buffer_is_truncated (OctavoNoteBuffer *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_BUFFER (self), FALSE);
  return self->is_truncated;
}

/**
 * octavo_note_buffer_get_size:
 *
 * Returns: the size of the note's text, about, in bytes
 */
gsize
octavo_note_buffer_get_size (OctavoNoteBuffer *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_BUFFER (self), 0);
  return MAX (self->full_size, (gsize) gtk_text_buffer_get_char_count (GTK_TEXT_BUFFER (self)));
}

/**
 * octavo_note_buffer_is_blank:
 * @self: a buffer
 *
 * Returns: whether it is a new note in which nothing stands: not worth keeping
 */
gboolean
octavo_note_buffer_is_blank (OctavoNoteBuffer *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_BUFFER (self), FALSE);
  return self->note == NULL && *self->title == '\0' && gtk_text_buffer_get_char_count (GTK_TEXT_BUFFER (self)) == 0;
}

/**
 * octavo_note_buffer_is_unsaved:
 *
 * Returns: whether something was typed that is not in the file yet
 */
gboolean
octavo_note_buffer_is_unsaved (OctavoNoteBuffer *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_BUFFER (self), FALSE);
  return self->serial > self->saved_serial;
}

/**
 * octavo_note_buffer_rescue:
 *
 * Returns: (transfer full): what was typed, to be kept elsewhere until it can be saved
 */
OctavoRescued *
octavo_note_buffer_rescue (OctavoNoteBuffer *self)
{
  OctavoRescued *rescued = g_new0 (OctavoRescued, 1);

  rescued->id = self->id;
  rescued->created = self->note != NULL ? octavo_note_get_created (self->note) : 0;
  rescued->user_id = self->user_id;
  rescued->base_title = g_strdup (self->base_title);
  rescued->base_body = g_strdup (self->base_body);
  rescued->title = g_strdup (self->title);
  rescued->body = octavo_note_buffer_dup_body (self);
  return rescued;
}

/**
 * octavo_note_buffer_commit:
 * @self: a buffer that has a note
 *
 * Hands what was typed to the note, which is then to be saved.
 *
 * Returns: the number of the last edit in it, for octavo_note_buffer_committed()
 */
guint64
octavo_note_buffer_commit (OctavoNoteBuffer *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_BUFFER (self), 0);
  g_return_val_if_fail (self->note != NULL, 0);

  self->is_handing = TRUE;
  if (self->title_serial > self->handed_serial)
    {
      octavo_note_set_title (self->note, self->title);
      self->handed_title = (g_free (self->handed_title), g_strdup (octavo_note_get_title (self->note)));
    }
  if (self->text_serial > self->handed_serial && !self->is_truncated)
    {
      g_free (self->handed_body);
      self->handed_body = octavo_note_buffer_dup_body (self);
      octavo_note_set_body (self->note, self->handed_body);
      self->full_size = strlen (self->handed_body);
    }
  self->has_met = FALSE;
  self->is_handing = FALSE;
  self->handed_serial = self->serial;
  return self->serial;
}

/**
 * octavo_note_buffer_committed:
 * @self: a buffer
 * @serial: what octavo_note_buffer_commit() returned
 *
 * Notes that everything up to that edit is in the file.
 */
void
octavo_note_buffer_committed (OctavoNoteBuffer *self, guint64 serial)
{
  g_return_if_fail (OCTAVO_IS_NOTE_BUFFER (self));
  g_return_if_fail (self->note != NULL);

  self->saved_serial = MAX (self->saved_serial, serial);
  if (!self->has_met)
    {
      take (&self->base_title, &self->handed_title);
      take (&self->base_body, &self->handed_body);
    }
  on_id_changed (self);
}

/**
 * octavo_note_buffer_meet:
 * @self: a buffer
 * @title: the title of the note in the file
 * @body: its text there
 *
 * Tells the buffer what its note is in the file, where what was handed over did not get. What is not known yet is taken
 * in, beside what was typed; where that changed the same words it stays, and there is a conflict.
 */
void
octavo_note_buffer_meet (OctavoNoteBuffer *self, const char *title, const char *body)
{
  g_return_if_fail (OCTAVO_IS_NOTE_BUFFER (self));

  meet (self, title, body);
  self->handed_serial = MIN (self->handed_serial, self->saved_serial);
}

/**
 * octavo_note_buffer_has_conflict:
 *
 * Returns: whether somebody else changed the note where unsaved text is, which wins
 */
gboolean
octavo_note_buffer_has_conflict (OctavoNoteBuffer *self)
{
  return octavo_note_buffer_get_other (self, NULL) != NULL;
}

/**
 * octavo_note_buffer_get_other:
 * @self: a buffer
 * @title: (out) (optional) (transfer none): the title of the version that lost
 *
 * Returns: (nullable) (transfer none): the text of the version that lost
 */
const char *
octavo_note_buffer_get_other (OctavoNoteBuffer *self, const char **title)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_BUFFER (self), NULL);
  if (title != NULL)
    *title = self->other_title;
  return self->other_body;
}

/**
 * octavo_note_buffer_clear_conflict:
 * @self: a buffer
 *
 * Lets go of the version that lost: it was kept elsewhere, or is not wanted.
 */
void
octavo_note_buffer_clear_conflict (OctavoNoteBuffer *self)
{
  g_return_if_fail (OCTAVO_IS_NOTE_BUFFER (self));

  if (self->other_body == NULL)
    return;
  g_clear_pointer (&self->other_title, g_free);
  g_clear_pointer (&self->other_body, g_free);
  notify (self, PROP_CONFLICT);
}
