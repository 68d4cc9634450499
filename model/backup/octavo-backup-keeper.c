/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-backup-keeper.h"

#include "octavo-backup-folder.h"
#include "octavo-error.h"
#include "octavo-store-private.h"

#include <errno.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* Everything is done on a thread of its own, one at a time, which knows plain values only. It is waited for when the
 * keeper goes: what it writes would else be cut short with the process. */

#define START     15                /* seconds after the start, which has other things to do */
#define REST      10                /* seconds without a change */
#define PERIOD    (10 * 60)         /* seconds between two looks at the day */
#define MAX_RETRY (15 * 60)         /* seconds between two tries, at most */
#define CHEAP     (4 * 1024 * 1024) /* bytes of a file that is copied while the program ends */
#define NICENESS  10

typedef struct
{
  OctavoSnapshots *snapshots;
  OctavoSnapshotPace pace;
  GCancellable *cancellable;
  GWeakRef keeper;
  gboolean is_done;
  GError *error;
} Job;

struct _OctavoBackupKeeper
{
  GObject parent_instance;

  OctavoStore *store;
  guint timer;
  gint64 changed; /* when something did last, on the monotonic clock */
  guint n_failures;
  char *problem;
  gboolean is_damage; /* that is the problem */
  GThread *thread;    /* while it runs */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (OctavoBackupKeeper, octavo_backup_keeper, G_TYPE_OBJECT)

enum
{
  PROP_PROBLEM = 1,
  N_PROPS
};

enum
{
  SIGNAL_LOOKED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void schedule (OctavoBackupKeeper *self, guint seconds);

static void
job_free (gpointer data)
{
  Job *job = data;

  octavo_snapshots_unref (job->snapshots);
  g_clear_object (&job->cancellable);
  g_weak_ref_clear (&job->keeper);
  g_clear_error (&job->error);
  g_free (job);
}

static void
set_problem (OctavoBackupKeeper *self, const char *problem)
{
  if (g_strcmp0 (problem, self->problem) == 0)
    return;
  g_free (self->problem);
  self->problem = g_strdup (problem);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

/* Runs on the main thread. Twice as long is waited after each failure. */
static gboolean
on_done (gpointer data)
{
  Job *job = data;
  g_autoptr (OctavoBackupKeeper) self = g_weak_ref_get (&job->keeper);

  if (self == NULL || self->thread == NULL || self->cancellable != job->cancellable)
    return G_SOURCE_REMOVE;
  g_clear_pointer (&self->thread, g_thread_join);
  g_clear_object (&self->cancellable);
  if (job->is_done)
    {
      self->n_failures = 0;
      set_problem (self, NULL);
      schedule (self, PERIOD);
    }
  else
    {
      g_message ("No backup was made: %s", job->error->message);
      schedule (self, MIN (MAX_RETRY, 60u << MIN (self->n_failures, 4)));
      self->n_failures++;
      self->is_damage = g_error_matches (job->error, OCTAVO_ERROR, OCTAVO_ERROR_CORRUPT);
      set_problem (self, job->error->message);
    }
  g_signal_emit (self, signals[SIGNAL_LOOKED], 0);
  return G_SOURCE_REMOVE;
}

static void
look (Job *job)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (OctavoSnapshot) made = NULL;
  gint64 now = g_get_real_time ();

  if (octavo_snapshots_is_due (job->snapshots, now, zone))
    {
      made =
          octavo_snapshots_make (job->snapshots, OCTAVO_SNAPSHOT_DAILY, job->pace, now, job->cancellable, &job->error);
      job->is_done = made != NULL;
    }
  else
    job->is_done = TRUE;
}

static gpointer
run (gpointer data)
{
  Job *job = data;
  g_autoptr (GSource) source = g_idle_source_new ();

  /* Of this thread alone: whoever types goes first. */
  setpriority (PRIO_PROCESS, (id_t) gettid (), NICENESS);
  look (job);
  /* Not by g_main_context_invoke(): while nobody runs the main context it would call back on this very thread. */
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_done, job, job_free);
  g_source_attach (source, NULL);
  return NULL;
}

static Job *
job_new (OctavoBackupKeeper *self, OctavoSnapshotPace pace)
{
  Job *job = g_new0 (Job, 1);

  job->snapshots = octavo_backup_folder_get_snapshots (octavo_store_get_path (self->store));
  job->pace = pace;
  g_weak_ref_init (&job->keeper, self);
  return job;
}

/* What is on no disk, or cannot be written to, changes in no way that matters here. */
static gboolean
has_file (OctavoBackupKeeper *self)
{
  return !g_str_equal (octavo_store_get_path (self->store), ":memory:") &&
         !orm_database_is_read_only (octavo_store_get_database (self->store));
}

static void
begin (OctavoBackupKeeper *self)
{
  Job *job;

  if (self->thread != NULL || !has_file (self))
    return;
  job = job_new (self, OCTAVO_SNAPSHOT_IN_PIECES);
  self->cancellable = g_cancellable_new ();
  job->cancellable = g_object_ref (self->cancellable);
  self->thread = g_thread_new ("octavo-backup", run, job);
}

static gboolean
on_time (gpointer data)
{
  OctavoBackupKeeper *self = data;
  gint64 rest = (g_get_monotonic_time () - self->changed) / G_USEC_PER_SEC;

  self->timer = 0;
  if (self->changed != 0 && rest < REST)
    schedule (self, (guint) (REST - rest));
  else
    begin (self);
  return G_SOURCE_REMOVE;
}

static void
schedule (OctavoBackupKeeper *self, guint seconds)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add_seconds_full (G_PRIORITY_LOW, seconds, on_time, self, NULL);
}

