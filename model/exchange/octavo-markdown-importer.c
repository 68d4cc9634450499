/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-exchange"

#include "octavo-markdown-importer.h"

#include "octavo-config.h"
#include "octavo-import-reader.h"
#include "octavo-task.h"
#include "octavo-user-repository.h"

#include <glib/gi18n-lib.h>

/* Writes the files that are read meanwhile (octavo-import-reader) in batches, a transaction each: few enough commits to
 * be quick, and small enough that neither memory nor what an error undoes grows with the vault. Who wants to write to
 * the same file waits for one of them at most, and finds the file free between two for long enough to notice. */

#define TARGET_TIME 40000 /* microseconds of a batch, without its commit */
#define PAUSE       1000  /* microseconds */
#define FIRST_NOTES 100
#define MIN_NOTES   16
#define MAX_NOTES   1000
#define BATCH_BYTES (1024 * 1024)

struct _OctavoMarkdownImporter
{
  GObject parent_instance;
  OctavoStore *store;
  gint64 user_id;
  gboolean dry_run;
  gboolean folders_as_tags;
  char *tag; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (OctavoMarkdownImporter, octavo_markdown_importer, G_TYPE_OBJECT)

enum
{
  PROP_STORE = 1,
  PROP_USER_ID,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

/* One import: a copy of all that it needs, so that it may run on any thread. */
typedef struct
{
  OctavoOriginRepository *origins;
  gint64 user_id;
  gint64 default_user_id;
  gboolean dry_run;
  gboolean folders_as_tags;
  char *tag; /* (nullable) */
  char **paths;
  OctavoImportReport *report;
  GPtrArray *batch; /* (element-type OctavoImportItem) */
  gsize batch_bytes;
  guint max_notes; /* of a batch */
} Run;

static Run *
run_new (OctavoMarkdownImporter *self, const char *const *paths)
{
  Run *run = g_new0 (Run, 1);

  run->origins = g_object_ref (octavo_store_get_origins (self->store));
  run->user_id = self->user_id;
  run->default_user_id = octavo_user_repository_get_default_id (octavo_store_get_users (self->store));
  run->dry_run = self->dry_run;
  run->folders_as_tags = self->folders_as_tags;
  run->tag = g_strdup (self->tag);
  run->paths = g_strdupv ((char **) paths);
  run->report = octavo_import_report_new ();
  run->batch = g_ptr_array_new_with_free_func ((GDestroyNotify) octavo_import_item_free);
  run->max_notes = FIRST_NOTES;
  return run;
}

static void
run_free (Run *run)
{
  g_object_unref (run->origins);
  g_free (run->tag);
  g_strfreev (run->paths);
  octavo_import_report_free (run->report);
  g_ptr_array_unref (run->batch);
  g_free (run);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, run_free)

static void
take_message (Run *run, char *text)
{
  g_ptr_array_add (run->report->messages, text);
}

static void
count (Run *run, const OctavoImportItem *item)
{
  if (run->report->first_id == 0)
    run->report->first_id = item->values->id;

  switch (item->outcome)
    {
    case OCTAVO_IMPORT_UPDATED:
      run->report->n_updated++;
      break;
    case OCTAVO_IMPORT_UNCHANGED:
      run->report->n_unchanged++;
      break;
    case OCTAVO_IMPORT_CONFLICT:
      take_message (
          run,
          octavo_import_report_make_message (
              item->location, "%s",
              _ ("changed both here and in the file since the last import; the note was kept as it is, and the file came "
                 "in as a second note")));
      run->report->n_imported++;
      break;
    case OCTAVO_IMPORTED:
    default:
      run->report->n_imported++;
    }
}

static gboolean
concerns_one_note (const GError *error)
{
  return g_error_matches (error, OCTAVO_ERROR, OCTAVO_ERROR_FAILED) ||
         g_error_matches (error, OCTAVO_ERROR, OCTAVO_ERROR_TOO_BIG) ||
         g_error_matches (error, OCTAVO_ERROR, OCTAVO_ERROR_INVALID_TAG) ||
         g_error_matches (error, OCTAVO_ERROR, OCTAVO_ERROR_INVALID_TEXT);
}

/* A batch that was refused because of one note: the others come in without it. */
static gboolean
write_one_by_one (Run *run, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < run->batch->len; i++)
    {
      OctavoImportItem *item = g_ptr_array_index (run->batch, i);
      g_autoptr (GPtrArray) alone = g_ptr_array_new ();
      g_autoptr (GError) failure = NULL;

      g_ptr_array_add (alone, item);
      if (octavo_origin_repository_import (run->origins, alone, run->dry_run, &run->report->step_id, NULL, cancellable,
                                           &failure))
        count (run, item);
      else if (concerns_one_note (failure))
        {
          take_message (run,
                        octavo_import_report_make_message (item->location, _ ("not imported: %s"), failure->message));
          run->report->n_failed++;
        }
      else
        {
          run->report->n_failed += run->batch->len - i;
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }
  return TRUE;
}

/* How many notes a batch may have, so that it takes as long as it should. */
static void
adapt_batch (Run *run, gint64 elapsed)
{
  double scale = CLAMP ((double) TARGET_TIME / (double) MAX (elapsed, 1), 0.5, 2.0);

  if (run->batch->len >= run->max_notes || scale < 1.0)
    run->max_notes = CLAMP ((guint) ((double) run->batch->len * scale), MIN_NOTES, MAX_NOTES);
}

static gboolean
write_batch (Run *run, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) failure = NULL;
  gboolean written = TRUE;
  gint64 elapsed;

