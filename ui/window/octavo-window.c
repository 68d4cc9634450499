/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-list-title.h"
#include "octavo-menu-button.h"
#include "octavo-selection-page.h"
#include "octavo-window-common.h"
#include "octavo-window-private.h"

#define EDITOR_WIDTH 440 /* pixels: with less the sidebar goes first */

/* The window joins its panes: which note the list has selected the editor shows, and which pane is to be seen where
 * there is room for one alone. What each pane shows is the pane's own business. */
enum
{
  PROP_0,
  PROP_BUFFERS,
  N_PROPS
};

enum
{
  SIGNAL_SETTLED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OctavoWindow, octavo_window, ADW_TYPE_APPLICATION_WINDOW)

/* ---- The note ---- */

/* The note that actions are about: the selected one, or the open one where none is selected; 0 for none. */
gint64
octavo_window_get_current_id (OctavoWindow *self)
{
  gint64 id = octavo_note_selection_get_selected_id (self->selection);

  return id != 0 ? id : octavo_editor_get_note_id (self->editor);
}

/* The row of that note, where the editor does not show it yet. (transfer full) (nullable) */
static OctavoNoteRow *
octavo_window_get_current_row (OctavoWindow *self)
{
  guint position;

  if (octavo_editor_get_note_id (self->editor) == octavo_window_get_current_id (self) ||
      !octavo_note_selection_get_position (self->selection, &position))
    return NULL;
  return g_list_model_get_item (G_LIST_MODEL (self->selection), position);
}

/* Whether that note is in the trash. */
gboolean
octavo_window_is_current_trashed (OctavoWindow *self)
{
  g_autoptr (OctavoNoteRow) row = octavo_window_get_current_row (self);

  return row != NULL ? octavo_note_row_get_trashed (row) != 0 : octavo_editor_get_trashed (self->editor);
}

/* Whether it is pinned. */
gboolean
octavo_window_is_current_pinned (OctavoWindow *self)
{
  g_autoptr (OctavoNoteRow) row = octavo_window_get_current_row (self);

  return row != NULL ? octavo_note_row_get_pinned (row) : octavo_editor_get_pinned (self->editor);
}

static void
octavo_window_update_title (OctavoWindow *self)
{
  const char *title = octavo_editor_get_has_note (self->editor) ? octavo_editor_get_note_title (self->editor) : NULL;
  g_autofree char *selected = NULL;
  g_autofree char *text = NULL;

  if (octavo_window_has_several (self))
    title = selected = octavo_list_title_describe_selected (octavo_note_selection_get_n_selected (self->selection));
  text = octavo_window_common_make_title (title);
  gtk_window_set_title (GTK_WINDOW (self), text);
}

static void
octavo_window_update_note (OctavoWindow *self)
{
  gboolean has_note = octavo_editor_get_has_note (self->editor) && !octavo_window_has_several (self);
  gboolean trashed = octavo_window_is_current_trashed (self);

  gtk_widget_set_visible (self->pin_button, has_note && !trashed);
  gtk_widget_set_visible (self->trash_button, has_note && !trashed);
  gtk_widget_set_visible (self->restore_button, has_note && trashed);
  gtk_widget_set_visible (self->delete_button, has_note && trashed);
  gtk_widget_set_visible (self->note_menu_button, has_note);
  octavo_window_update_title (self);
  octavo_window_update_actions (self);
}

/* A new note is left before it was saved by itself. */
void
octavo_window_end_creating (OctavoWindow *self)
{
  g_autofree char *tag = g_steal_pointer (&self->new_note_tag);

  self->creating = FALSE;
  if (tag != NULL && octavo_editor_flush (self->editor, NULL) && octavo_editor_get_note_id (self->editor) != 0)
    octavo_window_add_tag (self, octavo_editor_get_note_id (self->editor), tag);
}

static void
octavo_window_on_selected (OctavoWindow *self)
{
  gint64 id = octavo_note_selection_get_selected_id (self->selection);

  if (id != 0 && self->creating)
    octavo_window_end_creating (self);
  if (!self->creating && id != octavo_editor_get_note_id (self->editor) && !octavo_window_has_several (self))
    octavo_editor_open (self->editor, id);
  octavo_note_list_pane_show_selected (self->list_pane);
  octavo_window_update_note (self);
}

