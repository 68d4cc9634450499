/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-test.h"
#include "octavo-error.h"
#include "octavo-note-private.h"
#include "octavo-user-repository.h"

#include <locale.h>
#include <string.h>

static OctavoNoteRepository *
get_notes (ModelTest *self)
{
  return octavo_store_get_notes (self->store);
}

static OctavoNote *
create (ModelTest *self)
{
  return octavo_note_repository_create (get_notes (self),
                                        octavo_user_repository_get_default_id (octavo_store_get_users (self->store)));
}

static OctavoNote *
get (ModelTest *self, gint64 id)
{
  g_autoptr (GError) error = NULL;
  OctavoNote *note = octavo_note_repository_get (get_notes (self), id, NULL, &error);

  g_assert_no_error (error);
  return note;
}

static void
save (ModelTest *self, OctavoNote *note)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (octavo_note_repository_save (get_notes (self), note, NULL, &error));
  g_assert_no_error (error);
}

/* The way of the window; FALSE with the code of the error. */
static gboolean
save_async (ModelTest *self, OctavoNote *note, GError **error)
{
  GAsyncResult *place = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  octavo_note_repository_save_async (get_notes (self), note, NULL, model_test_on_result, &place);
  result = model_test_take_result (&place);
  return octavo_note_repository_save_finish (get_notes (self), result, error);
}

static void
assert_text (ModelTest *self, const char *sql, const char *expected)
{
  g_autofree char *text = model_test_query_text (self->path, sql);

  g_assert_cmpstr (text, ==, expected);
}

static OctavoNote *
make_full_note (ModelTest *self)
{
  OctavoNote *note = create (self);

  octavo_note_set_title (note, "Bread\nand\r\nbutter");
  octavo_note_set_body (note, "# Flour\n\n*and* water");
  octavo_note_set_aliases (note, "Loaf\nBun");
  octavo_note_set_front_matter (note, "rating: 5\n");
  octavo_note_set_pinned (note, TRUE);
  octavo_note_set_created (note, 123456789);
  return note;
}

static void
test_save (ModelTest *self, gconstpointer data)
{
  OctavoNote *note = make_full_note (self);
  OctavoNote *again;

  g_assert_cmpint (octavo_note_get_id (note), ==, 0);
  g_assert_cmpint (model_test_query_int (self->path, "SELECT count (*) FROM note"), ==, 0);
  save (self, note);
  g_assert_cmpint (octavo_note_get_id (note), ==, 1);

  /* As long as somebody holds it, it is one object. */
  again = get (self, 1);
  g_assert_true (again == note);
  g_object_unref (again);
  g_assert_finalize_object (note);
  assert_text (self, "SELECT excerpt FROM note", "Flour and water");
}

static void
test_get (ModelTest *self, gconstpointer data)
{
  OctavoNote *note = make_full_note (self);
  gint64 before = g_get_real_time ();

  save (self, note);
  g_assert_finalize_object (note);

  note = get (self, 1);
  g_assert_cmpstr (octavo_note_get_title (note), ==, "Bread and  butter");
  g_assert_cmpstr (octavo_note_get_body (note), ==, "# Flour\n\n*and* water");
  g_assert_cmpstr (octavo_note_get_aliases (note), ==, "Loaf\nBun");
  g_assert_cmpstr (octavo_note_get_front_matter (note), ==, "rating: 5\n");
  g_assert_cmpint (octavo_note_get_created (note), ==, 123456789);
  g_assert_cmpint (octavo_note_get_updated (note), >=, before);
  g_assert_cmpint (octavo_note_get_user_id (note), ==, 1);
  g_assert_true (octavo_note_get_pinned (note));
  g_assert_cmpint (octavo_note_get_trashed (note), ==, 0);
  g_assert_finalize_object (note);
}

