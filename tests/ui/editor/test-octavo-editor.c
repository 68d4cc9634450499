/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-editor"

#include "octavo-editor.h"

#include "octavo-note-view.h"
#include "octavo-tag-bar.h"
#include "octavo-user-repository.h"
#include "ui-test.h"

#include <adwaita.h>

#include <string.h>

typedef struct
{
  ModelTest model;
  OctavoNoteBuffers *buffers;
  GtkWidget *window;
  OctavoEditor *editor;
  GtkTextView *view;
  GtkEditable *title;
  GtkStack *stack;
  int n_problems;
} Test;

static void
on_problem (Test *self, const char *message)
{
  self->n_problems += message != NULL ? 1 : -1;
}

static void
set_up (Test *self, gconstpointer data)
{
  model_test_set_up (&self->model, data);
  self->buffers = octavo_note_buffers_new (self->model.store);
  self->editor = OCTAVO_EDITOR (octavo_editor_new (self->buffers));
  g_signal_connect_swapped (self->editor, "save-problem", G_CALLBACK (on_problem), self);
  self->stack = GTK_STACK (ui_test_find (GTK_WIDGET (self->editor), GTK_TYPE_STACK));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (self->stack), ==, "blank");
  /* The page of a note is made when there is a note. */
  octavo_editor_create (self->editor, 1, NULL);
  octavo_editor_open (self->editor, 0);
  self->view = GTK_TEXT_VIEW (ui_test_find (GTK_WIDGET (self->editor), OCTAVO_TYPE_NOTE_VIEW));
  self->title = GTK_EDITABLE (ui_test_find (GTK_WIDGET (self->editor), GTK_TYPE_ENTRY));
  self->window = ui_test_show (GTK_WIDGET (self->editor));
}

static void
tear_down (Test *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gpointer editor = self->editor;

  octavo_editor_flush (self->editor, &error);
  g_assert_no_error (error);
  g_object_add_weak_pointer (G_OBJECT (editor), &editor);
  ui_test_close (self->window);
  model_test_wait_for (editor == NULL && G_OBJECT (self->buffers)->ref_count == 1);
  g_assert_finalize_object (self->buffers);
  model_test_tear_down (&self->model, data);
}

static gboolean
is_ready (Test *self)
{
  return gtk_text_view_get_editable (self->view);
}

static void
open_note (Test *self, gint64 id)
{
  octavo_editor_open (self->editor, id);
  g_assert_cmpint (octavo_editor_get_note_id (self->editor), ==, id);
  model_test_wait_for (is_ready (self));
}

static void
create_note (Test *self)
{
  octavo_editor_create (self->editor,
                        octavo_user_repository_get_default_id (octavo_store_get_users (self->model.store)), NULL);
}

static GtkTextBuffer *
get_buffer (Test *self)
{
  return gtk_text_view_get_buffer (self->view);
}

static char *
dup_text (Test *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (get_buffer (self), &start, &end);
  return gtk_text_buffer_get_text (get_buffer (self), &start, &end, TRUE);
}

static void
assert_text (Test *self, const char *expected)
{
  g_autofree char *text = dup_text (self);

  g_assert_cmpstr (text, ==, expected);
}

static void
type (Test *self, const char *text)
{
  gboolean is_typed;

  g_signal_emit_by_name (self->view, "insert-at-cursor", text);
  is_typed = gtk_text_view_get_editable (self->view);
  g_assert_true (is_typed);
}

static gboolean
has_focus (Test *self, gpointer widget)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));

  return focus == widget || (focus != NULL && gtk_widget_is_ancestor (focus, widget));
}

static char *
dup_file (Test *self, const char *column, gint64 id)
{
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM note WHERE id = %" G_GINT64_FORMAT, column, id);

  return model_test_query_text (self->model.path, sql);
}

static void
assert_file (Test *self, const char *column, gint64 id, const char *expected)
{
  g_autofree char *found = dup_file (self, column, id);

  g_assert_cmpstr (found, ==, expected);
}

