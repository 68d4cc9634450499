/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-entry-dialog.h"
#include "octavo-saved-search-repository.h"
#include "octavo-window-private.h"

/* Searches that are kept: run by choosing them in the sidebar, which puts them into the entry. One is chosen for as
 * long as the entry says what it looks for. */

static OctavoSavedSearchRepository *
get_searches (OctavoWindow *self)
{
  return octavo_store_get_saved_searches (self->store);
}

static const char *
get_query (OctavoWindow *self)
{
  return octavo_note_list_get_query (octavo_note_list_pane_get_list (self->list_pane));
}

/* ---- Running ---- */

/* The entry tells of what was in it being taken out, too: that is no other search. */
static void
run_query (OctavoWindow *self, const char *query)
{
  g_autofree char *copy = g_strdup (query);

  g_clear_pointer (&self->run_query, g_free);
  if (!g_str_equal (get_query (self), copy))
    octavo_note_list_pane_search (self->list_pane, copy);
  self->run_query = g_steal_pointer (&copy);
}

/* The search that is chosen was edited, here, in another window or by another program. */
static void
on_chosen_edited (OctavoWindow *self)
{
  OctavoSavedSearch *search = octavo_sidebar_get_search (self->sidebar);

  if (search != NULL && self->run_query != NULL)
    run_query (self, octavo_saved_search_get_query (search));
}

/* search: (nullable) */
static void
follow (OctavoWindow *self, OctavoSavedSearch *search)
{
  GSignalGroup *group = g_object_get_data (G_OBJECT (self), "octavo-chosen-search");

  if (group == NULL)
    {
      group = g_signal_group_new (OCTAVO_TYPE_SAVED_SEARCH);
      g_signal_group_connect_object (group, "notify::query", G_CALLBACK (on_chosen_edited), self, G_CONNECT_SWAPPED);
      g_object_set_data_full (G_OBJECT (self), "octavo-chosen-search", group, g_object_unref);
    }
  g_signal_group_set_target (group, search);
}

/* Looks for what the chosen place is about; what was looked for by one before goes with it. */
void
octavo_window_run_search (OctavoWindow *self)
{
  OctavoSavedSearch *search = octavo_sidebar_get_search (self->sidebar);
  g_autofree char *before = g_steal_pointer (&self->run_query);

  follow (self, search);
  if (search != NULL)
    run_query (self, octavo_saved_search_get_query (search));
  else if (before != NULL && g_str_equal (get_query (self), before))
    octavo_note_list_pane_search (self->list_pane, "");
}

/* Something else was typed. */
static void
on_query (OctavoWindow *self)
{
  const OctavoScope all = { .place = OCTAVO_PLACE_ALL };

  octavo_window_enable_action (self, "save-search", *get_query (self) != '\0');
  if (self->run_query == NULL || g_str_equal (get_query (self), self->run_query))
    return;

  g_clear_pointer (&self->run_query, g_free);
  if (octavo_sidebar_get_search (self->sidebar) != NULL)
    octavo_sidebar_set_scope (self->sidebar, &all);
}

/* ---- Saving, editing ---- */

static void
on_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OctavoWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 id = octavo_saved_search_repository_add_finish (OCTAVO_SAVED_SEARCH_REPOSITORY (source), result, &error);

  if (self->selection == NULL)
    return;

  if (id != 0)
    octavo_sidebar_choose_search (self->sidebar, id);
  else
    octavo_window_show_error (self, _ ("The search could not be saved"), error->message);
}

static void
on_changed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OctavoWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!octavo_saved_search_repository_change_finish (OCTAVO_SAVED_SEARCH_REPOSITORY (source), result, &error) &&
      self->selection != NULL)
    octavo_window_show_error (self, _ ("The search could not be changed"), error->message);
}

/* The id of the search that a dialog is about; 0: it is new. */
static gint64
get_dialog_id (gpointer dialog)
{
  gint64 *id = g_object_get_data (dialog, "id");

  return *id;
}

static char *
check_name (const char *text, gpointer dialog)
{
  OctavoWindow *self = OCTAVO_WINDOW (gtk_window_get_transient_for (dialog));
  g_autoptr (GError) error = NULL;
  g_autofree char *name = octavo_saved_search_normalize_name (text, &error);
  OctavoSavedSearch *there = name != NULL ? octavo_saved_search_repository_find (get_searches (self), name) : NULL;

  if (name == NULL)
    return g_strdup (error->message);
  if (there != NULL && octavo_saved_search_get_id (there) != get_dialog_id (dialog))
    return g_strdup_printf (_ ("There is a saved search “%s” already. Choose another name."),
                            octavo_saved_search_get_name (there));
  return NULL;
}

