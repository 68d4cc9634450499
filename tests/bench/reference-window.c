/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-reference-window"

#include <adwaita.h>
#include <gtksourceview/gtksource.h>
#include <stdlib.h>

/* reference-window N: three panes with nothing behind them: a sidebar, a list of N rows that are made when they are
 * asked for, and a text. What such a window costs before there is a single note. */

struct _ReferenceRows
{
  GObject parent_instance;
  guint n_rows;
};

#define REFERENCE_TYPE_ROWS (reference_rows_get_type ())
G_DECLARE_FINAL_TYPE (ReferenceRows, reference_rows, REFERENCE, ROWS, GObject)

static GType
reference_rows_get_item_type (GListModel *model)
{
  return GTK_TYPE_STRING_OBJECT;
}

static guint
reference_rows_get_n_items (GListModel *model)
{
  return REFERENCE_ROWS (model)->n_rows;
}

static gpointer
reference_rows_get_item (GListModel *model, guint position)
{
  g_autofree char *text = g_strdup_printf ("Row %u of a list", position);

  return position < REFERENCE_ROWS (model)->n_rows ? gtk_string_object_new (text) : NULL;
}

static void
reference_rows_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = reference_rows_get_item_type;
  iface->get_n_items = reference_rows_get_n_items;
  iface->get_item = reference_rows_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ReferenceRows,
                               reference_rows,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, reference_rows_list_model_init))

static void
reference_rows_class_init (ReferenceRowsClass *klass)
{
}

static void
reference_rows_init (ReferenceRows *self)
{
}

static void
set_up_row (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_size_request (label, -1, 60);
  gtk_list_item_set_child (item, label);
}

static void
bind_row (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkStringObject *row = gtk_list_item_get_item (item);

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), gtk_string_object_get_string (row));
}

static GtkWidget *
make_list (guint n_rows)
{
  ReferenceRows *rows = g_object_new (REFERENCE_TYPE_ROWS, NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  rows->n_rows = n_rows;
  g_signal_connect (factory, "setup", G_CALLBACK (set_up_row), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row), NULL);
  return gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (rows))), factory);
}

static GtkWidget *
make_pane (GtkWidget *content, int width)
{
  GtkWidget *pane = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), content);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_widget_set_size_request (pane, width, -1);
  gtk_widget_set_hexpand (pane, width < 0);
  gtk_box_append (GTK_BOX (pane), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (pane), scroller);
  return pane;
}

static GtkWidget *
make_sidebar (void)
{
  GtkWidget *sidebar = gtk_list_box_new ();

  for (guint i = 0; i < 12; i++)
    {
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), "A place");
      gtk_list_box_append (GTK_LIST_BOX (sidebar), row);
    }
  return sidebar;
}

static void
activate (GApplication *application, gpointer n_rows)
{
  GtkWidget *window = adw_application_window_new (GTK_APPLICATION (application));
  GtkWidget *panes = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_window_set_title (GTK_WINDOW (window), "Reference");
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 680);
  gtk_box_append (GTK_BOX (panes), make_pane (make_sidebar (), 200));
  gtk_box_append (GTK_BOX (panes), make_pane (make_list (GPOINTER_TO_UINT (n_rows)), 300));
  gtk_box_append (GTK_BOX (panes), make_pane (gtk_source_view_new (), -1));
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), panes);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  g_autoptr (AdwApplication) application =
      adw_application_new ("io.github.octavo_notes.Reference", G_APPLICATION_NON_UNIQUE);
  guint n_rows = argc > 1 ? (guint) strtoul (argv[1], NULL, 10) : 0;

  g_signal_connect (application, "activate", G_CALLBACK (activate), GUINT_TO_POINTER (n_rows));
  return g_application_run (G_APPLICATION (application), 1, argv);
}
