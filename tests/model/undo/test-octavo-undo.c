/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-undo.h"

#include "model-test.h"
#include "octavo-error.h"
#include "octavo-note-list.h"
#include "octavo-note-repository-trash.h"
#include "octavo-notes-act.h"
#include "octavo-tag-repository.h"
#include "octavo-user-repository.h"

#define N_STEPS 60

/* All that a person has in the file. Which id a tag has is nobody's business. */
#define ALL                                                                                                            \
  "SELECT group_concat (line, char (10)) FROM (SELECT * FROM ("                                                        \
  "SELECT 'note ' || id || '|' || user_id || '|' || created || '|' || updated || '|' || trashed || '|' || pinned ||"   \
  " '|' || title || '|' || excerpt || '|' || aliases || '|' || front_matter || '|' || body AS line FROM note "         \
  "UNION ALL SELECT 'tag ' || name || '|' || folded || '|' || color FROM tag "                                         \
  "UNION ALL SELECT 'note_tag ' || note_id || '|' || name FROM note_tag JOIN tag ON tag.id = tag_id "                  \
  "UNION ALL SELECT 'user ' || id || '|' || name || '|' || email || '|' || color || '|' || created FROM user "         \
  "UNION ALL SELECT 'search ' || name || '|' || query || '|' || position FROM saved_search "                           \
  "UNION ALL SELECT 'origin ' || note_id || '|' || location || '|' || file_digest || '|' || note_digest "              \
  "FROM note_origin) ORDER BY line)"

static char *
dump (ModelTest *self)
{
  return model_test_query_text (self->path, ALL);
}

static void
assert_all (ModelTest *self, const char *expected)
{
  g_autofree char *all = dump (self);

  g_assert_cmpstr (all, ==, expected);
}

static gint64
perform (ModelTest *self, OctavoNotesAct *act)
{
  OctavoNoteRepository *notes = octavo_store_get_notes (self->store);
  GAsyncResult *place = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 step_id;

  octavo_notes_act_perform_async (act, notes, NULL, model_test_on_result, &place);
  result = model_test_take_result (&place);
  octavo_notes_act_perform_finish (notes, result, &step_id, NULL, &error);
  g_assert_no_error (error);
  return step_id;
}

static gint64
do_to (ModelTest *self, OctavoNotesAction action, const gint64 *ids, gsize n_ids, const char *tag)
{
  g_autoptr (OctavoNotesAct) act = octavo_notes_act_new ();

  g_assert_true (octavo_notes_act_add (act, action, ids, n_ids, tag, NULL));
  return perform (self, act);
}

static gint64
merge (ModelTest *self, const gint64 *ids, gsize n_ids)
{
  g_autoptr (OctavoNotesAct) act = octavo_notes_act_new ();

  octavo_notes_act_add_merge (act, ids, n_ids);
  return perform (self, act);
}

static gint64
rename_tag (ModelTest *self, const char *path, const char *new_path)
{
  OctavoTagRepository *tags = octavo_store_get_tags (self->store);
  GAsyncResult *place = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  gint64 step_id;

  octavo_tag_repository_rename_async (tags, path, new_path, TRUE, NULL, model_test_on_result, &place);
  result = model_test_take_result (&place);
  return octavo_tag_repository_rename_finish (tags, result, &step_id, NULL) ? step_id : 0;
}

static gint64
delete_tag (ModelTest *self, const char *path)
{
  OctavoTagRepository *tags = octavo_store_get_tags (self->store);
  GAsyncResult *place = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  gint64 step_id;

  octavo_tag_repository_delete_async (tags, path, NULL, model_test_on_result, &place);
  result = model_test_take_result (&place);
  return octavo_tag_repository_delete_finish (tags, result, &step_id, NULL) ? step_id : 0;
}

static gint64
add_user (ModelTest *self, const char *name)
{
  OctavoUserRepository *users = octavo_store_get_users (self->store);
  GAsyncResult *place = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  octavo_user_repository_add_async (users, name, "mail", "red", NULL, model_test_on_result, &place);
  result = model_test_take_result (&place);
  return octavo_user_repository_add_finish (users, result, NULL);
}

