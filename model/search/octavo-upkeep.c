/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-search"

#include "octavo-upkeep.h"

#include "octavo-index.h"
#include "octavo-rest.h"

/* Writes the index while nobody waits for it: what is in the queue, in one walk, a batch a transaction, so that a
 * person's own writes come in between. A batch is as large as fits into a tenth of a second, and what is put into the
 * queue behind the walk waits until notes rest again: so a note that is typed is not written with each batch. */
#define START_DELAY   1000  /* milliseconds */
#define TARGET_TIME   70000 /* microseconds of a batch, without its commit */
#define FIRST_BYTES   (128 * 1024)
#define MIN_BYTES     (16 * 1024)
#define MAX_BYTES     (8 * 1024 * 1024)
#define MAX_NOTES     10000          /* of a batch: also an empty note takes some time */
#define MERGE_BATCHES 3              /* so many batches at a time leave something to merge */
#define FIRST_PAUSE   G_USEC_PER_SEC /* before what failed is tried again; then twice as long each time */
#define MAX_PAUSE     (300 * G_USEC_PER_SEC)
#define MANY_NOTES    500 /* that search had to look into: they wait no longer, whatever it costs */

typedef enum
{
  STAGE_UPDATES,
  STAGE_MERGES_FIRST,
  STAGE_MERGES,
} Stage;

/* One transaction of a walk. */
typedef struct
{
  gboolean was_broken; /* the index, before: until this is committed it is */
  gboolean makes_anew;
  gboolean may_put_off; /* where few notes wait */
  gboolean counts;      /* what waits */
  Stage stage;
  guint n_batches; /* that were written one after another */
  OctavoIndexBatch batch;
  gboolean was_put_off;
  guint n_pending; /* (inout) */
  gint64 elapsed;
} Job;

struct _OctavoUpkeep
{
  GObject parent_instance;

  OrmDatabase *database;
  GCancellable *cancellable;
  OctavoRest rest;
  guint timeout; /* begins a walk */
  guint next;    /* goes on with it */
  gboolean is_walking;
  gboolean is_due;    /* another one, for what changed meanwhile */
  Job job;            /* how far the walk is */
  gint64 spent_again; /* microseconds, in this walk, on what the index knew otherwise */
  guint n_pending;
  int is_broken;    /* atomic: the index could not be read, or not be written */
  guint n_failures; /* one after another */
  gint64 retry_at;  /* not before; 0: at once */
};