/* That there is no note, and that this is no error. */
static void
assert_none (Test *self)
{
  AdwStatusPage *status = ADW_STATUS_PAGE (gtk_stack_get_visible_child (self->stack));

  g_assert_cmpstr (adw_status_page_get_title (status), ==, "No note selected");
}

static void
test_notes_are_shown_and_none (Test *self, gconstpointer data)
{
  gint64 id = model_test_add_note (&self->model, "A title", "Some text", "one,two");
  OctavoTagBar *bar = OCTAVO_TAG_BAR (ui_test_find (GTK_WIDGET (self->editor), OCTAVO_TYPE_TAG_BAR));

  assert_none (self);
  g_assert_false (octavo_editor_get_has_note (self->editor));
  open_note (self, id);
  g_assert_true (octavo_editor_get_has_note (self->editor));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (self->stack), ==, "note");
  g_assert_cmpstr (gtk_editable_get_text (self->title), ==, "A title");
  g_assert_cmpstr (octavo_editor_get_note_title (self->editor), ==, "A title");
  g_assert_cmpstr (octavo_tag_bar_get_tags (bar)[0], ==, "one");
  g_assert_cmpuint (g_strv_length ((char **) octavo_tag_bar_get_tags (bar)), ==, 2);
  assert_text (self, "Some text");

  octavo_editor_open (self->editor, 0);
  assert_none (self);
  g_assert_cmpint (octavo_editor_get_note_id (self->editor), ==, 0);
}

static void
test_no_such_note_is_said (Test *self, gconstpointer data)
{
  GtkWidget *status = gtk_stack_get_visible_child (self->stack);

  octavo_editor_open (self->editor, 4711);
  model_test_wait_for (g_str_equal (adw_status_page_get_title (ADW_STATUS_PAGE (status)), "This note cannot be shown"));
  g_assert_true (gtk_stack_get_visible_child (self->stack) == status);
  g_assert_nonnull (strstr (adw_status_page_get_description (ADW_STATUS_PAGE (status)), "4711"));
  g_assert_nonnull (ui_test_find_button (status, "Try _Again"));
  g_assert_cmpint (octavo_editor_get_note_id (self->editor), ==, 0);
  g_assert_false (octavo_editor_get_has_note (self->editor));
}

static void
test_the_last_asked_for_is_shown (Test *self, gconstpointer data)
{
  gint64 ids[20];

  for (int i = 0; i < 20; i++)
    {
      g_autofree char *body = g_strdup_printf ("text %d", i);

      ids[i] = model_test_add_note (&self->model, "Title", body, NULL);
    }
  for (int i = 0; i < 20; i++)
    octavo_editor_open (self->editor, ids[i]);
  open_note (self, ids[7]);
  assert_text (self, "text 7");
}

static void
test_new_note_is_in_the_file_once_it_is_something (Test *self, gconstpointer data)
{
  gint64 id;

  create_note (self);
  g_assert_true (octavo_editor_get_has_note (self->editor));
  g_assert_true (has_focus (self, self->title));
  gtk_editable_set_text (self->title, "Fresh");
  type (self, "words");
  model_test_wait_for (octavo_editor_get_note_id (self->editor) > 0);
  id = octavo_editor_get_note_id (self->editor);
  octavo_editor_open (self->editor, 0);
  g_assert_true (octavo_editor_flush (self->editor, NULL));
  assert_file (self, "title", id, "Fresh");
  assert_file (self, "body", id, "words");

  create_note (self);
  create_note (self);
  octavo_editor_open (self->editor, 0);
  g_assert_true (octavo_editor_flush (self->editor, NULL));
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT count (*) FROM note"), ==, 1);
}

static void
test_leaving_saves (Test *self, gconstpointer data)
{
  gint64 first = model_test_add_note (&self->model, "First", "one", NULL);
  gint64 second = model_test_add_note (&self->model, "Second", "two", NULL);

  open_note (self, first);
  gtk_editable_set_text (self->title, "First!");
  type (self, "typed ");
  open_note (self, second);
  type (self, "also ");
  g_assert_true (octavo_editor_flush (self->editor, NULL));
  assert_file (self, "title", first, "First!");
  assert_file (self, "body", first, "typed one");
  assert_file (self, "body", second, "also two");
}

