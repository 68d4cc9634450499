/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo"

#include "octavo-config.h"

#include "octavo-search-provider.h"

#include "octavo-search-results.h"
#include "octavo-search.h"

/* The Shell asks with each key, and looks at what came last only: each search stops the one before. The file is the one
 * that the windows have open, or, while there are none, one of our own, opened for reading alone, which neither makes,
 * migrates nor indexes anything; the process that was started for this ends when nobody has asked for a while. What is
 * asked needs no bus to be answered, so that tests can ask as well. */

struct _OctavoSearchProvider
{
  GObject parent_instance;

  GApplication *application; /* weak (nullable): does not end while something is being answered */
  char *path;
  OctavoSearchProviderUser find_user;
  OctavoStore *store;     /* (nullable): open */
  gboolean is_lent;       /* the windows' store is the only one to look into, where there is one */
  OctavoStore *opening;   /* (nullable): our own */
  GQueue waiting;         /* (element-type Call): for that */
  GCancellable *searches; /* (nullable): of the last search, and of what was asked about it */
  OctavoQuery *query;     /* (nullable): the last one */
  GDBusConnection *connection;
  guint registration;
};

typedef struct Call Call;

struct Call
{
  OctavoSearchProvider *provider; /* owned */
  GVariant *parameters;
  void (*run) (Call *self); /* once the file is open, or is known not to be */
  GCancellable *cancellable;
  char *text;         /* of a search */
  OctavoQuery *query; /* (nullable) */
  OctavoSearchProviderReply reply;
  gpointer user_data;
};

enum
{
  SIGNAL_OPEN,
  SIGNAL_CREATE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OctavoSearchProvider, octavo_search_provider, G_TYPE_OBJECT)

static const char interface_xml[] = "<node><interface name='org.gnome.Shell.SearchProvider2'>"
                                    "<method name='GetInitialResultSet'>"
                                    "<arg type='as' name='terms' direction='in'/>"
                                    "<arg type='as' name='results' direction='out'/></method>"
                                    "<method name='GetSubsearchResultSet'>"
                                    "<arg type='as' name='previous_results' direction='in'/>"
                                    "<arg type='as' name='terms' direction='in'/>"
                                    "<arg type='as' name='results' direction='out'/></method>"
                                    "<method name='GetResultMetas'>"
                                    "<arg type='as' name='identifiers' direction='in'/>"
                                    "<arg type='aa{sv}' name='metas' direction='out'/></method>"
                                    "<method name='ActivateResult'>"
                                    "<arg type='s' name='identifier' direction='in'/>"
                                    "<arg type='as' name='terms' direction='in'/>"
                                    "<arg type='u' name='timestamp' direction='in'/></method>"
                                    "<method name='LaunchSearch'>"
                                    "<arg type='as' name='terms' direction='in'/>"
                                    "<arg type='u' name='timestamp' direction='in'/></method>"
                                    "</interface></node>";

/* ---- A call ---- */

static Call *
call_new (OctavoSearchProvider *self, GVariant *parameters, OctavoSearchProviderReply reply, gpointer user_data)
{
  Call *call = g_new0 (Call, 1);

  call->provider = g_object_ref (self);
  call->parameters = g_variant_ref_sink (parameters);
  call->reply = reply;
  call->user_data = user_data;
  if (self->application != NULL)
    g_application_hold (self->application);
  return call;
}

/* Answers a call, and is done with it. value: (nullable), with error */
static void
call_end (Call *self, GVariant *value, const GError *error)
{
  g_autoptr (GVariant) owned = value != NULL ? g_variant_ref_sink (value) : NULL;

  self->reply (owned, error, self->user_data);
  if (self->provider->application != NULL)
    g_application_release (self->provider->application);
  g_clear_object (&self->provider);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->query, octavo_query_unref);
  g_variant_unref (self->parameters);
  g_free (self->text);
  g_free (self);
}

