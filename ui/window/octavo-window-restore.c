/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-note-repository.h"
#include "octavo-tag-repository.h"
#include "octavo-window-private.h"

/* A window comes back as it was. Its first frame comes before all that: the note that was open is opened when its list
 * is there, and the tag that was chosen is when the tags are. */

static void on_tags_changed (OctavoWindow *self);

static void
forget_place (OctavoWindow *self)
{
  OctavoTagRepository *tags = octavo_store_get_tags (self->store);

  self->has_remembered_place = FALSE;
  g_signal_handlers_disconnect_by_func (octavo_tag_repository_get_list (tags), on_tags_changed, self);
}

/* All tags come at once. */
static void
on_tags_changed (OctavoWindow *self)
{
  GListModel *tags = octavo_tag_repository_get_list (octavo_store_get_tags (self->store));

  if (g_list_model_get_n_items (tags) == 0)
    return;
  forget_place (self);
  octavo_sidebar_set_scope (self->sidebar, &self->remembered.scope);
}

/**
 * octavo_window_restore:
 * @self: a window that was not shown yet
 * @state: what it was, or one like it
 *
 * Has the window come up in a former state, as far as what it showed still exists.
 */
void
octavo_window_restore (OctavoWindow *self, const OctavoWindowState *state)
{
  g_return_if_fail (OCTAVO_IS_WINDOW (self));

  self->remembered = *state;
  gtk_window_set_default_size (GTK_WINDOW (self), state->width, state->height);
  if (state->maximized)
    gtk_window_maximize (GTK_WINDOW (self));
  self->sidebar_wanted = state->sidebar;
  octavo_window_update_folding (self);
  g_action_group_change_action_state (G_ACTION_GROUP (self), "sort",
                                      g_variant_new_string (octavo_window_state_get_sort_name (state)));
  if (state->scope.place == OCTAVO_PLACE_TAG)
    self->has_remembered_place = TRUE;
  else
    octavo_sidebar_set_scope (self->sidebar, &state->scope);
}

/* The sidebar has its tags, or will have. */
void
octavo_window_restore_place (OctavoWindow *self)
{
  GListModel *tags = octavo_tag_repository_get_list (octavo_store_get_tags (self->store));

  if (!self->has_remembered_place)
    return;
  g_signal_connect_object (tags, "items-changed", G_CALLBACK (on_tags_changed), self, G_CONNECT_SWAPPED);
  on_tags_changed (self);
}

/* The person chose a place, which is the one to be in. */
void
octavo_window_forget_place (OctavoWindow *self)
{
  if (self->has_remembered_place)
    forget_place (self);
}

/* The note that the window comes up with: the one that was open, where it is still there, or the first one. */
gint64
octavo_window_get_first_note (OctavoWindow *self)
{
  gint64 id = self->remembered.note_id;

  if (id != 0)
    {
      g_autoptr (GPtrArray) rows = octavo_note_repository_read_page (octavo_store_get_notes (self->store), &id, 1);
      gboolean is_in_trash = octavo_sidebar_get_scope (self->sidebar)->place == OCTAVO_PLACE_TRASH;

      if (rows->pdata[0] != NULL && (octavo_note_row_get_trashed (rows->pdata[0]) != 0) == is_in_trash)
        return id;
    }
  return octavo_note_list_get_id (octavo_note_list_pane_get_list (self->list_pane), 0);
}

/**
 * octavo_window_get_state:
 * @self: a window
 * @state: (out): to be filled in
 *
 * Tells what octavo_window_restore() needs to know.
 */
void
octavo_window_get_state (OctavoWindow *self, OctavoWindowState *state)
{
  g_return_if_fail (OCTAVO_IS_WINDOW (self));

  octavo_window_state_init (state, FALSE);
  gtk_window_get_default_size (GTK_WINDOW (self), &state->width, &state->height);
  state->maximized = gtk_window_is_maximized (GTK_WINDOW (self));
  state->sidebar = self->sidebar_wanted;
  state->sort = octavo_note_list_get_sort (octavo_note_list_pane_get_list (self->list_pane));
  state->scope = self->has_remembered_place ? self->remembered.scope : *octavo_sidebar_get_scope (self->sidebar);
  state->note_id = octavo_editor_get_note_id (self->editor);
  if (!self->settled && state->note_id == 0)
    state->note_id = self->remembered.note_id;
}
