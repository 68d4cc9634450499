/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-sidebar-tree.h"

#include "octavo-list-rows.h"
#include "octavo-settings.h"
#include "octavo-sidebar-row.h"

#define KEY "collapsed-tags"

/* The keys are those of GtkTreeExpander. */
typedef struct
{
  GtkSingleSelection *selection;
  OctavoSidebarModel *model;
} Tree;

static void
tree_free (gpointer data, GClosure *closure)
{
  Tree *self = data;

  g_object_unref (self->selection);
  g_object_unref (self->model);
  g_free (self);
}

static gboolean
find_item (OctavoSidebarModel *model, OctavoSidebarItem *item, guint *position)
{
  return item != NULL && octavo_sidebar_model_find (model, octavo_sidebar_item_get_scope (item), position);
}

static void
remember (OctavoSidebarModel *model)
{
  g_auto (GStrv) names = octavo_sidebar_model_dup_collapsed (model);
  GSettings *settings = octavo_settings_get ();

  if (settings != NULL)
    g_settings_set_strv (settings, KEY, (const char *const *) names);
}

/* What is selected stays in sight: the notes that are shown are those of a row. */
static void
set_expanded (GtkSingleSelection *selection, OctavoSidebarModel *model, guint position, gboolean expanded)
{
  guint depth = octavo_sidebar_item_get_depth (octavo_sidebar_model_peek (model, position));
  guint selected = gtk_single_selection_get_selected (selection);
  OctavoSidebarItem *item;

  for (guint i = position + 1; !expanded && (item = octavo_sidebar_model_peek (model, i)) != NULL &&
                               octavo_sidebar_item_get_depth (item) > depth;
       i++)
    if (i == selected)
      gtk_single_selection_set_selected (selection, position);
  octavo_sidebar_model_set_expanded (model, position, expanded);
  remember (model);
}

static gboolean
shows_item (GtkWidget *child, gconstpointer item)
{
  return octavo_sidebar_row_get_item (OCTAVO_SIDEBAR_ROW (child)) == item;
}

static gboolean
go_to (Tree *self, GtkWidget *list_view, guint position)
{
  gtk_single_selection_set_selected (self->selection, position);
  return octavo_list_rows_focus (list_view, position, shows_item, octavo_sidebar_model_peek (self->model, position));
}

static gboolean
expand (Tree *self, GtkWidget *list_view, guint position)
{
  switch (octavo_sidebar_item_get_expander (octavo_sidebar_model_peek (self->model, position)))
    {
    case OCTAVO_EXPANDER_COLLAPSED:
      set_expanded (self->selection, self->model, position, TRUE);
      return TRUE;
    case OCTAVO_EXPANDER_EXPANDED:
      return go_to (self, list_view, position + 1);
    case OCTAVO_EXPANDER_NONE:
    case OCTAVO_EXPANDER_BLANK:
    default:
      return FALSE;
    }
}

static gboolean
collapse (Tree *self, GtkWidget *list_view, guint position)
{
  guint parent = octavo_sidebar_model_get_parent (self->model, position);

  if (octavo_sidebar_item_get_expander (octavo_sidebar_model_peek (self->model, position)) == OCTAVO_EXPANDER_EXPANDED)
    {
      set_expanded (self->selection, self->model, position, FALSE);
      return TRUE;
    }
  return parent != position && go_to (self, list_view, parent);
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers, Tree *self)
{
  GtkWidget *list_view = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  gboolean is_mirrored = gtk_widget_get_direction (list_view) == GTK_TEXT_DIR_RTL;
  GtkWidget *row = octavo_list_rows_get_focused (list_view);
  guint position;

  if (row == NULL || (modifiers & gtk_accelerator_get_default_mod_mask () & ~GDK_SHIFT_MASK) != 0 ||
      !find_item (self->model, octavo_sidebar_row_get_item (OCTAVO_SIDEBAR_ROW (gtk_widget_get_first_child (row))),
                  &position))
    return GDK_EVENT_PROPAGATE;

  switch (key)
    {
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      return is_mirrored ? collapse (self, list_view, position) : expand (self, list_view, position);
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      return is_mirrored ? expand (self, list_view, position) : collapse (self, list_view, position);
    case GDK_KEY_plus:
    case GDK_KEY_KP_Add:
      return expand (self, list_view, position);
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      return collapse (self, list_view, position);
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/**
 * octavo_sidebar_tree_init:
 * @list_view: shows the rows
 * @selection: which of them is selected
 * @model: the rows
 *
 * Has branches open and close by keyboard, beginning with those closed that were when this was last done.
 */
void
octavo_sidebar_tree_init (GtkWidget *list_view, GtkSingleSelection *selection, OctavoSidebarModel *model)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GSettings *settings = octavo_settings_get ();
  Tree *self = g_new0 (Tree, 1);

  if (settings != NULL)
    {
      g_auto (GStrv) names = g_settings_get_strv (settings, KEY);

      octavo_sidebar_model_set_collapsed (model, (const char *const *) names);
    }
  self->selection = g_object_ref (selection);
  self->model = g_object_ref (model);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_data (keys, "key-pressed", G_CALLBACK (on_key), self, tree_free, 0);
  gtk_widget_add_controller (list_view, keys);
}

/**
 * octavo_sidebar_tree_toggle:
 * @selection: which row is selected
 * @model: the rows
 * @item: one of them
 *
 * Opens the branch of a row, or closes it.
 */
void
octavo_sidebar_tree_toggle (GtkSingleSelection *selection, OctavoSidebarModel *model, OctavoSidebarItem *item)
{
  guint position;

  if (find_item (model, item, &position))
    set_expanded (selection, model, position, octavo_sidebar_item_get_expander (item) == OCTAVO_EXPANDER_COLLAPSED);
}
