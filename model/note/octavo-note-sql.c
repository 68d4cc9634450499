/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-note-sql.h"

#include "octavo-excerpt.h"
#include "octavo-note-private.h"
#include "octavo-note.h"
#include "octavo-tag.h"
#include "orm-query-work.h"

#include <string.h>

/* The SQL that more than one repository needs: imports write what a page reads. The statements stay in the cache of
 * the connection, so a thousand notes prepare each of them once. */

#define MAX_BATCH_BYTES (8 * 1024 * 1024)

static const char *
text_or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static gboolean
check_values (const OctavoNoteValues *values, GError **error)
{
  return octavo_note_check_size (values->title, values->body, error) && octavo_note_check_text (values->title, error) &&
         octavo_note_check_text (values->body, error) && octavo_note_check_text (values->aliases, error) &&
         octavo_note_check_text (values->front_matter, error);
}

#define N_VALUES 10

static OrmAssignment
number (const char *column, gint64 value)
{
  return (OrmAssignment){ column, { .type = ORM_VALUE_INT64, .int64 = value } };
}

static OrmAssignment
text (const char *column, const char *value)
{
  return (OrmAssignment){ column, { .type = ORM_VALUE_TEXT, .text = (char *) text_or_empty (value) } };
}

/* What is written of a note. The title is in one line, and the excerpt follows from the rest. */
static void
list_values (const OctavoNoteValues *values, const char *title, const char *excerpt, OrmAssignment *assignments)
{
  gint64 now = g_get_real_time ();
  const OrmAssignment all[N_VALUES] = {
    number ("user_id", values->user_id),
    number ("created", values->created != 0 ? values->created : now),
    number ("updated", values->updated != 0 ? values->updated : now),
    number ("trashed", values->trashed),
    number ("pinned", values->pinned ? 1 : 0),
    text ("title", title),
    text ("excerpt", excerpt),
    text ("aliases", values->aliases),
    text ("front_matter", values->front_matter),
    text ("body", values->body),
  };

  memcpy (assignments, all, sizeof all);
}

static OrmQuery *
query_note (gint64 id)
{
  OrmQuery *query = orm_query_new (OCTAVO_TYPE_NOTE);
  const OrmValue key = { .type = ORM_VALUE_INT64, .int64 = id };

  orm_query_filter (query, orm_equal ("id", &key));
  return query;
}

static gboolean
add_tag (OrmConnection *connection, gint64 id, const char *name, GError **error)
{
  g_autofree char *normalized = octavo_tag_normalize_name (name, error);
  gint64 tag_id;

  return normalized != NULL && octavo_note_sql_ensure_tag (connection, normalized, &tag_id, error) &&
         orm_connection_relate (connection, OCTAVO_TYPE_NOTE, "tags", id, tag_id, error);
}

static gboolean
add_tags (OrmConnection *connection, gint64 id, const char *const *names, GError **error)
{
  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    if (!add_tag (connection, id, names[i], error))
      return FALSE;

  orm_connection_report_change (connection, "note_tag", ORM_CHANGE_UPDATE, id);
  return TRUE;
}

/**
 * octavo_note_sql_insert:
 * @connection: a connection inside of a transaction
 * @values: the note; its id is set. A date of 0 becomes now
 * @error: where to put an error
 *
 * Inserts a note with its tags. Sets %OCTAVO_ERROR_INVALID_TEXT, %OCTAVO_ERROR_INVALID_TAG, %OCTAVO_ERROR_TOO_BIG, or
 * an error of the mapper. Thread of the connection.
 *
 * Returns: whether it was inserted
 */
gboolean
octavo_note_sql_insert (OrmConnection *connection, OctavoNoteValues *values, GError **error)
{
  g_autofree char *title = NULL;
  g_autofree char *excerpt = NULL;
  OrmAssignment assignments[N_VALUES];

  g_return_val_if_fail (connection != NULL && values != NULL, FALSE);

  if (!check_values (values, error))
    return FALSE;

  title = octavo_note_clean_title (text_or_empty (values->title));
  excerpt = octavo_excerpt_new (text_or_empty (values->body), title);
  list_values (values, title, excerpt, assignments);
  values->id = orm_connection_insert (connection, OCTAVO_TYPE_NOTE, assignments, N_VALUES, error);
  if (values->id == 0)
    return FALSE;

  if (values->tags == NULL || values->tags[0] == NULL)
    return TRUE;
  return add_tags (connection, values->id, (const char *const *) values->tags, error);
}

