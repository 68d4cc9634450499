/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-note-row-factory.h"
#include "octavo-list-rows.h"
#include "octavo-note-row-widget.h"

#define QUERY "octavo-query"

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  gtk_list_item_set_child (list_item, octavo_note_row_widget_new ());
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  GtkWidget *child = gtk_list_item_get_child (list_item);
  OctavoNoteRow *row = gtk_list_item_get_item (list_item);
  g_autofree char *name = octavo_note_row_widget_dup_name (row);
  g_autofree char *description = octavo_note_row_widget_dup_description (row);

  octavo_note_row_widget_set_query (OCTAVO_NOTE_ROW_WIDGET (child), g_object_get_data (G_OBJECT (factory), QUERY));
  octavo_note_row_widget_set_row (OCTAVO_NOTE_ROW_WIDGET (child), row);
  /* What a screen reader sees is the row that the list made around the child. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (child)), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  octavo_note_row_widget_set_row (OCTAVO_NOTE_ROW_WIDGET (gtk_list_item_get_child (list_item)), NULL);
}

/**
 * octavo_note_row_factory_new:
 *
 * Makes a factory whose rows are an #OctavoNoteRowWidget each.
 *
 * Returns: (transfer full): the factory
 */
GtkListItemFactory *
octavo_note_row_factory_new (void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), NULL);

  return factory;
}

static void
set_query_of_row (GtkWidget *child, gpointer query)
{
  octavo_note_row_widget_set_query (OCTAVO_NOTE_ROW_WIDGET (child), query);
}

/**
 * octavo_note_row_factory_set_query:
 * @factory: a factory of note rows
 * @list_view: the #GtkListView that it makes them for
 * @query: (nullable): a query
 *
 * Marks what was looked for, in the rows that there are and in those to come. Nothing is looked for in a row before it
 * is drawn.
 */
void
octavo_note_row_factory_set_query (GtkListItemFactory *factory, GtkWidget *list_view, OctavoQuery *query)
{
  g_return_if_fail (GTK_IS_LIST_ITEM_FACTORY (factory));
  g_return_if_fail (GTK_IS_LIST_VIEW (list_view));

  octavo_list_rows_foreach (list_view, set_query_of_row, query);

  g_object_set_data_full (G_OBJECT (factory), QUERY, query != NULL ? octavo_query_ref (query) : NULL,
                          (GDestroyNotify) octavo_query_unref);
}