/* A page about all of them takes the place of the note while several are selected. */
static void
octavo_window_on_n_selected (OctavoWindow *self)
{
  gint64 id = octavo_note_selection_get_selected_id (self->selection);
  gboolean several = octavo_window_has_several (self);

  if (several && self->selection_page == NULL)
    {
      self->selection_page = octavo_selection_page_new (self->selection);
      gtk_box_append (GTK_BOX (self->editor_box), self->selection_page);
    }
  if (self->selection_page != NULL)
    gtk_widget_set_visible (self->selection_page, several);
  gtk_widget_set_visible (GTK_WIDGET (self->editor), !several);
  if (several && self->creating)
    octavo_window_end_creating (self);
  if (!several && !self->creating && id != octavo_editor_get_note_id (self->editor))
    octavo_editor_open (self->editor, id);
  octavo_window_update_note (self);
}

/* A new note got its id: from now on it is one of the list. */
static void
octavo_window_on_note_id (OctavoWindow *self)
{
  gint64 id = octavo_editor_get_note_id (self->editor);

  if (self->creating && id != 0)
    {
      if (self->new_note_tag != NULL)
        octavo_window_add_tag (self, id, self->new_note_tag);
      g_clear_pointer (&self->new_note_tag, g_free);
      self->creating = FALSE;
      octavo_note_selection_select_id (self->selection, id);
    }
  octavo_window_update_hits (self);
  octavo_window_update_note (self);
}

static void
octavo_window_on_list_changed (OctavoWindow *self)
{
  octavo_window_update_actions (self);
}

/* The window comes up with the first note open, so that there is something to look at, and the focus in the list. */
static void
octavo_window_on_settled (OctavoWindow *self)
{
  if (self->settled)
    return;

  self->settled = TRUE;
  if (!adw_leaflet_get_folded (self->inner) && !self->creating &&
      octavo_note_selection_get_selected_id (self->selection) == 0 && !octavo_editor_get_has_note (self->editor))
    octavo_note_selection_select_id (self->selection, octavo_window_get_first_note (self));
  if (!octavo_editor_get_has_note (self->editor))
    octavo_editor_open (self->editor, 0);
  /* GTK gave the focus to the first button; who types already is left alone. */
  if (!GTK_IS_EDITABLE (gtk_window_get_focus (GTK_WINDOW (self))) && !octavo_window_has_focus_in (self, self->editor))
    octavo_note_list_pane_grab_list (self->list_pane);
  g_signal_emit (self, signals[SIGNAL_SETTLED], 0);
}

static void
octavo_window_on_note_activated (OctavoWindow *self, gint64 id)
{
  octavo_window_show_editor (self);
  octavo_window_show_first_hit (self);
  octavo_editor_grab_text (self->editor);
}

static void
octavo_window_on_note_clicked (OctavoWindow *self, gint64 id)
{
  octavo_window_show_first_hit (self);
  if (adw_leaflet_get_folded (self->inner))
    octavo_window_show_editor (self);
}

static void
octavo_window_on_scope_changed (OctavoWindow *self)
{
  octavo_window_forget_place (self);
  octavo_note_list_pane_set_place (self->list_pane, octavo_sidebar_get_scope (self->sidebar),
                                   octavo_sidebar_get_place_name (self->sidebar));
  octavo_window_run_search (self);
}

static void
octavo_window_on_place_activated (OctavoWindow *self)
{
  octavo_window_show_list (self);
  octavo_note_list_pane_grab_list (self->list_pane);
}

static void
octavo_window_on_place_clicked (OctavoWindow *self)
{
  if (adw_leaflet_get_folded (self->outer))
    octavo_window_show_list (self);
}

static void
octavo_window_on_is_active (OctavoWindow *self)
{
  if (gtk_window_is_active (GTK_WINDOW (self)))
    octavo_note_list_pane_refresh_dates (self->list_pane);
}

/* The first frame may come before the first notes do: what is not on it waits for these as well. */
static void
octavo_window_on_painted (OctavoWindow *self, GdkFrameClock *clock)
{
  if (octavo_note_list_get_loading (octavo_note_list_pane_get_list (self->list_pane)))
    return;

  g_signal_handlers_disconnect_by_func (clock, octavo_window_on_painted, self);
  octavo_sidebar_fill (self->sidebar);
  octavo_window_restore_place (self);
}

static void
octavo_window_realize (GtkWidget *widget)
{
  OctavoWindow *self = OCTAVO_WINDOW (widget);

  GTK_WIDGET_CLASS (octavo_window_parent_class)->realize (widget);

  if (!self->realized)
    g_signal_connect_object (gtk_widget_get_frame_clock (widget), "after-paint", G_CALLBACK (octavo_window_on_painted),
                             self, G_CONNECT_SWAPPED);
  self->realized = TRUE;
}

