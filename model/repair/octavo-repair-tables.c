/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-repair-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Everything but notes, whatever tables there are: a row is taken as it is, or not at all. */

static void
bind_field (sqlite3_stmt *statement,
            int position,
            const OctavoSalvageRow *row,
            const OctavoRecordField *field,
            char type)
{
  const char *bytes = (const char *) row->bytes->data + field->offset;
  guint64 bits;
  double real;

  if (octavo_record_field_is_null (field) || field->offset + field->length > row->bytes->len)
    sqlite3_bind_null (statement, position);
  else if (octavo_record_field_is_integer (field))
    sqlite3_bind_int64 (statement, position, octavo_record_field_get_int64 (field, row->bytes->data));
  else if (octavo_record_field_is_real (field))
    {
      bits = (guint64) octavo_record_field_get_int64 (field, row->bytes->data);
      memcpy (&real, &bits, sizeof real);
      sqlite3_bind_double (statement, position, real);
    }
  else if (octavo_record_field_is_text (field) || type == 'T')
    sqlite3_bind_text64 (statement, position, bytes, field->length, SQLITE_TRANSIENT, SQLITE_UTF8);
  else
    sqlite3_bind_blob64 (statement, position, bytes, field->length, SQLITE_TRANSIENT);
}

/* statement: with a parameter for each column of the row */
void
octavo_repair_bind (sqlite3_stmt *statement, const OctavoSalvageTable *table, const OctavoSalvageRow *row)
{
  for (guint i = 0; i < row->n_fields; i++)
    {
      const OctavoSalvageColumn *column = &g_array_index (table->columns, OctavoSalvageColumn, i);

      if (column->is_rowid)
        sqlite3_bind_int64 (statement, (int) i + 1, row->rowid);
      else
        bind_field (statement, (int) i + 1, row, &row->fields[i], column->type);
    }
}

/* Runs a statement that puts a row in. is_taken (out): FALSE where it does not fit; which is no error */
gboolean
octavo_repair_step (OctavoRepair *self, sqlite3_stmt *statement, gboolean *is_taken, GError **error)
{
  int changes = sqlite3_total_changes (self->copy);
  int result = sqlite3_step (statement);
  int reset = sqlite3_reset (statement);

  *is_taken = result == SQLITE_DONE && sqlite3_total_changes (self->copy) > changes;
  if (result == SQLITE_DONE || (reset & 0xff) == SQLITE_CONSTRAINT || (reset & 0xff) == SQLITE_MISMATCH)
    return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
  return octavo_sqlite_set_error (self->copy, reset, error);
}

/* Tells something about what is no note, once. */
void
octavo_repair_remark (OctavoRepair *self, const char *text)
{
  if (!g_ptr_array_find_with_equal_func (self->report->remarks, text, g_str_equal, NULL))
    g_ptr_array_add (self->report->remarks, g_strdup (text));
}

/* A statement that puts the first columns of a row in. */
char *
octavo_repair_dup_insert (const OctavoSalvageTable *table, const char *into, guint n_columns)
{
  g_autofree char *columns = octavo_salvage_table_dup_columns (table, n_columns);
  GString *sql = g_string_new (NULL);

  g_string_printf (sql, "INSERT OR IGNORE INTO main.\"%s\" (%s) VALUES (?", into, columns);
  for (guint i = 1; i < n_columns; i++)
    g_string_append (sql, ", ?");
  g_string_append_c (sql, ')');
  return g_string_free (sql, FALSE);
}

