/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-repair-private.h"

#include "octavo-excerpt.h"

#include <string.h>

/* Of a note whatever could be read is worth having. What several places say of it is compared: the row itself, the
 * indexes, and what is derived from its text. */

#define FEW_BYTES 8 /* in which an excerpt may be another one without being that of another text */

typedef struct
{
  gint64 id;
  guint index; /* of the row */
} Found;

typedef struct
{
  OctavoRepair *repair;
  const OctavoSalvageTable *table;
  guint table_index;
  int title, excerpt, body, updated, pinned;
  GHashTable *missing; /* id → OctavoSalvageTrace: indexes know them, and there is no row of that id */
  OctavoSalvageRow row;
  OctavoSalvageRow other;
  sqlite3_stmt *insert;
  guint n_columns; /* of it */
} Notes;

/* Says what became of a note, which is no better than what was said of it before. */
void
octavo_repair_set_fate (OctavoRepair *self, gint64 id, OctavoRepairFate fate)
{
  g_hash_table_replace (self->fates, g_memdup2 (&id, sizeof id), GINT_TO_POINTER ((int) fate));
}

/* A text that a person may have written has no zeros, and is UTF-8. */
static char *
dup_clean (const char *bytes, gsize length, gboolean is_cut, OctavoSalvageState *state)
{
  gsize kept = length;
  const char *end;
  char *text;

  while (kept > 0 && bytes[kept - 1] == '\0')
    kept--;
  if (kept < length)
    *state = OCTAVO_SALVAGE_CUT;
  /* in the middle of a character */
  if ((is_cut || kept < length) && !g_utf8_validate_len (bytes, kept, &end) && (gsize) (end - bytes) + 4 > kept)
    kept = (gsize) (end - bytes);
  text = g_strndup (bytes, kept);
  if (memchr (bytes, '\0', kept) == NULL && g_utf8_validate (text, -1, NULL))
    return text;
  *state = MAX (*state, OCTAVO_SALVAGE_DOUBTFUL);
  g_free (text);
  return g_utf8_make_valid (bytes, (gssize) kept);
}

static gint64
get_int64 (const Notes *self, const OctavoSalvageRow *row, int column)
{
  gint64 value = 0;

  octavo_salvage_row_get_int64 (row, (guint) column, &value);
  return value;
}

static gboolean
is_better (const Notes *self, const OctavoSalvageRow *row, const OctavoSalvageRow *than)
{
  if (row->state != than->state)
    return row->state < than->state;
  return get_int64 (self, row, self->updated) > get_int64 (self, than, self->updated);
}

/* Of several rows of one id the best one: one may be on a page that was left over. */
static void
read_best (Notes *self, const Found *found, guint n_found)
{
  octavo_salvage_read_row (self->repair->salvage, self->table_index, found[0].index, &self->row);
  for (guint i = 1; i < n_found; i++)
    {
      OctavoSalvageRow swap;

      octavo_salvage_read_row (self->repair->salvage, self->table_index, found[i].index, &self->other);
      if (!is_better (self, &self->other, &self->row))
        continue;
      swap = self->row;
      self->row = self->other;
      self->other = swap;
    }
}

/* Its row says another id than it had: a note of this title and date is missing. */
static gint64
find_right_id (Notes *self, gint64 id, const char *title)
{
  GHashTableIter iter;
  gpointer key, value;

  if (octavo_salvage_get_n_traced (self->repair->salvage) < 2 ||
      g_hash_table_contains (octavo_salvage_get_traces (self->repair->salvage), &id))
    return id;
  g_hash_table_iter_init (&iter, self->missing);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const OctavoSalvageTrace *trace = value;

      if (g_strcmp0 (trace->title, title) == 0 && trace->updated == get_int64 (self, &self->row, self->updated))
        return *(const gint64 *) key;
    }
  return id;
}

/* Whether indexes say something else of it than its row does. */
static gboolean
is_contradicted (Notes *self, gint64 id, const char *title)
{
  const OctavoSalvageTrace *trace = g_hash_table_lookup (octavo_salvage_get_traces (self->repair->salvage), &id);

  if (trace == NULL)
    return octavo_salvage_get_n_traced (self->repair->salvage) >= 2;
  return (trace->title != NULL && !g_str_equal (trace->title, title)) ||
         (trace->updated != 0 && trace->updated != get_int64 (self, &self->row, self->updated));
}

/* As long as the one that belongs to the text, and a little different: one of them has changed. */
static gboolean
is_nearly (const char *excerpt, const char *expected)
{
  gsize length = strlen (excerpt);
  guint n_other = 0;

  if (length != strlen (expected))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    n_other += excerpt[i] != expected[i] ? 1 : 0;
  return n_other > 0 && n_other <= FEW_BYTES;
}

static gboolean
prepare_insert (Notes *self, GError **error)
{
  g_autofree char *sql = NULL;

  if (self->insert != NULL && self->n_columns == self->row.n_fields)
    return TRUE;
  sqlite3_finalize (self->insert);
  self->n_columns = self->row.n_fields;
  sql = octavo_repair_dup_insert (self->table, self->table->name, self->n_columns);
  self->insert = octavo_sqlite_prepare (self->repair->copy, sql, error);
  return self->insert != NULL;
}

static void
bind_texts (Notes *self, OctavoSalvageState *state)
{
  for (guint i = 0; i < self->row.n_fields; i++)
    {
      const OctavoSalvageColumn *column = &g_array_index (self->table->columns, OctavoSalvageColumn, i);
      gsize length;
      const char *bytes = octavo_salvage_row_get_bytes (&self->row, i, &length);
      g_autofree char *text = NULL;
      gint64 value = 0;

      if (column->type == 'T')
        {
          gboolean is_cut = length < self->row.fields[i].length;

          text = dup_clean (bytes != NULL ? bytes : "", length, is_cut, state);
          sqlite3_bind_text (self->insert, (int) i + 1, text, -1, SQLITE_TRANSIENT);
        }
      else if (!column->is_rowid && column->type == 'I' && !octavo_salvage_row_get_int64 (&self->row, i, &value))
        sqlite3_bind_int64 (self->insert, (int) i + 1, 0);
    }
}

