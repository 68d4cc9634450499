/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-exchange"

#include "octavo-markdown-exporter.h"

#include "octavo-config.h"
#include "octavo-file-io.h"
#include "octavo-file-names.h"
#include "octavo-markdown-file.h"
#include "octavo-note-repository.h"
#include "octavo-search.h"
#include "octavo-task.h"
#include "octavo-user-repository.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/* Notes as files that anybody can read without Octavo, and Octavo can read back without loss. */

struct _OctavoMarkdownExporter
{
  GObject parent_instance;
  OctavoStore *store;
};

G_DEFINE_FINAL_TYPE (OctavoMarkdownExporter, octavo_markdown_exporter, G_TYPE_OBJECT)

enum
{
  PROP_STORE = 1,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

/* One export: a copy of all that it needs, so that it may run on any thread. */
typedef struct
{
  OctavoNoteRepository *notes;
  OctavoSearch *search;
  gint64 default_user_id;
  char *path; /* of the file of notes */
  char *folder;
  GArray *ids; /* NULL: all */
  OctavoFileNames *names;
  OctavoProgress progress;
  gpointer user_data;
  guint n_exported;
  GError *error;
} Run;

static Run *
run_new (OctavoMarkdownExporter *self, const char *folder, const gint64 *ids, gsize n_ids)
{
  Run *run = g_new0 (Run, 1);

  run->notes = g_object_ref (octavo_store_get_notes (self->store));
  run->search = g_object_ref (octavo_store_get_search (self->store));
  run->default_user_id = octavo_user_repository_get_default_id (octavo_store_get_users (self->store));
  run->path = g_strdup (octavo_store_get_path (self->store));
  run->folder = g_strdup (folder);
  run->names = octavo_file_names_new ();
  if (ids != NULL)
    {
      run->ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), (guint) n_ids);
      g_array_append_vals (run->ids, ids, (guint) n_ids);
    }
  return run;
}

static void
run_free (Run *run)
{
  g_object_unref (run->notes);
  g_object_unref (run->search);
  g_free (run->path);
  g_free (run->folder);
  g_clear_pointer (&run->ids, g_array_unref);
  octavo_file_names_free (run->names);
  g_clear_error (&run->error);
  g_free (run);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, run_free)

static gboolean
open_folder (Run *run, GError **error)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (g_mkdir_with_parents (run->folder, 0777) != 0)
    {
      int code = errno;
      g_autofree char *shown = g_filename_display_name (run->folder);

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code),
                   _ ("The folder “%s” cannot be made (%s). Choose another one."), shown, g_strerror (code));
      return FALSE;
    }
  dir = g_dir_open (run->folder, 0, error);
  if (dir == NULL)
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *shown = g_filename_display_name (name);

      octavo_file_names_add (run->names, shown);
    }
  return TRUE;
}

/* All that are not in the trash, the oldest first, so that of several notes with one title it is the newest that gets
 * the highest number. */
static gboolean
find_ids (Run *run, GCancellable *cancellable, GError **error)
{
  const OctavoScope scope = { .place = OCTAVO_PLACE_ALL };

  if (run->ids != NULL)
    return TRUE;
  run->ids = octavo_search_run (run->search, NULL, &scope, OCTAVO_SORT_CREATED, cancellable, error);
  if (run->ids == NULL)
    {
      octavo_error_for_person (error, run->path);
      return FALSE;
    }
  for (guint i = 0, j = run->ids->len; i + 1 < j; i++)
    {
      gint64 id = g_array_index (run->ids, gint64, i);

      j--;
      g_array_index (run->ids, gint64, i) = g_array_index (run->ids, gint64, j);
      g_array_index (run->ids, gint64, j) = id;
    }
  return TRUE;
}

static gboolean
export_note (OctavoNoteValues *note, gpointer data)
{
  Run *run = data;
  gsize length;
  g_autofree char *bytes =
      octavo_markdown_file_write (note, note->user_id != run->default_user_id ? note->user_name : NULL, &length);
  const char *title = note->title != NULL ? note->title : "";

  for (;;)
    {
      g_autofree char *name = octavo_file_names_make (run->names, title, ".md");
      g_autoptr (GError) error = NULL;

      if (octavo_file_io_write_new (run->folder, name, bytes, length, note->updated, &error))
        break;
      if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_EXIST)) /* somebody else was quicker */
        continue;
      g_set_error (&run->error, error->domain, error->code,
                   _ ("“%s” cannot be written (%s). Make room, or choose another folder."), name, error->message);
      return FALSE;
    }
  run->n_exported++;
  if (run->progress != NULL)
    run->progress ((double) run->n_exported / run->ids->len, run->user_data);
  return TRUE;
}

