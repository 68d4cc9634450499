/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-tag-edit-private.h"

#include "octavo-error.h"
#include "octavo-note-sql.h"
#include "octavo-note.h"
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

struct _OctavoTagRemoval
{
  gatomicrefcount ref_count;
  char *name;
  GPtrArray *records; /* of Record */
};

G_DEFINE_BOXED_TYPE (OctavoTagRemoval, octavo_tag_removal, octavo_tag_removal_ref, octavo_tag_removal_unref)

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

  if (records == NULL || !check_merging (connection, self, records, new_path, error))
    return FALSE;
  /* Of “a” that becomes “a/b”, “a/b” has to make room first; of “a/b” that becomes “a” it comes before “a/b/b”. */
  for (guint i = 0; i < records->len; i++)
    if (!rename_record (connection, self, records->pdata[is_deeper ? records->len - 1 - i : i], error))
      return FALSE;
  return TRUE;
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

/* Deleting, and bringing back */

/**
 * octavo_tag_edit_delete:
 * @connection: the writing connection
 * @data: an #OctavoTagEdit, which gets what is needed to undo it
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

  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      Record *record = records->pdata[i];

      record->note_ids = read_notes (connection, record->id, error);
      if (record->note_ids == NULL)
        return FALSE;
      g_array_append_val (ids, record->id);
    }
  if (!delete_tags (connection, (const gint64 *) (gpointer) ids->data, ids->len, error))
    return FALSE;

  self->removal = octavo_tag_removal_new (self->path);
  g_clear_pointer (&self->removal->records, g_ptr_array_unref);
  self->removal->records = g_steal_pointer (&records);
  return TRUE;
}

/* The id it had, unless another tag has got it since. 0 with error. */
static gint64
insert_again (OrmConnection *connection, const Record *record, GError **error)
{
  const OrmValue key = { .type = ORM_VALUE_INT64, .int64 = record->id };
  const OrmAssignment values[] = {
    { "name", { .type = ORM_VALUE_TEXT, .text = record->name } },
    { "folded", { .type = ORM_VALUE_TEXT, .text = record->folded } },
    { "color", { .type = ORM_VALUE_TEXT, .text = record->color } },
    { "id", key },
  };
  gint64 there;

  if (!orm_connection_find (connection, OCTAVO_TYPE_TAG, "id", &key, &there, error))
    return 0;
  return orm_connection_insert (connection, OCTAVO_TYPE_TAG, values, G_N_ELEMENTS (values) - (there != 0), error);
}

static gboolean
restore_record (OrmConnection *connection, const Record *record, GError **error)
{
  g_autoptr (OrmQuery) notes = orm_query_new (OCTAVO_TYPE_NOTE);
  gint64 id;

  if (!octavo_note_sql_find_tag (connection, record->name, &id, error))
    return FALSE;
  if (id == 0)
    id = insert_again (connection, record, error);
  else if (!set_color (connection, id, record->color, error))
    return FALSE;

  orm_query_filter (notes, orm_in ("id", (const gint64 *) (gpointer) record->note_ids->data, record->note_ids->len));
  return id != 0 && orm_query_relate (notes, connection, "tags", id, error) >= 0;
}

/**
 * octavo_tag_edit_restore:
 * @connection: the writing connection
 * @data: an #OctavoTagEdit with what was taken away
 * @cancellable: (nullable): not looked at
 * @error: where to put an error
 *
 * Brings deleted tags back, and to the notes that had them and are still there. Thread of the connection.
 *
 * Returns: whether it was done
 */
gboolean
octavo_tag_edit_restore (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  GPtrArray *records = ((OctavoTagEdit *) data)->removal->records;

  for (guint i = 0; i < records->len; i++)
    if (!restore_record (connection, records->pdata[i], error))
      return FALSE;
  return TRUE;
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
  g_clear_pointer (&self->removal, octavo_tag_removal_unref);
  g_free (self);
}

/**
 * octavo_tag_removal_new:
 * @name: what was deleted
 *
 * Returns: (transfer full): the memory of tags that were deleted, empty yet
 */
OctavoTagRemoval *
octavo_tag_removal_new (const char *name)
{
  OctavoTagRemoval *self = g_new0 (OctavoTagRemoval, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->name = g_strdup (name);
  self->records = g_ptr_array_new_with_free_func (record_free);
  return self;
}

/**
 * octavo_tag_removal_ref:
 * @self: deleted tags
 *
 * Returns: (transfer full): @self
 */
OctavoTagRemoval *
octavo_tag_removal_ref (OctavoTagRemoval *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * octavo_tag_removal_unref:
 * @self: (transfer full): deleted tags
 *
 * Lets go of them.
 */
void
octavo_tag_removal_unref (OctavoTagRemoval *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->name);
  g_ptr_array_unref (self->records);
  g_free (self);
}

/**
 * octavo_tag_removal_get_name:
 * @self: deleted tags
 *
 * Returns: (transfer none): the name of the one that was deleted with those under it
 */
const char *
octavo_tag_removal_get_name (OctavoTagRemoval *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}
