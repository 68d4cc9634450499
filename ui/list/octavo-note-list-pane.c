/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "octavo-actions.h"
#include "octavo-context-menu.h"
#include "octavo-index-status.h"
#include "octavo-list-pages.h"
#include "octavo-list-title.h"
#include "octavo-menu-button.h"
#include "octavo-note-list-drag.h"
#include "octavo-note-list-pane.h"
#include "octavo-note-list-view.h"
#include "octavo-note-row-widget.h"
#include "octavo-save-search-button.h"

#define LOADING_DELAY 300 /* milliseconds: what is answered sooner needs no word about it */

/* What is shown stays until the answer to a new question is there, and the marks of what was looked for with it. */
struct _OctavoNoteListPane
{
  GtkWidget parent_instance;

  OctavoStore *store;
  OctavoNoteList *list;
  OctavoNoteSelection *selection;
  OctavoListGroups *groups;
  char *place_name;
  char *today; /* and the zone whose day it is, for which the dates of the rows are said */

  guint loading_id;
  OctavoQuery *query;     /* (nullable): what was asked for last */
  gboolean focus_list;    /* once there are notes */
  gboolean show_selected; /* once it is one of them */

  GtkWidget *content;
  GtkWidget *header;
  GtkWidget *back_button;
  GtkWidget *title;
  GtkWidget *sort_button;
  GtkWidget *search_entry;
  GtkWidget *index_status;
  GtkWidget *cut_label;
  GtkWidget *stack;
  GtkWidget *list_view;
  GMenuModel *sort_menu;
  GMenuModel *row_menu;
  GMenuModel *rows_menu;
};

enum
{
  PROP_0,
  PROP_STORE,
  PROP_SHOW_BACK,
  PROP_SHOW_START_TITLE_BUTTONS,
  PROP_SHOW_END_TITLE_BUTTONS,
  N_PROPS
};

enum
{
  ACTIVATED,
  CLICKED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OctavoNoteListPane, octavo_note_list_pane, GTK_TYPE_WIDGET)

/* ---- What is shown ---- */

static void
octavo_note_list_pane_update_title (OctavoNoteListPane *self)
{
  octavo_list_title_update (ADW_WINDOW_TITLE (self->title), self->selection, self->place_name);
}

/* description: (nullable): plain text */
static void
octavo_note_list_pane_show_page (OctavoNoteListPane *self, const char *name, const char *description)
{
  g_autofree char *escaped = description != NULL ? g_markup_escape_text (description, -1) : NULL;

  octavo_list_pages_show (GTK_STACK (self->stack), name, escaped, self);
}

static void
octavo_note_list_pane_show_list (OctavoNoteListPane *self)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "list");
}

static gboolean
octavo_note_list_pane_on_slow (gpointer user_data)
{
  OctavoNoteListPane *self = user_data;

  self->loading_id = 0;
  if (g_list_model_get_n_items (G_LIST_MODEL (self->list)) == 0)
    octavo_note_list_pane_show_page (self, "loading", NULL);

  return G_SOURCE_REMOVE;
}

static void
octavo_note_list_pane_update_page (OctavoNoteListPane *self)
{
  const GError *error = octavo_note_list_get_error (self->list);
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  octavo_note_list_pane_update_title (self);

  if (octavo_note_list_get_loading (self->list))
    {
      if (self->loading_id == 0)
        self->loading_id = g_timeout_add (LOADING_DELAY, octavo_note_list_pane_on_slow, self);
      if (n_items > 0)
        octavo_note_list_pane_show_list (self);
      return;
    }

  g_clear_handle_id (&self->loading_id, g_source_remove);
  if (error != NULL)
    octavo_note_list_pane_show_page (self, "error", error->message);
  else if (n_items > 0)
    octavo_note_list_pane_show_list (self);
  else
    octavo_list_pages_show_nothing (GTK_STACK (self->stack), self->list, self->place_name, self);
}

static void
octavo_note_list_pane_on_painted (OctavoNoteListPane *self, GdkFrameClock *clock)
{
  g_signal_handlers_disconnect_by_func (clock, octavo_note_list_pane_on_painted, self);
  octavo_note_list_load_rest (self->list);
}

