/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-tag-repository-private.h"

#include "octavo-error.h"
#include "octavo-list-follow.h"
#include "octavo-tag-edit-private.h"
#include "octavo-tag-private.h"
#include "octavo-tag-rows-private.h"
#include "orm-database.h"

#include <string.h>

/* Reads which tags there are and how many notes have them. Names and counts are read and sorted off the main thread;
 * the objects stay the same from one reading to the next. */

struct _OctavoTagRepository
{
  GObject parent_instance;

  OrmDatabase *database;
  GListStore *list;
  GHashTable *colors;   /* names of them by the folded name of a tag that has one */
  GHashTable *path_ids; /* of what is a path only, by its folded name: ids below 0 */
  OctavoListReading reading;
};

G_DEFINE_FINAL_TYPE (OctavoTagRepository, octavo_tag_repository, G_TYPE_OBJECT)

enum
{
  PROP_DATABASE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_COLORS_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
read_rows (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return octavo_tag_rows_read (data, FALSE, connection, error);
}

static gboolean
read_rows_and_paths (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return octavo_tag_rows_read (data, TRUE, connection, error);
}

static gint64
get_item_id (gpointer item)
{
  return octavo_tag_get_id (item);
}

static gint64
get_row_id (gpointer row)
{
  return ((OctavoTagRow *) row)->id;
}

static gboolean
update (gpointer item, gpointer row)
{
  OctavoTagRow *values = row;

  if (strcmp (octavo_tag_get_name (item), values->name) != 0)
    return FALSE;
  octavo_tag_set_color (item, values->color);
  octavo_tag_set_counts (item, values->n_notes, values->n_notes_in_tree);
  octavo_tag_set_user_counts (item, values->user_counts);
  return TRUE;
}

static gpointer
create (gpointer row)
{
  OctavoTagRow *values = row;
  OctavoTag *tag = octavo_tag_new (values->id, values->name, values->color, values->n_notes, values->n_notes_in_tree);

  octavo_tag_set_user_counts (tag, values->user_counts);
  return tag;
}

static const OctavoFollow follow = { get_item_id, get_row_id, update, create };

/* Each path keeps its id from one reading to the next, so that it stays the same object. */
static void
number_paths (OctavoTagRepository *self, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      OctavoTagRow *row = rows->pdata[i];
      gint64 *known;

      if (row->id != 0)
        continue;
      known = g_hash_table_lookup (self->path_ids, row->folded);
      row->id = known != NULL ? *known : -1 - (gint64) g_hash_table_size (self->path_ids);
      if (known == NULL)
        g_hash_table_insert (self->path_ids, g_strdup (row->folded), g_memdup2 (&row->id, sizeof row->id));
    }
}

static gboolean
are_same (GHashTable *colors, GHashTable *others)
{
  GHashTableIter iter;
  gpointer name, color;

  if (g_hash_table_size (colors) != g_hash_table_size (others))
    return FALSE;
  g_hash_table_iter_init (&iter, colors);
  while (g_hash_table_iter_next (&iter, &name, &color))
    if (g_strcmp0 (color, g_hash_table_lookup (others, name)) != 0)
      return FALSE;
  return TRUE;
}

static void
keep_colors (OctavoTagRepository *self, GPtrArray *rows)
{
  g_autoptr (GHashTable) before = self->colors;

  self->colors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < rows->len; i++)
    {
      const OctavoTagRow *row = rows->pdata[i];

      if (row->color != NULL && row->color[0] != '\0')
        g_hash_table_insert (self->colors, g_strdup (row->folded), g_strdup (row->color));
    }
  if (!are_same (self->colors, before))
    g_signal_emit (self, signals[SIGNAL_COLORS_CHANGED], 0);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OctavoTagRepository) self = user_data;
  g_autoptr (GError) error = NULL;
  gpointer rows = NULL;

  if (orm_database_read_finish (ORM_DATABASE (source), result, &rows, &error))
    {
      number_paths (self, rows);
      keep_colors (self, rows);
      octavo_list_store_follow (self->list, rows, &follow);
    }
  else
    g_message ("The tags could not be read: %s", error->message);

  if (octavo_list_reading_end (&self->reading))
    octavo_tag_repository_refresh (self);
}

