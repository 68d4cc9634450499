/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-link-resolver.h"

#include "model-test.h"

static OctavoLinkNote *
find (ModelTest *test, const char *target, gint64 besides)
{
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) answer = NULL;
  g_autoptr (GError) error = NULL;
  OctavoLinkNote *note;

  octavo_link_resolver_find_async (test->store, target, besides, NULL, model_test_on_result, &result);
  answer = model_test_take_result (&result);
  note = octavo_link_resolver_find_finish (test->store, answer, &error);
  g_assert_no_error (error);
  return note;
}

static void
assert_found (ModelTest *test, const char *target, gint64 id, const char *heading)
{
  g_autoptr (OctavoLinkNote) note = find (test, target, 0);

  g_assert_cmpint (note->id, ==, id);
  g_assert_cmpstr (note->heading, ==, heading);
  g_assert_false (note->is_trashed);
}

static void
set_aliases (ModelTest *test, gint64 id, const char *aliases)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OctavoNote) note = octavo_note_repository_get (octavo_store_get_notes (test->store), id, NULL, &error);

  g_assert_no_error (error);
  octavo_note_set_aliases (note, aliases);
  octavo_note_repository_save (octavo_store_get_notes (test->store), note, NULL, &error);
  g_assert_no_error (error);
}

static void
test_by_title (ModelTest *test, gconstpointer data)
{
  gint64 tea = model_test_add_note (test, "Green tea", "", NULL);
  gint64 quoted = model_test_add_note (test, "The \"best\" (50 %_) cake", "", NULL);
  gint64 accents = model_test_add_note (test, "Étude 生", "", NULL);

  model_test_add_note (test, "Green tea and cake", "Green tea", NULL);
  assert_found (test, "Green tea", tea, NULL);
  assert_found (test, " green TEA ", tea, NULL);
  assert_found (test, "The \"best\" (50 %_) cake", quoted, NULL);
  assert_found (test, "etude 生", accents, NULL);
  assert_found (test, "Green", 0, NULL);
  assert_found (test, "?", 0, NULL);
}

static void
test_with_a_heading (ModelTest *test, gconstpointer data)
{
  gint64 c = model_test_add_note (test, "C", "", NULL);
  gint64 sharp = model_test_add_note (test, "C# notes", "", NULL);
  g_autoptr (OctavoLinkNote) none = find (test, "Tea#Green", 0);

  assert_found (test, "C#Syntax", c, "Syntax");
  assert_found (test, "C# notes", sharp, NULL);
  assert_found (test, "C# notes#Types", sharp, "Types");
  g_assert_cmpint (none->id, ==, 0);
  g_assert_cmpstr (none->title, ==, "Tea");
}

static void
test_by_alias (ModelTest *test, gconstpointer data)
{
  gint64 tea = model_test_add_note (test, "Tea", "", NULL);
  gint64 thee;

  set_aliases (test, tea, "Thé\nChai");
  assert_found (test, "chai", tea, NULL);
  assert_found (test, "the", tea, NULL);
  thee = model_test_add_note (test, "The", "", NULL);
  set_aliases (test, tea, "Thé\nChai\nCha");
  assert_found (test, "the", thee, NULL);
}

static void
test_of_several_the_newest (ModelTest *test, gconstpointer data)
{
  gint64 older = model_test_add_note (test, "Tea", "", NULL);
  gint64 newer = model_test_add_note (test, "Tea", "", NULL);
  gint64 small = model_test_add_note (test, "tea", "", NULL);
  g_autoptr (OctavoLinkNote) note = find (test, "Tea", 0);
  g_autoptr (OctavoLinkNote) other = find (test, "Tea", newer);

  g_assert_cmpint (note->id, ==, newer);
  g_assert_cmpuint (note->n_notes, ==, 2);
  g_assert_cmpint (other->id, ==, older);
  assert_found (test, "TEA", small, NULL);
}

static void
test_the_trash_comes_last (ModelTest *test, gconstpointer data)
{
  gint64 gone = model_test_add_note (test, "Étude", "", NULL);
  g_autoptr (OctavoLinkNote) note = NULL;
  gint64 other;

  model_test_apply (test, OCTAVO_NOTES_TRASH, gone, NULL);
  note = find (test, "étude", 0);
  g_assert_cmpint (note->id, ==, gone);
  g_assert_true (note->is_trashed);
  other = model_test_add_note (test, "Etude", "", NULL);
  assert_found (test, "Étude", other, NULL);
}

static void
test_it_is_cancelled (ModelTest *test, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) answer = NULL;

  octavo_link_resolver_find_async (test->store, "x", 0, cancellable, model_test_on_result, &result);
  g_cancellable_cancel (cancellable);
  answer = model_test_take_result (&result);
  g_assert_null (octavo_link_resolver_find_finish (test->store, answer, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func)                                                                                                \
  g_test_add ("/link-resolver/" name, ModelTest, NULL, model_test_set_up, func, model_test_tear_down)
  ADD ("by-title", test_by_title);
  ADD ("with-a-heading", test_with_a_heading);
  ADD ("by-alias", test_by_alias);
  ADD ("of-several-the-newest", test_of_several_the_newest);
  ADD ("the-trash-comes-last", test_the_trash_comes_last);
  ADD ("it-is-cancelled", test_it_is_cancelled);
  return g_test_run ();
}
