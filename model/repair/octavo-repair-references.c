/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-repair-private.h"

#include <glib/gi18n-lib.h>

/* What is left over once everything is in: rows that belong to others which are not there, and what to say of it. */

/* No id is given twice, whatever was lost. */
gboolean
octavo_repair_sequences (OctavoRepair *self, GError **error)
{
  int index = octavo_salvage_schema_find (self->tables, "sqlite_sequence");
  g_auto (OctavoSalvageRow) row = { 0 };
  sqlite3_stmt *statement = octavo_sqlite_prepare (
      self->copy, "INSERT INTO sqlite_sequence (name, seq) SELECT ?1, ?2 WHERE ?1 IN (SELECT name FROM sqlite_schema)",
      error);
  gboolean is_good = statement != NULL;

  octavo_salvage_row_init (&row);
  for (guint i = 0; is_good && index >= 0 && i < octavo_salvage_get_n_rows (self->salvage, (guint) index); i++)
    {
      g_autofree char *name = NULL;
      gint64 last = 0;
      gboolean is_taken;

      octavo_salvage_read_row (self->salvage, (guint) index, i, &row);
      name = octavo_salvage_row_dup_text (&row, 0);
      /* a bit that turned would leave no ids */
      if (name == NULL || !octavo_salvage_row_get_int64 (&row, 1, &last) || last < 0 || last > OCTAVO_REPAIR_MAX_ID)
        continue;
      sqlite3_bind_text (statement, 1, name, -1, SQLITE_STATIC);
      sqlite3_bind_int64 (statement, 2, last);
      is_good = octavo_repair_step (self, statement, &is_taken, error);
      if (g_str_equal (name, "note"))
        self->last_id = MAX (self->last_id, last);
    }
  sqlite3_finalize (statement);
  return is_good;
}

static gboolean
make_users (OctavoRepair *self, GError **error)
{
  gint64 n_missing;
  gboolean is_made;
  char *sql;

  if (!octavo_sqlite_get_int64 (self->copy,
                                "SELECT count (DISTINCT user_id) FROM note WHERE user_id NOT IN (SELECT id FROM user)",
                                &n_missing, error))
    return FALSE;
  if (n_missing == 0)
    return TRUE;
  octavo_repair_remark (self, _ ("The name of a user is lost, and was made anew from a number."));
  sql = sqlite3_mprintf ("INSERT OR IGNORE INTO user (id, name, folded, created) SELECT DISTINCT user_id, '%q ' || "
                         "user_id, lower ('%q ' || user_id), 0 FROM note WHERE user_id NOT IN (SELECT id FROM user)",
                         _ ("User"), _ ("User"));
  is_made = octavo_sqlite_execute (self->copy, sql, error);
  sqlite3_free (sql);
  return is_made && octavo_sqlite_execute (self->copy,
                                           "UPDATE note SET user_id = (SELECT min (id) FROM user) "
                                           "WHERE user_id NOT IN (SELECT id FROM user)",
                                           error);
}

/* Notes that belong together still do, whatever it was called. */
static gboolean
make_tags (OctavoRepair *self, GError **error)
{
  int tag = octavo_salvage_schema_find (self->tables, "tag");
  int changes = sqlite3_total_changes (self->copy);

  if (tag < 0 || !self->lacks[tag])
    return TRUE;
  if (!octavo_sqlite_execute (self->copy,
                              "INSERT OR IGNORE INTO tag (id, name, folded) SELECT DISTINCT tag_id, 'recovered-' || "
                              "tag_id, 'recovered-' || tag_id FROM note_tag WHERE tag_id NOT IN (SELECT id FROM tag) "
                              "AND tag_id > 0",
                              error))
    return FALSE;
  if (sqlite3_total_changes (self->copy) > changes)
    octavo_repair_remark (self, _ ("The names of some tags are lost; they are called “recovered-” and a number."));
  return TRUE;
}

