/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include "octavo-capture-window.h"

#include "octavo-editor.h"
#include "octavo-toast-overlay.h"
#include "octavo-user-repository.h"
#include "octavo-window-common.h"
#include "octavo-window.h"

#include <glib/gi18n-lib.h>

/* A thought that is written down in passing. It is a note from the first key on, in the editor that all notes are
 * written in, so it is saved and kept safe as they are, and there is nothing to confirm: closing is all there is to do.
 * Whose note it is and where it goes stands below the text from the start; no notification tells that afterwards, as
 * these may be seen by others, on a locked screen too. */

struct _OctavoCaptureWindow
{
  AdwApplicationWindow parent_instance;

  OctavoNoteBuffers *buffers;
  OctavoEditor *editor;
  gint64 user_id; /* whose note it is */
  guint idle;     /* begins another one */

  GtkBox *box;
  GtkLabel *place;
};

G_DEFINE_FINAL_TYPE (OctavoCaptureWindow, octavo_capture_window, ADW_TYPE_APPLICATION_WINDOW)

/* Where all notes are to be seen, it is said there which one is new. */
static void
tell_saved (OctavoCaptureWindow *self)
{
  OctavoWindow *window = octavo_window_find_last (gtk_window_get_application (GTK_WINDOW (self)));
  const char *title = octavo_editor_get_note_title (self->editor);
  g_autofree char *text = NULL;

  if (window == NULL || octavo_editor_get_note_id (self->editor) == 0 || octavo_editor_get_trashed (self->editor))
    return;
  text = g_strdup_printf (_ ("“%s” is among your notes now"), *title != '\0' ? title : _ ("Untitled"));
  octavo_window_tell (window, text);
}

static gboolean
octavo_capture_window_close_request (GtkWindow *window)
{
  OctavoCaptureWindow *self = OCTAVO_CAPTURE_WINDOW (window);

  if (!octavo_window_common_may_close (window, self->editor, self->buffers))
    return GDK_EVENT_STOP;
  tell_saved (self);
  return GTK_WINDOW_CLASS (octavo_capture_window_parent_class)->close_request (window);
}

static gboolean
begin_anew (gpointer data)
{
  OctavoCaptureWindow *self = data;

  self->idle = 0;
  octavo_editor_create (self->editor, self->user_id, NULL);
  return G_SOURCE_REMOVE;
}

/* Somebody has deleted the note, or merged it with another. What is typed on goes into a new one. The editor is still
 * telling others. */
static void
on_has_note (OctavoCaptureWindow *self)
{
  if (self->idle == 0 && !octavo_editor_get_has_note (self->editor) && !gtk_widget_in_destruction (GTK_WIDGET (self)))
    self->idle = g_idle_add_full (G_PRIORITY_HIGH, begin_anew, self, NULL);
}

static gboolean
on_done_key (GtkWidget *window, GVariant *arguments, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (window));
  return GDK_EVENT_STOP;
}

static void
on_done (OctavoCaptureWindow *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

/* A list of what could be typed hears Escape first; in the text Ctrl+Return would tick a box otherwise. */
static void
add_key (OctavoCaptureWindow *self, const char *keys, GtkPropagationPhase phase)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, phase);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys),
                                                          gtk_callback_action_new (on_done_key, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
octavo_capture_window_dispose (GObject *object)
{
  g_clear_handle_id (&OCTAVO_CAPTURE_WINDOW (object)->idle, g_source_remove);
  G_OBJECT_CLASS (octavo_capture_window_parent_class)->dispose (object);
}

static void
octavo_capture_window_finalize (GObject *object)
{
  g_clear_object (&OCTAVO_CAPTURE_WINDOW (object)->buffers);
  G_OBJECT_CLASS (octavo_capture_window_parent_class)->finalize (object);
}

static void
octavo_capture_window_class_init (OctavoCaptureWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = octavo_capture_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = octavo_capture_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = octavo_capture_window_close_request;

  octavo_window_common_install_zoom (widget_class);
  g_type_ensure (OCTAVO_TYPE_TOAST_OVERLAY);
  gtk_widget_class_set_template_from_resource (widget_class, APPLICATION_PATH "/ui/octavo-capture-window.ui");
  gtk_widget_class_bind_template_child (widget_class, OctavoCaptureWindow, box);
  gtk_widget_class_bind_template_child (widget_class, OctavoCaptureWindow, place);
  gtk_widget_class_bind_template_callback (widget_class, on_done);
}

static void
octavo_capture_window_init (OctavoCaptureWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  octavo_window_common_keep_focus (GTK_WINDOW (self));
  add_key (self, "<Control>Return|<Control>KP_Enter", GTK_PHASE_CAPTURE);
  add_key (self, "Escape", GTK_PHASE_BUBBLE);
}

static void
show_place (OctavoCaptureWindow *self, OctavoUserRepository *users)
{
  OctavoUser *user = octavo_user_repository_get (users, self->user_id);
  g_autofree char *text = NULL;

  if (user == NULL || g_list_model_get_n_items (octavo_user_repository_get_list (users)) < 2)
    return;
  /* Translators: below a new note; the name of a user. */
  text = g_strdup_printf (_ ("Saved as you type, among the notes of %s"), octavo_user_get_name (user));
  gtk_label_set_text (self->place, text);
}

/**
 * octavo_capture_window_new:
 * @application: the application it belongs to
 * @buffers: the notes that are open, which all windows on a store share
 * @user_id: whose note it will be; 0: the first user's
 * @title: (nullable): its title; %NULL to have the person type it
 *
 * Makes a window with a new note, and the focus in it.
 *
 * Returns: (transfer none): the window, owned by GTK
 */
GtkWindow *
octavo_capture_window_new (GtkApplication *application, OctavoNoteBuffers *buffers, gint64 user_id, const char *title)
{
  OctavoCaptureWindow *self;
  OctavoUserRepository *users;

  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (OCTAVO_IS_NOTE_BUFFERS (buffers), NULL);

  self = g_object_new (OCTAVO_TYPE_CAPTURE_WINDOW, "application", application, NULL);
  self->buffers = g_object_ref (buffers);
  self->editor = OCTAVO_EDITOR (octavo_editor_new (buffers));
  gtk_widget_set_vexpand (GTK_WIDGET (self->editor), TRUE);
  gtk_box_insert_child_after (self->box, GTK_WIDGET (self->editor),
                              gtk_widget_get_first_child (GTK_WIDGET (self->box)));
  users = octavo_store_get_users (octavo_note_buffers_get_store (buffers));
  self->user_id = user_id != 0 ? user_id : octavo_user_repository_get_default_id (users);
  show_place (self, users);
  octavo_editor_create (self->editor, self->user_id, title);
  g_signal_connect_object (self->editor, "notify::has-note", G_CALLBACK (on_has_note), self, G_CONNECT_SWAPPED);
  return GTK_WINDOW (self);
}
