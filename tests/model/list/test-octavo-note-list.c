/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-test.h"
#include "octavo-error.h"
#include "octavo-note-list.h"
#include "octavo-search.h"
#include "octavo-store-private.h"
#include "octavo-user-repository.h"

#include <locale.h>
#include <string.h>

typedef struct
{
  ModelTest model;
  OctavoNoteList *list;
  GString *changes; /* position-removed+added, in order */
  guint n_settled;
} ListTest;

/* What is told of must be there at each emission. */
static void
on_items_changed (GListModel *model, guint position, guint n_removed, guint n_added, ListTest *self)
{
  guint n_items = g_list_model_get_n_items (model);

  g_assert_cmpuint (position + n_added, <=, n_items);
  g_assert_cmpint (octavo_note_list_get_id (self->list, n_items), ==, 0);
  for (guint i = position; i < position + n_added; i++)
    {
      guint found;

      g_assert_true (octavo_note_list_find_position (self->list, octavo_note_list_get_id (self->list, i), &found));
      g_assert_cmpuint (found, ==, i);
    }
  g_string_append_printf (self->changes, "%s%u-%u+%u", self->changes->len > 0 ? " " : "", position, n_removed, n_added);
}

static void
on_settled (OctavoNoteList *list, ListTest *self)
{
  self->n_settled++;
}

static void
count (guint *n)
{
  (*n)++;
}

static void
settle (ListTest *self)
{
  guint n_settled = self->n_settled;

  model_test_wait_for (self->n_settled > n_settled);
}

/* Since the last look. */
static void
assert_changes (ListTest *self, const char *expected)
{
  g_assert_cmpstr (self->changes->str, ==, expected);
  g_string_truncate (self->changes, 0);
}

static void
set_up (ListTest *self, gconstpointer data)
{
  guint n_notes = GPOINTER_TO_UINT (data);

  model_test_set_up (&self->model, NULL);
  if (n_notes > 0)
    model_test_add_notes (&self->model, n_notes);
  self->changes = g_string_new (NULL);
  self->list = octavo_note_list_new (self->model.store);
  g_signal_connect (self->list, "items-changed", G_CALLBACK (on_items_changed), self);
  g_signal_connect (self->list, "settled", G_CALLBACK (on_settled), self);
  g_assert_true (octavo_note_list_get_loading (self->list));
  settle (self);
  g_assert_false (octavo_note_list_get_loading (self->list));
  g_assert_null (octavo_note_list_get_error (self->list));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->list)), ==, n_notes);
}

static void
tear_down (ListTest *self, gconstpointer data)
{
  g_assert_finalize_object (self->list);
  g_string_free (self->changes, TRUE);
  model_test_tear_down (&self->model, NULL);
}

static OctavoNoteRow *
get_row (ListTest *self, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (self->list), position);
}

static void
assert_row (ListTest *self, guint position, gint64 id, const char *title)
{
  g_autoptr (OctavoNoteRow) row = get_row (self, position);

  g_assert_cmpint (octavo_note_list_get_id (self->list, position), ==, id);
  g_assert_cmpint (octavo_note_row_get_id (row), ==, id);
  g_assert_cmpstr (octavo_note_row_get_title (row), ==, title);
}

static OctavoNote *
open_note (ListTest *self, gint64 id)
{
  g_autoptr (GError) error = NULL;
  OctavoNote *note = octavo_note_repository_get (octavo_store_get_notes (self->model.store), id, NULL, &error);

  g_assert_no_error (error);
  return note;
}

static void
save (ListTest *self, OctavoNote *note)
{
  g_autoptr (GError) error = NULL;

  octavo_note_repository_save (octavo_store_get_notes (self->model.store), note, NULL, &error);
  g_assert_no_error (error);
}

static void
edit_note (ListTest *self, gint64 id, const char *body)
{
  g_autoptr (OctavoNote) note = open_note (self, id);

  octavo_note_set_body (note, body);
  save (self, note);
}

static void
test_few (ListTest *self, gconstpointer data)
{
  assert_changes (self, "0-0+3");
  assert_row (self, 0, 3, "note 3");
  assert_row (self, 2, 1, "note 1");
  g_assert_null (get_row (self, 3));
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (self->list)) == OCTAVO_TYPE_NOTE_ROW);
}