/**
 * octavo_note_sql_update:
 * @connection: a connection inside of a transaction
 * @values: the note, with the id of one that is there
 * @error: where to put an error
 *
 * Writes all the values over the note of that id; its tags become those given. Sets the errors of
 * octavo_note_sql_insert(). Thread of the connection.
 *
 * Returns: whether it was written
 */
gboolean
octavo_note_sql_update (OrmConnection *connection, const OctavoNoteValues *values, GError **error)
{
  g_autoptr (OrmQuery) query = NULL;
  g_autofree char *title = NULL;
  g_autofree char *excerpt = NULL;
  OrmAssignment assignments[N_VALUES];

  g_return_val_if_fail (connection != NULL && values != NULL && values->id != 0, FALSE);

  if (!check_values (values, error))
    return FALSE;

  title = octavo_note_clean_title (text_or_empty (values->title));
  excerpt = octavo_excerpt_new (text_or_empty (values->body), title);
  list_values (values, title, excerpt, assignments);
  query = query_note (values->id);
  return orm_query_update (query, connection, assignments, N_VALUES, error) >= 0 &&
         octavo_note_sql_set_tags (connection, values->id, (const char *const *) values->tags, error);
}

/* A text of a column that is never NULL, but where a damaged file has one all the same. */
static char *
dup_text (OrmStatement *statement, int column)
{
  char *text = orm_statement_dup_text (statement, column);

  return text != NULL ? text : g_strdup ("");
}

/* One statement for all notes: their tags, each in order. A query would give whole objects, and only on the main
 * thread: here they are names, for plain values of any thread. */
static gboolean
read_tags_of (OrmConnection *connection, const gint64 *ids, gsize n_ids, GHashTable *notes_by_id, GError **error)
{
  OrmStatement *statement;
  g_autoptr (GPtrArray) names = NULL;
  OctavoNoteValues *note = NULL;
  OrmStep step;

  statement = orm_connection_prepare (connection,
                                      "SELECT note_tag.note_id, tag.name FROM note_tag JOIN tag ON tag.id = tag_id "
                                      "WHERE note_id IN (SELECT value FROM json_each (?)) ORDER BY note_id, tag.folded",
                                      error);
  if (statement == NULL)
    return FALSE;

  names = g_ptr_array_new_with_free_func (g_free);
  orm_statement_bind_array (statement, 1, ids, n_ids);
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    {
      gint64 id = orm_statement_get_int64 (statement, 0);

      if (note == NULL || note->id != id)
        {
          if (note != NULL)
            {
              g_ptr_array_add (names, NULL);
              note->tags = (GStrv) g_ptr_array_steal (names, NULL);
            }
          note = g_hash_table_lookup (notes_by_id, &id);
        }
      if (note != NULL)
        g_ptr_array_add (names, dup_text (statement, 1));
    }
  orm_statement_reset (statement);
  if (note != NULL)
    {
      g_ptr_array_add (names, NULL);
      note->tags = (GStrv) g_ptr_array_steal (names, NULL);
    }
  return step == ORM_STEP_DONE;
}

static OctavoNoteValues *
read_row (OrmStatement *statement, gboolean with_body, gsize *n_bytes)
{
  OctavoNoteValues *note = octavo_note_values_new ();

  note->id = orm_statement_get_int64 (statement, 1);
  note->user_id = orm_statement_get_int64 (statement, 2);
  note->created = orm_statement_get_int64 (statement, 3);
  note->updated = orm_statement_get_int64 (statement, 4);
  note->trashed = orm_statement_get_int64 (statement, 5);
  note->pinned = orm_statement_get_int64 (statement, 6) != 0;
  note->title = dup_text (statement, 7);
  note->excerpt = dup_text (statement, 8);
  note->user_name = dup_text (statement, 9);
  note->user_color = dup_text (statement, 10);
  if (with_body)
    {
      note->aliases = orm_statement_dup_text (statement, 11);
      note->front_matter = orm_statement_dup_text (statement, 12);
      note->body = dup_text (statement, 13);
      *n_bytes += strlen (note->body);
    }
  return note;
}

