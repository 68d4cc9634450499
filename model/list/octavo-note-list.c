/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-note-list.h"

#include "octavo-catch-up.h"
#include "octavo-change.h"
#include "octavo-note-cache.h"
#include "octavo-note-ids.h"
#include "octavo-note-request.h"
#include "octavo-store.h"

/* What a view shows. It knows the ids of all notes and reads the rows that are asked for; and as a view does work for
 * each row it is told about, it tells as little as is true: the note that moved, not the list that holds it. */
#define FIRST_PART 64 /* rows that fill a window, and are read at once */

struct _OctavoNoteList
{
  GObject parent_instance;

  OctavoStore *store;
  OctavoNoteCache *cache;
  OctavoScope scope;
  char *query;
  OctavoSort sort;

  OctavoNoteIds *ids;
  gboolean is_whole; /* the ids are not just the first ones */
  guint rest_source; /* asks for the others */

  GCancellable *cancellable; /* of the request that runs, or NULL */
  gboolean is_loading;       /* it was asked for: it is not just to see whether something changed */
  gboolean is_outdated;      /* something changed since it began */
  GHashTable *stale;         /* ids of rows that may differ from the file: a set of gint64 */
  GError *error;
  OctavoCatchUp *catch_up;
};

enum
{
  PROP_STORE = 1,
  PROP_SORT,
  PROP_LOADING,
  PROP_N_ITEMS,
  PROP_N_MISSING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint settled_signal;

static GType
octavo_note_list_get_item_type (GListModel *model)
{
  return OCTAVO_TYPE_NOTE_ROW;
}

static guint
octavo_note_list_get_n_items (GListModel *model)
{
  return octavo_note_ids_get_length (OCTAVO_NOTE_LIST (model)->ids);
}

static gpointer
octavo_note_list_get_item (GListModel *model, guint position)
{
  OctavoNoteList *self = OCTAVO_NOTE_LIST (model);

  if (position >= octavo_note_ids_get_length (self->ids))
    return NULL;
  return octavo_note_cache_get (self->cache, self->ids, position);
}

static void
octavo_note_list_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = octavo_note_list_get_item_type;
  iface->get_n_items = octavo_note_list_get_n_items;
  iface->get_item = octavo_note_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (OctavoNoteList,
                               octavo_note_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, octavo_note_list_list_model_init))

/* Telling what changed */

static void
tell (OctavoNoteList *self, guint position, guint n_removed, guint n_added)
{
  if (n_removed == 0 && n_added == 0)
    return;

  g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
  if (n_removed != n_added)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
}

/* ids: (transfer full) */
static void
replace_all (OctavoNoteList *self, OctavoNoteIds *ids)
{
  guint n_before = octavo_note_ids_get_length (self->ids);

  octavo_note_ids_free (self->ids);
  self->ids = ids;
  tell (self, 0, n_before, octavo_note_ids_get_length (ids));
}

/* What goes first, from the end to the start, and then what comes, from the start to the end: so each position is right
 * when it is told, and a note that moved is never there twice. */
static void
apply_hunks (OctavoNoteList *self, OctavoNoteIds *ids, GArray *hunks)
{
  for (guint i = hunks->len; i > 0; i--)
    {
      OctavoNoteHunk hunk = g_array_index (hunks, OctavoNoteHunk, i - 1);

      if (hunk.n_removed == 0)
        continue;
      octavo_note_ids_splice (self->ids, hunk.position, hunk.n_removed, ids, 0, 0);
      tell (self, hunk.position, hunk.n_removed, 0);
    }
  for (guint i = 0; i < hunks->len; i++)
    {
      OctavoNoteHunk hunk = g_array_index (hunks, OctavoNoteHunk, i);

      if (hunk.n_added == 0)
        continue;
      octavo_note_ids_splice (self->ids, hunk.new_position, 0, ids, hunk.new_position, hunk.n_added);
      tell (self, hunk.new_position, 0, hunk.n_added);
    }
}

