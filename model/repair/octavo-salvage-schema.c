/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-salvage-schema.h"

#include "octavo-sqlite.h"

#include <string.h>

static void
clear_column (gpointer data)
{
  g_free (((OctavoSalvageColumn *) data)->name);
}

static void
table_free (gpointer data)
{
  OctavoSalvageTable *self = data;

  g_free (self->name);
  g_free (self->table);
  g_array_unref (self->columns);
  g_free (self);
}

static OctavoSalvageTable *
table_new (const char *name, const char *table, guint32 root)
{
  OctavoSalvageTable *self = g_new0 (OctavoSalvageTable, 1);

  self->name = g_strdup (name);
  self->table = g_strdup (table);
  self->root = root;
  self->is_index = table != NULL;
  self->columns = g_array_new (FALSE, TRUE, sizeof (OctavoSalvageColumn));
  g_array_set_clear_func (self->columns, clear_column);
  return self;
}

/* What triggers and the search fill, and what SQLite keeps for itself. */
static gboolean
is_kept (const char *name)
{
  return !g_str_has_prefix (name, "search_") && !g_str_has_prefix (name, "sqlite_") &&
         !g_str_equal (name, "note_change");
}

static gboolean
add_columns (OctavoSalvageTable *self, sqlite3 *model, const char *sql, GError **error)
{
  sqlite3_stmt *statement = octavo_sqlite_prepare (model, sql, error);
  int result = SQLITE_ERROR;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, self->name, -1, SQLITE_STATIC);
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      const char *type = (const char *) sqlite3_column_text (statement, 1);
      OctavoSalvageColumn column = {
        .name = g_strdup ((const char *) sqlite3_column_text (statement, 0)),
        .type = type != NULL && *type != '\0' ? *type : 'A',
        .is_not_null = sqlite3_column_int (statement, 2) != 0,
        .is_rowid = sqlite3_column_int (statement, 3) != 0,
      };

      g_array_append_val (self->columns, column);
    }
  if (result != SQLITE_DONE)
    octavo_sqlite_set_error (model, result, error);
  sqlite3_finalize (statement);
  return result == SQLITE_DONE;
}

/* wr: of a table without rowid, where the columns of the key come first. */
static gboolean
read_table (OctavoSalvageTable *self, sqlite3 *model, gboolean wr, GError **error)
{
  self->is_index = wr;
  self->is_kept = is_kept (self->name);
  return add_columns (self, model,
                      wr ? "SELECT name, upper (type), 1, 0 FROM pragma_table_info (?) ORDER BY pk = 0, pk, cid"
                         : "SELECT name, upper (type), \"notnull\" OR pk, "
                           "pk = 1 AND upper (type) = 'INTEGER' AND 1 = (SELECT sum (pk > 0) FROM "
                           "pragma_table_info (?1)) FROM pragma_table_info (?1) ORDER BY cid",
                      error);
}

/* Of an index only those of rows are looked at that have a rowid, which stands last. */
static gboolean
read_index (OctavoSalvageTable *self, sqlite3 *model, GError **error)
{
  return add_columns (self, model,
                      "SELECT ifnull (x.name, ''), upper (ifnull ((SELECT c.type FROM sqlite_schema s, "
                      "pragma_table_info (s.tbl_name) c WHERE s.name = ?1 AND c.cid = x.cid), 'INTEGER')), 0, 0 "
                      "FROM pragma_index_xinfo (?1) x ORDER BY x.seqno",
                      error);
}

/* The table of tables, which says nothing of itself. */
static OctavoSalvageTable *
make_schema_table (void)
{
  static const OctavoSalvageColumn columns[] = {
    { .name = (char *) "type", .type = 'T', .is_not_null = TRUE },
    { .name = (char *) "name", .type = 'T', .is_not_null = TRUE },
    { .name = (char *) "tbl_name", .type = 'T', .is_not_null = TRUE },
    { .name = (char *) "rootpage", .type = 'I' },
    { .name = (char *) "sql", .type = 'T' },
  };
  OctavoSalvageTable *self = table_new ("sqlite_schema", NULL, 1);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      OctavoSalvageColumn column = columns[i];

      column.name = g_strdup (column.name);
      g_array_append_val (self->columns, column);
    }
  return self;
}

/**
 * octavo_salvage_schema_read:
 * @model: a file with the tables of the present version, and nothing in them
 * @error: where to put an error
 *
 * Returns: (transfer full) (nullable) (element-type OctavoSalvageTable): the tables and indexes
 */
