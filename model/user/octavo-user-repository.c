/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-user-repository-private.h"

#include "octavo-error.h"
#include "octavo-list-follow.h"
#include "octavo-tag.h"
#include "octavo-user-edit-private.h"
#include "orm-query-work.h"

#include <glib/gi18n-lib.h>

/* The people whose notes are in the file. There is always one, so that nobody has to ask who writes. */

struct _OctavoUserRepository
{
  GObject parent_instance;

  OrmSession *session;
  GListStore *list;
  gint64 default_id;
  gboolean is_reading;
  gboolean is_stale;  /* something changed since the reading began */
  GPtrArray *waiting; /* of GTask: to be told once the list has what is in the file now */
};

G_DEFINE_FINAL_TYPE (OctavoUserRepository, octavo_user_repository, G_TYPE_OBJECT)

enum
{
  PROP_SESSION = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint changed_signal;

static void
octavo_user_repository_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  OctavoUserRepository *self = OCTAVO_USER_REPOSITORY (object);

  if (property_id == PROP_SESSION)
    self->session = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
octavo_user_repository_dispose (GObject *object)
{
  OctavoUserRepository *self = OCTAVO_USER_REPOSITORY (object);

  g_clear_object (&self->list);
  g_clear_object (&self->session);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);

  G_OBJECT_CLASS (octavo_user_repository_parent_class)->dispose (object);
}