/* The first notes are painted before the others are read, and before all that follows from these. */
static void
octavo_note_list_pane_paint_first (OctavoNoteListPane *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  if (octavo_note_list_is_whole (self->list) || clock == NULL)
    return;

  octavo_note_list_hold_rest (self->list);
  g_signal_handlers_disconnect_by_func (clock, octavo_note_list_pane_on_painted, self);
  g_signal_connect_object (clock, "after-paint", G_CALLBACK (octavo_note_list_pane_on_painted), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_queue_draw (self->list_view);
}

static void
octavo_note_list_pane_on_items_changed (OctavoNoteListPane *self)
{
  /* GTK moves the focus to whatever comes next in the window when its row is hidden. */
  if (g_list_model_get_n_items (G_LIST_MODEL (self->list)) == 0 &&
      octavo_note_list_view_has_focus (OCTAVO_NOTE_LIST_VIEW (self->list_view)))
    self->focus_list = TRUE;

  octavo_note_list_pane_update_page (self);
  octavo_note_list_pane_paint_first (self);
}

static void
octavo_note_list_pane_on_loading (OctavoNoteListPane *self)
{
  octavo_note_list_pane_update_page (self);
  if (octavo_note_list_get_loading (self->list))
    return;

  octavo_note_list_view_set_query (OCTAVO_NOTE_LIST_VIEW (self->list_view), self->query,
                                   self->query != NULL ? octavo_store_get_excerpts (self->store) : NULL);
  /* The focus was on a row and there is none any more. */
  if (g_list_model_get_n_items (G_LIST_MODEL (self->list)) == 0 && self->focus_list)
    {
      self->focus_list = FALSE;
      gtk_widget_grab_focus (self->search_entry);
    }
}

static void
octavo_note_list_pane_on_settled (OctavoNoteListPane *self)
{
  octavo_note_list_pane_on_loading (self);

  if (self->show_selected)
    octavo_note_list_pane_show_selected (self);
  if (self->focus_list)
    {
      self->focus_list = FALSE;
      octavo_note_list_pane_grab_list (self);
    }
}

/* ---- Choosing a note ---- */

static void
octavo_note_list_pane_on_activate (OctavoNoteListPane *self, guint position)
{
  gint64 id = octavo_note_list_get_id (self->list, position);

  if (id == 0)
    return;

  octavo_note_selection_select_id (self->selection, id);
  g_signal_emit (self, signals[ACTIVATED], 0, id);
}

/* The row is selected already. */
static void
octavo_note_list_pane_on_clicked (OctavoNoteListPane *self, guint position)
{
  gint64 id = octavo_note_list_get_id (self->list, position);

  if (id != 0)
    g_signal_emit (self, signals[CLICKED], 0, id);
}

static GMenuModel *
octavo_note_list_pane_choose_for_menu (GtkWidget *widget, GtkWidget *row)
{
  OctavoNoteListPane *self = OCTAVO_NOTE_LIST_PANE (widget);
  OctavoNoteRow *shown = octavo_note_row_widget_get_row (OCTAVO_NOTE_ROW_WIDGET (row));

  if (shown == NULL)
    return NULL;

  if (octavo_note_selection_get_n_selected (self->selection) > 1 &&
      octavo_note_selection_has_id (self->selection, octavo_note_row_get_id (shown)))
    return self->rows_menu;

  octavo_note_selection_select_id (self->selection, octavo_note_row_get_id (shown));
  return self->row_menu;
}

/* ---- Search ---- */

static void
octavo_note_list_pane_on_search_changed (OctavoNoteListPane *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));

  if (!g_str_equal (text, octavo_note_list_get_query (self->list)))
    {
      g_clear_pointer (&self->query, octavo_query_unref);
      self->query = text[0] != '\0' ? octavo_query_new (text) : NULL;
      gtk_widget_set_visible (self->cut_label, self->query != NULL && octavo_query_was_cut (self->query));
    }
  octavo_note_list_set_query (self->list, text);
}

static void
octavo_note_list_pane_go_to_first (OctavoNoteListPane *self)
{
  gint64 id = octavo_note_list_get_id (self->list, 0);

  if (id == 0)
    return;

  octavo_note_selection_select_id (self->selection, id);
  octavo_note_list_view_focus_position (OCTAVO_NOTE_LIST_VIEW (self->list_view), 0);
}

static gboolean
octavo_note_list_pane_on_search_key (OctavoNoteListPane *self, guint keyval, guint keycode, GdkModifierType state)
{
  if (keyval != GDK_KEY_Down && keyval != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;

  octavo_note_list_pane_go_to_first (self);
  return GDK_EVENT_STOP;
}

/* A letter typed in the list is the first of a search. The entry could hear the keys of the list itself, but it would
 * take Return and Delete as well. */
static gboolean
octavo_note_list_pane_on_list_key (OctavoNoteListPane *self,
                                   guint keyval,
                                   guint keycode,
                                   GdkModifierType state,
                                   GtkEventControllerKey *controller)
{
  GtkText *text = GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (self->search_entry)));

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK)) != 0 ||
      !g_unichar_isgraph (gdk_keyval_to_unicode (keyval)) ||
      !gtk_event_controller_key_forward (controller, GTK_WIDGET (text)))
    return GDK_EVENT_PROPAGATE;

  gtk_text_grab_focus_without_selecting (text);
  return GDK_EVENT_STOP;
}

