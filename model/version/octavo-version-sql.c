/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-version-sql.h"

#include "octavo-note.h"
#include "octavo-version-text.h"
#include "octavo-version-thinning.h"
#include "orm-query-work.h"

#include <string.h>

/* A state is kept by who writes over it, in the same transaction: so there is no text that stands in the file twice,
 * and none that was only on its way when the machine stopped. Of each note its versions alone are looked at, by an
 * index that has their times. */

static OrmValue
of_int64 (gint64 value)
{
  return (OrmValue){ .type = ORM_VALUE_INT64, .int64 = value };
}

static OrmValue
of_text (const char *text)
{
  return (OrmValue){ .type = ORM_VALUE_TEXT, .text = (char *) text };
}

/**
 * octavo_version_state_clear:
 * @self: a state
 *
 * Makes it one of nothing.
 */
void
octavo_version_state_clear (OctavoVersionState *self)
{
  g_free (self->title);
  g_free (self->body);
  *self = (OctavoVersionState){ 0 };
}

/* A text of a column that is never NULL, but where a damaged file has one all the same. */
static char *
dup_text (OrmRows *rows, guint column)
{
  const OrmValue *value = orm_rows_get (rows, 0, column);

  return g_strdup (value->type == ORM_VALUE_TEXT ? value->text : "");
}

/**
 * octavo_version_sql_read:
 * @connection: a connection
 * @note_id: a note
 * @state: (out caller-allocates): what it says
 * @error: return location
 *
 * Thread of the connection.
 *
 * Returns: whether it could be read, or is gone
 */
gboolean
octavo_version_sql_read (OrmConnection *connection, gint64 note_id, OctavoVersionState *state, GError **error)
{
  g_autoptr (OrmQuery) query = orm_query_new (OCTAVO_TYPE_NOTE);
  g_autoptr (OrmRows) rows = NULL;
  const OrmValue key = of_int64 (note_id);

  *state = (OctavoVersionState){ 0 };
  orm_query_filter (query, orm_equal ("id", &key));
  orm_query_select (query, ORM_AGGREGATE_NONE, "updated");
  orm_query_select (query, ORM_AGGREGATE_NONE, "title");
  orm_query_select (query, ORM_AGGREGATE_NONE, "body");
  rows = orm_query_read (query, connection, error);
  if (rows == NULL)
    return FALSE;
  if (orm_rows_get_n_rows (rows) == 0)
    return TRUE;
  state->note_id = note_id;
  state->updated = orm_rows_get (rows, 0, 0)->int64;
  state->title = dup_text (rows, 1);
  state->body = dup_text (rows, 2);
  return TRUE;
}

static OrmQuery *
query_versions (gint64 note_id)
{
  OrmQuery *query = orm_query_new (OCTAVO_TYPE_NOTE_VERSION);
  const OrmValue key = of_int64 (note_id);

  orm_query_filter (query, orm_equal ("note_id", &key));
  orm_query_order_by (query, "id", ORM_ORDER_DESCENDING);
  return query;
}

/* Of what has another title or another size nothing more is read. */
static gboolean
is_last (OrmConnection *connection, const OctavoVersionState *state, gboolean *is_same, GError **error)
{
  g_autoptr (OrmQuery) query = query_versions (state->note_id);
  g_autoptr (OrmRows) rows = NULL;
  g_autofree char *text = NULL;

  *is_same = FALSE;
  orm_query_select (query, ORM_AGGREGATE_NONE, "title");
  orm_query_select (query, ORM_AGGREGATE_NONE, "size");
  orm_query_select (query, ORM_AGGREGATE_NONE, "format");
  orm_query_select (query, ORM_AGGREGATE_NONE, "body");
  orm_query_limit (query, 1);
  rows = orm_query_read (query, connection, error);
  if (rows == NULL)
    return FALSE;
  if (orm_rows_get_n_rows (rows) == 0 || orm_rows_get (rows, 0, 1)->int64 != (gint64) strlen (state->body) ||
      orm_rows_get (rows, 0, 0)->type != ORM_VALUE_TEXT || orm_rows_get (rows, 0, 3)->type != ORM_VALUE_BLOB ||
      strcmp (orm_rows_get (rows, 0, 0)->text, state->title) != 0)
    return TRUE;
  /* One that cannot be read is another. */
  text = octavo_version_text_unpack (orm_rows_get (rows, 0, 3)->blob, orm_rows_get (rows, 0, 2)->text,
                                     orm_rows_get (rows, 0, 1)->int64, NULL);
  *is_same = g_strcmp0 (text, state->body) == 0;
  return TRUE;
}

