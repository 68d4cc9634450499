/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-rest-check.h"

#include "octavo-sqlite.h"
#include "octavo-store-private.h"
#include "orm-error.h"

#include <gio/gio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* Table by table, on a connection of its own, which holds nobody up; with a pause after every few milliseconds, and at
 * an end as soon as somebody writes. The next time goes on where this one was stopped. The search index is left out:
 * what is wrong with that is noticed by whoever uses it, and it is made anew. */

#define START    300         /* seconds after the start */
#define REST     180         /* seconds without a change */
#define PERIOD   60          /* seconds between two looks at the clock */
#define DAY      (20 * 3600) /* seconds: at another hour of the next day, too */
#define STEPS    2000        /* of SQLite's machine, between two looks at the clock */
#define WORK     4000        /* microseconds at a time */
#define PAUSE    8000        /* microseconds */
#define NICENESS 10

/* What a thread is told, and tells. */
typedef struct
{
  char *path;
  guint first; /* of the tables */
  gboolean is_urgent;
  GCancellable *cancellable;
  GWeakRef check;
  gint64 began; /* to work, after the last pause */
  guint n_done;
  gboolean is_damaged;
  gboolean is_done;
} Job;

struct _OctavoRestCheck
{
  GObject parent_instance;

  OctavoStore *store;
  char *stamp;
  guint timer;
  gint64 changed;   /* when something did last, on the monotonic clock */
  gint64 suspected; /* when something could not be read, and that was looked into; likewise */
  guint next;       /* the table with which to go on */
  gboolean is_damaged;
  gboolean is_urgent; /* the one that runs */
  GThread *thread;    /* while it runs */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (OctavoRestCheck, octavo_rest_check, G_TYPE_OBJECT)

enum
{
  PROP_DAMAGED = 1,
  N_PROPS
};

enum
{
  SIGNAL_LOOKED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->path);
  g_clear_object (&job->cancellable);
  g_weak_ref_clear (&job->check);
  g_free (job);
}

static int
on_progress (void *data)
{
  Job *job = data;
  gint64 now = g_get_monotonic_time ();

  if (!job->is_urgent && now - job->began >= WORK)
    {
      g_usleep (PAUSE);
      job->began = g_get_monotonic_time ();
    }
  return g_cancellable_is_cancelled (job->cancellable);
}

static gboolean
is_damage (const GError *error)
{
  return g_error_matches (error, ORM_ERROR, ORM_ERROR_CORRUPT) ||
         g_error_matches (error, ORM_ERROR, ORM_ERROR_NOT_A_DATABASE);
}

/* (element-type utf8) (nullable) */
static GPtrArray *
list_tables (sqlite3 *file, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *statement = octavo_sqlite_prepare (
      file,
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search~_%' ESCAPE '~' ORDER BY name",
      error);
  int result = SQLITE_ERROR;

  if (statement == NULL)
    return NULL;
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    g_ptr_array_add (names, g_strdup ((const char *) sqlite3_column_text (statement, 0)));
  if (result != SQLITE_DONE)
    octavo_sqlite_set_error (file, result, error);
  sqlite3_finalize (statement);
  return result == SQLITE_DONE ? g_steal_pointer (&names) : NULL;
}

static gboolean
check_table (Job *job, sqlite3 *file, const char *name, GError **error)
{
  g_autofree char *quoted = octavo_sqlite_quote_name (name);
  g_autofree char *sql = g_strdup_printf ("PRAGMA quick_check (%s)", quoted);
  g_autofree char *verdict = NULL;

  if (!octavo_sqlite_get_text (file, sql, &verdict, error))
    return FALSE;
  if (g_strcmp0 (verdict, "ok") != 0)
    {
      g_debug ("%s: %s", name, verdict);
      job->is_damaged = TRUE;
    }
  return TRUE;
}