/* into: of the index of a table, the table. It says as much. n_taken: (out) (optional): how many were not there yet */
static gboolean
take_rows (OctavoRepair *self, guint index, const char *into, guint *n_taken, GError **error)
{
  const OctavoSalvageTable *table = g_ptr_array_index (self->tables, index);
  g_auto (OctavoSalvageRow) row = { 0 };
  sqlite3_stmt *statement = NULL;
  guint n_columns = 0;
  gboolean is_good = TRUE;

  octavo_salvage_row_init (&row);
  for (guint i = 0; i < octavo_salvage_get_n_rows (self->salvage, index) && is_good; i++)
    {
      gboolean is_taken = FALSE;

      octavo_salvage_read_row (self->salvage, index, i, &row);
      if (row.n_fields > 0 && row.n_fields != n_columns)
        {
          g_autofree char *sql = octavo_repair_dup_insert (table, into, row.n_fields);

          sqlite3_finalize (statement);
          n_columns = row.n_fields;
          statement = octavo_sqlite_prepare (self->copy, sql, error);
          is_good = statement != NULL;
        }
      if (is_good && row.n_fields > 0 && row.state == OCTAVO_SALVAGE_WHOLE && octavo_salvage_row_agrees (&row, table))
        {
          octavo_repair_bind (statement, table, &row);
          is_good = octavo_repair_step (self, statement, &is_taken, error);
        }
      if (is_taken && n_taken != NULL)
        *n_taken += 1;
      /* of what both have, the second is not taken */
      if (!is_taken && g_str_equal (into, table->name))
        self->lacks[index] = TRUE;
    }
  sqlite3_finalize (statement);
  return is_good;
}

static gboolean
is_undo (const char *name)
{
  return g_str_has_prefix (name, "undo_");
}

/* A step of which half is missing would be undone by half. */
static gboolean
is_undo_whole (OctavoRepair *self)
{
  for (guint i = 0; i < self->tables->len; i++)
    {
      const OctavoSalvageTable *table = g_ptr_array_index (self->tables, i);

      if (table->is_kept && is_undo (table->name) && self->lacks[i])
        return FALSE;
    }
  return TRUE;
}

/* Both are whole, and do not agree. Nothing is dropped, as nothing tells which of them is right. n_taken: what the
 * index has beside the table */
static gboolean
are_in_doubt (OctavoRepair *self, guint table, guint index, guint n_taken)
{
  return octavo_salvage_is_complete (self->salvage, table) && octavo_salvage_is_complete (self->salvage, index) &&
         (n_taken > 0 ||
          octavo_salvage_get_n_rows (self->salvage, table) != octavo_salvage_get_n_rows (self->salvage, index));
}

static gboolean
take_twins (OctavoRepair *self, GError **error)
{
  for (guint i = 0; i < self->tables->len; i++)
    {
      const OctavoSalvageTable *index = g_ptr_array_index (self->tables, i);
      int parent = index->table != NULL ? octavo_salvage_schema_find (self->tables, index->table) : -1;
      const OctavoSalvageTable *table = parent >= 0 ? g_ptr_array_index (self->tables, parent) : NULL;
      guint n_taken = 0;

      if (table == NULL || !table->is_index || !table->is_kept)
        continue;
      if (!take_rows (self, i, table->name, &n_taken, error))
        return FALSE;
      if (g_str_equal (table->name, "note_tag") && are_in_doubt (self, (guint) parent, i, n_taken))
        octavo_repair_remark (self, _ ("Some notes may have tags that are not theirs."));
      /* either of them, read from end to end, has all */
      if (octavo_salvage_is_complete (self->salvage, i))
        self->lacks[parent] = FALSE;
    }
  return TRUE;
}

/* Puts in whatever was read of all tables but that of notes. */
gboolean
octavo_repair_tables (OctavoRepair *self, GError **error)
{
  for (guint i = 0; i < self->tables->len; i++)
    {
      const OctavoSalvageTable *table = g_ptr_array_index (self->tables, i);

      self->lacks[i] = !octavo_salvage_is_complete (self->salvage, i);
      if (table->table == NULL && table->is_kept && !g_str_equal (table->name, "note") &&
          !take_rows (self, i, table->name, NULL, error))
        return FALSE;
    }
  if (!take_twins (self, error))
    return FALSE;
  if (is_undo_whole (self))
    return TRUE;
  octavo_repair_remark (self, _ ("What was done before can no longer be undone."));
  return octavo_sqlite_execute (self->copy, "DELETE FROM undo_row; DELETE FROM undo_step", error);
}
