/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-note-drag-files"

#include "octavo-note-drag-files.h"

#include "ui-test.h"

#include <glib/gstdio.h>
#include <string.h>
#include <utime.h>

typedef struct
{
  GError *error;
  gboolean is_done;
} Written;

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Written *written = user_data;

  gdk_content_provider_write_mime_type_finish (GDK_CONTENT_PROVIDER (source), result, &written->error);
  written->is_done = TRUE;
}

/* (transfer full): what another program reads */
static char *
get_uris (ModelTest *self, const gint64 *ids, guint n_ids, GError **error)
{
  g_autoptr (GArray) array = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GdkContentFormats) formats = NULL;
  GdkContentProvider *provider;
  Written written = { 0 };

  g_array_append_vals (array, ids, n_ids);
  provider = octavo_note_drag_files_new (self->store, array);
  formats = gdk_content_provider_ref_formats (provider);
  g_assert_true (gdk_content_formats_contain_mime_type (formats, "text/uri-list"));
  gdk_content_provider_write_mime_type_async (provider, "text/uri-list", stream, G_PRIORITY_DEFAULT, NULL, on_written,
                                              &written);
  model_test_wait_for (written.is_done);
  g_assert_finalize_object (provider);
  if (written.error != NULL)
    {
      g_propagate_error (error, written.error);
      return NULL;
    }
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  return g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)),
                    g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream)));
}

static void
assert_has_file (char **uris, const char *name, const char *text)
{
  for (guint i = 0; uris[i] != NULL; i++)
    {
      g_autofree char *path = g_filename_from_uri (uris[i], NULL, NULL);
      g_autofree char *base = g_path_get_basename (path);
      g_autofree char *contents = NULL;

      if (strcmp (base, name) != 0)
        continue;
      g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
      g_assert_nonnull (strstr (contents, text));
      return;
    }
  g_error ("no file is called %s", name);
}

static void
test_files_of_notes (ModelTest *self, gconstpointer data)
{
  const gint64 ids[] = { model_test_add_note (self, "One & more", "first", "tag"),
                         model_test_add_note (self, "Two", "second", NULL) };
  g_autoptr (GError) error = NULL;
  g_autofree char *list = get_uris (self, ids, G_N_ELEMENTS (ids), &error);
  g_auto (GStrv) uris = NULL;

  g_assert_no_error (error);
  uris = g_uri_list_extract_uris (list);
  g_assert_cmpuint (g_strv_length (uris), ==, 2);
  assert_has_file (uris, "One & more.md", "first");
  assert_has_file (uris, "Two.md", "second");
}

/* Files that were dragged long ago are gone the next time; those of a moment ago are still being copied. */
static void
test_old_files_go (ModelTest *self, gconstpointer data)
{
  const gint64 id = model_test_add_note (self, "One", "first", NULL);
  g_autofree char *one = get_uris (self, &id, 1, NULL);
  g_autofree char *two = get_uris (self, &id, 1, NULL);
  g_autofree char *three = NULL;
  g_autofree char *path = g_filename_from_uri (g_strchomp (one), NULL, NULL);
  g_autofree char *other = g_filename_from_uri (g_strchomp (two), NULL, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  const struct utimbuf old = { 1000, 1000 };

  g_assert_cmpint (g_utime (folder, (struct utimbuf *) &old), ==, 0);
  three = get_uris (self, &id, 1, NULL);
  g_assert_nonnull (three);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
}

static void
test_no_place_for_files (ModelTest *self, gconstpointer data)
{
  const gint64 id = model_test_add_note (self, "One", "first", NULL);
  g_autofree char *cache = g_build_filename (g_get_user_cache_dir (), "octavo", NULL);
  g_autofree char *away = g_strconcat (cache, ".away", NULL);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (cache, 0700);
  g_assert_cmpint (g_rename (cache, away), ==, 0);
  g_assert_true (g_file_set_contents (cache, "in the way", -1, NULL));
  g_assert_null (get_uris (self, &id, 1, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_cmpint (g_unlink (cache), ==, 0);
  g_assert_cmpint (g_rename (away, cache), ==, 0);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
#define ADD(name, func)                                                                                                \
  g_test_add ("/note-drag-files/" name, ModelTest, NULL, model_test_set_up, func, model_test_tear_down)
  ADD ("files-of-notes", test_files_of_notes);
  ADD ("old-files-go", test_old_files_go);
  ADD ("no-place-for-files", test_no_place_for_files);
  return g_test_run ();
}
