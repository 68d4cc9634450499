/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-connection.h"
#include "orm-parameter.h"
#include "orm-rows.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* One statement on its way to a thread of the database, and the plain values that it gives. Private to the mapper. */
typedef struct
{
  char      *sql;
  GArray    *values; /* of OrmValue, to bind */
  GPtrArray *names;  /* of a statement from outside: those of values; else NULL */
  gboolean   writes; /* of a statement from outside: whether it may */
  GError    *error;  /* of building */
  OrmRows   *rows;
  gint64     n_changed; /* rows that it inserted, updated or deleted */
} OrmPlain;

OrmPlain *orm_plain_new (void);
OrmPlain *orm_plain_new_sql (const char *sql, const OrmParameter *parameters, guint n_parameters, gboolean writes);
void      orm_plain_free (OrmPlain *self);

/* An OrmWork: runs the statement. */
gboolean orm_plain_run (OrmConnection *connection, gpointer plain, GCancellable *cancellable, GError **error);

/* The first value of the first row as a whole number. */
gint64 orm_plain_get_number (OrmPlain *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrmPlain, orm_plain_free)

G_END_DECLS
