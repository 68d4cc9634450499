/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-connection.h"

G_BEGIN_DECLS

/* One numbered step of the schema; released ones never change. */
typedef struct
{
  guint       version; /* 1, 2, …, without a gap; kept in PRAGMA user_version */
  const char *name;
  const char *sql;
} OrmMigration;

/* Brings the file to the last version, each step in one transaction with a foreign key check before its commit. */
gboolean orm_migrate (OrmConnection *connection, const OrmMigration *migrations, guint n_migrations, GError **error);

G_END_DECLS
