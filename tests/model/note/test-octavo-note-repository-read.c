/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-test.h"
#include "octavo-error.h"

#include <locale.h>
#include <string.h>

/* How notes are read: rows of a page, plain values, counts. */

static OctavoNoteRepository *
get_notes (ModelTest *self)
{
  return octavo_store_get_notes (self->store);
}

static void
assert_row (OctavoNoteRow *row, gint64 id, const char *tags)
{
  g_autofree char *joined = g_strjoinv (",", (char **) octavo_note_row_get_tags (row));

  g_assert_cmpint (octavo_note_row_get_id (row), ==, id);
  g_assert_cmpint (octavo_note_row_get_user_id (row), ==, 1);
  g_assert_cmpstr (octavo_note_row_get_title (row), ==, "title");
  g_assert_cmpstr (octavo_note_row_get_excerpt (row), ==, "body");
  g_assert_cmpstr (joined, ==, tags);
  g_assert_cmpint (octavo_note_row_get_created (row), >, 0);
  g_assert_cmpint (octavo_note_row_get_updated (row), >, 0);
  g_assert_false (octavo_note_row_get_pinned (row));
}

static void
test_read_page (ModelTest *self, gconstpointer data)
{
  gint64 ids[] = { 2, 77, 1 };
  g_autoptr (GPtrArray) rows = NULL;

  model_test_add_note (self, "title", "body", "b,a");
  model_test_add_note (self, "title", "body", NULL);
  model_test_apply (self, OCTAVO_NOTES_TRASH, 1, NULL);

  rows = octavo_note_repository_read_page (get_notes (self), ids, 3);
  g_assert_cmpuint (rows->len, ==, 3);
  assert_row (rows->pdata[0], 2, "");
  g_assert_null (rows->pdata[1]);
  assert_row (rows->pdata[2], 1, "a,b");
  g_assert_cmpint (octavo_note_row_get_trashed (rows->pdata[2]), >, 0);
}

/* Two, whatever the size of the page. */
static void
test_read_page_statements (ModelTest *self, gconstpointer data)
{
  gint64 ids[64] = { 0 };
  g_autoptr (GPtrArray) one = NULL;
  g_autoptr (GPtrArray) page = NULL;

  for (guint i = 0; i < 64; i++)
    ids[i] = model_test_add_note (self, "title", "body", i % 2 == 0 ? "b,a" : NULL);

  model_test_reset_statements (self);
  one = octavo_note_repository_read_page (get_notes (self), ids, 1);
  g_assert_cmpuint (self->n_statements, ==, 2);
  model_test_reset_statements (self);
  page = octavo_note_repository_read_page (get_notes (self), ids, 64);
  g_assert_cmpuint (self->n_statements, ==, 2);
  for (guint i = 0; i < 64; i++)
    assert_row (page->pdata[i], ids[i], i % 2 == 0 ? "a,b" : "");
}

static gboolean
collect (OctavoNoteValues *values, gpointer user_data)
{
  GString *text = user_data;
  g_autofree char *tags = g_strjoinv ("+", values->tags != NULL ? values->tags : (char *[]){ NULL });

  g_string_append_printf (text, "%d:%s:%s:%s:%s ", (int) values->id, values->title, values->body, tags,
                          values->user_name != NULL ? "user" : "");
  return values->id != 4;
}

