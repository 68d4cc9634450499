/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-test.h"
#include "octavo-error.h"
#include "octavo-tag-repository.h"

#include <locale.h>
#include <string.h>

#define TAGS                                                                                                           \
  "SELECT ifnull (group_concat (what, ' '), '') FROM (SELECT tag.name || iif (color = '', '', '(' || color || ')') "   \
  "|| '=' || ifnull (group_concat (note_id, '+'), '') AS what FROM tag LEFT JOIN (SELECT * FROM note_tag ORDER BY "    \
  "note_id) ON tag_id = tag.id GROUP BY tag.id ORDER BY tag.folded)"

/* What is in the file: "name(colour)=note+note name=note …". */
static void
assert_tags (ModelTest *self, const char *expected)
{
  g_autofree char *tags = model_test_query_text (self->path, TAGS);

  g_assert_cmpstr (tags, ==, expected);
}

static OctavoTagRepository *
get_tags (ModelTest *self)
{
  return octavo_store_get_tags (self->store);
}

/* The code of the error; -1: it was done. */
static int
try_rename (ModelTest *self, const char *path, const char *new_path, gboolean may_merge)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  octavo_tag_repository_rename_async (get_tags (self), path, new_path, may_merge, NULL, model_test_on_result, &result);
  model_test_wait_for (result != NULL);
  if (octavo_tag_repository_rename_finish (get_tags (self), result, NULL, &error))
    return -1;
  g_assert_true (error->domain == OCTAVO_ERROR);
  g_assert_cmpstr (error->message, !=, "");
  return error->code;
}

static void
rename_tag (ModelTest *self, const char *path, const char *new_path)
{
  g_assert_cmpint (try_rename (self, path, new_path, FALSE), ==, -1);
}

static gboolean
try_color (ModelTest *self, const char *path, const char *color)
{
  g_autoptr (GAsyncResult) result = NULL;

  octavo_tag_repository_set_color_async (get_tags (self), path, color, NULL, model_test_on_result, &result);
  model_test_wait_for (result != NULL);
  return octavo_tag_repository_set_color_finish (get_tags (self), result, NULL);
}

/* The step that it was. */
static gint64
delete_tag (ModelTest *self, const char *path)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 step_id;

  octavo_tag_repository_delete_async (get_tags (self), path, NULL, model_test_on_result, &result);
  model_test_wait_for (result != NULL);
  octavo_tag_repository_delete_finish (get_tags (self), result, &step_id, &error);
  g_assert_no_error (error);
  return step_id;
}

static void
test_rename_takes_children_along (ModelTest *self, gconstpointer data)
{
  model_test_add_note (self, "one", "", "Work,work/Project/a");
  model_test_add_note (self, "two", "", "work/project,work-life,WORK/x");

  rename_tag (self, "work", "  #Job/ now ");
  assert_tags (self, "Job/now=1 Job/now/project=2 Job/now/Project/a=1 Job/now/x=2 work-life=2");
  rename_tag (self, "job/NOW", "work");
  assert_tags (self, "work=1 work-life=2 work/project=2 work/Project/a=1 work/x=2");
}

static void
test_rename_of_a_path_only (ModelTest *self, gconstpointer data)
{
  model_test_add_note (self, "one", "", "a/b/c,a/bb");
  rename_tag (self, "a/b", "z");
  assert_tags (self, "a/bb=1 z/c=1");
}

static void
test_rename_of_case_alone (ModelTest *self, gconstpointer data)
{
  model_test_add_note (self, "one", "", "work,work/a,ÄRGER");
  rename_tag (self, "work", "WORK");
  assert_tags (self, "WORK=1 WORK/a=1 ÄRGER=1");
  rename_tag (self, "ärger", "Ärger");
  assert_tags (self, "WORK=1 WORK/a=1 Ärger=1");
}

/* What moves makes room for what moves. */
static void
test_rename_into_itself (ModelTest *self, gconstpointer data)
{
  model_test_add_note (self, "one", "", "a");
  model_test_add_note (self, "two", "", "a/a");
  model_test_add_note (self, "three", "", "a/a/a,a/b");

  rename_tag (self, "a", "a/a");
  assert_tags (self, "a/a=1 a/a/a=2 a/a/a/a=3 a/a/b=3");
  rename_tag (self, "a/a", "a");
  assert_tags (self, "a=1 a/a=2 a/a/a=3 a/b=3");
}

