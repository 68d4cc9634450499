/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-test.h"
#include "octavo-error.h"
#include "octavo-search.h"
#include "octavo-tag-repository.h"
#include "octavo-user-repository.h"

#include <locale.h>
#include <string.h>

/* "name=count name=count …" */
static char *
describe (GListModel *list)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (OctavoTag) tag = g_list_model_get_item (list, i);

      g_string_append_printf (text, "%s%s=%d", i > 0 ? " " : "", octavo_tag_get_name (tag),
                              (int) octavo_tag_get_n_notes (tag));
    }
  return g_string_free (text, FALSE);
}

static gboolean
is_described_as (GListModel *list, const char *expected)
{
  g_autofree char *text = describe (list);

  return g_str_equal (text, expected);
}

static GListModel *
get_list (ModelTest *self)
{
  return octavo_tag_repository_get_list (octavo_store_get_tags (self->store));
}

static void
test_counts (ModelTest *self, gconstpointer data)
{
  model_test_add_note (self, "one", "", "work,work/b,Zebra");
  model_test_add_note (self, "two", "", "work-life,work/a,éclair");
  model_test_add_note (self, "three", "", "work");
  model_test_wait_for (is_described_as (get_list (self), "work=2 work/a=1 work/b=1 work-life=1 Zebra=1 éclair=1"));

  /* What is in the trash does not count, but its tags stay. */
  model_test_apply (self, OCTAVO_NOTES_TRASH, 1, NULL);
  model_test_wait_for (is_described_as (get_list (self), "work=1 work/a=1 work/b=0 work-life=1 Zebra=0 éclair=1"));
  model_test_apply (self, OCTAVO_NOTES_RESTORE, 1, NULL);
  model_test_wait_for (is_described_as (get_list (self), "work=2 work/a=1 work/b=1 work-life=1 Zebra=1 éclair=1"));
  model_test_apply (self, OCTAVO_NOTES_DELETE, 1, NULL);
  model_test_wait_for (is_described_as (get_list (self), "work=1 work/a=1 work-life=1 éclair=1"));
}

static void
count (guint *n)
{
  (*n)++;
}

static gboolean
has_color (OctavoTagRepository *tags, const char *name, const char *color)
{
  return g_str_equal (octavo_tag_repository_get_color (tags, name), color);
}

/* Colours are told of when they change, and not when anything else does. */
static void
test_colors (ModelTest *self, gconstpointer data)
{
  OctavoTagRepository *tags = octavo_store_get_tags (self->store);
  guint n_changes = 0;

  g_signal_connect_swapped (tags, "colors-changed", G_CALLBACK (count), &n_changes);
  model_test_add_note (self, "one", "", "Work,home");
  model_test_wait_for (is_described_as (get_list (self), "home=1 Work=1"));
  g_assert_cmpuint (n_changes, ==, 0);
  g_assert_true (has_color (tags, "work", ""));
  octavo_tag_repository_set_color_async (tags, "work", "blue", NULL, NULL, NULL);
  model_test_wait_for (n_changes == 1);
  g_assert_true (has_color (tags, "WORK", "blue"));
  g_assert_true (has_color (tags, "home", ""));
  g_assert_true (has_color (tags, "nowhere", ""));
  model_test_add_note (self, "two", "", "work");
  model_test_wait_for (is_described_as (get_list (self), "home=1 Work=2"));
  g_assert_cmpuint (n_changes, ==, 1);
  octavo_tag_repository_set_color_async (tags, "work", "red", NULL, NULL, NULL);
  model_test_wait_for (has_color (tags, "work", "red"));
  g_assert_cmpuint (n_changes, ==, 2);
}

/* A note that has a tag and one under it is one note of the tree. */
static void
test_counts_of_trees (ModelTest *self, gconstpointer data)
{
  g_autoptr (GPtrArray) tags = NULL;
  g_autoptr (GString) counts = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  model_test_add_note (self, "one", "", "Work,work/a/x");
  model_test_add_note (self, "two", "", "work/a/x,work/b,work/A/y");
  model_test_add_note (self, "three", "", "work/b");
  model_test_add_note (self, "four", "", "work-life,work/b");
  model_test_apply (self, OCTAVO_NOTES_TRASH, 4, NULL);
  tags = octavo_tag_repository_read (octavo_store_get_tags (self->store), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < tags->len; i++)
    g_string_append_printf (counts, " %s=%d", octavo_tag_get_name (tags->pdata[i]),
                            (int) octavo_tag_get_n_notes_in_tree (tags->pdata[i]));
  g_assert_cmpstr (counts->str, ==, " Work=3 work/a/x=2 work/A/y=1 work/b=2 work-life=0");
}

