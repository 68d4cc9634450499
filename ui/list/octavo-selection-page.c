/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <adwaita.h>

#include "octavo-list-title.h"
#include "octavo-selection-page.h"

/* Its buttons are the actions of the window, as are those of the menu of a row. What cannot be done now is not shown.
 */
struct _OctavoSelectionPage
{
  GtkWidget parent_instance;

  OctavoNoteSelection *selection;
  GtkWidget *page;
};

G_DEFINE_FINAL_TYPE (OctavoSelectionPage, octavo_selection_page, GTK_TYPE_WIDGET)

static void
octavo_selection_page_update (OctavoSelectionPage *self)
{
  g_autofree char *title = octavo_list_title_describe_selected (octavo_note_selection_get_n_selected (self->selection));

  adw_status_page_set_title (ADW_STATUS_PAGE (self->page), title);
}

static void
octavo_selection_page_dispose (GObject *object)
{
  OctavoSelectionPage *self = OCTAVO_SELECTION_PAGE (object);

  g_clear_pointer (&self->page, gtk_widget_unparent);
  g_clear_object (&self->selection);

  G_OBJECT_CLASS (octavo_selection_page_parent_class)->dispose (object);
}

static void
octavo_selection_page_class_init (OctavoSelectionPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = octavo_selection_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, APPLICATION_PATH "/ui/octavo-selection-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OctavoSelectionPage, page);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

/* Where text is large a button may take two lines, and the window stays as narrow as it may be. */
static void
wrap_labels (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_ancestor (widget, GTK_TYPE_BUTTON) != NULL)
    g_object_set (widget, "wrap", TRUE, "justify", GTK_JUSTIFY_CENTER, "natural-wrap-mode", GTK_NATURAL_WRAP_NONE,
                  NULL);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    wrap_labels (child);
}

static void
octavo_selection_page_init (OctavoSelectionPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wrap_labels (self->page);
}

/**
 * octavo_selection_page_new:
 * @selection: the selected notes
 *
 * Returns: (transfer floating): a page that says how many they are
 */
GtkWidget *
octavo_selection_page_new (OctavoNoteSelection *selection)
{
  OctavoSelectionPage *self;

  g_return_val_if_fail (OCTAVO_IS_NOTE_SELECTION (selection), NULL);

  self = g_object_new (OCTAVO_TYPE_SELECTION_PAGE, "vexpand", TRUE, "hexpand", TRUE, NULL);
  self->selection = g_object_ref (selection);
  g_signal_connect_object (selection, "notify::n-selected", G_CALLBACK (octavo_selection_page_update), self,
                           G_CONNECT_SWAPPED);
  octavo_selection_page_update (self);
  return GTK_WIDGET (self);
}