static gboolean
check_tables (Job *job, sqlite3 *file, GError **error)
{
  g_autoptr (GPtrArray) names = list_tables (file, error);

  if (names == NULL)
    return FALSE;
  for (job->n_done = MIN (job->first, names->len); job->n_done < names->len && !job->is_damaged; job->n_done++)
    if (!check_table (job, file, g_ptr_array_index (names, job->n_done), error))
      return FALSE;
  return TRUE;
}

static gboolean
on_done (gpointer data)
{
  Job *job = data;
  g_autoptr (OctavoRestCheck) self = g_weak_ref_get (&job->check);

  if (self == NULL || self->cancellable != job->cancellable)
    return G_SOURCE_REMOVE;
  g_clear_pointer (&self->thread, g_thread_join);
  g_clear_object (&self->cancellable);
  self->next = job->is_done ? 0 : job->n_done;
  if (job->is_done && !g_file_set_contents_full (self->stamp, "", 0, G_FILE_SET_CONTENTS_NONE, 0600, NULL))
    g_debug ("%s cannot be written", self->stamp);
  if (job->is_damaged && !self->is_damaged)
    {
      self->is_damaged = TRUE;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DAMAGED]);
    }
  if (job->is_done)
    g_signal_emit (self, signals[SIGNAL_LOOKED], 0);
  return G_SOURCE_REMOVE;
}

static gpointer
run (gpointer data)
{
  Job *job = data;
  g_autoptr (GSource) source = g_idle_source_new ();
  g_autoptr (GError) error = NULL;
  sqlite3 *file;

  /* Of this thread alone: whoever types goes first. */
  if (!job->is_urgent)
    setpriority (PRIO_PROCESS, (id_t) gettid (), NICENESS);
  job->began = g_get_monotonic_time ();
  file = octavo_sqlite_open (job->path, SQLITE_OPEN_READONLY, &error);
  if (file != NULL)
    sqlite3_progress_handler (file, STEPS, on_progress, job);
  job->is_done = file != NULL && check_tables (job, file, &error);
  sqlite3_close (file);
  if (is_damage (error))
    job->is_done = job->is_damaged = TRUE;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_done, job, job_free);
  g_source_attach (source, NULL);
  return NULL;
}

static void
stop (OctavoRestCheck *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->thread, g_thread_join);
  g_clear_object (&self->cancellable);
}

static void
begin (OctavoRestCheck *self, gboolean is_urgent)
{
  Job *job;

  if (g_str_equal (octavo_store_get_path (self->store), ":memory:") || self->is_damaged)
    return;
  stop (self);
  job = g_new0 (Job, 1);
  job->path = g_strdup (octavo_store_get_path (self->store));
  job->first = is_urgent ? 0 : self->next;
  job->is_urgent = self->is_urgent = is_urgent;
  g_weak_ref_init (&job->check, self);
  self->cancellable = g_cancellable_new ();
  job->cancellable = g_object_ref (self->cancellable);
  self->thread = g_thread_new ("octavo-check", run, job);
}

