/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-window-drop"

#include "octavo-note-drag.h"
#include "octavo-window-private.h"
#include "ui-test.h"

#include <glib/gstdio.h>

typedef struct
{
  ModelTest model;
  OctavoNoteBuffers *buffers;
  OctavoWindow *window;
  char *folder;
} Test;

static void
set_up (Test *self, gconstpointer application)
{
  g_autoptr (GError) error = NULL;

  model_test_set_up (&self->model, NULL);
  self->folder = g_dir_make_tmp ("octavo-drop-XXXXXX", &error);
  g_assert_no_error (error);
  model_test_add_note (&self->model, "There before", "text", "tag");
  self->buffers = octavo_note_buffers_new (self->model.store);
  self->window = OCTAVO_WINDOW (octavo_window_new (GTK_APPLICATION ((gpointer) application), self->buffers));
  g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
  gtk_window_present (GTK_WINDOW (self->window));
  model_test_wait_for (g_strcmp0 (octavo_editor_get_note_title (self->window->editor), "There before") == 0);
}

static void
tear_down (Test *self, gconstpointer application)
{
  g_assert_true (octavo_note_buffers_flush (self->buffers, NULL));
  gtk_window_destroy (GTK_WINDOW (self->window));
  model_test_wait_for (self->window == NULL && G_OBJECT (self->buffers)->ref_count == 1);
  g_assert_finalize_object (self->buffers);
  model_test_tear_down (&self->model, NULL);
  g_rmdir (self->folder);
  g_free (self->folder);
}

static GtkDropTarget *
get_target (Test *self)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (self->window->list_pane));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        return GTK_DROP_TARGET (controller);
    }
  g_assert_not_reached ();
}

/* As GTK tells of it. */
static gboolean
drop (Test *self, const GValue *value)
{
  gboolean is_taken = FALSE;

  g_signal_emit_by_name (get_target (self), "drop", value, 10.0, 10.0, &is_taken);
  return is_taken;
}

static gboolean
drop_text (Test *self, const char *text)
{
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_STRING);
  g_value_set_string (&value, text);
  return drop (self, &value);
}

static gboolean
drop_file (Test *self, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GdkFileList *files;
  g_auto (GValue) value = G_VALUE_INIT;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  files = gdk_file_list_new_from_array (&file, 1);
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, files);
  return drop (self, &value);
}

static gint64
ask (Test *self, const char *sql)
{
  return model_test_query_int (self->model.path, sql);
}

static void
test_what_it_takes (Test *self, gconstpointer application)
{
  GdkContentFormats *formats = gtk_drop_target_get_formats (get_target (self));
  g_auto (GValue) number = G_VALUE_INIT;

  g_assert_true (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST));
  g_assert_true (gdk_content_formats_contain_gtype (formats, G_TYPE_STRING));
  g_assert_false (gdk_content_formats_contain_gtype (formats, OCTAVO_TYPE_NOTE_DRAG));
  g_assert_cmpint (gtk_drop_target_get_actions (get_target (self)), ==, GDK_ACTION_COPY);
  g_assert_false (drop_text (self, " \n"));
  g_value_init (&number, G_TYPE_INT);
  g_assert_false (drop (self, &number));
}

static void
test_text (Test *self, gconstpointer application)
{
  g_assert_true (drop_text (self, "\n# A title \n\nand text\n"));
  model_test_wait_for (ask (self, "SELECT count (*) FROM note WHERE title = 'A title' AND body = 'and text\n'") == 1);
  model_test_wait_for (g_strcmp0 (octavo_editor_get_note_title (self->window->editor), "A title") == 0);
  g_assert_true (drop_text (self, "no title"));
  model_test_wait_for (ask (self, "SELECT count (*) FROM note WHERE title = '' AND body = 'no title'") == 1);
}

static void
test_files (Test *self, gconstpointer application)
{
  g_autofree char *path = g_build_filename (self->folder, "Dropped.md", NULL);

  g_assert_true (drop_file (self, "Dropped.md", "what is in it\n"));
  model_test_wait_for (ask (self, "SELECT count (*) FROM note WHERE title = 'Dropped' AND body = 'what is in it\n'") ==
                       1);
  model_test_wait_for (g_strcmp0 (octavo_editor_get_note_title (self->window->editor), "Dropped") == 0);
  model_test_wait_for (self->window->exchange == NULL);
  g_unlink (path);
}

/* In the list of a tag they get it. */
static void
test_in_a_tag (Test *self, gconstpointer application)
{
  OctavoScope scope = { .place = OCTAVO_PLACE_TAG, .tag_id = 1 };

  model_test_wait_for (octavo_sidebar_set_scope (self->window->sidebar, &scope));
  g_assert_true (drop_text (self, "tagged"));
  model_test_wait_for (
      ask (self, "SELECT count (*) FROM note JOIN note_tag ON note_id = note.id WHERE body = 'tagged'") == 1);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GtkApplication) application = ui_test_init_application (&argc, &argv);

#define ADD(name, func) g_test_add ("/window-drop/" name, Test, application, set_up, func, tear_down)
  ADD ("what-it-takes", test_what_it_takes);
  ADD ("text", test_text);
  ADD ("files", test_files);
  ADD ("in-a-tag", test_in_a_tag);
  return g_test_run ();
}
