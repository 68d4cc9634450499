/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-note-repository-private.h"

#include "octavo-error.h"
#include "octavo-note-row-private.h"
#include "octavo-note-sql.h"

/* The half of the repository that gives plain values and rows, which nobody can save. */

#define PAGE_SIZE  64
#define BATCH_SIZE 256

/* GPtrArray calls it for the places of notes that are gone, too. */
static void
unref_row (gpointer row)
{
  if (row != NULL)
    g_object_unref (row);
}

/**
 * octavo_note_repository_read_page:
 * @self: the repository
 * @ids: (array length=n_ids): at most 64 ids
 * @n_ids: how many there are
 *
 * Reads what a list shows of some notes, with two statements. Main thread, on which it is the only read.
 *
 * Returns: (element-type OctavoNoteRow) (transfer full): a row for each of @ids, %NULL for those that are gone
 */
GPtrArray *
octavo_note_repository_read_page (OctavoNoteRepository *self, const gint64 *ids, gsize n_ids)
{
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GError) error = NULL;
  OrmConnection *connection;
  GPtrArray *rows;
  guint next = 0;

  g_return_val_if_fail (OCTAVO_IS_NOTE_REPOSITORY (self), NULL);
  g_return_val_if_fail (n_ids <= PAGE_SIZE, NULL);

  notes = g_ptr_array_new ();
  connection = orm_database_get_page_connection (octavo_note_repository_get_database (self));
  /* A view may still ask when the file was closed under it. */
  if (connection != NULL && !octavo_note_sql_read (connection, ids, n_ids, FALSE, notes, NULL, &error))
    g_message ("Notes could not be read: %s", error->message);

  /* The notes come in the order of the ids, less those that are gone. */
  rows = g_ptr_array_new_full ((guint) n_ids, unref_row);
  for (gsize i = 0; i < n_ids; i++)
    {
      OctavoNoteValues *note = next < notes->len ? notes->pdata[next] : NULL;

      if (note != NULL && note->id == ids[i])
        {
          g_ptr_array_add (rows, octavo_note_row_new (note));
          next++;
        }
      else
        g_ptr_array_add (rows, NULL);
    }
  return rows;
}

/**
 * octavo_note_repository_is_unused:
 * @self: the repository
 *
 * Asks whether no note was ever in the file, also none that is gone; two looks into tables of a few rows. Main thread.
 *
 * Returns: whether that is so; %FALSE where it cannot be read
 */
gboolean
octavo_note_repository_is_unused (OctavoNoteRepository *self)
{
  static const char sql[] = "SELECT 1 FROM sqlite_sequence WHERE name = 'note' UNION ALL SELECT 1 FROM note LIMIT 1";
  OrmConnection *connection;
  OrmStatement *statement;
  OrmStep step;

  g_return_val_if_fail (OCTAVO_IS_NOTE_REPOSITORY (self), FALSE);

  connection = orm_database_get_page_connection (octavo_note_repository_get_database (self));
  statement = connection != NULL ? orm_connection_prepare (connection, sql, NULL) : NULL;
  if (statement == NULL)
    return FALSE;
  step = orm_statement_step (statement, NULL);
  orm_statement_reset (statement);
  return step == ORM_STEP_DONE;
}

typedef struct
{
  const gint64 *ids;
  gsize n_ids;
  gboolean with_body;
  GPtrArray *notes;
  gsize n_read;
} Batch;

static gboolean
read_batch (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Batch *batch = data;

  return octavo_note_sql_read (connection, batch->ids, batch->n_ids, batch->with_body, batch->notes, &batch->n_read,
                               error);
}

/**
 * octavo_note_repository_foreach:
 * @self: the repository
 * @ids: (array length=n_ids): any number of ids; those that are gone are left out
 * @n_ids: how many there are
 * @with_body: whether to read texts, aliases and front matter
 * @func: (scope call): called for each note, in the order of @ids; %FALSE stops
 * @user_data: for @func
 * @cancellable: (nullable): stops it
 * @error: where to put an error
 *
 * Reads any number of notes as plain values, some at a time: memory does not grow with their number. Any thread;
 * blocks.
 *
 * Returns: whether all were read, or @func stopped
 */
gboolean
octavo_note_repository_foreach (OctavoNoteRepository *self,
                                const gint64 *ids,
                                gsize n_ids,
                                gboolean with_body,
                                OctavoNoteFunc func,
                                gpointer user_data,
                                GCancellable *cancellable,
                                GError **error)
{
  g_autoptr (GPtrArray) notes = NULL;
  gsize position = 0;

  g_return_val_if_fail (OCTAVO_IS_NOTE_REPOSITORY (self), FALSE);
  g_return_val_if_fail (func != NULL, FALSE);

  notes = g_ptr_array_new_with_free_func ((GDestroyNotify) octavo_note_values_free);
  while (position < n_ids)
    {
      Batch batch = { ids + position, MIN (n_ids - position, BATCH_SIZE), with_body, notes, 0 };

      g_ptr_array_set_size (notes, 0);
      if (!orm_database_read (octavo_note_repository_get_database (self), read_batch, &batch, cancellable, error))
        {
          octavo_note_repository_explain (self, error);
          return FALSE;
        }
      for (guint i = 0; i < notes->len; i++)
        if (!func (notes->pdata[i], user_data))
          return TRUE;
      position += batch.n_read;
    }
  return TRUE;
}

