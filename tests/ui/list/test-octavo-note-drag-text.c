/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-test.h"

#include "octavo-note-drag-text.h"

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (gdk_content_provider_write_mime_type_finish (GDK_CONTENT_PROVIDER (source), result, &error));
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static void
test_text_of_all (ModelTest *self, gconstpointer data)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GdkContentFormats) formats = NULL;
  gint64 id = model_test_add_note (self, "One", "first", "");
  GdkContentProvider *provider;
  gboolean is_written = FALSE;

  g_array_append_val (ids, id);
  id = model_test_add_note (self, "", "second", "");
  g_array_append_val (ids, id);
  id = model_test_add_note (self, "Three", "", "");
  g_array_append_val (ids, id);
  provider = octavo_note_drag_text_new (octavo_store_get_notes (self->store), ids);
  formats = gdk_content_provider_ref_formats (provider);
  g_assert_true (gdk_content_formats_contain_mime_type (formats, "text/plain;charset=utf-8"));
  gdk_content_provider_write_mime_type_async (provider, "text/plain;charset=utf-8", stream, G_PRIORITY_DEFAULT, NULL,
                                              on_written, &is_written);
  model_test_wait_for (is_written);
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  g_assert_cmpmem (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)),
                   g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream)),
                   "# One\n\nfirst\n\nsecond\n\n# Three", strlen ("# One\n\nfirst\n\nsecond\n\n# Three"));
  g_assert_finalize_object (provider);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);

  g_test_add ("/note-drag-text/text-of-all", ModelTest, NULL, model_test_set_up, test_text_of_all,
              model_test_tear_down);

  return g_test_run ();
}
