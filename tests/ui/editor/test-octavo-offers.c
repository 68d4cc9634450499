/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-offers"

#include "octavo-offers.h"

#include "ui-test.h"

static const GdkRectangle place = { .x = 10, .y = 10, .width = 1, .height = 20 };
static const char *const three[] = { "alpha", "beta", "gamma", NULL };

typedef struct
{
  GtkWidget *window;
  GtkWidget *text;
  GtkWidget *offers;
  int chosen;
} Test;

static void
on_chosen (Test *test, guint position)
{
  test->chosen = (int) position;
}

static void
set_up (Test *test, gconstpointer data)
{
  test->text = gtk_text_view_new ();
  test->offers = octavo_offers_new ();
  gtk_widget_set_parent (test->offers, test->text);
  g_signal_connect_swapped (test->offers, "chosen", G_CALLBACK (on_chosen), test);
  test->chosen = -1;
  test->window = ui_test_show (test->text);
  gtk_widget_grab_focus (test->text);
}

static void
tear_down (Test *test, gconstpointer data)
{
  gtk_widget_unparent (test->offers);
  ui_test_close (test->window);
}

static void
offer (Test *test, const char *const *words, gboolean selects_first)
{
  octavo_offers_show (OCTAVO_OFFERS (test->offers), "Titles", words, selects_first, &place);
}

static void
assert_selected (Test *test, int expected)
{
  g_assert_cmpint (octavo_offers_get_selected (OCTAVO_OFFERS (test->offers)), ==, expected);
}

static void
test_keys_go_round (Test *test, gconstpointer data)
{
  OctavoOffers *offers = OCTAVO_OFFERS (test->offers);

  octavo_offers_move (offers, 1);
  assert_selected (test, -1);

  offer (test, three, TRUE);
  assert_selected (test, 0);
  octavo_offers_move (offers, -1);
  assert_selected (test, 2);
  octavo_offers_move (offers, 1);
  assert_selected (test, 0);
  octavo_offers_move (offers, 1);
  assert_selected (test, 1);

  /* where nothing is selected, Return goes on with the text; either key begins at its end */
  offer (test, three, FALSE);
  assert_selected (test, -1);
  octavo_offers_move (offers, 1);
  assert_selected (test, 0);
  offer (test, three, FALSE);
  octavo_offers_move (offers, -1);
  assert_selected (test, 2);
}

static void
test_shows_other_words (Test *test, gconstpointer data)
{
  static const char *const one[] = { "delta", NULL };
  OctavoOffers *offers = OCTAVO_OFFERS (test->offers);

  offer (test, three, TRUE);
  g_assert_true (gtk_widget_get_visible (test->offers));
  g_assert_cmpstr (octavo_offers_get_word (offers, 2), ==, "gamma");
  g_assert_null (octavo_offers_get_word (offers, 3));
  g_assert_null (octavo_offers_get_word (offers, -1));
  offer (test, one, TRUE);
  g_assert_cmpstr (octavo_offers_get_word (offers, 0), ==, "delta");
  g_assert_null (octavo_offers_get_word (offers, 1));
  octavo_offers_move (offers, 1);
  assert_selected (test, 0);
}

static void
test_text_keeps_the_keyboard (Test *test, gconstpointer data)
{
  GtkWidget *list = ui_test_find (test->offers, GTK_TYPE_LIST_BOX);

  offer (test, three, TRUE);
  model_test_wait_for (gtk_widget_get_mapped (list));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (test->window)) == test->text);
  g_assert_false (gtk_widget_grab_focus (list));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (test->window)) == test->text);
  gtk_test_accessible_assert_property (list, GTK_ACCESSIBLE_PROPERTY_LABEL, "Titles");
  gtk_test_accessible_assert_property (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 1),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "beta");
}

static void
test_click_chooses (Test *test, gconstpointer data)
{
  GtkListBox *list = GTK_LIST_BOX (ui_test_find (test->offers, GTK_TYPE_LIST_BOX));

  offer (test, three, TRUE);
  octavo_offers_move (OCTAVO_OFFERS (test->offers), 1);
  g_assert_cmpint (test->chosen, ==, -1);
  g_signal_emit_by_name (gtk_list_box_get_row_at_index (list, 2), "activate");
  g_assert_cmpint (test->chosen, ==, 2);
}

int
main (int argc, char *argv[])
{
  ui_test_init_accessible (&argc, &argv);
#define ADD(name, func) g_test_add ("/offers/" name, Test, NULL, set_up, func, tear_down)
  ADD ("keys-go-round", test_keys_go_round);
  ADD ("shows-other-words", test_shows_other_words);
  ADD ("text-keeps-the-keyboard", test_text_keeps_the_keyboard);
  ADD ("click-chooses", test_click_chooses);
  return g_test_run ();
}
