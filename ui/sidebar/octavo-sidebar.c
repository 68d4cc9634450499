/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "octavo-actions.h"
#include "octavo-context-menu.h"
#include "octavo-list-rows.h"
#include "octavo-menu-button.h"
#include "octavo-note-drag.h"
#include "octavo-note-repository.h"
#include "octavo-saved-search-repository.h"
#include "octavo-sidebar-counts.h"
#include "octavo-sidebar-drag.h"
#include "octavo-sidebar-model.h"
#include "octavo-sidebar-row.h"
#include "octavo-sidebar-tree.h"
#include "octavo-sidebar.h"
#include "octavo-tag-repository.h"

/* Rows are few (places and tags), so the selection is GTK's own. Tags bring their counts; those of the places are asked
 * for one after the other, on the reading thread, when notes came, went, or changed their place. */
struct _OctavoSidebar
{
  GtkWidget parent_instance;

  OctavoStore *store;
  OctavoSidebarModel *model;
  GtkSingleSelection *selection;
  OctavoScope scope;
  gint64 search_id;       /* of the chosen search; 0: none is */
  GSignalGroup *selected; /* of the selected row */
  char *wanted;           /* the name of a tag to select once it is there; NULL: none */
  gint64 wanted_search;   /* the same of a search; 0: none */

  OctavoSidebarCounts *counts;

  GtkWidget *header;
  GtkWidget *content;
  GtkWidget *menu_button;
  GtkWidget *list_view;
  GMenuModel *main_menu;
  GMenuModel *place_menu;
  GMenuModel *tag_menu;
  GMenuModel *search_menu;
};

enum
{
  PROP_0,
  PROP_STORE,
  PROP_PLACE_NAME,
  PROP_SHOW_END_TITLE_BUTTONS,
  N_PROPS
};

enum
{
  SCOPE_CHANGED,
  ACTIVATED,
  CLICKED,
  MENU_CLOSED,
  NOTES_DROPPED,
  TAG_DROPPED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OctavoSidebar, octavo_sidebar, GTK_TYPE_WIDGET)

/* The notes of an item that are the user's. */
static OctavoScope
octavo_sidebar_get_place (OctavoSidebar *self, OctavoSidebarItem *item)
{
  OctavoScope place = *octavo_sidebar_item_get_scope (item);

  place.user_id = self->scope.user_id;
  return place;
}

static void
octavo_sidebar_on_selected (OctavoSidebar *self)
{
  OctavoSidebarItem *item = gtk_single_selection_get_selected_item (self->selection);
  OctavoScope place;
  OctavoSavedSearch *search;
  gint64 search_id;

  g_signal_group_set_target (self->selected, item);
  /* The tag that was chosen is gone. */
  if (item == NULL)
    {
      gtk_single_selection_set_selected (self->selection, 0);
      return;
    }

  place = octavo_sidebar_get_place (self, item);
  search = octavo_sidebar_item_get_search (item);
  search_id = search != NULL ? octavo_saved_search_get_id (search) : 0;
  if (octavo_scope_equal (&place, &self->scope) && search_id == self->search_id)
    return;

  octavo_sidebar_model_keep (self->model, place.place == OCTAVO_PLACE_TAG ? octavo_sidebar_item_get_name (item) : NULL);
  self->scope = place;
  self->search_id = search_id;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLACE_NAME]);
  g_signal_emit (self, signals[SCOPE_CHANGED], 0);
}

/* A tag that was renamed is another place where it is a path only, and in any case has another name. */
static void
octavo_sidebar_on_selected_renamed (OctavoSidebar *self)
{
  OctavoSidebarItem *item = gtk_single_selection_get_selected_item (self->selection);

  self->scope = octavo_sidebar_get_place (self, item);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLACE_NAME]);
  g_signal_emit (self, signals[SCOPE_CHANGED], 0);
}

static void
octavo_sidebar_on_selected_colored (OctavoSidebar *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLACE_NAME]);
}

static void
octavo_sidebar_want_nothing (OctavoSidebar *self)
{
  g_clear_pointer (&self->wanted, g_free);
  self->wanted_search = 0;
}

static void
octavo_sidebar_on_items_changed (OctavoSidebar *self)
{
  guint position;

  if (!(self->wanted != NULL && octavo_sidebar_model_find_tag (self->model, self->wanted, &position)) &&
      !(self->wanted_search != 0 && octavo_sidebar_model_find_search (self->model, self->wanted_search, &position)))
    return;

  octavo_sidebar_want_nothing (self);
  gtk_single_selection_set_selected (self->selection, position);
}

