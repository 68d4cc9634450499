/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include "octavo-menu-button.h"
#include "octavo-note-repository.h"
#include "octavo-note-window-private.h"
#include "octavo-window-common.h"

enum
{
  PROP_0,
  PROP_BUFFERS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (OctavoNoteWindow, octavo_note_window, ADW_TYPE_APPLICATION_WINDOW)

static void
update_title (OctavoNoteWindow *self)
{
  g_autofree char *title = octavo_window_common_make_title (octavo_editor_get_note_title (self->editor));

  gtk_window_set_title (GTK_WINDOW (self), title);
}

static void
update_note (OctavoNoteWindow *self)
{
  gboolean trashed = octavo_editor_get_trashed (self->editor);

  gtk_widget_set_visible (self->pin_button, !trashed);
  gtk_widget_set_visible (self->trash_button, !trashed);
  gtk_widget_set_visible (self->restore_button, trashed);
  gtk_widget_set_visible (self->delete_button, trashed);
  octavo_note_window_update_actions (self);
}

static void
on_note_id (OctavoNoteWindow *self)
{
  gint64 id = octavo_editor_get_note_id (self->editor);

  if (id != 0)
    self->note_id = id;
  update_note (self);
}

static gboolean
destroy (gpointer window)
{
  gtk_window_destroy (window);
  return G_SOURCE_REMOVE;
}

static gboolean
is_note_there (OctavoNoteBuffers *buffers, gint64 id)
{
  OctavoNoteRepository *notes = octavo_store_get_notes (octavo_note_buffers_get_store (buffers));
  g_autoptr (GPtrArray) rows = octavo_note_repository_read_page (notes, &id, 1);

  return rows->pdata[0] != NULL;
}

/* The note was deleted, rather than that it cannot be read. The editor is still telling others. */
static void
on_has_note (OctavoNoteWindow *self)
{
  if (!octavo_editor_get_has_note (self->editor) && !is_note_there (self->buffers, self->note_id))
    g_idle_add_full (G_PRIORITY_DEFAULT, destroy, g_object_ref (self), g_object_unref);
}

static gboolean
octavo_note_window_close_request (GtkWindow *window)
{
  OctavoNoteWindow *self = OCTAVO_NOTE_WINDOW (window);

  if (!octavo_window_common_may_close (window, self->editor, self->buffers))
    return GDK_EVENT_STOP;

  return GTK_WINDOW_CLASS (octavo_note_window_parent_class)->close_request (window);
}

static void
octavo_note_window_constructed (GObject *object)
{
  OctavoNoteWindow *self = OCTAVO_NOTE_WINDOW (object);

  G_OBJECT_CLASS (octavo_note_window_parent_class)->constructed (object);

  self->editor = OCTAVO_EDITOR (octavo_editor_new (self->buffers));
  gtk_widget_set_vexpand (GTK_WIDGET (self->editor), TRUE);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->editor));
  octavo_note_window_add_actions (self);
  octavo_note_window_add_history (self);
  g_signal_connect_object (self->editor, "notify::note-title", G_CALLBACK (update_title), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->editor, "notify::note-id", G_CALLBACK (on_note_id), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->editor, "notify::pinned", G_CALLBACK (update_note), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->editor, "notify::trashed", G_CALLBACK (update_note), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->editor, "notify::has-note", G_CALLBACK (on_has_note), self, G_CONNECT_SWAPPED);
}

static void
octavo_note_window_dispose (GObject *object)
{
  OctavoNoteWindow *self = OCTAVO_NOTE_WINDOW (object);

  g_clear_object (&self->focus_mode);
  g_clear_object (&self->history);
  G_OBJECT_CLASS (octavo_note_window_parent_class)->dispose (object);
}

static void
octavo_note_window_finalize (GObject *object)
{
  g_clear_object (&OCTAVO_NOTE_WINDOW (object)->buffers);
  G_OBJECT_CLASS (octavo_note_window_parent_class)->finalize (object);
}

