/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-error.h"

#include <errno.h>
#include <sqlite3.h>
#include <sys/statvfs.h>

G_DEFINE_QUARK (orm - error - quark, orm_error)

/**
 * orm_error_from_sqlite:
 * @sqlite3_result: a result code of SQLite, plain or extended
 *
 * Maps a result of SQLite to the code that a caller decides by. Any thread.
 *
 * Returns: the code in %ORM_ERROR
 */
OrmError
orm_error_from_sqlite (int sqlite3_result)
{
  switch (sqlite3_result & 0xff)
    {
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return ORM_ERROR_CANT_OPEN;
    case SQLITE_NOTADB:
      return ORM_ERROR_NOT_A_DATABASE;
    case SQLITE_CORRUPT:
    case SQLITE_FORMAT:
      return ORM_ERROR_CORRUPT;
    case SQLITE_READONLY:
      return ORM_ERROR_READ_ONLY;
    case SQLITE_FULL:
      return ORM_ERROR_FULL;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return ORM_ERROR_BUSY;
    case SQLITE_IOERR:
    case SQLITE_NOLFS:
      return ORM_ERROR_IO;
    case SQLITE_CONSTRAINT:
      return ORM_ERROR_CONSTRAINT;
    case SQLITE_NOMEM:
      return ORM_ERROR_NO_MEMORY;
    case SQLITE_TOOBIG:
      return ORM_ERROR_TOO_BIG;
    case SQLITE_RANGE:
    case SQLITE_MISMATCH:
      return ORM_ERROR_INVALID;
    default:
      return ORM_ERROR_FAILED;
    }
}

/* kind: which file of it. What the system said when it was last asked in vain. */
static int
get_errno (sqlite3 *connection, const char *name, int kind)
{
  sqlite3_file *file = NULL;
  int last_errno = 0;

  sqlite3_file_control (connection, name, kind, &file);
  /* A journal in memory has nothing to say. */
  if (file != NULL && file->pMethods != NULL && file->pMethods->xFileControl != NULL)
    file->pMethods->xFileControl (file, SQLITE_FCNTL_LAST_ERRNO, &last_errno);
  return last_errno;
}

static gboolean
has_failed (sqlite3 *connection, const char *name, int reason)
{
  return get_errno (connection, name, SQLITE_FCNTL_FILE_POINTER) == reason ||
         get_errno (connection, name, SQLITE_FCNTL_JOURNAL_POINTER) == reason;
}

/* Who opens a file makes a small one beside it, and SQLite does not say why that cannot be. */
static gboolean
has_no_room (sqlite3 *connection)
{
  const char *path = sqlite3_db_filename (connection, "main");
  struct statvfs disk;

  return path != NULL && statvfs (path, &disk) == 0 && disk.f_bavail == 0;
}

/**
 * orm_error_of_connection:
 * @connection: the connection that gave it
 * @sqlite3_result: a result code of SQLite, plain or extended
 *
 * Maps a result of SQLite to the code that a caller decides by. What a disk refuses to read SQLite calls a damaged
 * file; it may well be whole, and is not to be replaced by another. A disk that has become one to be read only, as it
 * does when the system no longer trusts it, it calls one that fails. The thread of the connection.
 *
 * Returns: the code in %ORM_ERROR
 */
OrmError
orm_error_of_connection (sqlite3 *connection, int sqlite3_result)
{
  OrmError error = orm_error_from_sqlite (sqlite3_result);
  const char *name;

  for (int i = 0; (name = sqlite3_db_name (connection, i)) != NULL; i++)
    if (error == ORM_ERROR_CORRUPT && has_failed (connection, name, EIO))
      error = ORM_ERROR_IO;
    else if (error == ORM_ERROR_IO && has_failed (connection, name, EROFS))
      error = ORM_ERROR_READ_ONLY;
  if (sqlite3_result == SQLITE_IOERR_SHMSIZE && has_no_room (connection))
    error = ORM_ERROR_FULL;
  return error;
}
