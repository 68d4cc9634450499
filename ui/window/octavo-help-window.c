/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include "octavo-help-window.h"

#include "octavo-help-page.h"
#include "octavo-link.h"
#include "octavo-reading-view.h"
#include "octavo-text-style.h"
#include "octavo-transient.h"
#include "octavo-window-common.h"

#include <glib/gi18n-lib.h>

/* In a sandbox there is no way to the help of the desktop, and many have none. So the pages are in the program, and are
 * read as notes are. A link goes on to another page, from which one comes back; choosing from the list begins anew. */

struct _OctavoHelpWindow
{
  AdwWindow parent_instance;

  AdwLeaflet *leaflet;
  GtkWidget *list_page;
  GtkWidget *reading_page;
  GtkWidget *back_button;
  GtkWidget *language;
  GtkEditable *entry;
  GtkListBox *list;
  OctavoReadingView *view;

  guint page;
  guint hit;     /* where to look for the next one in its text */
  GArray *trail; /* of Place: where links led away from */
};

typedef struct
{
  guint page;
  guint top; /* the piece at the top */
} Place;

G_DEFINE_FINAL_TYPE (OctavoHelpWindow, octavo_help_window, ADW_TYPE_WINDOW)

static gboolean
is_list_hidden (OctavoHelpWindow *self)
{
  return adw_leaflet_get_folded (self->leaflet) && adw_leaflet_get_visible_child (self->leaflet) == self->reading_page;
}

static void
update_back (OctavoHelpWindow *self)
{
  gtk_widget_set_sensitive (self->back_button, self->trail->len > 0 || is_list_hidden (self));
}

/* ---- What is shown ---- */

static guint
find_piece (OctavoMarkdownDocument *document, guint place)
{
  guint piece = 0;

  while (piece + 1 < octavo_markdown_document_get_n_pieces (document) &&
         octavo_markdown_document_get_piece (document, piece)->end < place)
    piece++;
  return piece;
}

/* Goes to the next place that has what is looked for. */
static void
show_hit (OctavoHelpWindow *self)
{
  OctavoMarkdownDocument *document = octavo_reading_view_get_document (self->view);
  const char *query = gtk_editable_get_text (self->entry);
  guint start, end;

  if (!octavo_help_page_find_hit (document, query, self->hit, &start, &end))
    return;
  octavo_reading_view_select (self->view, start, end);
  octavo_reading_view_scroll_to (self->view, find_piece (document, start));
  self->hit = end;
}

static void
show_page (OctavoHelpWindow *self, guint page, guint top)
{
  g_autoptr (OctavoMarkdownDocument) document = octavo_help_page_read (page);
  g_autofree char *title = octavo_help_page_dup_title (page);

  self->page = page;
  self->hit = 0;
  octavo_reading_view_set_document (self->view, document, top);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, (int) page));
  update_back (self);
}

static void
begin_with (OctavoHelpWindow *self, guint page)
{
  g_array_set_size (self->trail, 0);
  show_page (self, page, 0);
  if (gtk_editable_get_text (self->entry)[0] != '\0')
    show_hit (self);
}

static void
show_reading (OctavoHelpWindow *self)
{
  adw_leaflet_set_visible_child (self->leaflet, self->reading_page);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* ---- Going about ---- */

static void
on_row_selected (OctavoHelpWindow *self, GtkListBoxRow *row)
{
  if (row != NULL && (guint) gtk_list_box_row_get_index (row) != self->page)
    begin_with (self, (guint) gtk_list_box_row_get_index (row));
}

static void
on_row_activated (OctavoHelpWindow *self)
{
  show_reading (self);
}

static void
on_link (OctavoHelpWindow *self, const char *address)
{
  g_autoptr (OctavoLink) link = octavo_link_new_from_uri (address);
  Place here = { self->page, octavo_reading_view_get_top (self->view) };
  guint page = link->kind == OCTAVO_LINK_HEADING ? octavo_help_page_find_title (link->target) : OCTAVO_HELP_NO_PAGE;

  if (page != OCTAVO_HELP_NO_PAGE)
    {
      g_array_append_val (self->trail, here);
      show_page (self, page, 0);
      gtk_widget_grab_focus (GTK_WIDGET (self->view));
    }
  else if (link->kind == OCTAVO_LINK_ADDRESS)
    gtk_show_uri (GTK_WINDOW (self), link->target, GDK_CURRENT_TIME);
}

static void
go_back (OctavoHelpWindow *self)
{
  if (self->trail->len > 0)
    {
      Place place = g_array_index (self->trail, Place, self->trail->len - 1);

      g_array_set_size (self->trail, self->trail->len - 1);
      show_page (self, place.page, place.top);
      gtk_widget_grab_focus (GTK_WIDGET (self->view));
    }
  else if (is_list_hidden (self))
    {
      adw_leaflet_set_visible_child (self->leaflet, self->list_page);
      gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_selected_row (self->list)));
    }
}

static gboolean
on_back_key (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  go_back (OCTAVO_HELP_WINDOW (widget));
  return GDK_EVENT_STOP;
}

/* ---- Looking for words ---- */

static gboolean
is_wanted (OctavoHelpWindow *self, guint page)
{
  g_autoptr (OctavoMarkdownDocument) document = octavo_help_page_read (page);

  return octavo_help_page_has (document, gtk_editable_get_text (self->entry));
}

/* The page that is shown stays as long as it is one of those that are listed. Rows are not filtered by the list: a
 * screen reader would go on reading them. */