/* All at once: a view does no work for a row that it does not show. */
static void
test_replacing (ListTest *self, gconstpointer data)
{
  guint n_items;
  guint position;

  assert_changes (self, "0-0+64 64-0+136");

  octavo_note_list_set_sort (self->list, OCTAVO_SORT_TITLE);
  settle (self);
  assert_changes (self, "0-200+200");
  g_object_get (self->list, "n-items", &n_items, NULL);
  g_assert_cmpuint (n_items, ==, 200);
  g_assert_true (octavo_note_list_find_position (self->list, 99, &position));
  g_assert_cmpint (octavo_note_list_get_id (self->list, position), ==, 99);
  g_assert_cmpint (octavo_note_list_get_id (self->list, 200), ==, 0);
  g_assert_null (get_row (self, 200));
  g_assert_cmpuint (octavo_note_list_get_n_pages_read (self->list), ==, 0);
}

/* The first time nothing is in memory: what fills a window is shown before all notes are read. */
static void
test_first_without_others (ModelTest *self, gconstpointer data)
{
  const OctavoScope all = { OCTAVO_PLACE_ALL, 0, 0 };
  OctavoSearch *search = octavo_store_get_search (self->store);
  OctavoNoteList *list;
  guint n_settled = 0;

  model_test_add_notes (self, 200);
  list = octavo_note_list_new (self->store);
  g_signal_connect_swapped (list, "settled", G_CALLBACK (count), &n_settled);
  model_test_wait_for (g_list_model_get_n_items (G_LIST_MODEL (list)) > 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 64);
  g_assert_cmpint (octavo_note_list_get_id (list, 0), ==, 200);
  g_assert_cmpint (octavo_note_list_get_id (list, 63), ==, 137);
  g_assert_false (octavo_note_list_get_loading (list));
  g_assert_false (octavo_note_list_is_whole (list));
  g_assert_true (octavo_search_has_first (search, NULL, &all, OCTAVO_SORT_UPDATED));

  /* What changes before the others are there is right when they are. */
  model_test_execute (self->path, "UPDATE note SET updated = 1 WHERE id = 190");
  model_test_wait_for (n_settled > 0);
  g_assert_false (octavo_search_has_first (search, NULL, &all, OCTAVO_SORT_UPDATED));
  g_assert_cmpuint (n_settled, ==, 1);
  g_assert_true (octavo_note_list_is_whole (list));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 200);
  g_assert_cmpint (octavo_note_list_get_id (list, 10), ==, 189);
  g_assert_cmpint (octavo_note_list_get_id (list, 199), ==, 190);
  g_assert_finalize_object (list);
}

static void
hold_rest (OctavoNoteList *list)
{
  if (!octavo_note_list_is_whole (list))
    octavo_note_list_hold_rest (list);
}

/* A view paints the first ones before. */
static void
test_first_held (ModelTest *self, gconstpointer data)
{
  OctavoNoteList *list;
  guint n_settled = 0;

  model_test_add_notes (self, 200);
  list = octavo_note_list_new (self->store);
  g_signal_connect_swapped (list, "settled", G_CALLBACK (count), &n_settled);
  g_signal_connect (list, "items-changed", G_CALLBACK (hold_rest), NULL);
  octavo_note_list_load_rest (list); /* nothing is there yet: does nothing */
  model_test_wait_for (g_list_model_get_n_items (G_LIST_MODEL (list)) > 0);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 64);
  octavo_note_list_load_rest (list);
  model_test_wait_for (n_settled > 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 200);
  octavo_note_list_load_rest (list); /* all is there: does nothing */
  g_assert_finalize_object (list);
}

/* Where the first notes are all there are, no more is read. */
static void
test_first_are_all (ModelTest *self, gconstpointer data)
{
  const OctavoScope all = { OCTAVO_PLACE_ALL, 0, 0 };
  OctavoNoteList *list;
  guint n_settled = 0;

  model_test_add_notes (self, 64);
  list = octavo_note_list_new (self->store);
  g_signal_connect_swapped (list, "settled", G_CALLBACK (count), &n_settled);
  model_test_wait_for (n_settled > 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 64);
  g_assert_true (octavo_search_has_first (octavo_store_get_search (self->store), NULL, &all, OCTAVO_SORT_UPDATED));
  g_assert_finalize_object (list);
}