  if (run->batch->len == 0)
    return TRUE;
  if (octavo_origin_repository_import (run->origins, run->batch, run->dry_run, &run->report->step_id, &elapsed,
                                       cancellable, &failure))
    {
      for (guint i = 0; i < run->batch->len; i++)
        count (run, g_ptr_array_index (run->batch, i));
      adapt_batch (run, elapsed);
      g_usleep (PAUSE);
    }
  else if (concerns_one_note (failure))
    written = write_one_by_one (run, cancellable, error);
  else
    {
      run->report->n_failed += run->batch->len;
      g_propagate_error (error, g_steal_pointer (&failure));
      written = FALSE;
    }
  g_ptr_array_set_size (run->batch, 0);
  run->batch_bytes = 0;
  return written;
}

/* Where a note says whose it is, that counts unless the importer was told. */
static void
choose_user (Run *run, OctavoNoteValues *note)
{
  if (note->user_name != NULL)
    g_strstrip (note->user_name);
  if (run->user_id != 0)
    note->user_id = run->user_id;
  else if (note->user_name == NULL || *note->user_name == '\0' || g_utf8_strlen (note->user_name, -1) > 200)
    note->user_id = run->default_user_id;
}

/* Beside those that the file says; that it may be one of them is no matter. */
static void
add_tag (OctavoNoteValues *note, const char *tag)
{
  guint n_tags = note->tags != NULL ? g_strv_length (note->tags) : 0;

  note->tags = g_renew (char *, note->tags, n_tags + 2);
  note->tags[n_tags] = g_strdup (tag);
  note->tags[n_tags + 1] = NULL;
}

static gboolean
take_file (Run *run, OctavoImportFile *file, GCancellable *cancellable, GError **error)
{
  run->report->n_failed += file->has_failed;
  if (file->messages != NULL)
    g_ptr_array_extend_and_steal (run->report->messages, g_steal_pointer (&file->messages));
  if (file->item == NULL)
    return TRUE;
  choose_user (run, file->item->values);
  if (run->tag != NULL)
    add_tag (file->item->values, run->tag);
  g_ptr_array_add (run->batch, g_steal_pointer (&file->item));
  run->batch_bytes += file->n_bytes;
  return (run->batch->len < run->max_notes && run->batch_bytes < BATCH_BYTES) || write_batch (run, cancellable, error);
}

static gboolean
take_files (Run *run,
            OctavoImportReader *reader,
            OctavoProgress progress,
            gpointer user_data,
            GCancellable *cancellable,
            GError **error)
{
  double shown = -1.0;

  for (;;)
    {
      g_autoptr (OctavoImportFile) file = octavo_import_reader_next (reader);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (file == NULL)
        break;
      if (!take_file (run, file, cancellable, error))
        return FALSE;
      if (progress != NULL && file->fraction - shown >= 0.001)
        progress (shown = file->fraction, user_data);
    }
  if (!write_batch (run, cancellable, error))
    return FALSE;
  if (progress != NULL && shown < 1.0)
    progress (1.0, user_data);
  return TRUE;
}

static gboolean
run_import (Run *run, OctavoProgress progress, gpointer user_data, GCancellable *cancellable, GError **error)
{
  g_autoptr (OctavoImportReader) reader = NULL;
  gboolean done;

  if (!run->dry_run)
    octavo_origin_repository_begin (run->origins);
  reader = octavo_import_reader_new ((const char *const *) run->paths, run->folders_as_tags);
  done = take_files (run, reader, progress, user_data, cancellable, error);
  /* It ended early: what was not come to is counted as well. */
  if (!done && !g_cancellable_is_cancelled (cancellable))
    run->report->n_failed += octavo_import_reader_count_rest (reader);
  if (!run->dry_run && !octavo_origin_repository_end (run->origins, done ? error : NULL))
    done = FALSE;
  return done;
}

static void
octavo_markdown_importer_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  OctavoMarkdownImporter *self = OCTAVO_MARKDOWN_IMPORTER (object);

