/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-repair-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What could not be read is taken from the newest backup, note by note, and only that: a note that was changed since is
 * what the damaged file has of it, and what the backup has is put beside it. */

#define MAX_CHANGED_BITS 2

/* The columns that both have, as one of them may be of another version: "a, b". */
static char *
dup_common_columns (OctavoRepair *self, const char *table, const char *except, GError **error)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT group_concat ('\"' || name || '\"', ', ') FROM pragma_table_info ('%s', 'main') WHERE name <> '%s' AND "
      "name IN (SELECT name FROM pragma_table_info ('%s', 'backup'))",
      table, except, table);
  char *columns = NULL;

  return octavo_sqlite_get_text (self->copy, sql, &columns, error) ? columns : NULL;
}

static gboolean
run (OctavoRepair *self, const char *sql, gint64 first, gint64 second, GError **error)
{
  sqlite3_stmt *statement = octavo_sqlite_prepare (self->copy, sql, error);
  gboolean is_taken, is_done;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, first);
  if (sqlite3_bind_parameter_count (statement) > 1)
    sqlite3_bind_int64 (statement, 2, second);
  is_done = octavo_repair_step (self, statement, &is_taken, error);
  sqlite3_finalize (statement);
  return is_done;
}

/* Users and tags are known by their names: an id that is gone is given to another. */
static gboolean
take_tags_and_user (OctavoRepair *self, gint64 from, gint64 to, GError **error)
{
  return run (self,
              "INSERT OR IGNORE INTO main.user (name, folded, email, color, created) SELECT u.name, u.folded, u.email, "
              "u.color, u.created FROM backup.note n JOIN backup.user u ON u.id = n.user_id WHERE n.id = ?",
              from, 0, error) &&
         run (self,
              "UPDATE main.note SET user_id = ifnull ((SELECT m.id FROM backup.note n JOIN backup.user u ON u.id = "
              "n.user_id JOIN main.user m ON m.folded = u.folded WHERE n.id = ?1), user_id) WHERE id = ?2",
              from, to, error) &&
         run (self,
              "INSERT OR IGNORE INTO main.tag (name, folded, color) SELECT t.name, t.folded, t.color FROM "
              "backup.note_tag nt JOIN backup.tag t ON t.id = nt.tag_id WHERE nt.note_id = ?",
              from, 0, error) &&
         run (self,
              "INSERT OR IGNORE INTO main.note_tag (note_id, tag_id) SELECT ?2, m.id FROM backup.note_tag nt JOIN "
              "backup.tag t ON t.id = nt.tag_id JOIN main.tag m ON m.folded = t.folded WHERE nt.note_id = ?1",
              from, to, error);
}

/* to: 0: as a new note; gets its id */
static gboolean
take_note (OctavoRepair *self, gint64 from, gint64 *to, GError **error)
{
  g_autofree char *columns = dup_common_columns (self, "note", "id", error);
  g_autofree char *sql = NULL;

  if (columns == NULL)
    return FALSE;
  if (*to != 0 && !run (self, "DELETE FROM main.note WHERE id = ?", *to, 0, error))
    return FALSE;
  sql = g_strdup_printf ("INSERT INTO main.note (id, %s) SELECT nullif (?2, 0), %s FROM backup.note WHERE id = ?1",
                         columns, columns);
  if (!run (self, sql, from, *to, error))
    return FALSE;
  if (*to == 0)
    *to = sqlite3_last_insert_rowid (self->copy);
  return take_tags_and_user (self, from, *to, error);
}

static gboolean
get_fate (OctavoRepair *self, gint64 id, OctavoRepairFate *fate)
{
  gpointer value;

  if (!g_hash_table_lookup_extended (self->fates, &id, NULL, &value))
    return FALSE;
  *fate = GPOINTER_TO_INT (value);
  return TRUE;
}

/* Bits that turned in a text leave it as long as it was. */
static gboolean
is_turned (const char *text, const char *other)
{
  gsize length = strlen (text);
  guint n_bits = 0;

  if (length != strlen (other))
    return FALSE;
  for (gsize i = 0; i < length && n_bits <= MAX_CHANGED_BITS; i++)
    n_bits += (guint) __builtin_popcount ((guint) ((guint8) text[i] ^ (guint8) other[i]));
  return n_bits > 0 && n_bits <= MAX_CHANGED_BITS;
}

/* A text that is another one than the backup has, though the note was not changed since. */
static gboolean
find_turned (OctavoRepair *self, GError **error)
{
  sqlite3_stmt *statement =
      octavo_sqlite_prepare (self->copy,
                             "SELECT m.id, m.title, b.title, m.body, b.body FROM main.note m JOIN backup.note b ON "
                             "b.id = m.id AND b.updated = m.updated WHERE m.title <> b.title OR m.body <> b.body",
                             error);
  int result;

  if (statement == NULL)
    return FALSE;
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      gint64 id = sqlite3_column_int64 (statement, 0);

      if (is_turned ((const char *) sqlite3_column_text (statement, 1),
                     (const char *) sqlite3_column_text (statement, 2)) ||
          is_turned ((const char *) sqlite3_column_text (statement, 3),
                     (const char *) sqlite3_column_text (statement, 4)))
        octavo_repair_set_fate (self, id, OCTAVO_REPAIR_DOUBTFUL);
    }
  sqlite3_finalize (statement);
  return result == SQLITE_DONE || octavo_sqlite_set_error (self->copy, result, error);
}

