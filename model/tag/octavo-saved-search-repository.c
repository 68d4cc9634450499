/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-saved-search-repository-private.h"

#include "octavo-error.h"
#include "octavo-list-follow.h"
#include "octavo-tag.h"
#include "octavo-undo-sql.h"
#include "orm-query-work.h"
#include "orm-session.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The session keeps one object a search, and its values up to date: the list has to be read again for their order. */

struct _OctavoSavedSearchRepository
{
  GObject parent_instance;

  OrmSession *session;
  GListStore *list;
  OctavoListReading reading;
};

/* What is to be written, as plain values. */
typedef struct
{
  gint64 id; /* 0: of a new one */
  char *name;
  char *folded;
  char *query;
  gint64 position; /* of a new one; -1: after all others */
  gint64 step_id;  /* (out): what undoes it */
} Edit;

G_DEFINE_FINAL_TYPE (OctavoSavedSearchRepository, octavo_saved_search_repository, G_TYPE_OBJECT)

enum
{
  PROP_SESSION = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
octavo_saved_search_repository_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  OctavoSavedSearchRepository *self = OCTAVO_SAVED_SEARCH_REPOSITORY (object);

  if (property_id == PROP_SESSION)
    self->session = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
octavo_saved_search_repository_dispose (GObject *object)
{
  OctavoSavedSearchRepository *self = OCTAVO_SAVED_SEARCH_REPOSITORY (object);

  g_clear_object (&self->list);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (octavo_saved_search_repository_parent_class)->dispose (object);
}

static void
octavo_saved_search_repository_class_init (OctavoSavedSearchRepositoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = octavo_saved_search_repository_set_property;
  object_class->dispose = octavo_saved_search_repository_dispose;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, ORM_TYPE_SESSION,
                                                  G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
octavo_saved_search_repository_init (OctavoSavedSearchRepository *self)
{
  self->list = g_list_store_new (OCTAVO_TYPE_SAVED_SEARCH);
}

/* Reading */

static gint64
get_id (gpointer search)
{
  return octavo_saved_search_get_id (search);
}

static gboolean
is_same (gpointer item, gpointer search)
{
  return item == search;
}

static const OctavoFollow follow = { get_id, get_id, is_same, g_object_ref };

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OctavoSavedSearchRepository) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) searches = orm_session_all_finish (ORM_SESSION (source), result, &error);

  if (searches != NULL)
    octavo_list_store_follow (self->list, searches, &follow);
  else
    g_message ("The saved searches could not be read: %s", error->message);

  if (octavo_list_reading_end (&self->reading))
    octavo_saved_search_repository_refresh (self);
}

static void
read_again (OctavoSavedSearchRepository *self)
{
  g_autoptr (OrmQuery) query = orm_query_new (OCTAVO_TYPE_SAVED_SEARCH);

  orm_query_order_by (query, "position", ORM_ORDER_ASCENDING);
  orm_query_order_by (query, "id", ORM_ORDER_ASCENDING);
  orm_session_all_async (self->session, query, NULL, on_read, g_object_ref (self));
}

/**
 * octavo_saved_search_repository_refresh:
 * @self: the repository
 *
 * Reads the list again in the background, where anybody has asked for it. Main thread.
 */
void
octavo_saved_search_repository_refresh (OctavoSavedSearchRepository *self)
{
  g_return_if_fail (OCTAVO_IS_SAVED_SEARCH_REPOSITORY (self));

  if (octavo_list_reading_begin (&self->reading,
                                 orm_database_get_page_connection (orm_session_get_database (self->session)) != NULL))
    read_again (self);
}

/**
 * octavo_saved_search_repository_get_list:
 * @self: the repository
 *
 * Gives all saved searches in their order. The list is filled in the background and follows the file. Main thread.
 *
 * Returns: (element-type OctavoSavedSearch) (transfer none): the list
 */
GListModel *
octavo_saved_search_repository_get_list (OctavoSavedSearchRepository *self)
{
  g_return_val_if_fail (OCTAVO_IS_SAVED_SEARCH_REPOSITORY (self), NULL);

  if (octavo_list_reading_want (&self->reading))
    octavo_saved_search_repository_refresh (self);
  return G_LIST_MODEL (self->list);
}

/**
 * octavo_saved_search_repository_find:
 * @self: the repository
 * @name: the name of a search, in any case
 *
 * Looks for a search in the list. Main thread.
 *
 * Returns: (transfer none) (nullable): the search
 */
