/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <adwaita.h>

#include "octavo-list-pages.h"

/* What is said in place of a list. None of it is on the first frame, while a stack measures whatever it has: large
 * icons, and texts in fonts that nothing else needs. So each page is made when it is first to be seen. */

static GtkWidget *
make_page (const char *name, OctavoNoteListPane *pane)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new ();
  GtkBuilderCScope *scope = GTK_BUILDER_CSCOPE (gtk_builder_get_scope (builder));
  const char *ids[] = { name, NULL };
  g_autoptr (GError) error = NULL;

  gtk_builder_set_translation_domain (builder, GETTEXT_PACKAGE);
  gtk_builder_set_current_object (builder, G_OBJECT (pane));
  gtk_builder_cscope_add_callback (scope, octavo_note_list_pane_leave_search);
  gtk_builder_cscope_add_callback (scope, octavo_note_list_pane_retry);
  gtk_builder_add_objects_from_resource (builder, APPLICATION_PATH "/ui/octavo-list-pages.ui", ids, &error);
  g_assert_no_error (error);
  return g_object_ref (GTK_WIDGET (gtk_builder_get_object (builder, name)));
}

/**
 * octavo_list_pages_show:
 * @stack: where the page is shown
 * @name: the id of a page
 * @description: (nullable): what it says in detail, as markup; %NULL where it always says the same
 * @pane: whose notes are not shown: it hears of the page's buttons
 *
 * Shows a page, which is made where it was not shown before.
 */
void
octavo_list_pages_show (GtkStack *stack, const char *name, const char *description, OctavoNoteListPane *pane)
{
  GtkWidget *page;

  g_return_if_fail (GTK_IS_STACK (stack));
  g_return_if_fail (name != NULL);
  g_return_if_fail (OCTAVO_IS_NOTE_LIST_PANE (pane));

  page = gtk_stack_get_child_by_name (stack, name);
  if (page == NULL)
    {
      g_autoptr (GtkWidget) made = make_page (name, pane);

      gtk_stack_add_named (stack, made, name);
      page = made;
    }
  if (description != NULL)
    adw_status_page_set_description (ADW_STATUS_PAGE (page), description);
  gtk_stack_set_visible_child (stack, page);
}