static void
test_keys_go_through_title_and_text (Test *self, gconstpointer data)
{
  gint64 id = model_test_add_note (&self->model, "Title", "Text", NULL);

  octavo_editor_open (self->editor, id);
  octavo_editor_grab_title (self->editor);
  model_test_wait_for (is_ready (self));
  g_assert_true (has_focus (self, self->title));
  g_signal_emit_by_name (self->title, "activate");
  g_assert_true (has_focus (self, self->view));
  g_signal_emit_by_name (self->view, "leave-up");
  g_assert_true (has_focus (self, self->title));
  g_assert_true (ui_test_press (GTK_WIDGET (self->title), GDK_KEY_Down, 0));
  g_assert_true (has_focus (self, self->view));
  octavo_editor_edit_tags (self->editor);
  g_assert_true (has_focus (self, ui_test_find (GTK_WIDGET (self->editor), OCTAVO_TYPE_TAG_BAR)));
}

static void
test_title_has_a_history_for_each_note (Test *self, gconstpointer data)
{
  gint64 first = model_test_add_note (&self->model, "Same", "one", NULL);
  gint64 second = model_test_add_note (&self->model, "Same", "two", NULL);
  GtkWidget *text = ui_test_find (GTK_WIDGET (self->title), GTK_TYPE_TEXT);

  open_note (self, first);
  gtk_editable_set_position (self->title, -1);
  g_signal_emit_by_name (text, "insert-at-cursor", " title");
  g_assert_cmpstr (octavo_editor_get_note_title (self->editor), ==, "Same title");
  gtk_widget_activate_action (text, "text.undo", NULL);
  g_assert_cmpstr (octavo_editor_get_note_title (self->editor), ==, "Same");
  gtk_widget_activate_action (text, "text.redo", NULL);
  g_assert_cmpstr (octavo_editor_get_note_title (self->editor), ==, "Same title");
  gtk_widget_activate_action (text, "text.undo", NULL);

  open_note (self, second);
  gtk_widget_activate_action (text, "text.undo", NULL);
  gtk_widget_activate_action (text, "text.redo", NULL);
  g_assert_cmpstr (gtk_editable_get_text (self->title), ==, "Same");
  assert_file (self, "title", second, "Same");
}

static gboolean
set_flag (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* The view lays the whole out bit by bit, in an idle of a higher priority. */
static void
wait_for_layout (Test *self)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view));
  gboolean is_laid_out = FALSE;

  model_test_wait_for (gtk_adjustment_get_upper (adjustment) > 20000);
  g_idle_add_full (G_PRIORITY_LOW, set_flag, &is_laid_out, NULL);
  model_test_wait_for (is_laid_out);
}

static int
get_top_line (Test *self)
{
  GdkRectangle visible;
  GtkTextIter iter;

  gtk_text_view_get_visible_rect (self->view, &visible);
  gtk_text_view_get_iter_at_location (self->view, &iter, visible.x, MAX (visible.y, 0));
  return gtk_text_iter_get_line (&iter);
}

static void
test_cursor_and_place_are_kept (Test *self, gconstpointer data)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view));
  GString *body = g_string_new (NULL);
  gint64 first, second;
  GdkRectangle place;
  GtkTextIter iter;
  int line;

  for (int i = 0; i < 2000; i++)
    g_string_append_printf (body, "line %d\n", i);
  first = model_test_add_note (&self->model, "Long", body->str, NULL);
  second = model_test_add_note (&self->model, "Other", body->str, NULL);
  g_string_free (body, TRUE);

  open_note (self, first);
  wait_for_layout (self);
  gtk_text_buffer_get_iter_at_line (get_buffer (self), &iter, 1500);
  gtk_text_buffer_place_cursor (get_buffer (self), &iter);
  gtk_text_view_get_iter_location (self->view, &iter, &place);
  gtk_adjustment_set_value (adjustment, place.y);
  line = get_top_line (self);
  g_assert_cmpint (ABS (line - 1500), <, 3);

  open_note (self, second);
  wait_for_layout (self);
  g_assert_cmpint (get_top_line (self), ==, 0);
  open_note (self, first);
  wait_for_layout (self);
  gtk_text_buffer_get_iter_at_mark (get_buffer (self), &iter, gtk_text_buffer_get_insert (get_buffer (self)));
  g_assert_cmpint (gtk_text_iter_get_line (&iter), ==, 1500);
  g_assert_cmpint (get_top_line (self), ==, line);
}