static gboolean
octavo_window_close_request (GtkWindow *window)
{
  OctavoWindow *self = OCTAVO_WINDOW (window);

  if (!octavo_window_common_may_close (window, self->editor, self->buffers))
    return GDK_EVENT_STOP;
  return GTK_WINDOW_CLASS (octavo_window_parent_class)->close_request (window);
}

/* ---- Object ---- */

static GtkSizeRequestMode
octavo_window_get_editor_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

/* The outer leaflet folds when the natural widths of all panes no longer fit. That of a text is the width of its
 * longest line, which says nothing about how much room is enough to write in. */
static void
octavo_window_measure_editor (GtkWidget *widget,
                              GtkOrientation orientation,
                              int for_size,
                              int *minimum,
                              int *natural,
                              int *minimum_baseline,
                              int *natural_baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  gtk_widget_measure (child, orientation, for_size, minimum, natural, minimum_baseline, natural_baseline);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MAX (*minimum, EDITOR_WIDTH);
}

static void
octavo_window_allocate_editor (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_allocate (gtk_widget_get_first_child (widget), width, height, baseline, NULL);
}

static void
octavo_window_make_panes (OctavoWindow *self)
{
  AdwLeafletPage *page;

  self->sidebar = g_object_new (OCTAVO_TYPE_SIDEBAR, "store", self->store, "width-request", 200, NULL);
  page = adw_leaflet_prepend (self->outer, GTK_WIDGET (self->sidebar));
  adw_leaflet_page_set_name (page, "sidebar");

  self->list_pane = g_object_new (OCTAVO_TYPE_NOTE_LIST_PANE, "store", self->store, "width-request", 300, NULL);
  gtk_widget_set_layout_manager (self->editor_page,
                                 gtk_custom_layout_new (octavo_window_get_editor_mode, octavo_window_measure_editor,
                                                        octavo_window_allocate_editor));
  page = adw_leaflet_prepend (self->inner, GTK_WIDGET (self->list_pane));
  adw_leaflet_page_set_name (page, "list");
  self->selection = g_object_ref (octavo_note_list_pane_get_selection (self->list_pane));

  self->editor = OCTAVO_EDITOR (octavo_editor_new (self->buffers));
  g_object_set (self->editor, "vexpand", TRUE, "hexpand", TRUE, NULL);
  gtk_box_append (GTK_BOX (self->editor_box), GTK_WIDGET (self->editor));

  adw_leaflet_set_visible_child (self->inner, GTK_WIDGET (self->list_pane));
  adw_leaflet_set_visible_child (self->outer, GTK_WIDGET (self->inner));
}

static void
octavo_window_connect (OctavoWindow *self, gpointer object, const char *signal, GCallback callback)
{
  g_signal_connect_object (object, signal, callback, self, G_CONNECT_SWAPPED);
}

static void
octavo_window_constructed (GObject *object)
{
  OctavoWindow *self = OCTAVO_WINDOW (object);
  OctavoNoteList *list;

  G_OBJECT_CLASS (octavo_window_parent_class)->constructed (object);

  self->store = octavo_note_buffers_get_store (self->buffers);
  octavo_window_make_panes (self);
  octavo_window_make_user_button (self);
  octavo_window_add_actions (self);
  octavo_window_accept_drops (self);
  octavo_window_init_rename (self);
  octavo_window_add_history (self);
  octavo_window_add_find_keys (self);
  octavo_window_add_places (self);
  octavo_window_add_searches (self);

  list = octavo_note_list_pane_get_list (self->list_pane);
  octavo_window_connect (self, self->sidebar, "scope-changed", G_CALLBACK (octavo_window_on_scope_changed));
  octavo_window_connect (self, self->sidebar, "activated", G_CALLBACK (octavo_window_on_place_activated));
  octavo_window_connect (self, self->sidebar, "clicked", G_CALLBACK (octavo_window_on_place_clicked));
  octavo_window_connect (self, self->sidebar, "menu-closed", G_CALLBACK (octavo_window_on_main_menu_closed));
  octavo_window_connect (self, self->list_pane, "activated", G_CALLBACK (octavo_window_on_note_activated));
  octavo_window_connect (self, self->list_pane, "clicked", G_CALLBACK (octavo_window_on_note_clicked));
  octavo_window_connect (self, list, "items-changed", G_CALLBACK (octavo_window_on_list_changed));
  octavo_window_connect (self, list, "notify::loading", G_CALLBACK (octavo_window_update_hits));
  octavo_window_connect (self, list, "settled", G_CALLBACK (octavo_window_on_settled));
  octavo_window_connect (self, self->selection, "notify::selected-id", G_CALLBACK (octavo_window_on_selected));
  octavo_window_connect (self, self->selection, "notify::n-selected", G_CALLBACK (octavo_window_on_n_selected));
  octavo_window_connect (self, self->editor, "notify::note-id", G_CALLBACK (octavo_window_on_note_id));
  octavo_window_connect (self, self->editor, "notify::note-title", G_CALLBACK (octavo_window_update_title));
  octavo_window_connect (self, self->editor, "notify::pinned", G_CALLBACK (octavo_window_update_note));
  octavo_window_connect (self, self->editor, "notify::trashed", G_CALLBACK (octavo_window_update_note));
  octavo_window_connect (self, self->editor, "notify::has-note", G_CALLBACK (octavo_window_update_note));

  octavo_window_on_scope_changed (self);
  octavo_window_update_folding (self);
  octavo_window_update_note (self);
}