static gboolean
insert (OrmConnection *connection, const OctavoVersionState *state, OctavoVersionReason reason, GError **error)
{
  const char *format;
  g_autoptr (GBytes) packed = octavo_version_text_pack (state->body, &format);
  gint64 now = g_get_real_time ();
  const OrmAssignment values[] = {
    { "note_id", of_int64 (state->note_id) },
    { "made", of_int64 (now) },
    { "updated", of_int64 (state->updated != 0 ? state->updated : now) },
    { "reason", of_text (octavo_version_reason_to_string (reason)) },
    { "title", of_text (state->title) },
    { "size", of_int64 ((gint64) strlen (state->body)) },
    { "format", of_text (format) },
    { "body", { .type = ORM_VALUE_BLOB, .blob = packed } },
  };

  return orm_connection_insert (connection, OCTAVO_TYPE_NOTE_VERSION, values, G_N_ELEMENTS (values), error) != 0;
}

static gboolean
delete_versions (OrmConnection *connection, const GArray *ids, GError **error)
{
  g_autoptr (OrmQuery) query = NULL;

  if (ids->len == 0)
    return TRUE;
  query = orm_query_new (OCTAVO_TYPE_NOTE_VERSION);
  orm_query_filter (query, orm_in ("id", (const gint64 *) (gconstpointer) ids->data, ids->len));
  return orm_query_delete (query, connection, error) >= 0;
}

static gboolean
thin (OrmConnection *connection, gint64 note_id, GError **error)
{
  g_autoptr (OrmQuery) query = query_versions (note_id);
  g_autoptr (OrmRows) rows = NULL;
  g_autoptr (GArray) gone = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree OctavoVersionThinning *versions = NULL;
  guint n_versions;

  orm_query_select (query, ORM_AGGREGATE_NONE, "id");
  orm_query_select (query, ORM_AGGREGATE_NONE, "made");
  rows = orm_query_read (query, connection, error);
  if (rows == NULL)
    return FALSE;
  n_versions = orm_rows_get_n_rows (rows);
  versions = g_new0 (OctavoVersionThinning, n_versions);
  for (guint i = 0; i < n_versions; i++)
    versions[i] = (OctavoVersionThinning){
      .id = orm_rows_get (rows, i, 0)->int64,
      .made = orm_rows_get (rows, i, 1)->int64,
    };
  octavo_version_thinning_run (versions, n_versions);
  for (guint i = 0; i < n_versions; i++)
    if (!versions[i].is_kept)
      g_array_append_val (gone, versions[i].id);
  return delete_versions (connection, gone, error);
}

/**
 * octavo_version_sql_add:
 * @connection: the writing connection, in a transaction
 * @state: what a note of the file said
 * @reason: why it is kept
 * @error: return location
 *
 * Keeps a state as the last version of the note, unless it is that already, and takes versions away that lie closer
 * together than they need to at their age. Thread of the connection.
 *
 * Returns: whether it is there
 */
gboolean
octavo_version_sql_add (OrmConnection *connection,
                        const OctavoVersionState *state,
                        OctavoVersionReason reason,
                        GError **error)
{
  gboolean is_same;

  g_return_val_if_fail (connection != NULL && state != NULL && state->note_id != 0, FALSE);

  return is_last (connection, state, &is_same, error) &&
         (is_same || (insert (connection, state, reason, error) && thin (connection, state->note_id, error)));
}

/**
 * octavo_version_sql_keep:
 * @connection: the writing connection, in a transaction
 * @note_id: a note, which need not be there
 * @reason: why it is kept
 * @error: return location
 *
 * Keeps what a note says, before it is written over. Thread of the connection.
 *
 * Returns: whether it is there, or the note is gone
 */
gboolean
octavo_version_sql_keep (OrmConnection *connection, gint64 note_id, OctavoVersionReason reason, GError **error)
{
  g_auto (OctavoVersionState) state = { 0 };

  return octavo_version_sql_read (connection, note_id, &state, error) &&
         (state.note_id == 0 || octavo_version_sql_add (connection, &state, reason, error));
}