static gboolean
on_time (gpointer data)
{
  OctavoRestCheck *self = data;

  if (self->thread == NULL && g_get_monotonic_time () - self->changed >= REST * G_USEC_PER_SEC &&
      octavo_rest_check_is_due (self, g_get_real_time ()))
    begin (self, FALSE);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_started (gpointer data)
{
  OctavoRestCheck *self = data;

  self->timer = g_timeout_add_seconds_full (G_PRIORITY_LOW, PERIOD, on_time, self, NULL);
  return G_SOURCE_REMOVE;
}

/* Who writes is not to wait for a disk that reads. */
static void
on_changed (OctavoRestCheck *self)
{
  self->changed = g_get_monotonic_time ();
  if (self->cancellable != NULL && !self->is_urgent)
    g_cancellable_cancel (self->cancellable);
}

static void
octavo_rest_check_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  if (property_id == PROP_DAMAGED)
    g_value_set_boolean (value, OCTAVO_REST_CHECK (object)->is_damaged);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
octavo_rest_check_dispose (GObject *object)
{
  OctavoRestCheck *self = OCTAVO_REST_CHECK (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  stop (self);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (octavo_rest_check_parent_class)->dispose (object);
}

static void
octavo_rest_check_finalize (GObject *object)
{
  g_free (OCTAVO_REST_CHECK (object)->stamp);
  G_OBJECT_CLASS (octavo_rest_check_parent_class)->finalize (object);
}

static void
octavo_rest_check_class_init (OctavoRestCheckClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = octavo_rest_check_get_property;
  object_class->dispose = octavo_rest_check_dispose;
  object_class->finalize = octavo_rest_check_finalize;
  properties[PROP_DAMAGED] = g_param_spec_boolean ("damaged", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_LOOKED] =
      g_signal_new ("looked", OCTAVO_TYPE_REST_CHECK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
octavo_rest_check_init (OctavoRestCheck *self)
{
}

/**
 * octavo_rest_check_new:
 * @store: an open store
 * @stamp: the path of a file of the person, beside no notes: it says when the check was made last
 *
 * Begins to look after the file. Main thread.
 *
 * Returns: (transfer full): what does it, for as long as it is kept
 */
OctavoRestCheck *
octavo_rest_check_new (OctavoStore *store, const char *stamp)
{
  OctavoRestCheck *self;

  g_return_val_if_fail (OCTAVO_IS_STORE (store), NULL);
  g_return_val_if_fail (stamp != NULL, NULL);

  self = g_object_new (OCTAVO_TYPE_REST_CHECK, NULL);
  self->store = g_object_ref (store);
  self->stamp = g_strdup (stamp);
  g_signal_connect_object (store, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (octavo_store_get_database (store), "damaged", G_CALLBACK (octavo_rest_check_suspect), self,
                           G_CONNECT_SWAPPED);
  self->timer = g_timeout_add_seconds_full (G_PRIORITY_LOW, START, on_started, self, NULL);
  return self;
}

/**
 * octavo_rest_check_is_due:
 * @self: what looks after a file
 * @now: the time, microseconds since 1970, UTC
 *
 * Returns: whether the file was not read through within a day; a day to come, as the clock was wrong, counts for none
 */
gboolean
octavo_rest_check_is_due (OctavoRestCheck *self, gint64 now)
{
  struct stat status;
  gint64 then;

  g_return_val_if_fail (OCTAVO_IS_REST_CHECK (self), FALSE);

  if (stat (self->stamp, &status) != 0)
    return TRUE;
  then = (gint64) status.st_mtime * G_USEC_PER_SEC;
  return then > now || now - then >= DAY * (gint64) G_USEC_PER_SEC;
}

/**
 * octavo_rest_check_look:
 * @self: what looks after a file
 *
 * Reads the file through now. #OctavoRestCheck::looked follows, unless somebody writes meanwhile. Main thread; does not
 * block.
 */
void
octavo_rest_check_look (OctavoRestCheck *self)
{
  g_return_if_fail (OCTAVO_IS_REST_CHECK (self));

  begin (self, FALSE);
}

/**
 * octavo_rest_check_suspect:
 * @self: what looks after a file
 *
 * Something could not be read: that may be the search index, which is no matter, or a moment of the disk. Reads the
 * file through at once, but not once a second. Main thread; does not block.
 */
void
octavo_rest_check_suspect (OctavoRestCheck *self)
{
  gint64 now = g_get_monotonic_time ();

  g_return_if_fail (OCTAVO_IS_REST_CHECK (self));

  if (self->suspected != 0 && now - self->suspected < PERIOD * G_USEC_PER_SEC)
    return;
  self->suspected = now;
  begin (self, TRUE);
}

/**
 * octavo_rest_check_is_damaged:
 * @self: what looks after a file
 *
 * Returns: whether the file was found to be damaged
 */
gboolean
octavo_rest_check_is_damaged (OctavoRestCheck *self)
{
  g_return_val_if_fail (OCTAVO_IS_REST_CHECK (self), FALSE);

  return self->is_damaged;
}
