/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-toast-overlay"

#include "octavo-toast-overlay.h"

#include "ui-test.h"

#define STALL (400 * G_TIME_SPAN_MILLISECOND) /* longer than a toast moves */

typedef struct
{
  OctavoToastOverlay *toasts;
  GtkWidget *below;
  GtkWidget *window;
  guint n_answers;
} Test;

static void
on_answered (guint *n_answers)
{
  ++*n_answers;
}

/* A window with an action, as those have that show toasts. data: whether things move */
static void
set_up (Test *test, gconstpointer data)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) action = g_simple_action_new ("answer", NULL);

  test->below = gtk_button_new_with_label ("below");
  test->toasts = g_object_new (OCTAVO_TYPE_TOAST_OVERLAY, "child", test->below, NULL);
  test->window = ui_test_show (GTK_WIDGET (test->toasts));
  g_signal_connect_swapped (action, "activate", G_CALLBACK (on_answered), &test->n_answers);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
  gtk_widget_insert_action_group (test->window, "test", G_ACTION_GROUP (group));
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", data != NULL, NULL);
}

static void
tear_down (Test *test, gconstpointer data)
{
  ui_test_close (test->window);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

static GtkWidget *
get_shown (Test *test)
{
  return gtk_widget_get_next_sibling (test->below);
}

/* What is said, or NULL. */
static const char *
get_text (Test *test)
{
  return get_shown (test) != NULL ? gtk_label_get_text (GTK_LABEL (ui_test_find (get_shown (test), GTK_TYPE_LABEL)))
                                  : NULL;
}

static guint
add (Test *test, const char *text, gboolean is_next)
{
  const OctavoToast toast = { .text = text, .button = "Answer", .action = "test.answer", .is_next = is_next };

  return octavo_toast_overlay_add (test->toasts, &toast);
}

static void
click (GtkWidget *button)
{
  g_signal_emit_by_name (button, "clicked");
}

static void
test_one_after_the_other (Test *test, gconstpointer data)
{
  guint first = add (test, "one", FALSE);
  guint second = add (test, "two", FALSE);
  guint third = add (test, "three", FALSE);

  g_assert_cmpstr (get_text (test), ==, "one");
  octavo_toast_overlay_dismiss (test->toasts, second);
  g_assert_cmpstr (get_text (test), ==, "one");
  octavo_toast_overlay_dismiss (test->toasts, first);
  g_assert_cmpstr (get_text (test), ==, "three");
  octavo_toast_overlay_dismiss (test->toasts, first);
  octavo_toast_overlay_dismiss (test->toasts, 0);
  g_assert_cmpstr (get_text (test), ==, "three");
  octavo_toast_overlay_dismiss (test->toasts, third);
  model_test_wait_for (get_text (test) == NULL);
}

static void
test_next_is_shown_at_once (Test *test, gconstpointer data)
{
  guint last;

  add (test, "goes on", FALSE);
  add (test, "later", FALSE);
  last = add (test, "now", TRUE);
  g_assert_cmpstr (get_text (test), ==, "now");
  octavo_toast_overlay_dismiss (test->toasts, last);
  g_assert_cmpstr (get_text (test), ==, "goes on");
}

/* What is done and undone within a moment, and then a frame that is late. */
static void
test_goes_as_it_comes_in (Test *test, gconstpointer data)
{
  for (guint i = 0; i < 4; i++)
    {
      guint first = add (test, "done", TRUE);
      guint second;

      for (guint j = 0; j < 5 * i; j++)
        g_main_context_iteration (NULL, FALSE);
      second = add (test, "undone", TRUE);
      octavo_toast_overlay_dismiss (test->toasts, first);
      g_assert_cmpstr (get_text (test), ==, "undone");
      octavo_toast_overlay_dismiss (test->toasts, second);
      g_usleep (STALL);
      model_test_wait_for (get_text (test) == NULL);
    }
}

/* At whatever place of its movement a toast is. */
static void
test_window_is_closed_meanwhile (Test *test, gconstpointer data)
{
  for (guint i = 0; i < 12; i++)
    {
      guint id = add (test, "one", FALSE);

      add (test, "two", FALSE);
      for (guint j = 0; j < i; j++)
        g_main_context_iteration (NULL, FALSE);
      octavo_toast_overlay_dismiss (test->toasts, id);
      octavo_toast_overlay_dismiss (test->toasts, i % 2 == 0 ? id + 1 : 0);
      tear_down (test, data);
      set_up (test, data);
    }
}

static void
test_answers (Test *test, gconstpointer data)
{
  add (test, "a question", FALSE);
  click (ui_test_find_button (get_shown (test), "Answer"));
  g_assert_cmpuint (test->n_answers, ==, 1);
  model_test_wait_for (get_text (test) == NULL);

  add (test, "another", FALSE);
  add (test, "a third", FALSE);
  click (gtk_widget_get_last_child (get_shown (test)));
  g_assert_cmpuint (test->n_answers, ==, 1);
  g_assert_cmpstr (get_text (test), ==, "a third");
}

static gboolean
press_escape (Test *test)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (test->toasts));
  guint n = g_list_model_get_n_items (controllers);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      guint n_shortcuts =
          GTK_IS_SHORTCUT_CONTROLLER (controller) ? g_list_model_get_n_items (G_LIST_MODEL (controller)) : 0;

      for (guint j = 0; j < n_shortcuts; j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);
          g_autofree char *key = gtk_shortcut_trigger_to_string (gtk_shortcut_get_trigger (shortcut));

          if (g_str_equal (key, "Escape"))
            return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, GTK_WIDGET (test->toasts),
                                                 NULL);
        }
    }
  return FALSE;
}

