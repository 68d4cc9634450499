/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-search"

#include "octavo-evaluator.h"
#include "octavo-search-private.h"
#include "octavo-tokenizer.h"
#include "octavo-upkeep.h"
#include "orm-error.h"

#include <sqlite3.h>

/* Answers queries.
 *
 * What a query needs in memory (the orders, the terms) is kept from one to the next. Whether it still holds is asked of
 * the file at the start of each, in the snapshot that the answer will be of: so a change of another process counts at
 * once. */
#define CACHE_BYTES (4 * 1024 * 1024)
#define MAX_STALE   (4 * 1024 * 1024)
#define MANY_NOTES  500 /* as many as make it worth to update the index before a search that waits anyway */

struct _OctavoSearch
{
  GObject parent_instance;

  OrmDatabase *database;
  GMutex order_lock;
  OctavoOrder *order; /* under order_lock: (nullable): of the snapshot of the last search */
  int has_order;      /* atomic: for those who do not want to wait for the lock */
  GMutex lock;
  OctavoVocabulary *vocabulary; /* under lock: (nullable) */
  OctavoLeafCache *cache;
  OctavoFoldCache *folds;
  OctavoNarrowing *narrowing;
  OctavoSearchCounts counts; /* under lock */
  OctavoUpkeep *upkeep;
  gboolean is_warm; /* the vocabulary was asked for */
};

enum
{
  PROP_N_PENDING = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (OctavoSearch, octavo_search, G_TYPE_OBJECT)

/* The order of the connection's snapshot. */
static OctavoOrder *
get_order (OctavoSearch *self, OrmConnection *connection, GError **error)
{
  OctavoOrder *order = NULL;

  g_mutex_lock (&self->order_lock);
  if (octavo_order_follow (&self->order, connection, error))
    order = octavo_order_ref (self->order);
  g_atomic_int_set (&self->has_order, self->order != NULL);
  g_mutex_unlock (&self->order_lock);
  return order;
}

/* NULL without an error where there is no index to ask. */
static OctavoVocabulary *
get_vocabulary (OctavoSearch *self, OrmConnection *connection, gint64 generation, GError **error)
{
  g_autoptr (OctavoVocabulary) old = NULL;
  OctavoVocabulary *vocabulary;

  g_mutex_lock (&self->lock);
  if (self->vocabulary != NULL)
    old = octavo_vocabulary_ref (self->vocabulary);
  g_mutex_unlock (&self->lock);
  vocabulary = octavo_vocabulary_load (connection, generation, old, error);
  if (vocabulary == NULL || vocabulary == old)
    return vocabulary;
  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->vocabulary, octavo_vocabulary_unref);
  self->vocabulary = octavo_vocabulary_ref (vocabulary);
  g_mutex_unlock (&self->lock);
  return vocabulary;
}

typedef struct
{
  OctavoSearch *search; /* owned */
  OctavoQuery *query;   /* owned (nullable) */
  OctavoScope scope;
  OctavoSort sort;
  guint n_first;   /* how many of the notes are asked for, in a run for the first ones */
  gsize max_stale; /* of what the index does not know; 0: no bound */
  GArray *ids;
  gboolean looks_into_texts;
  guint n_stale;   /* notes that the index did not know */
  guint n_missing; /* of these, that were not looked into */
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;

  g_object_unref (run->search);
  g_clear_pointer (&run->query, octavo_query_unref);
  g_clear_pointer (&run->ids, g_array_unref);
  g_free (run);
}

static Run *
run_new (OctavoSearch *self, OctavoQuery *query, const OctavoScope *scope, OctavoSort sort)
{
  static const OctavoScope all = { OCTAVO_PLACE_ALL, 0, 0 };
  Run *run = g_new0 (Run, 1);

  run->search = g_object_ref (self);
  run->query = query != NULL ? octavo_query_ref (query) : NULL;
  run->scope = scope != NULL ? *scope : all;
  run->sort = sort;
  return run;
}

