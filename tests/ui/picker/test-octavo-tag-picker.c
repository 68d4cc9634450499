/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-tag-picker"

#include "octavo-tag-picker.h"

#include "octavo-tag-repository.h"
#include "ui-test.h"

typedef struct
{
  ModelTest model;
  GtkWidget *below;
  OctavoTagPicker *picker; /* weak; of two notes: both have tea, one has work, none has zoo */
  GtkWidget *entry;
  GString *picked;
} Test;

static void
on_picked (Test *test, const char *tag, gboolean add)
{
  g_string_append_printf (test->picked, "%s%s", add ? "+" : "-", tag);
}

static void
set_up (Test *test, gconstpointer data)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GListModel *all;
  gint64 id;

  model_test_set_up (&test->model, data);
  id = model_test_add_note (&test->model, "one", "", "tea,work");
  g_array_append_val (ids, id);
  id = model_test_add_note (&test->model, "two", "", "tea");
  g_array_append_val (ids, id);
  model_test_add_note (&test->model, "three", "", "zoo");
  all = octavo_tag_repository_get_list (octavo_store_get_tags (test->model.store));
  model_test_wait_for (g_list_model_get_n_items (all) == 3);

  test->picked = g_string_new (NULL);
  test->below = ui_test_show (gtk_label_new ("below"));
  g_set_weak_pointer (&test->picker, octavo_tag_picker_new (test->model.store, ids));
  g_assert_cmpuint (octavo_tag_picker_get_ids (test->picker)->len, ==, 2);
  g_signal_connect_swapped (test->picker, "picked-tag", G_CALLBACK (on_picked), test);
  octavo_tag_picker_present (test->picker, GTK_WINDOW (test->below));
  test->entry = ui_test_find (GTK_WIDGET (test->picker), GTK_TYPE_SEARCH_ENTRY);
}

static void
tear_down (Test *test, gconstpointer data)
{
  if (test->picker != NULL)
    gtk_window_destroy (GTK_WINDOW (test->picker));
  model_test_wait_for (test->picker == NULL);
  ui_test_close (test->below);
  g_string_free (test->picked, TRUE);
  model_test_tear_down (&test->model, data);
}

static gboolean
offers (Test *test, const char *titles)
{
  return ui_test_offers (GTK_WIDGET (test->picker), titles);
}

static void
type (Test *test, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (test->entry), text);
}

static const char *
get_detail (Test *test, guint position)
{
  GtkListView *list = GTK_LIST_VIEW (ui_test_find (GTK_WIDGET (test->picker), GTK_TYPE_LIST_VIEW));
  g_autoptr (OctavoPickerItem) item = g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (list)), position);

  return octavo_picker_item_get_detail (item);
}

/* Of a tag that some have and others have not both can be done. */
static void
test_tags_of_the_notes_come_first (Test *test, gconstpointer data)
{
  model_test_wait_for (offers (test, "Remove “tea”|Add “work”|Remove “work”|Add “zoo”"));
  g_assert_cmpstr (get_detail (test, 0), ==, "on all");
  g_assert_cmpstr (get_detail (test, 1), ==, "on 1 of 2");
  g_assert_cmpstr (get_detail (test, 2), ==, "on 1 of 2");
  g_assert_null (get_detail (test, 3));
}

static void
test_text_narrows_and_makes_new_ones (Test *test, gconstpointer data)
{
  model_test_wait_for (!offers (test, ""));
  type (test, "o");
  g_assert_true (offers (test, "Add “work”|Remove “work”|Add “zoo”|Add the new tag “o”"));
  type (test, " ZOO ");
  g_assert_true (offers (test, "Add “zoo”"));
  type (test, "Milk");
  g_assert_true (offers (test, "Add the new tag “Milk”"));
  /* what cannot be the name of a tag, and why */
  type (test, "a,b");
  g_assert_true (offers (test, ""));
  g_assert_nonnull (ui_test_find_label (GTK_WIDGET (test->picker), "A tag cannot have a comma in it. Add “a,b” as "
                                                                   "several tags, or leave the comma out."));
  type (test, "");
  g_assert_true (offers (test, "Remove “tea”|Add “work”|Remove “work”|Add “zoo”"));
}

static void
test_picked_is_told (Test *test, gconstpointer data)
{
  model_test_wait_for (!offers (test, ""));
  g_assert_true (ui_test_press (test->entry, GDK_KEY_Down, 0));
  g_assert_true (ui_test_press (test->entry, GDK_KEY_Down, 0));
  g_signal_emit_by_name (test->entry, "activate");
  model_test_wait_for (test->picked->len > 0);
  g_assert_cmpstr (test->picked->str, ==, "-work");
  model_test_wait_for (test->picker == NULL);
}

/* Who types fast presses Return before it is known what the notes have. */
static void
test_new_one_is_picked_at_once (Test *test, gconstpointer data)
{
  type (test, "Milk");
  g_signal_emit_by_name (test->entry, "activate");
  model_test_wait_for (test->picked->len > 0);
  g_assert_cmpstr (test->picked->str, ==, "+Milk");
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
#define ADD(name, func) g_test_add ("/tag-picker/" name, Test, NULL, set_up, func, tear_down)
  ADD ("tags-of-the-notes-come-first", test_tags_of_the_notes_come_first);
  ADD ("text-narrows-and-makes-new-ones", test_text_narrows_and_makes_new_ones);
  ADD ("picked-is-told", test_picked_is_told);
  ADD ("new-one-is-picked-at-once", test_new_one_is_picked_at_once);
  return g_test_run ();
}
