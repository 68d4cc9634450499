/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-page-file.h"

#include "octavo-b-tree-page.h"
#include "octavo-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAGIC         "SQLite format 3" /* with the zero at its end */
#define HEAD          100
#define MIN_PAGE      512
#define USUAL_PAGE    4096
#define MAX_TRIAL     2000 /* pages that are looked at for each size that the pages may have */
#define MAX_FILE_SIZE ((guint64) G_MAXUINT32 * OCTAVO_PAGE_FILE_MAX_PAGE)

static gsize
read_descriptor (int descriptor, guint64 offset, guint8 *buffer, gsize size)
{
  gsize n_read = 0;

  while (n_read < size)
    {
      ssize_t n = pread (descriptor, buffer + n_read, size - n_read, (off_t) (offset + n_read));

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        break;
      n_read += (gsize) n;
    }
  return n_read;
}

static gsize
read_data (GBytes *data, guint64 offset, guint8 *buffer, gsize size)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (data, &length);

  if (offset >= length)
    return 0;
  size = MIN (size, length - offset);
  memcpy (buffer, bytes + offset, size);
  return size;
}

static gsize
read_file (OctavoPageFile *self, guint64 offset, guint8 *buffer, gsize size)
{
  return self->data != NULL ? read_data (self->data, offset, buffer, size)
                            : read_descriptor (self->descriptor, offset, buffer, size);
}

static gsize
read_log (guint64 offset, guint8 *buffer, gsize size, gpointer data)
{
  OctavoPageFile *self = data;

  if (self->log_data != NULL)
    return read_data (self->log_data, offset, buffer, size);
  return self->log >= 0 ? read_descriptor (self->log, offset, buffer, size) : 0;
}

static guint32
decode_page_size (const guint8 *head)
{
  guint32 size = (guint32) head[16] << 8 | head[17];

  if (size == 1)
    return OCTAVO_PAGE_FILE_MAX_PAGE;
  return size >= MIN_PAGE && (size & (size - 1)) == 0 ? size : 0;
}

/* How many of the pages are those of a tree, if pages have this size. */
static guint
count_tree_pages (OctavoPageFile *self, guint32 page_size)
{
  g_autofree guint8 *page = g_malloc (page_size);
  guint64 n_pages = self->size / page_size;
  guint64 step = MAX (n_pages / MAX_TRIAL, 1);
  guint n_found = 0;

  for (guint64 i = 1; i < n_pages; i += step)
    {
      OctavoBTreePage tree;

      if (read_file (self, i * page_size, page, page_size) == page_size &&
          octavo_b_tree_page_parse (&tree, page, page_size, 0) && tree.n_cells > 0 &&
          octavo_b_tree_page_is_tight (&tree, 0))
        n_found++;
    }
  return n_found;
}

/* The size by which most of the file makes sense: of the number of bytes that are in pages of trees. */
static guint32
guess_page_size (OctavoPageFile *self)
{
  guint64 most = (guint64) count_tree_pages (self, USUAL_PAGE) * USUAL_PAGE;
  guint32 best = USUAL_PAGE;

  for (guint32 size = MIN_PAGE; size <= OCTAVO_PAGE_FILE_MAX_PAGE; size *= 2)
    {
      guint64 n_bytes = size == USUAL_PAGE ? 0 : (guint64) count_tree_pages (self, size) * size;

      if (n_bytes > most)
        {
          most = n_bytes;
          best = size;
        }
    }
  return best;
}

/* What stands there in every file of ours, whatever its version. */
static gboolean
is_head (const guint8 *head)
{
  return memcmp (head, MAGIC, sizeof MAGIC) == 0 && decode_page_size (head) != 0 && head[18] >= 1 && head[18] <= 2 &&
         head[19] >= 1 && head[19] <= 2 && head[20] == 0 && head[21] == 64 && head[22] == 32 && head[23] == 32;
}

static guint32
decode (const guint8 *bytes)
{
  return (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];
}

/* A SQLite that is no later than this one has written no format that this one does not know: then it is damage. */
static gboolean
is_later (const guint8 *head)
{
  return memcmp (head, MAGIC, sizeof MAGIC) == 0 && (head[18] > 2 || head[19] > 2) &&
         decode (head + 24) == decode (head + 92) && decode (head + 96) > (guint32) sqlite3_libversion_number ();
}

