/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-command-palette"

#include "octavo-command-palette.h"

#include "octavo-settings.h"
#include "ui-test.h"

#define RECENT "recent-commands"

typedef struct
{
  GtkWidget *window;
  GtkWidget *entry; /* in it */
  GtkWidget *button;
  OctavoCommandPalette *palette; /* weak */
  GString *done;
} Test;

static void
on_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_string_append_printf (((Test *) data)->done, "%s ", g_action_get_name (G_ACTION (action)));
}

static void
open_palette (Test *test)
{
  g_set_weak_pointer (&test->palette, octavo_command_palette_new ());
  octavo_command_palette_add (test->palette, "Notes", "Renew notebooks", "win.renew", "");
  octavo_command_palette_present (test->palette, GTK_APPLICATION_WINDOW (test->window));
}

static void
close_palette (Test *test)
{
  if (test->palette != NULL)
    gtk_window_destroy (GTK_WINDOW (test->palette));
  model_test_wait_for (test->palette == NULL);
}

static void
set_up (Test *test, gconstpointer application)
{
  const GActionEntry entries[] = { { .name = "new-note", .activate = on_action },
                                   { .name = "pin", .activate = on_action },
                                   { .name = "trash", .activate = on_action },
                                   { .name = "renew", .activate = on_action } };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  test->done = g_string_new (NULL);
  test->window = g_object_ref (gtk_application_window_new ((gpointer) application));
  g_action_map_add_action_entries (G_ACTION_MAP (test->window), entries, G_N_ELEMENTS (entries), test);
  test->entry = gtk_entry_new ();
  test->button = gtk_button_new_with_label ("button");
  gtk_box_append (GTK_BOX (box), test->entry);
  gtk_box_append (GTK_BOX (box), test->button);
  gtk_window_set_child (GTK_WINDOW (test->window), box);
  gtk_window_present (GTK_WINDOW (test->window));
  model_test_wait_for (gtk_widget_get_mapped (test->entry));
  gtk_widget_grab_focus (test->button);
}

static void
tear_down (Test *test, gconstpointer application)
{
  close_palette (test);
  g_settings_reset (octavo_settings_get (), RECENT);
  ui_test_close (test->window);
  g_string_free (test->done, TRUE);
}

static gboolean
offers (Test *test, const char *text, const char *titles)
{
  GtkWidget *entry = ui_test_find (GTK_WIDGET (test->palette), GTK_TYPE_SEARCH_ENTRY);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  return ui_test_offers (GTK_WIDGET (test->palette), titles);
}

/* By words of its name, in any order and of any case; a name that begins with them comes first. */
static void
test_finds_by_name (Test *test, gconstpointer application)
{
  open_palette (test);
  g_assert_true (offers (test, "UNPIN pin", "Pin or unpin"));
  g_assert_true (offers (test, "new note", "New note|Renew notebooks"));
  g_assert_true (offers (test, "no command has this name", ""));
  g_assert_nonnull (ui_test_find_label (GTK_WIDGET (test->palette), "No command has such a name."));
}

static void
test_offers_what_can_be_done (Test *test, gconstpointer application)
{
  GAction *trash = g_action_map_lookup_action (G_ACTION_MAP (test->window), "trash");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (trash), FALSE);
  open_palette (test);
  g_assert_true (offers (test, "move to the trash", ""));
  g_assert_true (offers (test, "undo", ""));
  close_palette (test);

  /* what belongs to a text is there while that has the focus */
  g_simple_action_set_enabled (G_SIMPLE_ACTION (trash), TRUE);
  gtk_widget_grab_focus (test->entry);
  open_palette (test);
  g_assert_true (offers (test, "move to the trash", "Move to the trash"));
  g_assert_true (offers (test, "undo", "Undo"));
}

static OctavoPickerItem *
dup_first (Test *test)
{
  GtkListView *list = GTK_LIST_VIEW (ui_test_find (GTK_WIDGET (test->palette), GTK_TYPE_LIST_VIEW));

  return g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (list)), 0);
}

static void
test_shows_keys (Test *test, gconstpointer application)
{
  g_autoptr (OctavoPickerItem) item = NULL;

  open_palette (test);
  g_assert_true (offers (test, "pin or", "Pin or unpin"));
  item = dup_first (test);
  g_assert_cmpstr (octavo_picker_item_get_keys (item), ==, "Ctrl+D");
  g_assert_cmpstr (octavo_picker_item_get_detail (item), ==, "This Note");
}

static void
pick (Test *test, const char *text, const char *title, const char *done)
{
  open_palette (test);
  g_assert_true (offers (test, text, title));
  g_signal_emit_by_name (ui_test_find (GTK_WIDGET (test->palette), GTK_TYPE_SEARCH_ENTRY), "activate");
  model_test_wait_for (g_str_equal (test->done->str, done));
  model_test_wait_for (test->palette == NULL);
}

static void
test_what_was_done_last_is_first (Test *test, gconstpointer application)
{
  g_autoptr (OctavoPickerItem) item = NULL;
  g_auto (GStrv) recent = NULL;

  pick (test, "renew", "Renew notebooks", "renew ");
  pick (test, "pin or", "Pin or unpin", "renew pin ");
  pick (test, "renew", "Renew notebooks", "renew pin renew ");
  recent = g_settings_get_strv (octavo_settings_get (), RECENT);
  g_assert_cmpuint (g_strv_length (recent), ==, 2);
  g_assert_cmpstr (recent[0], ==, "win.renew");
  g_assert_cmpstr (recent[1], ==, "win.pin");
  open_palette (test);
  item = dup_first (test);
  g_assert_cmpstr (octavo_picker_item_get_title (item), ==, "Renew notebooks");
}

int
main (int argc, char *argv[])
{
  g_autoptr (GtkApplication) application = ui_test_init_application (&argc, &argv);

#define ADD(name, func) g_test_add ("/command-palette/" name, Test, application, set_up, func, tear_down)
  ADD ("finds-by-name", test_finds_by_name);
  ADD ("offers-what-can-be-done", test_offers_what_can_be_done);
  ADD ("shows-keys", test_shows_keys);
  ADD ("what-was-done-last-is-first", test_what_was_done_last_is_first);
  return g_test_run ();
}