static void
test_trashed_note_is_read_only (Test *self, gconstpointer data)
{
  gint64 id = model_test_add_note (&self->model, "Title", "Text", NULL);

  open_note (self, id);
  model_test_apply (&self->model, OCTAVO_NOTES_PIN, id, NULL);
  model_test_wait_for (octavo_editor_get_pinned (self->editor));
  g_assert_null (ui_test_find_button (GTK_WIDGET (self->editor), "Restore"));

  model_test_apply (&self->model, OCTAVO_NOTES_TRASH, id, NULL);
  model_test_wait_for (octavo_editor_get_trashed (self->editor));
  g_assert_false (gtk_text_view_get_editable (self->view));
  g_assert_false (gtk_editable_get_editable (self->title));
  model_test_wait_for (ui_test_find_button (GTK_WIDGET (self->editor), "Restore") != NULL);
  g_assert_nonnull (ui_test_find_button (GTK_WIDGET (self->editor), "Delete for ever"));

  model_test_apply (&self->model, OCTAVO_NOTES_RESTORE, id, NULL);
  model_test_wait_for (is_ready (self));
  g_assert_true (gtk_editable_get_editable (self->title));
  model_test_apply (&self->model, OCTAVO_NOTES_DELETE, id, NULL);
  model_test_wait_for (!octavo_editor_get_has_note (self->editor));
  assert_none (self);
}

static void
test_while_a_note_is_read_it_tells_of_that_one (Test *self, gconstpointer data)
{
  gint64 pinned = model_test_add_note (&self->model, "Pinned", "Text", NULL);
  gint64 trashed = model_test_add_note (&self->model, "Trashed", "Text", NULL);

  model_test_apply (&self->model, OCTAVO_NOTES_PIN, pinned, NULL);
  model_test_apply (&self->model, OCTAVO_NOTES_TRASH, trashed, NULL);
  open_note (self, pinned);
  octavo_editor_open (self->editor, trashed);
  g_assert_cmpstr (octavo_editor_get_note_title (self->editor), ==, "Trashed");
  g_assert_true (octavo_editor_get_trashed (self->editor));
  g_assert_false (octavo_editor_get_pinned (self->editor));
  model_test_wait_for (g_str_equal (gtk_editable_get_text (self->title), "Trashed"));

  /* A note that is gone has nothing to tell. */
  octavo_editor_open (self->editor, 12345);
  g_assert_cmpstr (octavo_editor_get_note_title (self->editor), ==, "");
  g_assert_false (octavo_editor_get_trashed (self->editor));
  model_test_wait_for (!octavo_editor_get_has_note (self->editor));
}

static void
test_writes_of_another_process_appear (Test *self, gconstpointer data)
{
  gint64 id = model_test_add_note (&self->model, "Title", "Text", NULL);

  open_note (self, id);
  model_test_execute (self->model.path, "UPDATE note SET title = 'Theirs', body = 'Their text'");
  model_test_wait_for (g_strcmp0 (octavo_editor_get_note_title (self->editor), "Theirs") == 0);
  g_assert_cmpstr (gtk_editable_get_text (self->title), ==, "Theirs");
  assert_text (self, "Their text");
}

static void
test_conflict_keeps_both (Test *self, gconstpointer data)
{
  gint64 id = model_test_add_note (&self->model, "Title", "Text", NULL);

  open_note (self, id);
  type (self, "mine ");
  model_test_execute (self->model.path, "UPDATE note SET body = 'theirs'");
  octavo_editor_save (self->editor);
  model_test_wait_for (ui_test_find_button (GTK_WIDGET (self->editor), "Show It") != NULL);
  assert_text (self, "mine Text");
  g_signal_emit_by_name (ui_test_find_button (GTK_WIDGET (self->editor), "Close"), "clicked");
  g_assert_null (ui_test_find_button (GTK_WIDGET (self->editor), "Show It"));
  g_assert_true (octavo_editor_flush (self->editor, NULL));
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT count (*) FROM note"), ==, 2);
  assert_file (self, "body", id, "mine Text");
  assert_file (self, "body", id + 1, "theirs");
  assert_file (self, "title", id + 1, "Title (other version)");
}