#define ROW_COLUMNS                                                                                                    \
  "wanted.key, note.id, user_id, note.created, updated, trashed, pinned, title, excerpt, user.name, user.color"
/* Parts of two tables, without the body, in the order of the ids: a query gives whole objects of a class, and columns
 * of one table only. CROSS JOIN keeps the order of the ids: SQLite walks the left side and looks the right one up. */
#define ROW_TABLES                                                                                                     \
  "FROM json_each (?) AS wanted CROSS JOIN note ON note.id = wanted.value LEFT JOIN user ON user.id = user_id"

/**
 * octavo_note_sql_read:
 * @connection: a connection
 * @ids: (array length=n_ids): ids of notes
 * @n_ids: how many there are
 * @with_body: whether to read the text, the aliases and the front matter too
 * @notes: (element-type OctavoNoteValues): takes the notes, in the order of @ids
 * @n_read: (out) (optional): how many of @ids were looked at; less than @n_ids only with bodies
 * @error: where to put an error
 *
 * Reads notes with two statements. Thread of the connection.
 *
 * Returns: whether they were read
 */
gboolean
octavo_note_sql_read (OrmConnection *connection,
                      const gint64 *ids,
                      gsize n_ids,
                      gboolean with_body,
                      GPtrArray *notes,
                      gsize *n_read,
                      GError **error)
{
  g_autoptr (GHashTable) notes_by_id = NULL;
  OrmStatement *statement;
  gsize n_bytes = 0;
  gsize n_looked_at = n_ids;
  OrmStep step;

  g_return_val_if_fail (connection != NULL && notes != NULL, FALSE);

  statement = orm_connection_prepare (connection,
                                      with_body ? "SELECT " ROW_COLUMNS ", aliases, front_matter, body " ROW_TABLES
                                                : "SELECT " ROW_COLUMNS " " ROW_TABLES,
                                      error);
  if (statement == NULL)
    return FALSE;

  notes_by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  orm_statement_bind_array (statement, 1, ids, n_ids);
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    {
      OctavoNoteValues *note = read_row (statement, with_body, &n_bytes);

      g_ptr_array_add (notes, note);
      g_hash_table_insert (notes_by_id, &note->id, note);
      if (n_bytes > MAX_BATCH_BYTES)
        {
          n_looked_at = (gsize) orm_statement_get_int64 (statement, 0) + 1;
          break;
        }
    }
  orm_statement_reset (statement);
  if (step == ORM_STEP_ERROR)
    return FALSE;

  if (n_read != NULL)
    *n_read = n_looked_at;
  return read_tags_of (connection, ids, n_looked_at, notes_by_id, error);
}

/**
 * octavo_note_sql_read_tags:
 * @connection: a connection
 * @id: the id of a note
 * @tags: (out) (transfer full): the names of its tags, sorted
 * @error: where to put an error
 *
 * Reads the tags of a note. Thread of the connection.
 *
 * Returns: whether they were read
 */
gboolean
octavo_note_sql_read_tags (OrmConnection *connection, gint64 id, GStrv *tags, GError **error)
{
  g_autoptr (GHashTable) notes_by_id = NULL;
  g_autoptr (OctavoNoteValues) note = NULL;

  g_return_val_if_fail (connection != NULL && tags != NULL, FALSE);

  note = octavo_note_values_new ();
  note->id = id;
  notes_by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_hash_table_insert (notes_by_id, &note->id, note);
  if (!read_tags_of (connection, &id, 1, notes_by_id, error))
    return FALSE;

  *tags = note->tags != NULL ? g_steal_pointer (&note->tags) : g_new0 (char *, 1);
  return TRUE;
}

/**
 * octavo_note_sql_find_tag:
 * @connection: a connection
 * @name: a name from octavo_tag_normalize_name()
 * @tag_id: (out): the id of the tag; 0 where there is none
 * @error: where to put an error
 *
 * Finds the tag of that name, whatever its case. Thread of the connection.
 *
 * Returns: whether it could look
 */