static void
test_merging_is_asked_for (ModelTest *self, gconstpointer data)
{
  model_test_add_note (self, "one", "", "a,a/x");
  model_test_add_note (self, "two", "", "B,b/x,b/y");
  model_test_add_note (self, "three", "", "a,b");
  g_assert_true (try_color (self, "a", "red"));
  g_assert_true (try_color (self, "a/x", "blue"));
  g_assert_true (try_color (self, "b/x", "green"));

  g_assert_cmpint (try_rename (self, "a", "b", FALSE), ==, OCTAVO_ERROR_EXISTS);
  g_assert_cmpint (try_rename (self, "a/x", "B", FALSE), ==, OCTAVO_ERROR_EXISTS);
  assert_tags (self, "a(red)=1+3 a/x(blue)=1 B=2+3 b/x(green)=2 b/y=2");

  /* What is there keeps its name, and its colour where it has one. */
  model_test_add_note (self, "four", "", "a/new");
  g_assert_cmpint (try_rename (self, "A", "b", TRUE), ==, -1);
  assert_tags (self, "B(red)=1+2+3 B/new=4 b/x(green)=1+2 b/y=2");
}

/* Two trees become one where only tags under the new path are there, too. */
static void
test_joining_trees_is_asked_for (ModelTest *self, gconstpointer data)
{
  model_test_add_note (self, "one", "", "a,b/x");
  g_assert_cmpint (try_rename (self, "a", "b", FALSE), ==, OCTAVO_ERROR_EXISTS);
  g_assert_cmpint (try_rename (self, "a", "b", TRUE), ==, -1);
  assert_tags (self, "b=1 b/x=1");
}

static void
test_rename_that_cannot_be (ModelTest *self, gconstpointer data)
{
  g_autofree char *long_name = g_strnfill (OCTAVO_TAG_MAX_LENGTH - 4, 'x');

  model_test_add_note (self, "one", "", "work,work/long");
  g_assert_cmpint (try_rename (self, "work", "a,b", FALSE), ==, OCTAVO_ERROR_INVALID_TAG);
  g_assert_cmpint (try_rename (self, "work", " / ", FALSE), ==, OCTAVO_ERROR_INVALID_TAG);
  g_assert_cmpint (try_rename (self, "gone", "back", FALSE), ==, OCTAVO_ERROR_NO_SUCH_TAG);
  /* Of the one under it: nothing is renamed then. */
  g_assert_cmpint (try_rename (self, "work", long_name, FALSE), ==, OCTAVO_ERROR_INVALID_TAG);
  assert_tags (self, "work=1 work/long=1");
}

static void
on_changed (OctavoStore *store, OctavoChange *change, GArray *updated)
{
  gsize n_ids;
  const gint64 *ids = octavo_change_get_updated (change, &n_ids);

  g_assert_true (octavo_change_has_tags (change));
  if (n_ids > 0)
    g_array_append_vals (updated, ids, (guint) n_ids);
}

/* Rows of a list show the names of tags. */
static void
test_notes_are_told_of (ModelTest *self, gconstpointer data)
{
  g_autoptr (GArray) updated = g_array_new (FALSE, FALSE, sizeof (gint64));

  model_test_add_note (self, "one", "", "a/x");
  model_test_add_note (self, "two", "", "b");
  model_test_add_note (self, "three", "", "a");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_signal_connect (self->store, "changed", G_CALLBACK (on_changed), updated);
  rename_tag (self, "a", "c");
  model_test_wait_for (updated->len >= 2);
  g_assert_cmpuint (updated->len, ==, 2);
  g_assert_cmpint (g_array_index (updated, gint64, 0), ==, 1);
  g_assert_cmpint (g_array_index (updated, gint64, 1), ==, 3);

  delete_tag (self, "c");
  model_test_wait_for (updated->len >= 4);
  g_assert_cmpint (g_array_index (updated, gint64, 3), ==, 3);
}