static void
octavo_note_list_pane_constructed (GObject *object)
{
  OctavoNoteListPane *self = OCTAVO_NOTE_LIST_PANE (object);

  G_OBJECT_CLASS (octavo_note_list_pane_parent_class)->constructed (object);

  self->list = octavo_note_list_new (self->store);
  self->selection = octavo_note_selection_new (self->list);
  octavo_index_status_watch (OCTAVO_INDEX_STATUS (self->index_status), octavo_store_get_search (self->store),
                             self->list);
  octavo_note_list_view_set_selection (OCTAVO_NOTE_LIST_VIEW (self->list_view), self->selection);
  self->groups = octavo_list_groups_new (self->store, self->list);
  octavo_note_list_drag_set_notes (OCTAVO_NOTE_LIST_VIEW (self->list_view), octavo_store_get_notes (self->store));
  octavo_note_list_view_set_groups (OCTAVO_NOTE_LIST_VIEW (self->list_view), self->groups);
  g_signal_connect_object (self->selection, "notify::n-selected", G_CALLBACK (octavo_note_list_pane_update_title), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (octavo_note_list_pane_on_items_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "notify::loading", G_CALLBACK (octavo_note_list_pane_on_loading), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "notify::n-missing", G_CALLBACK (octavo_note_list_pane_update_page), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "settled", G_CALLBACK (octavo_note_list_pane_on_settled), self,
                           G_CONNECT_SWAPPED);
}

static void
octavo_note_list_pane_dispose (GObject *object)
{
  OctavoNoteListPane *self = OCTAVO_NOTE_LIST_PANE (object);

  g_clear_handle_id (&self->loading_id, g_source_remove);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_object (&self->groups);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (octavo_note_list_pane_parent_class)->dispose (object);
}

static void
octavo_note_list_pane_finalize (GObject *object)
{
  OctavoNoteListPane *self = OCTAVO_NOTE_LIST_PANE (object);

  g_free (self->today);
  g_free (self->place_name);
  g_clear_pointer (&self->query, octavo_query_unref);

  G_OBJECT_CLASS (octavo_note_list_pane_parent_class)->finalize (object);
}

static void
octavo_note_list_pane_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  OctavoNoteListPane *self = OCTAVO_NOTE_LIST_PANE (object);

  switch (prop_id)
    {
    case PROP_STORE:
      g_value_set_object (value, self->store);
      break;
    case PROP_SHOW_BACK:
      g_value_set_boolean (value, gtk_widget_get_visible (self->back_button));
      break;
    case PROP_SHOW_START_TITLE_BUTTONS:
      g_value_set_boolean (value, adw_header_bar_get_show_start_title_buttons (ADW_HEADER_BAR (self->header)));
      break;
    case PROP_SHOW_END_TITLE_BUTTONS:
      g_value_set_boolean (value, adw_header_bar_get_show_end_title_buttons (ADW_HEADER_BAR (self->header)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
octavo_note_list_pane_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  OctavoNoteListPane *self = OCTAVO_NOTE_LIST_PANE (object);

  switch (prop_id)
    {
    case PROP_STORE:
      self->store = g_value_dup_object (value);
      break;
    case PROP_SHOW_BACK:
      gtk_widget_set_visible (self->back_button, g_value_get_boolean (value));
      break;
    case PROP_SHOW_START_TITLE_BUTTONS:
      adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (self->header), g_value_get_boolean (value));
      break;
    case PROP_SHOW_END_TITLE_BUTTONS:
      adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (self->header), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
octavo_note_list_pane_bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (OCTAVO_TYPE_INDEX_STATUS);
  g_type_ensure (OCTAVO_TYPE_NOTE_LIST_VIEW);
  g_type_ensure (OCTAVO_TYPE_SAVE_SEARCH_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, APPLICATION_PATH "/ui/octavo-note-list-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, OctavoNoteListPane, content);
  gtk_widget_class_bind_template_child (widget_class, OctavoNoteListPane, header);
  gtk_widget_class_bind_template_child (widget_class, OctavoNoteListPane, back_button);
  gtk_widget_class_bind_template_child (widget_class, OctavoNoteListPane, title);
  gtk_widget_class_bind_template_child (widget_class, OctavoNoteListPane, sort_button);
  gtk_widget_class_bind_template_child (widget_class, OctavoNoteListPane, search_entry);
  gtk_widget_class_bind_template_child (widget_class, OctavoNoteListPane, index_status);
  gtk_widget_class_bind_template_child (widget_class, OctavoNoteListPane, cut_label);
  gtk_widget_class_bind_template_child (widget_class, OctavoNoteListPane, stack);
  gtk_widget_class_bind_template_child (widget_class, OctavoNoteListPane, list_view);
  gtk_widget_class_bind_template_child (widget_class, OctavoNoteListPane, sort_menu);
  gtk_widget_class_bind_template_child (widget_class, OctavoNoteListPane, row_menu);
  gtk_widget_class_bind_template_child (widget_class, OctavoNoteListPane, rows_menu);
  gtk_widget_class_bind_template_callback (widget_class, octavo_note_list_pane_on_activate);
  gtk_widget_class_bind_template_callback (widget_class, octavo_note_list_pane_on_clicked);
  gtk_widget_class_bind_template_callback (widget_class, octavo_note_list_pane_on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, octavo_note_list_pane_on_search_key);
  gtk_widget_class_bind_template_callback (widget_class, octavo_note_list_pane_on_list_key);
  gtk_widget_class_bind_template_callback (widget_class, octavo_note_list_pane_go_to_first);
  gtk_widget_class_bind_template_callback (widget_class, octavo_note_list_pane_leave_search);
}

static void
octavo_note_list_pane_class_init (OctavoNoteListPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->constructed = octavo_note_list_pane_constructed;
  object_class->dispose = octavo_note_list_pane_dispose;
  object_class->finalize = octavo_note_list_pane_finalize;
  object_class->get_property = octavo_note_list_pane_get_property;
  object_class->set_property = octavo_note_list_pane_set_property;

  properties[PROP_STORE] = g_param_spec_object ("store", NULL, NULL, OCTAVO_TYPE_STORE, flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_SHOW_BACK] = g_param_spec_boolean ("show-back", NULL, NULL, FALSE, flags);
  properties[PROP_SHOW_START_TITLE_BUTTONS] =
      g_param_spec_boolean ("show-start-title-buttons", NULL, NULL, TRUE, flags);
  properties[PROP_SHOW_END_TITLE_BUTTONS] = g_param_spec_boolean ("show-end-title-buttons", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[CLICKED] = g_signal_new ("clicked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_INT64);

  octavo_note_list_pane_bind_template (GTK_WIDGET_CLASS (klass));
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static char *
dup_today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%F");

  return g_strdup_printf ("%s %s", day, g_time_zone_get_identifier (g_date_time_get_timezone (now)));
}

static void
octavo_note_list_pane_init (OctavoNoteListPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->today = dup_today ();
  octavo_menu_button_set_menu (GTK_MENU_BUTTON (self->sort_button), self->sort_menu);
  gtk_widget_add_controller (self->list_view, octavo_actions_make_shortcuts (OCTAVO_KEYS_LIST));
  octavo_context_menu_add (GTK_WIDGET (self), self->list_view, octavo_note_list_pane_choose_for_menu);
}

/**
 * octavo_note_list_pane_get_list:
 *
 * Returns: (transfer none): the notes that are shown
 */
OctavoNoteList *
octavo_note_list_pane_get_list (OctavoNoteListPane *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_LIST_PANE (self), NULL);

  return self->list;
}

/**
 * octavo_note_list_pane_get_selection:
 *
 * Returns: (transfer none): which of them is selected
 */
OctavoNoteSelection *
octavo_note_list_pane_get_selection (OctavoNoteListPane *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_LIST_PANE (self), NULL);

  return self->selection;
}

/**
 * octavo_note_list_pane_get_groups:
 *
 * Returns: (transfer none): how they are grouped
 */
OctavoListGroups *
octavo_note_list_pane_get_groups (OctavoNoteListPane *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_LIST_PANE (self), NULL);

  return self->groups;
}

/**
 * octavo_note_list_pane_set_place:
 * @scope: which notes to show
 * @name: what the place is called
 *
 * Shows the notes of another place; a search goes on there.
 */
void
octavo_note_list_pane_set_place (OctavoNoteListPane *self, const OctavoScope *scope, const char *name)
{
  g_return_if_fail (OCTAVO_IS_NOTE_LIST_PANE (self));

  g_free (self->place_name);
  self->place_name = g_strdup (name);
  octavo_note_list_set_scope (self->list, scope);
  octavo_note_list_pane_update_page (self);
}

/**
 * octavo_note_list_pane_search:
 * @query: what to look for
 *
 * Searches as if @query had been typed.
 */
void
octavo_note_list_pane_search (OctavoNoteListPane *self, const char *query)
{
  g_return_if_fail (OCTAVO_IS_NOTE_LIST_PANE (self));
  g_return_if_fail (query != NULL);

  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), query);
  octavo_note_list_pane_on_search_changed (self);
  gtk_editable_set_position (GTK_EDITABLE (self->search_entry), -1);
}

/**
 * octavo_note_list_pane_leave_search:
 *
 * Empties the search, and gives the focus back to the list where the entry had it.
 */
void
octavo_note_list_pane_leave_search (OctavoNoteListPane *self)
{
  GtkWidget *text;

  g_return_if_fail (OCTAVO_IS_NOTE_LIST_PANE (self));

  text = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->search_entry)));
  self->focus_list = self->focus_list || gtk_widget_has_focus (text);
  if (gtk_editable_get_text (GTK_EDITABLE (self->search_entry))[0] != '\0')
    octavo_note_list_pane_search (self, "");
  octavo_note_list_pane_grab_list (self);
}

