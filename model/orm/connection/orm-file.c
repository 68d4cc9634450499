/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-file.h"
#include "orm-connection-private.h"
#include "orm-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Looks at a file before SQLite opens it for writing, as that alone would leave a log beside it and, for a file that is
 * not ours, change it. All reading goes through SQLite: closing a file that was opened by other means drops the locks
 * that this process has on it. */

typedef struct
{
  gint64 application_id;
  gint64 version;
  gint64 n_objects;
} Header;

OrmFileLook
orm_file_look (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *memory = g_strconcat (path, "-shm", NULL);
  OrmFileLook look = { 0 };
  GStatBuf info;
  gboolean has_log = g_stat (log, &info) == 0;
  gboolean is_full = has_log && info.st_size > 0;
  gboolean has_memory = g_stat (memory, &info) == 0;

  look.is_still = !is_full && !(has_log && has_memory);
  look.is_left = is_full && !has_memory;
  if (g_stat (path, &info) == 0)
    {
      look.nanoseconds = info.st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000) + info.st_mtim.tv_nsec;
      look.size = info.st_size;
      look.inode = info.st_ino;
    }
  return look;
}

OrmFileIdentity
orm_file_identify (const char *path)
{
  OrmFileIdentity identity = { 0 };
  GStatBuf info;

  if (g_stat (path, &info) == 0)
    {
      identity.device = info.st_dev;
      identity.inode = info.st_ino;
    }
  return identity;
}

gboolean
orm_file_identity_equal (const OrmFileIdentity *a, const OrmFileIdentity *b)
{
  return a->device == b->device && a->inode == b->inode;
}

gboolean
orm_file_look_equal (const OrmFileLook *a, const OrmFileLook *b)
{
  return a->is_still == b->is_still && a->nanoseconds == b->nanoseconds && a->size == b->size && a->inode == b->inode;
}

char *
orm_file_resolve (const char *path)
{
  char *resolved = realpath (path, NULL);
  char *copy = g_strdup (resolved != NULL ? resolved : path);

  free (resolved);
  return copy;
}

gboolean
orm_file_is_locked (const char *path)
{
  g_autofree char *real = orm_file_resolve (path);
  g_autofree char *folder = g_path_get_dirname (real);

  return g_access (real, F_OK) == 0 && (g_access (real, W_OK) != 0 || g_access (folder, W_OK | X_OK) != 0);
}

gboolean
orm_file_copy (const char *path, const char *to, GError **error)
{
  const char *const endings[] = { "", "-wal" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *from_path = g_strconcat (path, endings[i], NULL);
      g_autofree char *to_path = g_strconcat (to, endings[i], NULL);
      g_autoptr (GFile) from_file = g_file_new_for_path (from_path);
      g_autoptr (GFile) to_file = g_file_new_for_path (to_path);
      g_autoptr (GError) problem = NULL;

      if (g_file_copy (from_file, to_file, G_FILE_COPY_TARGET_DEFAULT_PERMS, NULL, NULL, NULL, &problem))
        continue;
      g_set_error (error, ORM_ERROR,
                   g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ? ORM_ERROR_FULL : ORM_ERROR_CANT_OPEN,
                   _ ("“%s” cannot be opened: %s"), path, problem->message);
      return FALSE;
    }
  return TRUE;
}

/* A file that was being made when the power was cut has a journal of what it was before, without which it cannot be
 * understood. Whoever may write to it and reads it by SQLite takes it back; whether that went well the reading says. */
static void
take_back (const char *path)
{
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);
  sqlite3 *file = NULL;

  if (g_access (journal, F_OK) != 0)
    return;
  if (sqlite3_open_v2 (path, &file, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK)
    sqlite3_exec (file, "PRAGMA schema_version", NULL, NULL, NULL);
  sqlite3_close (file);
}

static gboolean
read_header (const char *path, Header *header, GError **error)
{
  OrmFileLook look = orm_file_look (path);
  g_autoptr (OrmConnection) connection = NULL;

  /* A log that is there holds the truth; where there is none, reading leaves no trace. */
  if (look.is_still)
    connection = orm_connection_new_immutable (path, error);
  else
    connection = orm_connection_new (path, ORM_OPEN_READ_ONLY, error);

  return connection != NULL &&
         orm_connection_get_int64 (connection, "PRAGMA application_id", &header->application_id, error) &&
         orm_connection_get_int64 (connection, "PRAGMA user_version", &header->version, error) &&
         orm_connection_get_int64 (connection, "SELECT count (*) FROM sqlite_schema", &header->n_objects, error);
}

static void
describe (const char *name, GError **error)
{
  g_autofree char *detail = NULL;

  if (error == NULL || *error == NULL || (*error)->domain != ORM_ERROR)
    return;

  detail = g_steal_pointer (&(*error)->message);
  switch ((*error)->code)
    {
    case ORM_ERROR_NOT_A_DATABASE:
      (*error)->message = g_strdup_printf (_ ("“%s” is not a database. Choose another file."), name);
      break;
    case ORM_ERROR_CORRUPT:
      (*error)->message = g_strdup_printf (_ ("“%s” is damaged (%s). Restore it from a backup."), name, detail);
      break;
    case ORM_ERROR_BUSY:
      (*error)->message =
          g_strdup_printf (_ ("“%s” is in use by another program. Close that program and try again."), name);
      break;
    case ORM_ERROR_CANT_OPEN:
    case ORM_ERROR_IO:
    case ORM_ERROR_NO_MEMORY:
      (*error)->message = g_steal_pointer (&detail); /* SQLite knows no more than the code says */
      break;
    default:
      (*error)->message = g_strdup_printf (_ ("“%s” cannot be opened: %s"), name, detail);
      break;
    }
}