static void
test_closing_loses_no_version (Test *self, gconstpointer data)
{
  gint64 id = model_test_add_note (&self->model, "Title", "Text", NULL);

  open_note (self, id);
  type (self, "mine ");
  model_test_execute (self->model.path, "UPDATE note SET body = 'theirs'");
  g_assert_true (octavo_editor_flush (self->editor, NULL));
  assert_file (self, "body", id, "mine Text");
  assert_file (self, "body", id + 1, "theirs");
}

static void
test_problem_is_said_until_it_is_mended (Test *self, gconstpointer data)
{
  gint64 id = model_test_add_note (&self->model, "Title", "Text", NULL);
  gint64 other = model_test_add_note (&self->model, "Other", "Other text", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *unsaved = NULL;
  g_autofree char *title = NULL;
  GtkWidget *button;

  open_note (self, id);
  model_test_execute (self->model.path,
                      "CREATE TRIGGER fail BEFORE UPDATE ON note BEGIN SELECT RAISE (ABORT, 'no'); END");
  type (self, "kept ");
  model_test_wait_for (self->n_problems == 1);
  model_test_wait_for ((button = ui_test_find_button (GTK_WIDGET (self->editor), "Try Again")) != NULL);
  g_assert_false (octavo_editor_flush (self->editor, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_FAILED);

  /* What is not in the file can be taken elsewhere, also after its note was left. */
  open_note (self, other);
  unsaved = octavo_editor_dup_unsaved (self->editor, &title);
  g_assert_cmpstr (unsaved, ==, "# Title\n\nkept Text\n");
  g_assert_cmpstr (title, ==, "Title");

  model_test_execute (self->model.path, "DROP TRIGGER fail");
  g_signal_emit_by_name (button, "clicked");
  model_test_wait_for (self->n_problems == 0);
  g_assert_null (ui_test_find_button (GTK_WIDGET (self->editor), "Try Again"));
  assert_file (self, "body", id, "kept Text");
}

static void
test_tags_of_a_new_note_save_it_first (Test *self, gconstpointer data)
{
  OctavoTagBar *bar = OCTAVO_TAG_BAR (ui_test_find (GTK_WIDGET (self->editor), OCTAVO_TYPE_TAG_BAR));

  create_note (self);
  g_signal_emit_by_name (bar, "add", "one");
  g_signal_emit_by_name (bar, "add", "two");
  model_test_wait_for (g_strv_length ((char **) octavo_tag_bar_get_tags (bar)) == 2);
  g_assert_cmpint (octavo_editor_get_note_id (self->editor), >, 0);
  g_signal_emit_by_name (bar, "remove", "one");
  model_test_wait_for (g_strv_length ((char **) octavo_tag_bar_get_tags (bar)) == 1);
  g_assert_cmpstr (octavo_tag_bar_get_tags (bar)[0], ==, "two");

  model_test_apply (&self->model, OCTAVO_NOTES_ADD_TAG, octavo_editor_get_note_id (self->editor), "three");
  model_test_wait_for (g_strv_length ((char **) octavo_tag_bar_get_tags (bar)) == 2);
}

static void
test_tag_that_fails_is_put_back (Test *self, gconstpointer data)
{
  gint64 id = model_test_add_note (&self->model, "Title", "Text", NULL);
  OctavoTagBar *bar = OCTAVO_TAG_BAR (ui_test_find (GTK_WIDGET (self->editor), OCTAVO_TYPE_TAG_BAR));
  GtkEditable *entry = GTK_EDITABLE (ui_test_find (GTK_WIDGET (bar), GTK_TYPE_ENTRY));

  open_note (self, id);
  model_test_execute (self->model.path, "CREATE TRIGGER x AFTER INSERT ON note_tag BEGIN SELECT RAISE (FAIL, ''); END");
  gtk_editable_set_text (entry, "work");
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "");
  model_test_wait_for (g_strcmp0 (gtk_editable_get_text (entry), "work") == 0);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (entry), "error"));
  g_assert_cmpuint (g_strv_length ((char **) octavo_tag_bar_get_tags (bar)), ==, 0);
  model_test_execute (self->model.path, "DROP TRIGGER x");
}

