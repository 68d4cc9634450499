/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-user-button"

#include "octavo-user-button.h"

#include "octavo-user-badge.h"
#include "octavo-user-popover.h"
#include "ui-test.h"

#define ADA 2

typedef struct
{
  ModelTest model;
  GtkWidget *window;
  OctavoUserButton *button;
  GtkWidget *inner; /* what is pressed */
} Test;

static void
set_up (Test *test, gconstpointer data)
{
  model_test_set_up (&test->model, data);
  ui_test_add_users (&test->model);
  test->button = OCTAVO_USER_BUTTON (octavo_user_button_new (octavo_store_get_users (test->model.store)));
  test->inner = ui_test_find (GTK_WIDGET (test->button), GTK_TYPE_MENU_BUTTON);
  octavo_user_button_show (test->button, ADA, FALSE);
  test->window = ui_test_show (GTK_WIDGET (test->button));
}

static void
tear_down (Test *test, gconstpointer data)
{
  ui_test_close (test->window);
  model_test_tear_down (&test->model, data);
}

static void
assert_says (Test *test, const char *name, const char *full)
{
  g_assert_nonnull (ui_test_find_label (test->inner, name));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (test->inner), ==, full);
  gtk_test_accessible_assert_property (test->inner, GTK_ACCESSIBLE_PROPERTY_LABEL, full);
}

static void
test_says_whose_notes_are_shown (Test *test, gconstpointer data)
{
  GtkWidget *badge = ui_test_find (test->inner, OCTAVO_TYPE_USER_BADGE);

  assert_says (test, "Ada", "User: Ada");
  g_assert_true (gtk_widget_get_visible (badge));
  octavo_user_button_show (test->button, ADA, TRUE);
  assert_says (test, "Everyone", "User: Everyone");
  g_assert_false (gtk_widget_get_visible (badge));
  octavo_user_button_show (test->button, 1, FALSE);
  assert_says (test, "Me", "User: Me");
  g_assert_true (gtk_widget_get_visible (badge));
}

static GtkWidget *
get_popover (Test *test)
{
  return GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (test->inner)));
}

/* The menu shows the users as they are when it is opened. */
static void
test_menu_is_made_when_it_is_opened (Test *test, gconstpointer data)
{
  g_assert_null (get_popover (test));
  gtk_menu_button_popup (GTK_MENU_BUTTON (test->inner));
  g_assert_true (OCTAVO_IS_USER_POPOVER (get_popover (test)));
  model_test_wait_for (gtk_widget_get_mapped (get_popover (test)));
  g_assert_nonnull (ui_test_find_label (get_popover (test), "Edit “Ada”…"));
  octavo_user_button_popdown (test->button);
  model_test_wait_for (!gtk_widget_get_visible (get_popover (test)));

  octavo_user_button_show (test->button, 1, FALSE);
  gtk_menu_button_popup (GTK_MENU_BUTTON (test->inner));
  g_assert_nonnull (ui_test_find_label (get_popover (test), "Edit “Me”…"));
  octavo_user_button_popdown (test->button);
  model_test_wait_for (!gtk_widget_get_visible (get_popover (test)));
}

/* A header bar gives it as much of its room as it asks for; the button stands at the beginning of it. */
static void
test_has_the_room_of_a_title (Test *test, gconstpointer data)
{
  int minimum, natural;
  graphene_rect_t place;

  gtk_widget_measure (GTK_WIDGET (test->button), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, <, 200);
  g_assert_cmpint (natural, >=, 400);
  model_test_wait_for (gtk_widget_get_width (test->inner) > 0);
  g_assert_true (gtk_widget_compute_bounds (test->inner, GTK_WIDGET (test->button), &place));
  g_assert_cmpfloat (place.origin.x, ==, 0);
  g_assert_cmpfloat (place.size.width, <, 300);
}

int
main (int argc, char *argv[])
{
  ui_test_init_accessible (&argc, &argv);
#define ADD(name, func) g_test_add ("/user-button/" name, Test, NULL, set_up, func, tear_down)
  ADD ("says-whose-notes-are-shown", test_says_whose_notes_are_shown);
  ADD ("menu-is-made-when-it-is-opened", test_menu_is_made_when_it_is_opened);
  ADD ("has-the-room-of-a-title", test_has_the_room_of_a_title);
  return g_test_run ();
}