/* Where any note may shift all slots, they stand for what they do in just this order. */
static void
read_leaf_state (OctavoLeafState *state, const OctavoIndexState *index, OctavoOrder *order)
{
  *state = (OctavoLeafState){ index->generation, index->revision, 0, { 0 } };
  if (!octavo_order_get_first_id (order, &state->first_id))
    octavo_order_get_state (order, state->changes);
}

static void
add_counts (OctavoSearch *self, const OctavoSearchCounts *counts)
{
  g_mutex_lock (&self->lock);
  self->counts.n_narrowed += counts->n_narrowed;
  self->counts.n_looked_up += counts->n_looked_up;
  self->counts.n_known += counts->n_known;
  self->counts.n_read += counts->n_read;
  self->counts.n_scored += counts->n_scored;
  g_mutex_unlock (&self->lock);
}

static gboolean
asks_index (const Run *run, const OctavoIndexState *index)
{
  return index->is_usable && run->query != NULL && !octavo_query_is_empty (run->query);
}

static gboolean
evaluate_with_index (Run *run, OctavoEvaluation *evaluation, gint64 generation, GError **error)
{
  g_autoptr (OctavoVocabulary) vocabulary =
      get_vocabulary (run->search, evaluation->finder.connection, generation, error);

  if (vocabulary == NULL)
    return FALSE;
  evaluation->finder.vocabulary = vocabulary;
  run->ids = octavo_evaluate (evaluation, error);
  evaluation->finder.vocabulary = NULL;
  return run->ids != NULL;
}

/* The notes can still be read; and if they can, the index is made anew out of them. */
static void
evaluate_without_index (Run *run, OctavoEvaluation *evaluation, const GError *broken, GError **error)
{
  g_debug ("The search index is broken: %s", broken->message);
  run->ids = octavo_evaluate (evaluation, error);
  if (run->ids != NULL)
    octavo_upkeep_set_broken (run->search->upkeep);
}

static gboolean
work_run (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Run *run = data;
  OctavoEvaluation evaluation = {
    .finder = { .connection = connection, .cancellable = cancellable },
    .query = run->query,
    .scope = &run->scope,
    .sort = run->sort,
    .narrowing = run->search->narrowing,
    .max_stale = run->max_stale,
  };
  g_autoptr (OctavoOrder) order = NULL;
  g_autoptr (GError) broken = NULL;
  OctavoIndexState index;

  if (!octavo_index_get_state (connection, &index, error))
    return FALSE;
  order = get_order (run->search, connection, error);
  if (order == NULL)
    return FALSE;
  evaluation.finder.order = order;
  evaluation.finder.cache = run->search->cache;
  evaluation.finder.folds = run->search->folds;
  read_leaf_state (&evaluation.finder.state, &index, order);
  if (!asks_index (run, &index))
    run->ids = octavo_evaluate (&evaluation, error);
  else if (!evaluate_with_index (run, &evaluation, index.generation, &broken))
    {
      if (octavo_index_is_to_blame (broken))
        evaluate_without_index (run, &evaluation, broken, error);
      else
        g_propagate_error (error, g_steal_pointer (&broken));
    }
  add_counts (run->search, &evaluation.finder.counts);
  run->looks_into_texts = evaluation.looks_into_texts;
  run->n_stale = evaluation.n_stale;
  run->n_missing = evaluation.n_missing;
  return run->ids != NULL;
}