static void
test_large_note_is_shown_and_untouched (Test *self, gconstpointer data)
{
  GString *body = g_string_new (NULL);
  g_autofree char *markdown = NULL;
  g_autofree char *title = NULL;
  gint64 id;

  /* long lines, as each costs the view more than its letters */
  for (int i = 0; i < 1000; i++)
    g_string_append_c (body, 'x');
  g_string_append_c (body, '\n');
  while (body->len < 50 * 1000 * 1000)
    g_string_append_len (body, body->str, (gssize) body->len);
  id = model_test_add_note (&self->model, "Large", body->str, NULL);
  octavo_editor_open (self->editor, id);
  model_test_wait_for (g_strcmp0 (octavo_editor_get_note_title (self->editor), "Large") == 0);
  model_test_wait_for (ui_test_find_button (GTK_WIDGET (self->editor), "Save a Copy…") != NULL);
  g_assert_false (gtk_text_view_get_editable (self->view));
  gtk_editable_set_text (self->title, "Still large");
  markdown = octavo_editor_dup_unsaved (self->editor, &title);
  g_assert_cmpuint (strlen (markdown), >, body->len);
  g_assert_cmpstr (title, ==, "Still large");
  g_assert_true (octavo_editor_flush (self->editor, NULL));
  assert_file (self, "title", id, "Still large");
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT length (CAST (body AS BLOB)) FROM note"), ==,
                   (gint64) body->len);
  g_string_free (body, TRUE);
}

/* What one note must be, kept beside it: its texts, one for each step that can be undone. */
typedef struct
{
  gint64 id;
  GPtrArray *texts;
  guint position;
} Model;

static const char *
get_text (Model *model)
{
  return g_ptr_array_index (model->texts, model->position);
}

static void
edit (Test *self, Model *model, GRand *random)
{
  static const char *const words[] = { "a", "word ", "日本", "é", "\n", "😀", "# ", "- [ ] " };
  GtkTextBuffer *buffer = get_buffer (self);
  int length = gtk_text_buffer_get_char_count (buffer);
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_offset (buffer, &start, g_rand_int_range (random, 0, length + 1));
  gtk_text_buffer_place_cursor (buffer, &start);
  gtk_text_buffer_begin_user_action (buffer);
  if (length > 40 && g_rand_boolean (random))
    {
      end = start;
      gtk_text_iter_forward_chars (&end, g_rand_int_range (random, 1, 20));
      if (gtk_text_iter_equal (&start, &end))
        gtk_text_iter_backward_chars (&start, 5);
      gtk_text_buffer_delete (buffer, &start, &end);
    }
  else
    gtk_text_buffer_insert (buffer, &start, words[g_rand_int_range (random, 0, G_N_ELEMENTS (words))], -1);
  gtk_text_buffer_end_user_action (buffer);

  g_ptr_array_set_size (model->texts, (int) model->position + 1);
  g_ptr_array_add (model->texts, dup_text (self));
  model->position++;
}

/* Undo steps may join several edits; each must lead to a text that the note has had, further back. */
static void
undo (Test *self, Model *model)
{
  g_autofree char *text = NULL;
  guint position = model->position;

  if (!gtk_text_buffer_get_can_undo (get_buffer (self)))
    {
      g_assert_cmpstr (get_text (model), ==, g_ptr_array_index (model->texts, 0));
      return;
    }
  gtk_text_buffer_undo (get_buffer (self));
  text = dup_text (self);
  while (position > 0 && strcmp (g_ptr_array_index (model->texts, position), text) != 0)
    position--;
  g_assert_cmpstr (g_ptr_array_index (model->texts, position), ==, text);
  model->position = position;
}