static char *
check_query (const char *text, gpointer data)
{
  return strlen (text) > OCTAVO_SAVED_SEARCH_MAX_QUERY ? g_strdup (_ ("That is too long to be searched for.")) : NULL;
}

static void
on_accepted (OctavoWindow *self, OctavoEntryDialog *dialog)
{
  const char *name = octavo_entry_dialog_get_text (dialog, 0);
  const char *query = octavo_entry_dialog_get_text (dialog, 1);
  OctavoSavedSearch *chosen = octavo_sidebar_get_search (self->sidebar);
  gint64 id = get_dialog_id (dialog);

  if (id == 0)
    {
      octavo_saved_search_repository_add_async (get_searches (self), name, query, -1, NULL, on_added,
                                                g_object_ref (self));
      return;
    }
  octavo_saved_search_repository_change_async (get_searches (self), id, name, query, NULL, on_changed,
                                               g_object_ref (self));
  if (chosen != NULL && octavo_saved_search_get_id (chosen) == id)
    run_query (self, query);
}

static void
present_dialog (OctavoWindow *self,
                const char *heading,
                const char *accept,
                gint64 id,
                const char *name,
                const char *query)
{
  OctavoEntryDialog *dialog = octavo_entry_dialog_new (GTK_WINDOW (self), heading, accept);

  g_object_set_data_full (G_OBJECT (dialog), "id", g_memdup2 (&id, sizeof id), g_free);
  octavo_entry_dialog_add (dialog, _ ("Name of the search"), name, check_name, dialog);
  octavo_entry_dialog_add (dialog, _ ("Search for"), query, check_query, NULL);
  g_signal_connect_object (dialog, "accepted", G_CALLBACK (on_accepted), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Keeps what is searched for, under a name that is asked for. */
void
octavo_window_save_search (OctavoWindow *self)
{
  const char *query = get_query (self);
  glong length = g_utf8_strlen (query, -1);
  g_autofree char *name = g_utf8_substring (query, 0, MIN (length, OCTAVO_SAVED_SEARCH_MAX_NAME));

  if (length > 0)
    present_dialog (self, _ ("Save Search"), _ ("_Save"), 0, name, query);
}

/* Asks what a search is to be called, and what it is to look for. */
void
octavo_window_edit_search (OctavoWindow *self, OctavoSavedSearch *search)
{
  present_dialog (self, _ ("Edit Search"), _ ("_Change"), octavo_saved_search_get_id (search),
                  octavo_saved_search_get_name (search), octavo_saved_search_get_query (search));
}

/* ---- Deleting ---- */

typedef struct
{
  OctavoWindow *window;
  gint64 id;
  char *name;
} Deletion;

static void
deletion_free (Deletion *self)
{
  g_object_unref (self->window);
  g_free (self->name);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Deletion, deletion_free)

static void
on_deleted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Deletion) deletion = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdup_printf (_ ("Search “%s” deleted"), deletion->name);
  const OctavoWindowReturn back = { .search_id = deletion->id };
  OctavoWindow *self = deletion->window;
  gint64 step_id;
  gboolean is_deleted =
      octavo_saved_search_repository_delete_finish (OCTAVO_SAVED_SEARCH_REPOSITORY (source), result, &step_id, &error);

  if (self->selection == NULL)
    return;

  if (is_deleted)
    octavo_window_end_act (self, step_id, &back, text);
  else
    octavo_window_fail_act (self, _ ("The search could not be deleted"), error->message);
}

/* Deletes a search, and tells how to bring it back. */
void
octavo_window_delete_search (OctavoWindow *self, OctavoSavedSearch *search)
{
  Deletion *deletion = g_new0 (Deletion, 1);

  deletion->window = g_object_ref (self);
  deletion->id = octavo_saved_search_get_id (search);
  deletion->name = g_strdup (octavo_saved_search_get_name (search));
  octavo_window_begin_act (self);
  octavo_saved_search_repository_delete_async (get_searches (self), deletion->id, NULL, on_deleted, deletion);
}

/* Follows what is typed. */
void
octavo_window_add_searches (OctavoWindow *self)
{
  OctavoNoteList *list = octavo_note_list_pane_get_list (self->list_pane);

  g_signal_connect_object (list, "notify::loading", G_CALLBACK (on_query), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "settled", G_CALLBACK (on_query), self, G_CONNECT_SWAPPED);
  on_query (self);
}