static void
look_at_head (OctavoPageFile *self)
{
  guint8 head[HEAD] = { 0 };
  guint64 place;
  gsize n_read = read_file (self, 0, head, sizeof head);
  guint64 n_pages;

  self->frames = octavo_wal_frames_read (read_log, self);
  self->page_size = self->frames->page_size;
  place = octavo_wal_frames_find (self->frames, 1);
  if (place != 0)
    n_read = read_log (place, head, sizeof head, self);
  self->has_head = n_read == sizeof head && is_head (head);
  self->is_later = n_read == sizeof head && is_later (head);
  if (self->page_size == 0)
    self->page_size = self->has_head ? decode_page_size (head) : guess_page_size (self);
  self->page_size = MAX (self->page_size, MIN_PAGE);
  self->has_head &= decode_page_size (head) == self->page_size;

  n_pages = self->size / self->page_size + (self->size % self->page_size != 0 ? 1 : 0);
  if (self->frames->n_pages != 0)
    self->n_expected = self->frames->n_pages;
  else if (self->has_head && octavo_page_file_get_head (self, 24) == octavo_page_file_get_head (self, 92))
    self->n_expected = octavo_page_file_get_head (self, 28);
  n_pages = MAX (n_pages, self->frames->n_pages);
  /* What is behind the end that the log or the head tells of is left from before. */
  if (self->frames->n_pages != 0)
    n_pages = self->frames->n_pages;
  self->n_pages = (guint32) MIN (n_pages, G_MAXUINT32 - 1);
}

static OctavoPageFile *
page_file_new (void)
{
  OctavoPageFile *self = g_new0 (OctavoPageFile, 1);

  self->descriptor = -1;
  self->log = -1;
  return self;
}

/**
 * octavo_page_file_open:
 * @path: a file
 * @error: %OCTAVO_ERROR_CANT_OPEN
 *
 * Opens a file, and the log beside it where there is one, for reading. To close it lets go of the locks that SQLite has
 * on it in this process. Any thread; blocks.
 *
 * Returns: (transfer full) (nullable): its pages
 */
OctavoPageFile *
octavo_page_file_open (const char *path, GError **error)
{
  g_autoptr (OctavoPageFile) self = page_file_new ();
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  struct stat status;

  self->descriptor = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  if (self->descriptor < 0 || fstat (self->descriptor, &status) != 0 || !S_ISREG (status.st_mode) ||
      (guint64) status.st_size > MAX_FILE_SIZE)
    {
      g_autofree char *name = g_filename_display_name (path);

      g_set_error (error, OCTAVO_ERROR, OCTAVO_ERROR_CANT_OPEN,
                   _ ("“%s” cannot be read. Check that it is there, and that you may read it."), name);
      return NULL;
    }
  self->size = (guint64) status.st_size;
  self->log = g_open (log, O_RDONLY | O_CLOEXEC, 0);
  look_at_head (self);
  return g_steal_pointer (&self);
}

/**
 * octavo_page_file_new:
 * @data: the bytes of a file
 * @log: (nullable): those of the log beside it
 *
 * Returns: (transfer full): its pages
 */
OctavoPageFile *
octavo_page_file_new (GBytes *data, GBytes *log)
{
  OctavoPageFile *self = page_file_new ();

  self->data = g_bytes_ref (data);
  self->log_data = log != NULL ? g_bytes_ref (log) : NULL;
  self->size = g_bytes_get_size (data);
  look_at_head (self);
  return self;
}

/**
 * octavo_page_file_free:
 * @self: (transfer full) (nullable): the pages of a file
 */
void
octavo_page_file_free (OctavoPageFile *self)
{
  if (self == NULL)
    return;
  if (self->descriptor >= 0)
    close (self->descriptor);
  if (self->log >= 0)
    close (self->log);
  g_clear_pointer (&self->data, g_bytes_unref);
  g_clear_pointer (&self->log_data, g_bytes_unref);
  octavo_wal_frames_free (self->frames);
  g_free (self);
}

/**
 * octavo_page_file_read:
 * @self: the pages of a file
 * @number: of the page, from 1
 * @page: (out caller-allocates): gets it; what the file is too short for is zeros
 *
 * Returns: whether there is anything of it
 */
gboolean
octavo_page_file_read (OctavoPageFile *self, guint32 number, guint8 *page)
{
  guint64 place = octavo_wal_frames_find (self->frames, number);
  gsize n_read;

  if (number == 0 || number > self->n_pages)
    return FALSE;
  n_read = place != 0 ? read_log (place, page, self->page_size, self)
                      : read_file (self, (guint64) (number - 1) * self->page_size, page, self->page_size);
  memset (page + n_read, 0, self->page_size - n_read);
  return n_read > 0;
}

/**
 * octavo_page_file_get_head:
 * @self: the pages of a file
 * @offset: where in the first 100 bytes
 *
 * Returns: the number of four bytes that stands there; 0 where there is no such head
 */
guint32
octavo_page_file_get_head (OctavoPageFile *self, gsize offset)
{
  guint8 bytes[4];
  guint64 place = octavo_wal_frames_find (self->frames, 1);
  gsize n_read;

  g_return_val_if_fail (offset + sizeof bytes <= HEAD, 0);

  n_read =
      place != 0 ? read_log (place + offset, bytes, sizeof bytes, self) : read_file (self, offset, bytes, sizeof bytes);
  if (!self->has_head || n_read != sizeof bytes)
    return 0;
  return decode (bytes);
}