/* What is bound already is looked at: it is what will be read. */
static char *
dup_text (Notes *self, int column, OctavoSalvageState *state)
{
  gsize length;
  const char *bytes = octavo_salvage_row_get_bytes (&self->row, (guint) column, &length);

  return dup_clean (bytes != NULL ? bytes : "", length,
                    column < (int) self->row.n_fields && length < self->row.fields[column].length, state);
}

/* Puts in the row that was read. */
static gboolean
put_in (Notes *self, GError **error)
{
  OctavoSalvageState state = self->row.state;
  g_autofree char *title = dup_text (self, self->title, &state);
  g_autofree char *body = dup_text (self, self->body, &state);
  g_autofree char *excerpt = dup_text (self, self->excerpt, &state);
  g_autofree char *expected = octavo_excerpt_new (body, title);
  gint64 id = find_right_id (self, self->row.rowid, title);
  gboolean is_taken = FALSE;

  if (!prepare_insert (self, error))
    return FALSE;
  self->row.rowid = id;
  octavo_repair_bind (self->insert, self->table, &self->row);
  bind_texts (self, &state);
  sqlite3_bind_text (self->insert, self->excerpt + 1, expected, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (self->insert, self->pinned + 1, get_int64 (self, &self->row, self->pinned) != 0);
  if (!octavo_repair_step (self->repair, self->insert, &is_taken, error))
    return FALSE;
  if (state != OCTAVO_SALVAGE_CUT && (is_contradicted (self, id, title) || is_nearly (excerpt, expected)))
    state = OCTAVO_SALVAGE_DOUBTFUL;
  if (is_taken)
    g_hash_table_remove (self->missing, &id);
  if (is_taken && state != OCTAVO_SALVAGE_WHOLE)
    octavo_repair_set_fate (self->repair, id, state == OCTAVO_SALVAGE_CUT ? OCTAVO_REPAIR_CUT : OCTAVO_REPAIR_DOUBTFUL);
  if (!is_taken)
    self->repair->lacks[self->table_index] = TRUE;
  return TRUE;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const Found *first = a, *second = b;

  return first->id < second->id ? -1 : first->id > second->id;
}

/* A changed number in one index makes up a note that never was. */
static void
find_missing (Notes *self, const GArray *found)
{
  g_autoptr (GHashTable) there = g_hash_table_new (g_int64_hash, g_int64_equal);
  guint least = octavo_salvage_get_n_traced (self->repair->salvage) >= 2 ? 2 : 1;
  GHashTableIter iter;
  gpointer key, value;

  for (guint i = 0; i < found->len; i++)
    g_hash_table_add (there, &g_array_index (found, Found, i).id);
  g_hash_table_iter_init (&iter, octavo_salvage_get_traces (self->repair->salvage));
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (((OctavoSalvageTrace *) value)->n_votes >= least && !g_hash_table_contains (there, key))
      g_hash_table_insert (self->missing, key, value);
}

static gboolean
put_all_in (Notes *self, GError **error)
{
  OctavoRepair *repair = self->repair;
  guint n_rows = octavo_salvage_get_n_rows (repair->salvage, self->table_index);
  g_autoptr (GArray) found = g_array_sized_new (FALSE, FALSE, sizeof (Found), n_rows);

  for (guint i = 0; i < n_rows; i++)
    {
      Found each = { octavo_salvage_get_rowid (repair->salvage, self->table_index, i), i };

      g_array_append_val (found, each);
    }
  g_array_sort (found, compare);
  find_missing (self, found);
  for (guint i = 0, n; i < found->len; i += n)
    {
      const Found *first = &g_array_index (found, Found, i);

      for (n = 1; i + n < found->len && first[n].id == first->id; n++)
        ;
      read_best (self, first, n);
      if (self->row.n_fields > 0 && self->row.rowid > 0 && !put_in (self, error))
        return FALSE;
    }
  return TRUE;
}

static void
tell_missing (Notes *self)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->missing);
  while (g_hash_table_iter_next (&iter, &key, &value))
    octavo_repair_set_fate (self->repair, *(const gint64 *) key, OCTAVO_REPAIR_LOST);
}

/* Puts in the notes that were read, and says of which not all, or nothing, was. */
gboolean
octavo_repair_notes (OctavoRepair *repair, GError **error)
{
  int index = octavo_salvage_schema_find (repair->tables, "note");
  const OctavoSalvageTable *table = g_ptr_array_index (repair->tables, index);
  Notes self = {
    .repair = repair,
    .table = table,
    .table_index = (guint) index,
    .title = octavo_salvage_table_find_column (table, "title"),
    .excerpt = octavo_salvage_table_find_column (table, "excerpt"),
    .body = octavo_salvage_table_find_column (table, "body"),
    .updated = octavo_salvage_table_find_column (table, "updated"),
    .pinned = octavo_salvage_table_find_column (table, "pinned"),
    .missing = g_hash_table_new (g_int64_hash, g_int64_equal),
  };
  gboolean is_done;

  octavo_salvage_row_init (&self.row);
  octavo_salvage_row_init (&self.other);
  is_done = put_all_in (&self, error);
  tell_missing (&self);
  sqlite3_finalize (self.insert);
  octavo_salvage_row_clear (&self.row);
  octavo_salvage_row_clear (&self.other);
  g_hash_table_unref (self.missing);
  return is_done;
}