static gboolean
check_missing (const char *path, const char *name, OrmOpenFlags flags, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if ((flags & ORM_OPEN_CREATE) == 0 || (flags & ORM_OPEN_READ_ONLY) != 0)
    g_set_error (error, ORM_ERROR, ORM_ERROR_CANT_OPEN, _ ("There is no file “%s”."), name);
  else if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    g_set_error (error, ORM_ERROR, ORM_ERROR_CANT_OPEN,
                 _ ("“%s” cannot be made, as there is no such folder. Make the folder first."), name);
  else if (g_access (folder, W_OK | X_OK) != 0)
    g_set_error (error, ORM_ERROR, ORM_ERROR_CANT_OPEN,
                 _ ("“%s” cannot be made, as its folder cannot be written. Choose another folder."), name);
  else
    return TRUE;
  return FALSE;
}

/* SQLite takes a file of one byte, which it left on some systems itself, for an empty one, and would write over it. */
static gboolean
is_one_byte (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0 && info.st_size == 1;
}

static gboolean
check_access (const char *path, const char *name, OrmOpenFlags flags, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  gboolean folder_is_writable = g_access (folder, W_OK | X_OK) == 0;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    g_set_error (error, ORM_ERROR, ORM_ERROR_CANT_OPEN, _ ("“%s” is not a file. Choose another one."), name);
  else if (g_access (path, R_OK) != 0)
    g_set_error (error, ORM_ERROR, ORM_ERROR_CANT_OPEN,
                 _ ("“%s” cannot be read: permission denied. Choose another file, or change who may read it."), name);
  else if (is_one_byte (path))
    g_set_error (error, ORM_ERROR, ORM_ERROR_NOT_A_DATABASE, _ ("“%s” is not a database. Choose another file."), name);
  else if (flags & ORM_OPEN_READ_ONLY)
    return TRUE;
  else if (folder_is_writable && g_access (path, W_OK) == 0)
    return TRUE;
  else if (folder_is_writable)
    g_set_error (error, ORM_ERROR, ORM_ERROR_READ_ONLY, _ ("“%s” cannot be written: permission denied."), name);
  else
    g_set_error (error, ORM_ERROR, ORM_ERROR_READ_ONLY,
                 _ ("“%s” cannot be written, as its folder cannot. Move it to another folder."), name);
  return FALSE;
}

static gboolean
check_header (const Header *header,
              const char *name,
              gboolean read_only,
              gint32 application_id,
              guint n_migrations,
              GError **error)
{
  gboolean ours = application_id != 0 ? header->application_id == application_id : header->version != 0;

  if (n_migrations > 0 && !ours && (header->n_objects > 0 || header->version != 0 || read_only))
    g_set_error (error, ORM_ERROR, ORM_ERROR_NOT_A_DATABASE,
                 _ ("“%s” is a database of another program. Choose another file."), name);
  else if (n_migrations > 0 && header->version > n_migrations)
    g_set_error (error, ORM_ERROR, ORM_ERROR_NEWER_SCHEMA,
                 _ ("“%s” was written by a newer version of this program. Install that version to open it."), name);
  else if (read_only && header->version < n_migrations)
    g_set_error (error, ORM_ERROR, ORM_ERROR_MISMATCH,
                 _ ("“%s” was written by an older version of this program. Open it for writing once to bring it up to "
                    "date."),
                 name);
  else
    return TRUE;
  return FALSE;
}

/* Whether the path can be opened, without writing anything. application_id 0 and n_migrations 0 mean not to ask for
 * it. */
gboolean
orm_file_check (const char *path,
                const char *name,
                OrmOpenFlags flags,
                gint32 application_id,
                guint n_migrations,
                OrmFileState *state,
                GError **error)
{
  g_autofree char *real = NULL;
  char *resolved;
  Header header = { 0 };

  *state = (OrmFileState){ 0 };
  resolved = realpath (path, NULL);
  if (resolved == NULL && (errno == ENOENT || errno == ENOTDIR))
    {
      state->missing = TRUE;
      return check_missing (path, name, flags, error);
    }
  if (resolved == NULL)
    {
      g_set_error (error, ORM_ERROR, ORM_ERROR_CANT_OPEN, _ ("“%s” cannot be opened: %s"), name, g_strerror (errno));
      return FALSE;
    }
  real = g_strdup (resolved);
  free (resolved);

  if (!check_access (real, name, flags, error))
    return FALSE;
  if ((flags & ORM_OPEN_READ_ONLY) == 0)
    take_back (real);
  if (!read_header (real, &header, error))
    {
      describe (name, error);
      return FALSE;
    }
  return check_header (&header, name, (flags & ORM_OPEN_READ_ONLY) != 0, application_id, n_migrations, error);
}

/* Makes an empty file that only its owner can read; SQLite gives its companions the same mode. A link that leads to
 * nothing yet is followed, as it is by SQLite, which would have others read what it makes. */
gboolean
orm_file_create (const char *path, GError **error)
{
  gboolean is_link = g_file_test (path, G_FILE_TEST_IS_SYMLINK);
  int descriptor = g_open (path, O_CREAT | (is_link ? 0 : O_EXCL) | O_WRONLY | O_CLOEXEC, 0600);

  if (descriptor < 0 && errno != EEXIST)
    {
      g_autofree char *name = g_filename_display_name (path);

      g_set_error (error, ORM_ERROR, errno == ENOSPC ? ORM_ERROR_FULL : ORM_ERROR_CANT_OPEN,
                   _ ("“%s” cannot be made: %s"), name, g_strerror (errno));
      return FALSE;
    }
  return descriptor < 0 || g_close (descriptor, error);
}
