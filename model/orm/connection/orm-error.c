/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-error.h"

#include <sqlite3.h>

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
    case SQLITE_TOOBIG:
      return ORM_ERROR_TOO_BIG;
    case SQLITE_RANGE:
    case SQLITE_MISMATCH:
      return ORM_ERROR_INVALID;
    default:
      return ORM_ERROR_FAILED;
    }
}
