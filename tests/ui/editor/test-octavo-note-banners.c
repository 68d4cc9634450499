/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-note-banners"

#include "octavo-note-banners.h"

#include "octavo-banner.h"
#include "octavo-note-beside.h"
#include "ui-test.h"

#define FAIL "CREATE TRIGGER fail BEFORE UPDATE OF body ON note BEGIN SELECT RAISE (ABORT, 'no'); END;"

typedef struct
{
  ModelTest model;
  OctavoAutosave *autosave;
  OctavoNoteBuffer *buffer;
  OctavoNoteBanners *banners;
  GtkWidget *window;
  char *followed;
} Test;

static void
on_follow (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Test *test = data;

  g_free (test->followed);
  test->followed = g_variant_dup_string (parameter, NULL);
}

static void
set_up (Test *test, gconstpointer data)
{
  const GActionEntry entry = { .name = "follow", .activate = on_follow, .parameter_type = "s" };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  model_test_set_up (&test->model, data);
  test->autosave = octavo_autosave_new (test->model.store);
  test->buffer = ui_test_read_note (&test->model, model_test_add_note (&test->model, "Green", "Text", NULL));
  octavo_autosave_watch (test->autosave, test->buffer);
  test->banners = g_object_new (OCTAVO_TYPE_NOTE_BANNERS, NULL);
  octavo_note_banners_set_autosave (test->banners, test->autosave);
  octavo_note_banners_set_buffer (test->banners, test->buffer);
  test->window = ui_test_show (GTK_WIDGET (test->banners));
  g_action_map_add_action_entries (G_ACTION_MAP (group), &entry, 1, test);
  gtk_widget_insert_action_group (test->window, "link", G_ACTION_GROUP (group));
}

static void
tear_down (Test *test, gconstpointer data)
{
  octavo_note_banners_set_buffer (test->banners, NULL);
  ui_test_close (test->window);
  model_test_wait_for (!octavo_note_buffer_is_unsaved (test->buffer));
  octavo_note_beside_forget (test->buffer);
  model_test_wait_for (G_OBJECT (test->autosave)->ref_count == 1);
  g_assert_finalize_object (test->autosave);
  g_assert_finalize_object (test->buffer);
  g_free (test->followed);
  model_test_tear_down (&test->model, data);
}

static void
type (Test *test, const char *text)
{
  gtk_text_buffer_insert_at_cursor (GTK_TEXT_BUFFER (test->buffer), text, -1);
}

/* Whether that, and nothing else, is said; NULL: nothing is. */
static gboolean
says (Test *test, const char *beginning)
{
  guint n_said = 0, n_others = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (test->banners)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      const char *text = octavo_banner_get_text (OCTAVO_BANNER (child));

      if (beginning != NULL && text != NULL && g_str_has_prefix (text, beginning))
        n_said++;
      else if (text != NULL && *text != '\0')
        n_others++;
    }
  return n_others == 0 && n_said == (beginning != NULL ? 1 : 0);
}

static void
click (Test *test, const char *label)
{
  model_test_wait_for (ui_test_find_button (test->window, label) != NULL);
  g_signal_emit_by_name (ui_test_find_button (test->window, label), "clicked");
}

static void
test_what_is_not_saved (Test *test, gconstpointer data)
{
  g_assert_true (says (test, NULL));
  model_test_execute (test->model.path, FAIL);
  type (test, "more");
  octavo_autosave_save (test->autosave);
  model_test_wait_for (says (test, "Not saved yet. "));
  model_test_execute (test->model.path, "DROP TRIGGER fail");
  click (test, "Try Again");
  model_test_wait_for (says (test, NULL));
  g_assert_cmpint (model_test_query_int (test->model.path, "SELECT body LIKE '%more%' FROM note"), ==, 1);
}

static void
test_what_somebody_else_wrote (Test *test, gconstpointer data)
{
  OctavoNoteBuffer *beside;

  type (test, "mine ");
  model_test_execute (test->model.path, "UPDATE note SET body = 'theirs'");
  octavo_autosave_save (test->autosave);
  model_test_wait_for (says (test, "This note was changed elsewhere"));
  beside = octavo_note_beside_get (test->buffer);
  model_test_wait_for (octavo_note_buffer_get_id (beside) != 0);
  click (test, "Show It");
  g_assert_nonnull (test->followed);
  g_assert_true (says (test, "This note was changed elsewhere"));
  click (test, "Close");
  g_assert_true (says (test, NULL));
  g_assert_null (octavo_note_beside_get (test->buffer));
}

static void
test_what_was_deleted (Test *test, gconstpointer data)
{
  g_autoptr (OctavoNoteBuffer) trashed = NULL;
  gint64 id = model_test_add_note (&test->model, "Old", "", NULL);

  model_test_execute (test->model.path, "DELETE FROM note WHERE id = 1");
  type (test, "more");
  octavo_autosave_save (test->autosave);
  model_test_wait_for (says (test, "This note was deleted elsewhere"));
  click (test, "Close");
  g_assert_true (says (test, NULL));

  model_test_apply (&test->model, OCTAVO_NOTES_TRASH, id, NULL);
  trashed = ui_test_read_note (&test->model, id);
  octavo_note_banners_set_buffer (test->banners, trashed);
  g_assert_true (says (test, "This note is in the trash"));
  octavo_note_banners_set_buffer (test->banners, test->buffer);
  g_assert_true (says (test, NULL));
}

/* More than a text can bear: from the file, where its beginning is shown, or typed, where nothing of it is taken. */
static void
test_what_is_too_much (Test *test, gconstpointer data)
{
  g_autofree char *line = g_strnfill (OCTAVO_NOTE_BUFFER_MAX_LINE + 1, 'x');
  g_autoptr (OctavoNoteBuffer) large =
      ui_test_read_note (&test->model, model_test_add_note (&test->model, "Large", line, NULL));

  type (test, line);
  g_assert_true (says (test, "That was too much for one note"));
  octavo_note_banners_set_buffer (test->banners, large);
  g_assert_true (says (test, "This note is too large to be shown whole"));
  octavo_note_banners_set_buffer (test->banners, test->buffer);
  g_assert_true (says (test, NULL));
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
#define ADD(name, func) g_test_add ("/note-banners/" name, Test, NULL, set_up, func, tear_down)
  ADD ("what-is-not-saved", test_what_is_not_saved);
  ADD ("what-somebody-else-wrote", test_what_somebody_else_wrote);
  ADD ("what-was-deleted", test_what_was_deleted);
  ADD ("what-is-too-much", test_what_is_too_much);
  return g_test_run ();
}