static void
octavo_user_repository_class_init (OctavoUserRepositoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = octavo_user_repository_set_property;
  object_class->dispose = octavo_user_repository_dispose;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, ORM_TYPE_SESSION,
                                                  G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* The list is as it is in the file, after it was not; or a user is another. */
  changed_signal =
      g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /* Notes have become another's, and nothing else has changed. */
  g_signal_new ("given", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
octavo_user_repository_init (OctavoUserRepository *self)
{
  self->list = g_list_store_new (OCTAVO_TYPE_USER);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
}

/* 0 in *id where there is none. */
static gboolean
find_user (OrmConnection *connection, const char *name, gint64 *id, GError **error)
{
  g_autofree char *folded = octavo_tag_fold_name (name);
  const OrmValue value = { .type = ORM_VALUE_TEXT, .text = folded };

  return orm_connection_find (connection, OCTAVO_TYPE_USER, "folded", &value, id, error);
}

static gint64
insert_user (OrmConnection *connection, const char *name, GError **error)
{
  g_autofree char *folded = octavo_tag_fold_name (name);
  const OrmAssignment values[] = {
    { "name", { .type = ORM_VALUE_TEXT, .text = (char *) name } },
    { "folded", { .type = ORM_VALUE_TEXT, .text = folded } },
    { "created", { .type = ORM_VALUE_INT64, .int64 = g_get_real_time () } },
  };

  return orm_connection_insert (connection, OCTAVO_TYPE_USER, values, G_N_ELEMENTS (values), error);
}

static void
set_no_name (GError **error)
{
  g_set_error_literal (error, OCTAVO_ERROR, OCTAVO_ERROR_NO_SUCH_USER, _ ("A user must have a name. Type one."));
}

/**
 * octavo_user_repository_ensure_id:
 * @connection: the writing connection, inside of a transaction
 * @name: a name, in any case
 * @id: (out): the id of the user
 * @error: where to put an error
 *
 * Finds the user of that name, or makes it. Sets %OCTAVO_ERROR_NO_SUCH_USER where the name is empty, or an error of the
 * mapper. Thread of the connection.
 *
 * Returns: whether there is one now
 */
gboolean
octavo_user_repository_ensure_id (OrmConnection *connection, const char *name, gint64 *id, GError **error)
{
  g_autofree char *normalized = octavo_user_normalize_name (name);

  if (normalized == NULL)
    {
      set_no_name (error);
      return FALSE;
    }
  if (!find_user (connection, normalized, id, error))
    return FALSE;
  if (*id == 0)
    *id = insert_user (connection, normalized, error);
  return *id != 0;
}

typedef struct
{
  const char *name;
  gint64 id;
} Named;

static gboolean
ensure_named (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Named *named = data;

  return octavo_user_repository_ensure_id (connection, named->name, &named->id, error);
}

/* GLib says "Unknown" where the account has no real name. */
static char *
get_account_name (void)
{
  const char *const names[] = { g_get_real_name (), g_get_user_name () };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      char *name =
          names[i] != NULL && !g_str_equal (names[i], "Unknown") ? octavo_user_normalize_name (names[i]) : NULL;

      if (name != NULL)
        return name;
    }
  return g_strdup (_ ("Me"));
}

/**
 * octavo_user_repository_make_first:
 * @connection: the writing connection
 * @data: unused
 * @cancellable: (nullable): unused
 * @error: where to put an error
 *
 * Makes a user from the name of the account in a file that has none. Thread of the connection.
 *
 * Returns: whether there is a user now
 */
gboolean
octavo_user_repository_make_first (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (OrmQuery) query = orm_query_new (OCTAVO_TYPE_USER);
  g_autofree char *name = NULL;
  gint64 n_users = orm_query_count (query, connection, error);

  if (n_users != 0)
    return n_users > 0;
  name = get_account_name ();
  return insert_user (connection, name, error) != 0;
}

static gint64
get_id (gpointer user)
{
  return octavo_user_get_id (user);
}

/* The session keeps one object a user and its values up to date: it has only to move when its name does. */
static gboolean
is_same (gpointer item, gpointer user)
{
  return item == user;
}

static const OctavoFollow follow = { get_id, get_id, is_same, g_object_ref };

static int
compare_users (gconstpointer a, gconstpointer b)
{
  OctavoUser *one = *(OctavoUser *const *) a;
  OctavoUser *other = *(OctavoUser *const *) b;
  int order = g_utf8_collate (octavo_user_get_name (one), octavo_user_get_name (other));

  if (order != 0)
    return order;
  return octavo_user_get_id (one) < octavo_user_get_id (other) ? -1 : 1;
}

static void on_renamed (OctavoUserRepository *self);

static void
tell (OctavoUserRepository *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static void
take_users (OctavoUserRepository *self, GPtrArray *users)
{
  g_ptr_array_sort (users, compare_users);
  octavo_list_store_follow (self->list, users, &follow);
  self->default_id = 0;
  for (guint i = 0; i < users->len; i++)
    {
      OctavoUser *user = users->pdata[i];
      gint64 id = octavo_user_get_id (user);

      if (self->default_id == 0 || id < self->default_id)
        self->default_id = id;
      g_signal_handlers_disconnect_by_func (user, on_renamed, self);
      g_signal_handlers_disconnect_by_func (user, tell, self);
      g_signal_connect_object (user, "notify::name", G_CALLBACK (on_renamed), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (user, "notify::color", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (user, "notify::email", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
    }
  tell (self);
}

/* The session tells an object of its new name when it likes, before or after the list was read again. */
static void
on_renamed (OctavoUserRepository *self)
{
  guint n_users = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  g_autoptr (GPtrArray) users = g_ptr_array_new_full (n_users, g_object_unref);

  for (guint i = 0; i < n_users; i++)
    g_ptr_array_add (users, g_list_model_get_item (G_LIST_MODEL (self->list), i));
  take_users (self, users);
}

/**
 * octavo_user_repository_load:
 * @self: the repository
 * @error: where to put an error
 *
 * Fills the list. Main thread; blocks.
 *
 * Returns: whether the users were read
 */
gboolean
octavo_user_repository_load (OctavoUserRepository *self, GError **error)
{
  g_autoptr (OrmQuery) query = NULL;
  g_autoptr (GPtrArray) users = NULL;

  g_return_val_if_fail (OCTAVO_IS_USER_REPOSITORY (self), FALSE);

  query = orm_query_new (OCTAVO_TYPE_USER);
  users = orm_session_all (self->session, query, NULL, error);
  if (users != NULL)
    take_users (self, users);
  return users != NULL;
}

static void
return_waiting (OctavoUserRepository *self)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < waiting->len; i++)
    g_task_return_boolean (waiting->pdata[i], TRUE);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OctavoUserRepository) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) users = orm_session_all_finish (ORM_SESSION (source), result, &error);

  self->is_reading = FALSE;
  if (users != NULL)
    take_users (self, users);
  else
    g_message ("The users could not be read: %s", error->message);

  if (self->is_stale)
    octavo_user_repository_refresh (self);
  else
    return_waiting (self);
}

static void
read_again (OctavoUserRepository *self)
{
  g_autoptr (OrmQuery) query = orm_query_new (OCTAVO_TYPE_USER);

  self->is_stale = FALSE;
  self->is_reading = TRUE;
  orm_session_all_async (self->session, query, NULL, on_read, g_object_ref (self));
}

/**
 * octavo_user_repository_refresh:
 * @self: the repository
 *
 * Reads the list again in the background. Main thread.
 */
void
octavo_user_repository_refresh (OctavoUserRepository *self)
{
  g_return_if_fail (OCTAVO_IS_USER_REPOSITORY (self));

  if (self->is_reading)
    self->is_stale = TRUE;
  else if (orm_database_get_page_connection (orm_session_get_database (self->session)) != NULL)
    read_again (self);
  else
    return_waiting (self);
}

/**
 * octavo_user_repository_return_when_read:
 * @self: the repository
 * @task: (transfer full): what changed users in the file
 *
 * Returns TRUE of the task once the list has what is in the file now. Main thread.
 */
void
octavo_user_repository_return_when_read (OctavoUserRepository *self, GTask *task)
{
  g_ptr_array_add (self->waiting, task);
  octavo_user_repository_refresh (self);
}

/**
 * octavo_user_repository_get_session:
 * @self: the repository
 *
 * Returns: (transfer none): what makes objects of its rows
 */
OrmSession *
octavo_user_repository_get_session (OctavoUserRepository *self)
{
  return self->session;
}

/**
 * octavo_user_repository_get_list:
 * @self: the repository
 *
 * Gives all users by name. The list follows the file, and is never empty. Main thread.
 *
 * Returns: (element-type OctavoUser) (transfer none): the list
 */
GListModel *
octavo_user_repository_get_list (OctavoUserRepository *self)
{
  g_return_val_if_fail (OCTAVO_IS_USER_REPOSITORY (self), NULL);

  return G_LIST_MODEL (self->list);
}

static OctavoUser *
find_by_name (OctavoUserRepository *self, const char *name, GError **error)
{
  g_autofree char *folded = octavo_tag_fold_name (name);
  g_auto (OrmValue) value = ORM_VALUE_INIT;
  g_autoptr (OrmQuery) query = orm_query_new (OCTAVO_TYPE_USER);
  g_autoptr (GPtrArray) users = NULL;

  orm_value_set_text (&value, folded);
  orm_query_filter (query, orm_equal ("folded", &value));
  users = orm_session_all (self->session, query, NULL, error);
  if (users == NULL)
    {
      octavo_error_for_person (error, orm_database_get_path (orm_session_get_database (self->session)));
      return NULL;
    }
  if (users->len == 0)
    {
      g_set_error (error, OCTAVO_ERROR, OCTAVO_ERROR_NO_SUCH_USER,
                   _ ("There is nobody named “%s” here. “octavo users” lists who there is."), name);
      return NULL;
    }
  return g_object_ref (users->pdata[0]);
}

/**
 * octavo_user_repository_find:
 * @self: the repository
 * @name: a name, in any case
 * @error: where to put an error
 *
 * Finds the user of that name. Sets %OCTAVO_ERROR_NO_SUCH_USER where there is none. Main thread; blocks.
 *
 * Returns: (transfer full): the user, or %NULL with @error set
 */
OctavoUser *
octavo_user_repository_find (OctavoUserRepository *self, const char *name, GError **error)
{
  g_autofree char *normalized = NULL;

  g_return_val_if_fail (OCTAVO_IS_USER_REPOSITORY (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  normalized = octavo_user_normalize_name (name);
  if (normalized == NULL)
    {
      set_no_name (error);
      return NULL;
    }
  return find_by_name (self, normalized, error);
}

/**
 * octavo_user_repository_ensure:
 * @self: the repository
 * @name: a name, in any case
 * @error: where to put an error
 *
 * Finds the user of that name, or makes it. Nothing is read once it is there, so an error means that nobody was made.
 * Sets %OCTAVO_ERROR_NO_SUCH_USER where the name is empty. Main thread; blocks.
 *
 * Returns: the id of the user, or 0 with @error set
 */
gint64
octavo_user_repository_ensure (OctavoUserRepository *self, const char *name, GError **error)
{
  Named named = { .name = name };
  OrmDatabase *database;

  g_return_val_if_fail (OCTAVO_IS_USER_REPOSITORY (self), 0);
  g_return_val_if_fail (name != NULL, 0);

  database = orm_session_get_database (self->session);
  if (!orm_database_write (database, ensure_named, &named, NULL, error))
    {
      octavo_error_for_person (error, orm_database_get_path (database));
      return 0;
    }
  return named.id;
}

/**
 * octavo_user_repository_get_default_id:
 * @self: the repository
 *
 * Gives the first user: the one that was made with the file. Main thread.
 *
 * Returns: its id
 */
gint64
octavo_user_repository_get_default_id (OctavoUserRepository *self)
{
  g_return_val_if_fail (OCTAVO_IS_USER_REPOSITORY (self), 0);

  return self->default_id;
}

/**
 * octavo_user_repository_get:
 * @self: the repository
 * @id: the id of a user
 *
 * Looks for a user in the list. Main thread.
 *
 * Returns: (transfer none) (nullable): the user
 */
OctavoUser *
octavo_user_repository_get (OctavoUserRepository *self, gint64 id)
{
  guint n_users;

  g_return_val_if_fail (OCTAVO_IS_USER_REPOSITORY (self), NULL);

  n_users = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  for (guint i = 0; i < n_users; i++)
    {
      g_autoptr (OctavoUser) user = g_list_model_get_item (G_LIST_MODEL (self->list), i);

      if (octavo_user_get_id (user) == id)
        return user; /* the list holds it */
    }
  return NULL;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  gint64 one = octavo_user_get_id (*(OctavoUser *const *) a);
  gint64 other = octavo_user_get_id (*(OctavoUser *const *) b);

  return one < other ? -1 : one > other;
}

/**
 * octavo_user_repository_list_by_age:
 * @self: the repository
 *
 * Gives all users, the first one first: an order that stays when somebody comes or gets another name. Main thread.
 *
 * Returns: (transfer full) (element-type OctavoUser): the users
 */
GPtrArray *
octavo_user_repository_list_by_age (OctavoUserRepository *self)
{
  GPtrArray *users;
  guint n_users;

  g_return_val_if_fail (OCTAVO_IS_USER_REPOSITORY (self), NULL);

  n_users = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  users = g_ptr_array_new_full (n_users, g_object_unref);
  for (guint i = 0; i < n_users; i++)
    g_ptr_array_add (users, g_list_model_get_item (G_LIST_MODEL (self->list), i));
  g_ptr_array_sort (users, compare_ids);
  return users;
}
