/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-exchange"

#include "octavo-import-reader.h"

#include "octavo-config.h"
#include "octavo-file-io.h"
#include "octavo-folder-walk.h"
#include "octavo-import-report.h"
#include "octavo-markdown-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* To read a file and to make a note of it takes as long as to write the note: the one is done while the other is. How
 * far it is ahead has a bound, so that memory does not grow with the vault; a file that is larger comes alone. */
#define MAX_FILES 512
#define MAX_BYTES (1024 * 1024)

struct _OctavoImportReader
{
  OctavoFolderWalk *walk; /* of the thread, while there is one */
  gboolean folders_as_tags;
  GThread *thread; /* (nullable) */
  GMutex lock;
  GCond changed;
  GQueue files;        /* under lock: of OctavoImportFile */
  gsize n_bytes;       /* under lock: of these */
  gboolean has_ended;  /* under lock: no more come */
  gboolean is_stopped; /* under lock: nobody wants more */
  gboolean is_waiting; /* under lock: one of the two for the other; a signal that nobody waits for costs as much */
  GQueue taken;        /* off files, all at once */
};

/**
 * octavo_import_file_free:
 * @self: (transfer full) (nullable): a file
 *
 * Frees it, and the note.
 */
void
octavo_import_file_free (OctavoImportFile *self)
{
  if (self == NULL)
    return;
  octavo_import_item_free (self->item);
  g_clear_pointer (&self->messages, g_ptr_array_unref);
  g_free (self);
}

static void
take_message (OctavoImportFile *self, char *text)
{
  if (self->messages == NULL)
    self->messages = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->messages, text);
}

/* What a path is called in the file of notes: text, whatever its bytes. */
static char *
get_location (const char *path)
{
  return g_utf8_validate (path, -1, NULL) ? g_strdup (path) : g_filename_to_uri (path, NULL, NULL);
}

static char *
get_folder_tag (OctavoImportReader *self, const OctavoWalkEntry *entry)
{
  if (!self->folders_as_tags || entry->folder == NULL)
    return NULL;
  return g_strdelimit (g_filename_display_name (entry->folder), ",", ' ');
}

static void
read_file (OctavoImportReader *self, const OctavoWalkEntry *entry, OctavoImportFile *file)
{
  OctavoMarkdownFileInfo info = { .name = entry->name };
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *folder_tag = NULL;

  bytes = octavo_file_io_read (entry->path, &file->n_bytes, &info.created, &info.updated, &error);
  if (bytes == NULL ||
      (entry->asked && !octavo_folder_walk_is_markdown (entry->name) && memchr (bytes, 0, file->n_bytes)))
    {
      take_message (file, octavo_import_report_make_message (entry->path, _ ("not imported: %s"),
                                                             error != NULL ? error->message : _ ("it is not a text")));
      file->has_failed = TRUE;
      return;
    }
  folder_tag = get_folder_tag (self, entry);
  info.folder_tag = folder_tag;
  file->item = octavo_import_item_new ();
  file->item->location = get_location (entry->path);
  file->item->file_digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes, file->n_bytes);
  octavo_note_values_free (file->item->values);
  file->item->values = octavo_markdown_file_read (g_steal_pointer (&bytes), file->n_bytes, &info, warnings);
  for (guint i = 0; i < warnings->len; i++)
    take_message (file, octavo_import_report_make_message (entry->path, "%s",
                                                           (const char *) g_ptr_array_index (warnings, i)));
}

static OctavoImportFile *
read_step (OctavoImportReader *self, OctavoWalkStep step, OctavoWalkEntry *entry)
{
  OctavoImportFile *file = g_new0 (OctavoImportFile, 1);

  file->fraction = octavo_folder_walk_get_fraction (self->walk);
  file->has_failed = step == OCTAVO_WALK_PROBLEM;
  if (step == OCTAVO_WALK_FILE)
    read_file (self, entry, file);
  else
    take_message (file, g_steal_pointer (&entry->text));
  return file;
}

/* Under the lock. */
static void
wait (OctavoImportReader *self)
{
  self->is_waiting = TRUE;
  g_cond_wait (&self->changed, &self->lock);
}

static void
wake (OctavoImportReader *self)
{
  if (self->is_waiting)
    g_cond_signal (&self->changed);
  self->is_waiting = FALSE;
}

