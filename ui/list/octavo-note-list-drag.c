/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-note-list-drag.h"

#include "octavo-list-rows.h"
#include "octavo-note-drag-files.h"
#include "octavo-note-drag-text.h"
#include "octavo-note-drag.h"
#include "octavo-note-list-view-private.h"

/* What is dragged is the note under the pointer, with all others that are selected if it is one of them; by their ids,
 * as the list may change on the way. */

static void
set_icon (GtkDragSource *source, GtkWidget *view, double x, double y)
{
  GtkWidget *row = octavo_list_rows_pick (view, x, y);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (row);
  g_autoptr (GdkPaintable) picture = gdk_paintable_get_current_image (paintable);
  double row_x, row_y;

  gtk_widget_translate_coordinates (view, row, x, y, &row_x, &row_y);
  gtk_drag_source_set_icon (source, picture, (int) row_x, (int) row_y);
}

/* own: (transfer full): for this program; others get files, or the text. */
static GdkContentProvider *
offer (OctavoNoteListView *view, GArray *ids, GdkContentProvider *own)
{
  GdkContentProvider *providers[3] = { own };
  g_autoptr (OctavoStore) store = NULL;
  gsize n_providers = 1;

  if (view->notes == NULL)
    return own;

  g_object_get (view->list, "store", &store, NULL);
  if (ids->len <= OCTAVO_NOTE_DRAG_MAX_FILES)
    providers[n_providers++] = octavo_note_drag_files_new (store, ids);
  providers[n_providers++] = octavo_note_drag_text_new (view->notes, ids);
  return gdk_content_provider_new_union (providers, n_providers);
}

static GdkContentProvider *
on_prepare (GtkDragSource *source, double x, double y, OctavoNoteListView *view)
{
  OctavoNoteSelection *selection = octavo_note_list_view_get_selection (view);
  g_autoptr (OctavoNoteDrag) notes = NULL;
  g_autoptr (GArray) ids = NULL;
  guint position;
  gint64 id;

  if (selection == NULL || !octavo_note_list_view_find_row (view, x, y, &position))
    return NULL;

  id = octavo_note_list_get_id (octavo_note_selection_get_list (selection), position);
  if (octavo_note_selection_has_id (selection, id))
    {
      ids = octavo_note_selection_dup_ids (selection);
    }
  else
    {
      ids = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_array_append_val (ids, id);
    }
  notes = octavo_note_drag_new ((const gint64 *) (gpointer) ids->data, ids->len);
  set_icon (source, GTK_WIDGET (view), x, y);
  return offer (view, ids, gdk_content_provider_new_typed (OCTAVO_TYPE_NOTE_DRAG, notes));
}

/**
 * octavo_note_list_drag_init:
 * @view: a list
 *
 * Has its rows dragged.
 */
void
octavo_note_list_drag_init (OctavoNoteListView *view)
{
  GtkDragSource *source = gtk_drag_source_new ();

  g_signal_connect_object (source, "prepare", G_CALLBACK (on_prepare), view, 0);
  gtk_widget_add_controller (GTK_WIDGET (view), GTK_EVENT_CONTROLLER (source));
}

/**
 * octavo_note_list_drag_set_notes:
 * @view: a list
 * @notes: the repository of its notes
 *
 * Has other programs get the text of what is dragged to them, or files.
 */
void
octavo_note_list_drag_set_notes (OctavoNoteListView *view, OctavoNoteRepository *notes)
{
  g_set_object (&view->notes, notes);
}
