/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-window-view"

#include "octavo-settings.h"
#include "octavo-text-style.h"
#include "octavo-window-private.h"
#include "ui-test.h"

typedef struct
{
  ModelTest test;
  OctavoNoteBuffers *buffers;
  OctavoWindow *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  model_test_set_up (&fixture->test, NULL);
  model_test_add_note (&fixture->test, "One", "text", "");
  fixture->buffers = octavo_note_buffers_new (fixture->test.store);
  fixture->window = OCTAVO_WINDOW (octavo_window_new (GTK_APPLICATION ((gpointer) data), fixture->buffers));
  gtk_window_present (GTK_WINDOW (fixture->window));
  model_test_wait_for (g_strcmp0 (octavo_editor_get_note_title (fixture->window->editor), "One") == 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  model_test_wait_for (fixture->window == NULL && G_OBJECT (fixture->buffers)->ref_count == 1);
  g_assert_finalize_object (fixture->buffers);
  model_test_tear_down (&fixture->test, NULL);
}

static void
activate (Fixture *fixture, const char *action)
{
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), action));
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), action, NULL);
}

static void
assert_shown (Fixture *fixture, gboolean shown)
{
  g_assert_cmpint (gtk_widget_get_visible (GTK_WIDGET (fixture->window->sidebar)), ==, shown);
  g_assert_cmpint (gtk_widget_get_visible (GTK_WIDGET (fixture->window->list_pane)), ==, shown);
  g_assert_cmpint (gtk_widget_get_visible (fixture->window->editor_header), ==, shown);
  g_assert_cmpint (octavo_window_is_focus_mode (fixture->window), ==, !shown);
}

static void
test_focus_mode (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GVariant) state = NULL;

  assert_shown (fixture, TRUE);
  activate (fixture, "focus-mode");
  assert_shown (fixture, FALSE);
  state = g_action_group_get_action_state (G_ACTION_GROUP (fixture->window), "focus-mode");
  g_assert_true (g_variant_get_boolean (state));
  model_test_wait_for (octavo_window_has_focus_in (fixture->window, fixture->window->editor));
  g_assert_true (ui_test_press (GTK_WIDGET (fixture->window), GDK_KEY_Escape, 0));
  assert_shown (fixture, TRUE);
  g_assert_false (ui_test_press (GTK_WIDGET (fixture->window), GDK_KEY_Escape, 0));
  activate (fixture, "focus-mode");
  activate (fixture, "focus-mode");
  assert_shown (fixture, TRUE);
  activate (fixture, "focus-mode");
  activate (fixture, "search"); /* the list is needed for it */
  assert_shown (fixture, TRUE);
}

static void
test_zoom (Fixture *fixture, gconstpointer data)
{
  OctavoTextStyle *style = octavo_text_style_get ();

  activate (fixture, "zoom-in");
  g_assert_cmpint (octavo_text_style_get_zoom (style), ==, 110);
  activate (fixture, "zoom-out");
  activate (fixture, "zoom-out");
  g_assert_cmpint (octavo_text_style_get_zoom (style), ==, 90);
  activate (fixture, "zoom-normal");
  g_assert_cmpint (octavo_text_style_get_zoom (style), ==, 100);
}

static void
test_sort (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GVariant) state = NULL;

  g_settings_set_string (octavo_settings_get (), "sort", "title");
  state = g_action_group_get_action_state (G_ACTION_GROUP (fixture->window), "sort");
  g_assert_cmpstr (g_variant_get_string (state, NULL), ==, "title");
  g_settings_reset (octavo_settings_get (), "sort");
}

int
main (int argc, char *argv[])
{
  g_autoptr (GtkApplication) application = NULL;

  ui_test_init (&argc, &argv);
  application = gtk_application_new ("io.github.octavo_notes.Octavo.Test", G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
#define ADD(name, func) g_test_add ("/window-view/" name, Fixture, application, set_up, func, tear_down)
  ADD ("focus-mode", test_focus_mode);
  ADD ("zoom", test_zoom);
  ADD ("sort", test_sort);
  return g_test_run ();
}
