/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-link-rename.h"

#include "model-test.h"

static OctavoLinkRename *
find (ModelTest *test, gint64 id, const char *old_title, const char *title, const char *aliases)
{
  g_autoptr (GAsyncResult) answer = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  OctavoLinkRename *rename;

  octavo_link_rename_find_async (test->store, id, old_title, title, aliases, NULL, model_test_on_result, &result);
  answer = model_test_take_result (&result);
  rename = octavo_link_rename_find_finish (test->store, answer, &error);
  g_assert_no_error (error);
  return rename;
}

/* The step that it was. */
static gint64
run (ModelTest *test, OctavoLinkRename *rename, guint expected_done)
{
  g_autoptr (GAsyncResult) answer = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  guint n_done;
  gint64 step_id;

  octavo_link_rename_run_async (test->store, rename, model_test_on_result, &result);
  answer = model_test_take_result (&result);
  octavo_link_rename_run_finish (test->store, answer, &n_done, &step_id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_done, ==, expected_done);
  return step_id;
}

static void
assert_bodies (ModelTest *test, const char *expected)
{
  g_autofree char *bodies =
      model_test_query_text (test->path, "SELECT group_concat (body, '/') FROM (SELECT body FROM note ORDER BY id)");

  g_assert_cmpstr (bodies, ==, expected);
}

static gint64
add_notes (ModelTest *test)
{
  gint64 tea = model_test_add_note (test, "Chai", "[[Tea]] itself", NULL);

  model_test_add_note (test, "One", "one [[Tea]]", NULL);
  model_test_add_note (test, "Two", "`[[Tea]]` two", NULL);
  model_test_add_note (test, "Three", "![[tea#Green|x]] three", NULL);
  return tea;
}

static void
test_done_and_undone (ModelTest *test, gconstpointer data)
{
  gint64 tea = add_notes (test);
  g_autoptr (OctavoLinkRename) rename = find (test, tea, "Tea", "Chai", "");
  g_autoptr (GError) error = NULL;
  g_autoptr (OctavoNote) open = octavo_note_repository_get (octavo_store_get_notes (test->store), 2, NULL, &error);
  gint64 updated = octavo_note_get_updated (open);
  gint64 step_id;

  g_assert_no_error (error);
  g_assert_nonnull (rename);
  g_assert_cmpuint (octavo_link_rename_get_n_notes (rename), ==, 3);
  g_assert_cmpstr (octavo_link_rename_get_old_title (rename), ==, "Tea");
  step_id = run (test, rename, 3);
  assert_bodies (test, "[[Chai]] itself/one [[Chai]]/`[[Tea]]` two/![[Chai#Green|x]] three");

  /* what is open follows, and nobody was there */
  model_test_wait_for (g_strcmp0 (octavo_note_get_body (open), "one [[Chai]]") == 0);
  g_assert_cmpint (octavo_note_get_updated (open), ==, updated);
  g_assert_cmpint (model_test_query_int (test->path, "SELECT count (*) FROM note WHERE excerpt LIKE '%Chai%'"), ==, 2);

  model_test_undo (test, step_id, NULL);
  assert_bodies (test, "[[Tea]] itself/one [[Tea]]/`[[Tea]]` two/![[tea#Green|x]] three");
  model_test_wait_for (g_strcmp0 (octavo_note_get_body (open), "one [[Tea]]") == 0);
}

static void
test_what_was_edited_since_stays (ModelTest *test, gconstpointer data)
{
  gint64 tea = add_notes (test);
  g_autoptr (OctavoLinkRename) rename = find (test, tea, "Tea", "Chai", "");
  g_auto (OctavoUndoResult) result = { 0 };
  gint64 step_id;

  model_test_execute (test->path, "UPDATE note SET body = 'first, ' || body WHERE id = 2");
  model_test_execute (test->path, "UPDATE note SET body = 'no link' WHERE id = 4");
  step_id = run (test, rename, 2);
  assert_bodies (test, "[[Chai]] itself/first, one [[Chai]]/`[[Tea]]` two/no link");
  model_test_execute (test->path, "UPDATE note SET body = body || '!' WHERE id = 2");
  model_test_undo (test, step_id, &result);
  g_assert_cmpuint (result.n_done, ==, 1);
  g_assert_cmpuint (result.n_left, ==, 1);
  assert_bodies (test, "[[Tea]] itself/first, one [[Chai]]!/`[[Tea]]` two/no link");
}

/* With spaces in the brackets, and to the file that the note is when it is exported. */
static void
test_other_ways_to_write_it (ModelTest *test, gconstpointer data)
{
  gint64 tea = model_test_add_note (test, "Chai", "", NULL);
  g_autoptr (OctavoLinkRename) rename = NULL;

  model_test_add_note (test, "One", "one [[ Green Tea ]]", NULL);
  model_test_add_note (test, "Two", "two [x](Green%20Tea.md)", NULL);
  model_test_add_note (test, "Three", "three [x](<Green Tea.md>)", NULL);
  rename = find (test, tea, "Green Tea", "Chai", "");
  g_assert_nonnull (rename);
  g_assert_cmpuint (octavo_link_rename_get_n_notes (rename), ==, 3);
  run (test, rename, 3);
  assert_bodies (test, "/one [[ Chai ]]/two [x](Chai.md)/three [x](<Chai.md>)");
}

static void
test_links_that_lead_somewhere_stay (ModelTest *test, gconstpointer data)
{
  gint64 tea = add_notes (test);

  g_assert_null (find (test, tea, "Tea", "TEA", ""));
  g_assert_null (find (test, tea, "Tea", "Chai", "Thé\ntea"));
  g_assert_null (find (test, tea, "Coffee", "Chai", ""));
  g_assert_null (find (test, tea, " ", "Chai", ""));
  model_test_add_note (test, "Tea", "another", NULL);
  g_assert_null (find (test, tea, "Tea", "Chai", ""));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func)                                                                                                \
  g_test_add ("/link-rename/" name, ModelTest, NULL, model_test_set_up, func, model_test_tear_down)
  ADD ("done-and-undone", test_done_and_undone);
  ADD ("what-was-edited-since-stays", test_what_was_edited_since_stays);
  ADD ("other-ways-to-write-it", test_other_ways_to_write_it);
  ADD ("links-that-lead-somewhere-stay", test_links_that_lead_somewhere_stay);
  return g_test_run ();
}