/**
 * octavo_note_list_pane_retry:
 *
 * Asks for the notes once more.
 */
void
octavo_note_list_pane_retry (OctavoNoteListPane *self)
{
  OctavoScope scope;

  g_return_if_fail (OCTAVO_IS_NOTE_LIST_PANE (self));

  scope = *octavo_note_list_get_scope (self->list);
  octavo_note_list_set_scope (self->list, &scope);
}

/**
 * octavo_note_list_pane_refresh_dates:
 *
 * Says the dates of the rows anew, where a day has begun since they were last said, or another zone is that of the
 * system: somebody travels with the notes.
 */
void
octavo_note_list_pane_refresh_dates (OctavoNoteListPane *self)
{
  g_autofree char *today = dup_today ();

  g_return_if_fail (OCTAVO_IS_NOTE_LIST_PANE (self));

  if (g_str_equal (today, self->today))
    return;

  g_free (self->today);
  self->today = g_steal_pointer (&today);
  octavo_note_list_view_refresh_dates (OCTAVO_NOTE_LIST_VIEW (self->list_view));
}

/**
 * octavo_note_list_pane_grab_search:
 *
 * Moves the focus to the search entry and selects what is in it.
 */
void
octavo_note_list_pane_grab_search (OctavoNoteListPane *self)
{
  g_return_if_fail (OCTAVO_IS_NOTE_LIST_PANE (self));

  gtk_widget_grab_focus (self->search_entry);
  gtk_editable_select_region (GTK_EDITABLE (self->search_entry), 0, -1);
}

