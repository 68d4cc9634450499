/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-tag-edit-private.h"

#include "octavo-error.h"
#include "octavo-note-sql.h"
#include "octavo-note.h"
#include "octavo-undo-sql.h"
#include "orm-query-work.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A tag stands for those under it: what is done to it is done to its whole tree, in one transaction. Every note that
 * has one of them is told of, as its row shows their names. */

typedef struct
{
  gint64 id;
  char *name;
  char *folded;
  char *color;
  GArray *note_ids; /* (nullable): of gint64 */
} Record;

#define TREE                                                                                                           \
  "SELECT id, name, folded, color FROM tag "                                                                           \
  "WHERE folded = ?1 OR (folded > ?1 || '/' AND folded < ?1 || '0') ORDER BY length (folded)"

static void
record_free (gpointer data)
{
  Record *record = data;

  g_free (record->name);
  g_free (record->folded);
  g_free (record->color);
  g_clear_pointer (&record->note_ids, g_array_unref);
  g_free (record);
}

static char *
dup_column (OrmStatement *statement, int column)
{
  const char *text = orm_statement_get_text (statement, column, NULL);

  return g_strdup (text != NULL ? text : ""); /* only a damaged file has none */
}

/* The tag of a path and all under it, the shortest first. (element-type Record) (transfer full) */
static GPtrArray *
read_tree (OrmConnection *connection, const char *path, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (record_free);
  g_autofree char *folded = octavo_tag_fold_name (path);
  OrmStatement *statement = orm_connection_prepare (connection, TREE, error);
  OrmStep step;

  if (statement == NULL)
    return NULL;
  orm_statement_bind_text (statement, 1, folded, -1);
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    {
      Record *record = g_new0 (Record, 1);

      record->id = orm_statement_get_int64 (statement, 0);
      record->name = dup_column (statement, 1);
      record->folded = dup_column (statement, 2);
      record->color = dup_column (statement, 3);
      g_ptr_array_add (records, record);
    }
  orm_statement_reset (statement);
  return step == ORM_STEP_DONE ? g_steal_pointer (&records) : NULL;
}

/* The same, of a tag that has to be there. */
static GPtrArray *
read_tree_there (OrmConnection *connection, const char *path, GError **error)
{
  g_autoptr (GPtrArray) records = read_tree (connection, path, error);

  if (records != NULL && records->len == 0)
    {
      g_set_error (error, OCTAVO_ERROR, OCTAVO_ERROR_NO_SUCH_TAG, _ ("There is no tag “%s” any more."), path);
      return NULL;
    }
  return g_steal_pointer (&records);
}

