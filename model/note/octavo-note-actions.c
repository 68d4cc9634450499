/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-note-actions.h"

#include "octavo-clock.h"
#include "octavo-note-sql.h"
#include "octavo-note.h"
#include "octavo-tag.h"
#include "octavo-undo-sql.h"
#include "orm-query-work.h"

/* One statement for any number of notes, so that trashing ten thousand is as much one step as trashing one. */

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

static OrmQuery *
query_notes (OctavoNoteActions *self)
{
  OrmQuery *query = orm_query_new (OCTAVO_TYPE_NOTE);

  orm_query_filter (query, orm_in ("id", (const gint64 *) (gpointer) self->ids->data, self->ids->len));
  return query;
}

/* Gives a column a value, in the notes that have it otherwise; from: how those compare with nothing. */
static gboolean
set_column (OctavoNoteActions *self,
            OrmConnection *connection,
            const char *column,
            const char *from,
            gint64 value,
            GError **error)
{
  g_autoptr (OrmQuery) query = query_notes (self);
  const OrmAssignment assignment = { column, { .type = ORM_VALUE_INT64, .int64 = value } };
  const OrmValue nothing = { .type = ORM_VALUE_INT64, .int64 = 0 };

  orm_query_filter (query, orm_compare (column, from, &nothing));
  return orm_query_update (query, connection, &assignment, 1, error) >= 0;
}

/* What is there of the ids; and as the counts of tags are about to change with notes that come or go, says so for each
 * of them. */
static gboolean
find (OctavoNoteActions *self, OrmConnection *connection, gboolean has_tags, GError **error)
{
  g_autoptr (OrmQuery) query = query_notes (self);
  g_autoptr (OrmRows) rows = NULL;

  orm_query_select (query, ORM_AGGREGATE_NONE, "id");
  rows = orm_query_read (query, connection, error);
  if (rows == NULL)
    return FALSE;
  self->n_found = orm_rows_get_n_rows (rows);
  for (guint i = 0; has_tags && i < orm_rows_get_n_rows (rows); i++)
    orm_connection_report_change (connection, "note_tag", ORM_CHANGE_UPDATE, orm_rows_get (rows, i, 0)->int64);
  return TRUE;
}

static gboolean
add_tag (OctavoNoteActions *self, OrmConnection *connection, GError **error)
{
  g_autoptr (OrmQuery) query = query_notes (self);
  gint64 tag_id;

  if (self->n_found == 0)
    return TRUE;
  return octavo_note_sql_ensure_tag (connection, self->tag, &tag_id, error) &&
         orm_query_relate (query, connection, "tags", tag_id, error) >= 0;
}

static gboolean
remove_tag (OctavoNoteActions *self, OrmConnection *connection, GError **error)
{
  g_autoptr (OrmQuery) query = query_notes (self);
  gint64 tag_id;

  if (!octavo_note_sql_find_tag (connection, self->tag, &tag_id, error))
    return FALSE;
  return (tag_id == 0 || orm_query_separate (query, connection, "tags", tag_id, error) >= 0) &&
         octavo_note_sql_delete_unused_tags (connection, error);
}

static gboolean
delete_notes (OctavoNoteActions *self, OrmConnection *connection, GError **error)
{
  g_autoptr (OrmQuery) query = query_notes (self);

  return orm_query_delete (query, connection, error) >= 0 && octavo_note_sql_delete_unused_tags (connection, error);
}

/* What has been in the trash for long is looked for where nobody can take it out any more. When that was a wrong clock
 * may have said; it was not before the note was written. */
