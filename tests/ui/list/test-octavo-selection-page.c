/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-selection-page"

#include "octavo-selection-page.h"

#include "ui-test.h"

#include <adwaita.h>

typedef struct
{
  ModelTest model;
  OctavoNoteList *list; /* of three */
  OctavoNoteSelection *selection;
  GSimpleActionGroup *actions;
  GtkWidget *window;
  GtkWidget *page;
  guint n_trashed;
} Test;

static void
on_trash (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ((Test *) data)->n_trashed++;
}

static void
set_up (Test *test, gconstpointer data)
{
  const OctavoScope all = { .place = OCTAVO_PLACE_ALL };
  const GActionEntry entries[] = { { .name = "trash", .activate = on_trash },
                                   { .name = "restore" },
                                   { .name = "pin", .state = "false" } };

  model_test_set_up (&test->model, data);
  model_test_add_notes (&test->model, 3);
  test->list = octavo_note_list_new (test->model.store);
  octavo_note_list_set_scope (test->list, &all);
  model_test_wait_for (g_list_model_get_n_items (G_LIST_MODEL (test->list)) == 3);
  test->selection = octavo_note_selection_new (test->list);
  test->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (test->actions), entries, G_N_ELEMENTS (entries), test);
  test->page = octavo_selection_page_new (test->selection);
  test->window = ui_test_show (test->page);
}

static void
tear_down (Test *test, gconstpointer data)
{
  ui_test_close (test->window);
  g_assert_finalize_object (test->actions);
  g_assert_finalize_object (test->selection);
  model_test_wait_for (G_OBJECT (test->list)->ref_count == 1);
  g_assert_finalize_object (test->list);
  model_test_tear_down (&test->model, data);
}

static const char *
get_title (Test *test)
{
  return adw_status_page_get_title (ADW_STATUS_PAGE (ui_test_find (test->page, ADW_TYPE_STATUS_PAGE)));
}

static void
test_says_how_many (Test *test, gconstpointer data)
{
  octavo_note_selection_toggle (test->selection, 0);
  octavo_note_selection_toggle (test->selection, 2);
  g_assert_cmpstr (get_title (test), ==, "2 notes selected");
  octavo_note_selection_toggle (test->selection, 1);
  g_assert_cmpstr (get_title (test), ==, "3 notes selected");
  octavo_note_selection_toggle (test->selection, 0);
  octavo_note_selection_toggle (test->selection, 1);
  g_assert_cmpstr (get_title (test), ==, "1 note selected");
}

static gboolean
has_button (Test *test, const char *label)
{
  return ui_test_find_button (test->page, label) != NULL;
}

static void
set_enabled (Test *test, const char *name, gboolean enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (test->actions), name)),
                               enabled);
}

/* What cannot be done now is not shown. */
static void
test_offers_what_can_be_done (Test *test, gconstpointer data)
{
  g_assert_false (has_button (test, "_Move to Trash"));
  set_enabled (test, "restore", FALSE);
  gtk_widget_insert_action_group (test->window, "win", G_ACTION_GROUP (test->actions));
  model_test_wait_for (has_button (test, "_Move to Trash"));
  g_assert_true (has_button (test, "_Pin"));
  g_assert_false (has_button (test, "R_estore"));
  g_assert_false (has_button (test, "_Tags…"));
  g_signal_emit_by_name (ui_test_find_button (test->page, "_Move to Trash"), "clicked");
  g_assert_cmpuint (test->n_trashed, ==, 1);

  set_enabled (test, "trash", FALSE);
  set_enabled (test, "restore", TRUE);
  model_test_wait_for (has_button (test, "R_estore"));
  g_assert_false (has_button (test, "_Move to Trash"));
  g_action_change_state (g_action_map_lookup_action (G_ACTION_MAP (test->actions), "pin"),
                         g_variant_new_boolean (TRUE));
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (ui_test_find_button (test->page, "_Pin"))));
}

/* Where text is large a button may take two lines. */
static void
test_buttons_may_wrap (Test *test, gconstpointer data)
{
  GtkWidget *label = ui_test_find (ui_test_find (test->page, GTK_TYPE_BUTTON), GTK_TYPE_LABEL);

  g_assert_true (gtk_label_get_wrap (GTK_LABEL (label)));
  g_assert_cmpint (gtk_label_get_natural_wrap_mode (GTK_LABEL (label)), ==, GTK_NATURAL_WRAP_NONE);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
#define ADD(name, func) g_test_add ("/selection-page/" name, Test, NULL, set_up, func, tear_down)
  ADD ("says-how-many", test_says_how_many);
  ADD ("offers-what-can-be-done", test_offers_what_can_be_done);
  ADD ("buttons-may-wrap", test_buttons_may_wrap);
  return g_test_run ();
}