/* Another list is asked for while the first notes of one are shown. */
static void
test_first_and_others (ModelTest *self, gconstpointer data)
{
  OctavoNoteList *list;
  guint n_settled = 0;

  model_test_add_notes (self, 200);
  list = octavo_note_list_new (self->store);
  g_signal_connect_swapped (list, "settled", G_CALLBACK (count), &n_settled);
  model_test_wait_for (g_list_model_get_n_items (G_LIST_MODEL (list)) > 0);
  octavo_note_list_set_sort (list, OCTAVO_SORT_CREATED);
  octavo_note_list_set_query (list, "\"note 7\"");
  g_assert_true (octavo_note_list_get_loading (list));
  model_test_wait_for (n_settled > 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
  g_assert_finalize_object (list);
}

static void
test_edit_moves_one_row (ListTest *self, gconstpointer data)
{
  g_autoptr (OctavoNoteRow) before = get_row (self, 0);
  g_autoptr (OctavoNoteRow) after = NULL;
  g_autoptr (OctavoNoteRow) edited = NULL;
  guint n_pages;

  g_assert_cmpint (octavo_note_row_get_id (before), ==, 10000);
  assert_changes (self, "0-0+64 64-0+9936");
  n_pages = octavo_note_list_get_n_pages_read (self->list);

  edit_note (self, 5000, "# New text");
  settle (self);
  assert_changes (self, "5000-1+0 0-0+1");
  after = get_row (self, 1);
  g_assert_true (before == after);
  edited = get_row (self, 0);
  g_assert_cmpint (octavo_note_row_get_id (edited), ==, 5000);
  g_assert_cmpstr (octavo_note_row_get_excerpt (edited), ==, "New text");
  g_assert_cmpuint (octavo_note_list_get_n_pages_read (self->list), <=, n_pages + 1);

  /* At the top already it only differs. */
  edit_note (self, 5000, "Newer");
  settle (self);
  assert_changes (self, "0-1+1");
  g_clear_object (&edited);
  edited = get_row (self, 0);
  g_assert_cmpstr (octavo_note_row_get_excerpt (edited), ==, "Newer");
}

static void
test_actions (ListTest *self, gconstpointer data)
{
  g_autoptr (OctavoNoteRow) row = get_row (self, 4);

  assert_changes (self, "0-0+10");
  g_assert_cmpint (octavo_note_row_get_id (row), ==, 6);

  model_test_apply (&self->model, OCTAVO_NOTES_ADD_TAG, 6, "tag");
  settle (self);
  assert_changes (self, "4-1+1");
  g_assert_cmpstr (octavo_note_row_get_tags (row)[0], ==, NULL);
  g_clear_object (&row);
  row = get_row (self, 4);
  g_assert_cmpstr (octavo_note_row_get_tags (row)[0], ==, "tag");

  model_test_apply (&self->model, OCTAVO_NOTES_PIN, 6, NULL);
  settle (self);
  assert_changes (self, "4-1+0 0-0+1");
  model_test_apply (&self->model, OCTAVO_NOTES_UNPIN, 6, NULL);
  settle (self);
  assert_changes (self, "0-1+0 4-0+1");
  model_test_apply (&self->model, OCTAVO_NOTES_TRASH, 6, NULL);
  settle (self);
  assert_changes (self, "4-1+0");
  model_test_apply (&self->model, OCTAVO_NOTES_RESTORE, 6, NULL);
  settle (self);
  assert_changes (self, "4-0+1");
  model_test_apply (&self->model, OCTAVO_NOTES_DELETE, 6, NULL);
  settle (self);
  assert_changes (self, "4-1+0");
  model_test_add_note (&self->model, "new", "", NULL);
  settle (self);
  assert_changes (self, "0-0+1");
}

/* A change that no row shows is none. */
static void
test_unchanged (ListTest *self, gconstpointer data)
{
  g_autoptr (OctavoNote) note = open_note (self, 2);
  g_autoptr (OctavoNoteRow) row = get_row (self, 1);
  g_autoptr (OctavoNoteRow) again = NULL;

  assert_changes (self, "0-0+3");
  octavo_note_set_front_matter (note, "a: b");
  save (self, note);
  settle (self);
  assert_changes (self, "");
  again = get_row (self, 1);
  g_assert_true (row == again);
}

/* A row that nobody looked at has nobody to be told. */
static void
test_unseen (ListTest *self, gconstpointer data)
{
  assert_changes (self, "0-0+3");
  model_test_apply (&self->model, OCTAVO_NOTES_ADD_TAG, 2, "tag");
  settle (self);
  assert_changes (self, "");
  {
    g_autoptr (OctavoNoteRow) row = get_row (self, 1);

    g_assert_cmpstr (octavo_note_row_get_tags (row)[0], ==, "tag");
  }
}

static void
test_another_process (ListTest *self, gconstpointer data)
{
  G_GNUC_UNUSED g_autoptr (OctavoNoteRow) one = get_row (self, 9);
  g_autoptr (OctavoNoteRow) two = get_row (self, 5);
  g_autoptr (OctavoNoteRow) two_again = NULL;

  assert_changes (self, "0-0+10");
  model_test_execute (self->model.path, "UPDATE note SET title = 'changed' WHERE id = 1");
  settle (self);
  assert_changes (self, "9-1+1");
  assert_row (self, 9, 1, "changed");
  two_again = get_row (self, 5);
  g_assert_true (two == two_again);

  model_test_execute (self->model.path, "DELETE FROM note WHERE id IN (3, 4, 9)");
  settle (self);
  assert_changes (self, "6-2+0 1-1+0");
}

static void
test_scope (ListTest *self, gconstpointer data)
{
  OctavoScope trash = { OCTAVO_PLACE_TRASH, 0, 0 };
  OctavoScope all = { OCTAVO_PLACE_ALL, 0, 0 };

  assert_changes (self, "0-0+10");
  model_test_apply (&self->model, OCTAVO_NOTES_TRASH, 3, NULL);
  settle (self);
  assert_changes (self, "7-1+0");
  octavo_note_list_set_scope (self->list, &trash);
  g_assert_true (octavo_note_list_get_loading (self->list));
  g_assert_cmpint (octavo_note_list_get_scope (self->list)->place, ==, OCTAVO_PLACE_TRASH);
  /* What is shown stays until the answer comes. */
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->list)), ==, 9);
  settle (self);
  assert_changes (self, "0-9+1");
  assert_row (self, 0, 3, "note 3");
  octavo_note_list_set_scope (self->list, &all);
  settle (self);
  assert_changes (self, "0-1+9");
}

