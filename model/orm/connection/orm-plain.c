/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-plain.h"
#include "orm-connection-private.h"
#include "orm-error.h"
#include "orm-parameter-private.h"
#include "orm-rows-private.h"
#include "orm-sql.h"
#include "orm-value-private.h"

OrmPlain *
orm_plain_new (void)
{
  OrmPlain *self = g_new0 (OrmPlain, 1);

  self->values = orm_value_array_new ();
  return self;
}

OrmPlain *
orm_plain_new_sql (const char *sql, const OrmParameter *parameters, guint n_parameters, gboolean writes)
{
  OrmPlain *self = orm_plain_new ();

  self->sql = g_strdup (sql);
  self->names = orm_parameters_copy (parameters, n_parameters, self->values);
  self->writes = writes;
  return self;
}

void
orm_plain_free (OrmPlain *self)
{
  g_clear_pointer (&self->rows, orm_rows_unref);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_array_unref (self->values);
  g_clear_error (&self->error);
  g_free (self->sql);
  g_free (self);
}

static gboolean
orm_plain_bind (OrmPlain *self, OrmStatement *statement, GError **error)
{
  if (self->names != NULL)
    return orm_sql_check (self->sql, statement, self->writes, error) &&
           orm_parameters_bind (self->names, self->values, statement, error);
  for (guint i = 0; i < self->values->len; i++)
    orm_statement_bind_value (statement, (int) i + 1, &g_array_index (self->values, OrmValue, i));
  return TRUE;
}

gboolean
orm_plain_run (OrmConnection *connection, gpointer plain, GCancellable *cancellable, GError **error)
{
  OrmPlain *self = plain;
  OrmStatement *statement;
  OrmStep step;
  gint64 n_before;

  if (self->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      return FALSE;
    }
  statement = orm_connection_prepare (connection, self->sql, error);
  if (statement == NULL || !orm_plain_bind (self, statement, error))
    return FALSE;

  n_before = sqlite3_total_changes64 (connection->handle);
  g_clear_pointer (&self->rows, orm_rows_unref);
  self->rows = orm_rows_new ((guint) sqlite3_column_count (statement->handle));
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    orm_rows_append (self->rows, statement);
  /* What changes the schema leaves the number of the statement before it. */
  if (step == ORM_STEP_DONE && sqlite3_total_changes64 (connection->handle) != n_before)
    self->n_changed = orm_connection_get_n_changes (connection);
  orm_statement_reset (statement);
  return step == ORM_STEP_DONE;
}

gint64
orm_plain_get_number (OrmPlain *self)
{
  return orm_rows_get (self->rows, 0, 0)->int64;
}