/* In the list, every tag has a parent; one that no note can have is known as such, and stays the same object. */
static void
test_paths (ModelTest *self, gconstpointer data)
{
  g_autoptr (OctavoTag) path = NULL;
  g_autoptr (OctavoTag) again = NULL;

  model_test_add_note (self, "one", "", "work/a/x,b");
  model_test_add_note (self, "two", "", "Work/a/y,work/A/x");
  model_test_wait_for (is_described_as (get_list (self), "b=1 work=0 work/a=0 work/a/x=2 Work/a/y=1"));
  path = g_list_model_get_item (get_list (self), 1);
  g_assert_true (octavo_tag_is_path (path));
  g_assert_cmpint (octavo_tag_get_n_notes_in_tree (path), ==, 2);
  g_assert_true (octavo_tag_repository_find (octavo_store_get_tags (self->store), "WORK") == path);
  g_assert_null (octavo_tag_repository_find (octavo_store_get_tags (self->store), "wor"));

  model_test_apply (self, OCTAVO_NOTES_REMOVE_TAG, 1, "b");
  model_test_wait_for (is_described_as (get_list (self), "work=0 work/a=0 work/a/x=2 Work/a/y=1"));
  again = g_list_model_get_item (get_list (self), 0);
  g_assert_true (again == path);
  model_test_apply (self, OCTAVO_NOTES_ADD_TAG, 1, "work");
  model_test_wait_for (is_described_as (get_list (self), "work=1 work/a=0 work/a/x=2 Work/a/y=1"));
  g_assert_false (octavo_tag_is_path (octavo_tag_repository_find (octavo_store_get_tags (self->store), "work")));
}

/* The notes of a path are those of the tags under it. */
static void
test_notes_of_a_path (ModelTest *self, gconstpointer data)
{
  const OctavoScope scope = { .place = OCTAVO_PLACE_TAG, .tag_path = g_intern_string ("work") };
  const OctavoScope nowhere = { .place = OCTAVO_PLACE_TAG, .tag_path = g_intern_string ("wor") };
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GError) error = NULL;
  gint64 count;

  model_test_add_note (self, "one", "", "work/a,Work/b");
  model_test_add_note (self, "two", "", "work-life");
  model_test_add_note (self, "three", "", "WORK/b");
  ids = octavo_search_run (octavo_store_get_search (self->store), NULL, &scope, OCTAVO_SORT_CREATED, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ids->len, ==, 2);
  g_assert_cmpint (g_array_index (ids, gint64, 0), ==, 3);
  g_assert_cmpint (g_array_index (ids, gint64, 1), ==, 1);

  g_assert_true (octavo_note_repository_count (octavo_store_get_notes (self->store), &scope, &count, &error));
  g_assert_cmpint (count, ==, 2);
  g_assert_true (octavo_note_repository_count (octavo_store_get_notes (self->store), &nowhere, &count, &error));
  g_assert_cmpint (count, ==, 0);
}

/* A note that is trashed by its own save counts, too. */
static void
test_trashed_by_save (ModelTest *self, gconstpointer data)
{
  OctavoNoteRepository *notes = octavo_store_get_notes (self->store);
  g_autoptr (OctavoNote) note = NULL;
  g_autoptr (GError) error = NULL;

  model_test_add_note (self, "one", "", "work");
  model_test_wait_for (is_described_as (get_list (self), "work=1"));
  note = octavo_note_repository_get (notes, 1, NULL, &error);
  octavo_note_set_trashed (note, 1);
  octavo_note_repository_save (notes, note, NULL, &error);
  g_assert_no_error (error);
  model_test_wait_for (is_described_as (get_list (self), "work=0"));
}

