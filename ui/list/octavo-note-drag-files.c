/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-note-drag-files.h"

#include "octavo-markdown-exporter.h"

#include <glib/gstdio.h>

/* Whoever gets the files copies them when it likes: they stay in the cache for a while, and go when notes are dragged
 * another time. */

#define PREFIX   "dragged-"
#define KEPT_FOR 3600 /* seconds */

static const char *const mime_types[] = { "text/uri-list" };

struct _OctavoNoteDragFiles
{
  GdkContentProvider parent_instance;

  OctavoStore *store;
  GArray *ids; /* of gint64 */
};

G_DEFINE_FINAL_TYPE (OctavoNoteDragFiles, octavo_note_drag_files, GDK_TYPE_CONTENT_PROVIDER)

typedef struct
{
  GOutputStream *stream;
  char *folder;
  GString *uris;
} Write;

static void
write_free (gpointer data)
{
  Write *self = data;

  g_object_unref (self->stream);
  g_free (self->folder);
  g_string_free (self->uris, TRUE);
  g_free (self);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static void
remove_old_folders (const char *cache)
{
  g_autoptr (GDir) dir = g_dir_open (cache, 0, NULL);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (cache, name, NULL);
      GStatBuf about;

      if (g_str_has_prefix (name, PREFIX) && g_lstat (path, &about) == 0 && now - about.st_mtime > KEPT_FOR)
        remove_folder (path);
    }
}

static char *
make_folder (GError **error)
{
  g_autofree char *cache = g_build_filename (g_get_user_cache_dir (), "octavo", NULL);
  g_autofree char *folder = g_build_filename (cache, PREFIX "XXXXXX", NULL);

  g_mkdir_with_parents (cache, 0700);
  remove_old_folders (cache);
  if (g_mkdtemp (folder) != NULL)
    return g_steal_pointer (&folder);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", cache, g_strerror (errno));
  return NULL;
}

/* As RFC 2483 has it. */
static void
list_files (Write *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);
      g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);

      g_string_append_printf (self->uris, "%s\r\n", uri);
    }
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Write *write = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!octavo_markdown_exporter_run_finish (OCTAVO_MARKDOWN_EXPORTER (source), result, NULL, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  list_files (write);
  g_output_stream_write_all_async (write->stream, write->uris->str, write->uris->len, g_task_get_priority (task),
                                   g_task_get_cancellable (task), on_written, g_object_ref (task));
}

static GdkContentFormats *
octavo_note_drag_files_ref_formats (GdkContentProvider *provider)
{
  return gdk_content_formats_new ((const char **) mime_types, G_N_ELEMENTS (mime_types));
}

static void
octavo_note_drag_files_write_mime_type_async (GdkContentProvider *provider,
                                              const char *mime_type,
                                              GOutputStream *stream,
                                              int io_priority,
                                              GCancellable *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer user_data)
{
  OctavoNoteDragFiles *self = OCTAVO_NOTE_DRAG_FILES (provider);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (OctavoMarkdownExporter) exporter = octavo_markdown_exporter_new (self->store);
  Write *write = g_new0 (Write, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, octavo_note_drag_files_write_mime_type_async);
  g_task_set_priority (task, io_priority);
  write->stream = g_object_ref (stream);
  write->uris = g_string_new (NULL);
  write->folder = make_folder (&error);
  g_task_set_task_data (task, write, write_free);
  if (write->folder == NULL)
    g_task_return_error (task, error);
  else
    octavo_markdown_exporter_run_async (exporter, write->folder, (const gint64 *) (gpointer) self->ids->data,
                                        self->ids->len, cancellable, on_exported, g_object_ref (task));
}

static gboolean
octavo_note_drag_files_write_mime_type_finish (GdkContentProvider *provider, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
octavo_note_drag_files_finalize (GObject *object)
{
  OctavoNoteDragFiles *self = OCTAVO_NOTE_DRAG_FILES (object);

  g_object_unref (self->store);
  g_array_unref (self->ids);

  G_OBJECT_CLASS (octavo_note_drag_files_parent_class)->finalize (object);
}

static void
octavo_note_drag_files_class_init (OctavoNoteDragFilesClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = octavo_note_drag_files_finalize;
  provider_class->ref_formats = octavo_note_drag_files_ref_formats;
  provider_class->write_mime_type_async = octavo_note_drag_files_write_mime_type_async;
  provider_class->write_mime_type_finish = octavo_note_drag_files_write_mime_type_finish;
}

static void
octavo_note_drag_files_init (OctavoNoteDragFiles *self)
{
}

/**
 * octavo_note_drag_files_new:
 * @store: where the notes are
 * @ids: (element-type gint64): the notes, %OCTAVO_NOTE_DRAG_MAX_FILES at most
 *
 * Returns: (transfer full): what offers them as files
 */
GdkContentProvider *
octavo_note_drag_files_new (OctavoStore *store, GArray *ids)
{
  OctavoNoteDragFiles *self;

  g_return_val_if_fail (OCTAVO_IS_STORE (store), NULL);
  g_return_val_if_fail (ids != NULL && ids->len <= OCTAVO_NOTE_DRAG_MAX_FILES, NULL);

  self = g_object_new (OCTAVO_TYPE_NOTE_DRAG_FILES, NULL);
  self->store = g_object_ref (store);
  self->ids = g_array_ref (ids);
  return GDK_CONTENT_PROVIDER (self);
}
