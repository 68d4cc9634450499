/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-reading-page"

#include "octavo-reading-page.h"

#include "octavo-reading-view.h"
#include "ui-test.h"

#define BODY         "- [ ] tea\n\n[there](https://example.org)\n"
#define N_PARAGRAPHS 200
#define LENGTH       13

typedef struct
{
  OctavoNoteBuffer *buffer;
  OctavoReadingPage *page;
  GtkWidget *window;
  guint n_ready;
  char *followed;
} Test;

static void
on_ready (Test *test)
{
  test->n_ready++;
}

static void
on_follow (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_free (((Test *) data)->followed);
  ((Test *) data)->followed = g_variant_dup_string (parameter, NULL);
}

static void
set_up (Test *test, gconstpointer data)
{
  const GActionEntry entry = { .name = "follow", .activate = on_follow, .parameter_type = "s" };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  test->buffer = octavo_note_buffer_new_for_user (1);
  octavo_markdown_buffer_load (OCTAVO_MARKDOWN_BUFFER (test->buffer), BODY);
  test->page = OCTAVO_READING_PAGE (octavo_reading_page_new ());
  g_signal_connect_swapped (test->page, "ready", G_CALLBACK (on_ready), test);
  octavo_reading_page_set_editable (test->page, TRUE);
  test->window = ui_test_show (GTK_WIDGET (test->page));
  g_action_map_add_action_entries (G_ACTION_MAP (group), &entry, 1, test);
  gtk_widget_insert_action_group (test->window, "link", G_ACTION_GROUP (group));
}

static void
tear_down (Test *test, gconstpointer data)
{
  gpointer page = test->page;

  octavo_reading_page_show (test->page, NULL, 0);
  g_object_add_weak_pointer (G_OBJECT (page), &page);
  ui_test_close (test->window);
  model_test_wait_for (page == NULL); /* what reads holds it */
  g_assert_finalize_object (test->buffer);
  g_free (test->followed);
}

static void
show (Test *test, int top)
{
  octavo_reading_page_show (test->page, test->buffer, top);
  model_test_wait_for (test->n_ready == 1);
}

static void
assert_body (Test *test, const char *expected)
{
  g_autofree char *body = octavo_note_buffer_dup_body (test->buffer);

  g_assert_cmpstr (body, ==, expected);
}

static GtkCheckButton *
find_box (Test *test)
{
  return GTK_CHECK_BUTTON (ui_test_find (GTK_WIDGET (test->page), GTK_TYPE_CHECK_BUTTON));
}

static void
test_tick_is_an_edit (Test *test, gconstpointer data)
{
  show (test, 0);
  model_test_wait_for (find_box (test) != NULL);
  gtk_check_button_set_active (find_box (test), TRUE);
  assert_body (test, "- [x] tea\n\n[there](https://example.org)\n");
  gtk_check_button_set_active (find_box (test), FALSE);
  assert_body (test, BODY);
  g_assert_true (ui_test_press_bound (GTK_WIDGET (test->page), GDK_KEY_z, GDK_CONTROL_MASK));
  assert_body (test, "- [x] tea\n\n[there](https://example.org)\n");
  model_test_wait_for (find_box (test) != NULL && gtk_check_button_get_active (find_box (test)));
  g_assert_true (ui_test_press_bound (GTK_WIDGET (test->page), GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK));
  assert_body (test, BODY);
  octavo_reading_page_set_editable (test->page, FALSE);
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (find_box (test))));
}

/* Another window may edit it meanwhile; what was asked for is shown but once. */
static void
test_follows_the_text (Test *test, gconstpointer data)
{
  show (test, 0);
  gtk_text_buffer_insert_at_cursor (GTK_TEXT_BUFFER (test->buffer), "new words\n\n", -1);
  model_test_wait_for (ui_test_find_label (GTK_WIDGET (test->page), "new words") != NULL);
  g_assert_cmpuint (test->n_ready, ==, 1);
}

static void
test_links_go_through_the_window (Test *test, gconstpointer data)
{
  GtkWidget *view = ui_test_find (GTK_WIDGET (test->page), OCTAVO_TYPE_READING_VIEW);

  gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_LABEL, "Note, to read");
  show (test, 0);
  g_signal_emit_by_name (view, "link", "https://example.org");
  g_assert_cmpstr (test->followed, ==, "https://example.org");
  octavo_reading_page_grab (test->page);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (test->window)) == view);
}

/* In characters of the text, of which some have several bytes. */
static void
test_place_is_one_of_the_text (Test *test, gconstpointer data)
{
  g_autoptr (GString) body = g_string_new (NULL);

  for (int i = 0; i < N_PARAGRAPHS; i++)
    g_string_append_printf (body, "Größer: %03d\n\n", i);
  octavo_markdown_buffer_load (OCTAVO_MARKDOWN_BUFFER (test->buffer), body->str);
  g_assert_cmpint (octavo_reading_page_get_top (test->page), ==, 0);

  octavo_reading_page_show (test->page, test->buffer, 0);
  octavo_reading_page_scroll_to (test->page, 50 * LENGTH + 3);
  model_test_wait_for (test->n_ready == 1);
  model_test_wait_for (octavo_reading_page_get_top (test->page) == 50 * LENGTH);
  octavo_reading_page_scroll_to (test->page, 100 * LENGTH);
  model_test_wait_for (octavo_reading_page_get_top (test->page) == 100 * LENGTH);
}

int
main (int argc, char *argv[])
{
  ui_test_init_accessible (&argc, &argv);
#define ADD(name, func) g_test_add ("/reading-page/" name, Test, NULL, set_up, func, tear_down)
  ADD ("tick-is-an-edit", test_tick_is_an_edit);
  ADD ("follows-the-text", test_follows_the_text);
  ADD ("links-go-through-the-window", test_links_go_through_the_window);
  ADD ("place-is-one-of-the-text", test_place_is_one_of_the_text);
  return g_test_run ();
}