static void
on_changed (OctavoBackupKeeper *self)
{
  self->changed = g_get_monotonic_time ();
}

static void
stop (OctavoBackupKeeper *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->thread, g_thread_join);
  g_clear_object (&self->cancellable);
}

static void
octavo_backup_keeper_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  if (property_id == PROP_PROBLEM)
    g_value_set_string (value, OCTAVO_BACKUP_KEEPER (object)->problem);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
octavo_backup_keeper_dispose (GObject *object)
{
  OctavoBackupKeeper *self = OCTAVO_BACKUP_KEEPER (object);

  stop (self);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (octavo_backup_keeper_parent_class)->dispose (object);
}

static void
octavo_backup_keeper_finalize (GObject *object)
{
  g_free (OCTAVO_BACKUP_KEEPER (object)->problem);
  G_OBJECT_CLASS (octavo_backup_keeper_parent_class)->finalize (object);
}

static void
octavo_backup_keeper_class_init (OctavoBackupKeeperClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = octavo_backup_keeper_get_property;
  object_class->dispose = octavo_backup_keeper_dispose;
  object_class->finalize = octavo_backup_keeper_finalize;
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL,
                                                  G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_LOOKED] =
      g_signal_new ("looked", OCTAVO_TYPE_BACKUP_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
octavo_backup_keeper_init (OctavoBackupKeeper *self)
{
}

/**
 * octavo_backup_keeper_new:
 * @store: an open store
 *
 * Begins to look after the backups. Main thread.
 *
 * Returns: (transfer full): what does it, for as long as it is kept
 */
OctavoBackupKeeper *
octavo_backup_keeper_new (OctavoStore *store)
{
  OctavoBackupKeeper *self;

  g_return_val_if_fail (OCTAVO_IS_STORE (store), NULL);

  self = g_object_new (OCTAVO_TYPE_BACKUP_KEEPER, NULL);
  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  schedule (self, START);
  return self;
}

/**
 * octavo_backup_keeper_get_problem:
 * @self: a keeper
 *
 * Returns: (transfer none) (nullable): why the last backup could not be made
 */
const char *
octavo_backup_keeper_get_problem (OctavoBackupKeeper *self)
{
  g_return_val_if_fail (OCTAVO_IS_BACKUP_KEEPER (self), NULL);

  return self->problem;
}

/**
 * octavo_backup_keeper_is_stopped_by_damage:
 * @self: a keeper that has a problem
 *
 * Returns: whether that is that the file, or what was written of it, is damaged
 */
gboolean
octavo_backup_keeper_is_stopped_by_damage (OctavoBackupKeeper *self)
{
  g_return_val_if_fail (OCTAVO_IS_BACKUP_KEEPER (self), FALSE);

  return self->problem != NULL && self->is_damage;
}

/**
 * octavo_backup_keeper_look:
 * @self: a keeper
 *
 * Looks now whether a backup is due, and makes it. #OctavoBackupKeeper::looked follows. Main thread; does not block.
 */
void
octavo_backup_keeper_look (OctavoBackupKeeper *self)
{
  g_return_if_fail (OCTAVO_IS_BACKUP_KEEPER (self));

  begin (self);
}

/**
 * octavo_backup_keeper_finish:
 * @self: a keeper
 *
 * The program ends. A backup that is being made is given up; one that is due is made where the file is so small that
 * nobody notices: who opens the program for moments only has backups, too. Main thread; blocks for a moment.
 */
void
octavo_backup_keeper_finish (OctavoBackupKeeper *self)
{
  struct stat status;
  Job *job;

  g_return_if_fail (OCTAVO_IS_BACKUP_KEEPER (self));

  stop (self);
  if (!has_file (self) || stat (octavo_store_get_path (self->store), &status) != 0 || status.st_size > CHEAP)
    return;
  job = job_new (self, OCTAVO_SNAPSHOT_AT_ONCE);
  look (job);
  if (!job->is_done)
    g_message ("No backup was made: %s", job->error->message);
  job_free (job);
}
