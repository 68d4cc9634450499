/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-user-edit-private.h"

#include "octavo-error.h"
#include "octavo-note.h"
#include "octavo-tag.h"
#include "orm-query-work.h"

#include <glib/gi18n-lib.h>

/* What is done to a user and to all notes of the user at once: a few statements, however many notes there are. A note
 * always belongs to somebody, so who goes leaves the notes to another. */

struct _OctavoUserRemoval
{
  gint64 id;
  char *name;
  char *email;
  char *color;
  gint64 created;
  gint64 heir_id;
  gint64 trashed; /* when notes were put into the trash with it; 0: none was */
  GArray *ids;    /* of gint64: the notes */
};

static void
removal_clear (OctavoUserRemoval *self)
{
  g_free (self->name);
  g_free (self->email);
  g_free (self->color);
  g_clear_pointer (&self->ids, g_array_unref);
}

/**
 * octavo_user_removal_ref:
 * @self: a user that was deleted
 *
 * Returns: (transfer full): the same. Any thread
 */
OctavoUserRemoval *
octavo_user_removal_ref (OctavoUserRemoval *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * octavo_user_removal_unref:
 * @self: (transfer full): a user that was deleted
 *
 * Forgets it. Any thread.
 */
void
octavo_user_removal_unref (OctavoUserRemoval *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) removal_clear);
}

/**
 * octavo_user_removal_get_name:
 * @self: a user that was deleted
 *
 * Returns: (transfer none): the name
 */