static void
test_color (ModelTest *self, gconstpointer data)
{
  model_test_add_note (self, "one", "", "a/b,c");
  g_assert_true (try_color (self, "c", "red"));
  g_assert_true (try_color (self, "A", "blue"));
  g_assert_false (try_color (self, "nowhere", "blue"));
  assert_tags (self, "A(blue)= a/b=1 c(red)=1");

  /* A tag that somebody gave a colour stays. */
  model_test_apply (self, OCTAVO_NOTES_REMOVE_TAG, 1, "c");
  assert_tags (self, "A(blue)= a/b=1 c(red)=");
  g_assert_true (try_color (self, "a", ""));
  g_assert_true (try_color (self, "c", ""));
  assert_tags (self, "a/b=1");
}

static void
test_deleted_tags_come_back (ModelTest *self, gconstpointer data)
{
  gint64 step_id;
  const char *before = "other=1 Work(red)=1+2 work/a=1 work/a/B(blue)=2+3";
  g_autofree char *ids = NULL;
  g_autofree char *ids_again = NULL;

  model_test_add_note (self, "one", "", "Work,work/a,other");
  model_test_add_note (self, "two", "", "work,work/a/B");
  model_test_add_note (self, "three", "", "work/a/b");
  g_assert_true (try_color (self, "work", "red"));
  g_assert_true (try_color (self, "work/a/b", "blue"));
  model_test_apply (self, OCTAVO_NOTES_TRASH, 2, NULL);
  assert_tags (self, before);
  ids = model_test_query_text (self->path, "SELECT group_concat (id || name) FROM (SELECT * FROM tag ORDER BY id)");

  step_id = delete_tag (self, "work");
  assert_tags (self, "other=1");
  model_test_undo (self, step_id, NULL);
  assert_tags (self, before);
  ids_again =
      model_test_query_text (self->path, "SELECT group_concat (id || name) FROM (SELECT * FROM tag ORDER BY id)");
  g_assert_cmpstr (ids, ==, ids_again);
}

/* What has changed meanwhile is not undone with it. */
static void
test_coming_back_to_what_has_changed (ModelTest *self, gconstpointer data)
{
  gint64 step_id;

  model_test_add_note (self, "one", "", "a");
  model_test_add_note (self, "two", "", "a,b");
  model_test_add_note (self, "three", "", "b");
  g_assert_true (try_color (self, "b", "red"));
  step_id = delete_tag (self, "b");
  model_test_apply (self, OCTAVO_NOTES_DELETE, 3, NULL);
  model_test_apply (self, OCTAVO_NOTES_ADD_TAG, 1, "z");
  model_test_apply (self, OCTAVO_NOTES_ADD_TAG, 1, "B");
  model_test_undo (self, step_id, NULL);
  assert_tags (self, "a=1+2 B(red)=1+2 z=1");
}

static void
test_delete_what_is_not_there (ModelTest *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  octavo_tag_repository_delete_async (get_tags (self), "gone", NULL, model_test_on_result, &result);
  model_test_wait_for (result != NULL);
  g_assert_false (octavo_tag_repository_delete_finish (get_tags (self), result, NULL, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_NO_SUCH_TAG);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                                            \
  g_test_add ("/tag-edit/" name, ModelTest, NULL, model_test_set_up, function, model_test_tear_down)

  ADD ("rename-takes-children-along", test_rename_takes_children_along);
  ADD ("rename-of-a-path-only", test_rename_of_a_path_only);
  ADD ("rename-of-case-alone", test_rename_of_case_alone);
  ADD ("rename-into-itself", test_rename_into_itself);
  ADD ("merging-is-asked-for", test_merging_is_asked_for);
  ADD ("joining-trees-is-asked-for", test_joining_trees_is_asked_for);
  ADD ("rename-that-cannot-be", test_rename_that_cannot_be);
  ADD ("notes-are-told-of", test_notes_are_told_of);
  ADD ("color", test_color);
  ADD ("deleted-tags-come-back", test_deleted_tags_come_back);
  ADD ("coming-back-to-what-has-changed", test_coming_back_to_what_has_changed);
  ADD ("delete-what-is-not-there", test_delete_what_is_not_there);

  return g_test_run ();
}
