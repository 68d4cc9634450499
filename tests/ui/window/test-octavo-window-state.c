/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-window-state"

#include "octavo-window-state.h"

static gboolean
read_text (OctavoWindowState *state, const char *text)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;

  g_key_file_load_from_data (file, text, (gsize) -1, G_KEY_FILE_NONE, &error);
  g_assert_no_error (error);
  return octavo_window_state_read (state, file, "Window 1");
}

static void
assert_equal (const OctavoWindowState *a, const OctavoWindowState *b)
{
  g_assert_cmpint (a->is_of_note, ==, b->is_of_note);
  g_assert_cmpint (a->note_id, ==, b->note_id);
  g_assert_cmpint (a->width, ==, b->width);
  g_assert_cmpint (a->height, ==, b->height);
  g_assert_cmpint (a->maximized, ==, b->maximized);
  g_assert_cmpint (a->sidebar, ==, b->sidebar);
  g_assert_cmpint (a->sort, ==, b->sort);
  g_assert_cmpint (a->scope.place, ==, b->scope.place);
  g_assert_cmpint (a->scope.tag_id, ==, b->scope.tag_id);
}

static void
test_what_is_written_is_read (void)
{
  const OctavoWindowState states[] = {
    { .note_id = 7,
      .width = 900,
      .height = 600,
      .sidebar = TRUE,
      .sort = OCTAVO_SORT_TITLE,
      .scope = { .place = OCTAVO_PLACE_TAG, .tag_id = 12 } },
    { .width = 360,
      .height = 300,
      .maximized = TRUE,
      .sort = OCTAVO_SORT_CREATED,
      .scope = { .place = OCTAVO_PLACE_TRASH } },
    { .is_of_note = TRUE, .note_id = G_MAXINT64, .width = 500, .height = 700, .sidebar = TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autoptr (GKeyFile) file = g_key_file_new ();
      OctavoWindowState state;

      octavo_window_state_write (&states[i], file, "Window 1");
      g_assert_true (octavo_window_state_read (&state, file, "Window 1"));
      assert_equal (&state, &states[i]);
      g_assert_false (octavo_window_state_read (&state, file, "Window 2"));
    }
}

static void
test_what_is_not_understood_is_as_in_a_new_window (void)
{
  OctavoWindowState state, fresh;

  octavo_window_state_init (&fresh, FALSE);
  g_assert_true (read_text (&state, "[Window 1]\nKind=notes\n"));
  assert_equal (&state, &fresh);
  g_assert_true (read_text (&state, "[Window 1]\nKind=notes\nNote=-4\nWidth=7\nHeight=99999999\nMaximized=perhaps\n"
                                    "Sidebar=x\nSort=taste\nPlace=mars\nTag=3\n"));
  assert_equal (&state, &fresh);
  g_assert_false (read_text (&state, "[Window 1]\nKind=door\n"));
  g_assert_false (read_text (&state, "[Window 1]\nKind=note\n"));
  g_assert_false (read_text (&state, ""));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/window-state/what-is-written-is-read", test_what_is_written_is_read);
  g_test_add_func ("/window-state/what-is-not-understood-is-as-in-a-new-window",
                   test_what_is_not_understood_is_as_in_a_new_window);
  return g_test_run ();
}
