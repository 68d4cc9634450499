/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-undo-sql.h"

#include "octavo-error.h"
#include "octavo-note-digest.h"
#include "octavo-note-sql.h"
#include "octavo-undo-tables.h"
#include "octavo-version-sql.h"

#include <glib/gi18n-lib.h>

/* Rows are taken back in the opposite order, each only where it is as it was left: what somebody else has made of it
 * since stays. The statements compare and copy by themselves, so that no text passes through here. */

typedef struct
{
  gint64 id;
  gint64 key;
  gint64 other;
  const char *place; /* interned */
  const char *what;  /* interned */
} Row;

typedef struct
{
  OrmConnection *connection;
  gint64 step_id;
  gint64 done;      /* when */
  GArray *rows;     /* of Row */
  GHashTable *kept; /* notes that stay, as they were changed since */
  GHashTable *left; /* notes of which something stays as it is */
  GHashTable *gone;
  GHashTable *statements; /* by their #OctavoUndoColumns */
  OctavoUndoResult *result;
} Apply;

static gboolean
remember (GHashTable *ids, gint64 id)
{
  return g_hash_table_add (ids, g_memdup2 (&id, sizeof id));
}

/* n: (out) (optional): how many rows it changed */
static gboolean
run (Apply *self, const char *sql, gint64 first, gint64 second, gint64 *n, GError **error)
{
  OrmStatement *statement = orm_connection_prepare (self->connection, sql, error);

  if (statement == NULL)
    return FALSE;
  orm_statement_bind_int64 (statement, 1, first);
  orm_statement_bind_int64 (statement, 2, second);
  if (!orm_statement_run (statement, error))
    return FALSE;
  if (n != NULL)
    *n = orm_connection_get_n_changes (self->connection);
  return TRUE;
}

/* A number or a text of the first row; 0 and NULL where there is none. text: (out) (optional) (transfer full) */
static gboolean
look (Apply *self, const char *sql, gint64 first, gint64 second, gint64 *number, char **text, GError **error)
{
  OrmStatement *statement = orm_connection_prepare (self->connection, sql, error);
  OrmStep step;

  if (statement == NULL)
    return FALSE;
  orm_statement_bind_int64 (statement, 1, first);
  orm_statement_bind_int64 (statement, 2, second);
  step = orm_statement_step (statement, error);
  if (step == ORM_STEP_ROW && number != NULL)
    *number = orm_statement_get_int64 (statement, 0);
  if (step == ORM_STEP_ROW && text != NULL)
    *text = g_strdup (orm_statement_get_text (statement, 0, NULL));
  orm_statement_reset (statement);
  return step != ORM_STEP_ERROR;
}

static void
report (Apply *self, gint64 note_id)
{
  orm_connection_report_change (self->connection, "note_tag", ORM_CHANGE_UPDATE, note_id);
}

static gboolean
is_place (const Row *row, const char *place, const char *what)
{
  return g_str_equal (row->place, place) && g_str_equal (row->what, what);
}

static gboolean
read_rows (Apply *self, GError **error)
{
  OrmStatement *statement =
      orm_connection_prepare (self->connection,
                              "SELECT id, key, other, place, what FROM undo_row WHERE step_id = ? ORDER BY id DESC",
                              error);
  OrmStep step;

  if (statement == NULL)
    return FALSE;
  orm_statement_bind_int64 (statement, 1, self->step_id);
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    {
      const Row row = {
        .id = orm_statement_get_int64 (statement, 0),
        .key = orm_statement_get_int64 (statement, 1),
        .other = orm_statement_get_int64 (statement, 2),
        .place = g_intern_string (orm_statement_get_text (statement, 3, NULL)),
        .what = g_intern_string (orm_statement_get_text (statement, 4, NULL)),
      };

      g_array_append_val (self->rows, row);
    }
  orm_statement_reset (statement);
  return step == ORM_STEP_DONE;
}

/* ---- Notes that were new ---- */