static void
octavo_sidebar_on_activate (OctavoSidebar *self, guint position)
{
  gtk_single_selection_set_selected (self->selection, position);
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static gboolean
octavo_sidebar_emit_clicked (gpointer user_data)
{
  g_signal_emit (user_data, signals[CLICKED], 0);

  return G_SOURCE_REMOVE;
}

/* The row selects itself on the same release, a little later. */
static void
octavo_sidebar_on_released (OctavoSidebar *self, int n_press, double x, double y)
{
  octavo_sidebar_want_nothing (self);
  if (n_press == 1 && octavo_list_rows_pick (self->list_view, x, y) != NULL)
    g_idle_add_full (G_PRIORITY_DEFAULT, octavo_sidebar_emit_clicked, g_object_ref (self), g_object_unref);
}

static gboolean
octavo_sidebar_find_item (OctavoSidebar *self, OctavoSidebarItem *item, guint *position)
{
  OctavoSavedSearch *search = octavo_sidebar_item_get_search (item);

  return search != NULL ? octavo_sidebar_model_find_search (self->model, octavo_saved_search_get_id (search), position)
                        : octavo_sidebar_model_find (self->model, octavo_sidebar_item_get_scope (item), position);
}

/* Of the trash there is nothing that could not be done with a note in it. */
static GMenuModel *
octavo_sidebar_choose_for_menu (GtkWidget *widget, GtkWidget *row)
{
  OctavoSidebar *self = OCTAVO_SIDEBAR (widget);
  OctavoSidebarItem *item = octavo_sidebar_row_get_item (OCTAVO_SIDEBAR_ROW (gtk_widget_get_first_child (row)));
  guint position;

  if (item == NULL || octavo_sidebar_item_get_scope (item)->place == OCTAVO_PLACE_TRASH)
    return NULL;

  octavo_sidebar_want_nothing (self);
  if (octavo_sidebar_find_item (self, item, &position))
    gtk_single_selection_set_selected (self->selection, position);
  if (octavo_sidebar_item_get_search (item) != NULL)
    return self->search_menu;
  return octavo_sidebar_item_get_tag (item) != NULL ? self->tag_menu : self->place_menu;
}

static void
octavo_sidebar_on_menu_closed (OctavoSidebar *self)
{
  g_signal_emit (self, signals[MENU_CLOSED], 0);
}

static void
octavo_sidebar_on_menu_made (OctavoSidebar *self)
{
  GtkPopover *popover = gtk_menu_button_get_popover (GTK_MENU_BUTTON (self->menu_button));

  if (popover != NULL)
    g_signal_connect_object (popover, "closed", G_CALLBACK (octavo_sidebar_on_menu_closed), self, G_CONNECT_SWAPPED);
}

static void
octavo_sidebar_on_toggled (OctavoSidebar *self, OctavoSidebarRow *row)
{
  octavo_sidebar_tree_toggle (self->selection, self->model, octavo_sidebar_row_get_item (row));
}

static void
octavo_sidebar_on_setup (OctavoSidebar *self, GtkListItem *list_item)
{
  GtkWidget *row = octavo_sidebar_row_new ();

  g_signal_connect_object (row, "toggled", G_CALLBACK (octavo_sidebar_on_toggled), self, G_CONNECT_SWAPPED);
  gtk_list_item_set_child (list_item, row);
}

static void
octavo_sidebar_on_bind (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  octavo_sidebar_row_set_item (OCTAVO_SIDEBAR_ROW (gtk_list_item_get_child (list_item)),
                               gtk_list_item_get_item (list_item));
}

static void
octavo_sidebar_on_unbind (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  octavo_sidebar_row_set_item (OCTAVO_SIDEBAR_ROW (gtk_list_item_get_child (list_item)), NULL);
}

static GtkListItemFactory *
octavo_sidebar_make_factory (OctavoSidebar *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (octavo_sidebar_on_setup), self, G_CONNECT_SWAPPED);
  g_signal_connect (factory, "bind", G_CALLBACK (octavo_sidebar_on_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (octavo_sidebar_on_unbind), NULL);

  return factory;
}

static GtkSizeRequestMode
octavo_sidebar_get_header_mode (GtkWidget *header)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

/* What it says is not to decide how wide the sidebar is. */
static void
octavo_sidebar_measure_header (GtkWidget *header,
                               GtkOrientation orientation,
                               int for_size,
                               int *minimum,
                               int *natural,
                               int *minimum_baseline,
                               int *natural_baseline)
{
  gtk_widget_measure (gtk_widget_get_first_child (header), orientation, for_size, minimum, natural, minimum_baseline,
                      natural_baseline);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = *minimum;
}

static void
octavo_sidebar_allocate_header (GtkWidget *header, int width, int height, int baseline)
{
  gtk_widget_allocate (gtk_widget_get_first_child (header), width, height, baseline, NULL);
}

static void
octavo_sidebar_constructed (GObject *object)
{
  OctavoSidebar *self = OCTAVO_SIDEBAR (object);
  g_autoptr (GtkListItemFactory) factory = octavo_sidebar_make_factory (self);

  G_OBJECT_CLASS (octavo_sidebar_parent_class)->constructed (object);

  self->model = octavo_sidebar_model_new ();
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->model));
  gtk_single_selection_set_selected (self->selection, 0);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (octavo_sidebar_on_selected), self,
                           G_CONNECT_SWAPPED);

  self->selected = g_signal_group_new (OCTAVO_TYPE_SIDEBAR_ITEM);
  g_signal_group_connect_swapped (self->selected, "notify::name", G_CALLBACK (octavo_sidebar_on_selected_renamed),
                                  self);
  g_signal_group_connect_swapped (self->selected, "notify::color", G_CALLBACK (octavo_sidebar_on_selected_colored),
                                  self);
  /* After the selection, which is about to lose what is not there any more. */
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (octavo_sidebar_on_items_changed), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  octavo_sidebar_tree_init (self->list_view, self->selection, self->model);
  octavo_sidebar_drag_init (self, self->list_view);

  gtk_list_view_set_factory (GTK_LIST_VIEW (self->list_view), factory);
  gtk_list_view_set_model (GTK_LIST_VIEW (self->list_view), GTK_SELECTION_MODEL (self->selection));
  self->counts = octavo_sidebar_counts_new (self->store, self->model);
}

