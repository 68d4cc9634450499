/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-note-head"

#include "octavo-note-head.h"

#include "octavo-tag-bar.h"
#include "ui-test.h"

#include <string.h>

typedef struct
{
  ModelTest model;
  OctavoAutosave *autosave;
  OctavoNoteBuffer *buffer; /* titled Green, with the tag tea */
  GtkWidget *window;
  OctavoNoteHead *head;
  GtkWidget *title;
  GString *renamed;
  guint n_left;
} Test;

static void
on_renamed (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *before, *after;
  gint64 id;

  g_variant_get (parameter, "(x&s&ss)", &id, &before, &after, NULL);
  g_string_append_printf (((Test *) data)->renamed, "%" G_GINT64_FORMAT " %s→%s ", id, before, after);
}

static void
on_leave (Test *test)
{
  test->n_left++;
}

static void
set_up (Test *test, gconstpointer data)
{
  const GActionEntry entry = { .name = "renamed", .activate = on_renamed, .parameter_type = "(xsss)" };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  model_test_set_up (&test->model, data);
  test->autosave = octavo_autosave_new (test->model.store);
  test->buffer = ui_test_read_note (&test->model, model_test_add_note (&test->model, "Green", "", "tea"));
  octavo_autosave_watch (test->autosave, test->buffer);
  test->renamed = g_string_new (NULL);

  test->head = g_object_new (OCTAVO_TYPE_NOTE_HEAD, NULL);
  octavo_note_head_set_store (test->head, test->model.store, test->autosave);
  octavo_note_head_set_buffer (test->head, test->buffer);
  octavo_note_head_set_ready (test->head, TRUE);
  g_signal_connect_swapped (test->head, "leave", G_CALLBACK (on_leave), test);
  test->title = ui_test_find (GTK_WIDGET (test->head), GTK_TYPE_ENTRY);
  test->window = ui_test_show (GTK_WIDGET (test->head));
  g_action_map_add_action_entries (G_ACTION_MAP (group), &entry, 1, test);
  gtk_widget_insert_action_group (test->window, "link", G_ACTION_GROUP (group));
}

static void
tear_down (Test *test, gconstpointer data)
{
  octavo_note_head_set_buffer (test->head, NULL);
  ui_test_close (test->window);
  model_test_wait_for (!octavo_note_buffer_is_unsaved (test->buffer));
  /* the callbacks of what was done last hold them */
  model_test_wait_for (G_OBJECT (test->autosave)->ref_count == 1 && G_OBJECT (test->buffer)->ref_count == 1);
  g_assert_finalize_object (test->autosave);
  g_assert_finalize_object (test->buffer);
  g_string_free (test->renamed, TRUE);
  model_test_tear_down (&test->model, data);
}

static void
type_title (Test *test, const char *title)
{
  gtk_editable_set_text (GTK_EDITABLE (test->title), title);
}

static OctavoTagBar *
get_bar (Test *test)
{
  return OCTAVO_TAG_BAR (ui_test_find (GTK_WIDGET (test->head), OCTAVO_TYPE_TAG_BAR));
}

static gboolean
has_tags (Test *test, const char *expected)
{
  g_autofree char *names = g_strjoinv (",", (char **) octavo_tag_bar_get_tags (get_bar (test)));

  return g_str_equal (names, expected);
}

static void
test_title_is_the_note_s (Test *test, gconstpointer data)
{
  gtk_test_accessible_assert_property (test->title, GTK_ACCESSIBLE_PROPERTY_LABEL, "Note title");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (test->title)), ==, "Green");
  type_title (test, "Black");
  g_assert_cmpstr (octavo_note_buffer_get_title (test->buffer), ==, "Black");
  octavo_note_buffer_set_title (test->buffer, "White");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (test->title)), ==, "White");

  /* what is shown is no longer what is open */
  octavo_note_head_set_ready (test->head, FALSE);
  g_assert_false (gtk_editable_get_editable (GTK_EDITABLE (test->title)));
  type_title (test, "of another note");
  g_assert_cmpstr (octavo_note_buffer_get_title (test->buffer), ==, "White");
}

/* Links to it may have to follow: once for all the letters. */
static void
test_new_title_is_told_once_it_is_left (Test *test, gconstpointer data)
{
  octavo_note_head_grab_title (test->head);
  type_title (test, "Gr");
  type_title (test, "Gray");
  g_assert_cmpstr (test->renamed->str, ==, "");
  octavo_note_head_grab_tags (test->head);
  g_assert_cmpstr (test->renamed->str, ==, "1 Green→Gray ");
  octavo_note_head_grab_title (test->head);
  octavo_note_head_set_buffer (test->head, NULL);
  g_assert_cmpstr (test->renamed->str, ==, "1 Green→Gray ");

  octavo_note_head_set_buffer (test->head, test->buffer);
  type_title (test, "Green");
  octavo_note_head_set_buffer (test->head, NULL);
  g_assert_cmpstr (test->renamed->str, ==, "1 Green→Gray 1 Gray→Green ");
}

static void
test_keys_go_on_into_the_text (Test *test, gconstpointer data)
{
  int start, end;

  octavo_note_head_grab_title (test->head);
  g_assert_true (gtk_editable_get_selection_bounds (GTK_EDITABLE (test->title), &start, &end));
  g_assert_cmpint (end - start, ==, strlen ("Green"));
  g_assert_true (ui_test_press (test->title, GDK_KEY_Down, 0));
  g_assert_cmpuint (test->n_left, ==, 1);
  g_signal_emit_by_name (test->title, "activate");
  g_assert_cmpuint (test->n_left, ==, 2);
  g_assert_false (ui_test_press (test->title, GDK_KEY_a, 0));
  octavo_note_head_grab_tags (test->head);
  g_assert_true (
      gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (test->window)), GTK_WIDGET (get_bar (test))));
}

static void
test_tags_are_the_note_s (Test *test, gconstpointer data)
{
  g_autoptr (OctavoNoteBuffer) trashed = NULL;
  gint64 id = model_test_add_note (&test->model, "Old", "", "work");

  g_assert_true (has_tags (test, "tea"));
  g_signal_emit_by_name (get_bar (test), "add", "cup");
  model_test_wait_for (has_tags (test, "cup,tea"));
  g_signal_emit_by_name (get_bar (test), "remove", "tea");
  model_test_wait_for (has_tags (test, "cup"));

  model_test_apply (&test->model, OCTAVO_NOTES_TRASH, id, NULL);
  trashed = ui_test_read_note (&test->model, id);
  octavo_note_head_set_buffer (test->head, trashed);
  g_assert_true (has_tags (test, "work"));
  g_assert_false (octavo_tag_bar_get_editable (get_bar (test)));
  g_assert_false (gtk_editable_get_editable (GTK_EDITABLE (test->title)));
  octavo_note_head_set_buffer (test->head, test->buffer);
  g_assert_true (octavo_tag_bar_get_editable (get_bar (test)));
  g_assert_true (gtk_editable_get_editable (GTK_EDITABLE (test->title)));
}

int
main (int argc, char *argv[])
{
  ui_test_init_accessible (&argc, &argv);
#define ADD(name, func) g_test_add ("/note-head/" name, Test, NULL, set_up, func, tear_down)
  ADD ("title-is-the-note-s", test_title_is_the_note_s);
  ADD ("new-title-is-told-once-it-is-left", test_new_title_is_told_once_it_is_left);
  ADD ("keys-go-on-into-the-text", test_keys_go_on_into_the_text);
  ADD ("tags-are-the-note-s", test_tags_are_the_note_s);
  return g_test_run ();
}
