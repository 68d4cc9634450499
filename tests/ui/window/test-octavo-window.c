/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-test.h"
#include "octavo-note-repository.h"
#include "octavo-user-repository.h"
#include "octavo-window-private.h"

typedef struct
{
  OctavoStore *store;
  OctavoNoteBuffers *buffers;
  OctavoWindow *window;
} Fixture;

static gint64
save_note (Fixture *fixture, const char *title)
{
  OctavoNoteRepository *notes = octavo_store_get_notes (fixture->store);
  gint64 user_id = octavo_user_repository_get_default_id (octavo_store_get_users (fixture->store));
  g_autoptr (OctavoNote) note = octavo_note_repository_create (notes, user_id);
  g_autoptr (GError) error = NULL;

  octavo_note_set_title (note, title);
  octavo_note_repository_save (notes, note, NULL, &error);
  g_assert_no_error (error);
  return octavo_note_get_id (note);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->store = octavo_store_new (":memory:");
  octavo_store_open (fixture->store, NULL, &error);
  g_assert_no_error (error);
  save_note (fixture, "First");
  save_note (fixture, "Second");
  save_note (fixture, "Third");

  fixture->buffers = octavo_note_buffers_new (fixture->store);
  fixture->window = OCTAVO_WINDOW (octavo_window_new (GTK_APPLICATION ((gpointer) data), fixture->buffers));
  gtk_window_present (GTK_WINDOW (fixture->window));
  model_test_wait_for (g_strcmp0 (octavo_editor_get_note_title (fixture->window->editor), "Third") == 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (octavo_note_buffers_flush (fixture->buffers, &error));
  g_assert_no_error (error);
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  model_test_wait_for (fixture->window == NULL);
  model_test_wait_for (G_OBJECT (fixture->buffers)->ref_count == 1);
  g_assert_finalize_object (fixture->buffers);
  octavo_store_close (fixture->store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->store);
}

static void
activate (Fixture *fixture, const char *action)
{
  g_assert_true (g_action_group_has_action (G_ACTION_GROUP (fixture->window), action));
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), action));
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), action, NULL);
}

static gint64
get_selected (Fixture *fixture)
{
  return octavo_note_selection_get_selected_id (fixture->window->selection);
}

static guint
get_n_rows (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->window->selection));
}

static void
test_every_key_has_its_action (Fixture *fixture, gconstpointer data)
{
  gsize n_actions;
  const OctavoAction *actions = octavo_actions_get (&n_actions);

  for (gsize i = 0; i < n_actions; i++)
    if (actions[i].action != NULL && g_str_has_prefix (actions[i].action, "win."))
      {
        g_autofree char *name = NULL;
        g_autoptr (GVariant) target = NULL;

        g_assert_true (g_action_parse_detailed_name (actions[i].action + strlen ("win."), &name, &target, NULL));
        g_assert_true (g_action_group_has_action (G_ACTION_GROUP (fixture->window), name));
      }
}

static gboolean
is_in_table (const char *action)
{
  gsize n_actions;
  const OctavoAction *actions = octavo_actions_get (&n_actions);

  for (gsize i = 0; i < n_actions; i++)
    {
      g_autofree char *name = NULL;
      g_autoptr (GVariant) target = NULL;

      if (actions[i].action != NULL && g_str_has_prefix (actions[i].action, "win.") &&
          g_action_parse_detailed_name (actions[i].action + strlen ("win."), &name, &target, NULL) &&
          g_str_equal (name, action))
        return TRUE;
    }
  return FALSE;
}

/* What the table lacks is not among the commands. Back is the way from one pane to another where there is room for one
 * alone, for which there is a key as well. */
static void
test_every_action_is_a_command (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) names = g_action_group_list_actions (G_ACTION_GROUP (fixture->window));

  for (guint i = 0; names[i] != NULL; i++)
    if (!g_str_equal (names[i], "back") && !is_in_table (names[i]))
      g_error ("“%s” is not in the table of actions", names[i]);
}

static void
collect_menu (GMenuModel *menu, GHashTable *found)
{
  for (int i = 0; menu != NULL && i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
      g_autoptr (GMenuModel) submenu = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SUBMENU);
      g_autofree char *action = NULL;

      if (g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_ACTION, "s", &action))
        g_hash_table_add (found, g_steal_pointer (&action));
      collect_menu (section, found);
      collect_menu (submenu, found);
    }
}

static void
collect_controls (GtkWidget *widget, GHashTable *found)
{
  if (GTK_IS_ACTIONABLE (widget) && gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)) != NULL)
    g_hash_table_add (found, g_strdup (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget))));
  if (GTK_IS_MENU_BUTTON (widget))
    {
      gtk_menu_button_popup (GTK_MENU_BUTTON (widget));
      collect_menu (gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (widget)), found);
      gtk_menu_button_popdown (GTK_MENU_BUTTON (widget));
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_controls (child, found);
}

