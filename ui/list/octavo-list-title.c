/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-list-title.h"

/**
 * octavo_list_title_describe_selected:
 * @n_selected: a number of notes
 *
 * Returns: (transfer full): that so many are selected
 */
char *
octavo_list_title_describe_selected (guint n_selected)
{
  return g_strdup_printf (ngettext ("%'u note selected", "%'u notes selected", n_selected), n_selected);
}

static char *
describe (OctavoNoteSelection *selection)
{
  OctavoNoteList *list = octavo_note_selection_get_list (selection);
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (list));
  guint n_selected = octavo_note_selection_get_n_selected (selection);

  if (n_items == 0 || !octavo_note_list_is_whole (list))
    return g_strdup ("");
  if (n_selected > 1)
    return octavo_list_title_describe_selected (n_selected);
  if (octavo_note_list_get_query (list)[0] != '\0')
    return g_strdup_printf (ngettext ("%'u found", "%'u found", n_items), n_items);
  return g_strdup_printf (ngettext ("%'u note", "%'u notes", n_items), n_items);
}

/**
 * octavo_list_title_update:
 * @title: what stands above a list
 * @selection: the notes of the list
 * @place: (nullable): what the place is called that it shows
 *
 * Says where one is, and how many notes are there. While the answer to another question is awaited the number stays.
 */
void
octavo_list_title_update (AdwWindowTitle *title, OctavoNoteSelection *selection, const char *place)
{
  OctavoNoteList *list;
  g_autofree char *subtitle = NULL;

  g_return_if_fail (ADW_IS_WINDOW_TITLE (title));
  g_return_if_fail (OCTAVO_IS_NOTE_SELECTION (selection));

  list = octavo_note_selection_get_list (selection);
  adw_window_title_set_title (title, place != NULL ? place : "");
  if (octavo_note_list_get_loading (list) && g_list_model_get_n_items (G_LIST_MODEL (list)) > 0)
    return; /* what is shown answers the question before */

  subtitle = describe (selection);
  adw_window_title_set_subtitle (title, subtitle);
}