static void
octavo_sidebar_dispose (GObject *object)
{
  OctavoSidebar *self = OCTAVO_SIDEBAR (object);

  if (self->counts != NULL)
    octavo_sidebar_counts_stop (self->counts);
  g_clear_object (&self->counts);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_object (&self->selected);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_pointer (&self->wanted, g_free);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (octavo_sidebar_parent_class)->dispose (object);
}

static void
octavo_sidebar_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  OctavoSidebar *self = OCTAVO_SIDEBAR (object);

  switch (prop_id)
    {
    case PROP_STORE:
      g_value_set_object (value, self->store);
      break;
    case PROP_PLACE_NAME:
      g_value_set_string (value, octavo_sidebar_get_place_name (self));
      break;
    case PROP_SHOW_END_TITLE_BUTTONS:
      g_value_set_boolean (value, adw_header_bar_get_show_end_title_buttons (ADW_HEADER_BAR (self->header)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
octavo_sidebar_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  OctavoSidebar *self = OCTAVO_SIDEBAR (object);

  switch (prop_id)
    {
    case PROP_STORE:
      self->store = g_value_dup_object (value);
      break;
    case PROP_SHOW_END_TITLE_BUTTONS:
      adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (self->header), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
octavo_sidebar_class_init (OctavoSidebarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = octavo_sidebar_constructed;
  object_class->dispose = octavo_sidebar_dispose;
  object_class->get_property = octavo_sidebar_get_property;
  object_class->set_property = octavo_sidebar_set_property;

  properties[PROP_STORE] = g_param_spec_object ("store", NULL, NULL, OCTAVO_TYPE_STORE,
                                                G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_PLACE_NAME] =
      g_param_spec_string ("place-name", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOW_END_TITLE_BUTTONS] =
      g_param_spec_boolean ("show-end-title-buttons", NULL, NULL, TRUE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SCOPE_CHANGED] =
      g_signal_new ("scope-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATED] =
      g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CLICKED] =
      g_signal_new ("clicked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  signals[MENU_CLOSED] =
      g_signal_new ("menu-closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  signals[NOTES_DROPPED] = g_signal_new ("notes-dropped", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 2, OCTAVO_TYPE_NOTE_DRAG, OCTAVO_TYPE_TAG);
  signals[TAG_DROPPED] = g_signal_new ("tag-dropped", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 2, OCTAVO_TYPE_TAG, OCTAVO_TYPE_TAG);

  gtk_widget_class_set_template_from_resource (widget_class, APPLICATION_PATH "/ui/octavo-sidebar.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, OctavoSidebar, header);
  gtk_widget_class_bind_template_child (widget_class, OctavoSidebar, content);
  gtk_widget_class_bind_template_child (widget_class, OctavoSidebar, menu_button);
  gtk_widget_class_bind_template_child (widget_class, OctavoSidebar, list_view);
  gtk_widget_class_bind_template_child (widget_class, OctavoSidebar, main_menu);
  gtk_widget_class_bind_template_child (widget_class, OctavoSidebar, place_menu);
  gtk_widget_class_bind_template_child (widget_class, OctavoSidebar, tag_menu);
  gtk_widget_class_bind_template_child (widget_class, OctavoSidebar, search_menu);
  gtk_widget_class_bind_template_callback (widget_class, octavo_sidebar_on_activate);
  gtk_widget_class_bind_template_callback (widget_class, octavo_sidebar_on_released);
}

static void
octavo_sidebar_init (OctavoSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_add_controller (self->list_view, octavo_actions_make_shortcuts (OCTAVO_KEYS_SIDEBAR));
  octavo_context_menu_add (GTK_WIDGET (self), self->list_view, octavo_sidebar_choose_for_menu);

  octavo_menu_button_set_menu (GTK_MENU_BUTTON (self->menu_button), self->main_menu);
  g_signal_connect_object (self->menu_button, "notify::popover", G_CALLBACK (octavo_sidebar_on_menu_made), self,
                           G_CONNECT_SWAPPED);
}

/**
 * octavo_sidebar_fill:
 *
 * Shows the tags and the counts, from now on: they come after what is on the first frame. Once only.
 */
void
octavo_sidebar_fill (OctavoSidebar *self)
{
  g_return_if_fail (OCTAVO_IS_SIDEBAR (self));

  octavo_sidebar_model_set_tags (self->model, octavo_tag_repository_get_list (octavo_store_get_tags (self->store)));
  octavo_sidebar_model_set_searches (self->model, octavo_saved_search_repository_get_list (
                                                      octavo_store_get_saved_searches (self->store)));
  octavo_sidebar_counts_start (self->counts);
}

/**
 * octavo_sidebar_get_scope:
 *
 * Returns: (transfer none): the place that is chosen
 */
const OctavoScope *
octavo_sidebar_get_scope (OctavoSidebar *self)
{
  g_return_val_if_fail (OCTAVO_IS_SIDEBAR (self), NULL);

  return &self->scope;
}

/**
 * octavo_sidebar_set_scope:
 * @scope: a place
 *
 * Chooses a place as a click on its row does.
 *
 * Returns: whether there is such a place
 */
gboolean
octavo_sidebar_set_scope (OctavoSidebar *self, const OctavoScope *scope)
{
  OctavoScope place;
  guint position;

  g_return_val_if_fail (OCTAVO_IS_SIDEBAR (self), FALSE);
  g_return_val_if_fail (scope != NULL, FALSE);

  octavo_sidebar_want_nothing (self);
  place = *scope;
  place.user_id = 0;
  if (!octavo_sidebar_model_reveal (self->model, &place, &position))
    return FALSE;

  gtk_single_selection_set_selected (self->selection, position);
  return TRUE;
}

/**
 * octavo_sidebar_get_tag:
 *
 * Returns: (transfer none) (nullable): the tag that is chosen
 */
OctavoTag *
octavo_sidebar_get_tag (OctavoSidebar *self)
{
  OctavoSidebarItem *item;

  g_return_val_if_fail (OCTAVO_IS_SIDEBAR (self), NULL);

  item = self->selection != NULL ? gtk_single_selection_get_selected_item (self->selection) : NULL;
  return item != NULL ? octavo_sidebar_item_get_tag (item) : NULL;
}

/**
 * octavo_sidebar_choose_tag:
 * @name: the name of a tag
 *
 * Chooses a tag as soon as it is there.
 */
void
octavo_sidebar_choose_tag (OctavoSidebar *self, const char *name)
{
  g_return_if_fail (OCTAVO_IS_SIDEBAR (self));
  g_return_if_fail (name != NULL);

  octavo_sidebar_want_nothing (self);
  self->wanted = g_strdup (name);
  octavo_sidebar_model_keep (self->model, name);
  octavo_sidebar_on_items_changed (self);
}

/**
 * octavo_sidebar_get_search:
 *
 * Returns: (transfer none) (nullable): the saved search that is chosen
 */
OctavoSavedSearch *
octavo_sidebar_get_search (OctavoSidebar *self)
{
  OctavoSidebarItem *item;

  g_return_val_if_fail (OCTAVO_IS_SIDEBAR (self), NULL);

  item = self->selection != NULL ? gtk_single_selection_get_selected_item (self->selection) : NULL;
  return item != NULL ? octavo_sidebar_item_get_search (item) : NULL;
}

/**
 * octavo_sidebar_choose_search:
 * @id: the id of a saved search
 *
 * Chooses a saved search as soon as it is there.
 */
void
octavo_sidebar_choose_search (OctavoSidebar *self, gint64 id)
{
  g_return_if_fail (OCTAVO_IS_SIDEBAR (self));

  octavo_sidebar_want_nothing (self);
  self->wanted_search = id;
  octavo_sidebar_on_items_changed (self);
}

/**
 * octavo_sidebar_has_focus:
 *
 * Returns: whether a row has the focus of the window
 */
gboolean
octavo_sidebar_has_focus (OctavoSidebar *self)
{
  g_return_val_if_fail (OCTAVO_IS_SIDEBAR (self), FALSE);

  return octavo_list_rows_get_focused (self->list_view) != NULL;
}

/**
 * octavo_sidebar_set_user:
 * @user_id: a user; 0: everyone
 *
 * Says whose notes the places hold.
 */
void
octavo_sidebar_set_user (OctavoSidebar *self, gint64 user_id)
{
  g_return_if_fail (OCTAVO_IS_SIDEBAR (self));

  if (self->scope.user_id == user_id)
    return;

  self->scope.user_id = user_id;
  octavo_sidebar_model_set_user (self->model, user_id);
  octavo_sidebar_counts_set_user (self->counts, user_id);
  g_signal_emit (self, signals[SCOPE_CHANGED], 0);
}

/**
 * octavo_sidebar_set_title_widget:
 * @widget: what stands at the top
 *
 * Puts something in the place of a title.
 */
void
octavo_sidebar_set_title_widget (OctavoSidebar *self, GtkWidget *widget)
{
  g_return_if_fail (OCTAVO_IS_SIDEBAR (self));

  adw_header_bar_set_title_widget (ADW_HEADER_BAR (self->header), widget);
  gtk_widget_set_layout_manager (self->header,
                                 gtk_custom_layout_new (octavo_sidebar_get_header_mode, octavo_sidebar_measure_header,
                                                        octavo_sidebar_allocate_header));
}

/**
 * octavo_sidebar_get_place_name:
 *
 * Returns: what the chosen place is called
 */
const char *
octavo_sidebar_get_place_name (OctavoSidebar *self)
{
  OctavoSidebarItem *item;

  g_return_val_if_fail (OCTAVO_IS_SIDEBAR (self), NULL);

  item = self->selection != NULL ? gtk_single_selection_get_selected_item (self->selection) : NULL;
  return item != NULL ? octavo_sidebar_item_get_name (item) : "";
}

/**
 * octavo_sidebar_get_n_notes:
 *
 * Returns: how many notes there are outside the trash; -1 where that is not known yet
 */
gint64
octavo_sidebar_get_n_notes (OctavoSidebar *self)
{
  g_return_val_if_fail (OCTAVO_IS_SIDEBAR (self), -1);

  return octavo_sidebar_item_get_count (octavo_sidebar_model_peek (self->model, 0));
}

static gboolean
shows_item (GtkWidget *child, gconstpointer item)
{
  return octavo_sidebar_row_get_item (OCTAVO_SIDEBAR_ROW (child)) == item;
}

/**
 * octavo_sidebar_grab_list:
 *
 * Moves the focus to the row of the chosen place.
 */
void
octavo_sidebar_grab_list (OctavoSidebar *self)
{
  g_return_if_fail (OCTAVO_IS_SIDEBAR (self));

  octavo_list_rows_focus (self->list_view, gtk_single_selection_get_selected (self->selection), shows_item,
                          gtk_single_selection_get_selected_item (self->selection));
}

/**
 * octavo_sidebar_open_menu:
 *
 * Opens the main menu.
 */
void
octavo_sidebar_open_menu (OctavoSidebar *self)
{
  g_return_if_fail (OCTAVO_IS_SIDEBAR (self));

  gtk_menu_button_popup (GTK_MENU_BUTTON (self->menu_button));
}

/**
 * octavo_sidebar_is_menu_focused:
 *
 * Returns: whether the focus is where the main menu was opened
 */
gboolean
octavo_sidebar_is_menu_focused (OctavoSidebar *self)
{
  GtkRoot *root;
  GtkWidget *focus;

  g_return_val_if_fail (OCTAVO_IS_SIDEBAR (self), FALSE);

  root = gtk_widget_get_root (self->menu_button);
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  return focus != NULL && (focus == self->menu_button || gtk_widget_is_ancestor (focus, self->menu_button));
}