enum
{
  PROP_N_PENDING = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (OctavoUpkeep, octavo_upkeep, G_TYPE_OBJECT)

/* On the writing thread */

static gboolean
count_queue (OrmConnection *connection, guint *n_notes, GError **error)
{
  gint64 n = 0;

  if (!orm_connection_get_int64 (connection, "SELECT count (*) FROM search_queue", &n, error))
    return FALSE;
  *n_notes = (guint) n;
  return TRUE;
}

/* The index was made anew, and all notes are in the queue: the walk begins with the next transaction. */
static gboolean
make_anew (Job *job, OrmConnection *connection, GError **error)
{
  if (!octavo_index_create (connection, error) || !count_queue (connection, &job->n_pending, error))
    return FALSE;
  job->makes_anew = FALSE;
  job->counts = FALSE;
  job->batch.from_id = G_MININT64;
  job->batch.has_more = TRUE;
  job->batch.n_bytes_again = 0;
  return TRUE;
}

static gboolean
put_off (Job *job, OrmConnection *connection, GError **error)
{
  gint64 n_notes;

  if (!orm_connection_get_int64 (
          connection, "SELECT count (*) FROM (SELECT 1 FROM search_queue LIMIT " G_STRINGIFY (MANY_NOTES) ")", &n_notes,
          error))
    return FALSE;
  job->was_put_off = n_notes < MANY_NOTES;
  job->n_pending = (guint) n_notes;
  return TRUE;
}

static gboolean
update (Job *job, OrmConnection *connection, GCancellable *cancellable, GError **error)
{
  OctavoIndexState state;

  if (!octavo_index_get_state (connection, &state, error))
    return FALSE;
  if (job->makes_anew || !state.is_usable)
    return make_anew (job, connection, error);
  if (job->may_put_off && !put_off (job, connection, error))
    return FALSE;
  if (job->was_put_off)
    return TRUE;
  if ((job->counts && !count_queue (connection, &job->n_pending, error)) ||
      !octavo_index_update (connection, &job->batch, cancellable, error))
    return FALSE;
  job->counts = FALSE;
  job->n_pending -= MIN (job->batch.n_notes, job->n_pending);
  job->n_batches++;
  if (!job->batch.has_more && job->n_batches >= MERGE_BATCHES)
    {
      job->stage = STAGE_MERGES_FIRST;
      job->batch.has_more = TRUE;
    }
  return TRUE;
}

static gboolean
merge (Job *job, OrmConnection *connection, GError **error)
{
  job->batch.n_bytes_again = 0;
  if (!octavo_index_merge (connection, job->stage == STAGE_MERGES_FIRST, &job->batch.has_more, error))
    return FALSE;
  job->stage = STAGE_MERGES;
  return TRUE;
}

static gboolean
work (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;
  gint64 started = g_get_monotonic_time ();
  gboolean done =
      job->stage == STAGE_UPDATES ? update (job, connection, cancellable, error) : merge (job, connection, error);

  job->elapsed = g_get_monotonic_time () - started;
  return done;
}

/* On the main thread */

static void
set_n_pending (OctavoUpkeep *self, guint n_pending)
{
  if (self->n_pending == n_pending)
    return;
  self->n_pending = n_pending;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_PENDING]);
}

static void run_next (OctavoUpkeep *self);

static gboolean
on_timeout (gpointer data)
{
  OctavoUpkeep *self = data;

  self->timeout = 0;
  self->is_due = self->is_walking;
  if (!self->is_walking)
    {
      self->is_walking = TRUE;
      self->spent_again = 0;
      self->job.stage = STAGE_UPDATES;
      self->job.counts = TRUE;
      self->job.n_batches = 0;
      self->job.batch.from_id = G_MININT64;
      self->job.may_put_off = !octavo_rest_is_over (&self->rest, g_get_monotonic_time ());
      run_next (self);
    }
  return G_SOURCE_REMOVE;
}

static void
schedule (OctavoUpkeep *self, gint64 delay)
{
  if (g_cancellable_is_cancelled (self->cancellable) || orm_database_is_read_only (self->database))
    return;
  /* Whatever changes meanwhile, a disk that is full is not tried with each key. */
  if (self->retry_at > 0)
    delay = MAX (delay, (self->retry_at - g_get_monotonic_time ()) / 1000);
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->timeout = g_timeout_add_full (G_PRIORITY_LOW, (guint) MAX (delay, 0), on_timeout, self, NULL);
}

/* How much of a text a batch may have, so that it takes as long as it should. */
static void
adapt_batch (OctavoUpkeep *self)
{
  gsize max_bytes = self->job.batch.max_bytes;
  double scale = (double) TARGET_TIME / (double) MAX (self->job.elapsed, 1);

  if (self->job.stage == STAGE_UPDATES && self->job.batch.n_bytes >= max_bytes)
    self->job.batch.max_bytes = CLAMP ((gsize) ((double) max_bytes * CLAMP (scale, 0.5, 2.0)), MIN_BYTES, MAX_BYTES);
}

static void
end_walk (OctavoUpkeep *self)
{
  gint64 now = g_get_monotonic_time ();

  self->is_walking = FALSE;
  self->n_failures = 0;
  self->retry_at = 0;
  if (!self->job.was_put_off)
    octavo_rest_update (&self->rest, now, self->spent_again);
  if (g_atomic_int_get (&self->is_broken) || self->is_due)
    schedule (self, 0);
  else if (self->timeout == 0 && self->job.was_put_off)
    schedule (self, octavo_rest_put_off (&self->rest, now) / 1000 + 1);
  self->is_due = FALSE;
}