const char *
octavo_user_removal_get_name (OctavoUserRemoval *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

/**
 * octavo_user_removal_get_n_notes:
 * @self: a user that was deleted
 *
 * Returns: how many notes another user got
 */
guint
octavo_user_removal_get_n_notes (OctavoUserRemoval *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->ids->len;
}

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
  g_clear_pointer (&self->removal, octavo_user_removal_unref);
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

static OctavoUserRemoval *
read_user (OrmConnection *connection, gint64 id, GError **error)
{
  static const char *const columns[] = { "name", "email", "color", "created" };
  g_autoptr (OrmQuery) query = query_user (id);
  g_autoptr (OrmRows) rows = NULL;
  OctavoUserRemoval *removal;

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    orm_query_select (query, ORM_AGGREGATE_NONE, columns[i]);
  rows = orm_query_read (query, connection, error);
  if (rows == NULL)
    return NULL;
  if (orm_rows_get_n_rows (rows) == 0)
    {
      set_gone (error);
      return NULL;
    }
  removal = g_atomic_rc_box_new0 (OctavoUserRemoval);
  removal->id = id;
  removal->name = g_strdup (orm_rows_get (rows, 0, 0)->text);
  removal->email = g_strdup (orm_rows_get (rows, 0, 1)->text);
  removal->color = g_strdup (orm_rows_get (rows, 0, 2)->text);
  removal->created = orm_rows_get (rows, 0, 3)->int64;
  removal->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  return removal;
}

static OrmExpression *
column_is (const char *column, gint64 number)
{
  const OrmValue value = { .type = ORM_VALUE_INT64, .int64 = number };

  return orm_equal (column, &value);
}

static gboolean
read_ids (OrmConnection *connection, gint64 user_id, GArray *ids, GError **error)
{
  g_autoptr (OrmQuery) query = orm_query_new (OCTAVO_TYPE_NOTE);
  g_autoptr (OrmRows) rows = NULL;

  orm_query_select (query, ORM_AGGREGATE_NONE, "id");
  orm_query_filter (query, column_is ("user_id", user_id));
  rows = orm_query_read (query, connection, error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < orm_rows_get_n_rows (rows); i++)
    g_array_append_val (ids, orm_rows_get (rows, i, 0)->int64);
  return TRUE;
}

/* Which notes, of whom; and what they are to be. trashed_now: -1 as they are, else of those that are trashed_before. */
typedef struct
{
  const GArray *ids; /* (nullable): all of them */
  gint64 from;
  gint64 to;
  gint64 trashed_before;
  gint64 trashed_now;
} Move;

static gint64
move_notes (OrmConnection *connection, const Move *move, GError **error)
{
  g_autoptr (OrmQuery) query = orm_query_new (OCTAVO_TYPE_NOTE);
  const OrmAssignment values[] = { assign_number ("user_id", move->to), assign_number ("trashed", move->trashed_now) };

  orm_query_filter (query, column_is ("user_id", move->from));
  if (move->ids != NULL)
    orm_query_filter (query, orm_in ("id", (const gint64 *) (gpointer) move->ids->data, move->ids->len));
  if (move->trashed_now >= 0)
    orm_query_filter (query, column_is ("trashed", move->trashed_before));
  return orm_query_update (query, connection, values, move->trashed_now >= 0 ? 2 : 1, error);
}

/* The counts of tags are told apart by user: that they change is said of one note for all. */
static void
report_tags (OrmConnection *connection, const GArray *ids)
{
  if (ids->len > 0)
    orm_connection_report_change (connection, "note_tag", ORM_CHANGE_UPDATE, g_array_index (ids, gint64, 0));
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

/**
 * octavo_user_edit_delete:
 * @connection: the writing connection
 * @data: an #OctavoUserEdit
 * @cancellable: (nullable): unused
 * @error: where to put an error
 *
 * Gives all notes of a user to the heir, into the trash where that is asked for, deletes the user, and says what brings
 * all of that back. Sets %OCTAVO_ERROR_LAST_USER, %OCTAVO_ERROR_NO_SUCH_USER, or an error of the mapper. Thread of the
 * connection.
 *
 * Returns: whether it was done
 */
gboolean
octavo_user_edit_delete (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  OctavoUserEdit *self = data;
  const Move trash = { NULL, self->id, self->heir_id, 0, self->now };
  const Move rest = { NULL, self->id, self->heir_id, 0, -1 };
  g_autoptr (OrmQuery) query = query_user (self->id);
  g_autoptr (OctavoUserRemoval) removal = NULL;

  if (!check_not_last (connection, error))
    return FALSE;
  removal = read_user (connection, self->id, error);
  if (removal == NULL)
    return FALSE;
  if (self->heir_id == self->id)
    return set_gone (error);
  if (!check_there (connection, self->heir_id, error) || !read_ids (connection, self->id, removal->ids, error))
    return FALSE;
  removal->heir_id = self->heir_id;
  removal->trashed = self->to_trash ? self->now : 0;
  if ((self->to_trash && move_notes (connection, &trash, error) < 0) || move_notes (connection, &rest, error) < 0 ||
      orm_query_delete (query, connection, error) < 0)
    return FALSE;
  report_tags (connection, removal->ids);
  self->removal = g_steal_pointer (&removal);
  return TRUE;
}

static gboolean
insert_again (OrmConnection *connection, OctavoUserEdit *self, GError **error)
{
  const OctavoUserRemoval *removal = self->removal;
  g_autoptr (OrmQuery) query = query_user (removal->id);
  g_autofree char *folded = octavo_tag_fold_name (removal->name);
  /* The key stands last: it is left out where somebody else has it by now. */
  const OrmAssignment values[] = {
    assign_text ("name", removal->name),         assign_text ("folded", folded),
    assign_text ("email", removal->email),       assign_text ("color", removal->color),
    assign_number ("created", removal->created), assign_number ("id", removal->id),
  };
  gint64 n_users = orm_query_count (query, connection, error);

  if (n_users < 0)
    return FALSE;
  self->id = orm_connection_insert (connection, OCTAVO_TYPE_USER, values, G_N_ELEMENTS (values) - (n_users > 0 ? 1 : 0),
                                    error);
  return self->id != 0;
}

/**
 * octavo_user_edit_restore:
 * @connection: the writing connection
 * @data: an #OctavoUserEdit with what was deleted
 * @cancellable: (nullable): unused
 * @error: where to put an error
 *
 * Makes a deleted user again, and gives it back those of its notes that the heir still has. Sets %OCTAVO_ERROR_EXISTS
 * where somebody else has the name by now, or an error of the mapper. Thread of the connection.
 *
 * Returns: whether it was done
 */
gboolean
octavo_user_edit_restore (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  OctavoUserEdit *self = data;
  const OctavoUserRemoval *removal = self->removal;
  Move untrash = { removal->ids, removal->heir_id, 0, removal->trashed, 0 };
  Move rest = { removal->ids, removal->heir_id, 0, 0, -1 };

  if (!check_free (connection, removal->name, 0, error) || !insert_again (connection, self, error))
    return FALSE;
  untrash.to = rest.to = self->id;
  if ((removal->trashed != 0 && move_notes (connection, &untrash, error) < 0) ||
      move_notes (connection, &rest, error) < 0)
    return FALSE;
  report_tags (connection, removal->ids);
  return TRUE;
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

  if (!check_there (connection, self->id, error))
    return FALSE;
  orm_query_filter (query, orm_in ("id", (const gint64 *) (gpointer) self->ids->data, self->ids->len));
  orm_query_filter (query, orm_not (column_is ("user_id", self->id)));
  self->n_notes = orm_query_update (query, connection, &value, 1, error);
  if (self->n_notes > 0)
    report_tags (connection, self->ids);
  return self->n_notes >= 0;
}
