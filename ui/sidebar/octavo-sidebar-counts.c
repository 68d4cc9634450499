/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-sidebar-counts.h"

#include "octavo-note-repository.h"
#include "octavo-search.h"

#define SEARCH_PAUSE 2 /* seconds after a change: who types changes a note all the time */

/* One after the other, on the reading thread, after what is to be painted: the list matters more than the badges.
 * Places are counted when notes came, went, or changed their place; searches, which may depend on anything, a while
 * after whatever was changed, and not where there are so many notes that it is felt. */
struct _OctavoSidebarCounts
{
  GObject parent_instance;

  OctavoStore *store;
  OctavoSidebarModel *model;
  gint64 user_id;         /* whose notes are counted; 0: everyone's */
  GCancellable *counting; /* (nullable) */
  guint next;             /* the row that is counted */
  guint recount_source;
  guint search_source;
  gboolean with_searches; /* are counted this time */
  gboolean is_started;
};

G_DEFINE_FINAL_TYPE (OctavoSidebarCounts, octavo_sidebar_counts, G_TYPE_OBJECT)

static void count_next (OctavoSidebarCounts *self);

static void
take_count (OctavoSidebarCounts *self, gint64 count, const GError *error)
{
  OctavoSidebarItem *item;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->counting == NULL)
    return;

  /* Searches that came or went meanwhile are counted anew. */
  item = octavo_sidebar_model_peek (self->model, self->next);
  if (error == NULL && item != NULL)
    octavo_sidebar_item_set_count (item, count);
  else if (error != NULL)
    g_debug ("Counting notes failed: %s", error->message);

  self->next++;
  count_next (self);
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OctavoSidebarCounts) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 count = octavo_note_repository_count_finish (OCTAVO_NOTE_REPOSITORY (source), result, &error);

  take_count (self, count, error);
}

static void
on_searched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OctavoSidebarCounts) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = octavo_search_run_finish (OCTAVO_SEARCH (source), result, &error);

  take_count (self, ids != NULL ? (gint64) ids->len : -1, error);
}

static OctavoScope
get_scope (OctavoSidebarCounts *self, OctavoSidebarItem *item)
{
  OctavoScope scope = *octavo_sidebar_item_get_scope (item);

  scope.user_id = self->user_id;
  return scope;
}

static void
count_search (OctavoSidebarCounts *self, OctavoSidebarItem *item)
{
  g_autoptr (OctavoQuery) query =
      octavo_query_new (octavo_saved_search_get_query (octavo_sidebar_item_get_search (item)));
  OctavoScope scope = get_scope (self, item);

  octavo_search_run_async (octavo_store_get_search (self->store), query, &scope, OCTAVO_SORT_UPDATED, self->counting,
                           on_searched, g_object_ref (self));
}

static void
count_place (OctavoSidebarCounts *self, OctavoSidebarItem *item)
{
  OctavoScope scope = get_scope (self, item);

  octavo_note_repository_count_async (octavo_store_get_notes (self->store), &scope, self->counting, on_counted,
                                      g_object_ref (self));
}

static void
count_next (OctavoSidebarCounts *self)
{
  OctavoSidebarItem *item = octavo_sidebar_model_peek (self->model, self->next);

  if (item != NULL && self->next < OCTAVO_SIDEBAR_N_PLACES)
    count_place (self, item);
  else if (item != NULL && octavo_sidebar_item_get_search (item) != NULL && self->with_searches &&
           octavo_sidebar_item_get_count (octavo_sidebar_model_peek (self->model, 0)) <= OCTAVO_SIDEBAR_MAX_SEARCHED)
    count_search (self, item);
  else
    g_clear_object (&self->counting);
}

static void
begin (OctavoSidebarCounts *self)
{
  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  self->counting = g_cancellable_new ();
  self->next = 0;
  count_next (self);
}

