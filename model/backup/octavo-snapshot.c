/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-snapshot.h"

#include "octavo-repair-place.h"
#include "octavo-sqlite.h"

#include <string.h>
#include <sys/stat.h>

/* notes-2026-11-23T091502Z-1a2b3c4d-daily.db: all there is to know without opening it is in the name, so that nothing
 * has to be kept beside it that may get lost, and a person finds their way without Octavo. */

#define LENGTH_OF_TIME  18 /* 2026-11-23T091502Z */
#define LENGTH_OF_PLACE 8

static const char *const kind_names[] = { "daily", "asked", "migration", "restore" };

/**
 * octavo_snapshot_kind_get_name:
 * @kind: why a snapshot was made
 *
 * Returns: (transfer none): a word for it that is never translated
 */
const char *
octavo_snapshot_kind_get_name (OctavoSnapshotKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kind_names), NULL);

  return kind_names[kind];
}

/**
 * octavo_snapshot_dup_name:
 * @stem: the name of the file of notes without its ending
 * @time: when it is made, microseconds since 1970, UTC
 * @place: where that file is
 * @kind: why it is made
 *
 * Returns: (transfer full): the name of a snapshot, without a folder
 */
char *
octavo_snapshot_dup_name (const char *stem, gint64 time, const char *place, OctavoSnapshotKind kind)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autofree char *text = NULL;

  g_return_val_if_fail (date != NULL, NULL);

  text = g_date_time_format (date, "%Y-%m-%dT%H%M%SZ");
  return g_strdup_printf ("%s-%s-%s-%s.db", stem, text, place, octavo_snapshot_kind_get_name (kind));
}

static int
read_number (const char *digits, guint n_digits)
{
  int number = 0;

  for (guint i = 0; i < n_digits; i++)
    number = number * 10 + g_ascii_digit_value (digits[i]);
  return number;
}

/* FALSE where it is no time */
static gboolean
read_time (const char *text, gint64 *time)
{
  static const char shape[] = "dddd-dd-ddTddddddZ";
  g_autoptr (GDateTime) date = NULL;

  for (guint i = 0; i < LENGTH_OF_TIME; i++)
    if (shape[i] == 'd' ? !g_ascii_isdigit (text[i]) : text[i] != shape[i])
      return FALSE;
  date = g_date_time_new_utc (read_number (text, 4), read_number (text + 5, 2), read_number (text + 8, 2),
                              read_number (text + 11, 2), read_number (text + 13, 2), read_number (text + 15, 2));
  if (date == NULL)
    return FALSE;
  *time = g_date_time_to_unix (date) * G_USEC_PER_SEC;
  return TRUE;
}

/* end: the end of the name */
static gboolean
read_kind (const char *name, const char *end, OctavoSnapshotKind *kind, const char **begin)
{
  for (guint i = 0; i < G_N_ELEMENTS (kind_names); i++)
    {
      gsize length = strlen (kind_names[i]);

      if ((gsize) (end - name) <= length || strncmp (end - length, kind_names[i], length) != 0 ||
          end[-(gssize) length - 1] != '-')
        continue;
      *kind = (OctavoSnapshotKind) i;
      *begin = end - length - 1;
      return TRUE;
    }
  return FALSE;
}

/**
 * octavo_snapshot_new:
 * @path: a path
 *
 * Reads what the name of a file says. The file itself is not looked at. Any thread.
 *
 * Returns: (transfer full) (nullable): the snapshot; %NULL where it is not the name of one
 */
OctavoSnapshot *
octavo_snapshot_new (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  const char *end = g_str_has_suffix (name, ".db") ? name + strlen (name) - strlen (".db") : NULL;
  OctavoSnapshotKind kind;
  OctavoSnapshot *self;
  const char *place;
  gint64 time;

  if (end == NULL || !read_kind (name, end, &kind, &end) || end - name < 1 + 1 + LENGTH_OF_TIME + 1 + LENGTH_OF_PLACE)
    return NULL;
  place = end - LENGTH_OF_PLACE;
  if (place[-1] != '-' || !read_time (place - 1 - LENGTH_OF_TIME, &time) || place[-2 - LENGTH_OF_TIME] != '-')
    return NULL;

  self = g_new0 (OctavoSnapshot, 1);
  self->path = g_strdup (path);
  self->place = g_strndup (place, LENGTH_OF_PLACE);
  self->time = time;
  self->kind = kind;
  self->n_notes = -1;
  return self;
}

/**
 * octavo_snapshot_copy:
 * @self: a snapshot
 *
 * Returns: (transfer full): the same
 */
OctavoSnapshot *
octavo_snapshot_copy (const OctavoSnapshot *self)
{
  OctavoSnapshot *copy = g_memdup2 (self, sizeof *self);

  copy->path = g_strdup (self->path);
  copy->place = g_strdup (self->place);
  return copy;
}

/**
 * octavo_snapshot_free:
 * @self: (transfer full) (nullable): a snapshot
 */
void
octavo_snapshot_free (OctavoSnapshot *self)
{
  if (self == NULL)
    return;
  g_free (self->path);
  g_free (self->place);
  g_free (self);
}

/**
 * octavo_snapshot_look:
 * @self: a snapshot
 *
 * Finds out how large it is, and how many notes it has. Any thread; blocks.
 */
void
octavo_snapshot_look (OctavoSnapshot *self)
{
  gboolean had_companions = octavo_repair_place_has_companions (self->path);
  struct stat status;
  sqlite3 *file;

  self->size = stat (self->path, &status) == 0 ? status.st_size : 0;
  file = octavo_sqlite_open (self->path, SQLITE_OPEN_READONLY, NULL);
  if (file == NULL ||
      !octavo_sqlite_get_int64 (file, "SELECT count(*) FROM note WHERE trashed = 0", &self->n_notes, NULL))
    self->n_notes = -1;
  sqlite3_close (file);
  if (!had_companions)
    octavo_repair_place_tidy_read (self->path);
}