  switch (id)
    {
    case PROP_STORE:
      self->store = g_value_dup_object (value);
      break;
    case PROP_USER_ID:
      self->user_id = g_value_get_int64 (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
octavo_markdown_importer_dispose (GObject *object)
{
  OctavoMarkdownImporter *self = OCTAVO_MARKDOWN_IMPORTER (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->tag, g_free);

  G_OBJECT_CLASS (octavo_markdown_importer_parent_class)->dispose (object);
}

static void
octavo_markdown_importer_class_init (OctavoMarkdownImporterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = octavo_markdown_importer_set_property;
  object_class->dispose = octavo_markdown_importer_dispose;

  properties[PROP_STORE] = g_param_spec_object ("store", NULL, NULL, OCTAVO_TYPE_STORE,
                                                G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_USER_ID] = g_param_spec_int64 ("user-id", NULL, NULL, 0, G_MAXINT64, 0,
                                                 G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
octavo_markdown_importer_init (OctavoMarkdownImporter *self)
{
}

/**
 * octavo_markdown_importer_new:
 * @store: an open store
 * @user_id: whose the notes will be; 0: the user's whom a file of an export names, made where there is none, else the
 *   first user's
 *
 * Returns: (transfer full): an importer. Main thread.
 */
OctavoMarkdownImporter *
octavo_markdown_importer_new (OctavoStore *store, gint64 user_id)
{
  return g_object_new (OCTAVO_TYPE_MARKDOWN_IMPORTER, "store", store, "user-id", user_id, NULL);
}

/**
 * octavo_markdown_importer_set_dry_run:
 * @self: an importer
 * @dry_run: whether to only report what would be done
 *
 * Chooses whether anything is written.
 */
void
octavo_markdown_importer_set_dry_run (OctavoMarkdownImporter *self, gboolean dry_run)
{
  g_return_if_fail (OCTAVO_IS_MARKDOWN_IMPORTER (self));

  self->dry_run = dry_run;
}

/**
 * octavo_markdown_importer_set_folders_as_tags:
 * @self: an importer
 * @folders_as_tags: whether a note gets the path of its folder, below the folder imported, as a tag
 *
 * Chooses whether folders become tags.
 */
void
octavo_markdown_importer_set_folders_as_tags (OctavoMarkdownImporter *self, gboolean folders_as_tags)
{
  g_return_if_fail (OCTAVO_IS_MARKDOWN_IMPORTER (self));

  self->folders_as_tags = folders_as_tags;
}

/**
 * octavo_markdown_importer_set_tag:
 * @self: an importer
 * @tag: (nullable): the name of a tag
 *
 * Chooses a tag that all notes get which come in or change, beside their own.
 */
void
octavo_markdown_importer_set_tag (OctavoMarkdownImporter *self, const char *tag)
{
  g_return_if_fail (OCTAVO_IS_MARKDOWN_IMPORTER (self));

  g_free (self->tag);
  self->tag = g_strdup (tag);
}

/**
 * octavo_markdown_importer_run:
 * @self: an importer
 * @paths: (array zero-terminated=1): folders and files
 * @progress: (nullable): told how far it is, on the caller's thread
 * @user_data: for @progress
 * @cancellable: (nullable): to stop it; what was written so far stays
 * @error: where to put an error
 *
 * Imports folders of Markdown, and single files. Main thread, blocks.
 *
 * Returns: (transfer full): what was done, also where @error is set
 */
OctavoImportReport *
octavo_markdown_importer_run (OctavoMarkdownImporter *self,
                              const char *const *paths,
                              OctavoProgress progress,
                              gpointer user_data,
                              GCancellable *cancellable,
                              GError **error)
{
  g_autoptr (Run) run = NULL;

  g_return_val_if_fail (OCTAVO_IS_MARKDOWN_IMPORTER (self) && paths != NULL, NULL);

  run = run_new (self, paths);
  run_import (run, progress, user_data, cancellable, error);
  return g_steal_pointer (&run->report);
}

static gboolean
run_in_thread (gpointer source, gpointer data, GCancellable *cancellable, GError **error)
{
  return run_import (data, NULL, NULL, cancellable, error);
}

/**
 * octavo_markdown_importer_run_async:
 * @self: an importer
 * @paths: (array zero-terminated=1): folders and files
 * @cancellable: (nullable): to stop it; what was written so far stays
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Imports on a thread of its own. Main thread.
 */
void
octavo_markdown_importer_run_async (OctavoMarkdownImporter *self,
                                    const char *const *paths,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  GTask *task;

  g_return_if_fail (OCTAVO_IS_MARKDOWN_IMPORTER (self) && paths != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, octavo_markdown_importer_run_async);
  /* stopping is seen to inside: the report of what was done until then is wanted */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, run_new (self, paths), (GDestroyNotify) run_free);
  octavo_task_run_in_thread (task, run_in_thread);
}

/**
 * octavo_markdown_importer_run_finish:
 * @self: an importer
 * @result: what the callback got
 * @error: where to put an error
 *
 * Ends octavo_markdown_importer_run_async().
 *
 * Returns: (transfer full): what was done, also where @error is set
 */
OctavoImportReport *
octavo_markdown_importer_run_finish (OctavoMarkdownImporter *self, GAsyncResult *result, GError **error)
{
  Run *run;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  run = g_task_get_task_data (G_TASK (result));
  g_task_propagate_boolean (G_TASK (result), error);
  return g_steal_pointer (&run->report);
}
