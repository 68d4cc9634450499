/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-note-actions.h"

#include "octavo-note-sql.h"
#include "octavo-tag.h"

/* One statement for any number of notes, so that trashing ten thousand is as much one step as trashing one. */

#define IN_IDS "id IN (SELECT value FROM json_each (?1))"

/**
 * octavo_note_actions_new:
 * @action: what to do
 * @ids: (array length=n_ids): to which notes
 * @n_ids: how many there are
 * @tag: (nullable): with which tag
 * @error: where to put an error
 *
 * Puts the work together. Sets %OCTAVO_ERROR_INVALID_TAG. Any thread.
 *
 * Returns: (transfer full): the work, or %NULL with @error set
 */
OctavoNoteActions *
octavo_note_actions_new (OctavoNotesAction action, const gint64 *ids, gsize n_ids, const char *tag, GError **error)
{
  g_autoptr (OctavoNoteActions) self = g_new0 (OctavoNoteActions, 1);

  self->action = action;
  self->now = g_get_real_time ();
  self->ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), (guint) n_ids);
  if (n_ids > 0)
    g_array_append_vals (self->ids, ids, (guint) n_ids);

  if (action == OCTAVO_NOTES_ADD_TAG || action == OCTAVO_NOTES_REMOVE_TAG)
    {
      self->tag = octavo_tag_normalize_name (tag, error);
      if (self->tag == NULL)
        return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * octavo_note_actions_free:
 * @self: (transfer full) (nullable): the work
 *
 * Frees it.
 */
void
octavo_note_actions_free (OctavoNoteActions *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->ids, g_array_unref);
  g_free (self->tag);
  g_free (self);
}

static OrmStatement *
prepare (OctavoNoteActions *self, OrmConnection *connection, const char *sql, GError **error)
{
  OrmStatement *statement = orm_connection_prepare (connection, sql, error);

  if (statement != NULL)
    orm_statement_bind_array (statement, 1, (const gint64 *) (gpointer) self->ids->data, self->ids->len);
  return statement;
}

static gboolean
run (OctavoNoteActions *self, OrmConnection *connection, const char *sql, gint64 value, GError **error)
{
  OrmStatement *statement = prepare (self, connection, sql, error);

  if (statement == NULL)
    return FALSE;
  if (value != 0)
    orm_statement_bind_int64 (statement, 2, value);
  return orm_statement_run (statement, error);
}

/* What is there of the ids; and as the mapper does not see who has which tag, says so for each of them where the counts
 * of tags are about to change. */
static gboolean
find (OctavoNoteActions *self, OrmConnection *connection, gboolean has_tags, GError **error)
{
  OrmStatement *statement = prepare (self, connection, "SELECT id FROM note WHERE " IN_IDS, error);
  OrmStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    {
      self->n_found++;
      if (has_tags)
        orm_connection_report_change (connection, "note_tag", ORM_CHANGE_UPDATE,
                                      orm_statement_get_int64 (statement, 0));
    }
  orm_statement_reset (statement);
  return step == ORM_STEP_DONE;
}

static gboolean
add_tag (OctavoNoteActions *self, OrmConnection *connection, GError **error)
{
  gint64 tag_id;

  if (self->n_found == 0)
    return TRUE;
  return octavo_note_sql_ensure_tag (connection, self->tag, &tag_id, error) &&
         run (self, connection,
              "INSERT OR IGNORE INTO note_tag (note_id, tag_id) SELECT id, ?2 FROM note WHERE " IN_IDS, tag_id, error);
}

static gboolean
remove_tag (OctavoNoteActions *self, OrmConnection *connection, GError **error)
{
  g_autofree char *folded = octavo_tag_fold_name (self->tag);
  OrmStatement *statement = prepare (self, connection,
                                     "DELETE FROM note_tag WHERE note_id IN (SELECT value FROM json_each (?1)) "
                                     "AND tag_id = (SELECT id FROM tag WHERE folded = ?2)",
                                     error);

  if (statement == NULL)
    return FALSE;
  orm_statement_bind_text (statement, 2, folded, -1);
  return orm_statement_run (statement, error) && octavo_note_sql_delete_unused_tags (connection, error);
}

/**
 * octavo_note_actions_run:
 * @connection: the writing connection
 * @data: an #OctavoNoteActions
 * @cancellable: (nullable): not looked at, as it is one statement
 * @error: where to put an error
 *
 * Does the work, in the transaction of the caller. Sets an error of the mapper. Thread of the connection.
 *
 * Returns: whether it was done
 */
gboolean
octavo_note_actions_run (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  OctavoNoteActions *self = data;
  gboolean has_tags = self->action != OCTAVO_NOTES_PIN && self->action != OCTAVO_NOTES_UNPIN;

  self->n_found = 0;
  if (!find (self, connection, has_tags, error))
    return FALSE;

  switch (self->action)
    {
    case OCTAVO_NOTES_TRASH:
      return run (self, connection, "UPDATE note SET trashed = ?2 WHERE trashed = 0 AND " IN_IDS, self->now, error);
    case OCTAVO_NOTES_RESTORE:
      return run (self, connection, "UPDATE note SET trashed = 0 WHERE trashed <> 0 AND " IN_IDS, 0, error);
    case OCTAVO_NOTES_DELETE:
      return run (self, connection, "DELETE FROM note WHERE " IN_IDS, 0, error) &&
             octavo_note_sql_delete_unused_tags (connection, error);
    case OCTAVO_NOTES_PIN:
      return run (self, connection, "UPDATE note SET pinned = 1 WHERE pinned = 0 AND " IN_IDS, 0, error);
    case OCTAVO_NOTES_UNPIN:
      return run (self, connection, "UPDATE note SET pinned = 0 WHERE pinned = 1 AND " IN_IDS, 0, error);
    case OCTAVO_NOTES_ADD_TAG:
      return add_tag (self, connection, error);
    case OCTAVO_NOTES_REMOVE_TAG:
      return remove_tag (self, connection, error);
    default:
      g_return_val_if_reached (FALSE);
    }
}