static void
test_sort (ListTest *self, gconstpointer data)
{
  assert_changes (self, "0-0+3");
  octavo_note_list_set_sort (self->list, OCTAVO_SORT_TITLE);
  g_assert_cmpint (octavo_note_list_get_sort (self->list), ==, OCTAVO_SORT_TITLE);
  settle (self);
  assert_row (self, 0, 1, "note 1");
  assert_row (self, 2, 3, "note 3");
}

static void
test_query (ListTest *self, gconstpointer data)
{
  guint n_settled = self->n_settled;

  assert_changes (self, "0-0+64 64-0+136");
  /* Only the last of several is answered. */
  octavo_note_list_set_query (self->list, "1");
  octavo_note_list_set_query (self->list, "15");
  octavo_note_list_set_query (self->list, "\"note 150\"");
  g_assert_cmpstr (octavo_note_list_get_query (self->list), ==, "\"note 150\"");
  settle (self);
  g_assert_cmpuint (self->n_settled, ==, n_settled + 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->list)), ==, 1);
  assert_row (self, 0, 150, "note 150");
  octavo_note_list_set_query (self->list, "nothing of the kind");
  settle (self);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->list)), ==, 0);
  g_string_truncate (self->changes, 0);
  octavo_note_list_set_query (self->list, "");
  settle (self);
  assert_changes (self, "0-0+200");
}

/* A request asked for in the middle of the announcement of another. */
static void
on_first_rows (OctavoNoteList *list, guint position, guint n_removed, guint n_added, gpointer user_data)
{
  if (n_added == 200)
    octavo_note_list_set_query (list, "");
}

/* By this process: that of another one says no more than that something changed. */
static void
test_query_of_a_user (ListTest *self, gconstpointer data)
{
  OrmDatabase *database = octavo_store_get_database (self->model.store);
  g_autoptr (GError) error = NULL;

  octavo_note_list_set_query (self->list, "user:zoe");
  settle (self);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->list)), ==, 0);
  g_assert_cmpint (orm_database_execute (database, "UPDATE user SET name = 'Zoe', folded = 'zoe'", NULL, 0, NULL,
                                         &error),
                   ==, 1);
  g_assert_no_error (error);
  settle (self);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->list)), ==, 3);
}

static void
test_asked_while_told (ListTest *self, gconstpointer data)
{
  octavo_note_list_set_query (self->list, "nothing of the kind");
  settle (self);
  octavo_note_list_set_query (self->list, "note");
  g_signal_connect (self->list, "items-changed", G_CALLBACK (on_first_rows), NULL);
  settle (self);
  g_assert_cmpstr (octavo_note_list_get_query (self->list), ==, "");
  g_assert_false (octavo_note_list_get_loading (self->list));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->list)), ==, 200);
}