static void
test_foreach (ModelTest *self, gconstpointer data)
{
  gint64 ids[] = { 3, 1, 77, 2 };
  gint64 all[] = { 1, 4, 2 };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  model_test_add_note (self, "one", "body one", "b,a");
  model_test_add_note (self, "two", "body two", NULL);
  model_test_add_note (self, "three", "body three", "c");
  model_test_add_note (self, "four", "", NULL);

  g_assert_true (octavo_note_repository_foreach (get_notes (self), ids, 4, TRUE, collect, text, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (text->str, ==, "3:three:body three:c:user 1:one:body one:a+b:user 2:two:body two::user ");

  /* FALSE stops it, and that is no error. */
  g_string_truncate (text, 0);
  g_assert_true (octavo_note_repository_foreach (get_notes (self), all, 3, FALSE, collect, text, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (text->str, ==, "1:one:(null):a+b:user 4:four:(null)::user ");
}

typedef struct
{
  gint64 next;
  gsize n_bytes;
} Sum;

static gboolean
add_up (OctavoNoteValues *values, gpointer user_data)
{
  Sum *sum = user_data;

  g_assert_cmpint (values->id, ==, ++sum->next);
  sum->n_bytes += strlen (values->body);
  return TRUE;
}

/* However big the notes are, only some megabytes of them are in memory at a time, and none is left out. */
static void
test_foreach_big (ModelTest *self, gconstpointer data)
{
  gint64 ids[600];
  Sum sum = { 0 };
  g_autoptr (GError) error = NULL;

  model_test_add_notes (self, 600);
  model_test_execute (self->path, "UPDATE note SET body = hex (zeroblob (3000000)) WHERE id % 100 < 2");
  for (gint64 i = 0; i < 600; i++)
    ids[i] = i + 1;
  model_test_reset_statements (self);
  g_assert_true (octavo_note_repository_foreach (get_notes (self), ids, 600, TRUE, add_up, &sum, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (sum.next, ==, 600);
  g_assert_cmpuint (sum.n_bytes, >, 11 * 6000000);
  /* 600 ids in batches of 256, but after 8 MB at the latest. */
  g_assert_cmpuint (self->n_statements, >, 6);
  g_assert_cmpuint (self->n_statements, <, 40);
}

static void
assert_count (ModelTest *self, OctavoPlace place, gint64 tag_id, gint64 user_id, gint64 expected)
{
  OctavoScope scope = { place, tag_id, user_id };
  GAsyncResult *in_place = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 count = -1;

  g_assert_true (octavo_note_repository_count (get_notes (self), &scope, &count, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count, ==, expected);

  octavo_note_repository_count_async (get_notes (self), &scope, NULL, model_test_on_result, &in_place);
  result = model_test_take_result (&in_place);
  g_assert_cmpint (octavo_note_repository_count_finish (get_notes (self), result, &error), ==, expected);
  g_assert_no_error (error);
}

static void
test_count (ModelTest *self, gconstpointer data)
{
  gint64 work, child;

  model_test_add_note (self, "one", "", "work,work/a");
  model_test_add_note (self, "two", "", "work/a");
  model_test_add_note (self, "three", "", "workshop");
  model_test_add_note (self, "four", "", NULL);
  model_test_add_note (self, "five", "", "work");
  model_test_add_note (self, "six", "", NULL);
  model_test_apply (self, OCTAVO_NOTES_TRASH, 5, NULL);
  model_test_apply (self, OCTAVO_NOTES_TRASH, 6, NULL);
  work = model_test_query_int (self->path, "SELECT id FROM tag WHERE name = 'work'");
  child = model_test_query_int (self->path, "SELECT id FROM tag WHERE name = 'work/a'");

  assert_count (self, OCTAVO_PLACE_ALL, 0, 0, 4);
  assert_count (self, OCTAVO_PLACE_ALL, 0, 1, 4);
  assert_count (self, OCTAVO_PLACE_ALL, 0, 2, 0);
  assert_count (self, OCTAVO_PLACE_TRASH, 0, 0, 2);
  assert_count (self, OCTAVO_PLACE_UNTAGGED, 0, 0, 1);
  assert_count (self, OCTAVO_PLACE_UNTAGGED, 0, 1, 1);
  assert_count (self, OCTAVO_PLACE_TAG, work, 0, 2);
  assert_count (self, OCTAVO_PLACE_TAG, child, 0, 2);
  assert_count (self, OCTAVO_PLACE_TAG, 777, 0, 0);
}

/* A view may ask for a row after the file was closed. */
static void
test_closed (ModelTest *self, gconstpointer data)
{
  gint64 id = model_test_add_note (self, "one", "", NULL);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  octavo_store_close (self->store);
  rows = octavo_note_repository_read_page (get_notes (self), &id, 1);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_null (rows->pdata[0]);
  g_assert_false (octavo_note_repository_apply (get_notes (self), OCTAVO_NOTES_PIN, &id, 1, NULL, NULL, NULL, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_FAILED);
}

/* Also not when all notes are gone again. */
static void
test_unused (ModelTest *self, gconstpointer data)
{
  gint64 id;

  g_assert_true (octavo_note_repository_is_unused (get_notes (self)));
  model_test_reset_statements (self);
  g_assert_true (octavo_note_repository_is_unused (get_notes (self)));
  g_assert_cmpuint (self->n_statements, ==, 1);

  id = model_test_add_note (self, "title", "body", NULL);
  g_assert_false (octavo_note_repository_is_unused (get_notes (self)));
  model_test_apply (self, OCTAVO_NOTES_DELETE, id, NULL);
  g_assert_false (octavo_note_repository_is_unused (get_notes (self)));

  octavo_store_close (self->store);
  g_assert_false (octavo_note_repository_is_unused (get_notes (self)));
}

#define ADD(name, function)                                                                                            \
  g_test_add ("/note-repository/" name, ModelTest, NULL, model_test_set_up, function, model_test_tear_down)

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  ADD ("read-page", test_read_page);
  ADD ("read-page-statements", test_read_page_statements);
  ADD ("foreach", test_foreach);
  ADD ("foreach-big", test_foreach_big);
  ADD ("count", test_count);
  ADD ("closed", test_closed);
  ADD ("unused", test_unused);
  return g_test_run ();
}
