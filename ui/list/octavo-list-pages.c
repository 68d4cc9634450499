/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

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

#define MAX_SHOWN 60 /* characters of a query */

static char *
describe_nothing (const char *query, const char *place, gboolean is_whole)
{
  g_autofree char *shown = NULL;

  if (g_utf8_strlen (query, -1) > MAX_SHOWN)
    {
      g_autofree char *start = g_utf8_substring (query, 0, MAX_SHOWN - 1);

      shown = g_strconcat (start, "…", NULL);
    }
  else
    {
      shown = g_strdup (query);
    }

  /* Translators: of both sentences, the first is what was searched for, the second where: “All notes”, “Trash”, a tag.
   */
  return g_strdup_printf (is_whole ? _ ("There is no “%s” in “%s”.")
                                   : _ ("No “%s” has turned up in “%s” so far. Not all notes are indexed yet."),
                          shown, place);
}

static const char *
get_page_of (OctavoPlace place)
{
  switch (place)
    {
    case OCTAVO_PLACE_TRASH:
      return "trash";
    case OCTAVO_PLACE_TAG:
      return "tag";
    case OCTAVO_PLACE_UNTAGGED:
      return "untagged";
    case OCTAVO_PLACE_ALL:
    default:
      return "empty";
    }
}

/**
 * octavo_list_pages_show_nothing:
 * @stack: where the page is shown
 * @list: the notes, of which there are none
 * @place: (nullable): what the place is called that they are of
 * @pane: whose notes they are
 *
 * Says why there is nothing to see.
 */
void
octavo_list_pages_show_nothing (GtkStack *stack, OctavoNoteList *list, const char *place, OctavoNoteListPane *pane)
{
  const char *query = octavo_note_list_get_query (list);
  gboolean is_whole = octavo_note_list_get_n_missing (list) == 0;
  g_autofree char *text = NULL;
  g_autofree char *escaped = NULL;

  if (query[0] == '\0')
    {
      octavo_list_pages_show (stack, get_page_of (octavo_note_list_get_scope (list)->place), NULL, pane);
      return;
    }

  text = describe_nothing (query, place != NULL ? place : "", is_whole);
  escaped = g_markup_escape_text (text, -1);
  octavo_list_pages_show (stack, is_whole ? "nothing" : "nothing-yet", escaped, pane);
}
