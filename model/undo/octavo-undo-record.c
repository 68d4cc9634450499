/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-undo-sql.h"

#include "octavo-clock.h"
#include "octavo-note-digest.h"
#include "octavo-note-sql.h"
#include "octavo-undo-tables.h"

/* While something is done, triggers of the connection alone (TEMP) write down each row that it changes, whichever
 * statement does, foreign keys too. Otherwise there are none of them, and nothing costs more than it did. */

#define STEP "%1$" G_GINT64_FORMAT

/* An association is known by the name of its tag, as the id of a tag that is gone may be given to another. With a tag
 * its associations go when it is gone already, so they are written down before it. Of a note that is new its digest is
 * enough, which comes at the end. */
#define ASSOCIATIONS                                                                                                   \
  "CREATE TEMP TRIGGER undo_before_tag_delete BEFORE DELETE ON tag BEGIN "                                             \
  "INSERT INTO undo_row (step_id, place, what, key, other, old_1, old_2, old_3) "                                      \
  "SELECT " STEP ", 'note_tag', 'delete', note_id, tag_id, old.folded, old.name, old.color "                           \
  "FROM note_tag WHERE tag_id = old.id; END; "                                                                         \
  "CREATE TEMP TRIGGER undo_note_tag_delete AFTER DELETE ON note_tag BEGIN "                                           \
  "INSERT INTO undo_row (step_id, place, what, key, other, old_1, old_2, old_3) "                                      \
  "SELECT " STEP ", 'note_tag', 'delete', old.note_id, id, folded, name, color FROM tag WHERE id = old.tag_id; END; "  \
  "CREATE TEMP TRIGGER undo_note_tag_insert AFTER INSERT ON note_tag BEGIN "                                           \
  "INSERT INTO undo_row (step_id, place, what, key, other, new_1) "                                                    \
  "SELECT " STEP ", 'note_tag', 'insert', new.note_id, id, folded FROM tag WHERE id = new.tag_id; END; "               \
  "CREATE TEMP TRIGGER undo_note_insert AFTER INSERT ON note BEGIN "                                                   \
  "INSERT INTO undo_row (step_id, place, what, key) VALUES (" STEP ", 'note', 'insert', new.id); END; "                \
  "CREATE TEMP TRIGGER undo_user_insert AFTER INSERT ON user BEGIN "                                                   \
  "INSERT INTO undo_row (step_id, place, what, key, new_5) "                                                           \
  "VALUES (" STEP ", 'user', 'insert', new.id, new.created); END; "

#define DROP_ASSOCIATIONS                                                                                              \
  "DROP TRIGGER undo_before_tag_delete; DROP TRIGGER undo_note_tag_delete; DROP TRIGGER undo_note_tag_insert; "        \
  "DROP TRIGGER undo_note_insert; DROP TRIGGER undo_user_insert; "

static const struct
{
  OctavoUndoKind kind;
  const char *name;
} kinds[] = {
  { OCTAVO_UNDO_TRASH, "trash" },
  { OCTAVO_UNDO_RESTORE, "restore" },
  { OCTAVO_UNDO_DELETE, "delete" },
  { OCTAVO_UNDO_EMPTY_TRASH, "empty-trash" },
  { OCTAVO_UNDO_PIN, "pin" },
  { OCTAVO_UNDO_UNPIN, "unpin" },
  { OCTAVO_UNDO_ADD_TAG, "add-tag" },
  { OCTAVO_UNDO_REMOVE_TAG, "remove-tag" },
  { OCTAVO_UNDO_MERGE, "merge" },
  { OCTAVO_UNDO_RENAME_TAG, "rename-tag" },
  { OCTAVO_UNDO_MERGE_TAGS, "merge-tags" },
  { OCTAVO_UNDO_DELETE_TAG, "delete-tag" },
  { OCTAVO_UNDO_DELETE_SEARCH, "delete-search" },
  { OCTAVO_UNDO_DELETE_USER, "delete-user" },
  { OCTAVO_UNDO_GIVE, "give" },
  { OCTAVO_UNDO_LINKS, "links" },
  { OCTAVO_UNDO_IMPORT, "import" },
  { OCTAVO_UNDO_CLEAR_HISTORY, "clear-history" },
};

