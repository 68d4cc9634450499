/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-picker"

#include "octavo-picker.h"

#include "ui-test.h"

/* One that offers what it is told to, and remembers what it was asked. */
#define TEST_TYPE_PICKER (test_picker_get_type ())
G_DECLARE_FINAL_TYPE (TestPicker, test_picker, TEST, PICKER, OctavoPicker)

struct _TestPicker
{
  OctavoPicker parent_instance;
  GString *log; /* not its own */
};

G_DEFINE_FINAL_TYPE (TestPicker, test_picker, OCTAVO_TYPE_PICKER)

static void
test_picker_text_changed (OctavoPicker *picker, const char *text)
{
  if (TEST_PICKER (picker)->log != NULL)
    g_string_append_printf (TEST_PICKER (picker)->log, "[%s]", text);
}

static void
test_picker_picked (OctavoPicker *picker, OctavoPickerItem *item)
{
  g_string_append_printf (TEST_PICKER (picker)->log, "(%s)", octavo_picker_item_get_title (item));
}

static void
test_picker_class_init (TestPickerClass *klass)
{
  OCTAVO_PICKER_CLASS (klass)->text_changed = test_picker_text_changed;
  OCTAVO_PICKER_CLASS (klass)->picked = test_picker_picked;
}

static void
test_picker_init (TestPicker *self)
{
}

typedef struct
{
  GtkWidget *over;
  TestPicker *picker;
  GString *log;
} Test;

static void
set_up (Test *test, gconstpointer data)
{
  test->log = g_string_new (NULL);
  test->over = ui_test_show (gtk_label_new ("below"));
  test->picker = g_object_new (TEST_TYPE_PICKER, NULL);
  test->picker->log = test->log;
  g_object_add_weak_pointer (G_OBJECT (test->picker), (gpointer *) &test->picker);
  octavo_picker_present (OCTAVO_PICKER (test->picker), GTK_WINDOW (test->over), "Pick", "Something");
}

static void
tear_down (Test *test, gconstpointer data)
{
  if (test->picker != NULL)
    gtk_window_destroy (GTK_WINDOW (test->picker));
  model_test_wait_for (test->picker == NULL);
  ui_test_close (test->over);
  g_string_free (test->log, TRUE);
}

static GtkWidget *
get_entry (Test *test)
{
  return ui_test_find (GTK_WIDGET (test->picker), GTK_TYPE_SEARCH_ENTRY);
}

static void
offer (Test *test, const char *const *titles)
{
  g_autoptr (GListStore) items = g_list_store_new (OCTAVO_TYPE_PICKER_ITEM);

  for (; *titles != NULL; titles++)
    {
      g_autoptr (OctavoPickerItem) item = octavo_picker_item_new (*titles, NULL, NULL, NULL);

      g_list_store_append (items, item);
    }
  octavo_picker_set_items (OCTAVO_PICKER (test->picker), G_LIST_MODEL (items), "There is none");
}

static void
press (Test *test, guint key)
{
  g_assert_true (ui_test_press (get_entry (test), key, 0));
}

static void
activate (Test *test)
{
  g_signal_emit_by_name (get_entry (test), "activate");
}

static void
test_return_takes_the_selected_one (Test *test, gconstpointer data)
{
  static const char *const titles[] = { "one", "two", "three", NULL };

  g_assert_cmpstr (test->log->str, ==, "[]");
  offer (test, titles);
  press (test, GDK_KEY_Down);
  activate (test);
  model_test_wait_for (g_str_has_suffix (test->log->str, ")"));
  g_assert_cmpstr (test->log->str, ==, "[](two)");
  model_test_wait_for (test->picker == NULL);
}

static void
test_up_from_the_first_is_the_last (Test *test, gconstpointer data)
{
  static const char *const titles[] = { "one", "two", "three", NULL };

  offer (test, titles);
  press (test, GDK_KEY_Up);
  activate (test);
  model_test_wait_for (g_str_has_suffix (test->log->str, ")"));
  g_assert_cmpstr (test->log->str, ==, "[](three)");
}

/* Return before the answer waits for it; where there is none nothing is taken. */
static void
test_return_before_the_answer (Test *test, gconstpointer data)
{
  static const char *const none[] = { NULL };
  static const char *const titles[] = { "thing", NULL };

  gtk_editable_set_text (GTK_EDITABLE (get_entry (test)), "nothing");
  activate (test);
  offer (test, none);
  g_assert_nonnull (test->picker);
  gtk_editable_set_text (GTK_EDITABLE (get_entry (test)), "thi");
  activate (test);
  g_assert_false (g_str_has_suffix (test->log->str, ")"));
  offer (test, titles);
  model_test_wait_for (g_str_has_suffix (test->log->str, ")"));
  g_assert_cmpstr (test->log->str, ==, "[][nothing][][thi](thing)");
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
#define ADD(name, func) g_test_add ("/picker/" name, Test, NULL, set_up, func, tear_down)
  ADD ("return-takes-the-selected-one", test_return_takes_the_selected_one);
  ADD ("up-from-the-first-is-the-last", test_up_from_the_first_is_the_last);
  ADD ("return-before-the-answer", test_return_before_the_answer);
  return g_test_run ();
}
