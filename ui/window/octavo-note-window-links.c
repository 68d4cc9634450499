/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-link-follow.h"
#include "octavo-link-resolver.h"
#include "octavo-note-repository.h"
#include "octavo-note-window-private.h"

/* A link to another note leads on in the window of the first one, and back; a note that has a window of its own is
 * shown in that. Where a link leads elsewhere, the window of all notes follows it. */

typedef struct
{
  OctavoNoteWindow *window;
  char *uri;
} Following;

static void
following_free (Following *self)
{
  g_object_unref (self->window);
  g_free (self->uri);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Following, following_free)

static gboolean
is_there (gint64 id, gpointer user_data)
{
  OctavoNoteWindow *self = user_data;
  OctavoNoteRepository *notes = octavo_store_get_notes (octavo_note_buffers_get_store (self->buffers));
  g_autoptr (GPtrArray) rows = octavo_note_repository_read_page (notes, &id, 1);

  return rows->pdata[0] != NULL;
}

static void
show_note (OctavoNoteWindow *self, gint64 id)
{
  self->note_id = id;
  octavo_editor_open (self->editor, id);
  octavo_editor_grab_text (self->editor);
}

/* ---- Back and forward ---- */

static void
go (OctavoNoteWindow *self, int step)
{
  gint64 id = octavo_note_history_go (self->history, step, is_there, self);
  OctavoNoteWindow *other =
      id != 0 ? octavo_note_window_find (gtk_window_get_application (GTK_WINDOW (self)), id) : NULL;

  if (id == 0)
    return;
  octavo_editor_save (self->editor);
  if (other != NULL && other != self)
    {
      octavo_note_history_go (self->history, -step, is_there, self);
      gtk_window_present (GTK_WINDOW (other));
    }
  else
    show_note (self, id);
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

static void
update_actions (OctavoNoteWindow *self)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), "go-back")),
                               octavo_note_history_can_go (self->history, -1));
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), "go-forward")),
                               octavo_note_history_can_go (self->history, 1));
}

/* Every note that is shown in the window is gone to on purpose. */
static void
on_note_id (OctavoNoteWindow *self)
{
  gint64 id = octavo_editor_get_note_id (self->editor);

  if (id == 0)
    return;
  octavo_note_history_visit (self->history, id);
  octavo_note_history_settle (self->history);
}

/* Begins to remember which notes are looked at. */
void
octavo_note_window_add_history (OctavoNoteWindow *self)
{
  const GActionEntry entries[] = {
    { .name = "go-back", .activate = on_go_back },
    { .name = "go-forward", .activate = on_go_forward },
  };

  self->history = octavo_note_history_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  update_actions (self);
  g_signal_connect_object (self->history, "changed", G_CALLBACK (update_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->editor, "notify::note-id", G_CALLBACK (on_note_id), self, G_CONNECT_SWAPPED);
}

/* ---- Links ---- */

static void
hand_on (OctavoNoteWindow *self, const char *uri)
{
  gtk_widget_activate_action (GTK_WIDGET (octavo_note_window_present_notes (self)), OCTAVO_LINK_FOLLOW, "s", uri);
}

static void
go_to_note (OctavoNoteWindow *self, gint64 id, const char *heading)
{
  OctavoNoteWindow *other = octavo_note_window_find (gtk_window_get_application (GTK_WINDOW (self)), id);

  if (other == NULL)
    {
      other = self;
      show_note (self, id);
    }
  if (heading != NULL)
    octavo_note_page_go_to_heading (octavo_editor_get_page (other->editor), heading);
  gtk_window_present (GTK_WINDOW (other));
}

/* Of what is not to be found, or was found more than once, the window of all notes has something to say. */
static void
on_resolved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Following) following = user_data;
  OctavoNoteWindow *self = following->window;
  g_autoptr (OctavoLinkNote) note = octavo_link_resolver_find_finish (OCTAVO_STORE (source), result, NULL);

  if (!gtk_widget_get_realized (GTK_WIDGET (self)))
    return;
  if (note != NULL && note->n_notes == 1 && !note->is_trashed)
    go_to_note (self, note->id, note->heading);
  else
    hand_on (self, following->uri);
}

static void
on_follow (GtkWidget *widget, const char *action, GVariant *parameter)
{
  OctavoNoteWindow *self = OCTAVO_NOTE_WINDOW (widget);
  const char *uri = g_variant_get_string (parameter, NULL);
  g_autoptr (OctavoLink) link = octavo_link_new_from_uri (uri);
  OctavoNotePage *page = octavo_editor_get_page (self->editor);
  Following *following;

  octavo_editor_save (self->editor);
  if (link->kind == OCTAVO_LINK_TITLE)
    {
      following = g_new0 (Following, 1);
      following->window = g_object_ref (self);
      following->uri = g_strdup (uri);
      octavo_link_resolver_find_async (octavo_note_buffers_get_store (self->buffers), link->target, 0, NULL,
                                       on_resolved, following);
    }
  else if (link->kind == OCTAVO_LINK_NOTE && is_there (link->id, self))
    go_to_note (self, link->id, NULL);
  else if (link->kind != OCTAVO_LINK_HEADING || page == NULL || !octavo_note_page_go_to_heading (page, link->target))
    hand_on (self, uri);
}

/* Gives the class of the window what follows links. */
void
octavo_note_window_install_links (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, OCTAVO_LINK_FOLLOW, "s", on_follow);
}