/* Rows that differ, but stand where they stood. */
static void
tell_changed_rows (OctavoNoteList *self, GArray *changed, GArray *hunks)
{
  for (guint i = 0; i < changed->len; i++)
    {
      guint position;

      if (octavo_note_list_find_position (self, g_array_index (changed, gint64, i), &position) &&
          (hunks == NULL || !octavo_note_hunks_have_added (hunks, position)))
        tell (self, position, 1, 1);
    }
}

static GArray *
refresh_stale_rows (OctavoNoteList *self)
{
  g_autoptr (GArray) stale = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->stale);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_array_append_val (stale, *(gint64 *) id);
  g_hash_table_remove_all (self->stale);
  return octavo_note_cache_refresh (self->cache, stale);
}

static void
take_ids (OctavoNoteList *self, OctavoNoteIds *new_ids)
{
  g_autoptr (OctavoNoteIds) ids = new_ids;
  g_autoptr (GArray) changed = refresh_stale_rows (self);
  g_autoptr (GArray) hunks = NULL;

  /* What is shown stays as it is: the first notes before the others, or nothing changed. */
  if (octavo_note_ids_get_length (self->ids) > 0 && octavo_note_ids_starts_with (ids, self->ids))
    {
      guint n_before = octavo_note_ids_get_length (self->ids);

      octavo_note_ids_free (self->ids);
      self->ids = g_steal_pointer (&ids);
      tell (self, n_before, 0, octavo_note_ids_get_length (self->ids) - n_before);
      tell_changed_rows (self, changed, NULL);
      return;
    }

  /* The answer to another question has its own order, and is looked at from its start. */
  hunks = self->is_loading ? NULL : octavo_note_ids_compare (self->ids, ids);
  if (hunks == NULL)
    {
      replace_all (self, g_steal_pointer (&ids));
      return;
    }
  apply_hunks (self, ids, hunks);
  tell_changed_rows (self, changed, hunks);
}

/* Asking */

static void start_request (OctavoNoteList *self, gboolean is_asked_for);

static void
set_loading (OctavoNoteList *self, gboolean is_loading)
{
  if (self->is_loading == is_loading)
    return;
  self->is_loading = is_loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static gboolean
on_rest (gpointer data)
{
  OctavoNoteList *self = data;

  self->rest_source = 0;
  start_request (self, FALSE);
  return G_SOURCE_REMOVE;
}

static void
set_n_missing (OctavoNoteList *self, guint n_missing)
{
  guint n_before = octavo_note_list_get_n_missing (self);

  if (self->catch_up != NULL)
    octavo_catch_up_take_answer (self->catch_up, n_missing);
  if (octavo_note_list_get_n_missing (self) != n_before)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_MISSING]);
}

static void
on_answer (gpointer owner, GCancellable *request, GArray *ids, gboolean is_whole, guint n_missing, GError *error)
{
  OctavoNoteList *self = OCTAVO_NOTE_LIST (owner);

  /* Another request took its place. */
  if (self->cancellable != request)
    {
      g_clear_pointer (&ids, g_array_unref);
      return;
    }

  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  /* The others are asked for when there is nothing else to do; or when a view says so. */
  if (ids != NULL)
    self->is_whole = is_whole;
  if (!is_whole)
    self->rest_source = g_idle_add_full (G_PRIORITY_LOW, on_rest, self, NULL);
  if (ids != NULL)
    take_ids (self, octavo_note_ids_new (ids));

  /* Whoever heard of the rows may have asked for others meanwhile. */
  if (self->cancellable != NULL)
    return;
  set_loading (self, FALSE);
  set_n_missing (self, n_missing);
  if (self->cancellable != NULL)
    return;
  if (self->is_outdated && self->error == NULL)
    start_request (self, FALSE);
  else if (self->error == NULL && is_whole)
    g_signal_emit (self, settled_signal, 0);
}