OctavoSavedSearch *
octavo_saved_search_repository_find (OctavoSavedSearchRepository *self, const char *name)
{
  g_autofree char *folded = NULL;
  guint n_searches;

  g_return_val_if_fail (OCTAVO_IS_SAVED_SEARCH_REPOSITORY (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  folded = octavo_tag_fold_name (name);
  n_searches = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  for (guint i = 0; i < n_searches; i++)
    {
      g_autoptr (OctavoSavedSearch) search = g_list_model_get_item (G_LIST_MODEL (self->list), i);
      g_autofree char *other = octavo_tag_fold_name (octavo_saved_search_get_name (search));

      if (g_str_equal (other, folded))
        return search;
    }
  return NULL;
}

/* Writing */

static void
edit_free (gpointer data)
{
  Edit *self = data;

  g_free (self->name);
  g_free (self->folded);
  g_free (self->query);
  g_free (self);
}

/* NULL with error. */
static Edit *
edit_new (gint64 id, const char *name, const char *query, GError **error)
{
  g_autofree char *normalized = octavo_saved_search_normalize_name (name, error);
  Edit *self;

  if (normalized == NULL)
    return NULL;
  if (*query == '\0' || strlen (query) > OCTAVO_SAVED_SEARCH_MAX_QUERY || !g_utf8_validate (query, -1, NULL))
    {
      g_set_error_literal (error, OCTAVO_ERROR, OCTAVO_ERROR_INVALID_TEXT,
                           _ ("There is nothing to search for, or too much of it. Type a few words."));
      return NULL;
    }
  self = g_new0 (Edit, 1);
  self->id = id;
  self->folded = octavo_tag_fold_name (normalized);
  self->name = g_steal_pointer (&normalized);
  self->query = g_strdup (query);
  return self;
}

/* No other has the name. */
static gboolean
check_name (OrmConnection *connection, const Edit *edit, GError **error)
{
  const OrmValue value = { .type = ORM_VALUE_TEXT, .text = edit->folded };
  gint64 there;

  if (!orm_connection_find (connection, OCTAVO_TYPE_SAVED_SEARCH, "folded", &value, &there, error))
    return FALSE;
  if (there == 0 || there == edit->id)
    return TRUE;
  g_set_error (error, OCTAVO_ERROR, OCTAVO_ERROR_EXISTS,
               _ ("There is a saved search “%s” already. Choose another name."), edit->name);
  return FALSE;
}

static gboolean
work_add (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Edit *edit = data;

  if (!check_name (connection, edit, error))
    return FALSE;
  if (edit->position < 0 &&
      !orm_connection_get_int64 (connection, "SELECT ifnull (max (position), 0) + 1 FROM saved_search", &edit->position,
                                 error))
    return FALSE;
  edit->id =
      orm_connection_insert (connection, OCTAVO_TYPE_SAVED_SEARCH,
                             (OrmAssignment[]){ { "name", { .type = ORM_VALUE_TEXT, .text = edit->name } },
                                                { "folded", { .type = ORM_VALUE_TEXT, .text = edit->folded } },
                                                { "query", { .type = ORM_VALUE_TEXT, .text = edit->query } },
                                                { "position", { .type = ORM_VALUE_INT64, .int64 = edit->position } } },
                             4, error);
  return edit->id != 0;
}

static OrmQuery *
query_one (gint64 id)
{
  OrmQuery *query = orm_query_new (OCTAVO_TYPE_SAVED_SEARCH);
  const OrmValue key = { .type = ORM_VALUE_INT64, .int64 = id };

  orm_query_filter (query, orm_equal ("id", &key));
  return query;
}

/* n_rows: what a statement gave */
static gboolean
check_there (gint64 n_rows, GError **error)
{
  if (n_rows == 0)
    g_set_error_literal (error, OCTAVO_ERROR, OCTAVO_ERROR_FAILED, _ ("There is no such saved search any more."));
  return n_rows > 0;
}

static gboolean
work_change (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Edit *edit = data;
  g_autoptr (OrmQuery) query = query_one (edit->id);
  const OrmAssignment values[] = {
    { "name", { .type = ORM_VALUE_TEXT, .text = edit->name } },
    { "folded", { .type = ORM_VALUE_TEXT, .text = edit->folded } },
    { "query", { .type = ORM_VALUE_TEXT, .text = edit->query } },
  };

  return check_name (connection, edit, error) &&
         check_there (orm_query_update (query, connection, values, G_N_ELEMENTS (values), error), error);
}

static gboolean
read_name (OrmConnection *connection, gint64 id, char **name, GError **error)
{
  g_autoptr (OrmQuery) query = query_one (id);
  g_autoptr (OrmRows) rows = NULL;

  orm_query_select (query, ORM_AGGREGATE_NONE, "name");
  rows = orm_query_read (query, connection, error);
  if (rows == NULL || !check_there (orm_rows_get_n_rows (rows), error))
    return FALSE;
  *name = g_strdup (orm_rows_get (rows, 0, 0)->text);
  return TRUE;
}

static gboolean
work_delete (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Edit *edit = data;
  g_autoptr (OrmQuery) query = query_one (edit->id);
  g_autofree char *name = NULL;
  OctavoUndoRecord record;

  return read_name (connection, edit->id, &name, error) &&
         octavo_undo_begin (connection, OCTAVO_UNDO_DELETE_SEARCH, name, &record, error) &&
         check_there (orm_query_delete (query, connection, error), error) &&
         octavo_undo_end (connection, &record, &edit->step_id, error);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
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

/* edit: (transfer full) (nullable): NULL with error */
static void
write_edit (OctavoSavedSearchRepository *self, OrmWork work, Edit *edit, GError *error, GTask *task)
{
  if (edit == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  /* What is in the file is: to say otherwise would be wrong. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, edit, edit_free);
  orm_database_write_async (orm_session_get_database (self->session), work, edit, NULL, g_task_get_cancellable (task),
                            on_written, g_object_ref (task));
}

/**
 * octavo_saved_search_repository_add_async:
 * @self: the repository
 * @name: what it is to be called
 * @query: what is searched for
 * @position: where it comes among the others; -1: after them
 * @cancellable: (nullable): gives up as long as it has not begun
 * @callback: called when it is in the file
 * @user_data: for @callback
 *
 * Keeps a search. Main thread.
 */
void
octavo_saved_search_repository_add_async (OctavoSavedSearchRepository *self,
                                          const char *name,
                                          const char *query,
                                          gint64 position,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Edit *edit;

  g_return_if_fail (OCTAVO_IS_SAVED_SEARCH_REPOSITORY (self));
  g_return_if_fail (name != NULL && query != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  edit = edit_new (0, name, query, &error);
  if (edit != NULL)
    edit->position = position;
  write_edit (self, work_add, edit, error, task);
}

/**
 * octavo_saved_search_repository_add_finish:
 * @self: the repository
 * @result: what the callback was given
 * @error: where to put an error
 *
 * Sets %OCTAVO_ERROR_EXISTS where there is one of that name, %OCTAVO_ERROR_INVALID_TEXT.
 *
 * Returns: its id; 0 with @error set
 */
gint64
octavo_saved_search_repository_add_finish (OctavoSavedSearchRepository *self, GAsyncResult *result, GError **error)
{
  Edit *edit;

  g_return_val_if_fail (g_task_is_valid (result, self), 0);

  edit = g_task_get_task_data (G_TASK (result));
  return g_task_propagate_boolean (G_TASK (result), error) ? edit->id : 0;
}

/**
 * octavo_saved_search_repository_change_async:
 * @self: the repository
 * @id: the id of a search
 * @name: what it is to be called
 * @query: what is searched for
 * @cancellable: (nullable): gives up as long as it has not begun
 * @callback: called when it is in the file
 * @user_data: for @callback
 *
 * Changes a search. Main thread.
 */
void
octavo_saved_search_repository_change_async (OctavoSavedSearchRepository *self,
                                             gint64 id,
                                             const char *name,
                                             const char *query,
                                             GCancellable *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Edit *edit;

  g_return_if_fail (OCTAVO_IS_SAVED_SEARCH_REPOSITORY (self));
  g_return_if_fail (id > 0 && name != NULL && query != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  edit = edit_new (id, name, query, &error);
  write_edit (self, work_change, edit, error, task);
}

/**
 * octavo_saved_search_repository_change_finish:
 * @self: the repository
 * @result: what the callback was given
 * @error: where to put an error, as of octavo_saved_search_repository_add_finish()
 *
 * Returns: whether it was changed
 */
gboolean
octavo_saved_search_repository_change_finish (OctavoSavedSearchRepository *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * octavo_saved_search_repository_delete_async:
 * @self: the repository
 * @id: the id of a search
 * @cancellable: (nullable): gives up as long as it has not begun
 * @callback: called when it is gone from the file
 * @user_data: for @callback
 *
 * Deletes a search. Main thread.
 */
void
octavo_saved_search_repository_delete_async (OctavoSavedSearchRepository *self,
                                             gint64 id,
                                             GCancellable *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Edit *edit;

  g_return_if_fail (OCTAVO_IS_SAVED_SEARCH_REPOSITORY (self));
  g_return_if_fail (id > 0);

  task = g_task_new (self, cancellable, callback, user_data);
  edit = g_new0 (Edit, 1);
  edit->id = id;
  write_edit (self, work_delete, edit, NULL, task);
}

/**
 * octavo_saved_search_repository_delete_finish:
 * @self: the repository
 * @result: what the callback was given
 * @step_id: (out) (optional): what octavo_undo_run_async() takes back
 * @error: where to put an error
 *
 * Returns: whether it was deleted
 */
gboolean
octavo_saved_search_repository_delete_finish (OctavoSavedSearchRepository *self,
                                              GAsyncResult *result,
                                              gint64 *step_id,
                                              GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (step_id != NULL)
    *step_id = ((Edit *) g_task_get_task_data (G_TASK (result)))->step_id;
  return g_task_propagate_boolean (G_TASK (result), error);
}
