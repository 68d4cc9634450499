/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ORM_ERROR (orm_error_quark ())

typedef enum
{
  ORM_ERROR_FAILED,
  ORM_ERROR_CANT_OPEN,      /* no such folder, no permission */
  ORM_ERROR_NOT_A_DATABASE, /* the file is something else */
  ORM_ERROR_CORRUPT,
  ORM_ERROR_UNKNOWN_FORMAT, /* its head says that SQLite may not write to it: a later format, or damage */
  ORM_ERROR_READ_ONLY,
  ORM_ERROR_FULL,
  ORM_ERROR_BUSY,
  ORM_ERROR_IO,
  ORM_ERROR_NEWER_SCHEMA, /* written by a later version; left untouched */
  ORM_ERROR_CONSTRAINT,
  ORM_ERROR_STALE,    /* the row changed or vanished since it was read */
  ORM_ERROR_MISMATCH, /* mapping and schema disagree */
  ORM_ERROR_NO_ROW,
  ORM_ERROR_MANY_ROWS,
  ORM_ERROR_TOO_BIG,
  ORM_ERROR_INVALID,    /* a value, column or parameter that does not fit */
  ORM_ERROR_NOT_LOADED, /* a relation, or a column, that no query loaded */
  ORM_ERROR_DISPLACED,  /* the file is gone from where it was opened, or another one is there */
  ORM_ERROR_NO_MEMORY,
} OrmError;

GQuark orm_error_quark (void);

/* sqlite3_result: an extended result code. A cancelled call is G_IO_ERROR_CANCELLED, not one of these. */
OrmError orm_error_from_sqlite (int sqlite3_result);
struct sqlite3;
OrmError orm_error_of_connection (struct sqlite3 *connection, int sqlite3_result);

G_END_DECLS
