/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-schema.h"

#include "octavo-migrations.h"

#include <gio/gio.h>

/* The indexes of the tables, the triggers, and the two tables that these fill hold nothing that a person wrote, and can
 * be made again. What they ought to be is what the migrations make of an empty file. */
typedef struct
{
  char *type;
  char *name;
  char *sql;
} Part;

static void
part_free (gpointer data)
{
  Part *part = data;

  g_free (part->type);
  g_free (part->name);
  g_free (part->sql);
  g_free (part);
}

/* (element-type Part) (nullable): tables first, as the others are about them */
static GPtrArray *
read_parts (const OrmMigration *migrations, guint n_migrations, GError **error)
{
  g_autoptr (OrmConnection) connection = orm_connection_new (":memory:", ORM_OPEN_CREATE, error);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (part_free);
  OrmStatement *statement;
  OrmStep step;

  if (connection == NULL || !orm_migrate (connection, migrations, n_migrations, error))
    return NULL;
  statement = orm_connection_prepare (connection,
                                      "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND "
                                      "(type IN ('index', 'trigger') OR name IN ('search_queue', 'note_change')) "
                                      "ORDER BY type <> 'table'",
                                      error);
  if (statement == NULL)
    return NULL;
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    {
      Part *part = g_new0 (Part, 1);

      part->type = g_strdup (orm_statement_get_text (statement, 0, NULL));
      part->name = g_strdup (orm_statement_get_text (statement, 1, NULL));
      part->sql = g_strdup (orm_statement_get_text (statement, 2, NULL));
      g_ptr_array_add (parts, part);
    }
  return step == ORM_STEP_DONE ? g_steal_pointer (&parts) : NULL;
}

/* sql: (out) (transfer full): what it is in the file; NULL: it is not there */
static gboolean
find_part (OrmConnection *connection, const Part *part, char **sql, GError **error)
{
  OrmStatement *statement =
      orm_connection_prepare (connection, "SELECT sql FROM sqlite_schema WHERE type = ? AND name = ?", error);
  OrmStep step;

  *sql = NULL;
  if (statement == NULL)
    return FALSE;
  orm_statement_bind_text (statement, 1, part->type, -1);
  orm_statement_bind_text (statement, 2, part->name, -1);
  step = orm_statement_step (statement, error);
  if (step == ORM_STEP_ROW)
    *sql = g_strdup (orm_statement_get_text (statement, 0, NULL));
  orm_statement_reset (statement);
  return step != ORM_STEP_ERROR;
}

static gboolean
mend_part (OrmConnection *connection, const Part *part, GPtrArray *mended, GError **error)
{
  g_autofree char *present = NULL;

  if (!find_part (connection, part, &present, error))
    return FALSE;
  if (g_strcmp0 (present, part->sql) == 0)
    return TRUE;
  if (present != NULL)
    {
      g_autofree char *drop = g_strdup_printf ("DROP %s %s", part->type, part->name);

      if (!orm_connection_execute (connection, drop, error))
        return FALSE;
    }
  g_ptr_array_add (mended, g_strdup (part->name));
  return orm_connection_execute (connection, part->sql, error);
}

/**
 * octavo_schema_break_log:
 * @connection: in a transaction that writes
 * @error: where to put an error
 *
 * Whoever keeps the order of all notes does not know how much was not written down, and reads all of them anew where
 * the log does not go on from what it knows.
 *
 * Returns: whether it does not go on
 */
gboolean
octavo_schema_break_log (OrmConnection *connection, GError **error)
{
  return orm_connection_execute (connection,
                                 "INSERT INTO note_change (seq, note_id) "
                                 "SELECT ifnull (max (seq), 0) + 1000000 + abs (random () % 1000000), 0 "
                                 "FROM note_change;"
                                 "DELETE FROM note_change WHERE seq < (SELECT max (seq) FROM note_change)",
                                 error);
}

static int
compare_migrations (gconstpointer a, gconstpointer b)
{
  return (int) ((const OrmMigration *) a)->version - (int) ((const OrmMigration *) b)->version;
}

/**
 * octavo_schema_load_migrations:
 *
 * The steps lie in the program as NNNN-NAME.sql: a new one is a new file, and nothing else. Any thread.
 *
 * Returns: (transfer full) (element-type OrmMigration): the steps, in order
 */
GArray *
octavo_schema_load_migrations (void)
{
  GResource *resource = octavo_migrations_get_resource ();
  GArray *migrations = g_array_new (FALSE, FALSE, sizeof (OrmMigration));
  g_auto (GStrv) names = NULL;
  g_autoptr (GError) error = NULL;

  names = g_resource_enumerate_children (resource, APPLICATION_PATH "/migrations", 0, &error);
  g_assert_no_error (error);
  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (APPLICATION_PATH "/migrations/", names[i], NULL);
      g_autoptr (GBytes) data = g_resource_lookup_data (resource, path, 0, NULL);
      OrmMigration migration = {
        .version = (guint) g_ascii_strtoull (names[i], NULL, 10),
        .name = g_intern_string (names[i]),
        .sql = g_bytes_get_data (data, NULL), /* ends in a zero, and stays as long as the program */
      };

      g_array_append_val (migrations, migration);
    }
  g_array_sort (migrations, compare_migrations);
  return migrations;
}

/**
 * octavo_schema_mend:
 * @connection: in a transaction that writes
 * @migrations: (array length=n_migrations): what makes the schema
 * @n_migrations: how many there are
 * @mended: (element-type utf8): gets the names of what was missing, or was something else
 * @error: where to put an error
 *
 * Makes the indexes and triggers again that are not what the migrations make. The search index is to be compared with
 * the notes after that. Writing thread.
 *
 * Returns: whether all of them are there
 */
gboolean
octavo_schema_mend (OrmConnection *connection,
                    const OrmMigration *migrations,
                    guint n_migrations,
                    GPtrArray *mended,
                    GError **error)
{
  g_autoptr (GPtrArray) parts = read_parts (migrations, n_migrations, error);
  gboolean is_log_mended = FALSE;

  if (parts == NULL)
    return FALSE;
  for (guint i = 0; i < parts->len; i++)
    if (!mend_part (connection, g_ptr_array_index (parts, i), mended, error))
      return FALSE;
  for (guint i = 0; i < mended->len; i++)
    is_log_mended |= g_str_has_prefix (g_ptr_array_index (mended, i), "note_change");
  return !is_log_mended || octavo_schema_break_log (connection, error);
}