/* One that was changed since is not thrown away: it goes to the trash, with the tags that it has. */
static gboolean
keep_changed (Apply *self, const Row *row, GError **error)
{
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func ((GDestroyNotify) octavo_note_values_free);
  g_autofree char *before = NULL;
  g_autofree char *now = NULL;

  if (!octavo_note_sql_read (self->connection, &row->key, 1, TRUE, notes, NULL, error) ||
      !look (self, "SELECT new_1 FROM undo_row WHERE id = ? AND step_id = ?", row->id, self->step_id, NULL, &before,
             error))
    return FALSE;
  if (notes->len == 0)
    return TRUE;
  now = octavo_note_digest_new (notes->pdata[0]);
  if (before != NULL && octavo_note_digest_same_note (before, now))
    return TRUE;

  remember (self->kept, row->key);
  self->result->n_kept++;
  report (self, row->key);
  return run (self, "UPDATE note SET trashed = ?2 WHERE id = ?1 AND trashed = 0", row->key, g_get_real_time (), NULL,
              error);
}

static gboolean
keep_all_changed (Apply *self, GError **error)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = &g_array_index (self->rows, Row, i);

      if (is_place (row, "note", "insert") && !keep_changed (self, row, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
remove_note (Apply *self, const Row *row, GError **error)
{
  gint64 n;

  if (!run (self, "DELETE FROM note WHERE id = ?1 AND ?2 > 0", row->key, self->done, &n, error))
    return FALSE;
  if (n == 0)
    return TRUE;
  if (self->result->removed == NULL)
    self->result->removed = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (self->result->removed, row->key);
  report (self, row->key);
  self->result->n_done++;
  return TRUE;
}

/* Whom an import made, if nothing is theirs by now. */
static gboolean
remove_user (Apply *self, const Row *row, GError **error)
{
  return run (self,
              "DELETE FROM user WHERE id = ?1 AND created = (SELECT new_5 FROM undo_row WHERE undo_row.id = ?2) "
              "AND NOT EXISTS (SELECT 1 FROM note WHERE user_id = ?1) AND (SELECT count (*) FROM user) > 1",
              row->key, row->id, NULL, error);
}

/* ---- Rows that were changed ---- */

/* What has to be so beside the values. */
static const char *
get_condition (const OctavoUndoColumns *columns)
{
  if (g_str_equal (columns->table, "tag"))
    return "AND NOT EXISTS (SELECT 1 FROM tag AS same WHERE same.folded = r.old_2 AND same.id <> r.key) AND ?2 > 0";
  if (g_str_equal (columns->table, "note_origin"))
    return "AND NOT EXISTS (SELECT 1 FROM note_origin AS same WHERE same.location = r.old_1 AND same.note_id <> r.key) "
           "AND ?2 > 0";
  /* The id of a user who is gone may be somebody else's. */
  if (columns->columns[0] != NULL)
    return "AND (r.old_1 IS NULL OR EXISTS (SELECT 1 FROM user WHERE user.id = r.old_1 AND user.created <= ?2))";
  return "AND ?2 > 0";
}

static char *
make_update (const OctavoUndoColumns *columns)
{
  g_autoptr (GString) set = g_string_new (NULL);
  g_autoptr (GString) where = g_string_new (NULL);

  for (guint i = 0; i < OCTAVO_UNDO_MAX_COLUMNS; i++)
    {
      const char *name = columns->columns[i];

      if (name == NULL)
        continue;
      g_string_append_printf (set, "%s%s = ifnull (r.old_%u, %s.%s)", set->len > 0 ? ", " : "", name, i + 1,
                              columns->table, name);
      g_string_append_printf (where, "AND (r.new_%1$u IS NULL OR %2$s.%3$s IN (r.new_%1$u, r.old_%1$u)) ", i + 1,
                              columns->table, name);
    }
  return g_strdup_printf ("UPDATE %s SET %s FROM undo_row AS r WHERE r.id = ?1 AND %s.%s = r.key %s%s", columns->table,
                          set->str, columns->table, columns->key, where->str, get_condition (columns));
}

static gboolean
report_tag (Apply *self, gint64 tag_id, GError **error)
{
  OrmStatement *statement =
      orm_connection_prepare (self->connection, "SELECT note_id FROM note_tag WHERE tag_id = ?", error);
  OrmStep step;

  if (statement == NULL)
    return FALSE;
  orm_statement_bind_int64 (statement, 1, tag_id);
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    report (self, orm_statement_get_int64 (statement, 0));
  orm_statement_reset (statement);
  return step == ORM_STEP_DONE;
}

/* Of a note that is as it is, whether it is there at all. */
static gboolean
count_left (Apply *self, const Row *row, GError **error)
{
  gint64 there = 0;

  if (!g_str_equal (row->place, "note"))
    {
      self->result->n_left += g_str_equal (row->place, "tag");
      return TRUE;
    }
  if (!look (self, "SELECT 1 FROM note WHERE id = ? AND ? > 0", row->key, self->done, &there, NULL, error))
    return FALSE;
  remember (there != 0 ? self->left : self->gone, row->key);
  return TRUE;
}

/* What a note says that is about to get another title or text. state: of no note where it is not */
static gboolean
read_state (Apply *self, const Row *row, OctavoVersionState *state, GError **error)
{
  gint64 is_other = 0;

  if (!is_place (row, "note", "text"))
    return TRUE;
  if (!look (self, "SELECT old_6 IS NOT NULL OR old_10 IS NOT NULL FROM undo_row WHERE id = ? AND ? > 0", row->id,
             self->done, &is_other, NULL, error))
    return FALSE;
  return is_other == 0 || octavo_version_sql_read (self->connection, row->key, state, error);
}

static gboolean
take_back (Apply *self, const Row *row, const OctavoUndoColumns *columns, GError **error)
{
  const char *sql = g_hash_table_lookup (self->statements, columns);
  g_auto (OctavoVersionState) state = { 0 };
  gint64 n;

  if (sql == NULL)
    {
      sql = make_update (columns);
      g_hash_table_insert (self->statements, (gpointer) columns, (gpointer) sql);
    }
  if (!read_state (self, row, &state, error) || !run (self, sql, row->id, self->done, &n, error))
    return FALSE;
  if (n == 0)
    return count_left (self, row, error);
  if (state.note_id != 0 && !octavo_version_sql_add (self->connection, &state, OCTAVO_VERSION_UNDO, error))
    return FALSE;
  self->result->n_done++;
  if (g_str_equal (row->place, "tag"))
    return report_tag (self, row->key, error);
  if (!g_str_equal (row->place, "note"))
    return TRUE;
  self->result->note_id = row->key;
  report (self, row->key);
  return TRUE;
}

/* ---- Rows that were deleted ---- */

#define FREE_ID(table) "iif (EXISTS (SELECT 1 FROM " table " AS t WHERE t.id = r.key), NULL, r.key)"

static gboolean
bring_note (Apply *self, const Row *row, GError **error)
{
  gint64 n;

  /* Whose user is gone is the first one's. */
  if (!run (self,
            "INSERT INTO note (id, user_id, created, updated, trashed, pinned, title, excerpt, aliases, front_matter, "
            "body) SELECT r.key, ifnull ((SELECT id FROM user WHERE id = r.old_1 AND created <= ?2), "
            "(SELECT id FROM user ORDER BY id LIMIT 1)), r.old_2, r.old_3, r.old_4, r.old_5, r.old_6, r.old_7, "
            "r.old_8, r.old_9, r.old_10 FROM undo_row AS r "
            "WHERE r.id = ?1 AND NOT EXISTS (SELECT 1 FROM note WHERE id = r.key)",
            row->id, self->done, &n, error))
    return FALSE;
  if (n > 0)
    {
      self->result->note_id = row->key;
      self->result->n_done++;
    }
  return TRUE;
}

/* A note is back before its versions, as they went before it. */
static gboolean
bring_version (Apply *self, const Row *row, GError **error)
{
  gint64 there = 0;

  if (!look (self, "SELECT 1 FROM note, undo_row AS r WHERE r.id = ? AND note.id = r.old_1 AND ? > 0", row->id,
             self->done, &there, NULL, error))
    return FALSE;
  if (there == 0)
    {
      gint64 note_id = 0;

      if (!look (self, "SELECT old_1 FROM undo_row WHERE id = ? AND ? > 0", row->id, self->done, &note_id, NULL, error))
        return FALSE;
      remember (self->gone, note_id);
      return TRUE;
    }
  self->result->n_done++;
  return run (self,
              "INSERT INTO note_version (id, note_id, made, updated, reason, title, size, format, body) "
              "SELECT r.key, r.old_1, r.old_2, r.old_3, r.old_4, r.old_5, r.old_6, r.old_7, r.old_8 "
              "FROM undo_row AS r WHERE r.id = ?1 AND ?2 > 0 "
              "AND NOT EXISTS (SELECT 1 FROM note_version WHERE note_version.id = r.key)",
              row->id, self->done, NULL, error);
}

static gboolean
bring_origin (Apply *self, const Row *row, GError **error)
{
  return run (self,
              "INSERT INTO note_origin (note_id, location, file_digest, note_digest) "
              "SELECT r.key, r.old_1, r.old_2, r.old_3 FROM undo_row AS r WHERE r.id = ?1 AND ?2 > 0 "
              "AND EXISTS (SELECT 1 FROM note WHERE note.id = r.key) AND NOT EXISTS "
              "(SELECT 1 FROM note_origin AS o WHERE o.note_id = r.key OR o.location = r.old_1)",
              row->id, self->done, NULL, error);
}

/* Where there is one of that name by now, it is that one. */
static gboolean
bring_tag (Apply *self, const Row *row, GError **error)
{
  gint64 n;

  if (!run (self,
            "INSERT INTO tag (id, name, folded, color) SELECT " FREE_ID (
                "tag") ", r.old_1, r.old_2, r.old_3 "
                       "FROM undo_row AS r WHERE r.id = ?1 AND ?2 > 0 "
                       "AND NOT EXISTS (SELECT 1 FROM tag WHERE tag.folded = r.old_2)",
            row->id, self->done, &n, error))
    return FALSE;
  self->result->n_done++;
  return n > 0 || run (self,
                       "UPDATE tag SET color = r.old_3 FROM undo_row AS r "
                       "WHERE r.id = ?1 AND tag.folded = r.old_2 AND tag.color = '' AND ?2 > 0",
                       row->id, self->done, NULL, error);
}

/* The notes go back to the id that the user has then. */
static gboolean
bring_user (Apply *self, const Row *row, GError **error)
{
  g_autofree char *name = NULL;
  gint64 id;

  if (!look (self, "SELECT user.name FROM user, undo_row AS r WHERE r.id = ? AND user.folded = r.old_2 AND ? > 0",
             row->id, self->done, NULL, &name, error))
    return FALSE;
  if (name != NULL)
    {
      g_set_error (error, OCTAVO_ERROR, OCTAVO_ERROR_EXISTS,
                   _ ("Somebody is named “%s” here by now. Give that user another name, and try again."), name);
      return FALSE;
    }
  if (!run (self,
            "INSERT INTO user (id, name, folded, email, color, created) SELECT " FREE_ID (
                "user") ", r.old_1, r.old_2, r.old_3, r.old_4, r.old_5 FROM undo_row AS r WHERE r.id = ?1 AND ?2 > 0",
            row->id, self->done, NULL, error))
    return FALSE;
  id = orm_connection_get_last_insert_id (self->connection);
  self->result->n_done++;
  self->result->user_id = id;
  if (id == row->key)
    return TRUE;
  return run (self,
              "UPDATE undo_row SET old_1 = ?1 WHERE step_id = (SELECT step_id FROM undo_row WHERE id = ?2) "
              "AND place = 'note' AND what = 'update' AND old_1 = (SELECT key FROM undo_row WHERE id = ?2)",
              id, row->id, NULL, error);
}

static gboolean
bring_search (Apply *self, const Row *row, GError **error)
{
  g_autofree char *name = NULL;

  if (!look (self,
             "SELECT s.name FROM saved_search AS s, undo_row AS r WHERE r.id = ? AND s.folded = r.old_2 AND ? > 0",
             row->id, self->done, NULL, &name, error))
    return FALSE;
  if (name != NULL)
    {
      g_set_error (error, OCTAVO_ERROR, OCTAVO_ERROR_EXISTS,
                   _ ("There is a saved search “%s” by now. Give it another name, and try again."), name);
      return FALSE;
    }
  self->result->n_done++;
  return run (self,
              "INSERT INTO saved_search (id, name, folded, query, position) SELECT " FREE_ID (
                  "saved_search") ", r.old_1, r.old_2, r.old_3, r.old_4 FROM undo_row AS r WHERE r.id = ?1 AND ?2 > 0",
              row->id, self->done, NULL, error);
}

/* ---- Tags of notes ---- */

static gboolean
take_tag_off (Apply *self, const Row *row, GError **error)
{
  gint64 n;

  if (!run (self,
            "DELETE FROM note_tag WHERE (note_id, tag_id) = (SELECT r.key, tag.id FROM undo_row AS r "
            "JOIN tag ON tag.folded = r.new_1 WHERE r.id = ?1) AND ?2 > 0",
            row->id, self->done, &n, error))
    return FALSE;
  self->result->n_done += n > 0;
  report (self, row->key);
  return TRUE;
}

/* The tag may have gone with its last note since. */
static gboolean
give_tag_back (Apply *self, const Row *row, GError **error)
{
  gint64 there = 0;

  if (!look (self, "SELECT 1 FROM note WHERE id = ? AND ? > 0", row->key, self->done, &there, NULL, error))
    return FALSE;
  if (there == 0)
    {
      remember (self->gone, row->key);
      return TRUE;
    }
  self->result->n_done++;
  report (self, row->key);
  return run (self,
              "INSERT INTO tag (name, folded, color) SELECT r.old_2, r.old_1, r.old_3 FROM undo_row AS r "
              "WHERE r.id = ?1 AND ?2 > 0 AND NOT EXISTS (SELECT 1 FROM tag WHERE tag.folded = r.old_1)",
              row->id, self->done, NULL, error) &&
         run (self,
              "INSERT OR IGNORE INTO note_tag (note_id, tag_id) SELECT r.key, tag.id FROM undo_row AS r "
              "JOIN tag ON tag.folded = r.old_1 WHERE r.id = ?1 AND ?2 > 0",
              row->id, self->done, NULL, error);
}

/* ---- The step ---- */

static gboolean
apply_row (Apply *self, const Row *row, GError **error)
{
  static const struct
  {
    const char *place;
    const char *what;
    gboolean (*apply) (Apply *self, const Row *row, GError **error);
  } ways[] = {
    { "note", "insert", remove_note },          { "note", "delete", bring_note },
    { "note_origin", "delete", bring_origin },  { "tag", "delete", bring_tag },
    { "user", "insert", remove_user },          { "user", "delete", bring_user },
    { "saved_search", "delete", bring_search }, { "note_tag", "insert", take_tag_off },
    { "note_tag", "delete", give_tag_back },    { "note_version", "delete", bring_version },
  };

  if (g_hash_table_contains (self->kept, &row->key) &&
      (is_place (row, "note", "insert") || g_str_equal (row->place, "note_tag")))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    if (is_place (row, ways[i].place, ways[i].what))
      return ways[i].apply (self, row, error);
  for (gsize i = 0; i < G_N_ELEMENTS (octavo_undo_updates); i++)
    if (is_place (row, octavo_undo_updates[i].table, octavo_undo_updates[i].what))
      return take_back (self, row, &octavo_undo_updates[i], error);
  return TRUE; /* of a newer version */
}

static gboolean
apply_rows (Apply *self, GError **error)
{
  if (!read_rows (self, error) || !keep_all_changed (self, error))
    return FALSE;
  for (guint i = 0; i < self->rows->len; i++)
    if (!apply_row (self, &g_array_index (self->rows, Row, i), error))
      return FALSE;
  return octavo_note_sql_delete_unused_tags (self->connection, error);
}

static gboolean
check_step (Apply *self, GError **error)
{
  gint64 undone = -1;

  if (!look (self, "SELECT undone FROM undo_step WHERE id = ? AND ? >= 0", self->step_id, 0, &undone, NULL, error) ||
      !look (self, "SELECT done FROM undo_step WHERE id = ? AND ? >= 0", self->step_id, 0, &self->done, NULL, error))
    return FALSE;
  if (undone == 0)
    return TRUE;
  if (undone > 0)
    g_set_error_literal (error, OCTAVO_ERROR, OCTAVO_ERROR_UNDONE, _ ("That was undone already."));
  else
    g_set_error_literal (error, OCTAVO_ERROR, OCTAVO_ERROR_UNDONE,
                         _ ("That can be undone for a day, and it is longer ago, or the list was cleared."));
  return FALSE;
}

/* What was not taken back at all is to be tried again, and says why it was not. */
static gboolean
end (Apply *self, GError **error)
{
  OctavoUndoResult *result = self->result;
  guint n_left;

  result->n_left += g_hash_table_size (self->left);
  result->n_gone = g_hash_table_size (self->gone);
  n_left = result->n_left + result->n_gone;
  if (result->n_done == 0 && result->n_kept == 0 && n_left > 0)
    {
      if (result->n_left == 0)
        g_set_error (error, OCTAVO_ERROR, OCTAVO_ERROR_CHANGED,
                     ngettext ("The note was deleted since. Bring it back first, by undoing that.",
                               "The notes were deleted since. Bring them back first, by undoing that.", n_left));
      else
        g_set_error_literal (error, OCTAVO_ERROR, OCTAVO_ERROR_CHANGED,
                             _ ("What it was about was changed since, and stays as it is. Undo later changes first."));
      return FALSE;
    }
  return run (self, "UPDATE undo_step SET undone = ?2 WHERE id = ?1", self->step_id, g_get_real_time (), NULL, error) &&
         run (self, "UPDATE undo_step SET n_left = ?2 WHERE id = ?1", self->step_id, n_left + result->n_kept, NULL,
              error) &&
         (n_left > 0 ||
          run (self, "DELETE FROM undo_row WHERE step_id = ?1 AND ?2 > 0", self->step_id, self->done, NULL, error));
}

/* octavo_undo_apply:
 * @connection: the writing connection, in a transaction
 * @step_id: a step
 * @result: (out): what came of it
 * @error: return location
 *
 * Takes a step back, but for what was changed since. Sets %OCTAVO_ERROR_CHANGED where that is all, %OCTAVO_ERROR_UNDONE
 * where the step was undone already or is gone, %OCTAVO_ERROR_EXISTS where a name is taken by now.
 *
 * Returns: whether it was done */
gboolean
octavo_undo_apply (OrmConnection *connection, gint64 step_id, OctavoUndoResult *result, GError **error)
{
  Apply self = { .connection = connection, .step_id = step_id, .result = result };
  gboolean is_done;

  g_return_val_if_fail (connection != NULL && result != NULL, FALSE);

  octavo_undo_result_clear (result);
  self.rows = g_array_new (FALSE, FALSE, sizeof (Row));
  self.kept = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self.left = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self.gone = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self.statements = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  is_done = check_step (&self, error) && apply_rows (&self, error) && end (&self, error);
  g_array_unref (self.rows);
  g_hash_table_unref (self.kept);
  g_hash_table_unref (self.left);
  g_hash_table_unref (self.gone);
  g_hash_table_unref (self.statements);
  return is_done;
}