/* octavo_undo_kind_to_string:
 *
 * Returns: (transfer none): the kind as it stands in the file */
const char *
octavo_undo_kind_to_string (OctavoUndoKind kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].kind == kind)
      return kinds[i].name;
  return "";
}

/* octavo_undo_kind_from_string:
 *
 * Returns: the kind; %OCTAVO_UNDO_OTHER where the file says something else */
OctavoUndoKind
octavo_undo_kind_from_string (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].name, name) == 0)
      return kinds[i].kind;
  return OCTAVO_UNDO_OTHER;
}

/* Each column of both values, or NULL where it stays. */
static void
add_update (GString *sql, const OctavoUndoColumns *update, gint64 step_id)
{
  g_autoptr (GString) when = g_string_new (NULL);
  g_autoptr (GString) of = g_string_new (NULL);
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GString) values = g_string_new (NULL);

  for (guint i = 0; i < OCTAVO_UNDO_MAX_COLUMNS; i++)
    {
      const char *name = update->columns[i];

      if (name == NULL)
        continue;
      g_string_append_printf (of, "%s%s", of->len > 0 ? ", " : "", name);
      g_string_append_printf (when, "%sold.%s IS NOT new.%s", when->len > 0 ? " OR " : "", name, name);
      g_string_append_printf (names, ", old_%u, new_%u", i + 1, i + 1);
      g_string_append_printf (values,
                              ", iif (old.%1$s IS new.%1$s, NULL, old.%1$s), "
                              "iif (old.%1$s IS new.%1$s, NULL, new.%1$s)",
                              name);
    }
  g_string_append_printf (sql,
                          "CREATE TEMP TRIGGER undo_%s_%s AFTER UPDATE OF %s ON %s WHEN %s BEGIN "
                          "INSERT INTO undo_row (step_id, place, what, key%s) "
                          "VALUES (%" G_GINT64_FORMAT ", '%s', '%s', old.%s%s); END; ",
                          update->table, update->what, of->str, update->table, when->str, names->str, step_id,
                          update->table, update->what, update->key, values->str);
}

static void
add_delete (GString *sql, const OctavoUndoColumns *delete, gint64 step_id)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GString) values = g_string_new (NULL);

  for (guint i = 0; i < OCTAVO_UNDO_MAX_COLUMNS && delete->columns[i] != NULL; i++)
    {
      g_string_append_printf (names, ", old_%u", i + 1);
      g_string_append_printf (values, ", old.%s", delete->columns[i]);
    }
  g_string_append_printf (sql,
                          "CREATE TEMP TRIGGER undo_%s_delete AFTER DELETE ON %s BEGIN "
                          "INSERT INTO undo_row (step_id, place, what, key%s) "
                          "VALUES (%" G_GINT64_FORMAT ", '%s', 'delete', old.%s%s); END; ",
                          delete->table, delete->table, names->str, step_id, delete->table, delete->key, values->str);
}

static gboolean
start (OrmConnection *connection, gint64 step_id, OctavoUndoRecord *record, GError **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  record->step_id = step_id;
  g_string_append_printf (sql, ASSOCIATIONS, step_id);
  for (guint i = 0; i < G_N_ELEMENTS (octavo_undo_updates); i++)
    add_update (sql, &octavo_undo_updates[i], step_id);
  for (guint i = 0; i < G_N_ELEMENTS (octavo_undo_deletes); i++)
    add_delete (sql, &octavo_undo_deletes[i], step_id);
  return orm_connection_get_int64 (connection, "SELECT ifnull (max (id), 0) FROM undo_row", &record->first_row,
                                   error) &&
         orm_connection_execute (connection, sql->str, error);
}