static void
test_every_action_can_be_seen (Fixture *fixture, gconstpointer data)
{
  /* a menu button, the cross in the search entry, the buttons of toasts, and the menus of rows, also of the sidebar */
  const char *const shown_otherwise[] = { "main-menu",    "leave-search", "undo",  "cancel-exchange",
                                          "export-place", "select-all",   "merge", "rename-place",
                                          "delete-place", "tag-color",    NULL };
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) names = g_action_group_list_actions (G_ACTION_GROUP (fixture->window));

  model_test_wait_for (gtk_widget_get_mapped (fixture->window->note_menu_button));
  collect_controls (GTK_WIDGET (fixture->window), found);
  g_assert_cmpuint (g_strv_length (names), >, 20);
  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autofree char *full = g_strconcat ("win.", names[i], NULL);

      if (!g_strv_contains (shown_otherwise, names[i]) && !g_hash_table_contains (found, full))
        g_error ("no menu and no control shows %s", full);
    }
}

static void
test_first_note_is_open (Fixture *fixture, gconstpointer data)
{
  model_test_wait_for (g_strcmp0 (gtk_window_get_title (GTK_WINDOW (fixture->window)), "Third — Octavo") == 0);
  g_assert_cmpint (get_selected (fixture), ==, octavo_editor_get_note_id (fixture->window->editor));
}

static void
test_next_and_previous (Fixture *fixture, gconstpointer data)
{
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), "previous-note"));
  activate (fixture, "next-note");
  model_test_wait_for (g_strcmp0 (octavo_editor_get_note_title (fixture->window->editor), "Second") == 0);
  activate (fixture, "next-note");
  model_test_wait_for (g_strcmp0 (octavo_editor_get_note_title (fixture->window->editor), "First") == 0);
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), "next-note"));
  activate (fixture, "previous-note");
  model_test_wait_for (g_strcmp0 (octavo_editor_get_note_title (fixture->window->editor), "Second") == 0);
}

static void
test_trash_selects_the_next_and_undo_brings_back (Fixture *fixture, gconstpointer data)
{
  gint64 id = get_selected (fixture);

  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), "undo"));
  model_test_wait_for (get_n_rows (fixture) == 3);
  activate (fixture, "trash");
  model_test_wait_for (get_n_rows (fixture) == 2 && get_selected (fixture) != id);
  model_test_wait_for (g_strcmp0 (octavo_editor_get_note_title (fixture->window->editor), "Second") == 0);

  activate (fixture, "undo");
  model_test_wait_for (get_n_rows (fixture) == 3);
  model_test_wait_for (get_selected (fixture) == id);
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), "undo"));
}

static void
select_all (Fixture *fixture)
{
  model_test_wait_for (get_n_rows (fixture) == 3);
  activate (fixture, "select-all");
  g_assert_cmpuint (octavo_note_selection_get_n_selected (fixture->window->selection), ==, 3);
}

static gboolean
is_enabled (Fixture *fixture, const char *action)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), action);
}

static void
test_several_have_a_page (Fixture *fixture, gconstpointer data)
{
  gint64 id = get_selected (fixture);

  g_assert_null (fixture->window->selection_page);
  g_assert_false (is_enabled (fixture, "merge"));
  select_all (fixture);
  g_assert_true (gtk_widget_get_visible (fixture->window->selection_page));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->window->editor)));
  g_assert_false (gtk_widget_get_visible (fixture->window->note_menu_button));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==, "3 notes selected — Octavo");
  g_assert_false (is_enabled (fixture, "rename"));
  g_assert_false (is_enabled (fixture, "copy-note"));
  g_assert_true (is_enabled (fixture, "merge"));

  activate (fixture, "leave-search");
  g_assert_cmpint (get_selected (fixture), ==, id);
  g_assert_false (gtk_widget_get_visible (fixture->window->selection_page));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->window->editor)));
  model_test_wait_for (g_strcmp0 (octavo_editor_get_note_title (fixture->window->editor), "Third") == 0);
}

static void
test_several_go_to_the_trash_at_once (Fixture *fixture, gconstpointer data)
{
  select_all (fixture);
  activate (fixture, "trash");
  model_test_wait_for (get_n_rows (fixture) == 0);
  model_test_wait_for (!octavo_editor_get_has_note (fixture->window->editor));
  activate (fixture, "undo");
  model_test_wait_for (get_n_rows (fixture) == 3);
  g_assert_false (is_enabled (fixture, "undo"));
}