static void
read_again (OctavoTagRepository *self)
{
  orm_database_read_async (self->database, read_rows_and_paths, octavo_tag_rows_new (),
                           (GDestroyNotify) g_ptr_array_unref, NULL, on_read, g_object_ref (self));
}

static void
octavo_tag_repository_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  OctavoTagRepository *self = OCTAVO_TAG_REPOSITORY (object);

  if (property_id == PROP_DATABASE)
    self->database = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
octavo_tag_repository_dispose (GObject *object)
{
  OctavoTagRepository *self = OCTAVO_TAG_REPOSITORY (object);

  g_clear_object (&self->database);
  g_clear_object (&self->list);

  G_OBJECT_CLASS (octavo_tag_repository_parent_class)->dispose (object);
}

static void
octavo_tag_repository_finalize (GObject *object)
{
  g_hash_table_unref (OCTAVO_TAG_REPOSITORY (object)->colors);
  g_hash_table_unref (OCTAVO_TAG_REPOSITORY (object)->path_ids);

  G_OBJECT_CLASS (octavo_tag_repository_parent_class)->finalize (object);
}

static void
octavo_tag_repository_class_init (OctavoTagRepositoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = octavo_tag_repository_set_property;
  object_class->dispose = octavo_tag_repository_dispose;
  object_class->finalize = octavo_tag_repository_finalize;

  properties[PROP_DATABASE] = g_param_spec_object ("database", NULL, NULL, ORM_TYPE_DATABASE,
                                                   G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_COLORS_CHANGED] = g_signal_new ("colors-changed", OCTAVO_TYPE_TAG_REPOSITORY, G_SIGNAL_RUN_LAST, 0,
                                                 NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
octavo_tag_repository_init (OctavoTagRepository *self)
{
  self->list = g_list_store_new (OCTAVO_TYPE_TAG);
  self->colors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->path_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * octavo_tag_repository_refresh:
 * @self: the repository
 *
 * Reads the list again in the background, where anybody has asked for it. Main thread.
 */
void
octavo_tag_repository_refresh (OctavoTagRepository *self)
{
  g_return_if_fail (OCTAVO_IS_TAG_REPOSITORY (self));

  if (octavo_list_reading_begin (&self->reading, orm_database_get_page_connection (self->database) != NULL))
    read_again (self);
}

/**
 * octavo_tag_repository_get_list:
 * @self: the repository
 *
 * Gives all tags by name, children after their parents, with their counts. The list is filled in the background and
 * follows the file: tags come and go, and "n-notes" of those that stay notifies. Main thread.
 *
 * Returns: (element-type OctavoTag) (transfer none): the list
 */
GListModel *
octavo_tag_repository_get_list (OctavoTagRepository *self)
{
  g_return_val_if_fail (OCTAVO_IS_TAG_REPOSITORY (self), NULL);

  if (octavo_list_reading_want (&self->reading))
    octavo_tag_repository_refresh (self);
  return G_LIST_MODEL (self->list);
}

/**
 * octavo_tag_repository_find:
 * @self: the repository
 * @name: the name of a tag, in any case
 *
 * Looks for a tag in the list. Main thread.
 *
 * Returns: (transfer none) (nullable): the tag
 */
OctavoTag *
octavo_tag_repository_find (OctavoTagRepository *self, const char *name)
{
  g_autofree char *folded = NULL;
  guint n_tags;

  g_return_val_if_fail (OCTAVO_IS_TAG_REPOSITORY (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  folded = octavo_tag_fold_name (name);
  n_tags = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  for (guint i = 0; i < n_tags; i++)
    {
      g_autoptr (OctavoTag) tag = g_list_model_get_item (G_LIST_MODEL (self->list), i);

      if (g_str_equal (octavo_tag_get_folded_name (tag), folded))
        return tag;
    }
  return NULL;
}

/**
 * octavo_tag_repository_get_color:
 * @self: the repository
 * @name: the name of a tag, in any case
 *
 * Tells the colour of a tag, as far as the list was read; "colors-changed" is emitted when it was read and there are
 * others. Takes no longer where there are many tags. Main thread.
 *
 * Returns: (transfer none): the colour, until the main loop runs; "" for none
 */
const char *
octavo_tag_repository_get_color (OctavoTagRepository *self, const char *name)
{
  g_autofree char *folded = NULL;
  const char *color;

  g_return_val_if_fail (OCTAVO_IS_TAG_REPOSITORY (self), "");
  g_return_val_if_fail (name != NULL, "");

  if (g_hash_table_size (self->colors) == 0)
    return "";
  folded = octavo_tag_fold_name (name);
  color = g_hash_table_lookup (self->colors, folded);
  return color != NULL ? color : "";
}

/**
 * octavo_tag_repository_count_under:
 * @self: the repository
 * @tag: a tag
 *
 * Counts the tags under a tag that notes can have. Main thread.
 *
 * Returns: how many there are
 */
guint
octavo_tag_repository_count_under (OctavoTagRepository *self, OctavoTag *tag)
{
  g_autofree char *start = NULL;
  guint n_tags, n_under = 0;

  g_return_val_if_fail (OCTAVO_IS_TAG_REPOSITORY (self), 0);
  g_return_val_if_fail (OCTAVO_IS_TAG (tag), 0);

  start = g_strconcat (octavo_tag_get_folded_name (tag), "/", NULL);
  n_tags = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  for (guint i = 0; i < n_tags; i++)
    {
      g_autoptr (OctavoTag) other = g_list_model_get_item (G_LIST_MODEL (self->list), i);

      n_under += !octavo_tag_is_path (other) && g_str_has_prefix (octavo_tag_get_folded_name (other), start);
    }
  return n_under;
}

/**
 * octavo_tag_repository_read:
 * @self: the repository
 * @error: where to put an error
 *
 * Reads all tags now, by name. Main thread; blocks.
 *
 * Returns: (element-type OctavoTag) (transfer full): the tags, or %NULL with @error set
 */
GPtrArray *
octavo_tag_repository_read (OctavoTagRepository *self, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  GPtrArray *tags;

  g_return_val_if_fail (OCTAVO_IS_TAG_REPOSITORY (self), NULL);

  rows = octavo_tag_rows_new ();
  if (!orm_database_read (self->database, read_rows, rows, NULL, error))
    {
      octavo_error_for_person (error, orm_database_get_path (self->database));
      return NULL;
    }
  tags = g_ptr_array_new_full (rows->len, g_object_unref);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (tags, create (rows->pdata[i]));
  return tags;
}

/* Editing */

static void
on_edited (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (orm_database_write_finish (ORM_DATABASE (source), result, NULL, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  octavo_error_for_person (&error, orm_database_get_path (ORM_DATABASE (source)));
  g_task_return_error (task, error);
}

static gboolean
end_edit (GAsyncResult *result, gint64 *step_id, GError **error)
{
  const OctavoTagEdit *edit = g_task_get_task_data (G_TASK (result));

  if (step_id != NULL)
    *step_id = edit != NULL ? edit->step_id : 0;
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* edit: (transfer full) (nullable): NULL with error */
static void
run_edit (OctavoTagRepository *self,
          OrmWork work,
          OctavoTagEdit *edit,
          GError *error,
          gpointer source_tag,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  /* What is in the file is: to say otherwise would be wrong. */
  g_task_set_check_cancellable (task, FALSE);
  if (edit == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, edit, (GDestroyNotify) octavo_tag_edit_free);
  orm_database_write_async (self->database, work, edit, NULL, cancellable, on_edited, g_steal_pointer (&task));
}

/**
 * octavo_tag_repository_rename_async:
 * @self: the repository
 * @path: the name of a tag, or a path that only tags under it have
 * @new_path: the name it is to have
 * @may_merge: whether it may become one with what has that name already
 * @cancellable: (nullable): gives up as long as it has not begun
 * @callback: called when it is in the file
 * @user_data: for @callback
 *
 * Renames a tag, and with it the paths of those under it. Main thread.
 */
void
octavo_tag_repository_rename_async (OctavoTagRepository *self,
                                    const char *path,
                                    const char *new_path,
                                    gboolean may_merge,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autoptr (OctavoTagEdit) edit = NULL;
  GError *error = NULL;

  g_return_if_fail (OCTAVO_IS_TAG_REPOSITORY (self));
  g_return_if_fail (path != NULL && new_path != NULL);

  edit = octavo_tag_edit_new (path, &error);
  if (edit != NULL)
    {
      edit->may_merge = may_merge;
      edit->new_path = octavo_tag_normalize_name (new_path, &error);
      if (edit->new_path == NULL)
        g_clear_pointer (&edit, octavo_tag_edit_free);
    }
  run_edit (self, octavo_tag_edit_rename, g_steal_pointer (&edit), error, octavo_tag_repository_rename_async,
            cancellable, callback, user_data);
}

/**
 * octavo_tag_repository_rename_finish:
 * @self: the repository
 * @result: what the callback was given
 * @step_id: (out) (optional): what octavo_undo_run_async() takes back; 0 where nothing was changed
 * @error: where to put an error
 *
 * Sets %OCTAVO_ERROR_EXISTS where it would become one with another tag, %OCTAVO_ERROR_NO_SUCH_TAG,
 * %OCTAVO_ERROR_INVALID_TAG (of the name of a tag under it, too, which becomes longer).
 *
 * Returns: whether it was renamed
 */
gboolean
octavo_tag_repository_rename_finish (OctavoTagRepository *self, GAsyncResult *result, gint64 *step_id, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return end_edit (result, step_id, error);
}

/**
 * octavo_tag_repository_set_color_async:
 * @self: the repository
 * @path: the name of a tag, or a path that only tags under it have
 * @color: the name of a colour, "" for none
 * @cancellable: (nullable): gives up as long as it has not begun
 * @callback: called when it is in the file
 * @user_data: for @callback
 *
 * Gives a tag a colour. Main thread.
 */
void
octavo_tag_repository_set_color_async (OctavoTagRepository *self,
                                       const char *path,
                                       const char *color,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  OctavoTagEdit *edit;
  GError *error = NULL;

  g_return_if_fail (OCTAVO_IS_TAG_REPOSITORY (self));
  g_return_if_fail (path != NULL && color != NULL);

  edit = octavo_tag_edit_new (path, &error);
  if (edit != NULL)
    edit->color = g_strdup (color);
  run_edit (self, octavo_tag_edit_set_color, edit, error, octavo_tag_repository_set_color_async, cancellable, callback,
            user_data);
}

/**
 * octavo_tag_repository_set_color_finish:
 * @self: the repository
 * @result: what the callback was given
 * @error: where to put an error, as of octavo_tag_repository_rename_finish()
 *
 * Returns: whether it has the colour
 */
gboolean
octavo_tag_repository_set_color_finish (OctavoTagRepository *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * octavo_tag_repository_delete_async:
 * @self: the repository
 * @path: the name of a tag, or a path that only tags under it have
 * @cancellable: (nullable): gives up as long as it has not begun
 * @callback: called when it is gone from the file
 * @user_data: for @callback
 *
 * Deletes a tag and those under it, and takes them off their notes, which stay. Main thread.
 */
void
octavo_tag_repository_delete_async (OctavoTagRepository *self,
                                    const char *path,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  OctavoTagEdit *edit;
  GError *error = NULL;

  g_return_if_fail (OCTAVO_IS_TAG_REPOSITORY (self));
  g_return_if_fail (path != NULL);

  edit = octavo_tag_edit_new (path, &error);
  run_edit (self, octavo_tag_edit_delete, edit, error, octavo_tag_repository_delete_async, cancellable, callback,
            user_data);
}

/**
 * octavo_tag_repository_delete_finish:
 * @self: the repository
 * @result: what the callback was given
 * @step_id: (out) (optional): what octavo_undo_run_async() takes back
 * @error: where to put an error
 *
 * Returns: whether it was done
 */
gboolean
octavo_tag_repository_delete_finish (OctavoTagRepository *self, GAsyncResult *result, gint64 *step_id, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return end_edit (result, step_id, error);
}
