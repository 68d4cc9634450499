/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-version-repository.h"

#include "octavo-error.h"
#include "octavo-note.h"
#include "octavo-undo-sql.h"
#include "octavo-version-sql.h"
#include "octavo-version-text.h"
#include "orm-query-work.h"
#include "orm-session.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Nobody looks at versions but who opens the history of a note, so there is no list of them that follows the file. */

/* Among so many of the last ones a state is looked for that somebody may have kept a moment ago. */
#define N_RECENT 4

struct _OctavoVersionRepository
{
  GObject parent_instance;

  OrmSession *session;
};

G_DEFINE_FINAL_TYPE (OctavoVersionRepository, octavo_version_repository, G_TYPE_OBJECT)

enum
{
  PROP_SESSION = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
octavo_version_repository_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  OctavoVersionRepository *self = OCTAVO_VERSION_REPOSITORY (object);

  if (property_id == PROP_SESSION)
    self->session = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
octavo_version_repository_dispose (GObject *object)
{
  OctavoVersionRepository *self = OCTAVO_VERSION_REPOSITORY (object);

  g_clear_object (&self->session);

  G_OBJECT_CLASS (octavo_version_repository_parent_class)->dispose (object);
}

static void
octavo_version_repository_class_init (OctavoVersionRepositoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = octavo_version_repository_set_property;
  object_class->dispose = octavo_version_repository_dispose;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, ORM_TYPE_SESSION,
                                                  G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
octavo_version_repository_init (OctavoVersionRepository *self)
{
}

static OrmDatabase *
get_database (OctavoVersionRepository *self)
{
  return orm_session_get_database (self->session);
}

static void
explain (OctavoVersionRepository *self, GError **error)
{
  octavo_error_for_person (error, orm_database_get_path (get_database (self)));
}

/* ---- Reading ---- */

static OrmQuery *
query_versions (gint64 note_id)
{
  OrmQuery *query = orm_query_new (OCTAVO_TYPE_NOTE_VERSION);
  const OrmValue key = { .type = ORM_VALUE_INT64, .int64 = note_id };

  orm_query_filter (query, orm_equal ("note_id", &key));
  orm_query_order_by (query, "id", ORM_ORDER_DESCENDING);
  return query;
}

static OrmQuery *
query_list (gint64 note_id)
{
  OrmQuery *query = query_versions (note_id);

  orm_query_load_only (query, "note_id", "made", "updated", "reason", "title", "size", NULL);
  return query;
}

/**
 * octavo_version_repository_list:
 * @self: the repository
 * @note_id: a note
 * @error: where to put an error
 *
 * Lists what is kept of a note. Main thread; blocks.
 *
 * Returns: (transfer full) (element-type OctavoNoteVersion): the versions, the last first, or %NULL with %OCTAVO_ERROR
 */
GPtrArray *
octavo_version_repository_list (OctavoVersionRepository *self, gint64 note_id, GError **error)
{
  g_autoptr (OrmQuery) query = NULL;
  GPtrArray *versions;

  g_return_val_if_fail (OCTAVO_IS_VERSION_REPOSITORY (self), NULL);

  query = query_list (note_id);
  versions = orm_session_all (self->session, query, NULL, error);
  if (versions == NULL)
    explain (self, error);
  return versions;
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *versions = orm_session_all_finish (ORM_SESSION (source), result, &error);

  if (versions != NULL)
    {
      g_task_return_pointer (task, versions, (GDestroyNotify) g_ptr_array_unref);
      return;
    }
  explain (g_task_get_source_object (task), &error);
  g_task_return_error (task, error);
}

/**
 * octavo_version_repository_list_async:
 * @self: the repository
 * @note_id: a note
 * @cancellable: (nullable): stops it
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Lists what is kept of a note without blocking. Main thread.
 */
void
octavo_version_repository_list_async (OctavoVersionRepository *self,
                                      gint64 note_id,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_autoptr (OrmQuery) query = NULL;
  GTask *task;

  g_return_if_fail (OCTAVO_IS_VERSION_REPOSITORY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, octavo_version_repository_list_async);
  query = query_list (note_id);
  orm_session_all_async (self->session, query, cancellable, on_listed, task);
}

/**
 * octavo_version_repository_list_finish:
 * @self: the repository
 * @result: what the callback was given
 * @error: where to put an error
 *
 * Returns: (transfer full) (element-type OctavoNoteVersion): as of octavo_version_repository_list()
 */
GPtrArray *
octavo_version_repository_list_finish (OctavoVersionRepository *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* A text of a column that is never NULL, but where a damaged file has one all the same. */
static char *
dup_text (OrmRows *rows, guint row, guint column)
{
  const OrmValue *value = orm_rows_get (rows, row, column);

  return g_strdup (value->type == ORM_VALUE_TEXT ? value->text : "");
}

static void
select_text (OrmQuery *query)
{
  orm_query_select (query, ORM_AGGREGATE_NONE, "note_id");
  orm_query_select (query, ORM_AGGREGATE_NONE, "updated");
  orm_query_select (query, ORM_AGGREGATE_NONE, "title");
  orm_query_select (query, ORM_AGGREGATE_NONE, "size");
  orm_query_select (query, ORM_AGGREGATE_NONE, "format");
  orm_query_select (query, ORM_AGGREGATE_NONE, "body");
}

/* (nullable): with @error set where it cannot be read */
static OctavoNoteValues *
take_text (OrmRows *rows, guint row, GError **error)
{
  const OrmValue *blob = orm_rows_get (rows, row, 5);
  g_autoptr (GBytes) packed = blob->type == ORM_VALUE_BLOB ? g_bytes_ref (blob->blob) : g_bytes_new (NULL, 0);
  g_autofree char *format = dup_text (rows, row, 4);
  char *body = octavo_version_text_unpack (packed, format, orm_rows_get (rows, row, 3)->int64, error);
  OctavoNoteValues *values;

  if (body == NULL)
    return NULL;
  values = octavo_note_values_new ();
  values->id = orm_rows_get (rows, row, 0)->int64;
  values->updated = orm_rows_get (rows, row, 1)->int64;
  values->title = dup_text (rows, row, 2);
  values->body = body;
  return values;
}

typedef struct
{
  gint64 version_id;
  OctavoNoteValues *values; /* (out) */
} Read;

static gboolean
work_read (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Read *self = data;
  g_autoptr (OrmQuery) query = orm_query_new (OCTAVO_TYPE_NOTE_VERSION);
  g_autoptr (OrmRows) rows = NULL;
  const OrmValue key = { .type = ORM_VALUE_INT64, .int64 = self->version_id };

  orm_query_filter (query, orm_equal ("id", &key));
  select_text (query);
  rows = orm_query_read (query, connection, error);
  if (rows == NULL)
    return FALSE;
  if (orm_rows_get_n_rows (rows) == 0)
    {
      g_set_error_literal (error, OCTAVO_ERROR, OCTAVO_ERROR_FAILED,
                           _ ("This version is not kept any more. Choose another one."));
      return FALSE;
    }
  self->values = take_text (rows, 0, error);
  return self->values != NULL;
}

/**
 * octavo_version_repository_read:
 * @self: the repository
 * @version_id: a version
 * @error: where to put an error: %OCTAVO_ERROR_FAILED where it is not kept any more, %OCTAVO_ERROR_CORRUPT
 *
 * Reads what a note said. Any thread; blocks.
 *
 * Returns: (transfer full) (nullable): the id of the note, its title, its text, and when it came to be so
 */
OctavoNoteValues *
octavo_version_repository_read (OctavoVersionRepository *self, gint64 version_id, GError **error)
{
  Read read = { .version_id = version_id };

  g_return_val_if_fail (OCTAVO_IS_VERSION_REPOSITORY (self), NULL);

  if (!orm_database_read (get_database (self), work_read, &read, NULL, error))
    {
      explain (self, error);
      return NULL;
    }
  return read.values;
}

/* ---- Keeping ---- */

typedef struct
{
  OctavoVersionState state;
  OctavoVersionReason reason;
} Keep;

static void
keep_free (gpointer data)
{
  Keep *self = data;

  octavo_version_state_clear (&self->state);
  g_free (self);
}

static gboolean
is_recent (OrmConnection *connection, const OctavoVersionState *state, gboolean *is_there, GError **error)
{
  g_autoptr (OrmQuery) query = query_versions (state->note_id);
  const OrmValue size = { .type = ORM_VALUE_INT64, .int64 = (gint64) strlen (state->body) };
  g_autoptr (OrmRows) rows = NULL;

  *is_there = FALSE;
  orm_query_filter (query, orm_equal ("size", &size));
  orm_query_limit (query, N_RECENT);
  select_text (query);
  rows = orm_query_read (query, connection, error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < orm_rows_get_n_rows (rows); i++)
    {
      g_autoptr (OctavoNoteValues) other = take_text (rows, i, NULL);

      *is_there = *is_there ||
                  (other != NULL && strcmp (other->title, state->title) == 0 && strcmp (other->body, state->body) == 0);
    }
  return TRUE;
}

static gboolean
work_keep (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Keep *self = data;
  const OrmValue key = { .type = ORM_VALUE_INT64, .int64 = self->state.note_id };
  g_autoptr (OrmQuery) query = orm_query_new (OCTAVO_TYPE_NOTE);
  gboolean is_there;
  gint64 n_notes;

  orm_query_filter (query, orm_equal ("id", &key));
  n_notes = orm_query_count (query, connection, error);
  if (n_notes < 0 || !is_recent (connection, &self->state, &is_there, error))
    return FALSE;
  return n_notes == 0 || is_there || octavo_version_sql_add (connection, &self->state, self->reason, error);
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
  explain (g_task_get_source_object (task), &error);
  g_task_return_error (task, error);
}

/**
 * octavo_version_repository_keep_async:
 * @self: the repository
 * @note_id: a note
 * @title: the title that it had, or has
 * @body: the text
 * @reason: why it is kept
 * @callback: (nullable): called when it is there
 * @user_data: for @callback
 *
 * Keeps what a note said that may not be in the file any more, or not yet, where none of its last versions is that. It
 * comes before whatever is saved later. Main thread; does not block.
 */
void
octavo_version_repository_keep_async (OctavoVersionRepository *self,
                                      gint64 note_id,
                                      const char *title,
                                      const char *body,
                                      OctavoVersionReason reason,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  GTask *task;
  Keep *keep;

  g_return_if_fail (OCTAVO_IS_VERSION_REPOSITORY (self));
  g_return_if_fail (note_id != 0 && title != NULL && body != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, octavo_version_repository_keep_async);
  keep = g_new0 (Keep, 1);
  keep->state.note_id = note_id;
  keep->state.title = g_strdup (title);
  keep->state.body = g_strdup (body);
  keep->reason = reason;
  orm_database_write_async (get_database (self), work_keep, keep, keep_free, NULL, on_written, task);
}

/**
 * octavo_version_repository_keep_finish:
 * @self: the repository
 * @result: what the callback was given
 * @error: where to put an error
 *
 * Returns: whether it is kept, or the note is gone
 */
gboolean
octavo_version_repository_keep_finish (OctavoVersionRepository *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- Clearing ---- */

typedef struct
{
  gint64 note_id;
  gint64 step_id; /* (out) */
} Clear;

static gboolean
work_clear (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Clear *self = data;
  g_auto (OctavoVersionState) state = { 0 };
  g_autoptr (OrmQuery) query = orm_query_new (OCTAVO_TYPE_NOTE_VERSION);
  const OrmValue key = { .type = ORM_VALUE_INT64, .int64 = self->note_id };
  OctavoUndoRecord record;

  orm_query_filter (query, orm_equal ("note_id", &key));
  return octavo_version_sql_read (connection, self->note_id, &state, error) &&
         octavo_undo_begin (connection, OCTAVO_UNDO_CLEAR_HISTORY, state.title != NULL ? state.title : "", &record,
                            error) &&
         orm_query_delete (query, connection, error) >= 0 &&
         octavo_undo_end (connection, &record, &self->step_id, error);
}

/**
 * octavo_version_repository_clear_async:
 * @self: the repository
 * @note_id: a note
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Takes all versions of a note away, as a step that can be undone. Main thread; does not block.
 */
void
octavo_version_repository_clear_async (OctavoVersionRepository *self,
                                       gint64 note_id,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  GTask *task;
  Clear *clear;

  g_return_if_fail (OCTAVO_IS_VERSION_REPOSITORY (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, octavo_version_repository_clear_async);
  clear = g_new0 (Clear, 1);
  clear->note_id = note_id;
  g_task_set_task_data (task, clear, g_free);
  orm_database_write_async (get_database (self), work_clear, clear, NULL, NULL, on_written, task);
}

/**
 * octavo_version_repository_clear_finish:
 * @self: the repository
 * @result: what the callback was given
 * @step_id: (out): what octavo_undo_run_async() takes back; 0 where there were none
 * @error: where to put an error
 *
 * Returns: whether there are none any more
 */
gboolean
octavo_version_repository_clear_finish (OctavoVersionRepository *self,
                                        GAsyncResult *result,
                                        gint64 *step_id,
                                        GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self) && step_id != NULL, FALSE);

  *step_id = ((const Clear *) g_task_get_task_data (G_TASK (result)))->step_id;
  return g_task_propagate_boolean (G_TASK (result), error);
}
