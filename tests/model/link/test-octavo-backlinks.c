/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-backlinks.h"

#include "model-test.h"

/* "title: line", one a line. */
static void
assert_found (ModelTest *test, gint64 id, const char *titles, guint n_max, const char *expected, gboolean more)
{
  g_auto (GStrv) list = g_strsplit (titles, "\n", -1);
  g_autoptr (OctavoLinkMatch) match = octavo_link_match_new (id, (const char *const *) list);
  g_autoptr (GAsyncResult) answer = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  gboolean has_more;

  octavo_backlinks_find_async (test->store, match, n_max, NULL, model_test_on_result, &result);
  answer = model_test_take_result (&result);
  found = octavo_backlinks_find_finish (test->store, answer, &has_more, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < found->len; i++)
    {
      const OctavoBacklink *link = g_ptr_array_index (found, i);

      g_string_append_printf (lines, "%s%s: %s", i > 0 ? "\n" : "", link->title, link->line);
    }
  g_assert_cmpstr (lines->str, ==, expected);
  g_assert_true (has_more == more);
}

static void
test_who_links_here (ModelTest *test, gconstpointer data)
{
  gint64 tea = model_test_add_note (test, "Tea", "about [[Tea]] itself", NULL);
  gint64 gone;

  model_test_add_note (test, "One", "first line\n\nthen **some** [[tea|green]] here, and [[Tea]]", NULL);
  model_test_add_note (test, "Two", "```\n[[Tea]]\n```", NULL);
  model_test_add_note (test, "Three", "[[Teapot]] and Tea", NULL);
  model_test_add_note (test, "Four", "see [it](octavo:note/1), not [that](octavo:note/11)", NULL);
  model_test_add_note (test, "Five", "[[Chai#Cups]]", NULL);
  gone = model_test_add_note (test, "Six", "[[Tea]]", NULL);
  model_test_apply (test, OCTAVO_NOTES_TRASH, gone, NULL);
  g_assert_cmpint (tea, ==, 1);
  assert_found (test, tea, "Tea\nChai", 10,
                "Five: Chai#Cups\nFour: see it, not that\nOne: then some green here, and Tea", FALSE);
  assert_found (test, 0, "tea", 10, "One: then some green here, and Tea\nTea: about Tea itself", FALSE);
  assert_found (test, tea, "Tea\nChai", 1, "Five: Chai#Cups", TRUE);
  assert_found (test, 0, "", 10, "", FALSE);
}

static void
test_another_title_with_a_number_sign (ModelTest *test, gconstpointer data)
{
  gint64 c = model_test_add_note (test, "C", "", NULL);

  model_test_add_note (test, "C# notes", "", NULL);
  model_test_add_note (test, "One", "[[C# notes]]", NULL);
  model_test_add_note (test, "Two", "[[C#Types]]", NULL);
  assert_found (test, c, "C", 10, "Two: C#Types", FALSE);
}

static void
test_a_long_line (ModelTest *test, gconstpointer data)
{
  g_autoptr (GString) body = g_string_new (NULL);
  gint64 tea = model_test_add_note (test, "Tea", "", NULL);

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (body, "word%u ", i);
  g_string_append (body, "[[Tea]] and after it");
  model_test_add_note (test, "One", body->str, NULL);
  assert_found (test, tea, "Tea", 10, "One: …word92 word93 word94 word95 word96 word97 word98 word99 Tea and after it",
                FALSE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/backlinks/" name, ModelTest, NULL, model_test_set_up, func, model_test_tear_down)
  ADD ("who-links-here", test_who_links_here);
  ADD ("another-title-with-a-number-sign", test_another_title_with_a_number_sign);
  ADD ("a-long-line", test_a_long_line);
  return g_test_run ();
}