static void
test_several_are_pinned (Fixture *fixture, gconstpointer data)
{
  gint64 id = get_selected (fixture);

  activate (fixture, "pin");
  model_test_wait_for (octavo_editor_get_pinned (fixture->window->editor));
  octavo_note_selection_select_id (fixture->window->selection,
                                   octavo_note_list_get_id (octavo_note_selection_get_list (fixture->window->selection),
                                                            1));
  model_test_wait_for (g_strcmp0 (octavo_editor_get_note_title (fixture->window->editor), "Second") == 0);
  select_all (fixture);
  activate (fixture, "pin");
  model_test_wait_for (octavo_editor_get_pinned (fixture->window->editor));
  g_assert_cmpuint (octavo_note_selection_get_n_selected (fixture->window->selection), ==, 3);

  /* what was pinned before stays so */
  activate (fixture, "undo");
  model_test_wait_for (!octavo_editor_get_pinned (fixture->window->editor));
  octavo_note_selection_select_id (fixture->window->selection, id);
  model_test_wait_for (g_strcmp0 (octavo_editor_get_note_title (fixture->window->editor), "Third") == 0);
  g_assert_true (octavo_editor_get_pinned (fixture->window->editor));
}

static void
wait_until_done (Fixture *fixture, guint n_undos)
{
  model_test_wait_for (fixture->window->n_acting == 0 && fixture->window->undoing == 0 &&
                       fixture->window->n_undos_wanted == 0);
  g_assert_cmpuint (fixture->window->undos->len, ==, n_undos);
}

/* As it is when both keys are pressed at once: the file does not know yet what the first one did. */
static void
test_undo_waits_for_what_is_being_done (Fixture *fixture, gconstpointer data)
{
  gint64 id = get_selected (fixture);

  model_test_wait_for (get_n_rows (fixture) == 3);
  activate (fixture, "pin");
  model_test_wait_for (fixture->window->undos->len == 1);
  activate (fixture, "trash");
  activate (fixture, "undo");
  wait_until_done (fixture, 1);
  model_test_wait_for (get_n_rows (fixture) == 3 && get_selected (fixture) == id);
  model_test_wait_for (octavo_editor_get_note_id (fixture->window->editor) == id && is_enabled (fixture, "trash"));
  g_assert_true (octavo_editor_get_pinned (fixture->window->editor));

  /* as often as it is asked */
  activate (fixture, "trash");
  activate (fixture, "undo");
  activate (fixture, "undo");
  g_assert_false (is_enabled (fixture, "undo"));
  wait_until_done (fixture, 0);
  model_test_wait_for (get_n_rows (fixture) == 3 && get_selected (fixture) == id);
  model_test_wait_for (octavo_editor_get_note_id (fixture->window->editor) == id &&
                       !octavo_editor_get_pinned (fixture->window->editor));
}

/* What comes to nothing takes along what was to undo it. */
static void
test_undo_of_nothing (Fixture *fixture, gconstpointer data)
{
  gint64 id = get_selected (fixture);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof id);

  model_test_wait_for (get_n_rows (fixture) == 3);
  activate (fixture, "pin");
  model_test_wait_for (fixture->window->undos->len == 1);
  id = G_MAXINT64; /* no note has it */
  g_array_append_val (ids, id);
  octavo_window_trash_notes (fixture->window, ids);
  activate (fixture, "undo");
  wait_until_done (fixture, 1);
  g_assert_true (is_enabled (fixture, "undo"));
}

static void
test_several_become_one (Fixture *fixture, gconstpointer data)
{
  gint64 id = get_selected (fixture);

  select_all (fixture);
  activate (fixture, "merge");
  model_test_wait_for (get_n_rows (fixture) == 1);
  model_test_wait_for (get_selected (fixture) > id &&
                       octavo_editor_get_note_id (fixture->window->editor) == get_selected (fixture));
  g_assert_cmpstr (octavo_editor_get_note_title (fixture->window->editor), ==, "Third");
  activate (fixture, "undo");
  model_test_wait_for (get_n_rows (fixture) == 3);
  g_assert_cmpint (get_selected (fixture), ==, id);
}

static void
test_in_the_trash_notes_are_restored_or_deleted (Fixture *fixture, gconstpointer data)
{
  const OctavoScope trash = { .place = OCTAVO_PLACE_TRASH };
  gint64 id = get_selected (fixture);

  activate (fixture, "trash");
  model_test_wait_for (get_n_rows (fixture) == 2 && get_selected (fixture) != id);
  g_assert_true (octavo_sidebar_set_scope (fixture->window->sidebar, &trash));
  model_test_wait_for (get_n_rows (fixture) == 1);
  octavo_note_selection_select_id (fixture->window->selection, id);
  model_test_wait_for (octavo_editor_get_trashed (fixture->window->editor));

  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), "trash"));
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), "rename"));
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), "delete"));
  g_assert_true (gtk_widget_get_visible (fixture->window->restore_button));
  g_assert_false (gtk_widget_get_visible (fixture->window->trash_button));
  activate (fixture, "restore");
  model_test_wait_for (get_n_rows (fixture) == 0);
}

