/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-title-finder.h"

#include "model-test.h"

/* The titles that are found, one a line. */
static char *
find (ModelTest *test, const char *text, guint n_max, gboolean *has_exact)
{
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) answer = NULL;
  g_autoptr (GString) titles = g_string_new (NULL);
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;

  octavo_title_finder_find_async (test->store, text, n_max, NULL, model_test_on_result, &result);
  answer = model_test_take_result (&result);
  found = octavo_title_finder_find_finish (test->store, answer, has_exact, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (titles, "%s%s", i > 0 ? "\n" : "", ((OctavoNoteValues *) found->pdata[i])->title);
  return g_string_free (g_steal_pointer (&titles), FALSE);
}

static void
assert_found (ModelTest *test, const char *text, gboolean has_exact, const char *expected)
{
  gboolean exact;
  g_autofree char *titles = find (test, text, 20, &exact);

  g_assert_cmpstr (titles, ==, expected);
  g_assert_true (exact == has_exact);
}

static void
test_the_best_comes_first (ModelTest *test, gconstpointer data)
{
  model_test_add_note (test, "Tea", "", NULL);
  model_test_add_note (test, "Tea and cake", "", NULL);
  model_test_add_note (test, "The tea of the day", "", NULL);
  model_test_add_note (test, "Green steam", "", NULL);
  model_test_add_note (test, "Cake, then tea", "", NULL);
  model_test_add_note (test, "Coffee", "tea is not its title", NULL);

  assert_found (test, "tea", TRUE, "Tea\nTea and cake\nCake, then tea\nThe tea of the day\nGreen steam");
  assert_found (test, "  TEA ", TRUE, "Tea\nTea and cake\nCake, then tea\nThe tea of the day\nGreen steam");
  assert_found (test, "cake tea", FALSE, "Cake, then tea\nTea and cake");
  assert_found (test, "steam", FALSE, "Green steam");
  assert_found (test, "milk", FALSE, "");
}

static void
test_nothing_typed_gives_the_newest (ModelTest *test, gconstpointer data)
{
  gboolean has_exact;
  g_autofree char *titles = NULL;

  model_test_add_notes (test, 30);
  titles = find (test, "", 3, &has_exact);
  g_assert_cmpstr (titles, ==, "note 30\nnote 29\nnote 28");
  g_assert_false (has_exact);
}

static void
test_an_old_note_is_found_among_many (ModelTest *test, gconstpointer data)
{
  gboolean has_exact;
  g_autofree char *titles = NULL;

  model_test_add_note (test, "Not", "the oldest, and its title is in those of all others", NULL);
  model_test_add_notes (test, 600);
  titles = find (test, "not", 2, &has_exact);
  g_assert_cmpstr (titles, ==, "Not\nnote 600");
  g_assert_true (has_exact);
}

static void
test_any_text_is_a_title (ModelTest *test, gconstpointer data)
{
  model_test_add_note (test, "100 % \\ of_it", "", NULL);
  model_test_add_note (test, "Étude (C++) \"a\"", "", NULL);
  model_test_add_note (test, "生存之道", "", NULL);
  model_test_add_note (test, "is:trashed OR -x", "", NULL);

  assert_found (test, "100 % \\ of_it", TRUE, "100 % \\ of_it");
  assert_found (test, "%", FALSE, "100 % \\ of_it");
  assert_found (test, "etude (c++) \"A\"", TRUE, "Étude (C++) \"a\"");
  assert_found (test, "存", FALSE, "生存之道");
  assert_found (test, "is:trashed OR -x", TRUE, "is:trashed OR -x");
  assert_found (test, "\"", FALSE, "");
}

static void
test_the_trash_is_left_out (ModelTest *test, gconstpointer data)
{
  gint64 id = model_test_add_note (test, "Gone", "", NULL);

  model_test_apply (test, OCTAVO_NOTES_TRASH, id, NULL);
  assert_found (test, "gone", FALSE, "");
}

static void
test_it_is_cancelled (ModelTest *test, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) answer = NULL;

  octavo_title_finder_find_async (test->store, "x", 5, cancellable, model_test_on_result, &result);
  g_cancellable_cancel (cancellable);
  answer = model_test_take_result (&result);
  g_assert_null (octavo_title_finder_find_finish (test->store, answer, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func)                                                                                                \
  g_test_add ("/title-finder/" name, ModelTest, NULL, model_test_set_up, func, model_test_tear_down)
  ADD ("the-best-comes-first", test_the_best_comes_first);
  ADD ("nothing-typed-gives-the-newest", test_nothing_typed_gives_the_newest);
  ADD ("an-old-note-is-found-among-many", test_an_old_note_is_found_among_many);
  ADD ("any-text-is-a-title", test_any_text_is_a_title);
  ADD ("the-trash-is-left-out", test_the_trash_is_left_out);
  ADD ("it-is-cancelled", test_it_is_cancelled);
  return g_test_run ();
}
