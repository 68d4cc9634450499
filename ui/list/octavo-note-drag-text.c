/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-note-drag-text.h"

#include "octavo-task.h"

static const char *const mime_types[] = { "text/plain;charset=utf-8", "text/markdown;charset=utf-8", "text/plain" };

struct _OctavoNoteDragText
{
  GdkContentProvider parent_instance;

  OctavoNoteRepository *notes;
  GArray *ids; /* of gint64 */
};

G_DEFINE_FINAL_TYPE (OctavoNoteDragText, octavo_note_drag_text, GDK_TYPE_CONTENT_PROVIDER)

typedef struct
{
  OctavoNoteRepository *notes;
  GArray *ids;
  GOutputStream *stream;
  gboolean is_first;
  GCancellable *cancellable; /* (nullable) */
  GError *error;
} Write;

static void
write_free (gpointer data)
{
  Write *self = data;

  g_object_unref (self->notes);
  g_array_unref (self->ids);
  g_object_unref (self->stream);
  g_clear_error (&self->error);
  g_free (self);
}

/* Each note below its title. */
static gboolean
write_note (OctavoNoteValues *note, gpointer user_data)
{
  Write *self = user_data;
  g_autoptr (GString) text = g_string_new (self->is_first ? NULL : "\n\n");

  self->is_first = FALSE;
  if (note->title[0] != '\0')
    g_string_append_printf (text, "# %s%s", note->title, note->body[0] != '\0' ? "\n\n" : "");
  g_string_append (text, note->body);
  return g_output_stream_write_all (self->stream, text->str, text->len, NULL, self->cancellable, &self->error);
}

/* The text of all notes may be large, and is not kept: it is written as it is read. */
static gboolean
write_in_thread (gpointer source, gpointer data, GCancellable *cancellable, GError **error)
{
  Write *self = data;

  self->cancellable = cancellable;
  self->is_first = TRUE;
  if (!octavo_note_repository_foreach (self->notes, (const gint64 *) (gpointer) self->ids->data, self->ids->len, TRUE,
                                       write_note, self, cancellable, error))
    return FALSE;
  if (self->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

static GdkContentFormats *
octavo_note_drag_text_ref_formats (GdkContentProvider *provider)
{
  return gdk_content_formats_new ((const char **) mime_types, G_N_ELEMENTS (mime_types));
}

static void
octavo_note_drag_text_write_mime_type_async (GdkContentProvider *provider,
                                             const char *mime_type,
                                             GOutputStream *stream,
                                             int io_priority,
                                             GCancellable *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer user_data)
{
  OctavoNoteDragText *self = OCTAVO_NOTE_DRAG_TEXT (provider);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Write *write = g_new0 (Write, 1);

  g_task_set_source_tag (task, octavo_note_drag_text_write_mime_type_async);
  g_task_set_priority (task, io_priority);
  write->notes = g_object_ref (self->notes);
  write->ids = g_array_ref (self->ids);
  write->stream = g_object_ref (stream);
  g_task_set_task_data (task, write, write_free);
  octavo_task_run_in_thread (g_steal_pointer (&task), write_in_thread);
}

static gboolean
octavo_note_drag_text_write_mime_type_finish (GdkContentProvider *provider, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
octavo_note_drag_text_finalize (GObject *object)
{
  OctavoNoteDragText *self = OCTAVO_NOTE_DRAG_TEXT (object);

  g_object_unref (self->notes);
  g_array_unref (self->ids);

  G_OBJECT_CLASS (octavo_note_drag_text_parent_class)->finalize (object);
}

static void
octavo_note_drag_text_class_init (OctavoNoteDragTextClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = octavo_note_drag_text_finalize;
  provider_class->ref_formats = octavo_note_drag_text_ref_formats;
  provider_class->write_mime_type_async = octavo_note_drag_text_write_mime_type_async;
  provider_class->write_mime_type_finish = octavo_note_drag_text_write_mime_type_finish;
}

static void
octavo_note_drag_text_init (OctavoNoteDragText *self)
{
}

/**
 * octavo_note_drag_text_new:
 * @notes: the repository of the notes
 * @ids: (element-type gint64): the notes
 *
 * Returns: (transfer full): what offers their text
 */
GdkContentProvider *
octavo_note_drag_text_new (OctavoNoteRepository *notes, GArray *ids)
{
  OctavoNoteDragText *self;

  g_return_val_if_fail (OCTAVO_IS_NOTE_REPOSITORY (notes), NULL);
  g_return_val_if_fail (ids != NULL, NULL);

  self = g_object_new (OCTAVO_TYPE_NOTE_DRAG_TEXT, NULL);
  self->notes = g_object_ref (notes);
  self->ids = g_array_ref (ids);
  return GDK_CONTENT_PROVIDER (self);
}