static void
test_escape (Test *test, gconstpointer data)
{
  add (test, "one", FALSE);
  add (test, "two", FALSE);
  g_assert_true (press_escape (test));
  g_assert_cmpstr (get_text (test), ==, "two");
  g_assert_true (press_escape (test));
  g_assert_false (press_escape (test));
  model_test_wait_for (get_text (test) == NULL);
}

static void
test_goes_by_itself (Test *test, gconstpointer data)
{
  const OctavoToast short_one = { .text = "short", .seconds = 1 };
  const OctavoToast lasting = { .text = "lasting", .stays = TRUE };
  guint id;

  octavo_toast_overlay_add (test->toasts, &short_one);
  id = octavo_toast_overlay_add (test->toasts, &lasting);
  g_assert_null (ui_test_find_button (get_shown (test), "Answer"));
  model_test_wait_for (g_strcmp0 (get_text (test), "lasting") == 0);
  octavo_toast_overlay_add (test->toasts, &short_one);
  octavo_toast_overlay_dismiss (test->toasts, id);
  g_assert_cmpstr (get_text (test), ==, "short");

  /* but not while one is about to answer it */
  gtk_widget_grab_focus (ui_test_find (get_shown (test), GTK_TYPE_BUTTON));
  g_usleep (1200 * G_TIME_SPAN_MILLISECOND);
  for (guint i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpstr (get_text (test), ==, "short");
  gtk_widget_grab_focus (test->below);
  model_test_wait_for (get_text (test) == NULL);
}

/* However narrow, and however large the letters are, all of it is there. */
static void
test_what_is_too_long_is_wrapped (Test *test, gconstpointer data)
{
  GtkWidget *label;
  int line;

  add (test, "x", FALSE);
  model_test_wait_for (gtk_widget_get_height (get_shown (test)) > 0);
  line = gtk_widget_get_height (get_shown (test));
  octavo_toast_overlay_dismiss (test->toasts, 1);
  add (test, "What was done in three notes, of which one was changed meanwhile by somebody else, was not undone in it",
       FALSE);
  label = ui_test_find (get_shown (test), GTK_TYPE_LABEL);
  model_test_wait_for (gtk_widget_get_width (get_shown (test)) > 0);
  g_assert_cmpint (gtk_widget_get_width (get_shown (test)), <=, gtk_widget_get_width (GTK_WIDGET (test->toasts)));
  g_assert_cmpint (gtk_widget_get_height (get_shown (test)), >, line);
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label))));
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);

#define ADD(name, func)                                                                                                \
  g_test_add ("/toast-overlay/" name, Test, NULL, set_up, func, tear_down);                                            \
  g_test_add ("/toast-overlay/" name "/moving", Test, GINT_TO_POINTER (1), set_up, func, tear_down)
  ADD ("one-after-the-other", test_one_after_the_other);
  ADD ("next-is-shown-at-once", test_next_is_shown_at_once);
  ADD ("goes-as-it-comes-in", test_goes_as_it_comes_in);
  ADD ("window-is-closed-meanwhile", test_window_is_closed_meanwhile);
  ADD ("answers", test_answers);
  ADD ("escape", test_escape);
  ADD ("goes-by-itself", test_goes_by_itself);
  ADD ("what-is-too-long-is-wrapped", test_what_is_too_long_is_wrapped);

  return g_test_run ();
}