static gboolean
on_recount (gpointer user_data)
{
  OctavoSidebarCounts *self = user_data;

  self->recount_source = 0;
  /* Searches that were being counted have to be counted after all. */
  self->with_searches = self->with_searches && self->counting != NULL;
  begin (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_search (gpointer user_data)
{
  OctavoSidebarCounts *self = user_data;

  self->search_source = 0;
  self->with_searches = TRUE;
  begin (self);
  return G_SOURCE_REMOVE;
}

static void
queue_recount (OctavoSidebarCounts *self)
{
  if (self->recount_source == 0)
    self->recount_source = g_idle_add_full (G_PRIORITY_LOW, on_recount, self, NULL);
}

static void
queue_search (OctavoSidebarCounts *self)
{
  OctavoSidebarItem *item = octavo_sidebar_model_peek (self->model, OCTAVO_SIDEBAR_N_PLACES);

  if (self->search_source == 0 && item != NULL && octavo_sidebar_item_get_search (item) != NULL)
    self->search_source = g_timeout_add_seconds_full (G_PRIORITY_LOW, SEARCH_PAUSE, on_search, self, NULL);
}

static void
on_changed (OctavoSidebarCounts *self, OctavoChange *change)
{
  gsize n_added, n_removed;

  if (!self->is_started)
    return;

  octavo_change_get_added (change, &n_added);
  octavo_change_get_removed (change, &n_removed);
  if (n_added > 0 || n_removed > 0 || octavo_change_has_tags (change))
    queue_recount (self);
  queue_search (self);
}

/* Tags come and go below the searches. */
static void
on_items_changed (OctavoSidebarCounts *self, guint position)
{
  OctavoSidebarItem *item = octavo_sidebar_model_peek (self->model, position);

  if (self->is_started && item != NULL && octavo_sidebar_item_get_search (item) != NULL)
    queue_search (self);
}

static void
octavo_sidebar_counts_dispose (GObject *object)
{
  OctavoSidebarCounts *self = OCTAVO_SIDEBAR_COUNTS (object);

  octavo_sidebar_counts_stop (self);
  g_clear_object (&self->model);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (octavo_sidebar_counts_parent_class)->dispose (object);
}

static void
octavo_sidebar_counts_class_init (OctavoSidebarCountsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = octavo_sidebar_counts_dispose;
}

static void
octavo_sidebar_counts_init (OctavoSidebarCounts *self)
{
}

/**
 * octavo_sidebar_counts_new:
 * @store: an open store
 * @model: the rows of a sidebar
 *
 * Makes what counts, once it is started.
 *
 * Returns: (transfer full): the counts
 */
OctavoSidebarCounts *
octavo_sidebar_counts_new (OctavoStore *store, OctavoSidebarModel *model)
{
  OctavoSidebarCounts *self;

  g_return_val_if_fail (OCTAVO_IS_STORE (store), NULL);
  g_return_val_if_fail (OCTAVO_IS_SIDEBAR_MODEL (model), NULL);

  self = g_object_new (OCTAVO_TYPE_SIDEBAR_COUNTS, NULL);
  self->store = g_object_ref (store);
  self->model = g_object_ref (model);
  g_signal_connect_object (store, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * octavo_sidebar_counts_start:
 *
 * Counts what is there, and from now on what changes.
 */
void
octavo_sidebar_counts_start (OctavoSidebarCounts *self)
{
  g_return_if_fail (OCTAVO_IS_SIDEBAR_COUNTS (self));

  self->is_started = TRUE;
  queue_recount (self);
  queue_search (self);
}

/**
 * octavo_sidebar_counts_stop:
 *
 * Counts no more.
 */
void
octavo_sidebar_counts_stop (OctavoSidebarCounts *self)
{
  g_return_if_fail (OCTAVO_IS_SIDEBAR_COUNTS (self));

  self->is_started = FALSE;
  g_clear_handle_id (&self->recount_source, g_source_remove);
  g_clear_handle_id (&self->search_source, g_source_remove);
  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
}

/**
 * octavo_sidebar_counts_set_user:
 * @self: the counts
 * @user_id: a user; 0: everyone
 *
 * Counts the notes of another user from now on.
 */
void
octavo_sidebar_counts_set_user (OctavoSidebarCounts *self, gint64 user_id)
{
  g_return_if_fail (OCTAVO_IS_SIDEBAR_COUNTS (self));

  self->user_id = user_id;
  if (!self->is_started)
    return;
  queue_recount (self);
  queue_search (self);
}
