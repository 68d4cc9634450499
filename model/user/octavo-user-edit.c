/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-user-edit-private.h"

#include "octavo-error.h"
#include "octavo-note.h"
#include "octavo-tag.h"
#include "octavo-undo-sql.h"
#include "orm-query-work.h"

#include <glib/gi18n-lib.h>

/* What is done to a user and to all notes of the user at once: a few statements, however many notes there are. A note
 * always belongs to somebody, so who goes leaves the notes to another. */

/**
 * octavo_user_edit_new:
 * @id: whom it is about; 0: somebody new
 *
 * Returns: (transfer full): work that changes nothing yet
 */
OctavoUserEdit *
octavo_user_edit_new (gint64 id)
{
  OctavoUserEdit *self = g_new0 (OctavoUserEdit, 1);

  self->id = id;
  self->now = g_get_real_time ();
  return self;
}

/**
 * octavo_user_edit_free:
 * @self: (transfer full): the work
 *
 * Frees it.
 */
void
octavo_user_edit_free (OctavoUserEdit *self)
{
  g_free (self->name);
  g_free (self->email);
  g_free (self->color);
  g_clear_pointer (&self->ids, g_array_unref);
  g_free (self);
}

/* In one line, without what is around it. (transfer full) */
static char *
tidy (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  char *composed = g_utf8_normalize (valid, -1, G_NORMALIZE_NFC);

  return g_strstrip (g_strdelimit (composed, "\n\r\t", ' '));
}

/**
 * octavo_user_normalize_name:
 * @name: what somebody typed
 *
 * Returns: (transfer full) (nullable): the name as it is kept, cut where it is too long; %NULL where nothing is left
 */
char *
octavo_user_normalize_name (const char *name)
{
  g_autofree char *tidied = tidy (name);
  glong length = g_utf8_strlen (tidied, -1);

  return length > 0 ? g_utf8_substring (tidied, 0, MIN (OCTAVO_USER_MAX_NAME, length)) : NULL;
}

/**
 * octavo_user_edit_set_values:
 * @self: the work
 * @name: (nullable): a name; %NULL: as it is
 * @email: (nullable): a mail address, "" for none
 * @color: (nullable): the name of a colour, "" for none
 * @error: where to put an error
 *
 * Says what the user is to be. Sets %OCTAVO_ERROR_INVALID_USER.
 *
 * Returns: whether a user may have these values
 */
gboolean
octavo_user_edit_set_values (OctavoUserEdit *self,
                             const char *name,
                             const char *email,
                             const char *color,
                             GError **error)
{
  self->name = name != NULL ? tidy (name) : NULL;
  self->email = email != NULL ? tidy (email) : NULL;
  self->color = color != NULL ? tidy (color) : NULL;
  if (self->name != NULL && *self->name == '\0')
    {
      g_set_error_literal (error, OCTAVO_ERROR, OCTAVO_ERROR_INVALID_USER, _ ("A user must have a name. Type one."));
      return FALSE;
    }
  if (self->name != NULL && g_utf8_strlen (self->name, -1) > OCTAVO_USER_MAX_NAME)
    {
      g_set_error (error, OCTAVO_ERROR, OCTAVO_ERROR_INVALID_USER,
                   _ ("The name is too long: it may have %d characters. Shorten it."), OCTAVO_USER_MAX_NAME);
      return FALSE;
    }
  if (self->email != NULL && g_utf8_strlen (self->email, -1) > OCTAVO_USER_MAX_EMAIL)
    {
      g_set_error (error, OCTAVO_ERROR, OCTAVO_ERROR_INVALID_USER,
                   _ ("The e-mail address is too long: it may have %d characters. Shorten it."), OCTAVO_USER_MAX_EMAIL);
      return FALSE;
    }
  return TRUE;
}

static OrmQuery *
query_user (gint64 id)
{
  OrmQuery *query = orm_query_new (OCTAVO_TYPE_USER);
  const OrmValue value = { .type = ORM_VALUE_INT64, .int64 = id };

  orm_query_filter (query, orm_equal ("id", &value));
  return query;
}

/* Returns: FALSE */
static gboolean
set_gone (GError **error)
{
  g_set_error_literal (error, OCTAVO_ERROR, OCTAVO_ERROR_NO_SUCH_USER,
                       _ ("There is no such user any more. Choose another one."));
  return FALSE;
}

static gboolean
check_there (OrmConnection *connection, gint64 id, GError **error)
{
  g_autoptr (OrmQuery) query = query_user (id);
  gint64 n_users = orm_query_count (query, connection, error);

  if (n_users == 0)
    set_gone (error);
  return n_users > 0;
}