static gboolean
run_export (Run *run, GCancellable *cancellable, GError **error)
{
  if (!find_ids (run, cancellable, error) || !open_folder (run, error) ||
      !octavo_note_repository_foreach (run->notes, (const gint64 *) (gpointer) run->ids->data, run->ids->len, TRUE,
                                       export_note, run, cancellable, error))
    return FALSE;
  if (run->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&run->error));
      return FALSE;
    }
  return TRUE;
}

static void
octavo_markdown_exporter_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  OctavoMarkdownExporter *self = OCTAVO_MARKDOWN_EXPORTER (object);

  switch (id)
    {
    case PROP_STORE:
      self->store = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
octavo_markdown_exporter_dispose (GObject *object)
{
  OctavoMarkdownExporter *self = OCTAVO_MARKDOWN_EXPORTER (object);

  g_clear_object (&self->store);

  G_OBJECT_CLASS (octavo_markdown_exporter_parent_class)->dispose (object);
}

static void
octavo_markdown_exporter_class_init (OctavoMarkdownExporterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = octavo_markdown_exporter_set_property;
  object_class->dispose = octavo_markdown_exporter_dispose;

  properties[PROP_STORE] = g_param_spec_object ("store", NULL, NULL, OCTAVO_TYPE_STORE,
                                                G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
octavo_markdown_exporter_init (OctavoMarkdownExporter *self)
{
}

/**
 * octavo_markdown_exporter_new:
 * @store: an open store
 *
 * Returns: (transfer full): an exporter. Main thread.
 */
OctavoMarkdownExporter *
octavo_markdown_exporter_new (OctavoStore *store)
{
  return g_object_new (OCTAVO_TYPE_MARKDOWN_EXPORTER, "store", store, NULL);
}

/**
 * octavo_markdown_exporter_run:
 * @self: an exporter
 * @folder: where to; made where missing
 * @ids: (nullable) (array length=n_ids): which notes; %NULL: all that are not in the trash
 * @n_ids: how many
 * @progress: (nullable): told how far it is, on the caller's thread
 * @user_data: for @progress
 * @n_exported: (out) (optional): how many files were written, also where it failed
 * @cancellable: (nullable): to stop it; files written so far stay
 * @error: where to put an error
 *
 * Writes a file a note; none that is there is touched. Main thread, blocks.
 *
 * Returns: whether all were written
 */
gboolean
octavo_markdown_exporter_run (OctavoMarkdownExporter *self,
                              const char *folder,
                              const gint64 *ids,
                              gsize n_ids,
                              OctavoProgress progress,
                              gpointer user_data,
                              guint *n_exported,
                              GCancellable *cancellable,
                              GError **error)
{
  g_autoptr (Run) run = NULL;
  gboolean done;

  g_return_val_if_fail (OCTAVO_IS_MARKDOWN_EXPORTER (self) && folder != NULL, FALSE);

  run = run_new (self, folder, ids, n_ids);
  run->progress = progress;
  run->user_data = user_data;
  done = run_export (run, cancellable, error);
  if (n_exported != NULL)
    *n_exported = run->n_exported;
  return done;
}

static gboolean
run_in_thread (gpointer source, gpointer data, GCancellable *cancellable, GError **error)
{
  return run_export (data, cancellable, error);
}

/**
 * octavo_markdown_exporter_run_async:
 * @self: an exporter
 * @folder: where to; made where missing
 * @ids: (nullable) (array length=n_ids): which notes; %NULL: all that are not in the trash
 * @n_ids: how many
 * @cancellable: (nullable): to stop it; files written so far stay
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Exports on a thread of its own. Main thread.
 */
void
octavo_markdown_exporter_run_async (OctavoMarkdownExporter *self,
                                    const char *folder,
                                    const gint64 *ids,
                                    gsize n_ids,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  GTask *task;

  g_return_if_fail (OCTAVO_IS_MARKDOWN_EXPORTER (self) && folder != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, octavo_markdown_exporter_run_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, run_new (self, folder, ids, n_ids), (GDestroyNotify) run_free);
  octavo_task_run_in_thread (task, run_in_thread);
}

/**
 * octavo_markdown_exporter_run_finish:
 * @self: an exporter
 * @result: what the callback got
 * @n_exported: (out) (optional): how many files were written, also where it failed
 * @error: where to put an error
 *
 * Ends octavo_markdown_exporter_run_async().
 *
 * Returns: whether all were written
 */
gboolean
octavo_markdown_exporter_run_finish (OctavoMarkdownExporter *self,
                                     GAsyncResult *result,
                                     guint *n_exported,
                                     GError **error)
{
  const Run *run;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  run = g_task_get_task_data (G_TASK (result));
  if (n_exported != NULL)
    *n_exported = run->n_exported;
  return g_task_propagate_boolean (G_TASK (result), error);
}