/**
 * octavo_note_list_pane_grab_list:
 *
 * Moves the focus to the selected row, to the first where none is, or to the search entry where there are none.
 */
void
octavo_note_list_pane_grab_list (OctavoNoteListPane *self)
{
  guint position = 0;

  g_return_if_fail (OCTAVO_IS_NOTE_LIST_PANE (self));

  octavo_note_selection_get_position (self->selection, &position);
  if (!octavo_note_list_view_focus_position (OCTAVO_NOTE_LIST_VIEW (self->list_view), position))
    gtk_widget_grab_focus (self->search_entry);
}

/**
 * octavo_note_list_pane_show_selected:
 *
 * Scrolls such that the selected row can be seen, as soon as it is in the list.
 */
void
octavo_note_list_pane_show_selected (OctavoNoteListPane *self)
{
  guint position;

  g_return_if_fail (OCTAVO_IS_NOTE_LIST_PANE (self));

  self->show_selected = !octavo_note_selection_get_position (self->selection, &position);
  if (self->show_selected)
    return;

  /* The focus follows where another row has it. */
  if (octavo_note_list_view_has_focus (OCTAVO_NOTE_LIST_VIEW (self->list_view)))
    octavo_note_list_view_focus_position (OCTAVO_NOTE_LIST_VIEW (self->list_view), position);
  else
    octavo_note_list_view_scroll_to (OCTAVO_NOTE_LIST_VIEW (self->list_view), position);
}

/**
 * octavo_note_list_pane_add_banner:
 * @self: a pane
 * @banner: (transfer floating): a line that says something about all notes
 *
 * Puts a banner above the search entry.
 */
void
octavo_note_list_pane_add_banner (OctavoNoteListPane *self, GtkWidget *banner)
{
  g_return_if_fail (OCTAVO_IS_NOTE_LIST_PANE (self));

  gtk_box_insert_child_after (GTK_BOX (self->content), banner, self->header);
}