static void
run_waiting (OctavoSearchProvider *self)
{
  Call *call;

  while ((call = g_queue_pop_head (&self->waiting)) != NULL)
    call->run (call);
}

/* ---- The file ---- */

/* Somebody has lent theirs meanwhile, or there is nothing to be read: a file that is not there yet has no notes. */
static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (OctavoSearchProvider) self = data;
  g_autoptr (OctavoStore) store = g_steal_pointer (&self->opening);
  g_autoptr (GError) error = NULL;

  if (!octavo_store_open_finish (store, result, &error))
    g_debug ("Nothing to search in: %s", error->message);
  else if (self->is_lent)
    octavo_store_close (store);
  else
    self->store = g_steal_pointer (&store);
  run_waiting (self);
}

static void
call_with_file (Call *call)
{
  OctavoSearchProvider *self = call->provider;

  if (self->store != NULL || self->is_lent)
    {
      call->run (call);
      return;
    }
  g_queue_push_tail (&self->waiting, call);
  if (self->opening != NULL)
    return;
  self->opening = octavo_store_new_for_searching (self->path);
  octavo_store_open_async (self->opening, NULL, on_opened, g_object_ref (self));
}

/* ---- Searching ---- */

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  Call *call = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = octavo_search_run_finish (OCTAVO_SEARCH (source), result, &error);

  /* What cannot be read is told by the window: here are no notes. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    call_end (call, NULL, error);
  else
    call_end (call, octavo_search_results_make_ids (ids, call->text), NULL);
}

static void
run_search (Call *call)
{
  OctavoSearchProvider *self = call->provider;
  OctavoScope scope = { .place = OCTAVO_PLACE_ALL };

  if (self->store == NULL)
    {
      call_end (call, octavo_search_results_make_ids (NULL, call->text), NULL);
      return;
    }
  scope.user_id = self->find_user != NULL ? self->find_user (self->store) : 0;
  octavo_search_run_async (octavo_store_get_search (self->store), call->query, &scope, OCTAVO_SORT_UPDATED,
                           call->cancellable, on_found, call);
}

static void
begin_search (Call *call, guint index)
{
  OctavoSearchProvider *self = call->provider;
  g_autofree const char **terms = NULL;

  g_variant_get_child (call->parameters, index, "^a&s", &terms);
  g_cancellable_cancel (self->searches);
  g_clear_object (&self->searches);
  g_clear_pointer (&self->query, octavo_query_unref);
  call->text = octavo_search_results_join_terms (terms);
  if (*call->text == '\0')
    {
      call_end (call, octavo_search_results_make_ids (NULL, call->text), NULL);
      return;
    }
  self->searches = g_cancellable_new ();
  self->query = octavo_query_new (call->text);
  call->cancellable = g_object_ref (self->searches);
  call->query = octavo_query_ref (self->query);
  call->run = run_search;
  call_with_file (call);
}

static void
search_initial (Call *call)
{
  begin_search (call, 0);
}

/* What was found before does not say which notes there are: no more than the first were told. The engine knows itself
 * when one answer is within another. */
static void
search_further (Call *call)
{
  begin_search (call, 1);
}

/* ---- Describing ---- */

static void
on_described (GObject *source, GAsyncResult *result, gpointer data)
{
  Call *call = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) metas = octavo_search_results_describe_finish (result, &error);

  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_debug ("Results are not described: %s", error->message);
      g_clear_error (&error);
      error = g_error_new_literal (G_DBUS_ERROR, G_DBUS_ERROR_FAILED, "The notes cannot be read");
    }
  call_end (call, metas, error);
}

static void
run_describe (Call *call)
{
  OctavoSearchProvider *self = call->provider;
  g_autofree const char **ids = NULL;

  g_variant_get (call->parameters, "(^a&s)", &ids);
  octavo_search_results_describe_async (self->store, call->query, ids, call->cancellable, on_described, call);
}