static gint64
delete_user (ModelTest *self, gint64 id, gint64 heir_id, gboolean to_trash)
{
  OctavoUserRepository *users = octavo_store_get_users (self->store);
  GAsyncResult *place = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  gint64 step_id;

  octavo_user_repository_delete_async (users, id, heir_id, to_trash, NULL, model_test_on_result, &place);
  result = model_test_take_result (&place);
  return octavo_user_repository_delete_finish (users, result, &step_id, NULL) ? step_id : 0;
}

static gint64
give (ModelTest *self, gint64 user_id, const gint64 *ids, gsize n_ids)
{
  OctavoUserRepository *users = octavo_store_get_users (self->store);
  GAsyncResult *place = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  gint64 step_id;

  octavo_user_repository_give_async (users, user_id, ids, n_ids, NULL, model_test_on_result, &place);
  result = model_test_take_result (&place);
  return octavo_user_repository_give_finish (users, result, &step_id, NULL) >= 0 ? step_id : 0;
}

/* Expects that it cannot be done, and that nothing is. */
static void
assert_not_undone (ModelTest *self, gint64 step_id, OctavoError code)
{
  g_autofree char *before = dump (self);
  g_auto (OctavoUndoResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (octavo_undo_run (self->store, step_id, &result, &error));
  g_assert_error (error, OCTAVO_ERROR, (int) code);
  assert_all (self, before);
}

static void
test_deleted_notes_come_back (ModelTest *self, gconstpointer data)
{
  gint64 ids[] = { model_test_add_note (self, "One", "first 日本 \n text", "a,B/c"),
                   model_test_add_note (self, "Two", "second", "a") };
  g_autofree char *before = NULL;
  g_auto (OctavoUndoResult) result = { 0 };
  gint64 step_id;

  model_test_execute (self->path, "INSERT INTO note_origin VALUES (1, '/x.md', 'f', 'n');"
                                  "UPDATE note SET aliases = 'x', front_matter = 'k: 1', trashed = 77 WHERE id = 1");
  before = dump (self);
  step_id = do_to (self, OCTAVO_NOTES_DELETE, ids, 2, NULL);
  g_assert_cmpint (model_test_query_int (self->path, "SELECT count (*) FROM note"), ==, 0);
  g_assert_cmpint (model_test_query_int (self->path, "SELECT count (*) FROM tag"), ==, 0);
  model_test_undo (self, step_id, &result);
  g_assert_cmpuint (result.n_left + result.n_gone + result.n_kept, ==, 0);
  assert_all (self, before);
  g_assert_cmpint (model_test_query_int (self->path, "SELECT count (*) FROM undo_row"), ==, 0);
  assert_not_undone (self, step_id, OCTAVO_ERROR_UNDONE);
}

/* The search finds them again, and a list shows them. */
static void
test_deleted_notes_are_found_again (ModelTest *self, gconstpointer data)
{
  gint64 id = model_test_add_note (self, "One", "unmistakable", "");
  g_autoptr (OctavoNoteList) list = octavo_note_list_new (self->store);
  gint64 step_id;

  octavo_note_list_set_query (list, "unmistak");
  model_test_wait_for (g_list_model_get_n_items (G_LIST_MODEL (list)) == 1);
  step_id = do_to (self, OCTAVO_NOTES_DELETE, &id, 1, NULL);
  model_test_wait_for (g_list_model_get_n_items (G_LIST_MODEL (list)) == 0);
  model_test_undo (self, step_id, NULL);
  model_test_wait_for (g_list_model_get_n_items (G_LIST_MODEL (list)) == 1);
}

static void
test_emptied_trash_comes_back (ModelTest *self, gconstpointer data)
{
  OctavoNoteRepository *notes = octavo_store_get_notes (self->store);
  GAsyncResult *place = NULL;
  g_autoptr (GAsyncResult) answer = NULL;
  g_autoptr (GPtrArray) steps = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  const OctavoUndoStep *step;
  guint n;

  model_test_add_notes (self, 3);
  model_test_execute (self->path, "UPDATE note SET trashed = 5, updated = 4 WHERE id < 3");
  before = dump (self);
  octavo_note_repository_empty_trash_async (notes, G_TIME_SPAN_DAY, NULL, model_test_on_result, &place);
  answer = model_test_take_result (&place);
  octavo_note_repository_empty_trash_finish (notes, answer, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 2);

  steps = octavo_undo_list (self->store, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (steps->len, ==, 1);
  step = steps->pdata[0];
  g_assert_cmpint (step->kind, ==, OCTAVO_UNDO_EMPTY_TRASH);
  g_assert_cmpuint (step->n_notes, ==, 2);
  model_test_undo (self, step->id, NULL);
  assert_all (self, before);
}

static void
test_merged_note_goes (ModelTest *self, gconstpointer data)
{
  gint64 ids[] = { model_test_add_note (self, "One", "first", "a"), model_test_add_note (self, "Two", "second", "b") };
  g_autofree char *before = dump (self);
  g_auto (OctavoUndoResult) result = { 0 };
  gint64 step_id = merge (self, ids, 2);

  model_test_undo (self, step_id, &result);
  g_assert_cmpuint (result.removed->len, ==, 1);
  g_assert_cmpuint (result.n_kept, ==, 0);
  assert_all (self, before);
  octavo_undo_result_clear (&result);

  /* what was typed in it since is kept */
  step_id = merge (self, ids, 2);
  model_test_execute (self->path, "UPDATE note SET body = body || ' more' WHERE id = 4");
  model_test_undo (self, step_id, &result);
  g_assert_cmpuint (result.n_kept, ==, 1);
  g_assert_null (result.removed);
  g_assert_cmpint (model_test_query_int (self->path,
                                         "SELECT count (*) FROM note WHERE trashed > 0 AND body LIKE '% more'"),
                   ==, 1);
  g_assert_cmpint (model_test_query_int (self->path, "SELECT count (*) FROM note_tag WHERE note_id = 4"), ==, 2);
  g_assert_cmpint (model_test_query_int (self->path, "SELECT count (*) FROM note WHERE trashed = 0"), ==, 2);
}

/* A tag that it was given is a change, too. */
static void
test_merged_note_that_was_tagged_is_kept (ModelTest *self, gconstpointer data)
{
  gint64 ids[] = { model_test_add_note (self, "One", "", ""), model_test_add_note (self, "Two", "", "") };
  g_auto (OctavoUndoResult) result = { 0 };
  gint64 step_id = merge (self, ids, 2);

  model_test_apply (self, OCTAVO_NOTES_ADD_TAG, 3, "precious");
  model_test_undo (self, step_id, &result);
  g_assert_cmpuint (result.n_kept, ==, 1);
  g_assert_cmpint (model_test_query_int (self->path, "SELECT count (*) FROM note_tag"), ==, 1);
}

static void
test_merged_tags_part (ModelTest *self, gconstpointer data)
{
  g_autofree char *before = NULL;
  gint64 step_id;

  model_test_add_note (self, "One", "", "work,Job/x");
  model_test_add_note (self, "Two", "", "job,work");
  model_test_add_note (self, "Three", "", "job/x,work/x");
  before = dump (self);
  step_id = rename_tag (self, "work", "job");
  g_assert_cmpint (model_test_query_int (self->path, "SELECT count (*) FROM tag"), ==, 2);
  model_test_undo (self, step_id, NULL);
  assert_all (self, before);
}

/* The id of a tag that is gone belongs to another. */
static void
test_ids_of_tags_are_used_again (ModelTest *self, gconstpointer data)
{
  gint64 id = model_test_add_note (self, "One", "", "");
  gint64 added = do_to (self, OCTAVO_NOTES_ADD_TAG, &id, 1, "first");
  gint64 deleted = delete_tag (self, "first");

  model_test_apply (self, OCTAVO_NOTES_ADD_TAG, id, "second");
  model_test_undo (self, added, NULL);
  g_assert_cmpint (model_test_query_int (self->path, "SELECT count (*) FROM tag WHERE name = 'second'"), ==, 1);
  model_test_undo (self, deleted, NULL);
  g_assert_cmpint (model_test_query_int (self->path, "SELECT count (*) FROM note_tag"), ==, 2);
}

static void
test_given_notes_come_back (ModelTest *self, gconstpointer data)
{
  gint64 ids[] = { model_test_add_note (self, "One", "", ""), model_test_add_note (self, "Two", "", "") };
  gint64 ada = add_user (self, "Ada");
  g_autofree char *before = dump (self);
  g_auto (OctavoUndoResult) result = { 0 };
  gint64 step_id = give (self, ada, ids, 2);

  model_test_undo (self, step_id, NULL);
  assert_all (self, before);

  /* whom they were from is gone, and somebody else has the id */
  step_id = give (self, ada, ids, 2);
  g_assert_cmpint (give (self, 1, ids, 1), >, 0);
  model_test_undo (self, step_id, &result);
  assert_all (self, before);
  step_id = give (self, ada, ids, 2);
  step_id = give (self, 1, ids, 2);
  g_assert_cmpint (delete_user (self, ada, 1, FALSE), >, 0);
  g_assert_cmpint (add_user (self, "Bob"), ==, ada);
  assert_not_undone (self, step_id, OCTAVO_ERROR_CHANGED);
}

static void
test_says_why_not (ModelTest *self, gconstpointer data)
{
  gint64 ids[] = { model_test_add_note (self, "One", "", ""), model_test_add_note (self, "Two", "", "") };
  gint64 trashed = do_to (self, OCTAVO_NOTES_TRASH, ids, 2, NULL);
  gint64 first = do_to (self, OCTAVO_NOTES_DELETE, ids, 1, NULL);
  gint64 second = do_to (self, OCTAVO_NOTES_DELETE, ids + 1, 1, NULL);
  g_auto (OctavoUndoResult) result = { 0 };
  g_autofree char *text = NULL;

  /* it can be tried again when that was undone */
  assert_not_undone (self, trashed, OCTAVO_ERROR_CHANGED);
  model_test_undo (self, second, NULL);
  model_test_undo (self, trashed, &result);
  g_assert_cmpuint (result.n_done, ==, 1);
  g_assert_cmpuint (result.n_gone, ==, 1);
  text = octavo_undo_result_dup_text (&result);
  g_assert_cmpstr (text, ==, "Undone, but 1 note was deleted since");
  model_test_undo (self, first, NULL);
  g_assert_cmpint (model_test_query_int (self->path, "SELECT count (*) FROM note WHERE trashed > 0"), ==, 1);
  assert_not_undone (self, 999, OCTAVO_ERROR_UNDONE);
}

static void
test_list_and_forget (ModelTest *self, gconstpointer data)
{
  gint64 id = model_test_add_note (self, "One", "secret", "");
  GAsyncResult *place = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) steps = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (OctavoUndoStep) copy = NULL;
  g_autofree char *title = NULL;
  gint64 step_id;

  do_to (self, OCTAVO_NOTES_ADD_TAG, &id, 1, "Work");
  step_id = do_to (self, OCTAVO_NOTES_PIN, &id, 1, NULL);
  model_test_undo (self, step_id, NULL);
  do_to (self, OCTAVO_NOTES_DELETE, &id, 1, NULL);
  octavo_undo_list_async (self->store, 2, NULL, model_test_on_result, &place);
  result = model_test_take_result (&place);
  steps = octavo_undo_list_finish (self->store, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (steps->len, ==, 2);
  g_assert_cmpint (((OctavoUndoStep *) steps->pdata[0])->kind, ==, OCTAVO_UNDO_DELETE);
  g_assert_cmpint (((OctavoUndoStep *) steps->pdata[1])->undone, >, 0);
  g_clear_pointer (&steps, g_ptr_array_unref);
  steps = octavo_undo_list (self->store, 10, &error);
  g_assert_cmpuint (steps->len, ==, 3);
  copy = octavo_undo_step_copy (steps->pdata[2]);
  title = octavo_undo_step_dup_title (copy);
  g_assert_cmpstr (title, ==, "“Work” added to 1 note");

  g_clear_object (&result);
  octavo_undo_forget_async (self->store, 0, NULL, model_test_on_result, &place);
  result = model_test_take_result (&place);
  g_assert_true (octavo_undo_forget_finish (self->store, result, &error));
  g_assert_no_error (error);
  g_assert_cmpint (model_test_query_int (self->path, "SELECT count (*) FROM undo_row"), ==, 0);
  g_assert_cmpint (model_test_query_int (self->path, "SELECT count (*) FROM undo_step"), ==, 0);
}

/* What is a day old goes with the next step; what is typed is no step. */
static void
test_only_for_a_day (ModelTest *self, gconstpointer data)
{
  gint64 ids[] = { model_test_add_note (self, "One", "", ""), model_test_add_note (self, "Two", "", "") };
  gint64 old = do_to (self, OCTAVO_NOTES_TRASH, ids, 1, NULL);
  g_autoptr (GPtrArray) steps = NULL;

  model_test_execute (self->path, "UPDATE undo_step SET done = done - 86400000001");
  steps = octavo_undo_list (self->store, 10, NULL);
  g_assert_cmpuint (steps->len, ==, 0);
  do_to (self, OCTAVO_NOTES_TRASH, ids + 1, 1, NULL);
  g_assert_cmpint (model_test_query_int (self->path, "SELECT count (*) FROM undo_step"), ==, 1);
  assert_not_undone (self, old, OCTAVO_ERROR_UNDONE);
  model_test_apply (self, OCTAVO_NOTES_PIN, ids[1], NULL);
  model_test_add_note (self, "Three", "", "");
  g_assert_cmpint (model_test_query_int (self->path, "SELECT count (*) FROM undo_row"), ==, 1);
}

/* What a clock says that jumped is no reason to forget anything, until it has gone on for a day. */
static void
test_not_by_a_wrong_clock (ModelTest *self, gconstpointer data)
{
  gint64 ids[] = { model_test_add_note (self, "One", "", ""), model_test_add_note (self, "Two", "", "") };
  gint64 old = do_to (self, OCTAVO_NOTES_DELETE, ids, 1, NULL);
  g_autoptr (GPtrArray) steps = NULL;
  GAsyncResult *place = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  model_test_execute (self->path, "UPDATE clock SET seen = seen - 3650 * 86400000000");
  model_test_execute (self->path, "UPDATE undo_step SET done = done - 3650 * 86400000000");
  do_to (self, OCTAVO_NOTES_PIN, ids + 1, 1, NULL);
  octavo_undo_forget_async (self->store, OCTAVO_UNDO_TIME, NULL, model_test_on_result, &place);
  result = model_test_take_result (&place);
  g_assert_true (octavo_undo_forget_finish (self->store, result, NULL));
  steps = octavo_undo_list (self->store, 10, NULL);
  g_assert_cmpuint (steps->len, ==, 2);
  model_test_undo (self, old, NULL);
  g_assert_cmpint (model_test_query_int (self->path, "SELECT count (*) FROM note"), ==, 2);

  model_test_execute (self->path, "UPDATE clock SET since = since - 86400000000");
  do_to (self, OCTAVO_NOTES_UNPIN, ids + 1, 1, NULL);
  assert_not_undone (self, old, OCTAVO_ERROR_UNDONE);
}

static void
test_a_merge_that_fails_leaves_nothing (ModelTest *self, gconstpointer data)
{
  const gint64 gone[] = { 900, 901 };
  gint64 id = model_test_add_note (self, "One", "", "");
  OctavoNoteRepository *notes = octavo_store_get_notes (self->store);
  g_autoptr (OctavoNotesAct) act = octavo_notes_act_new ();
  GAsyncResult *place = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 step_id;

  octavo_notes_act_add_merge (act, gone, 2);
  octavo_notes_act_perform_async (act, notes, NULL, model_test_on_result, &place);
  result = model_test_take_result (&place);
  g_assert_false (octavo_notes_act_perform_finish (notes, result, &step_id, NULL, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_NO_SUCH_NOTE);
  g_assert_cmpint (model_test_query_int (self->path, "SELECT count (*) FROM undo_step"), ==, 0);
  /* and nothing writes on */
  model_test_apply (self, OCTAVO_NOTES_PIN, id, NULL);
  g_assert_cmpint (model_test_query_int (self->path, "SELECT count (*) FROM undo_row"), ==, 0);
}

static gint64
do_something (ModelTest *self, GRand *random)
{
  static const char *const names[] = { "a", "a/b", "c", "c/d", "A/B/e", "f" };
  gint64 ids[3];
  const char *tag = names[g_rand_int_range (random, 0, G_N_ELEMENTS (names))];
  const char *other = names[g_rand_int_range (random, 0, G_N_ELEMENTS (names))];
  gint64 user_id = model_test_query_int (self->path, "SELECT id FROM user ORDER BY random () LIMIT 1");
  gint64 there = model_test_query_int (self->path, "SELECT ifnull (max (id), 0) FROM note");
  gint64 heir_id = model_test_query_int (self->path, "SELECT max (id) FROM user");

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    ids[i] = g_rand_int_range (random, 1, 14);
  switch (g_rand_int_range (random, 0, 12))
    {
    case 0:
      return there != 0 ? merge (self, (gint64[]){ there, ids[0] }, 2) : 0;
    case 1:
      return rename_tag (self, tag, other);
    case 2:
      return delete_tag (self, tag);
    case 3:
      return give (self, user_id, ids, 3);
    case 4:
      return user_id != heir_id ? delete_user (self, user_id, heir_id, g_rand_boolean (random)) : 0;
    case 5:
      return do_to (self, OCTAVO_NOTES_DELETE, ids + 1, 2, NULL);
    case 6:
      return do_to (self, OCTAVO_NOTES_REMOVE_TAG, ids, 3, tag);
    case 7:
      return do_to (self, OCTAVO_NOTES_TRASH, ids, 2, NULL);
    case 8:
      return do_to (self, OCTAVO_NOTES_RESTORE, ids, 3, NULL);
    case 9:
      return do_to (self, OCTAVO_NOTES_PIN, ids, 1, NULL);
    case 10:
      return do_to (self, OCTAVO_NOTES_UNPIN, ids, 3, NULL);
    default:
      return do_to (self, OCTAVO_NOTES_ADD_TAG, ids, 3, tag);
    }
}

/* Whatever was done: taken back in the opposite order, everything is what it was. */
static void
test_anything_and_back (ModelTest *self, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  g_autoptr (GPtrArray) dumps = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < 12; i++)
    model_test_add_note (self, i % 2 ? "odd" : "even", "text", i % 3 ? "a,c/d" : "A/b");
  for (guint i = 0; i < 4; i++)
    add_user (self, (const char[]){ (char) ('P' + i), '\0' });
  for (guint i = 0; i < N_STEPS; i++)
    {
      char *before = dump (self);
      gint64 step_id = do_something (self, random);

      if (step_id == 0)
        {
          assert_all (self, before);
          g_free (before);
          continue;
        }
      g_ptr_array_add (dumps, before);
      g_array_append_val (steps, step_id);
    }
  g_assert_cmpuint (steps->len, >, N_STEPS / 3);
  for (guint i = steps->len; i > 0; i--)
    {
      model_test_undo (self, g_array_index (steps, gint64, i - 1), NULL);
      assert_all (self, dumps->pdata[i - 1]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                                            \
  g_test_add ("/undo/" name, ModelTest, NULL, model_test_set_up, function, model_test_tear_down)

  ADD ("deleted-notes-come-back", test_deleted_notes_come_back);
  ADD ("deleted-notes-are-found-again", test_deleted_notes_are_found_again);
  ADD ("emptied-trash-comes-back", test_emptied_trash_comes_back);
  ADD ("merged-note-goes", test_merged_note_goes);
  ADD ("merged-note-that-was-tagged-is-kept", test_merged_note_that_was_tagged_is_kept);
  ADD ("merged-tags-part", test_merged_tags_part);
  ADD ("ids-of-tags-are-used-again", test_ids_of_tags_are_used_again);
  ADD ("given-notes-come-back", test_given_notes_come_back);
  ADD ("says-why-not", test_says_why_not);
  ADD ("list-and-forget", test_list_and_forget);
  ADD ("only-for-a-day", test_only_for_a_day);
  ADD ("not-by-a-wrong-clock", test_not_by_a_wrong_clock);
  ADD ("a-merge-that-fails-leaves-nothing", test_a_merge_that_fails_leaves_nothing);
  ADD ("anything-and-back", test_anything_and_back);

  return g_test_run ();
}