/* Out of the index that is in the order asked for; no more is read of it than is given. */
static gboolean
work_run_first (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Run *run = data;
  OrmStatement *statement =
      orm_connection_prepare (connection,
                              run->sort == OCTAVO_SORT_CREATED
                                  ? "SELECT id FROM note INDEXED BY note_by_created WHERE trashed = 0 "
                                    "AND ?2 IN (0, user_id) ORDER BY pinned DESC, created DESC, id DESC LIMIT ?1"
                                  : "SELECT id FROM note INDEXED BY note_by_updated WHERE trashed = 0 "
                                    "AND ?2 IN (0, user_id) ORDER BY pinned DESC, updated DESC, id DESC LIMIT ?1",
                              error);
  OrmStep step;

  if (statement == NULL)
    return FALSE;
  run->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  orm_statement_bind_int64 (statement, 1, run->n_first);
  orm_statement_bind_int64 (statement, 2, run->scope.user_id);
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    {
      gint64 id = orm_statement_get_int64 (statement, 0);

      g_array_append_val (run->ids, id);
    }
  return step == ORM_STEP_DONE;
}

/* What the first word that is typed would wait for. */
static gboolean
work_warm (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (OctavoVocabulary) vocabulary = NULL;
  OctavoIndexState index;

  if (!octavo_index_get_state (connection, &index, error))
    return FALSE;
  if (index.is_usable)
    vocabulary = get_vocabulary (data, connection, index.generation, error);
  return !index.is_usable || vocabulary != NULL;
}

static gboolean
work_verify (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return octavo_index_verify (connection, data, cancellable, error);
}

static gboolean
work_verify_pages (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  OctavoIndexState state;

  return octavo_index_get_state (connection, &state, error) &&
         (!state.is_usable || octavo_index_verify_pages (connection, data, error));
}

static gboolean
work_count (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 *n_notes = data;
  OctavoIndexState state;

  return octavo_index_get_state (connection, &state, error) &&
         orm_connection_get_int64 (connection,
                                   state.is_usable ? "SELECT count (*) FROM search_queue"
                                                   : "SELECT count (*) FROM note",
                                   n_notes, error);
}

static void
on_n_pending (OctavoSearch *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_PENDING]);
}

static void
octavo_search_dispose (GObject *object)
{
  OctavoSearch *self = OCTAVO_SEARCH (object);

  if (self->upkeep != NULL)
    octavo_upkeep_stop (self->upkeep);
  g_clear_object (&self->database);
  G_OBJECT_CLASS (octavo_search_parent_class)->dispose (object);
}

static void
octavo_search_finalize (GObject *object)
{
  OctavoSearch *self = OCTAVO_SEARCH (object);

  g_clear_object (&self->upkeep);
  g_clear_pointer (&self->order, octavo_order_unref);
  g_clear_pointer (&self->vocabulary, octavo_vocabulary_unref);
  octavo_leaf_cache_free (self->cache);
  octavo_fold_cache_free (self->folds);
  octavo_narrowing_free (self->narrowing);
  g_mutex_clear (&self->order_lock);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (octavo_search_parent_class)->finalize (object);
}