/* Nobody else may have that name. */
static gboolean
check_free (OrmConnection *connection, const char *name, gint64 id, GError **error)
{
  g_autofree char *folded = octavo_tag_fold_name (name);
  const OrmValue value = { .type = ORM_VALUE_TEXT, .text = folded };
  gint64 other;

  if (!orm_connection_find (connection, OCTAVO_TYPE_USER, "folded", &value, &other, error))
    return FALSE;
  if (other == 0 || other == id)
    return TRUE;
  g_set_error (error, OCTAVO_ERROR, OCTAVO_ERROR_EXISTS,
               _ ("Somebody is named “%s” here already. Choose another name."), name);
  return FALSE;
}

static OrmAssignment
assign_text (const char *column, const char *text)
{
  return (OrmAssignment){ column, { .type = ORM_VALUE_TEXT, .text = (char *) (text != NULL ? text : "") } };
}

static OrmAssignment
assign_number (const char *column, gint64 number)
{
  return (OrmAssignment){ column, { .type = ORM_VALUE_INT64, .int64 = number } };
}

/**
 * octavo_user_edit_add:
 * @connection: the writing connection
 * @data: an #OctavoUserEdit
 * @cancellable: (nullable): unused
 * @error: where to put an error
 *
 * Makes a user, and says its id. Sets %OCTAVO_ERROR_EXISTS, or an error of the mapper. Thread of the connection.
 *
 * Returns: whether it was made
 */
gboolean
octavo_user_edit_add (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  OctavoUserEdit *self = data;
  g_autofree char *folded = octavo_tag_fold_name (self->name);
  const OrmAssignment values[] = {
    assign_text ("name", self->name),   assign_text ("folded", folded),       assign_text ("email", self->email),
    assign_text ("color", self->color), assign_number ("created", self->now),
  };

  if (!check_free (connection, self->name, 0, error))
    return FALSE;
  self->id = orm_connection_insert (connection, OCTAVO_TYPE_USER, values, G_N_ELEMENTS (values), error);
  return self->id != 0;
}

/**
 * octavo_user_edit_change:
 * @connection: the writing connection
 * @data: an #OctavoUserEdit
 * @cancellable: (nullable): unused
 * @error: where to put an error
 *
 * Gives a user another name, mail address or colour. Sets %OCTAVO_ERROR_EXISTS, %OCTAVO_ERROR_NO_SUCH_USER, or an error
 * of the mapper. Thread of the connection.
 *
 * Returns: whether it was done
 */
gboolean
octavo_user_edit_change (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  OctavoUserEdit *self = data;
  g_autoptr (OrmQuery) query = query_user (self->id);
  g_autofree char *folded = self->name != NULL ? octavo_tag_fold_name (self->name) : NULL;
  OrmAssignment values[4];
  guint n_values = 0;

  if (!check_there (connection, self->id, error) ||
      (self->name != NULL && !check_free (connection, self->name, self->id, error)))
    return FALSE;
  if (self->name != NULL)
    {
      values[n_values++] = assign_text ("name", self->name);
      values[n_values++] = assign_text ("folded", folded);
    }
  if (self->email != NULL)
    values[n_values++] = assign_text ("email", self->email);
  if (self->color != NULL)
    values[n_values++] = assign_text ("color", self->color);
  return n_values == 0 || orm_query_update (query, connection, values, n_values, error) >= 0;
}

/* (transfer full): NULL with error */
static char *
read_name (OrmConnection *connection, gint64 id, GError **error)
{
  g_autoptr (OrmQuery) query = query_user (id);
  g_autoptr (OrmRows) rows = NULL;

  orm_query_select (query, ORM_AGGREGATE_NONE, "name");
  rows = orm_query_read (query, connection, error);
  if (rows == NULL)
    return NULL;
  if (orm_rows_get_n_rows (rows) == 0)
    {
      set_gone (error);
      return NULL;
    }
  return g_strdup (orm_rows_get (rows, 0, 0)->text);
}

static OrmExpression *
column_is (const char *column, gint64 number)
{
  const OrmValue value = { .type = ORM_VALUE_INT64, .int64 = number };

  return orm_equal (column, &value);
}

/* All notes of a user become another's. */
static gboolean
move_notes (OrmConnection *connection, gint64 from, gint64 to, GError **error)
{
  g_autoptr (OrmQuery) query = orm_query_new (OCTAVO_TYPE_NOTE);
  const OrmAssignment value = assign_number ("user_id", to);

  orm_query_filter (query, column_is ("user_id", from));
  return orm_query_update (query, connection, &value, 1, error) >= 0;
}