/* Which notes have a tag; they are told of. (element-type gint64) (transfer full) */
static GArray *
read_notes (OrmConnection *connection, gint64 tag_id, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  OrmStatement *statement = orm_connection_prepare (connection, "SELECT note_id FROM note_tag WHERE tag_id = ?", error);
  OrmStep step;

  if (statement == NULL)
    return NULL;
  orm_statement_bind_int64 (statement, 1, tag_id);
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    {
      gint64 id = orm_statement_get_int64 (statement, 0);

      g_array_append_val (ids, id);
      orm_connection_report_change (connection, "note_tag", ORM_CHANGE_UPDATE, id);
    }
  orm_statement_reset (statement);
  return step == ORM_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

static gboolean
update_tag (OrmConnection *connection, gint64 id, const OrmAssignment *assignments, guint n_assignments, GError **error)
{
  g_autoptr (OrmQuery) query = orm_query_new (OCTAVO_TYPE_TAG);
  const OrmValue key = { .type = ORM_VALUE_INT64, .int64 = id };

  orm_query_filter (query, orm_equal ("id", &key));
  return orm_query_update (query, connection, assignments, n_assignments, error) >= 0;
}

static gboolean
set_color (OrmConnection *connection, gint64 id, const char *color, GError **error)
{
  const OrmAssignment assignment = { "color", { .type = ORM_VALUE_TEXT, .text = (char *) color } };

  return update_tag (connection, id, &assignment, 1, error);
}

static gboolean
delete_tags (OrmConnection *connection, const gint64 *ids, gsize n_ids, GError **error)
{
  g_autoptr (OrmQuery) query = orm_query_new (OCTAVO_TYPE_TAG);

  orm_query_filter (query, orm_in ("id", ids, n_ids));
  return orm_query_delete (query, connection, error) >= 0;
}

/* Renaming */

/* The name of a tag when the first parts of its path are others: the letters of those may differ in case. */
static char *
make_name (const char *name, const char *old_path, const char *new_path)
{
  const char *rest = name;

  for (const char *at = old_path; at != NULL && rest != NULL; at = strchr (at + 1, '/'))
    rest = strchr (rest + (rest > name), '/');
  return g_strconcat (new_path, rest, NULL);
}

static gboolean
is_in (GPtrArray *records, gint64 id)
{
  for (guint i = 0; i < records->len; i++)
    if (((Record *) records->pdata[i])->id == id)
      return TRUE;
  return FALSE;
}

/* Where something that does not move with it has the new name, or is under it, the two would become one, which is then
 * written as it was. */
static gboolean
check_merging (OrmConnection *connection, OctavoTagEdit *self, GPtrArray *records, const char *folded, GError **error)
{
  g_autoptr (GPtrArray) there = read_tree (connection, self->new_path, error);

  if (there == NULL)
    return FALSE;
  for (guint i = 0; i < there->len; i++)
    {
      const Record *record = there->pdata[i];

      if (is_in (records, record->id))
        continue;
      self->is_merging = TRUE;
      if (!self->may_merge)
        {
          g_set_error (error, OCTAVO_ERROR, OCTAVO_ERROR_EXISTS,
                       _ ("There is a tag “%s” already. Choose another name."), self->new_path);
          return FALSE;
        }
      if (g_str_equal (record->folded, folded))
        {
          g_free (self->new_path);
          self->new_path = g_strdup (record->name);
        }
    }
  return TRUE;
}

static gboolean
merge_into (OrmConnection *connection, Record *record, gint64 target, GError **error)
{
  g_autoptr (OrmQuery) notes = orm_query_new (OCTAVO_TYPE_NOTE);
  g_autoptr (OrmQuery) plain = orm_query_new (OCTAVO_TYPE_TAG);
  const OrmValue key = { .type = ORM_VALUE_INT64, .int64 = target };
  const OrmValue nothing = { .type = ORM_VALUE_TEXT, .text = (char *) "" };
  const OrmAssignment color = { "color", { .type = ORM_VALUE_TEXT, .text = record->color } };

  orm_query_filter (notes, orm_in ("id", (const gint64 *) (gpointer) record->note_ids->data, record->note_ids->len));
  orm_query_filter (plain, orm_and (orm_equal ("id", &key), orm_equal ("color", &nothing)));
  return orm_query_relate (notes, connection, "tags", target, error) >= 0 &&
         orm_query_update (plain, connection, &color, 1, error) >= 0 && delete_tags (connection, &record->id, 1, error);
}

static gboolean
rename_record (OrmConnection *connection, OctavoTagEdit *self, Record *record, GError **error)
{
  g_autofree char *joined = make_name (record->name, self->path, self->new_path);
  g_autofree char *name = octavo_tag_normalize_name (joined, error);
  g_autofree char *folded = NULL;
  gint64 there;

  if (name == NULL)
    return FALSE;
  record->note_ids = read_notes (connection, record->id, error);
  if (record->note_ids == NULL || !octavo_note_sql_find_tag (connection, name, &there, error))
    return FALSE;
  if (there != 0 && there != record->id)
    return merge_into (connection, record, there, error);

  folded = octavo_tag_fold_name (name);
  return update_tag (connection, record->id,
                     (OrmAssignment[]){ { "name", { .type = ORM_VALUE_TEXT, .text = name } },
                                        { "folded", { .type = ORM_VALUE_TEXT, .text = folded } } },
                     2, error);
}

/**
 * octavo_tag_edit_rename:
 * @connection: the writing connection
 * @data: an #OctavoTagEdit with a new path
 * @cancellable: (nullable): not looked at
 * @error: where to put an error
 *
 * Renames a tag and those under it. Sets %OCTAVO_ERROR_NO_SUCH_TAG, %OCTAVO_ERROR_INVALID_TAG where a name would be too
 * long, %OCTAVO_ERROR_EXISTS where tags would become one and that is not allowed. Thread of the connection.
 *
 * Returns: whether it was done
 */
gboolean
octavo_tag_edit_rename (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  OctavoTagEdit *self = data;
  g_autoptr (GPtrArray) records = read_tree_there (connection, self->path, error);
  g_autofree char *old_path = octavo_tag_fold_name (self->path);
  g_autofree char *new_path = octavo_tag_fold_name (self->new_path);
  gboolean is_deeper = strlen (new_path) > strlen (old_path);
  OctavoUndoRecord record;

  if (records == NULL || !check_merging (connection, self, records, new_path, error) ||
      !octavo_undo_begin (connection, self->is_merging ? OCTAVO_UNDO_MERGE_TAGS : OCTAVO_UNDO_RENAME_TAG, self->path,
                          &record, error))
    return FALSE;
  /* Of “a” that becomes “a/b”, “a/b” has to make room first; of “a/b” that becomes “a” it comes before “a/b/b”. */
  for (guint i = 0; i < records->len; i++)
    if (!rename_record (connection, self, records->pdata[is_deeper ? records->len - 1 - i : i], error))
      return FALSE;
  return octavo_undo_end (connection, &record, &self->step_id, error);
}

/* Colour */

/**
 * octavo_tag_edit_set_color:
 * @connection: the writing connection
 * @data: an #OctavoTagEdit with a colour
 * @cancellable: (nullable): not looked at
 * @error: where to put an error
 *
 * Gives a tag a colour. What is a path only becomes a tag that no note has, for as long as it has a colour. Thread of
 * the connection.
 *
 * Returns: whether it was done
 */
gboolean
octavo_tag_edit_set_color (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  OctavoTagEdit *self = data;
  g_autoptr (GPtrArray) records = read_tree_there (connection, self->path, error);
  gint64 id;

  return records != NULL && octavo_note_sql_ensure_tag (connection, self->path, &id, error) &&
         set_color (connection, id, self->color, error) && octavo_note_sql_delete_unused_tags (connection, error);
}

/* Deleting */

/**
 * octavo_tag_edit_delete:
 * @connection: the writing connection
 * @data: an #OctavoTagEdit
 * @cancellable: (nullable): not looked at
 * @error: where to put an error
 *
 * Deletes a tag and those under it. Sets %OCTAVO_ERROR_NO_SUCH_TAG. Thread of the connection.
 *
 * Returns: whether it was done
 */
gboolean
octavo_tag_edit_delete (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  OctavoTagEdit *self = data;
  g_autoptr (GPtrArray) records = read_tree_there (connection, self->path, error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  OctavoUndoRecord record;

  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      Record *tag = records->pdata[i];

      tag->note_ids = read_notes (connection, tag->id, error);
      if (tag->note_ids == NULL)
        return FALSE;
      g_array_append_val (ids, tag->id);
    }
  return octavo_undo_begin (connection, OCTAVO_UNDO_DELETE_TAG, self->path, &record, error) &&
         delete_tags (connection, (const gint64 *) (gpointer) ids->data, ids->len, error) &&
         octavo_undo_end (connection, &record, &self->step_id, error);
}

/**
 * octavo_tag_edit_new:
 * @path: the path of a tag
 * @error: where to put an error
 *
 * Puts work on a tag together. Sets %OCTAVO_ERROR_INVALID_TAG. Any thread.
 *
 * Returns: (transfer full): the work, or %NULL with @error set
 */
OctavoTagEdit *
octavo_tag_edit_new (const char *path, GError **error)
{
  g_autofree char *normalized = octavo_tag_normalize_name (path, error);
  OctavoTagEdit *self;

  if (normalized == NULL)
    return NULL;
  self = g_new0 (OctavoTagEdit, 1);
  self->path = g_steal_pointer (&normalized);
  return self;
}

/**
 * octavo_tag_edit_free:
 * @self: (transfer full): the work
 *
 * Frees it.
 */
void
octavo_tag_edit_free (OctavoTagEdit *self)
{
  g_free (self->path);
  g_free (self->new_path);
  g_free (self->color);
  g_free (self);
}