static gboolean
on_next (gpointer data)
{
  OctavoUpkeep *self = data;

  self->next = 0;
  run_next (self);
  return G_SOURCE_REMOVE;
}

/* An index that cannot be written is made anew; what the disk or another process stood in the way of is tried again. */
static void
end_failed_walk (OctavoUpkeep *self, gboolean was_broken, const GError *error)
{
  g_debug ("The search index was not updated: %s", error->message);
  if (was_broken || octavo_index_is_to_blame (error))
    octavo_upkeep_set_broken (self);
  self->is_walking = FALSE;
  self->is_due = FALSE;
  self->retry_at = g_get_monotonic_time () + MIN (FIRST_PAUSE << MIN (self->n_failures, 10), MAX_PAUSE);
  self->n_failures++;
  schedule (self, 0);
}

static void
on_written (GObject *database, GAsyncResult *result, gpointer data)
{
  g_autoptr (OctavoUpkeep) self = data;
  g_autoptr (GError) error = NULL;
  gpointer job = NULL;

  if (!orm_database_write_finish (ORM_DATABASE (database), result, &job, &error))
    {
      end_failed_walk (self, ((Job *) job)->was_broken, error);
      return;
    }
  self->job = *(Job *) job;
  self->job.may_put_off = FALSE;
  if (self->job.batch.n_bytes_again > 0)
    self->spent_again += (gint64) ((double) self->job.elapsed * (double) self->job.batch.n_bytes_again /
                                   (double) self->job.batch.n_bytes);
  adapt_batch (self);
  set_n_pending (self, self->job.n_pending);
  if (!self->job.batch.has_more || self->job.was_put_off)
    end_walk (self);
  else if (!g_cancellable_is_cancelled (self->cancellable))
    self->next = g_idle_add_full (G_PRIORITY_LOW, on_next, self, NULL);
  self->job.was_put_off = FALSE;
}

static void
run_next (OctavoUpkeep *self)
{
  Job *job = g_memdup2 (&self->job, sizeof self->job);

  job->was_broken = job->makes_anew = g_atomic_int_exchange (&self->is_broken, FALSE);
  orm_database_write_async (self->database, work, job, g_free, self->cancellable, on_written, g_object_ref (self));
}

static void
on_changed (OrmDatabase *database, OrmChanges *changes, OctavoUpkeep *self)
{
  gint64 now = g_get_monotonic_time ();

  if (orm_changes_is_everything (changes) || orm_changes_has_table (changes, "note"))
    schedule (self, (octavo_rest_change (&self->rest, now) - now) / 1000);
}

static void
octavo_upkeep_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  if (property_id == PROP_N_PENDING)
    g_value_set_uint (value, OCTAVO_UPKEEP (object)->n_pending);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
octavo_upkeep_dispose (GObject *object)
{
  OctavoUpkeep *self = OCTAVO_UPKEEP (object);

  octavo_upkeep_stop (self);
  g_clear_object (&self->database);
  G_OBJECT_CLASS (octavo_upkeep_parent_class)->dispose (object);
}

static void
octavo_upkeep_finalize (GObject *object)
{
  g_clear_object (&OCTAVO_UPKEEP (object)->cancellable);
  G_OBJECT_CLASS (octavo_upkeep_parent_class)->finalize (object);
}