static void
describe (Call *call)
{
  OctavoSearchProvider *self = call->provider;

  call->cancellable = self->searches != NULL ? g_object_ref (self->searches) : NULL;
  call->query = self->query != NULL ? octavo_query_ref (self->query) : NULL;
  call->run = run_describe;
  call_with_file (call);
}

/* ---- Going there ---- */

/* A result that stands for nothing has been answered, too: there is nothing to open. */
static void
activate (Call *call)
{
  g_autofree const char **terms = NULL;
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;
  const char *id;
  gint64 note_id;

  g_variant_get (call->parameters, "(&s^a&su)", &id, &terms, NULL);
  note_id = octavo_search_results_get_note (id);
  title = octavo_search_results_dup_title (id);
  text = octavo_search_results_join_terms (terms);
  if (note_id != 0)
    g_signal_emit (call->provider, signals[SIGNAL_OPEN], 0, text, note_id);
  else if (title != NULL)
    g_signal_emit (call->provider, signals[SIGNAL_CREATE], 0, title);
  call_end (call, g_variant_new ("()"), NULL);
}

static void
launch (Call *call)
{
  g_autofree const char **terms = NULL;
  g_autofree char *text = NULL;

  g_variant_get (call->parameters, "(^a&su)", &terms, NULL);
  text = octavo_search_results_join_terms (terms);
  g_signal_emit (call->provider, signals[SIGNAL_OPEN], 0, text, G_GINT64_CONSTANT (0));
  call_end (call, g_variant_new ("()"), NULL);
}

static const struct
{
  const char *name;
  const char *type;
  void (*begin) (Call *call);
} methods[] = {
  { "GetInitialResultSet", "(as)", search_initial },
  { "GetSubsearchResultSet", "(asas)", search_further },
  { "GetResultMetas", "(as)", describe },
  { "ActivateResult", "(sasu)", activate },
  { "LaunchSearch", "(asu)", launch },
};

/* ---- The bus ---- */

static void
answer_invocation (GVariant *value, const GError *error, gpointer invocation)
{
  if (error != NULL)
    g_dbus_method_invocation_return_gerror (invocation, error);
  else
    g_dbus_method_invocation_return_value (invocation, value);
}

static void
on_method_call (GDBusConnection *connection,
                const char *sender,
                const char *object_path,
                const char *interface,
                const char *method,
                GVariant *parameters,
                GDBusMethodInvocation *invocation,
                gpointer provider)
{
  octavo_search_provider_call (provider, method, parameters, answer_invocation, invocation);
}

static void
close_own (OctavoSearchProvider *self)
{
  if (self->store != NULL && !self->is_lent)
    octavo_store_close (self->store);
  g_clear_object (&self->store);
}

static void
octavo_search_provider_dispose (GObject *object)
{
  OctavoSearchProvider *self = OCTAVO_SEARCH_PROVIDER (object);

  octavo_search_provider_unexport (self);
  g_cancellable_cancel (self->searches);
  g_clear_object (&self->searches);
  close_own (self);
  g_clear_weak_pointer (&self->application);
  G_OBJECT_CLASS (octavo_search_provider_parent_class)->dispose (object);
}

static void
octavo_search_provider_finalize (GObject *object)
{
  OctavoSearchProvider *self = OCTAVO_SEARCH_PROVIDER (object);

  g_clear_pointer (&self->query, octavo_query_unref);
  g_free (self->path);
  G_OBJECT_CLASS (octavo_search_provider_parent_class)->finalize (object);
}