/* Those that are not there yet. */
static gboolean
trash_notes (OrmConnection *connection, gint64 user_id, gint64 now, GError **error)
{
  g_autoptr (OrmQuery) query = orm_query_new (OCTAVO_TYPE_NOTE);
  const OrmAssignment value = assign_number ("trashed", now);

  orm_query_filter (query, column_is ("user_id", user_id));
  orm_query_filter (query, column_is ("trashed", 0));
  return orm_query_update (query, connection, &value, 1, error) >= 0;
}

/* The counts of tags are told apart by user: that they change is said of one note for all. */
static void
report_tags (OrmConnection *connection, gint64 note_id)
{
  orm_connection_report_change (connection, "note_tag", ORM_CHANGE_UPDATE, note_id);
}

static gboolean
check_not_last (OrmConnection *connection, GError **error)
{
  g_autoptr (OrmQuery) query = orm_query_new (OCTAVO_TYPE_USER);
  gint64 n_users = orm_query_count (query, connection, error);

  if (n_users == 1)
    g_set_error_literal (error, OCTAVO_ERROR, OCTAVO_ERROR_LAST_USER,
                         _ ("This is the only user, and notes always belong to somebody. Add another user first."));
  return n_users > 1;
}

/* (out): 0 where there is none */
static gboolean
find_note (OrmConnection *connection, gint64 user_id, gint64 *note_id, GError **error)
{
  const OrmValue value = { .type = ORM_VALUE_INT64, .int64 = user_id };

  return orm_connection_find (connection, OCTAVO_TYPE_NOTE, "user_id", &value, note_id, error);
}

/**
 * octavo_user_edit_delete:
 * @connection: the writing connection
 * @data: an #OctavoUserEdit
 * @cancellable: (nullable): unused
 * @error: where to put an error
 *
 * Gives all notes of a user to the heir, into the trash where that is asked for, and deletes the user. Sets
 * %OCTAVO_ERROR_LAST_USER, %OCTAVO_ERROR_NO_SUCH_USER, or an error of the mapper. Thread of the connection.
 *
 * Returns: whether it was done
 */
gboolean
octavo_user_edit_delete (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  OctavoUserEdit *self = data;
  g_autoptr (OrmQuery) query = query_user (self->id);
  g_autofree char *name = NULL;
  OctavoUndoRecord record;
  gint64 note_id;

  if (!check_not_last (connection, error))
    return FALSE;
  name = read_name (connection, self->id, error);
  if (name == NULL)
    return FALSE;
  if (self->heir_id == self->id)
    return set_gone (error);
  if (!check_there (connection, self->heir_id, error) || !find_note (connection, self->id, &note_id, error))
    return FALSE;
  if (note_id != 0)
    report_tags (connection, note_id);
  return octavo_undo_begin (connection, OCTAVO_UNDO_DELETE_USER, name, &record, error) &&
         (!self->to_trash || trash_notes (connection, self->id, self->now, error)) &&
         move_notes (connection, self->id, self->heir_id, error) && orm_query_delete (query, connection, error) >= 0 &&
         octavo_undo_end (connection, &record, &self->step_id, error);
}

/**
 * octavo_user_edit_give:
 * @connection: the writing connection
 * @data: an #OctavoUserEdit with notes
 * @cancellable: (nullable): unused
 * @error: where to put an error
 *
 * Gives notes to a user, and counts those that were another's. Sets %OCTAVO_ERROR_NO_SUCH_USER, or an error of the
 * mapper. Thread of the connection.
 *
 * Returns: whether it was done
 */
gboolean
octavo_user_edit_give (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  OctavoUserEdit *self = data;
  const OrmAssignment value = assign_number ("user_id", self->id);
  g_autoptr (OrmQuery) query = orm_query_new (OCTAVO_TYPE_NOTE);
  OctavoUndoRecord record;

  if (!check_there (connection, self->id, error) ||
      !octavo_undo_begin (connection, OCTAVO_UNDO_GIVE, "", &record, error))
    return FALSE;
  orm_query_filter (query, orm_in ("id", (const gint64 *) (gpointer) self->ids->data, self->ids->len));
  orm_query_filter (query, orm_not (column_is ("user_id", self->id)));
  self->n_notes = orm_query_update (query, connection, &value, 1, error);
  if (self->n_notes > 0)
    report_tags (connection, g_array_index (self->ids, gint64, 0));
  return self->n_notes >= 0 && octavo_undo_end (connection, &record, &self->step_id, error);
}