static void
test_pages (ListTest *self, gconstpointer data)
{
  guint n_pages = octavo_note_list_get_n_pages_read (self->list);
  g_autoptr (OctavoNoteRow) held = NULL;
  g_autoptr (OctavoNoteRow) again = NULL;

  g_assert_cmpuint (n_pages, ==, 0);
  for (guint i = 0; i < 64; i++)
    g_object_unref (get_row (self, i));
  g_assert_cmpuint (octavo_note_list_get_n_pages_read (self->list), ==, 1);
  held = get_row (self, 70);
  g_assert_cmpuint (octavo_note_list_get_n_pages_read (self->list), ==, 2);

  for (guint i = 0; i < 10000; i++)
    g_object_unref (get_row (self, i));
  g_assert_cmpuint (octavo_note_list_get_n_pages_read (self->list), ==, 157);
  /* The last pages are kept, the first are not; a row that is held is, for ever. */
  g_object_unref (get_row (self, 9500));
  g_assert_cmpuint (octavo_note_list_get_n_pages_read (self->list), ==, 157);
  again = get_row (self, 70);
  g_assert_true (held == again);
  g_assert_cmpuint (octavo_note_list_get_n_pages_read (self->list), ==, 157);
  g_object_unref (get_row (self, 0));
  g_assert_cmpuint (octavo_note_list_get_n_pages_read (self->list), ==, 158);
}

/* The row of a note that is gone, before the list has heard of it. */
static void
test_gone (ListTest *self, gconstpointer data)
{
  model_test_apply (&self->model, OCTAVO_NOTES_DELETE, 2, NULL);
  assert_row (self, 1, 2, "");
  settle (self);
  assert_row (self, 1, 1, "note 1");
}

static void
test_error (ListTest *self, gconstpointer data)
{
  OctavoScope trash = { OCTAVO_PLACE_TRASH, 0, 0 };

  octavo_store_close (self->model.store);
  octavo_note_list_set_scope (self->list, &trash);
  model_test_wait_for (!octavo_note_list_get_loading (self->list));
  g_assert_error (octavo_note_list_get_error (self->list), OCTAVO_ERROR, OCTAVO_ERROR_FAILED);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->list)), ==, 3);
  /* Asking again tries again. */
  octavo_note_list_set_scope (self->list, &trash);
  g_assert_true (octavo_note_list_get_loading (self->list));
  model_test_wait_for (!octavo_note_list_get_loading (self->list));
}

static void
test_dropped_while_asking (ListTest *self, gconstpointer data)
{
  OctavoNoteList *list = octavo_note_list_new (self->model.store);

  g_assert_true (octavo_note_list_get_loading (list));
  g_assert_finalize_object (list);
}

/* Commits that come faster than answers do not keep the list from changing. */
static void
test_many_commits (ListTest *self, gconstpointer data)
{
  for (guint i = 0; i < 50; i++)
    {
      model_test_add_note (&self->model, "new", "", NULL);
      g_main_context_iteration (NULL, FALSE);
    }
  model_test_wait_for (g_list_model_get_n_items (G_LIST_MODEL (self->list)) == 53);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

#define ADD(name, n_notes, function)                                                                                   \
  g_test_add ("/note-list/" name, ListTest, GUINT_TO_POINTER (n_notes), set_up, function, tear_down)

  ADD ("few", 3, test_few);
  ADD ("replacing", 200, test_replacing);
  g_test_add ("/note-list/first-without-others", ModelTest, NULL, model_test_set_up, test_first_without_others,
              model_test_tear_down);
  g_test_add ("/note-list/first-held", ModelTest, NULL, model_test_set_up, test_first_held, model_test_tear_down);
  g_test_add ("/note-list/first-are-all", ModelTest, NULL, model_test_set_up, test_first_are_all, model_test_tear_down);
  g_test_add ("/note-list/first-and-others", ModelTest, NULL, model_test_set_up, test_first_and_others,
              model_test_tear_down);
  ADD ("edit-moves-one-row", 10000, test_edit_moves_one_row);
  ADD ("actions", 10, test_actions);
  ADD ("unchanged", 3, test_unchanged);
  ADD ("unseen", 3, test_unseen);
  ADD ("another-process", 10, test_another_process);
  ADD ("scope", 10, test_scope);
  ADD ("sort", 3, test_sort);
  ADD ("query", 200, test_query);
  ADD ("query-of-a-user", 3, test_query_of_a_user);
  ADD ("asked-while-told", 200, test_asked_while_told);
  ADD ("pages", 10000, test_pages);
  ADD ("gone", 3, test_gone);
  ADD ("error", 3, test_error);
  ADD ("dropped-while-asking", 200, test_dropped_while_asking);
  ADD ("many-commits", 3, test_many_commits);

  return g_test_run ();
}