gboolean
octavo_note_sql_find_tag (OrmConnection *connection, const char *name, gint64 *tag_id, GError **error)
{
  g_autofree char *folded = octavo_tag_fold_name (name);
  const OrmValue value = { .type = ORM_VALUE_TEXT, .text = folded };

  return orm_connection_find (connection, OCTAVO_TYPE_TAG, "folded", &value, tag_id, error);
}

/**
 * octavo_note_sql_ensure_tag:
 * @connection: a connection inside of a transaction
 * @name: a name from octavo_tag_normalize_name()
 * @tag_id: (out): the id of the tag
 * @error: where to put an error
 *
 * Finds the tag of that name, whatever its case, or makes it. Thread of the connection.
 *
 * Returns: whether there is one now
 */
gboolean
octavo_note_sql_ensure_tag (OrmConnection *connection, const char *name, gint64 *tag_id, GError **error)
{
  g_autofree char *folded = NULL;

  g_return_val_if_fail (connection != NULL && name != NULL && tag_id != NULL, FALSE);

  if (!octavo_note_sql_find_tag (connection, name, tag_id, error))
    return FALSE;
  if (*tag_id == 0)
    {
      folded = octavo_tag_fold_name (name);
      *tag_id = orm_connection_insert (connection, OCTAVO_TYPE_TAG,
                                       (OrmAssignment[]){ text ("name", name), text ("folded", folded) }, 2, error);
    }
  return *tag_id != 0;
}

/**
 * octavo_note_sql_set_tags:
 * @connection: a connection inside of a transaction
 * @id: the id of a note
 * @names: (nullable) (array zero-terminated=1): its tags
 * @error: where to put an error
 *
 * Gives a note exactly these tags. Sets %OCTAVO_ERROR_INVALID_TAG, or an error of the mapper. Thread of the connection.
 *
 * Returns: whether it has them
 */
gboolean
octavo_note_sql_set_tags (OrmConnection *connection, gint64 id, const char *const *names, GError **error)
{
  OrmStatement *statement;
  gint64 n_removed;

  g_return_val_if_fail (connection != NULL && id != 0, FALSE);

  /* Of all tags of one note at once: a query ends one relation to all, and not all of one. */
  statement = orm_connection_prepare (connection, "DELETE FROM note_tag WHERE note_id = ?", error);
  if (statement == NULL)
    return FALSE;
  orm_statement_bind_int64 (statement, 1, id);
  if (!orm_statement_run (statement, error))
    return FALSE;
  n_removed = orm_connection_get_n_changes (connection);

  return add_tags (connection, id, names, error) &&
         (n_removed == 0 || octavo_note_sql_delete_unused_tags (connection, error));
}

/**
 * octavo_note_sql_delete_unused_tags:
 * @connection: a connection inside of a transaction
 * @error: where to put an error
 *
 * Deletes the tags that no note has and nobody gave a colour to. Thread of the connection.
 *
 * Returns: whether there is none of them now
 */
gboolean
octavo_note_sql_delete_unused_tags (OrmConnection *connection, GError **error)
{
  g_autoptr (OrmQuery) query = NULL;
  const OrmValue nothing = { .type = ORM_VALUE_TEXT, .text = (char *) "" };

  g_return_val_if_fail (connection != NULL, FALSE);

  query = orm_query_new (OCTAVO_TYPE_TAG);
  orm_query_filter (query, orm_not (orm_any ("notes", NULL)));
  orm_query_filter (query, orm_equal ("color", &nothing));
  return orm_query_delete (query, connection, error) >= 0;
}

/* A tag stands for those under it too, which is in their names alone: no relation says that. */
#define COUNT_TAG                                                                                                      \
  "WITH parent (folded) AS (SELECT ifnull (?3, (SELECT folded FROM tag WHERE id = ?2))) "                              \
  "SELECT count(DISTINCT note.id) FROM parent "                                                                        \
  "JOIN tag ON tag.folded = parent.folded "                                                                            \
  "OR (tag.folded > parent.folded || '/' AND tag.folded < parent.folded || '0') "                                      \
  "JOIN note_tag ON note_tag.tag_id = tag.id JOIN note ON note.id = note_tag.note_id "                                 \
  "WHERE trashed = 0 AND ?1 IN (0, user_id)"