typedef struct
{
  gint64 id;
  GStrv tags;
} TagsOf;

static gboolean
read_tags (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  TagsOf *tags_of = data;

  return octavo_note_sql_read_tags (connection, tags_of->id, &tags_of->tags, error);
}

/**
 * octavo_note_repository_get_tags:
 * @self: the repository
 * @id: the id of a note
 * @error: where to put an error
 *
 * Reads the tags of a note. Any thread; blocks.
 *
 * Returns: (transfer full): their names, sorted; none where there is no such note; %NULL with @error set
 */
GStrv
octavo_note_repository_get_tags (OctavoNoteRepository *self, gint64 id, GError **error)
{
  TagsOf tags_of = { .id = id };

  g_return_val_if_fail (OCTAVO_IS_NOTE_REPOSITORY (self), NULL);

  if (!orm_database_read (octavo_note_repository_get_database (self), read_tags, &tags_of, NULL, error))
    octavo_note_repository_explain (self, error);
  return tags_of.tags;
}

typedef struct
{
  OctavoScope scope;
  gint64 count;
} Count;

static gboolean
count_notes (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Count *count = data;

  return octavo_note_sql_count (connection, &count->scope, &count->count, error);
}

/**
 * octavo_note_repository_count:
 * @self: the repository
 * @scope: (nullable): which notes; all that are not in the trash
 * @count: (out): how many there are
 * @error: where to put an error
 *
 * Counts notes. Any thread; blocks.
 *
 * Returns: whether they were counted
 */
gboolean
octavo_note_repository_count (OctavoNoteRepository *self, const OctavoScope *scope, gint64 *count, GError **error)
{
  Count work = { 0 };

  g_return_val_if_fail (OCTAVO_IS_NOTE_REPOSITORY (self), FALSE);
  g_return_val_if_fail (count != NULL, FALSE);

  if (scope != NULL)
    work.scope = *scope;
  if (!orm_database_read (octavo_note_repository_get_database (self), count_notes, &work, NULL, error))
    {
      octavo_note_repository_explain (self, error);
      return FALSE;
    }
  *count = work.count;
  return TRUE;
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  gpointer count = NULL;
  GError *error = NULL;

  if (orm_database_read_finish (ORM_DATABASE (source), result, &count, &error))
    {
      g_task_return_int (task, ((Count *) count)->count);
      return;
    }
  octavo_note_repository_explain (g_task_get_source_object (task), &error);
  g_task_return_error (task, error);
}

/**
 * octavo_note_repository_count_async:
 * @self: the repository
 * @scope: (nullable): which notes; all that are not in the trash
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Counts notes without blocking. Main thread.
 */
void
octavo_note_repository_count_async (OctavoNoteRepository *self,
                                    const OctavoScope *scope,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  Count *work;
  GTask *task;

  g_return_if_fail (OCTAVO_IS_NOTE_REPOSITORY (self));

  work = g_new0 (Count, 1);
  if (scope != NULL)
    work->scope = *scope;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, octavo_note_repository_count_async);
  orm_database_read_async (octavo_note_repository_get_database (self), count_notes, work, g_free, cancellable,
                           on_counted, task);
}

/**
 * octavo_note_repository_count_finish:
 * @self: the repository
 * @result: what the callback was given
 * @error: where to put an error
 *
 * Returns: how many there are, or -1 with @error set
 */
gint64
octavo_note_repository_count_finish (OctavoNoteRepository *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return g_task_propagate_int (G_TASK (result), error);
}

/**
 * octavo_note_repository_explain:
 * @self: the repository
 * @error: (inout) (optional): the place of an error
 *
 * Turns an error of the mapper into one for a person.
 */
void
octavo_note_repository_explain (OctavoNoteRepository *self, GError **error)
{
  octavo_error_for_person (error, orm_database_get_path (octavo_note_repository_get_database (self)));
}

/**
 * octavo_note_repository_refresh:
 * @self: the repository
 * @note: a note of this repository
 *
 * Gives a note that could not be written, as it was changed elsewhere, what is in the file; what was set and not
 * written is dropped. One that has nothing unwritten, or that is gone, stays as it is. Main thread; reads one row.
 */
void
octavo_note_repository_refresh (OctavoNoteRepository *self, OctavoNote *note)
{
  OrmSession *session;
  g_autoptr (OctavoNote) known = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (OCTAVO_IS_NOTE_REPOSITORY (self));
  g_return_if_fail (OCTAVO_IS_NOTE (note));

  session = octavo_note_repository_get_session (self);
  known = octavo_note_get_id (note) != 0 && orm_entity_is_dirty (ORM_ENTITY (note))
              ? orm_session_lookup (session, OCTAVO_TYPE_NOTE, octavo_note_get_id (note))
              : NULL;
  if (known == note && !orm_session_refresh (session, ORM_ENTITY (note), NULL, &error))
    g_debug ("A note could not be read again: %s", error->message);
}