typedef struct
{
  gint64 id;
  gboolean is_there;     /* in the new file */
  gboolean is_unchanged; /* since the backup */
  char *title;
} Candidate;

static void
clear_candidate (gpointer data)
{
  g_free (((Candidate *) data)->title);
}

/* (element-type Candidate): the notes of the backup. */
static GArray *
list_backup (OctavoRepair *self, GError **error)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (Candidate));
  sqlite3_stmt *statement =
      octavo_sqlite_prepare (self->copy,
                             "SELECT b.id, m.id IS NOT NULL, m.updated IS b.updated, b.title FROM backup.note b "
                             "LEFT JOIN main.note m ON m.id = b.id",
                             error);
  int result = SQLITE_ERROR;

  g_array_set_clear_func (list, clear_candidate);
  if (statement == NULL)
    return NULL;
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      Candidate each = {
        .id = sqlite3_column_int64 (statement, 0),
        .is_there = sqlite3_column_int (statement, 1) != 0,
        .is_unchanged = sqlite3_column_int (statement, 2) != 0,
        .title = g_strdup ((const char *) sqlite3_column_text (statement, 3)),
      };

      g_array_append_val (list, each);
    }
  if (result != SQLITE_DONE)
    octavo_sqlite_set_error (self->copy, result, error);
  sqlite3_finalize (statement);
  return result == SQLITE_DONE ? g_steal_pointer (&list) : NULL;
}

/* Whether it is known of each note that there was, so that what is in the backup only was deleted since. */
gboolean
octavo_repair_knows_all_notes (OctavoRepair *self)
{
  return octavo_salvage_get_n_traced (self->salvage) > 0 ||
         !self->lacks[octavo_salvage_schema_find (self->tables, "note")];
}

static gboolean
fill_in_note (OctavoRepair *self, const Candidate *each, GError **error)
{
  OctavoRepairFate fate = OCTAVO_REPAIR_LOST;
  gboolean is_known = get_fate (self, each->id, &fate);
  gint64 to = each->id;

  if (each->is_there ? !is_known : !is_known && octavo_repair_knows_all_notes (self))
    return TRUE;
  if (!each->is_there || each->is_unchanged)
    {
      octavo_repair_report_add (self->report, each->id, each->title, OCTAVO_REPAIR_FROM_BACKUP, 0);
      g_hash_table_remove (self->fates, &each->id);
      return take_note (self, each->id, &to, error);
    }
  /* it was changed since: what is left of that, and beside it what it was */
  to = 0;
  if (!take_note (self, each->id, &to, error))
    return FALSE;
  octavo_repair_report_add (self->report, each->id, each->title, fate, to);
  g_hash_table_remove (self->fates, &each->id);
  return TRUE;
}

/* Rows of the other tables that are missing; of none that is there. */
static gboolean
fill_in_table (OctavoRepair *self, const char *name, GError **error)
{
  g_autofree char *exists =
      g_strdup_printf ("SELECT count (*) FROM backup.sqlite_schema WHERE type = 'table' AND name = '%s'", name);
  g_autofree char *columns = NULL;
  g_autofree char *sql = NULL;
  gint64 n_tables = 0;

  if (!octavo_sqlite_get_int64 (self->copy, exists, &n_tables, error))
    return FALSE;
  if (n_tables == 0)
    return TRUE;
  columns = dup_common_columns (self, name, "", error);
  if (columns == NULL)
    return FALSE;
  sql = g_strdup_printf ("INSERT OR IGNORE INTO main.\"%s\" (%s) SELECT %s FROM backup.\"%s\"", name, columns, columns,
                         name);
  return octavo_sqlite_execute (self->copy, sql, error);
}

static gboolean
fill_in_tables (OctavoRepair *self, GError **error)
{
  for (guint i = 0; i < self->tables->len; i++)
    {
      const OctavoSalvageTable *table = g_ptr_array_index (self->tables, i);

      if (table->table == NULL && table->is_kept && !table->is_index && self->lacks[i] &&
          !g_str_equal (table->name, "note") && !g_str_has_prefix (table->name, "undo_") &&
          !fill_in_table (self, table->name, error))
        return FALSE;
    }
  return TRUE;
}

/* Tags are taken off notes without a change of their date: of those that are there nobody knows whether they lack. */
static gboolean
fill_in_tags (OctavoRepair *self, GError **error)
{
  int index = octavo_salvage_schema_find (self->tables, "note_tag");

  return index < 0 || !self->lacks[index] ||
         octavo_sqlite_execute (self->copy,
                                "INSERT OR IGNORE INTO main.note_tag (note_id, tag_id) SELECT nt.note_id, m.id FROM "
                                "backup.note_tag nt JOIN backup.tag t ON t.id = nt.tag_id JOIN main.tag m ON m.folded "
                                "= t.folded WHERE nt.note_id IN (SELECT id FROM main.note)",
                                error);
}

/* Takes from the backup what the damaged file does not have any more. */
gboolean
octavo_repair_fill_in (OctavoRepair *self, GError **error)
{
  g_autoptr (GArray) list = NULL;

  if (!self->has_backup)
    return TRUE;
  if (!fill_in_tables (self, error) || !find_turned (self, error) || (list = list_backup (self, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    if (!fill_in_note (self, &g_array_index (list, Candidate, i), error))
      return FALSE;
  return fill_in_tags (self, error);
}