static void
octavo_note_window_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  OctavoNoteWindow *self = OCTAVO_NOTE_WINDOW (object);

  switch (id)
    {
    case PROP_BUFFERS:
      self->buffers = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
octavo_note_window_class_init (OctavoNoteWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = octavo_note_window_constructed;
  object_class->dispose = octavo_note_window_dispose;
  object_class->finalize = octavo_note_window_finalize;
  object_class->set_property = octavo_note_window_set_property;
  GTK_WINDOW_CLASS (klass)->close_request = octavo_note_window_close_request;

  properties[PROP_BUFFERS] = g_param_spec_object ("buffers", NULL, NULL, OCTAVO_TYPE_NOTE_BUFFERS,
                                                  G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  octavo_note_window_install_actions (widget_class);
  octavo_note_window_install_links (widget_class);
  g_type_ensure (OCTAVO_TYPE_TOAST_OVERLAY);
  gtk_widget_class_set_template_from_resource (widget_class, APPLICATION_PATH "/ui/octavo-note-window.ui");
  gtk_widget_class_bind_template_child (widget_class, OctavoNoteWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, OctavoNoteWindow, box);
  gtk_widget_class_bind_template_child (widget_class, OctavoNoteWindow, header);
  gtk_widget_class_bind_template_child (widget_class, OctavoNoteWindow, note_menu_button);
  gtk_widget_class_bind_template_child (widget_class, OctavoNoteWindow, pin_button);
  gtk_widget_class_bind_template_child (widget_class, OctavoNoteWindow, trash_button);
  gtk_widget_class_bind_template_child (widget_class, OctavoNoteWindow, restore_button);
  gtk_widget_class_bind_template_child (widget_class, OctavoNoteWindow, delete_button);
  gtk_widget_class_bind_template_child (widget_class, OctavoNoteWindow, note_menu);
}

static void
octavo_note_window_init (OctavoNoteWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  octavo_window_common_keep_focus (GTK_WINDOW (self));
  octavo_menu_button_set_menu (GTK_MENU_BUTTON (self->note_menu_button), self->note_menu);
}

/* The window of a note; NULL where it has none. */
OctavoNoteWindow *
octavo_note_window_find (GtkApplication *application, gint64 note_id)
{
  for (GList *link = gtk_application_get_windows (application); link != NULL; link = link->next)
    if (OCTAVO_IS_NOTE_WINDOW (link->data) && OCTAVO_NOTE_WINDOW (link->data)->note_id == note_id)
      return link->data;
  return NULL;
}

/**
 * octavo_note_window_open:
 * @application: the application
 * @buffers: the notes that are open, which all windows share
 * @note_id: a note
 *
 * Shows a note in a window of its own: the one that it has already, or a new one.
 */
void
octavo_note_window_open (GtkApplication *application, OctavoNoteBuffers *buffers, gint64 note_id)
{
  OctavoNoteWindow *self;
  OctavoWindowState state;

  g_return_if_fail (GTK_IS_APPLICATION (application));
  g_return_if_fail (note_id > 0);

  self = octavo_note_window_find (application, note_id);
  if (self != NULL)
    {
      gtk_window_present (GTK_WINDOW (self));
      return;
    }
  octavo_window_state_init (&state, TRUE);
  state.note_id = note_id;
  octavo_note_window_restore (application, buffers, &state);
}

/**
 * octavo_note_window_restore:
 * @application: the application
 * @buffers: the notes that are open, which all windows share
 * @state: what the window was
 *
 * Opens a window as it was; none where the note is gone, or has one.
 */
void
octavo_note_window_restore (GtkApplication *application, OctavoNoteBuffers *buffers, const OctavoWindowState *state)
{
  OctavoNoteWindow *self;

  g_return_if_fail (GTK_IS_APPLICATION (application));
  g_return_if_fail (OCTAVO_IS_NOTE_BUFFERS (buffers));

  if (!is_note_there (buffers, state->note_id) || octavo_note_window_find (application, state->note_id) != NULL)
    return;

  self = g_object_new (OCTAVO_TYPE_NOTE_WINDOW, "application", application, "buffers", buffers, NULL);
  self->note_id = state->note_id;
  gtk_window_set_default_size (GTK_WINDOW (self), state->width, state->height);
  if (state->maximized)
    gtk_window_maximize (GTK_WINDOW (self));
  octavo_editor_open (self->editor, state->note_id);
  octavo_editor_grab_text (self->editor);
  gtk_window_present (GTK_WINDOW (self));
}

/**
 * octavo_note_window_get_note_id:
 * @self: a window
 *
 * Returns: the note that it is about
 */
gint64
octavo_note_window_get_note_id (OctavoNoteWindow *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_WINDOW (self), 0);
  return self->note_id;
}

/**
 * octavo_note_window_get_state:
 * @self: a window
 * @state: (out): to be filled in
 *
 * Tells what octavo_note_window_restore() needs to know.
 */
void
octavo_note_window_get_state (OctavoNoteWindow *self, OctavoWindowState *state)
{
  g_return_if_fail (OCTAVO_IS_NOTE_WINDOW (self));

  octavo_window_state_init (state, TRUE);
  state->note_id = self->note_id;
  gtk_window_get_default_size (GTK_WINDOW (self), &state->width, &state->height);
  state->maximized = gtk_window_is_maximized (GTK_WINDOW (self));
}
