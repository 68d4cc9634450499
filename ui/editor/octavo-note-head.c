/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include "octavo-note-head.h"

#include "octavo-note-tags.h"
#include "octavo-tag-bar.h"
#include "octavo-tag-repository.h"

/* Joins the entry to the title in the buffer, and the tag bar to the tags in the store. */

struct _OctavoNoteHead
{
  GtkWidget parent_instance;

  OctavoNoteTags *tags;
  OctavoNoteBuffer *buffer;
  GSignalGroup *buffer_signals;
  gboolean is_ready;
  gboolean is_setting_title;
  char *known_title; /* of the note, when one began to type another */

  GtkEntry *title;
  OctavoTagBar *tag_bar;
};

G_DEFINE_FINAL_TYPE (OctavoNoteHead, octavo_note_head, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_LEAVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
update_title (OctavoNoteHead *self)
{
  const char *title = self->buffer != NULL ? octavo_note_buffer_get_title (self->buffer) : "";

  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->title)), title) == 0)
    return;
  g_free (self->known_title);
  self->known_title = g_strdup (title);
  self->is_setting_title = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->title), title);
  self->is_setting_title = FALSE;
}

/* The title is left as it is now: if it was another, somebody may have to know. */
static void
commit_title (OctavoNoteHead *self)
{
  g_autofree char *before = NULL;
  OctavoNote *note;
  const char *title;

  if (self->buffer == NULL || octavo_note_buffer_get_id (self->buffer) == 0)
    return;
  title = octavo_note_buffer_get_title (self->buffer);
  note = octavo_note_buffer_get_note (self->buffer);
  if (*title == '\0' || g_strcmp0 (title, self->known_title) == 0)
    return;
  before = g_steal_pointer (&self->known_title);
  self->known_title = g_strdup (title);
  if (before != NULL && *before != '\0')
    gtk_widget_activate_action (GTK_WIDGET (self), OCTAVO_NOTE_HEAD_RENAMED, "(xsss)",
                                octavo_note_buffer_get_id (self->buffer), before, title,
                                octavo_note_get_aliases (note));
}

/* The undo history of the entry belongs to one note, even where two notes have the same title. */
static void
reset_title (OctavoNoteHead *self)
{
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->title), FALSE);
  update_title (self);
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->title), TRUE);
}

static void
update_editable (OctavoNoteHead *self)
{
  gboolean is_trashed = self->buffer != NULL && octavo_note_buffer_get_trashed (self->buffer);

  gtk_editable_set_editable (GTK_EDITABLE (self->title), self->is_ready && !is_trashed);
  octavo_tag_bar_set_editable (self->tag_bar, !is_trashed);
}

static void
on_title_typed (OctavoNoteHead *self)
{
  if (self->buffer != NULL && self->is_ready && !self->is_setting_title)
    octavo_note_buffer_set_title (self->buffer, gtk_editable_get_text (GTK_EDITABLE (self->title)));
}

static void
on_leave (OctavoNoteHead *self)
{
  g_signal_emit (self, signals[SIGNAL_LEAVE], 0);
}