/* What was done here and what is said of it. */
static void
drop_undos (OctavoWindow *self)
{
  g_clear_pointer (&self->backup_undo, octavo_backup_undo_free);
  g_clear_pointer (&self->undos, g_ptr_array_unref);
}

static void
octavo_window_dispose (GObject *object)
{
  OctavoWindow *self = OCTAVO_WINDOW (object);

  octavo_window_drop_history (self);
  drop_undos (self);
  g_cancellable_cancel (self->exchange);
  g_clear_object (&self->exchange);
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (self->chooser);
  g_clear_object (&self->chooser);
  g_clear_object (&self->focus_mode);
  g_clear_weak_pointer (&self->focus_before_menu);
  g_clear_pointer (&self->run_query, g_free);
  g_clear_object (&self->selection);

  G_OBJECT_CLASS (octavo_window_parent_class)->dispose (object);
}

static void
octavo_window_finalize (GObject *object)
{
  OctavoWindow *self = OCTAVO_WINDOW (object);

  g_free (self->new_note_tag);
  g_clear_object (&self->buffers);

  G_OBJECT_CLASS (octavo_window_parent_class)->finalize (object);
}

static void
octavo_window_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  OctavoWindow *self = OCTAVO_WINDOW (object);

  switch (prop_id)
    {
    case PROP_BUFFERS:
      self->buffers = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
octavo_window_class_init (OctavoWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = octavo_window_constructed;
  object_class->dispose = octavo_window_dispose;
  object_class->finalize = octavo_window_finalize;
  object_class->set_property = octavo_window_set_property;
  widget_class->realize = octavo_window_realize;
  octavo_window_install_links (widget_class);
  octavo_window_install_rename (widget_class);
  GTK_WINDOW_CLASS (klass)->close_request = octavo_window_close_request;

  properties[PROP_BUFFERS] = g_param_spec_object ("buffers", NULL, NULL, OCTAVO_TYPE_NOTE_BUFFERS,
                                                  G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_SETTLED] =
      g_signal_new ("settled", OCTAVO_TYPE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (OCTAVO_TYPE_TOAST_OVERLAY);
  gtk_widget_class_set_template_from_resource (widget_class, APPLICATION_PATH "/ui/octavo-window.ui");
  gtk_widget_class_bind_template_child (widget_class, OctavoWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, OctavoWindow, outer);
  gtk_widget_class_bind_template_child (widget_class, OctavoWindow, inner);
  gtk_widget_class_bind_template_child (widget_class, OctavoWindow, sidebar_separator);
  gtk_widget_class_bind_template_child (widget_class, OctavoWindow, list_separator);
  gtk_widget_class_bind_template_child (widget_class, OctavoWindow, editor_page);
  gtk_widget_class_bind_template_child (widget_class, OctavoWindow, editor_box);
  gtk_widget_class_bind_template_child (widget_class, OctavoWindow, editor_header);
  gtk_widget_class_bind_template_child (widget_class, OctavoWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, OctavoWindow, pin_button);
  gtk_widget_class_bind_template_child (widget_class, OctavoWindow, trash_button);
  gtk_widget_class_bind_template_child (widget_class, OctavoWindow, restore_button);
  gtk_widget_class_bind_template_child (widget_class, OctavoWindow, delete_button);
  gtk_widget_class_bind_template_child (widget_class, OctavoWindow, note_menu_button);
  gtk_widget_class_bind_template_child (widget_class, OctavoWindow, note_menu);
  gtk_widget_class_bind_template_callback (widget_class, octavo_window_update_folding);
  gtk_widget_class_bind_template_callback (widget_class, octavo_window_on_is_active);
  gtk_widget_class_bind_template_callback (widget_class, octavo_window_on_focus);
}

static void
octavo_window_init (OctavoWindow *self)
{
  self->sidebar_wanted = TRUE;
  self->undos = octavo_window_make_undos ();

  gtk_widget_init_template (GTK_WIDGET (self));
  octavo_window_common_keep_focus (GTK_WINDOW (self));
  octavo_menu_button_set_menu (GTK_MENU_BUTTON (self->note_menu_button), self->note_menu);
}

/**
 * octavo_window_new:
 * @application: the application it belongs to
 * @buffers: the notes that are open, which all windows on a store share
 *
 * Makes a window that shows all notes.
 *
 * Returns: (transfer none): the window, owned by GTK
 */
GtkWindow *
octavo_window_new (GtkApplication *application, OctavoNoteBuffers *buffers)
{
  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (OCTAVO_IS_NOTE_BUFFERS (buffers), NULL);

  return g_object_new (OCTAVO_TYPE_WINDOW, "application", application, "buffers", buffers, NULL);
}

/**
 * octavo_window_find_last:
 * @application: an application
 *
 * Returns: (transfer none) (nullable): the window of all notes that was used last
 */
OctavoWindow *
octavo_window_find_last (GtkApplication *application)
{
  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);

  for (GList *link = gtk_application_get_windows (application); link != NULL; link = link->next)
    if (OCTAVO_IS_WINDOW (link->data))
      return link->data;
  return NULL;
}

/**
 * octavo_window_open_note:
 * @id: a note
 *
 * Shows a note as if its row had been activated, whether it is in the list now or not.
 */
void
octavo_window_open_note (OctavoWindow *self, gint64 id)
{
  g_return_if_fail (OCTAVO_IS_WINDOW (self));
  g_return_if_fail (id > 0);

  octavo_window_settle_history (self);
  octavo_note_selection_select_id (self->selection, id);
  octavo_window_settle_history (self);
  octavo_window_on_note_activated (self, id);
}

/**
 * octavo_window_search:
 * @query: what to look for, in the grammar of the search entry
 *
 * Shows what a search of all notes finds, with the focus in the search entry.
 */
void
octavo_window_search (OctavoWindow *self, const char *query)
{
  const OctavoScope all = { .place = OCTAVO_PLACE_ALL };

  g_return_if_fail (OCTAVO_IS_WINDOW (self));
  g_return_if_fail (query != NULL);

  octavo_sidebar_set_scope (self->sidebar, &all);
  octavo_window_show_list (self);
  octavo_note_list_pane_search (self->list_pane, query);
  octavo_note_list_pane_grab_search (self->list_pane);
}

/* Begins a note with a title, or (NULL) with the focus in it. Made in the list of a tag it gets that tag; a search
 * ends, and so does the look into the trash, as the note would not be seen there. */
void
octavo_window_create_titled_note (OctavoWindow *self, const char *title)
{
  const OctavoScope *scope;
  const OctavoScope all = { .place = OCTAVO_PLACE_ALL };

  if (octavo_note_list_get_query (octavo_note_list_pane_get_list (self->list_pane))[0] != '\0')
    octavo_note_list_pane_search (self->list_pane, "");
  scope = octavo_sidebar_get_scope (self->sidebar);
  if (scope->place == OCTAVO_PLACE_TRASH)
    octavo_sidebar_set_scope (self->sidebar, &all);

  g_clear_pointer (&self->new_note_tag, g_free);
  if (scope->place == OCTAVO_PLACE_TAG)
    self->new_note_tag = g_strdup (octavo_sidebar_get_place_name (self->sidebar));

  octavo_window_settle_history (self);
  self->creating = TRUE;
  octavo_note_selection_select_id (self->selection, 0);
  octavo_editor_create (self->editor, self->user_id, title);
  octavo_window_show_editor (self);
  if (title == NULL)
    octavo_editor_grab_title (self->editor);
  else
    octavo_editor_grab_text (self->editor);
  octavo_window_update_note (self);
}

/**
 * octavo_window_create_note:
 *
 * Begins a new note, with the focus in its title. Made in the list of a tag it gets that tag; a search ends, and so
 * does the look into the trash, as the note would not be seen there.
 */
void
octavo_window_create_note (OctavoWindow *self)
{
  g_return_if_fail (OCTAVO_IS_WINDOW (self));

  octavo_window_create_titled_note (self, NULL);
}