static void
octavo_search_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  if (property_id == PROP_N_PENDING)
    g_value_set_uint (value, octavo_search_get_n_pending (OCTAVO_SEARCH (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
octavo_search_class_init (OctavoSearchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = octavo_search_get_property;
  object_class->dispose = octavo_search_dispose;
  object_class->finalize = octavo_search_finalize;

  properties[PROP_N_PENDING] = g_param_spec_uint ("n-pending", NULL, NULL, 0, G_MAXUINT, 0,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
octavo_search_init (OctavoSearch *self)
{
  g_mutex_init (&self->order_lock);
  g_mutex_init (&self->lock);
  self->cache = octavo_leaf_cache_new (CACHE_BYTES);
  self->folds = octavo_fold_cache_new ();
  self->narrowing = octavo_narrowing_new ();
}

/* octavo_search_setup_connection:
 * @connection: a new connection
 * @data: unused
 *
 * Makes the index readable and writable on a connection. The thread of the connection. */
gboolean
octavo_search_setup_connection (OrmConnection *connection, gpointer data, GError **error)
{
  sqlite3 *handle = orm_connection_get_handle (connection);

  if (octavo_tokenizer_register (handle))
    return TRUE;
  if (sqlite3_errcode (handle) == SQLITE_NOMEM)
    g_set_error_literal (error, ORM_ERROR, ORM_ERROR_NO_MEMORY, sqlite3_errmsg (handle));
  else
    g_set_error_literal (error, ORM_ERROR, ORM_ERROR_FAILED, "SQLite was built without full-text search (FTS5)");
  return FALSE;
}

/* octavo_search_new:
 * @database: an open database whose connections were set up with octavo_search_setup_connection()
 *
 * Makes the engine of a file. It starts to bring the index up to date a second later, where a main loop runs. Main
 * thread.
 *
 * Returns: (transfer full): the engine */
OctavoSearch *
octavo_search_new (OrmDatabase *database)
{
  OctavoSearch *self = g_object_new (OCTAVO_TYPE_SEARCH, NULL);

  self->database = g_object_ref (database);
  self->upkeep = octavo_upkeep_new (database);
  g_signal_connect_object (self->upkeep, "notify::n-pending", G_CALLBACK (on_n_pending), self, G_CONNECT_SWAPPED);
  return self;
}

/* octavo_search_update:
 *
 * Brings the index up to date, a batch a transaction. Blocks until all of it is done. Main thread. */
gboolean
octavo_search_update (OctavoSearch *self, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (OCTAVO_IS_SEARCH (self), FALSE);

  return octavo_upkeep_run (self->upkeep, NULL, cancellable, error);
}

/* octavo_search_check:
 * @fault: (out): what was wrong with the index
 *
 * Looks the index over, makes it anew where it was wrong, and brings it up to date. A read-only file is only looked at.
 * Blocks. Main thread.
 *
 * Returns: %FALSE where it could not be looked at or mended */
gboolean
octavo_search_check (OctavoSearch *self, OctavoIndexFault *fault, GCancellable *cancellable, GError **error)
{
  gboolean was_broken;

  g_return_val_if_fail (OCTAVO_IS_SEARCH (self) && fault != NULL, FALSE);

  if (!orm_database_read (self->database, work_verify, fault, cancellable, error))
    return FALSE;
  if (orm_database_is_read_only (self->database))
    return TRUE;
  if (*fault == OCTAVO_INDEX_RIGHT &&
      !orm_database_write (self->database, work_verify_pages, fault, cancellable, error))
    return FALSE;
  if (*fault != OCTAVO_INDEX_RIGHT)
    octavo_upkeep_set_broken (self->upkeep);
  if (!octavo_upkeep_run (self->upkeep, &was_broken, cancellable, error))
    return FALSE;
  if (was_broken && *fault == OCTAVO_INDEX_RIGHT)
    *fault = OCTAVO_INDEX_UNREADABLE;
  return TRUE;
}

/* octavo_search_distrust_index:
 *
 * Takes it for granted that the index is damaged, where that is known from elsewhere. Main thread. */
void
octavo_search_distrust_index (OctavoSearch *self)
{
  g_return_if_fail (OCTAVO_IS_SEARCH (self));

  octavo_upkeep_set_broken (self->upkeep);
}

/* octavo_search_count_pending:
 * @n_notes: (out): all of them where there is no index
 *
 * Counts the notes that the index does not know as they are. Blocks. */
gboolean
octavo_search_count_pending (OctavoSearch *self, guint *n_notes, GError **error)
{
  gint64 n = 0;

  g_return_val_if_fail (OCTAVO_IS_SEARCH (self) && n_notes != NULL, FALSE);

  if (!orm_database_read (self->database, work_count, &n, NULL, error))
    return FALSE;
  *n_notes = (guint) n;
  return TRUE;
}

/* octavo_search_get_counts:
 * @counts: (out caller-allocates): of all queries until now
 *
 * Tells how queries were answered. Any thread. */
void
octavo_search_get_counts (OctavoSearch *self, OctavoSearchCounts *counts)
{
  g_return_if_fail (OCTAVO_IS_SEARCH (self) && counts != NULL);

  g_mutex_lock (&self->lock);
  *counts = self->counts;
  g_mutex_unlock (&self->lock);
}

/* octavo_search_get_n_pending:
 *
 * Returns: how many notes the index did not know as they were when that was last looked at: when the engine began to
 *   write the index, after each part of that, and with each query for words in between */
guint
octavo_search_get_n_pending (OctavoSearch *self)
{
  g_return_val_if_fail (OCTAVO_IS_SEARCH (self), 0);

  return octavo_upkeep_get_n_pending (self->upkeep);
}

/* The answer does not depend on it. */
static void
update_for_search (OctavoSearch *self, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (!octavo_search_update (self, cancellable, &error))
    g_debug ("The search index was not updated: %s", error->message);
}

/* octavo_search_run:
 * @query: (nullable): %NULL for all notes of the scope
 * @scope: (nullable): %NULL for all notes but those in the trash
 * @sort: the order; UPDATED puts notes whose titles have every word of the query first
 *
 * Answers a query. Blocks; meant for the command line and tests: where so many notes are not indexed that reading them
 * takes longer than indexing them once, they are indexed first, and an index that cannot be read is made anew; the
 * property "n-pending" tells how far that is.
 *
 * Returns: (nullable) (element-type gint64) (transfer full): the ids, in order; %NULL with %G_IO_ERROR_CANCELLED or an
 * error of the mapper */
GArray *
octavo_search_run (OctavoSearch *self,
                   OctavoQuery *query,
                   const OctavoScope *scope,
                   OctavoSort sort,
                   GCancellable *cancellable,
                   GError **error)
{
  Run *run;
  GArray *ids = NULL;
  guint n_pending;

  g_return_val_if_fail (OCTAVO_IS_SEARCH (self), NULL);

  if (query != NULL && !octavo_query_is_empty (query) && !orm_database_is_read_only (self->database) &&
      octavo_search_count_pending (self, &n_pending, NULL) && n_pending > MANY_NOTES)
    {
      octavo_upkeep_see (self->upkeep, n_pending);
      update_for_search (self, cancellable);
    }
  run = run_new (self, query, scope, sort);
  if (orm_database_read (self->database, work_run, run, cancellable, error))
    ids = g_steal_pointer (&run->ids);
  run_free (run);
  /* Whoever waits may end before anything is done at rest. */
  if (ids != NULL && octavo_upkeep_is_broken (self->upkeep) && !orm_database_is_read_only (self->database))
    update_for_search (self, cancellable);
  return ids;
}

/* octavo_search_run_in:
 * @connection: of a reading thread of the engine's database, in the transaction whose notes are asked for
 * @max_stale: how much is looked at of what the index does not know, in bytes; 0: all
 * @n_missing: (out): how many notes may be missing from the answer for that
 *
 * Answers a query in a transaction of the caller's, which may look at the same notes itself. Reading thread.
 *
 * Returns: (nullable) (element-type gint64) (transfer full): as octavo_search_run() */
GArray *
octavo_search_run_in (OctavoSearch *self,
                      OrmConnection *connection,
                      OctavoQuery *query,
                      const OctavoScope *scope,
                      OctavoSort sort,
                      gsize max_stale,
                      guint *n_missing,
                      GCancellable *cancellable,
                      GError **error)
{
  Run *run = run_new (self, query, scope, sort);
  GArray *ids;

  run->max_stale = max_stale;
  ids = work_run (connection, run, cancellable, error) ? g_steal_pointer (&run->ids) : NULL;
  *n_missing = run->n_missing;
  run_free (run);
  return ids;
}

static void
on_run (GObject *database, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  gpointer run = NULL;
  OctavoSearch *self = g_task_get_source_object (task);
  Run *answer;

  if (!orm_database_read_finish (ORM_DATABASE (database), result, &run, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  answer = run;
  if (answer->looks_into_texts)
    octavo_upkeep_see (self->upkeep, answer->n_stale);
  /* The terms are read when the notes are there, and before somebody searches for a word. */
  if (!self->is_warm && answer->n_first == 0)
    {
      self->is_warm = TRUE;
      orm_database_read_async (self->database, work_warm, g_object_ref (self), g_object_unref, NULL, NULL, NULL);
    }
  g_task_set_task_data (task, GUINT_TO_POINTER (answer->n_missing), NULL);
  g_task_return_pointer (task, g_steal_pointer (&answer->ids), (GDestroyNotify) g_array_unref);
}

/* octavo_search_run_async:
 * @query: (nullable): %NULL for all notes of the scope
 * @scope: (nullable): %NULL for all notes but those in the trash
 * @sort: the order; UPDATED puts notes whose titles have every word of the query first
 * @cancellable: (nullable): interrupts the search at once
 *
 * Answers a query on a reading thread. So that the answer does not take long where the index does not know many notes,
 * only the newest of these are looked into; octavo_search_run_get_n_missing() tells of how many others. Main thread. */
void
octavo_search_run_async (OctavoSearch *self,
                         OctavoQuery *query,
                         const OctavoScope *scope,
                         OctavoSort sort,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Run *run;

  g_return_if_fail (OCTAVO_IS_SEARCH (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, octavo_search_run_async);
  run = run_new (self, query, scope, sort);
  /* What cannot be written will not be indexed either: then all are looked into, however long it takes. */
  run->max_stale = orm_database_is_read_only (self->database) ? 0 : MAX_STALE;
  orm_database_read_async (self->database, work_run, run, run_free, cancellable, on_run, g_steal_pointer (&task));
}

/* octavo_search_run_get_n_missing:
 * @result: of octavo_search_run_async()
 *
 * Returns: how many notes may be missing from the answer, as the index does not know them yet */
guint
octavo_search_run_get_n_missing (OctavoSearch *self, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), 0);

  return GPOINTER_TO_UINT (g_task_get_task_data (G_TASK (result)));
}

/* octavo_search_has_first:
 * @query: (nullable): %NULL for all notes of the scope
 * @scope: which notes are looked at
 * @sort: the order
 *
 * Says whether the first notes can be had without the others, and sooner: before the first answer nothing is in memory,
 * and all notes have to be read once. Main thread.
 *
 * Returns: whether to ask by octavo_search_run_first_async() first */
gboolean
octavo_search_has_first (OctavoSearch *self, OctavoQuery *query, const OctavoScope *scope, OctavoSort sort)
{
  g_return_val_if_fail (OCTAVO_IS_SEARCH (self), FALSE);

  return !g_atomic_int_get (&self->has_order) && query == NULL && scope->place == OCTAVO_PLACE_ALL &&
         (sort == OCTAVO_SORT_UPDATED || sort == OCTAVO_SORT_CREATED);
}

/* octavo_search_run_first_async:
 * @scope: all notes, or those of a user
 * @sort: UPDATED or CREATED
 * @n_notes: how many to find, at most
 * @cancellable: (nullable): interrupts it at once
 *
 * Finds the first of all notes that are not in the trash, on a reading thread. Ends in octavo_search_run_finish(). Main
 * thread. */
void
octavo_search_run_first_async (OctavoSearch *self,
                               const OctavoScope *scope,
                               OctavoSort sort,
                               guint n_notes,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Run *run;

  g_return_if_fail (OCTAVO_IS_SEARCH (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, octavo_search_run_first_async);
  run = run_new (self, NULL, scope, sort);
  run->n_first = n_notes;
  orm_database_read_async (self->database, work_run_first, run, run_free, cancellable, on_run, g_steal_pointer (&task));
}

/* octavo_search_run_finish:
 *
 * Returns: (nullable) (element-type gint64) (transfer full): the ids, in order; %NULL with %G_IO_ERROR_CANCELLED or an
 * error of the mapper */
GArray *
octavo_search_run_finish (OctavoSearch *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