GPtrArray *
octavo_salvage_schema_read (sqlite3 *model, GError **error)
{
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (table_free);
  sqlite3_stmt *statement =
      octavo_sqlite_prepare (model,
                             "SELECT s.name, s.type = 'index', s.tbl_name, s.rootpage, "
                             "ifnull ((SELECT wr FROM pragma_table_list (s.name)), 0) FROM sqlite_schema s "
                             "WHERE s.type IN ('table', 'index') AND s.rootpage > 0 ORDER BY s.rootpage",
                             error);
  gboolean is_good = statement != NULL;
  int result = SQLITE_DONE;

  g_ptr_array_add (tables, make_schema_table ());
  while (is_good && (result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      gboolean is_index = sqlite3_column_int (statement, 1) != 0;
      OctavoSalvageTable *table = table_new ((const char *) sqlite3_column_text (statement, 0),
                                             is_index ? (const char *) sqlite3_column_text (statement, 2) : NULL,
                                             (guint32) sqlite3_column_int64 (statement, 3));

      g_ptr_array_add (tables, table);
      is_good = is_index ? read_index (table, model, error)
                         : read_table (table, model, sqlite3_column_int (statement, 4) != 0, error);
    }
  if (is_good && result != SQLITE_DONE)
    is_good = octavo_sqlite_set_error (model, result, error);
  sqlite3_finalize (statement);
  return is_good ? g_steal_pointer (&tables) : NULL;
}

/**
 * octavo_salvage_schema_find:
 * @tables: (element-type OctavoSalvageTable): the tables and indexes
 * @name: of one
 *
 * Returns: which it is; -1: none
 */
int
octavo_salvage_schema_find (const GPtrArray *tables, const char *name)
{
  for (guint i = 0; i < tables->len; i++)
    if (g_str_equal (((OctavoSalvageTable *) g_ptr_array_index (tables, i))->name, name))
      return (int) i;
  return -1;
}

/**
 * octavo_salvage_table_find_column:
 * @self: a table or an index
 * @name: of a column
 *
 * Returns: where it stands in the record; -1: nowhere
 */
int
octavo_salvage_table_find_column (const OctavoSalvageTable *self, const char *name)
{
  for (guint i = 0; i < self->columns->len; i++)
    if (g_str_equal (g_array_index (self->columns, OctavoSalvageColumn, i).name, name))
      return (int) i;
  return -1;
}

static OctavoSalvageFit
fit_column (const OctavoSalvageColumn *column, const OctavoRecordField *field)
{
  gboolean is_right;

  if (column->is_rowid)
    return octavo_record_field_is_null (field) ? OCTAVO_SALVAGE_FIT_WELL : OCTAVO_SALVAGE_FIT_NOT;
  if (octavo_record_field_is_null (field))
    return column->is_not_null ? OCTAVO_SALVAGE_FIT_NOT : OCTAVO_SALVAGE_FIT_WELL;
  switch (column->type)
    {
    case 'I':
      is_right = octavo_record_field_is_integer (field);
      return is_right                              ? OCTAVO_SALVAGE_FIT_WELL
             : octavo_record_field_is_real (field) ? OCTAVO_SALVAGE_FIT_NEARLY
                                                   : OCTAVO_SALVAGE_FIT_NOT;
    case 'T':
    case 'B':
      is_right = column->type == 'T' ? octavo_record_field_is_text (field) : octavo_record_field_is_blob (field);
      return is_right                                                                     ? OCTAVO_SALVAGE_FIT_WELL
             : octavo_record_field_is_text (field) || octavo_record_field_is_blob (field) ? OCTAVO_SALVAGE_FIT_NEARLY
                                                                                          : OCTAVO_SALVAGE_FIT_NOT;
    case 'R':
      return octavo_record_field_is_real (field) || octavo_record_field_is_integer (field) ? OCTAVO_SALVAGE_FIT_WELL
                                                                                           : OCTAVO_SALVAGE_FIT_NOT;
    default:
      return OCTAVO_SALVAGE_FIT_WELL;
    }
}

/**
 * octavo_salvage_table_fit:
 * @self: a table or an index
 * @fields: (array length=n_fields): what a record has
 * @n_fields: how many columns it has; those that were added to the table since may be missing
 *
 * Returns: how well it may be a row of it
 */
OctavoSalvageFit
octavo_salvage_table_fit (const OctavoSalvageTable *self, const OctavoRecordField *fields, guint n_fields)
{
  OctavoSalvageFit worst = n_fields == self->columns->len ? OCTAVO_SALVAGE_FIT_WELL : OCTAVO_SALVAGE_FIT_NEARLY;

  if (n_fields == 0 || n_fields > self->columns->len)
    return OCTAVO_SALVAGE_FIT_NOT;
  for (guint i = 0; i < n_fields && worst != OCTAVO_SALVAGE_FIT_NOT; i++)
    worst = MIN (worst, fit_column (&g_array_index (self->columns, OctavoSalvageColumn, i), &fields[i]));
  return worst;
}

/**
 * octavo_salvage_table_dup_columns:
 * @self: a table
 * @n_columns: how many of its columns
 *
 * Returns: (transfer full): the first of them as SQL names them, with commas
 */
char *
octavo_salvage_table_dup_columns (const OctavoSalvageTable *self, guint n_columns)
{
  GString *sql = g_string_new (NULL);

  for (guint i = 0; i < n_columns; i++)
    g_string_append_printf (sql, "%s\"%s\"", i > 0 ? ", " : "",
                            g_array_index (self->columns, OctavoSalvageColumn, i).name);
  return g_string_free (sql, FALSE);
}