static void
redo (Test *self, Model *model)
{
  g_autofree char *text = NULL;
  guint position = model->position;

  if (!gtk_text_buffer_get_can_redo (get_buffer (self)))
    return;
  gtk_text_buffer_redo (get_buffer (self));
  text = dup_text (self);
  while (position + 1 < model->texts->len && strcmp (g_ptr_array_index (model->texts, position), text) != 0)
    position++;
  g_assert_cmpstr (g_ptr_array_index (model->texts, position), ==, text);
  model->position = position;
}

static void
test_undo_stays_with_its_note (Test *self, gconstpointer data)
{
  guint32 seed = (guint32) g_test_rand_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  Model models[5];
  Model *model = &models[0];

  g_test_message ("seed %u", seed);
  for (int i = 0; i < 5; i++)
    {
      g_autofree char *body = g_strdup_printf ("the text of note %d, and of no other", i);

      models[i].id = model_test_add_note (&self->model, "Title", body, NULL);
      models[i].texts = g_ptr_array_new_with_free_func (g_free);
      models[i].position = 0;
      g_ptr_array_add (models[i].texts, g_steal_pointer (&body));
    }

  open_note (self, model->id);
  for (int i = 0; i < 1000; i++)
    {
      int what = g_rand_int_range (random, 0, 100);

      if (what < 50)
        edit (self, model, random);
      else if (what < 70)
        undo (self, model);
      else if (what < 85)
        redo (self, model);
      else if (what < 97)
        open_note (self, (model = &models[g_rand_int_range (random, 0, 5)])->id);
      else if (what < 98)
        octavo_editor_save (self->editor);
      else
        g_main_context_iteration (NULL, FALSE);
      assert_text (self, get_text (model));
    }

  g_assert_true (octavo_editor_flush (self->editor, NULL));
  for (int i = 0; i < 5; i++)
    {
      assert_file (self, "body", models[i].id, get_text (&models[i]));
      open_note (self, models[i].id);
      while (gtk_text_buffer_get_can_undo (get_buffer (self)))
        {
          undo (self, &models[i]);
          assert_text (self, get_text (&models[i]));
        }
      g_ptr_array_unref (models[i].texts);
    }
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
#define ADD(name, func) g_test_add ("/editor/" name, Test, NULL, set_up, func, tear_down)
  ADD ("notes-are-shown-and-none", test_notes_are_shown_and_none);
  ADD ("no-such-note-is-said", test_no_such_note_is_said);
  ADD ("the-last-asked-for-is-shown", test_the_last_asked_for_is_shown);
  ADD ("new-note-is-in-the-file-once-it-is-something", test_new_note_is_in_the_file_once_it_is_something);
  ADD ("leaving-saves", test_leaving_saves);
  ADD ("keys-go-through-title-and-text", test_keys_go_through_title_and_text);
  ADD ("title-has-a-history-for-each-note", test_title_has_a_history_for_each_note);
  ADD ("cursor-and-place-are-kept", test_cursor_and_place_are_kept);
  ADD ("trashed-note-is-read-only", test_trashed_note_is_read_only);
  ADD ("while-a-note-is-read-it-tells-of-that-one", test_while_a_note_is_read_it_tells_of_that_one);
  ADD ("writes-of-another-process-appear", test_writes_of_another_process_appear);
  ADD ("conflict-keeps-both", test_conflict_keeps_both);
  ADD ("closing-loses-no-version", test_closing_loses_no_version);
  ADD ("problem-is-said-until-it-is-mended", test_problem_is_said_until_it_is_mended);
  ADD ("tags-of-a-new-note-save-it-first", test_tags_of_a_new_note_save_it_first);
  ADD ("tag-that-fails-is-put-back", test_tag_that_fails_is_put_back);
  ADD ("large-note-is-shown-and-untouched", test_large_note_is_shown_and_untouched);
  ADD ("undo-stays-with-its-note", test_undo_stays_with_its_note);
  return g_test_run ();
}