static void
octavo_upkeep_class_init (OctavoUpkeepClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = octavo_upkeep_get_property;
  object_class->dispose = octavo_upkeep_dispose;
  object_class->finalize = octavo_upkeep_finalize;

  properties[PROP_N_PENDING] = g_param_spec_uint ("n-pending", NULL, NULL, 0, G_MAXUINT, 0,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
octavo_upkeep_init (OctavoUpkeep *self)
{
  self->cancellable = g_cancellable_new ();
  self->job.batch.max_bytes = FIRST_BYTES;
  self->job.batch.max_notes = MAX_NOTES;
}

/* octavo_upkeep_new:
 * @database: an open database whose connections know the tokenizer
 *
 * Begins to keep the index of a file up to date, a second later, where a main loop runs. Main thread.
 *
 * Returns: (transfer full): who does it */
OctavoUpkeep *
octavo_upkeep_new (OrmDatabase *database)
{
  OctavoUpkeep *self = g_object_new (OCTAVO_TYPE_UPKEEP, NULL);

  self->database = g_object_ref (database);
  g_signal_connect (database, "changed", G_CALLBACK (on_changed), self);
  schedule (self, START_DELAY);
  return self;
}

/* octavo_upkeep_stop:
 *
 * Writes nothing any more; a batch that is being written is given up. May run twice. Main thread. */
void
octavo_upkeep_stop (OctavoUpkeep *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_handle_id (&self->next, g_source_remove);
  if (self->database != NULL)
    g_signal_handlers_disconnect_by_data (self->database, self);
}

/* octavo_upkeep_get_n_pending:
 *
 * Returns: how many notes the index did not know as they were when that was last looked at: before each walk, after
 *   each batch, and by a search between two walks */
guint
octavo_upkeep_get_n_pending (OctavoUpkeep *self)
{
  return self->n_pending;
}

/* octavo_upkeep_see:
 * @n_pending: how many notes the index did not know
 *
 * Takes over what a search saw. Main thread. */
void
octavo_upkeep_see (OctavoUpkeep *self, guint n_pending)
{
  gint64 now = g_get_monotonic_time ();

  if (self->is_walking)
    return;
  set_n_pending (self, n_pending);
  if (g_atomic_int_get (&self->is_broken))
    schedule (self, 0);
  else if (n_pending > 0 && self->timeout == 0) /* also where they were written since: this says so */
    schedule (self, (octavo_rest_change (&self->rest, now) - now) / 1000);
}

/* octavo_upkeep_set_broken:
 *
 * Has the index made anew by the next walk. Any thread. */
void
octavo_upkeep_set_broken (OctavoUpkeep *self)
{
  g_atomic_int_set (&self->is_broken, TRUE);
}

/* octavo_upkeep_is_broken:
 *
 * Returns: whether the next walk makes the index anew. Any thread. */
gboolean
octavo_upkeep_is_broken (OctavoUpkeep *self)
{
  return g_atomic_int_get (&self->is_broken);
}

static gboolean
run_walk (OctavoUpkeep *self, gboolean makes_anew, GCancellable *cancellable, GError **error)
{
  Job job = { .makes_anew = makes_anew,
              .counts = TRUE,
              .batch = { .from_id = G_MININT64, .max_notes = MAX_NOTES, .max_bytes = MAX_BYTES } };

  do
    {
      if (!orm_database_write (self->database, work, &job, cancellable, error))
        return FALSE;
      set_n_pending (self, job.n_pending);
    }
  while (job.batch.has_more);
  return TRUE;
}

/* octavo_upkeep_run:
 * @was_broken: (out) (optional): whether the index could not be written as it was, and was made anew
 *
 * Writes all that is in the queue now. Somebody waits for all of it, so the batches are large: what is written once is
 * not written ten times. Blocks. Main thread. */
gboolean
octavo_upkeep_run (OctavoUpkeep *self, gboolean *was_broken, GCancellable *cancellable, GError **error)
{
  gboolean makes_anew = g_atomic_int_exchange (&self->is_broken, FALSE);
  g_autoptr (GError) failure = NULL;
  gboolean is_done = run_walk (self, makes_anew, cancellable, &failure);

  if (!is_done && !makes_anew && octavo_index_is_to_blame (failure))
    {
      g_debug ("The search index is made anew: %s", failure->message);
      g_clear_error (&failure);
      makes_anew = TRUE;
      is_done = run_walk (self, TRUE, cancellable, &failure);
    }
  if (was_broken != NULL)
    *was_broken = makes_anew;
  if (is_done)
    return TRUE;
  if (makes_anew)
    octavo_upkeep_set_broken (self);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}