static void
on_items_changed (GListModel *model, guint position, guint n_removed, guint n_added, GString *changes)
{
  g_string_append_printf (changes, "%s%u-%u+%u", changes->len > 0 ? " " : "", position, n_removed, n_added);
}

static void
on_notify (GObject *object, GParamSpec *pspec, guint *n_notified)
{
  (*n_notified)++;
}

/* A tag stays the object it is, and tells of its count itself. */
static void
test_count_notifies (ModelTest *self, gconstpointer data)
{
  g_autoptr (GString) changes = g_string_new (NULL);
  g_autoptr (OctavoTag) b = NULL;
  guint n_notified = 0;

  model_test_add_note (self, "one", "", "a,b,c");
  model_test_wait_for (is_described_as (get_list (self), "a=1 b=1 c=1"));
  b = g_list_model_get_item (get_list (self), 1);
  g_signal_connect (b, "notify::n-notes", G_CALLBACK (on_notify), &n_notified);
  g_signal_connect (get_list (self), "items-changed", G_CALLBACK (on_items_changed), changes);

  model_test_add_note (self, "two", "", "b");
  model_test_wait_for (n_notified > 0);
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_cmpstr (changes->str, ==, "");
}

static void
test_few_changes (ModelTest *self, gconstpointer data)
{
  g_autoptr (GString) changes = g_string_new (NULL);
  g_autoptr (OctavoTag) b = NULL;
  g_autoptr (OctavoTag) b_again = NULL;

  model_test_add_note (self, "one", "", "a,b,c");
  model_test_add_note (self, "two", "", NULL);
  model_test_wait_for (is_described_as (get_list (self), "a=1 b=1 c=1"));
  b = g_list_model_get_item (get_list (self), 1);
  g_signal_connect (get_list (self), "items-changed", G_CALLBACK (on_items_changed), changes);

  model_test_apply (self, OCTAVO_NOTES_ADD_TAG, 2, "ab");
  model_test_wait_for (changes->len > 0);
  g_assert_cmpstr (changes->str, ==, "1-0+1");
  g_string_truncate (changes, 0);
  model_test_apply (self, OCTAVO_NOTES_REMOVE_TAG, 1, "a");
  model_test_wait_for (changes->len > 0);
  g_assert_cmpstr (changes->str, ==, "0-1+0");
  b_again = g_list_model_get_item (get_list (self), 1);
  g_assert_true (b == b_again);
}

static void
test_read (ModelTest *self, gconstpointer data)
{
  OctavoTagRepository *tags = octavo_store_get_tags (self->store);
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GError) error = NULL;

  model_test_add_note (self, "one", "", "b,a");
  read = octavo_tag_repository_read (tags, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (read->len, ==, 2);
  g_assert_cmpstr (octavo_tag_get_name (read->pdata[0]), ==, "a");
  g_assert_cmpint (octavo_tag_get_n_notes (read->pdata[1]), ==, 1);

  octavo_store_close (self->store);
  g_assert_null (octavo_tag_repository_read (tags, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_FAILED);
}

static void
test_another_process (ModelTest *self, gconstpointer data)
{
  model_test_add_note (self, "one", "", "a");
  model_test_wait_for (is_described_as (get_list (self), "a=1"));
  model_test_execute (self->path, "UPDATE tag SET name = 'z', folded = 'z'");
  model_test_wait_for (is_described_as (get_list (self), "z=1"));
}

/* A file that has tags already. */
static void
test_filled_after_opening (ModelTest *self, gconstpointer data)
{
  OctavoStore *other;
  GListModel *list;

  model_test_add_note (self, "one", "", "a,b");
  other = octavo_store_new (self->path);
  g_assert_true (octavo_store_open (other, NULL, NULL));
  list = octavo_tag_repository_get_list (octavo_store_get_tags (other));
  g_assert_true (g_list_model_get_item_type (list) == OCTAVO_TYPE_TAG);
  model_test_wait_for (is_described_as (list, "a=1 b=1"));
  octavo_store_close (other);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (other);
}

static gint64
add_user (ModelTest *self, const char *name)
{
  OctavoUserRepository *users = octavo_store_get_users (self->store);
  g_autoptr (GAsyncResult) result = NULL;

  octavo_user_repository_add_async (users, name, "", "", NULL, model_test_on_result, &result);
  model_test_wait_for (result != NULL);
  return octavo_user_repository_add_finish (users, result, NULL);
}

static void
give (ModelTest *self, gint64 user_id, gint64 id)
{
  OctavoUserRepository *users = octavo_store_get_users (self->store);
  g_autoptr (GAsyncResult) result = NULL;

  octavo_user_repository_give_async (users, user_id, &id, 1, NULL, model_test_on_result, &result);
  model_test_wait_for (result != NULL);
  g_assert_cmpint (octavo_user_repository_give_finish (users, result, NULL, NULL), ==, 1);
}

/* "name=of the first,of the second …" */
static gboolean
has_counts_of_users (ModelTest *self, gint64 first, gint64 second, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GListModel *list = get_list (self);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (OctavoTag) tag = g_list_model_get_item (list, i);

      g_string_append_printf (text, "%s%s=%d,%d", i > 0 ? " " : "", octavo_tag_get_name (tag),
                              (int) octavo_tag_get_n_notes_of_user (tag, first),
                              (int) octavo_tag_get_n_notes_of_user (tag, second));
    }
  return g_str_equal (text->str, expected);
}