static void
start_request (OctavoNoteList *self, gboolean is_asked_for)
{
  OctavoNoteQuestion question = { self->query, self->scope, self->sort, is_asked_for ? FIRST_PART : 0 };

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->rest_source, g_source_remove);
  self->cancellable = g_cancellable_new ();
  self->is_outdated = FALSE;
  if (is_asked_for)
    set_loading (self, TRUE);
  octavo_note_request_start (G_OBJECT (self), self->store, &question, self->cancellable, on_answer);
}

/* A request that runs is left to end: commits that come faster than answers would keep the list from ever changing. */
static void
ask_again (gpointer owner)
{
  OctavoNoteList *self = owner;

  if (self->cancellable != NULL)
    self->is_outdated = TRUE;
  else
    start_request (self, FALSE);
}

static void
add_stale (OctavoNoteList *self, const gint64 *ids, gsize n_ids)
{
  for (gsize i = 0; i < n_ids; i++)
    g_hash_table_add (self->stale, g_memdup2 (&ids[i], sizeof ids[i]));
}

static void
on_store_changed (OctavoNoteList *self, OctavoChange *change, OctavoStore *store)
{
  gsize n_added, n_removed, n_updated;
  const gint64 *updated = octavo_change_get_updated (change, &n_updated);

  octavo_change_get_added (change, &n_added);
  octavo_change_get_removed (change, &n_removed);
  if (!octavo_change_has_tags (change) && !octavo_change_has_users (change) && n_added + n_removed + n_updated == 0)
    return;
  add_stale (self, updated, n_updated <= 16 * FIRST_PART ? n_updated : 0);
  /* Rows say whose they are; and of many notes most are no rows that anybody has. */
  if (octavo_change_is_everything (change) || octavo_change_has_users (change) || n_updated > 16 * FIRST_PART)
    {
      g_autoptr (GArray) held = octavo_note_cache_get_held (self->cache);

      add_stale (self, (const gint64 *) (gpointer) held->data, held->len);
    }
  ask_again (self);
}

/* The object */