static void
octavo_search_provider_class_init (OctavoSearchProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = octavo_search_provider_dispose;
  G_OBJECT_CLASS (klass)->finalize = octavo_search_provider_finalize;

  signals[SIGNAL_OPEN] = g_signal_new ("open", OCTAVO_TYPE_SEARCH_PROVIDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT64);
  signals[SIGNAL_CREATE] = g_signal_new ("create", OCTAVO_TYPE_SEARCH_PROVIDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
octavo_search_provider_init (OctavoSearchProvider *self)
{
  g_queue_init (&self->waiting);
}

/**
 * octavo_search_provider_new:
 * @application: (nullable): what is not to end while something is being answered; it outlives the provider
 * @path: the file of notes
 * @find_user: (nullable): says whose notes are searched
 *
 * Makes a provider, which opens the file when it is asked for something. Main thread.
 *
 * Returns: (transfer full): the provider
 */
OctavoSearchProvider *
octavo_search_provider_new (GApplication *application, const char *path, OctavoSearchProviderUser find_user)
{
  OctavoSearchProvider *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (OCTAVO_TYPE_SEARCH_PROVIDER, NULL);
  g_set_weak_pointer (&self->application, application);
  self->path = g_strdup (path);
  self->find_user = find_user;
  return self;
}

/**
 * octavo_search_provider_export:
 * @self: a provider
 * @connection: a bus
 * @object_path: where it is to be found there
 * @error: return location
 *
 * Answers what is asked on a bus.
 *
 * Returns: whether it can be asked
 */
gboolean
octavo_search_provider_export (OctavoSearchProvider *self,
                               GDBusConnection *connection,
                               const char *object_path,
                               GError **error)
{
  static const GDBusInterfaceVTable vtable = { .method_call = on_method_call };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (interface_xml, error);

  g_return_val_if_fail (OCTAVO_IS_SEARCH_PROVIDER (self), FALSE);

  if (node == NULL)
    return FALSE;
  self->registration =
      g_dbus_connection_register_object (connection, object_path, node->interfaces[0], &vtable, self, NULL, error);
  if (self->registration != 0)
    g_set_object (&self->connection, connection);
  return self->registration != 0;
}

/**
 * octavo_search_provider_unexport:
 * @self: a provider
 *
 * Is not to be found on the bus any more.
 */
void
octavo_search_provider_unexport (OctavoSearchProvider *self)
{
  g_return_if_fail (OCTAVO_IS_SEARCH_PROVIDER (self));

  if (self->registration != 0)
    g_dbus_connection_unregister_object (self->connection, self->registration);
  self->registration = 0;
  g_clear_object (&self->connection);
}

/**
 * octavo_search_provider_use:
 * @self: a provider
 * @store: (nullable): an open store; %NULL: nothing is open now
 *
 * Looks into the store of the windows from now on, and opens none itself any more: only they know when the file is
 * moved, mended or replaced. Main thread.
 */
void
octavo_search_provider_use (OctavoSearchProvider *self, OctavoStore *store)
{
  g_return_if_fail (OCTAVO_IS_SEARCH_PROVIDER (self));

  close_own (self);
  self->is_lent = TRUE;
  g_set_object (&self->store, store);
}

/**
 * octavo_search_provider_call:
 * @self: a provider
 * @method: a method of org.gnome.Shell.SearchProvider2
 * @parameters: what it is called with; a floating reference is taken
 * @reply: told the answer, once; perhaps before this returns
 * @user_data: for @reply
 *
 * Answers a call. One that is none of the interface's is refused with %G_DBUS_ERROR_INVALID_ARGS; a search that another
 * one follows ends with %G_IO_ERROR_CANCELLED. Main thread.
 */
void
octavo_search_provider_call (OctavoSearchProvider *self,
                             const char *method,
                             GVariant *parameters,
                             OctavoSearchProviderReply reply,
                             gpointer user_data)
{
  g_autoptr (GVariant) owned = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (OCTAVO_IS_SEARCH_PROVIDER (self));
  g_return_if_fail (method != NULL && parameters != NULL && reply != NULL);

  owned = g_variant_ref_sink (parameters);
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    if (g_str_equal (method, methods[i].name) && g_variant_is_of_type (owned, G_VARIANT_TYPE (methods[i].type)))
      {
        methods[i].begin (call_new (self, owned, reply, user_data));
        return;
      }
  error = g_error_new (G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS, "There is no method %s (%s)", method,
                       g_variant_get_type_string (owned));
  reply (NULL, error, user_data);
}
