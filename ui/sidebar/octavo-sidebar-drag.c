/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-sidebar-drag.h"

#include "octavo-list-rows.h"
#include "octavo-note-drag.h"
#include "octavo-sidebar-row.h"

#define TARGET "octavo-drop-row" /* the row that is lit: a weak pointer */

/* Notes go to a tag or into the trash; a tag goes under another. What comes of it is the window's business. */

static void
light (GtkWidget *list_view, GtkWidget *row)
{
  GtkWidget *before = g_object_get_data (G_OBJECT (list_view), TARGET);

  if (before == row)
    return;
  if (before != NULL)
    {
      gtk_widget_unset_state_flags (before, GTK_STATE_FLAG_DROP_ACTIVE);
      g_object_unref (before);
    }
  if (row != NULL)
    gtk_widget_set_state_flags (g_object_ref (row), GTK_STATE_FLAG_DROP_ACTIVE, FALSE);
  g_object_set_data (G_OBJECT (list_view), TARGET, row);
}

static OctavoSidebarItem *
get_item (GtkWidget *row)
{
  return row != NULL ? octavo_sidebar_row_get_item (OCTAVO_SIDEBAR_ROW (gtk_widget_get_first_child (row))) : NULL;
}

static gboolean
takes_notes (OctavoSidebarItem *item)
{
  OctavoTag *tag = octavo_sidebar_item_get_tag (item);

  return tag != NULL || octavo_sidebar_item_get_scope (item)->place == OCTAVO_PLACE_TRASH;
}

/* Not under itself, and not where it is already. */
static gboolean
takes_tag (OctavoSidebarItem *item, OctavoTag *moved)
{
  OctavoTag *tag = octavo_sidebar_item_get_tag (item);
  const char *path, *moved_path, *slash;

  if (tag == NULL)
    return FALSE;
  path = octavo_tag_get_folded_name (tag);
  moved_path = octavo_tag_get_folded_name (moved);
  slash = strrchr (moved_path, '/');
  if (slash != NULL && strlen (path) == (gsize) (slash - moved_path) && g_str_has_prefix (moved_path, path))
    return FALSE;
  return !g_str_has_prefix (path, moved_path) ||
         (path[strlen (moved_path)] != '\0' && path[strlen (moved_path)] != '/');
}

/* The row at a place, if it takes what is dragged. value: (nullable): what that is, where it is known yet. */
static GtkWidget *
find_target (GtkWidget *list_view, const GValue *value, double x, double y)
{
  GtkWidget *row = octavo_list_rows_pick (list_view, x, y);
  OctavoSidebarItem *item = get_item (row);

  if (item == NULL)
    return NULL;
  if (value != NULL && G_VALUE_HOLDS (value, OCTAVO_TYPE_TAG))
    return takes_tag (item, g_value_get_object (value)) ? row : NULL;
  return takes_notes (item) ? row : NULL;
}

static GdkDragAction
on_motion (GtkDropTarget *target, double x, double y, GtkWidget *list_view)
{
  GtkWidget *row = find_target (list_view, gtk_drop_target_get_value (target), x, y);

  light (list_view, row);
  return row != NULL ? GDK_ACTION_COPY : 0;
}

static void
on_leave (GtkDropTarget *target, GtkWidget *list_view)
{
  light (list_view, NULL);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, OctavoSidebar *sidebar)
{
  GtkWidget *list_view = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));
  OctavoSidebarItem *item = get_item (find_target (list_view, value, x, y));

  light (list_view, NULL);
  if (item == NULL)
    return FALSE;
  if (G_VALUE_HOLDS (value, OCTAVO_TYPE_TAG))
    g_signal_emit_by_name (sidebar, "tag-dropped", g_value_get_object (value), octavo_sidebar_item_get_tag (item));
  else
    g_signal_emit_by_name (sidebar, "notes-dropped", g_value_get_boxed (value), octavo_sidebar_item_get_tag (item));
  return TRUE;
}

static GdkContentProvider *
on_prepare (GtkDragSource *source, double x, double y, GtkWidget *list_view)
{
  GtkWidget *row = octavo_list_rows_pick (list_view, x, y);
  OctavoSidebarItem *item = get_item (row);
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GdkPaintable) picture = NULL;
  double row_x, row_y;

  if (item == NULL || octavo_sidebar_item_get_tag (item) == NULL)
    return NULL;

  paintable = gtk_widget_paintable_new (row);
  picture = gdk_paintable_get_current_image (paintable);
  gtk_widget_translate_coordinates (list_view, row, x, y, &row_x, &row_y);
  gtk_drag_source_set_icon (source, picture, (int) row_x, (int) row_y);
  return gdk_content_provider_new_typed (OCTAVO_TYPE_TAG, octavo_sidebar_item_get_tag (item));
}

static void
on_destroy (GtkWidget *list_view)
{
  light (list_view, NULL);
}

/**
 * octavo_sidebar_drag_init:
 * @sidebar: emits "notes-dropped" and "tag-dropped"
 * @list_view: its list
 *
 * Has things dropped on the rows.
 */
void
octavo_sidebar_drag_init (OctavoSidebar *sidebar, GtkWidget *list_view)
{
  GType types[] = { OCTAVO_TYPE_NOTE_DRAG, OCTAVO_TYPE_TAG };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  /* What is dragged is of this process: whether a row takes it can be said before it is dropped. */
  gtk_drop_target_set_preload (target, TRUE);
  g_signal_connect_object (target, "motion", G_CALLBACK (on_motion), list_view, 0);
  g_signal_connect_object (target, "leave", G_CALLBACK (on_leave), list_view, 0);
  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), sidebar, 0);
  g_signal_connect (list_view, "destroy", G_CALLBACK (on_destroy), NULL);
  gtk_widget_add_controller (list_view, GTK_EVENT_CONTROLLER (target));
  g_signal_connect_object (source, "prepare", G_CALLBACK (on_prepare), list_view, 0);
  gtk_widget_add_controller (list_view, GTK_EVENT_CONTROLLER (source));
}