/* Returns: whether more is wanted */
static gboolean
give (OctavoImportReader *self, OctavoImportFile *file)
{
  gboolean is_stopped;

  g_mutex_lock (&self->lock);
  while (!self->is_stopped && self->files.length > 0 &&
         (self->files.length >= MAX_FILES || self->n_bytes + file->n_bytes > MAX_BYTES))
    wait (self);
  is_stopped = self->is_stopped;
  g_queue_push_tail (&self->files, file);
  self->n_bytes += file->n_bytes;
  wake (self);
  g_mutex_unlock (&self->lock);
  return !is_stopped;
}

static gpointer
read_all (gpointer data)
{
  OctavoImportReader *self = data;
  g_auto (OctavoWalkEntry) entry = { 0 };
  OctavoWalkStep step;

  while ((step = octavo_folder_walk_next (self->walk, &entry)) != OCTAVO_WALK_END)
    if (!give (self, read_step (self, step, &entry)))
      break;
  g_mutex_lock (&self->lock);
  self->has_ended = TRUE;
  wake (self);
  g_mutex_unlock (&self->lock);
  return NULL;
}

static void
stop (OctavoImportReader *self)
{
  g_mutex_lock (&self->lock);
  self->is_stopped = TRUE;
  wake (self);
  g_mutex_unlock (&self->lock);
  if (self->thread != NULL)
    g_thread_join (g_steal_pointer (&self->thread));
}

static void
take_all (OctavoImportReader *self)
{
  g_mutex_lock (&self->lock);
  while (self->files.length == 0 && !self->has_ended)
    wait (self);
  self->taken = self->files;
  g_queue_init (&self->files);
  self->n_bytes = 0;
  wake (self);
  g_mutex_unlock (&self->lock);
}

/**
 * octavo_import_reader_new:
 * @paths: (array zero-terminated=1): folders and files, in the encoding of the file system
 * @folders_as_tags: whether a note gets the path of its folder, below the folder imported, as a tag
 *
 * Begins to read. Any thread; what follows is for one thread at a time.
 *
 * Returns: (transfer full): who reads
 */
OctavoImportReader *
octavo_import_reader_new (const char *const *paths, gboolean folders_as_tags)
{
  OctavoImportReader *self = g_new0 (OctavoImportReader, 1);

  self->walk = octavo_folder_walk_new (paths);
  self->folders_as_tags = folders_as_tags;
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->thread = g_thread_new ("import-reader", read_all, self);
  return self;
}

/**
 * octavo_import_reader_free:
 * @self: (transfer full) (nullable): who reads
 *
 * Stops after the file that is being read, and frees all that was not asked for. Blocks.
 */
void
octavo_import_reader_free (OctavoImportReader *self)
{
  if (self == NULL)
    return;
  stop (self);
  g_queue_clear_full (&self->files, (GDestroyNotify) octavo_import_file_free);
  g_queue_clear_full (&self->taken, (GDestroyNotify) octavo_import_file_free);
  octavo_folder_walk_free (self->walk);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self);
}

/**
 * octavo_import_reader_next:
 * @self: who reads
 *
 * Gives what was met, in the order of the names. Blocks.
 *
 * Returns: (transfer full) (nullable): a file, or what there is to say; %NULL at the end
 */
OctavoImportFile *
octavo_import_reader_next (OctavoImportReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->taken.length == 0)
    take_all (self);
  return g_queue_pop_head (&self->taken);
}

/**
 * octavo_import_reader_count_rest:
 * @self: who reads
 *
 * Counts the files that were not asked for, without reading them. Blocks; nothing comes afterwards.
 *
 * Returns: how many there are
 */
guint
octavo_import_reader_count_rest (OctavoImportReader *self)
{
  g_auto (OctavoWalkEntry) entry = { 0 };
  OctavoImportFile *file;
  OctavoWalkStep step;
  guint n_files = 0;

  g_return_val_if_fail (self != NULL, 0);

  stop (self);
  while ((file = g_queue_pop_head (&self->taken)) != NULL || (file = g_queue_pop_head (&self->files)) != NULL)
    {
      n_files += file->item != NULL || file->has_failed;
      octavo_import_file_free (file);
    }
  while ((step = octavo_folder_walk_next (self->walk, &entry)) != OCTAVO_WALK_END)
    n_files += step == OCTAVO_WALK_FILE || step == OCTAVO_WALK_PROBLEM;
  return n_files;
}