/* What belongs to a row that is nowhere. */
static gboolean
drop_strays (OctavoRepair *self, GError **error)
{
  static const char find[] = "SELECT DISTINCT f.\"table\", (SELECT wr FROM pragma_table_list (f.\"table\")), "
                             "k.\"from\", f.parent, ifnull (k.\"to\", 'id') FROM pragma_foreign_key_check f JOIN "
                             "pragma_foreign_key_list (f.\"table\") k ON k.id = f.fkid";
  g_autoptr (GPtrArray) statements = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *statement = octavo_sqlite_prepare (self->copy, find, error);
  int result = SQLITE_ERROR;

  if (statement == NULL)
    return FALSE;
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    g_ptr_array_add (statements,
                     g_strdup_printf ("DELETE FROM main.\"%s\" WHERE \"%s\" NOT IN (SELECT \"%s\" FROM main.\"%s\")",
                                      sqlite3_column_text (statement, 0), sqlite3_column_text (statement, 2),
                                      sqlite3_column_text (statement, 4), sqlite3_column_text (statement, 3)));
  if (result != SQLITE_DONE)
    octavo_sqlite_set_error (self->copy, result, error);
  sqlite3_finalize (statement);
  for (guint i = 0; i < statements->len; i++)
    if (!octavo_sqlite_execute (self->copy, g_ptr_array_index (statements, i), error))
      return FALSE;
  return result == SQLITE_DONE;
}

static const char *
describe_lack (const char *table)
{
  if (g_str_equal (table, "note_tag") || g_str_equal (table, "tag"))
    return _ ("Some notes may lack tags.");
  if (g_str_equal (table, "user"))
    return _ ("A user who has no notes may be missing.");
  if (g_str_equal (table, "saved_search"))
    return _ ("Some saved searches may be missing.");
  if (g_str_equal (table, "note_origin"))
    return _ ("Of some notes it is no longer known from which file they were imported.");
  if (g_str_equal (table, "note_version"))
    return _ ("Earlier versions of some notes may be missing.");
  return NULL;
}

static void
tell_lacks (OctavoRepair *self)
{
  for (guint i = 0; i < self->tables->len; i++)
    {
      const OctavoSalvageTable *table = g_ptr_array_index (self->tables, i);
      const char *text = self->lacks[i] && table->table == NULL && table->is_kept ? describe_lack (table->name) : NULL;

      if (text != NULL)
        octavo_repair_remark (self, text);
    }
}

static char *
dup_title (OctavoRepair *self, gint64 id)
{
  OctavoSalvageTrace *trace = g_hash_table_lookup (octavo_salvage_get_traces (self->salvage), &id);
  sqlite3_stmt *statement = octavo_sqlite_prepare (self->copy, "SELECT title FROM note WHERE id = ?", NULL);
  char *title = NULL;

  sqlite3_bind_int64 (statement, 1, id);
  if (sqlite3_step (statement) == SQLITE_ROW)
    title = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  return title != NULL || trace == NULL ? title : g_strdup (trace->title);
}

/* Those that the backup could not help. */
static void
tell_fates (OctavoRepair *self)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->fates);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      g_autofree char *title = dup_title (self, *(const gint64 *) key);

      octavo_repair_report_add (self->report, *(const gint64 *) key, title, GPOINTER_TO_INT (value), 0);
    }
  octavo_repair_report_sort (self->report);
}

/* Ids below the last one that was given, of which nothing is known. */
static gboolean
count_notes (OctavoRepair *self, GError **error)
{
  guint n_beside = 0, n_told = 0;
  gint64 n_notes, last;

  for (guint i = 0; i < self->report->notes->len; i++)
    {
      const OctavoRepairNote *note = g_ptr_array_index (self->report->notes, i);

      n_beside += note->beside_id != 0 ? 1 : 0;
      n_told += note->fate == OCTAVO_REPAIR_LOST ? 0 : 1;
    }
  if (!octavo_sqlite_get_int64 (self->copy, "SELECT count (*) FROM note", &n_notes, error) ||
      !octavo_sqlite_get_int64 (self->copy, "SELECT ifnull (max (id), 0) FROM note", &last, error))
    return FALSE;
  self->report->n_whole = n_notes - n_beside - n_told;
  last = MAX (last - n_beside, self->last_id);
  if (!octavo_repair_knows_all_notes (self) && self->last_id == 0)
    self->report->n_unknown = -1;
  else if (!octavo_repair_knows_all_notes (self))
    self->report->n_unknown =
        MAX (last - (n_notes - n_beside) - octavo_repair_report_count (self->report, OCTAVO_REPAIR_LOST), 0);
  return TRUE;
}

/* Makes everything fit together, and says what could not be helped. */
gboolean
octavo_repair_references (OctavoRepair *self, GError **error)
{
  if (!make_users (self, error) || !make_tags (self, error) || !drop_strays (self, error))
    return FALSE;
  tell_lacks (self);
  tell_fates (self);
  return count_notes (self, error);
}