static gboolean
find_old_trash (OctavoNoteActions *self, OrmConnection *connection, GError **error)
{
  g_autoptr (OrmQuery) query = orm_query_new (OCTAVO_TYPE_NOTE);
  const OrmValue nothing = { .type = ORM_VALUE_INT64, .int64 = 0 };
  OrmValue before = { .type = ORM_VALUE_INT64 };
  g_autoptr (OrmRows) rows = NULL;

  if (!octavo_clock_look (connection, self->now, &before.int64, error))
    return FALSE;
  before.int64 -= self->trash_age;
  orm_query_filter (query, orm_compare ("trashed", ">", &nothing));
  orm_query_filter (query, orm_compare ("trashed", "<", &before));
  orm_query_filter (query, orm_compare ("updated", "<", &before));
  orm_query_select (query, ORM_AGGREGATE_NONE, "id");
  rows = orm_query_read (query, connection, error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < orm_rows_get_n_rows (rows); i++)
    g_array_append_val (self->ids, orm_rows_get (rows, i, 0)->int64);
  return TRUE;
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
  if (self->trash_age > 0 && !find_old_trash (self, connection, error))
    return FALSE;
  if (self->ids->len == 0)
    return TRUE;
  if (!find (self, connection, has_tags, error))
    return FALSE;

  switch (self->action)
    {
    case OCTAVO_NOTES_TRASH:
      return set_column (self, connection, "trashed", "=", self->now, error);
    case OCTAVO_NOTES_RESTORE:
      return set_column (self, connection, "trashed", "<>", 0, error);
    case OCTAVO_NOTES_DELETE:
      return delete_notes (self, connection, error);
    case OCTAVO_NOTES_PIN:
      return set_column (self, connection, "pinned", "=", 1, error);
    case OCTAVO_NOTES_UNPIN:
      return set_column (self, connection, "pinned", "<>", 0, error);
    case OCTAVO_NOTES_ADD_TAG:
      return add_tag (self, connection, error);
    case OCTAVO_NOTES_REMOVE_TAG:
      return remove_tag (self, connection, error);
    default:
      g_return_val_if_reached (FALSE);
    }
}

/**
 * octavo_note_actions_get_kind:
 * @self: work
 *
 * Returns: what it is among the steps that can be undone. Any thread
 */
OctavoUndoKind
octavo_note_actions_get_kind (const OctavoNoteActions *self)
{
  switch (self->action)
    {
    case OCTAVO_NOTES_TRASH:
      return OCTAVO_UNDO_TRASH;
    case OCTAVO_NOTES_RESTORE:
      return OCTAVO_UNDO_RESTORE;
    case OCTAVO_NOTES_DELETE:
      return self->trash_age > 0 ? OCTAVO_UNDO_EMPTY_TRASH : OCTAVO_UNDO_DELETE;
    case OCTAVO_NOTES_PIN:
      return OCTAVO_UNDO_PIN;
    case OCTAVO_NOTES_UNPIN:
      return OCTAVO_UNDO_UNPIN;
    case OCTAVO_NOTES_ADD_TAG:
      return OCTAVO_UNDO_ADD_TAG;
    case OCTAVO_NOTES_REMOVE_TAG:
      return OCTAVO_UNDO_REMOVE_TAG;
    default:
      g_return_val_if_reached (OCTAVO_UNDO_OTHER);
    }
}

/**
 * octavo_note_actions_run_step:
 * @connection: the writing connection
 * @data: an #OctavoNoteActions
 * @cancellable: (nullable): not looked at, as it is one statement
 * @error: where to put an error
 *
 * Does the work as octavo_note_actions_run(), as a step that can be undone where it takes notes away or brings them
 * back. Thread of the connection.
 *
 * Returns: whether it was done
 */
gboolean
octavo_note_actions_run_step (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  OctavoNoteActions *self = data;
  OctavoUndoRecord record;

  if (self->action != OCTAVO_NOTES_TRASH && self->action != OCTAVO_NOTES_RESTORE && self->action != OCTAVO_NOTES_DELETE)
    return octavo_note_actions_run (connection, self, cancellable, error);
  return octavo_undo_begin (connection, octavo_note_actions_get_kind (self), "", &record, error) &&
         octavo_note_actions_run (connection, self, cancellable, error) &&
         octavo_undo_end (connection, &record, NULL, error);
}