/* octavo_undo_begin:
 * @connection: the writing connection, in a transaction
 * @kind: what is to be done
 * @subject: what a word about it names
 * @record: (out): what octavo_undo_end() wants
 * @error: return location
 *
 * Begins a step that can be undone, and forgets those that are too old.
 *
 * Returns: whether what changes is written down from here on */
gboolean
octavo_undo_begin (OrmConnection *connection,
                   OctavoUndoKind kind,
                   const char *subject,
                   OctavoUndoRecord *record,
                   GError **error)
{
  gint64 now = g_get_real_time ();
  gint64 sure;
  OrmStatement *statement;

  g_return_val_if_fail (connection != NULL && subject != NULL && record != NULL, FALSE);

  if (!octavo_clock_look (connection, now, &sure, error) ||
      !octavo_undo_purge (connection, sure - OCTAVO_UNDO_TIME, error))
    return FALSE;
  statement =
      orm_connection_prepare (connection, "INSERT INTO undo_step (kind, subject, done) VALUES (?, ?, ?)", error);
  if (statement == NULL)
    return FALSE;
  orm_statement_bind_text (statement, 1, octavo_undo_kind_to_string (kind), -1);
  orm_statement_bind_text (statement, 2, subject, -1);
  orm_statement_bind_int64 (statement, 3, now);
  return orm_statement_run (statement, error) &&
         start (connection, orm_connection_get_last_insert_id (connection), record, error);
}

/* octavo_undo_resume:
 * @connection: the writing connection, in a transaction
 * @kind: what is to be done
 * @subject: what a word about it names
 * @step_id: (inout): the step; another where that was undone or forgotten meanwhile, or is 0
 * @record: (out): what octavo_undo_end() wants
 * @error: return location
 *
 * Goes on with a step that takes several transactions, between which others write.
 *
 * Returns: whether what changes is written down from here on */
gboolean
octavo_undo_resume (OrmConnection *connection,
                    OctavoUndoKind kind,
                    const char *subject,
                    gint64 *step_id,
                    OctavoUndoRecord *record,
                    GError **error)
{
  OrmStatement *statement =
      orm_connection_prepare (connection, "SELECT 1 FROM undo_step WHERE id = ? AND undone = 0", error);
  OrmStep step;

  if (statement == NULL)
    return FALSE;
  orm_statement_bind_int64 (statement, 1, *step_id);
  step = orm_statement_step (statement, error);
  orm_statement_reset (statement);
  if (step == ORM_STEP_ERROR)
    return FALSE;
  if (step == ORM_STEP_ROW)
    return start (connection, *step_id, record, error);
  if (!octavo_undo_begin (connection, kind, subject, record, error))
    return FALSE;
  *step_id = record->step_id;
  return TRUE;
}

static gboolean
stop (OrmConnection *connection, GError **error)
{
  g_autoptr (GString) sql = g_string_new (DROP_ASSOCIATIONS);

  for (guint i = 0; i < G_N_ELEMENTS (octavo_undo_updates); i++)
    g_string_append_printf (sql, "DROP TRIGGER undo_%s_%s; ", octavo_undo_updates[i].table,
                            octavo_undo_updates[i].what);
  for (guint i = 0; i < G_N_ELEMENTS (octavo_undo_deletes); i++)
    g_string_append_printf (sql, "DROP TRIGGER undo_%s_delete; ", octavo_undo_deletes[i].table);
  return orm_connection_execute (connection, sql->str, error);
}

static gboolean
run_with (OrmConnection *connection, const char *sql, gint64 first, gint64 second, const char *text, GError **error)
{
  OrmStatement *statement = orm_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  orm_statement_bind_int64 (statement, 1, first);
  orm_statement_bind_int64 (statement, 2, second);
  if (text != NULL)
    orm_statement_bind_text (statement, 3, text, -1);
  return orm_statement_run (statement, error);
}

