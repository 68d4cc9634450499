/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-note-repository.h"
#include "octavo-window-private.h"

/* Back and forward over the notes that were looked at in the window. */

#define STAY          1000 /* milliseconds after which a note that was come to by stepping through the list counts */

#define MOUSE_BACK    8
#define MOUSE_FORWARD 9

static gboolean
on_stayed (gpointer user_data)
{
  OctavoWindow *self = user_data;

  self->history_timer = 0;
  octavo_note_history_settle (self->history);
  return G_SOURCE_REMOVE;
}

/* What was typed a moment ago is not in the file yet. */
static gboolean
was_written_in (OctavoWindow *self, gint64 id)
{
  OctavoNoteBuffer *buffer = id != 0 ? octavo_note_buffers_find (self->buffers, id) : NULL;

  return buffer != NULL && octavo_note_buffer_is_unsaved (buffer);
}

static void
on_note_id (OctavoWindow *self)
{
  gint64 id = octavo_editor_get_note_id (self->editor);

  if (self->is_in_history)
    return;
  if (was_written_in (self, self->history_id))
    octavo_note_history_settle (self->history);
  self->history_id = id;
  octavo_note_history_visit (self->history, id);
  g_clear_handle_id (&self->history_timer, g_source_remove);
  if (id != 0)
    self->history_timer = g_timeout_add (STAY, on_stayed, self);
}

static void
update_actions (OctavoWindow *self)
{
  octavo_window_enable_action (self, "go-back", octavo_note_history_can_go (self->history, -1));
  octavo_window_enable_action (self, "go-forward", octavo_note_history_can_go (self->history, 1));
}

static gboolean
is_there (gint64 id, gpointer user_data)
{
  OctavoWindow *self = user_data;
  g_autoptr (GPtrArray) rows = octavo_note_repository_read_page (octavo_store_get_notes (self->store), &id, 1);

  return rows->pdata[0] != NULL;
}

/* The focus stays where it is, but where the note would be covered. */
static void
go (OctavoWindow *self, int step)
{
  gint64 id = octavo_note_history_go (self->history, step, is_there, self);

  if (id == 0)
    return;
  g_clear_handle_id (&self->history_timer, g_source_remove);
  self->is_in_history = TRUE;
  octavo_note_selection_select_id (self->selection, id);
  octavo_editor_open (self->editor, id);
  self->is_in_history = FALSE;
  self->history_id = id;
  if (adw_leaflet_get_folded (self->inner))
    {
      octavo_window_show_editor (self);
      octavo_editor_grab_text (self->editor);
    }
}

static void
on_go_back (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  go (window, -1);
}

static void
on_go_forward (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  go (window, 1);
}

/* No GtkGestureClick, which would take part in every click of the window. */
static gboolean
on_event (OctavoWindow *self, GdkEvent *event)
{
  guint button = gdk_event_get_event_type (event) == GDK_BUTTON_PRESS ? gdk_button_event_get_button (event) : 0;
  int step = button == MOUSE_BACK ? -1 : 1;

  if ((button != MOUSE_BACK && button != MOUSE_FORWARD) || !octavo_note_history_can_go (self->history, step))
    return GDK_EVENT_PROPAGATE;
  go (self, step);
  return GDK_EVENT_STOP;
}

/* Begins to remember which notes are looked at. */
void
octavo_window_add_history (OctavoWindow *self)
{
  const GActionEntry entries[] = {
    { .name = "go-back", .activate = on_go_back },
    { .name = "go-forward", .activate = on_go_forward },
  };
  GtkEventController *mouse = gtk_event_controller_legacy_new ();

  self->history = octavo_note_history_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  update_actions (self);
  g_signal_connect_object (self->history, "changed", G_CALLBACK (update_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->editor, "notify::note-id", G_CALLBACK (on_note_id), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list_pane, "clicked", G_CALLBACK (octavo_window_settle_history), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list_pane, "activated", G_CALLBACK (octavo_window_settle_history), self,
                           G_CONNECT_SWAPPED);

  gtk_event_controller_set_propagation_phase (mouse, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (mouse, "event", G_CALLBACK (on_event), self);
  gtk_widget_add_controller (GTK_WIDGET (self), mouse);
}

/* The note that is shown counts, also where it is left now: the person goes somewhere on purpose. */
void
octavo_window_settle_history (OctavoWindow *self)
{
  octavo_note_history_settle (self->history);
}

void
octavo_window_drop_history (OctavoWindow *self)
{
  g_clear_handle_id (&self->history_timer, g_source_remove);
  g_clear_object (&self->history);
}