/* Notes are counted for each user, those of trees too; what one gives another, or leaves behind, counts there. */
static void
test_counts_of_users (ModelTest *self, gconstpointer data)
{
  gint64 one = model_test_add_note (self, "one", "", "work/a,home");
  gint64 two = model_test_add_note (self, "two", "", "work/a,work/b");
  gint64 three = model_test_add_note (self, "three", "", "home");
  gint64 ada;
  g_autoptr (OctavoTag) home = NULL;
  guint n_notified = 0;

  model_test_wait_for (has_counts_of_users (self, 1, 0, "home=2,2 work=2,2 work/a=2,2 work/b=1,1"));
  ada = add_user (self, "Ada");
  g_assert_cmpint (ada, !=, 0);
  model_test_wait_for (has_counts_of_users (self, 1, ada, "home=2,0 work=2,0 work/a=2,0 work/b=1,0"));

  home = g_list_model_get_item (get_list (self), 0);
  g_signal_connect (home, "notify::n-notes-in-tree", G_CALLBACK (on_notify), &n_notified);
  give (self, ada, two);
  model_test_wait_for (has_counts_of_users (self, 1, ada, "home=2,0 work=1,1 work/a=1,1 work/b=0,1"));
  g_assert_cmpuint (n_notified, ==, 0);
  give (self, ada, three);
  model_test_wait_for (has_counts_of_users (self, 1, ada, "home=1,1 work=1,1 work/a=1,1 work/b=0,1"));
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_cmpint (octavo_tag_get_n_notes_of_user (home, 0), ==, 2);
  g_assert_cmpint (octavo_tag_get_n_notes_of_user (home, 77), ==, 0);

  model_test_apply (self, OCTAVO_NOTES_TRASH, one, NULL);
  model_test_wait_for (has_counts_of_users (self, 1, ada, "home=0,1 work=0,1 work/a=0,1 work/b=0,1"));
  model_test_execute (self->path, "UPDATE note SET user_id = 1");
  model_test_wait_for (has_counts_of_users (self, 1, ada, "home=1,0 work=1,0 work/a=1,0 work/b=1,0"));
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  setlocale (LC_COLLATE, "C.UTF-8"); /* where é comes after z */

#define ADD(name, function)                                                                                            \
  g_test_add ("/tag-repository/" name, ModelTest, NULL, model_test_set_up, function, model_test_tear_down)

  ADD ("counts", test_counts);
  ADD ("colors", test_colors);
  ADD ("counts-of-trees", test_counts_of_trees);
  ADD ("counts-of-users", test_counts_of_users);
  ADD ("paths", test_paths);
  ADD ("notes-of-a-path", test_notes_of_a_path);
  ADD ("trashed-by-save", test_trashed_by_save);
  ADD ("count-notifies", test_count_notifies);
  ADD ("few-changes", test_few_changes);
  ADD ("read", test_read);
  ADD ("another-process", test_another_process);
  ADD ("filled-after-opening", test_filled_after_opening);

  return g_test_run ();
}