static gboolean
count_tag (OrmConnection *connection, const OctavoScope *scope, gint64 *count, GError **error)
{
  OrmStatement *statement = orm_connection_prepare (connection, COUNT_TAG, error);
  OrmStep step;

  if (statement == NULL)
    return FALSE;
  orm_statement_bind_int64 (statement, 1, scope->user_id);
  orm_statement_bind_int64 (statement, 2, scope->tag_id);
  orm_statement_bind_text (statement, 3, scope->tag_path, -1);
  step = orm_statement_step (statement, error);
  if (step == ORM_STEP_ROW)
    *count = orm_statement_get_int64 (statement, 0);
  orm_statement_reset (statement);
  return step == ORM_STEP_ROW;
}

/* To look for the tags of each note takes seconds where there are a million: those that have some are counted as they
 * stand in the file, and only of those in the trash it is asked. */
static gboolean
count_untagged (OrmConnection *connection, gint64 *count, GError **error)
{
  static const char sql[] =
      "SELECT (SELECT count (*) FROM note) - (SELECT count (*) FROM (SELECT DISTINCT note_id FROM note_tag)) - "
      "(SELECT count (*) FROM note WHERE (trashed > 0 OR trashed < 0) AND "
      "NOT EXISTS (SELECT 1 FROM note_tag WHERE note_id = note.id))";

  return orm_connection_get_int64 (connection, sql, count, error);
}

/**
 * octavo_note_sql_count:
 * @connection: a connection
 * @scope: which notes
 * @count: (out): how many there are
 * @error: where to put an error
 *
 * Counts the notes of a scope. Thread of the connection.
 *
 * Returns: whether they were counted
 */
gboolean
octavo_note_sql_count (OrmConnection *connection, const OctavoScope *scope, gint64 *count, GError **error)
{
  g_autoptr (OrmQuery) query = NULL;
  const OrmValue nothing = { .type = ORM_VALUE_INT64, .int64 = 0 };
  const OrmValue user = { .type = ORM_VALUE_INT64, .int64 = scope->user_id };

  if (scope->place == OCTAVO_PLACE_TAG)
    return count_tag (connection, scope, count, error);

  if (scope->place == OCTAVO_PLACE_UNTAGGED && scope->user_id == 0)
    return count_untagged (connection, count, error);

  query = orm_query_new (OCTAVO_TYPE_NOTE);
  orm_query_filter (query, orm_compare ("trashed", scope->place == OCTAVO_PLACE_TRASH ? ">" : "=", &nothing));
  /* A user of 0 is everyone. */
  if (scope->user_id != 0)
    orm_query_filter (query, orm_equal ("user_id", &user));
  if (scope->place == OCTAVO_PLACE_UNTAGGED)
    orm_query_filter (query, orm_not (orm_any ("tags", NULL)));
  *count = orm_query_count (query, connection, error);
  return *count >= 0;
}

/**
 * octavo_note_sql_find_gone:
 * @connection: a connection
 * @ids: (element-type gint64): ids of notes
 * @gone: (element-type gint64): takes those of them that are in the file no more
 * @error: where to put an error
 *
 * Finds which notes were deleted. Thread of the connection.
 *
 * Returns: whether it could look
 */
gboolean
octavo_note_sql_find_gone (OrmConnection *connection, GArray *ids, GArray *gone, GError **error)
{
  g_autoptr (OrmQuery) query = orm_query_new (OCTAVO_TYPE_NOTE);
  g_autoptr (GHashTable) found = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (OrmRows) rows = NULL;

  orm_query_filter (query, orm_in ("id", (const gint64 *) (gpointer) ids->data, ids->len));
  orm_query_select (query, ORM_AGGREGATE_NONE, "id");
  rows = orm_query_read (query, connection, error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < orm_rows_get_n_rows (rows); i++)
    g_hash_table_add (found, (gpointer) &orm_rows_get (rows, i, 0)->int64);
  for (guint i = 0; i < ids->len; i++)
    if (!g_hash_table_contains (found, &g_array_index (ids, gint64, i)))
      g_array_append_val (gone, g_array_index (ids, gint64, i));
  return TRUE;
}