static gboolean
on_title_key (OctavoNoteHead *self, guint key, guint code, GdkModifierType modifiers)
{
  if (key != GDK_KEY_Down && key != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;
  on_leave (self);
  return GDK_EVENT_STOP;
}

static void
on_title_left (OctavoNoteHead *self)
{
  gtk_editable_select_region (GTK_EDITABLE (self->title), 0, 0);
  commit_title (self);
}

static void
on_tag_added (OctavoNoteHead *self, const char *name)
{
  if (self->buffer != NULL)
    octavo_note_tags_add (self->tags, name);
}

static void
on_tag_removed (OctavoNoteHead *self, const char *name)
{
  if (self->buffer != NULL)
    octavo_note_tags_remove (self->tags, name);
}

static void
on_tags_changed (OctavoNoteHead *self)
{
  octavo_tag_bar_set_tags (self->tag_bar, octavo_note_tags_get_names (self->tags));
}

static void
on_tag_problem (OctavoNoteHead *self, const char *name, const char *message)
{
  octavo_tag_bar_show_problem (self->tag_bar, name, message);
}

static void
octavo_note_head_dispose (GObject *object)
{
  OctavoNoteHead *self = OCTAVO_NOTE_HEAD (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  g_clear_pointer (&child, gtk_widget_unparent);
  g_clear_object (&self->buffer_signals);
  g_clear_object (&self->buffer);
  g_clear_object (&self->tags);
  g_clear_pointer (&self->known_title, g_free);
  G_OBJECT_CLASS (octavo_note_head_parent_class)->dispose (object);
}

static void
octavo_note_head_class_init (OctavoNoteHeadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = octavo_note_head_dispose;

  signals[SIGNAL_LEAVE] =
      g_signal_new ("leave", OCTAVO_TYPE_NOTE_HEAD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (OCTAVO_TYPE_TAG_BAR);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, APPLICATION_PATH "/ui/octavo-note-head.ui");
  gtk_widget_class_bind_template_child (widget_class, OctavoNoteHead, title);
  gtk_widget_class_bind_template_child (widget_class, OctavoNoteHead, tag_bar);
  gtk_widget_class_bind_template_callback (widget_class, on_title_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_title_key);
  gtk_widget_class_bind_template_callback (widget_class, on_title_left);
  gtk_widget_class_bind_template_callback (widget_class, on_leave);
  gtk_widget_class_bind_template_callback (widget_class, on_tag_added);
  gtk_widget_class_bind_template_callback (widget_class, on_tag_removed);
}

static void
octavo_note_head_init (OctavoNoteHead *self)
{
  self->buffer_signals = g_signal_group_new (OCTAVO_TYPE_NOTE_BUFFER);
  g_signal_group_connect_swapped (self->buffer_signals, "notify::title", G_CALLBACK (update_title), self);
  g_signal_group_connect_swapped (self->buffer_signals, "notify::trashed", G_CALLBACK (update_editable), self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * octavo_note_head_set_store:
 * @self: a head
 * @store: the open store, which has the tags; set once
 * @autosave: what saves notes
 *
 * Connects it to what it shows.
 */
void
octavo_note_head_set_store (OctavoNoteHead *self, OctavoStore *store, OctavoAutosave *autosave)
{
  g_return_if_fail (OCTAVO_IS_NOTE_HEAD (self));
  g_return_if_fail (self->tags == NULL);

  self->tags = octavo_note_tags_new (store, autosave);
  octavo_tag_bar_set_completions (self->tag_bar, octavo_tag_repository_get_list (octavo_store_get_tags (store)));
  g_signal_connect_object (self->tags, "changed", G_CALLBACK (on_tags_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tags, "problem", G_CALLBACK (on_tag_problem), self, G_CONNECT_SWAPPED);
}

/**
 * octavo_note_head_set_buffer:
 * @self: a head
 * @buffer: (nullable): the note that is open
 *
 * Turns to another note.
 */
void
octavo_note_head_set_buffer (OctavoNoteHead *self, OctavoNoteBuffer *buffer)
{
  g_return_if_fail (OCTAVO_IS_NOTE_HEAD (self));

  if (buffer != self->buffer)
    commit_title (self);
  g_set_object (&self->buffer, buffer);
  g_signal_group_set_target (self->buffer_signals, buffer);
  g_free (self->known_title);
  self->known_title = g_strdup (buffer != NULL ? octavo_note_buffer_get_title (buffer) : "");
  octavo_tag_bar_clear (self->tag_bar);
  octavo_note_tags_set_buffer (self->tags, buffer);
  reset_title (self);
  update_editable (self);
}

/**
 * octavo_note_head_set_ready:
 * @self: a head
 * @ready: whether what is shown is what is open: not while another note is being read
 *
 * Keeps what is typed from going into the wrong note.
 */
void
octavo_note_head_set_ready (OctavoNoteHead *self, gboolean ready)
{
  g_return_if_fail (OCTAVO_IS_NOTE_HEAD (self));

  self->is_ready = ready;
  update_editable (self);
}

/**
 * octavo_note_head_grab_title:
 * @self: a head
 *
 * Puts the focus into the title, all of it selected.
 */
void
octavo_note_head_grab_title (OctavoNoteHead *self)
{
  g_return_if_fail (OCTAVO_IS_NOTE_HEAD (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->title));
}

/**
 * octavo_note_head_grab_tags:
 * @self: a head
 *
 * Puts the focus where a tag is added.
 */
void
octavo_note_head_grab_tags (OctavoNoteHead *self)
{
  g_return_if_fail (OCTAVO_IS_NOTE_HEAD (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->tag_bar));
}

/**
 * octavo_note_head_flush:
 * @self: a head
 * @error: why something could not be written, in words for a person
 *
 * Writes the tags that were added and are not in the file yet, also one that stands in the entry still, if there is a
 * note. That was saved before. Blocks.
 *
 * Returns: whether all of them are in the file
 */
gboolean
octavo_note_head_flush (OctavoNoteHead *self, GError **error)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_HEAD (self), FALSE);

  if (self->buffer != NULL && octavo_note_buffer_get_id (self->buffer) > 0)
    octavo_tag_bar_take (self->tag_bar);
  return octavo_note_tags_flush (self->tags, error);
}