/* Notes that are new: those of an import have their digest already. */
static gboolean
find_new_notes (OrmConnection *connection, gint64 first_row, GArray *rows, GArray *ids, GError **error)
{
  OrmStatement *statement = orm_connection_prepare (
      connection, "SELECT id, key FROM undo_row WHERE id > ? AND place = 'note' AND what = 'insert' AND new_1 IS NULL",
      error);
  OrmStep step;

  if (statement == NULL)
    return FALSE;
  orm_statement_bind_int64 (statement, 1, first_row);
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    {
      gint64 row = orm_statement_get_int64 (statement, 0);
      gint64 id = orm_statement_get_int64 (statement, 1);

      g_array_append_val (rows, row);
      g_array_append_val (ids, id);
    }
  orm_statement_reset (statement);
  return step == ORM_STEP_DONE;
}

#define TAKE_DIGESTS                                                                                                   \
  "UPDATE undo_row SET new_1 = (SELECT note_digest FROM note_origin WHERE note_id = key) "                             \
  "WHERE id > ? AND step_id = ? AND place = 'note' AND what = 'insert'"

static gboolean
write_digests (OrmConnection *connection, const OctavoUndoRecord *record, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!run_with (connection, TAKE_DIGESTS, record->first_row, record->step_id, NULL, error) ||
      !find_new_notes (connection, record->first_row, rows, ids, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func ((GDestroyNotify) octavo_note_values_free);
      g_autofree char *digest = NULL;

      if (!octavo_note_sql_read (connection, &g_array_index (ids, gint64, i), 1, TRUE, notes, NULL, error))
        return FALSE;
      digest = notes->len > 0 ? octavo_note_digest_new (notes->pdata[0]) : g_strdup ("");
      if (!run_with (connection, "UPDATE undo_row SET new_1 = ?3 WHERE id = ?1 AND step_id = ?2",
                     g_array_index (rows, gint64, i), record->step_id, digest, error))
        return FALSE;
    }
  return TRUE;
}

#define COUNT_NOTES                                                                                                    \
  "UPDATE undo_step SET n_notes = n_notes + "                                                                          \
  "(SELECT count (DISTINCT key) FROM undo_row WHERE id > ?1 AND place IN ('note', 'note_tag')) WHERE id = ?2"

/* octavo_undo_end:
 * @connection: the writing connection, in the same transaction
 * @record: from octavo_undo_begin()
 * @step_id: (out) (optional): the step; 0 where nothing was changed, and there is none
 * @error: return location
 *
 * Ends what is written down.
 *
 * Returns: whether it is */
gboolean
octavo_undo_end (OrmConnection *connection, OctavoUndoRecord *record, gint64 *step_id, GError **error)
{
  gint64 last_row;

  g_return_val_if_fail (connection != NULL && record != NULL, FALSE);

  if (step_id != NULL)
    *step_id = record->step_id;
  if (!stop (connection, error) ||
      !orm_connection_get_int64 (connection, "SELECT ifnull (max (id), 0) FROM undo_row", &last_row, error))
    return FALSE;
  if (last_row > record->first_row)
    return write_digests (connection, record, error) &&
           run_with (connection, COUNT_NOTES, record->first_row, record->step_id, NULL, error);

  /* Nothing, and nothing before in the same step. */
  if (!run_with (connection,
                 "DELETE FROM undo_step WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM undo_row WHERE step_id = ?2)",
                 record->step_id, record->step_id, NULL, error))
    return FALSE;
  if (step_id != NULL && orm_connection_get_n_changes (connection) > 0)
    *step_id = 0;
  return TRUE;
}

/* octavo_undo_purge:
 * @connection: the writing connection, in a transaction
 * @before: microseconds since 1970, UTC
 * @error: return location
 *
 * Forgets what was done before a time.
 *
 * Returns: whether it did */
gboolean
octavo_undo_purge (OrmConnection *connection, gint64 before, GError **error)
{
  OrmStatement *statement = orm_connection_prepare (connection, "DELETE FROM undo_step WHERE done < ?", error);

  if (statement == NULL)
    return FALSE;
  orm_statement_bind_int64 (statement, 1, before);
  return orm_statement_run (statement, error);
}
