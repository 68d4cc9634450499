/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-text-completion.h"

#include "octavo-markdown-buffer.h"
#include "octavo-note-view.h"
#include "octavo-offers.h"
#include "octavo-tag-repository.h"
#include "ui-test.h"

#include <string.h>

typedef struct
{
  ModelTest model;
  GtkWidget *box;
  GtkWidget *view;
  GtkWidget *window;
  GtkTextBuffer *buffer;
} Test;

static void
set_up (Test *test, gconstpointer data)
{
  model_test_set_up (&test->model, data);
  model_test_add_note (&test->model, "Greece", "", "work/project");
  model_test_add_note (&test->model, "Green tea", "", "home,to do");
  model_test_add_note (&test->model, "a [b] | c", "", NULL);
  test->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  test->view = g_object_new (OCTAVO_TYPE_NOTE_VIEW, NULL);
  gtk_widget_set_vexpand (test->view, TRUE);
  gtk_box_append (GTK_BOX (test->box), test->view);
  octavo_text_completion_add (GTK_TEXT_VIEW (test->view), test->box, test->model.store);
  test->buffer = g_object_new (OCTAVO_TYPE_MARKDOWN_BUFFER, NULL);
  octavo_note_view_show (OCTAVO_NOTE_VIEW (test->view), test->buffer);
  test->window = ui_test_show (test->box);
  model_test_wait_for (
      g_list_model_get_n_items (octavo_tag_repository_get_list (octavo_store_get_tags (test->model.store))) == 4);
  gtk_widget_grab_focus (test->view);
  model_test_wait_for (gtk_widget_has_focus (test->view));
}

static void
tear_down (Test *test, gconstpointer data)
{
  ui_test_close (test->window);
  g_assert_finalize_object (test->buffer);
  model_test_tear_down (&test->model, data);
}

/* Types after what is there, as text comes from the keyboard. */
static void
type (Test *test, const char *text)
{
  g_signal_emit_by_name (test->view, "insert-at-cursor", text);
}

static OctavoOffers *
get_offers (Test *test)
{
  GtkWidget *offers = ui_test_find (test->box, OCTAVO_TYPE_OFFERS);

  return offers != NULL && gtk_widget_get_visible (offers) ? OCTAVO_OFFERS (offers) : NULL;
}

static const char *
get_first (Test *test)
{
  return get_offers (test) != NULL ? octavo_offers_get_word (get_offers (test), 0) : NULL;
}

static void
wait_offered (Test *test, const char *first)
{
  model_test_wait_for (g_strcmp0 (get_first (test), first) == 0);
}

static void
assert_text (Test *test, const char *expected)
{
  g_autofree char *text = octavo_markdown_buffer_dup_text (OCTAVO_MARKDOWN_BUFFER (test->buffer));

  g_assert_cmpstr (text, ==, expected);
}

static void
clear (Test *test)
{
  gtk_text_buffer_set_text (test->buffer, "", -1);
}

static gboolean
press (Test *test, guint key)
{
  return ui_test_press (test->box, key, 0);
}

static void
test_titles (Test *test, gconstpointer data)
{
  type (test, "see [[");
  wait_offered (test, "a [b] | c");
  type (test, "gre");
  wait_offered (test, "Green tea");
  g_assert_cmpstr (octavo_offers_get_word (get_offers (test), 1), ==, "Greece");
  g_assert_null (octavo_offers_get_word (get_offers (test), 2));
  g_assert_true (press (test, GDK_KEY_Down));
  g_assert_true (press (test, GDK_KEY_Return));
  assert_text (test, "see [[Greece]]");
  g_assert_null (get_offers (test));
  g_assert_false (press (test, GDK_KEY_Return));

  gtk_text_buffer_undo (test->buffer);
  assert_text (test, "see [[gre");
}

static void
test_brackets_are_not_doubled (Test *test, gconstpointer data)
{
  GtkTextIter place;

  type (test, "[[]] x");
  gtk_text_buffer_get_iter_at_offset (test->buffer, &place, 2);
  gtk_text_buffer_place_cursor (test->buffer, &place);
  type (test, "tea");
  wait_offered (test, "Green tea");
  g_assert_true (press (test, GDK_KEY_Tab));
  assert_text (test, "[[Green tea]] x");
}

static void
test_a_title_that_no_wiki_link_can_have (Test *test, gconstpointer data)
{
  type (test, "[[a ");
  wait_offered (test, "a [b] | c");
  g_assert_true (press (test, GDK_KEY_Return));
  assert_text (test, "[a \\[b\\] \\| c](octavo:note/3)");
}

static void
test_tags (Test *test, gconstpointer data)
{
  type (test, "a #o");
  wait_offered (test, "home");                                                 /* "to do" cannot stand in a text */
  g_assert_cmpstr (octavo_offers_get_word (get_offers (test), 1), ==, "work"); /* there is one under it */
  g_assert_cmpstr (octavo_offers_get_word (get_offers (test), 2), ==, "work/project");
  g_assert_null (octavo_offers_get_word (get_offers (test), 3));
  g_assert_false (press (test, GDK_KEY_Return));
  g_assert_true (press (test, GDK_KEY_Up));
  g_assert_true (press (test, GDK_KEY_Return));
  assert_text (test, "a #work/project");
}

static void
test_escape_leaves_it (Test *test, gconstpointer data)
{
  type (test, "a #h");
  wait_offered (test, "home");
  g_assert_true (press (test, GDK_KEY_Escape));
  g_assert_null (get_offers (test));
  type (test, "o");
  g_assert_null (get_offers (test));
  type (test, " #h");
  wait_offered (test, "home");
  clear (test);
  type (test, " ");
  g_assert_null (get_offers (test));
}

/* Where nothing is meant nothing is offered: the tag behind shows that it was looked at. */
static void
assert_nothing (Test *test, const char *text)
{
  clear (test);
  type (test, text);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (get_offers (test));
}

static void
test_not_in_code (Test *test, gconstpointer data)
{
  assert_nothing (test, "```\n#h");
  assert_nothing (test, "```\n[[g");
  assert_nothing (test, "    [[g");
  assert_nothing (test, "# h");
  assert_nothing (test, "a#h");
  assert_nothing (test, "#12");
  assert_nothing (test, "\\[[g");
  assert_nothing (test, "[[g]]");
  assert_nothing (test, "[[Green tea|g");
  assert_nothing (test, "[[Green tea#g");
  clear (test);
  type (test, "#h");
  wait_offered (test, "home");
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
#define ADD(name, func) g_test_add ("/text-completion/" name, Test, NULL, set_up, func, tear_down)
  ADD ("titles", test_titles);
  ADD ("brackets-are-not-doubled", test_brackets_are_not_doubled);
  ADD ("a-title-that-no-wiki-link-can-have", test_a_title_that_no_wiki_link_can_have);
  ADD ("tags", test_tags);
  ADD ("escape-leaves-it", test_escape_leaves_it);
  ADD ("not-in-code", test_not_in_code);
  return g_test_run ();
}