static void
test_pin (Fixture *fixture, gconstpointer data)
{
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (fixture->window->pin_button)));
  activate (fixture, "pin");
  model_test_wait_for (octavo_editor_get_pinned (fixture->window->editor));
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (fixture->window->pin_button)));
  activate (fixture, "pin");
  model_test_wait_for (!octavo_editor_get_pinned (fixture->window->editor));
}

static void
test_new_note_ends_a_search (Fixture *fixture, gconstpointer data)
{
  octavo_window_search (fixture->window, "second");
  model_test_wait_for (get_n_rows (fixture) == 1);
  octavo_window_create_note (fixture->window);
  g_assert_cmpint (get_selected (fixture), ==, 0);
  g_assert_true (octavo_editor_get_has_note (fixture->window->editor));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==, "Untitled — Octavo");
  model_test_wait_for (get_n_rows (fixture) == 3);
}

static void
test_sidebar_can_be_hidden (Fixture *fixture, gconstpointer data)
{
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->window->sidebar)));
  activate (fixture, "sidebar");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->window->sidebar)));
  activate (fixture, "main-menu");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->window->sidebar)));
}

static void
test_fits_360_pixels (Fixture *fixture, gconstpointer data)
{
  int minimum;

  gtk_widget_measure (GTK_WIDGET (fixture->window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
}

static void
test_sort_is_a_choice (Fixture *fixture, gconstpointer data)
{
  OctavoNoteList *list = octavo_note_list_pane_get_list (fixture->window->list_pane);
  g_autoptr (GVariant) state = NULL;

  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "sort", g_variant_new_string ("title"));
  g_assert_cmpint (octavo_note_list_get_sort (list), ==, OCTAVO_SORT_TITLE);
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "sort", g_variant_new_string ("no such order"));
  state = g_action_group_get_action_state (G_ACTION_GROUP (fixture->window), "sort");
  g_assert_cmpstr (g_variant_get_string (state, NULL), ==, "title");
}

/* Of two notes with the word in the text, the one that was changed first has it more often. */
static void
test_search_by_relevance (Fixture *fixture, gconstpointer data)
{
  OctavoNoteList *list = octavo_note_list_pane_get_list (fixture->window->list_pane);
  gint64 first = save_note (fixture, "Bells, a bell");
  gint64 second = save_note (fixture, "One of them is a bell, so they say");

  octavo_note_list_set_query (list, "bell");
  model_test_wait_for (g_list_model_get_n_items (G_LIST_MODEL (list)) == 2 &&
                       octavo_note_list_get_id (list, 0) == second);
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "sort", g_variant_new_string ("relevance"));
  model_test_wait_for (g_list_model_get_n_items (G_LIST_MODEL (list)) == 2 &&
                       octavo_note_list_get_id (list, 0) == first);
  g_assert_cmpint (octavo_note_list_get_id (list, 1), ==, second);
}

int
main (int argc, char *argv[])
{
  g_autoptr (AdwApplication) application = NULL;
  g_autoptr (GError) error = NULL;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  /* one for all: a process registers but once */
  application = adw_application_new ("io.github.octavo_notes.Octavo.Test", G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, &error));
  g_assert_no_error (error);

#define ADD(path, func) g_test_add ("/window/" path, Fixture, application, set_up, func, tear_down)
  ADD ("every-key-has-its-action", test_every_key_has_its_action);
  ADD ("every-action-is-a-command", test_every_action_is_a_command);
  ADD ("every-action-can-be-seen", test_every_action_can_be_seen);
  ADD ("first-note-is-open", test_first_note_is_open);
  ADD ("next-and-previous", test_next_and_previous);
  ADD ("trash-selects-the-next-and-undo-brings-back", test_trash_selects_the_next_and_undo_brings_back);
  ADD ("several-have-a-page", test_several_have_a_page);
  ADD ("several-go-to-the-trash-at-once", test_several_go_to_the_trash_at_once);
  ADD ("several-are-pinned", test_several_are_pinned);
  ADD ("undo-waits-for-what-is-being-done", test_undo_waits_for_what_is_being_done);
  ADD ("undo-of-nothing", test_undo_of_nothing);
  ADD ("several-become-one", test_several_become_one);
  ADD ("in-the-trash-notes-are-restored-or-deleted", test_in_the_trash_notes_are_restored_or_deleted);
  ADD ("pin", test_pin);
  ADD ("new-note-ends-a-search", test_new_note_ends_a_search);
  ADD ("sidebar-can-be-hidden", test_sidebar_can_be_hidden);
  ADD ("fits-360-pixels", test_fits_360_pixels);
  ADD ("sort-is-a-choice", test_sort_is_a_choice);
  ADD ("search-by-relevance", test_search_by_relevance);

  return g_test_run ();
}