static void
octavo_note_list_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  OctavoNoteList *self = OCTAVO_NOTE_LIST (object);

  switch (property_id)
    {
    case PROP_STORE:
      g_value_set_object (value, self->store);
      break;
    case PROP_SORT:
      g_value_set_int (value, (int) self->sort);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->is_loading);
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, octavo_note_ids_get_length (self->ids));
      break;
    case PROP_N_MISSING:
      g_value_set_uint (value, octavo_note_list_get_n_missing (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
octavo_note_list_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  OctavoNoteList *self = OCTAVO_NOTE_LIST (object);

  switch (property_id)
    {
    case PROP_STORE:
      self->store = g_value_dup_object (value);
      break;
    case PROP_SORT:
      octavo_note_list_set_sort (self, (OctavoSort) g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
octavo_note_list_constructed (GObject *object)
{
  OctavoNoteList *self = OCTAVO_NOTE_LIST (object);

  G_OBJECT_CLASS (octavo_note_list_parent_class)->constructed (object);

  self->cache = octavo_note_cache_new (octavo_store_get_notes (self->store));
  g_signal_connect_object (self->store, "changed", G_CALLBACK (on_store_changed), self, G_CONNECT_SWAPPED);
  self->catch_up = octavo_catch_up_new (octavo_store_get_search (self->store), ask_again, self);
  start_request (self, TRUE);
}

static void
octavo_note_list_dispose (GObject *object)
{
  OctavoNoteList *self = OCTAVO_NOTE_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->rest_source, g_source_remove);
  g_clear_pointer (&self->catch_up, octavo_catch_up_free);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (octavo_note_list_parent_class)->dispose (object);
}

static void
octavo_note_list_finalize (GObject *object)
{
  OctavoNoteList *self = OCTAVO_NOTE_LIST (object);

  g_clear_pointer (&self->cache, octavo_note_cache_free);
  g_clear_pointer (&self->ids, octavo_note_ids_free);
  g_clear_pointer (&self->stale, g_hash_table_unref);
  g_clear_error (&self->error);
  g_free (self->query);

  G_OBJECT_CLASS (octavo_note_list_parent_class)->finalize (object);
}

static void
octavo_note_list_class_init (OctavoNoteListClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = octavo_note_list_get_property;
  object_class->set_property = octavo_note_list_set_property;
  object_class->constructed = octavo_note_list_constructed;
  object_class->dispose = octavo_note_list_dispose;
  object_class->finalize = octavo_note_list_finalize;

  properties[PROP_STORE] = g_param_spec_object ("store", NULL, NULL, OCTAVO_TYPE_STORE,
                                                G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SORT] =
      g_param_spec_int ("sort", NULL, NULL, OCTAVO_SORT_UPDATED, OCTAVO_SORT_RELEVANCE, OCTAVO_SORT_UPDATED,
                        G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_MISSING] = g_param_spec_uint ("n-missing", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* The last request is answered, and what it changed was told. */
  settled_signal =
      g_signal_new ("settled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
octavo_note_list_init (OctavoNoteList *self)
{
  self->query = g_strdup ("");
  self->ids = octavo_note_ids_new (g_array_new (FALSE, FALSE, sizeof (gint64)));
  self->stale = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

/**
 * octavo_note_list_new:
 * @store: an open store
 *
 * Makes a list of all notes that are not in the trash, the last changed first. It is empty until the first request is
 * answered. Main thread.
 *
 * Returns: (transfer full): the list
 */
OctavoNoteList *
octavo_note_list_new (OctavoStore *store)
{
  g_return_val_if_fail (OCTAVO_IS_STORE (store), NULL);

  return g_object_new (OCTAVO_TYPE_NOTE_LIST, "store", store, NULL);
}

/**
 * octavo_note_list_set_scope:
 * @self: a list
 * @scope: which notes it is about
 *
 * Asks for the notes of another scope. What is shown stays until that is answered. Main thread.
 */
void
octavo_note_list_set_scope (OctavoNoteList *self, const OctavoScope *scope)
{
  g_return_if_fail (OCTAVO_IS_NOTE_LIST (self));
  g_return_if_fail (scope != NULL);

  if (octavo_scope_equal (&self->scope, scope) && self->error == NULL)
    return;

  self->scope = *scope;
  start_request (self, TRUE);
}

/**
 * octavo_note_list_get_scope:
 * @self: a list
 *
 * Returns: (transfer none): which notes it is about
 */
const OctavoScope *
octavo_note_list_get_scope (OctavoNoteList *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_LIST (self), NULL);

  return &self->scope;
}

/**
 * octavo_note_list_set_query:
 * @self: a list
 * @query: what to look for, "" for everything
 *
 * Asks for the notes that a query finds. What is shown stays until that is answered. Main thread.
 */
void
octavo_note_list_set_query (OctavoNoteList *self, const char *query)
{
  g_return_if_fail (OCTAVO_IS_NOTE_LIST (self));
  g_return_if_fail (query != NULL);

  if (g_str_equal (self->query, query) && self->error == NULL)
    return;

  g_free (self->query);
  self->query = g_strdup (query);
  start_request (self, TRUE);
}

/**
 * octavo_note_list_get_query:
 * @self: a list
 *
 * Returns: (transfer none): what it looks for, "" for everything
 */
const char *
octavo_note_list_get_query (OctavoNoteList *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_LIST (self), NULL);

  return self->query;
}

/**
 * octavo_note_list_set_sort:
 * @self: a list
 * @sort: the order of the notes
 *
 * Asks for the notes in another order. What is shown stays until that is answered. Main thread.
 */
void
octavo_note_list_set_sort (OctavoNoteList *self, OctavoSort sort)
{
  g_return_if_fail (OCTAVO_IS_NOTE_LIST (self));

  if (self->sort == sort && self->error == NULL)
    return;

  self->sort = sort;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SORT]);
  start_request (self, TRUE);
}

/**
 * octavo_note_list_get_sort:
 * @self: a list
 *
 * Returns: the order of the notes
 */
OctavoSort
octavo_note_list_get_sort (OctavoNoteList *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_LIST (self), OCTAVO_SORT_UPDATED);

  return self->sort;
}

/**
 * octavo_note_list_get_loading:
 * @self: a list
 *
 * Returns: whether other notes were asked for and are not there yet
 */
gboolean
octavo_note_list_get_loading (OctavoNoteList *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_LIST (self), FALSE);

  return self->is_loading;
}

/**
 * octavo_note_list_get_n_missing:
 * @self: a list
 *
 * Returns: how many notes may be missing from the answer to the last search, as the index does not know them yet. The
 *   list asks again by itself while it is not 0
 */
guint
octavo_note_list_get_n_missing (OctavoNoteList *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_LIST (self), 0);

  return self->catch_up != NULL ? octavo_catch_up_get_n_missing (self->catch_up) : 0;
}