static void
on_search_changed (OctavoHelpWindow *self)
{
  guint wanted = OCTAVO_HELP_NO_PAGE;

  for (guint i = 0; i < octavo_help_page_get_n_pages (); i++)
    {
      gboolean is_listed = is_wanted (self, i);

      gtk_widget_set_visible (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, (int) i)), is_listed);
      if (is_listed && (wanted == OCTAVO_HELP_NO_PAGE || i == self->page))
        wanted = i;
    }
  octavo_reading_view_select (self->view, 0, 0);
  if (wanted != OCTAVO_HELP_NO_PAGE && gtk_editable_get_text (self->entry)[0] != '\0')
    begin_with (self, wanted);
}

static void
on_search_activated (OctavoHelpWindow *self)
{
  show_hit (self);
  adw_leaflet_set_visible_child (self->leaflet, self->reading_page);
}

/* Escape goes one step back: out of the search, and then out of the help. */
static void
on_search_stopped (OctavoHelpWindow *self)
{
  if (gtk_editable_get_text (self->entry)[0] != '\0')
    gtk_editable_set_text (self->entry, "");
  else
    gtk_window_close (GTK_WINDOW (self));
}

static gboolean
on_find_key (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  OctavoHelpWindow *self = OCTAVO_HELP_WINDOW (widget);

  adw_leaflet_set_visible_child (self->leaflet, self->list_page);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  return GDK_EVENT_STOP;
}

/* ---- As an object ---- */

static void
fill_list (OctavoHelpWindow *self)
{
  for (guint i = 0; i < octavo_help_page_get_n_pages (); i++)
    {
      g_autofree char *title = octavo_help_page_dup_title (i);
      GtkWidget *label = gtk_label_new (title);
      GtkWidget *row = gtk_list_box_row_new ();

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
      gtk_list_box_append (self->list, row);
    }
}

static void
octavo_help_window_finalize (GObject *object)
{
  g_array_unref (OCTAVO_HELP_WINDOW (object)->trail);
  G_OBJECT_CLASS (octavo_help_window_parent_class)->finalize (object);
}

static void
octavo_help_window_class_init (OctavoHelpWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = octavo_help_window_finalize;
  g_type_ensure (OCTAVO_TYPE_READING_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, APPLICATION_PATH "/ui/octavo-help-window.ui");
  gtk_widget_class_bind_template_child (widget_class, OctavoHelpWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, OctavoHelpWindow, list_page);
  gtk_widget_class_bind_template_child (widget_class, OctavoHelpWindow, reading_page);
  gtk_widget_class_bind_template_child (widget_class, OctavoHelpWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, OctavoHelpWindow, language);
  gtk_widget_class_bind_template_child (widget_class, OctavoHelpWindow, entry);
  gtk_widget_class_bind_template_child (widget_class, OctavoHelpWindow, list);
  gtk_widget_class_bind_template_child (widget_class, OctavoHelpWindow, view);
  gtk_widget_class_bind_template_callback (widget_class, update_back);
  gtk_widget_class_bind_template_callback (widget_class, go_back);
  gtk_widget_class_bind_template_callback (widget_class, on_link);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped);
  octavo_window_common_install_zoom (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, on_find_key, NULL);
}

/* Before the leaflet hears it, which knows of no page but the list and the one that is shown. */
static void
add_back_key (OctavoHelpWindow *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Left, GDK_ALT_MASK),
                                                          gtk_callback_action_new (on_back_key, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
octavo_help_window_init (OctavoHelpWindow *self)
{
  OctavoTextStyle *style = octavo_text_style_get ();

  self->trail = g_array_new (FALSE, FALSE, sizeof (Place));
  self->page = OCTAVO_HELP_NO_PAGE;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), OCTAVO_TEXT_STYLE_CLASS);
  octavo_text_style_bind_width (style, G_OBJECT (gtk_widget_get_parent (GTK_WIDGET (self->view))));
  octavo_text_style_add_scroll (style, self->reading_page);
  /* who reads this in English needs not be told */
  gtk_widget_set_visible (self->language,
                          !g_str_equal (_ ("The help is in English so far."), "The help is in English so far."));
  fill_list (self);
  add_back_key (self);
}

/* (nullable): one window of the help is enough over each other window */
static OctavoHelpWindow *
find_over (GtkWindow *over)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *link = windows; link != NULL; link = link->next)
    if (OCTAVO_IS_HELP_WINDOW (link->data) && gtk_window_get_transient_for (link->data) == over)
      return link->data;
  return NULL;
}

/**
 * octavo_help_window_present:
 * @over: the window that it is asked for in
 * @page: what a page is called in the program
 *
 * Shows a page of the help.
 *
 * Returns: (transfer none): the window, which was there or was made
 */
OctavoHelpWindow *
octavo_help_window_present (GtkWindow *over, const char *page)
{
  OctavoHelpWindow *self;
  guint wanted = octavo_help_page_find (page);

  g_return_val_if_fail (GTK_IS_WINDOW (over), NULL);
  g_return_val_if_fail (wanted != OCTAVO_HELP_NO_PAGE, NULL);

  self = find_over (over);
  if (self == NULL)
    {
      self = g_object_new (OCTAVO_TYPE_HELP_WINDOW, NULL);
      octavo_transient_set_over (GTK_WINDOW (self), over);
    }
  if (wanted != self->page)
    begin_with (self, wanted);
  show_reading (self);
  gtk_window_present (GTK_WINDOW (self));
  return self;
}

/**
 * octavo_help_window_get_page:
 * @self: a window of the help
 *
 * Returns: what the page that it shows is called in the program
 */
const char *
octavo_help_window_get_page (OctavoHelpWindow *self)
{
  g_return_val_if_fail (OCTAVO_IS_HELP_WINDOW (self), NULL);

  return octavo_help_page_get_id (self->page);
}
