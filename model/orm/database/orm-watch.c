/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-watch.h"

#include "orm-database-private.h"
#include "orm-file.h"

#include <glib/gstdio.h>

#define WATCH_MILLISECONDS 400

static const char *const companion_endings[] = { "-wal", "-shm" };

/* Looking at the size and the time of the log twice a second works on every file system, and wakes no disk. That it
 * moved says only that somebody wrote; the database finds out whether it was another process. */

typedef struct
{
  gint64 nanoseconds;
  gint64 size;
} Stamp;

struct _OrmWatch
{
  gatomicrefcount ref_count; /* the source has one: it may be running on another thread when the watch ends */
  GWeakRef database;
  char *file;
  char *log;
  OrmFileIdentity opened;
  OrmFileIdentity last; /* what was there when it was looked at last */
  OrmFileIdentity told; /* that it is displaced */
  OrmFileIdentity companions[2];
  GSource *source;
  Stamp stamp;
  gboolean moved;
};

static void
orm_watch_unref (gpointer data)
{
  OrmWatch *self = data;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_weak_ref_clear (&self->database);
  g_free (self->file);
  g_free (self->log);
  g_free (self);
}

static gboolean
orm_watch_look (OrmWatch *self)
{
  GStatBuf info;
  Stamp stamp = { 0 };
  gboolean moved;

  if (g_stat (self->log, &info) == 0)
    {
      stamp.nanoseconds = info.st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000) + info.st_mtim.tv_nsec;
      stamp.size = info.st_size;
    }
  moved = stamp.nanoseconds != self->stamp.nanoseconds || stamp.size != self->stamp.size;
  self->stamp = stamp;
  return moved;
}

/* SQLite leaves the log of a file that is displaced where it is, and would take it for that of the file which is there
 * now: the pages of the one would be written into the other. */
static void
orm_watch_remove_companions (OrmWatch *self)
{
  OrmFileIdentity now = orm_file_identify (self->file);

  if (now.inode == 0 || orm_file_identity_equal (&now, &self->opened))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (companion_endings); i++)
    {
      g_autofree char *path = g_strconcat (self->file, companion_endings[i], NULL);
      OrmFileIdentity found = orm_file_identify (path);

      if (found.inode != 0 && orm_file_identity_equal (&found, &self->companions[i]))
        g_unlink (path);
    }
}

/* Who replaces a file may do so in steps: it is told of what stays for two looks, once. */
static gboolean
orm_watch_is_displaced (OrmWatch *self)
{
  OrmFileIdentity now = orm_file_identify (self->file);
  gboolean stays = orm_file_identity_equal (&now, &self->last);
  gboolean is_told = orm_file_identity_equal (&now, &self->told);

  self->last = now;
  if (!stays || is_told)
    return FALSE;
  self->told = now;
  return !orm_file_identity_equal (&now, &self->opened);
}

static gboolean
on_time (gpointer data)
{
  OrmWatch *self = data;
  g_autoptr (OrmDatabase) database = g_weak_ref_get (&self->database);
  gboolean moved = orm_watch_look (self);

  if (database != NULL && orm_watch_is_displaced (self))
    {
      orm_watch_remove_companions (self);
      orm_database_tell_displaced (database);
    }

  /* Times on a disk are coarse: two writes can have the same, so look once more after one was seen. */
  if (database != NULL && (moved || self->moved))
    orm_database_poll (database);
  self->moved = moved;
  return G_SOURCE_CONTINUE;
}

OrmWatch *
orm_watch_new (OrmDatabase *database, const char *file, GMainContext *context)
{
  OrmWatch *self = g_new0 (OrmWatch, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_atomic_ref_count_inc (&self->ref_count);
  g_weak_ref_init (&self->database, database);
  self->file = g_strdup (file);
  self->log = g_strconcat (file, "-wal", NULL);
  self->opened = self->last = self->told = orm_file_identify (file);
  for (guint i = 0; i < G_N_ELEMENTS (companion_endings); i++)
    {
      g_autofree char *path = g_strconcat (file, companion_endings[i], NULL);

      self->companions[i] = orm_file_identify (path);
    }
  orm_watch_look (self);

  self->source = g_timeout_source_new (WATCH_MILLISECONDS);
  g_source_set_callback (self->source, on_time, self, orm_watch_unref);
  g_source_set_static_name (self->source, "[orm] watch");
  g_source_attach (self->source, context);
  return self;
}

void
orm_watch_free (OrmWatch *self)
{
  orm_watch_remove_companions (self);
  g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  orm_watch_unref (self);
}