/**
 * octavo_note_list_get_error:
 * @self: a list
 *
 * Returns: (transfer none) (nullable): why the last request failed
 */
const GError *
octavo_note_list_get_error (OctavoNoteList *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_LIST (self), NULL);

  return self->error;
}

/**
 * octavo_note_list_is_whole:
 * @self: a list
 *
 * Says whether there may be more notes than are shown: just after the start, when only the first are known.
 *
 * Returns: whether all notes that were asked for last are there
 */
gboolean
octavo_note_list_is_whole (OctavoNoteList *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_LIST (self), FALSE);

  return self->is_whole;
}

/**
 * octavo_note_list_hold_rest:
 * @self: a list that is not whole, and was just told to have changed
 *
 * Keeps the list from asking for the notes after the first ones until octavo_note_list_load_rest() is called: for a
 * view that wants to paint these first. Main thread.
 */
void
octavo_note_list_hold_rest (OctavoNoteList *self)
{
  g_return_if_fail (OCTAVO_IS_NOTE_LIST (self));

  g_clear_handle_id (&self->rest_source, g_source_remove);
}

/**
 * octavo_note_list_load_rest:
 * @self: a list
 *
 * Asks for the notes after the first ones, where nobody has asked for them yet. Main thread.
 */
void
octavo_note_list_load_rest (OctavoNoteList *self)
{
  g_return_if_fail (OCTAVO_IS_NOTE_LIST (self));

  if (!self->is_whole && self->cancellable == NULL && self->error == NULL)
    start_request (self, FALSE);
}

/**
 * octavo_note_list_get_id:
 * @self: a list
 * @position: a position
 *
 * Gives the note at a position without reading it.
 *
 * Returns: its id; 0 past the end
 */
gint64
octavo_note_list_get_id (OctavoNoteList *self, guint position)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_LIST (self), 0);

  return position < octavo_note_ids_get_length (self->ids) ? octavo_note_ids_get (self->ids, position) : 0;
}

/**
 * octavo_note_list_find_position:
 * @self: a list
 * @id: the id of a note
 * @position: (out) (optional): its position
 *
 * Finds a note without reading or searching.
 *
 * Returns: whether it is there
 */
gboolean
octavo_note_list_find_position (OctavoNoteList *self, gint64 id, guint *position)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_LIST (self), FALSE);

  return octavo_note_ids_find (self->ids, id, position);
}

/**
 * octavo_note_list_get_n_pages_read:
 * @self: a list
 *
 * Returns: how often rows were read, for tests and measurements
 */
guint
octavo_note_list_get_n_pages_read (OctavoNoteList *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_LIST (self), 0);

  return octavo_note_cache_get_n_pages_read (self->cache);
}