static void
test_get_async (ModelTest *self, gconstpointer data)
{
  gint64 id = model_test_add_note (self, "here", "text", NULL);
  GAsyncResult *place = NULL;
  g_autoptr (GError) error = NULL;
  OctavoNote *note;

  {
    g_autoptr (GAsyncResult) result = NULL;

    octavo_note_repository_get_async (get_notes (self), id, NULL, model_test_on_result, &place);
    result = model_test_take_result (&place);
    note = octavo_note_repository_get_finish (get_notes (self), result, &error);
  }
  g_assert_no_error (error);
  g_assert_cmpstr (octavo_note_get_title (note), ==, "here");
  octavo_note_set_title (note, "there");
  save (self, note);
  assert_text (self, "SELECT title FROM note", "there");
  g_assert_finalize_object (note);

  {
    g_autoptr (GAsyncResult) result = NULL;

    octavo_note_repository_get_async (get_notes (self), 77, NULL, model_test_on_result, &place);
    result = model_test_take_result (&place);
    g_assert_null (octavo_note_repository_get_finish (get_notes (self), result, &error));
    g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_NO_SUCH_NOTE);
  }
}

static void
test_no_such_note (ModelTest *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (octavo_note_repository_get (get_notes (self), 77, NULL, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_NO_SUCH_NOTE);
  g_assert_nonnull (strstr (error->message, "77"));
}

/* One statement for each note that changed, with its excerpt and its date. */
static void
test_statements (ModelTest *self, gconstpointer data)
{
  g_autoptr (OctavoNote) one = create (self);
  g_autoptr (OctavoNote) two = create (self);

  model_test_reset_statements (self);
  save (self, one);
  g_assert_cmpuint (self->n_statements, ==, 1);
  save (self, two);

  model_test_reset_statements (self);
  octavo_note_set_title (one, "one");
  octavo_note_set_body (one, "text");
  octavo_note_set_body (two, "text");
  save (self, two);
  g_assert_cmpuint (self->n_statements, ==, 2);
  g_assert_null (strstr (self->statements->str, "front_matter"));
  assert_text (self, "SELECT group_concat (excerpt) FROM (SELECT * FROM note ORDER BY id)", "text,text");

  /* Nothing changed, nothing to write. */
  model_test_reset_statements (self);
  save (self, one);
  octavo_note_set_title (one, "one");
  save (self, one);
  g_assert_cmpuint (self->n_statements, ==, 0);
}

static void
test_updated (ModelTest *self, gconstpointer data)
{
  g_autoptr (OctavoNote) note = create (self);

  octavo_note_set_updated (note, 1000);
  octavo_note_set_title (note, "old");
  save (self, note);
  g_assert_cmpint (octavo_note_get_updated (note), ==, 1000);

  octavo_note_set_pinned (note, TRUE);
  octavo_note_set_trashed (note, 5);
  octavo_note_set_front_matter (note, "a: b");
  save (self, note);
  g_assert_cmpint (octavo_note_get_updated (note), ==, 1000);

  octavo_note_set_aliases (note, "other");
  save (self, note);
  g_assert_cmpint (octavo_note_get_updated (note), >, 1000);

  /* Said by hand it stands, even where it is what it was. */
  octavo_note_set_updated (note, 2000);
  save (self, note);
  octavo_note_set_updated (note, 2000);
  octavo_note_set_body (note, "new");
  save (self, note);
  g_assert_cmpint (octavo_note_get_updated (note), ==, 2000);

  octavo_note_set_body (note, "newer");
  save (self, note);
  g_assert_cmpint (octavo_note_get_updated (note), >, 2000);
  g_assert_cmpint (model_test_query_int (self->path, "SELECT updated FROM note"), ==, octavo_note_get_updated (note));
}

static void
test_property (ModelTest *self, gconstpointer data)
{
  g_autoptr (OctavoNote) note = create (self);
  g_autofree char *body = NULL;

  g_object_set (note, "title", "a\nb", "body", "text", "updated", G_GINT64_CONSTANT (77), "pinned", TRUE, NULL);
  g_assert_cmpstr (octavo_note_get_title (note), ==, "a b");
  save (self, note);
  g_assert_cmpint (octavo_note_get_updated (note), ==, 77);
  g_object_get (note, "body", &body, NULL);
  g_assert_cmpstr (body, ==, "text");
}

/* What is typed while a save runs is not lost, and not taken for saved. */
static void
test_typing_while_saving (ModelTest *self, gconstpointer data)
{
  g_autoptr (OctavoNote) note = create (self);
  GAsyncResult *place = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  octavo_note_set_body (note, "first");
  octavo_note_repository_save_async (get_notes (self), note, NULL, model_test_on_result, &place);
  octavo_note_set_body (note, "second");
  result = model_test_take_result (&place);
  g_assert_true (octavo_note_repository_save_finish (get_notes (self), result, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (octavo_note_get_body (note), ==, "second");
  assert_text (self, "SELECT body FROM note", "first");

  g_assert_true (save_async (self, note, &error));
  g_assert_no_error (error);
  assert_text (self, "SELECT body || excerpt FROM note", "secondsecond");
  g_assert_cmpint (model_test_query_int (self->path, "SELECT count (*) FROM note"), ==, 1);
}

/* Two saves of a new note, the second before the first has ended, make one note. */
static void
test_saves_overtake (ModelTest *self, gconstpointer data)
{
  g_autoptr (OctavoNote) note = create (self);
  GAsyncResult *first = NULL, *second = NULL;
  g_autoptr (GAsyncResult) first_result = NULL;
  g_autoptr (GAsyncResult) second_result = NULL;
  g_autoptr (GError) error = NULL;

  octavo_note_set_body (note, "first");
  octavo_note_repository_save_async (get_notes (self), note, NULL, model_test_on_result, &first);
  octavo_note_set_body (note, "second");
  octavo_note_repository_save_async (get_notes (self), note, NULL, model_test_on_result, &second);
  first_result = model_test_take_result (&first);
  second_result = model_test_take_result (&second);
  g_assert_true (octavo_note_repository_save_finish (get_notes (self), first_result, &error));
  g_assert_true (octavo_note_repository_save_finish (get_notes (self), second_result, &error));
  assert_text (self, "SELECT group_concat (body) FROM (SELECT * FROM note ORDER BY id)", "second");
}

/* A note that was deleted elsewhere cannot be saved, and does not keep another from being saved. */
static void
test_deleted_elsewhere (ModelTest *self, gconstpointer data)
{
  g_autoptr (OctavoNote) gone = create (self);
  g_autoptr (OctavoNote) kept = create (self);
  g_autoptr (GError) error = NULL;

  save (self, gone);
  save (self, kept);
  octavo_note_set_body (gone, "typed");
  model_test_execute (self->path, "DELETE FROM note WHERE id = 1");

  octavo_note_set_body (kept, "kept");
  save (self, kept);
  assert_text (self, "SELECT group_concat (body) FROM (SELECT * FROM note ORDER BY id)", "kept");

  g_assert_false (octavo_note_repository_save (get_notes (self), gone, NULL, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_NO_SUCH_NOTE);
  g_assert_cmpstr (octavo_note_get_body (gone), ==, "typed");
  g_clear_error (&error);
  g_assert_false (save_async (self, gone, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_NO_SUCH_NOTE);
}

static void
test_deleted_elsewhere_async (ModelTest *self, gconstpointer data)
{
  g_autoptr (OctavoNote) gone = create (self);
  g_autoptr (OctavoNote) kept = create (self);
  g_autoptr (GError) error = NULL;

  save (self, gone);
  save (self, kept);
  octavo_note_set_body (gone, "typed");
  octavo_note_set_body (kept, "kept");
  model_test_execute (self->path, "DELETE FROM note WHERE id = 1");

  g_assert_false (save_async (self, gone, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_NO_SUCH_NOTE);
  g_clear_error (&error);
  assert_text (self, "SELECT group_concat (body) FROM (SELECT * FROM note ORDER BY id)", "kept");

  octavo_note_set_body (kept, "still kept");
  g_assert_true (save_async (self, kept, &error));
  g_assert_no_error (error);
}

static void
test_too_big (ModelTest *self, gconstpointer data)
{
  g_autoptr (OctavoNote) note = create (self);
  g_autofree char *fits = g_strnfill (OCTAVO_NOTE_MAX_TITLE, 'x');
  g_autofree char *title = g_strnfill (OCTAVO_NOTE_MAX_TITLE + 1, 'x');
  g_autoptr (GError) error = NULL;

  octavo_note_set_title (note, title);
  g_assert_false (octavo_note_repository_save (get_notes (self), note, NULL, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_TOO_BIG);
  g_clear_error (&error);
  g_assert_false (save_async (self, note, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_TOO_BIG);
  g_assert_cmpstr (octavo_note_get_title (note), ==, title);

  octavo_note_set_title (note, fits);
  save (self, note);
  g_assert_cmpint (model_test_query_int (self->path, "SELECT length (title) FROM note"), ==, OCTAVO_NOTE_MAX_TITLE);
}

static void
test_fifty_megabytes (ModelTest *self, gconstpointer data)
{
  gsize length = 50 * 1000 * 1000;
  g_autofree char *body = g_strnfill (length, 'a');
  OctavoNote *note = create (self);

  for (gsize i = 79; i < length; i += 80)
    body[i] = '\n';
  octavo_note_set_body (note, body);
  save (self, note);
  g_assert_finalize_object (note);

  note = get (self, 1);
  g_assert_cmpuint (strlen (octavo_note_get_body (note)), ==, length);
  g_assert_true (g_str_equal (octavo_note_get_body (note), body));
  g_assert_cmpint (model_test_query_int (self->path, "SELECT length (excerpt) FROM note"), ==, 200);
  g_assert_finalize_object (note);
}

static void
test_cancelled (ModelTest *self, gconstpointer data)
{
  g_autoptr (OctavoNote) note = create (self);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  octavo_note_set_body (note, "kept");
  g_cancellable_cancel (cancellable);
  g_assert_false (octavo_note_repository_save (get_notes (self), note, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (octavo_note_get_id (note), ==, 0);
  save (self, note);
  assert_text (self, "SELECT body || excerpt FROM note", "keptkept");
}

/* Actions on many notes */

static void
assert_apply (ModelTest *self, OctavoNotesAction action, const char *ids, const char *tag, gsize expected)
{
  g_auto (GStrv) words = g_strsplit (ids, " ", -1);
  gint64 numbers[16];
  gsize n_ids = 0;
  gsize n_changed = 999;
  g_autoptr (GError) error = NULL;

  for (; words[n_ids] != NULL && *words[n_ids] != '\0'; n_ids++)
    numbers[n_ids] = g_ascii_strtoll (words[n_ids], NULL, 10);
  g_assert_true (
      octavo_note_repository_apply (get_notes (self), action, numbers, n_ids, tag, &n_changed, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_changed, ==, expected);
}

static void
test_trash (ModelTest *self, gconstpointer data)
{
  gint64 before = g_get_real_time ();
  gint64 trashed;

  for (guint i = 0; i < 4; i++)
    model_test_add_note (self, "note", "", NULL);
  assert_apply (self, OCTAVO_NOTES_TRASH, "1 3 77", NULL, 2);
  assert_text (self, "SELECT group_concat (id) FROM (SELECT * FROM note WHERE trashed > 0 ORDER BY id)", "1,3");
  trashed = model_test_query_int (self->path, "SELECT trashed FROM note WHERE id = 1");
  g_assert_cmpint (trashed, >=, before);
  /* Trashing again keeps the time. */
  assert_apply (self, OCTAVO_NOTES_TRASH, "1", NULL, 1);
  g_assert_cmpint (model_test_query_int (self->path, "SELECT trashed FROM note WHERE id = 1"), ==, trashed);
  assert_apply (self, OCTAVO_NOTES_RESTORE, "1 2 1", NULL, 2);
  assert_text (self, "SELECT group_concat (id) FROM (SELECT * FROM note WHERE trashed > 0 ORDER BY id)", "3");
  assert_apply (self, OCTAVO_NOTES_PIN, "2 4", NULL, 2);
  assert_apply (self, OCTAVO_NOTES_UNPIN, "4", NULL, 1);
  assert_text (self, "SELECT group_concat (id) FROM (SELECT * FROM note WHERE pinned ORDER BY id)", "2");
  assert_apply (self, OCTAVO_NOTES_DELETE, "3 4 5", NULL, 2);
  assert_text (self, "SELECT group_concat (id) FROM (SELECT * FROM note ORDER BY id)", "1,2");
  assert_apply (self, OCTAVO_NOTES_DELETE, "", NULL, 0);
}

static void
test_tags (ModelTest *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) tags = NULL;
  g_autofree char *joined = NULL;
  gint64 id = 1;

  model_test_add_note (self, "one", "", NULL);
  model_test_add_note (self, "two", "", NULL);
  assert_apply (self, OCTAVO_NOTES_ADD_TAG, "1 2 77", " #Work/Projet ", 2);
  assert_apply (self, OCTAVO_NOTES_ADD_TAG, "1", "WORK/projet", 1);
  assert_apply (self, OCTAVO_NOTES_ADD_TAG, "1", "äpfel", 1);
  assert_apply (self, OCTAVO_NOTES_ADD_TAG, "77", "nobody", 0);
  assert_text (self, "SELECT group_concat (name) FROM (SELECT name FROM tag ORDER BY id)", "Work/Projet,äpfel");

  tags = octavo_note_repository_get_tags (get_notes (self), 1, &error);
  g_assert_no_error (error);
  joined = g_strjoinv (",", tags);
  g_assert_cmpstr (joined, ==, "Work/Projet,äpfel");

  /* The tag goes with the last note that has it. */
  assert_apply (self, OCTAVO_NOTES_REMOVE_TAG, "1", "work/PROJET", 1);
  g_assert_cmpint (model_test_query_int (self->path, "SELECT count (*) FROM tag"), ==, 2);
  assert_apply (self, OCTAVO_NOTES_REMOVE_TAG, "2", "Work/Projet", 1);
  assert_text (self, "SELECT group_concat (name) FROM tag", "äpfel");
  assert_apply (self, OCTAVO_NOTES_REMOVE_TAG, "2", "unknown", 1);
  assert_apply (self, OCTAVO_NOTES_DELETE, "1", NULL, 1);
  g_assert_cmpint (model_test_query_int (self->path, "SELECT count (*) FROM tag"), ==, 0);

  g_assert_false (
      octavo_note_repository_apply (get_notes (self), OCTAVO_NOTES_ADD_TAG, &id, 1, "a,b", NULL, NULL, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_INVALID_TAG);
}

static void
test_apply_async (ModelTest *self, gconstpointer data)
{
  gint64 ids[] = { 1, 77 };
  GAsyncResult *place = NULL;
  g_autoptr (GError) error = NULL;
  gsize n_changed = 999;

  model_test_add_note (self, "one", "", NULL);
  {
    g_autoptr (GAsyncResult) result = NULL;

    octavo_note_repository_apply_async (get_notes (self), OCTAVO_NOTES_ADD_TAG, ids, 2, "tag", NULL,
                                        model_test_on_result, &place);
    result = model_test_take_result (&place);
    g_assert_true (octavo_note_repository_apply_finish (get_notes (self), result, &n_changed, &error));
    g_assert_no_error (error);
    g_assert_cmpuint (n_changed, ==, 1);
  }
  assert_text (self, "SELECT name FROM tag", "tag");
  {
    g_autoptr (GAsyncResult) result = NULL;

    octavo_note_repository_apply_async (get_notes (self), OCTAVO_NOTES_ADD_TAG, ids, 2, "", NULL, model_test_on_result,
                                        &place);
    result = model_test_take_result (&place);
    g_assert_false (octavo_note_repository_apply_finish (get_notes (self), result, &n_changed, &error));
    g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_INVALID_TAG);
    g_assert_cmpuint (n_changed, ==, 0);
  }
}

/* Ten thousand notes are as many statements as one. */
static void
test_apply_statements (ModelTest *self, gconstpointer data)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 id = 1;
  gsize n_changed;
  guint n_for_one;

  model_test_add_notes (self, 10000);
  model_test_apply (self, OCTAVO_NOTES_TRASH, 9999, NULL); /* the first act of all writes down what the clock says */
  model_test_reset_statements (self);
  g_assert_true (octavo_note_repository_apply (get_notes (self), OCTAVO_NOTES_TRASH, &id, 1, NULL, NULL, NULL, NULL));
  n_for_one = self->n_statements;
  for (id = 1; id <= 10000; id++)
    g_array_append_val (ids, id);
  model_test_reset_statements (self);
  g_assert_true (octavo_note_repository_apply (get_notes (self), OCTAVO_NOTES_TRASH,
                                               (const gint64 *) (gpointer) ids->data, ids->len, NULL, &n_changed, NULL,
                                               NULL));
  g_assert_cmpuint (n_changed, ==, 10000);
  g_assert_cmpuint (self->n_statements, ==, n_for_one);
}

/* A note that is open in the window shows what was done to it in the list. */
static void
test_live_objects_follow (ModelTest *self, gconstpointer data)
{
  OctavoNote *note = create (self);
  g_autoptr (GError) error = NULL;

  save (self, note);
  octavo_note_set_body (note, "typed, not saved");
  model_test_apply (self, OCTAVO_NOTES_PIN, 1, NULL);
  model_test_wait_for (octavo_note_get_pinned (note));
  model_test_execute (self->path, "UPDATE note SET title = 'elsewhere'");
  model_test_wait_for (g_str_equal (octavo_note_get_title (note), "elsewhere"));
  g_assert_cmpstr (octavo_note_get_body (note), ==, "typed, not saved");
  save (self, note);
  assert_text (self, "SELECT title || ' ' || body || ' ' || pinned FROM note", "elsewhere typed, not saved 1");

  octavo_note_set_body (note, "typed again");
  model_test_apply (self, OCTAVO_NOTES_DELETE, 1, NULL);
  g_assert_false (octavo_note_repository_save (get_notes (self), note, NULL, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_NO_SUCH_NOTE);
  g_assert_finalize_object (note);
}

static void
test_delete_takes_origin_along (ModelTest *self, gconstpointer data)
{
  model_test_add_note (self, "imported", "", NULL);
  model_test_execute (self->path, "INSERT INTO note_origin VALUES (1, '/a.md', 'x', 'y')");
  model_test_apply (self, OCTAVO_NOTES_DELETE, 1, NULL);
  g_assert_cmpint (model_test_query_int (self->path, "SELECT count (*) FROM note_origin"), ==, 0);
}

#define ADD(name, function)                                                                                            \
  g_test_add ("/note-repository/" name, ModelTest, NULL, model_test_set_up, function, model_test_tear_down)

static void
add_tests_of_one_note (void)
{
  ADD ("save", test_save);
  ADD ("get", test_get);
  ADD ("get-async", test_get_async);
  ADD ("no-such-note", test_no_such_note);
  ADD ("statements", test_statements);
  ADD ("updated", test_updated);
  ADD ("property", test_property);
  ADD ("typing-while-saving", test_typing_while_saving);
  ADD ("saves-overtake", test_saves_overtake);
  ADD ("deleted-elsewhere", test_deleted_elsewhere);
  ADD ("deleted-elsewhere-async", test_deleted_elsewhere_async);
  ADD ("too-big", test_too_big);
  ADD ("fifty-megabytes", test_fifty_megabytes);
  ADD ("cancelled", test_cancelled);
}

static void
add_tests_of_many_notes (void)
{
  ADD ("trash", test_trash);
  ADD ("tags", test_tags);
  ADD ("apply-async", test_apply_async);
  ADD ("apply-statements", test_apply_statements);
  ADD ("live-objects-follow", test_live_objects_follow);
  ADD ("delete-takes-origin-along", test_delete_takes_origin_along);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  add_tests_of_one_note ();
  add_tests_of_many_notes ();
  return g_test_run ();
}
