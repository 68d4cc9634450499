/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm-test"

#include "torture.h"

#define PATIENCE (20 * G_USEC_PER_SEC) /* of a live object to become what the file has */

/* A counter or an account. */
typedef struct
{
  OrmEntity parent_instance;
  gint64 id;
  gint64 n;
} TortureRow;

typedef TortureRow TortureCounter;
typedef TortureRow TortureAccount;
typedef OrmEntityClass TortureCounterClass;
typedef OrmEntityClass TortureAccountClass;

static GType torture_counter_get_type (void);
static GType torture_account_get_type (void);

G_DEFINE_TYPE (TortureCounter, torture_counter, ORM_TYPE_ENTITY)
G_DEFINE_TYPE (TortureAccount, torture_account, ORM_TYPE_ENTITY)

enum
{
  ROW_ID,
  ROW_N
};

static const OrmColumn columns[] = {
  { "id", ORM_FIELD_INT64, ORM_COLUMN_KEY, G_STRUCT_OFFSET (TortureRow, id) },
  { "n", ORM_FIELD_INT64, ORM_COLUMN_NOT_NULL, G_STRUCT_OFFSET (TortureRow, n) },
};

static const OrmMigration migrations[] = {
  { 1, "rows",
    "CREATE TABLE counter (id INTEGER PRIMARY KEY, n INTEGER NOT NULL) STRICT;"
    "CREATE TABLE account (id INTEGER PRIMARY KEY, n INTEGER NOT NULL CHECK (n >= 0)) STRICT;"
    "INSERT INTO counter VALUES (1, 0), (2, 0), (3, 0), (4, 0), (5, 0), (6, 0), (99, 0);"
    "INSERT INTO account VALUES (1, 1000), (2, 1000), (3, 1000), (4, 1000), (5, 1000)" },
};

static void
torture_counter_class_init (TortureCounterClass *klass)
{
  orm_entity_class_map (klass, "counter", columns, G_N_ELEMENTS (columns));
}

static void
torture_counter_init (TortureCounter *self)
{
}

static void
torture_account_class_init (TortureAccountClass *klass)
{
  orm_entity_class_map (klass, "account", columns, G_N_ELEMENTS (columns));
}

static void
torture_account_init (TortureAccount *self)
{
}

OrmDatabase *
torture_open (const char *file)
{
  OrmDatabase *database = orm_database_new (file, ORM_OPEN_CREATE);
  g_autoptr (GError) error = NULL;

  orm_database_set_migrations (database, migrations, G_N_ELEMENTS (migrations));
  if (!orm_database_open (database, NULL, &error))
    g_error ("%s", error->message);
  return database;
}

/* For as long as was asked for, and until each kind of work was done, which a busy machine may take longer for. */
static gboolean
goes_on (Torture *self)
{
  const TortureSeen *seen = &self->seen;
  gboolean lacks;

  if (g_get_monotonic_time () < self->until)
    return TRUE;
  g_mutex_lock (&self->lock);
  lacks = seen->counted == 0 || seen->cancelled == 0 || seen->stopped == 0 || seen->read == 0;
  g_mutex_unlock (&self->lock);
  return lacks;
}

static void
add (Torture *self, gint64 *number)
{
  g_mutex_lock (&self->lock);
  ++*number;
  g_mutex_unlock (&self->lock);
}

static void
add_error (Torture *self, const GError *error)
{
  if (g_error_matches (error, ORM_ERROR, ORM_ERROR_BUSY))
    add (self, &self->seen.busy);
  else
    add (self, &self->seen.wrong);
  g_printerr ("%s\n", error->message);
}

/* Work on connections */

static gboolean
set_number (OrmConnection *connection, const char *sql, gint64 n, gint64 key, GError **error)
{
  OrmStatement *statement = orm_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  orm_statement_bind_int64 (statement, 1, n);
  orm_statement_bind_int64 (statement, 2, key);
  return orm_statement_run (statement, error);
}

/* Reads and writes in two statements: whatever came between would be lost. */
static gboolean
count_up (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 key = *(gint64 *) data;
  char sql[64];
  gint64 n;

  g_snprintf (sql, sizeof sql, "SELECT n FROM counter WHERE id = %" G_GINT64_FORMAT, key);
  return orm_connection_get_int64 (connection, sql, &n, error) &&
         set_number (connection, "UPDATE counter SET n = ? WHERE id = ?", n + 1, key, error);
}

typedef struct
{
  gint64 from;
  gint64 to;
} Transfer;

static gboolean
transfer (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Transfer *self = data;

  return set_number (connection, "UPDATE account SET n = n + ? WHERE id = ?", 1, self->to, error) &&
         set_number (connection, "UPDATE account SET n = n - ? WHERE id = ? AND n > 0", 1, self->from, error) &&
         (orm_connection_get_n_changes (connection) == 1 ||
          set_number (connection, "UPDATE account SET n = n - ? WHERE id = ?", 1, self->to, error));
}

static void
run_writer (Torture *self, GRand *rand)
{
  while (goes_on (self))
    {
      g_autoptr (GError) error = NULL;
      gint64 key = g_rand_int_range (rand, 1, TORTURE_N_COUNTERS + 1);
      Transfer money = { g_rand_int_range (rand, 1, TORTURE_N_ACCOUNTS + 1),
                         g_rand_int_range (rand, 1, TORTURE_N_ACCOUNTS + 1) };

      if (g_rand_boolean (rand) ? !orm_database_write (self->database, transfer, &money, NULL, &error) : FALSE)
        add_error (self, error);
      else if (!orm_database_write (self->database, count_up, &key, NULL, &error))
        add_error (self, error);
      else
        add (self, &self->seen.counted);
    }
}

static void
set_cancellable (Torture *self, GCancellable *cancellable)
{
  g_mutex_lock (&self->lock);
  g_set_object (&self->cancellable, cancellable);
  g_mutex_unlock (&self->lock);
}

/* What it is told is cancelled must not be in the file, and what it is told is committed must. */
static void
run_cancelled (Torture *self, GRand *rand)
{
  while (goes_on (self))
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      gint64 key = TORTURE_CANCELLED;

      /* Some are left alone. */
      set_cancellable (self, g_rand_boolean (rand) ? cancellable : NULL);
      if (orm_database_write (self->database, count_up, &key, cancellable, &error))
        add (self, &self->seen.cancelled);
      else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        add (self, &self->seen.stopped);
      else
        add_error (self, error);
      set_cancellable (self, NULL);
    }
}

static void
run_canceller (Torture *self, GRand *rand)
{
  while (goes_on (self))
    {
      g_autoptr (GCancellable) cancellable = NULL;

      g_usleep ((gulong) g_rand_int_range (rand, 10, 3000));
      g_mutex_lock (&self->lock);
      g_set_object (&cancellable, self->cancellable);
      g_mutex_unlock (&self->lock);
      if (cancellable != NULL)
        g_cancellable_cancel (cancellable);
    }
}

/* A snapshot stays what it is, and has all of a transaction or nothing. */
static gboolean
read_sums (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 *sums = data;

  return orm_connection_get_int64 (connection, "SELECT sum(n) FROM account", &sums[0], error) &&
         orm_connection_get_int64 (connection, "SELECT sum(n) FROM counter", &sums[1], error) &&
         orm_connection_get_int64 (connection, "SELECT sum(n) FROM counter WHERE id > 0", &sums[2], error);
}

static void
run_reader (Torture *self, GRand *rand)
{
  gint64 last = 0;

  while (goes_on (self))
    {
      g_autoptr (GError) error = NULL;
      gint64 sums[3] = { 0 };

      if (!orm_database_read (self->database, read_sums, sums, NULL, &error))
        add_error (self, error);
      else if (sums[0] != TORTURE_N_ACCOUNTS * TORTURE_MONEY || sums[1] != sums[2] || sums[1] < last)
        add (self, &self->seen.torn);
      else
        add (self, &self->seen.read);
      last = sums[1];
    }
}

/* Sessions with objects */

static void
get_rows (OrmSession *session, GType type, guint n, TortureRow **rows)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      rows[i] = orm_session_get (session, type, i + 1, NULL, &error);
      g_assert_no_error (error);
    }
}

static gboolean
reload (Torture *self, OrmSession *session, TortureRow **rows, guint n)
{
  g_autoptr (GError) error = NULL;

  orm_session_rollback (session);
  for (guint i = 0; i < n; i++)
    if (!orm_session_refresh (session, ORM_ENTITY (rows[i]), NULL, &error))
      {
        add_error (self, error);
        return FALSE;
      }
  return TRUE;
}

/* One of a counter, and one of the money of an account into another, until nobody came between. */
static void
change_rows (Torture *self, OrmSession *session, GRand *rand, TortureRow **counters, TortureRow **accounts)
{
  TortureRow *rows[] = { counters[g_rand_int_range (rand, 0, TORTURE_N_COUNTERS)],
                         accounts[g_rand_int_range (rand, 0, TORTURE_N_ACCOUNTS)],
                         accounts[g_rand_int_range (rand, 0, TORTURE_N_ACCOUNTS)] };
  g_autoptr (GError) error = NULL;

  do
    {
      g_clear_error (&error);
      orm_entity_set_int64 (ORM_ENTITY (rows[0]), ROW_N, rows[0]->n + 1);
      if (rows[1]->n > 0)
        {
          orm_entity_set_int64 (ORM_ENTITY (rows[1]), ROW_N, rows[1]->n - 1);
          orm_entity_set_int64 (ORM_ENTITY (rows[2]), ROW_N, rows[2]->n + 1);
        }
      if (orm_session_commit (session, NULL, &error))
        {
          add (self, &self->seen.counted);
          return;
        }
      if (g_error_matches (error, ORM_ERROR, ORM_ERROR_STALE))
        add (self, &self->seen.stale);
      else
        add_error (self, error);
    }
  while (reload (self, session, rows, G_N_ELEMENTS (rows)) && goes_on (self));
  orm_session_rollback (session);
}

static gint64
count_apart (OrmDatabase *database, const char *table, TortureRow **rows, guint n)
{
  g_autofree char *sql = g_strdup_printf ("SELECT n FROM %s ORDER BY id", table);
  g_autoptr (GError) error = NULL;
  g_autoptr (OrmRows) values = orm_database_select (database, sql, NULL, 0, NULL, &error);
  gint64 n_apart = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    n_apart += orm_rows_get (values, i, 0)->int64 != rows[i]->n;
  return n_apart;
}

static gboolean
on_time (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Nobody writes any more: the live objects are what the file has as soon as they were told. */
static void
follow (Torture *self, OrmDatabase *database, GMainContext *context, TortureRow **counters, TortureRow **accounts)
{
  g_autoptr (GSource) tick = g_timeout_source_new (20);
  gint64 until = g_get_monotonic_time () + PATIENCE;
  gint64 n_apart;

  g_source_set_callback (tick, on_time, NULL, NULL);
  g_source_attach (tick, context);
  orm_database_poll (database);
  do
    {
      g_main_context_iteration (context, TRUE);
      n_apart = count_apart (database, "counter", counters, TORTURE_N_COUNTERS) +
                count_apart (database, "account", accounts, TORTURE_N_ACCOUNTS);
    }
  while (n_apart > 0 && g_get_monotonic_time () < until);
  g_source_destroy (tick);
  g_mutex_lock (&self->lock);
  self->seen.apart += n_apart;
  g_mutex_unlock (&self->lock);
}

static void
stop_writing (Torture *self)
{
  g_mutex_lock (&self->lock);
  self->n_writing--;
  g_cond_broadcast (&self->moved);
  g_mutex_unlock (&self->lock);
}

/* A session belongs to a thread, with its database: the report comes to the context of the thread. */
static void
run_session (Torture *self, GRand *rand)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  G_GNUC_UNUSED g_autoptr (GMainContextPusher) pusher = g_main_context_pusher_new (context);
  g_autoptr (OrmDatabase) database = torture_open (self->file);
  g_autoptr (OrmSession) session = orm_session_new (database);
  TortureRow *counters[TORTURE_N_COUNTERS];
  TortureRow *accounts[TORTURE_N_ACCOUNTS];

  orm_session_set_checks_stale (session, TRUE);
  get_rows (session, torture_counter_get_type (), TORTURE_N_COUNTERS, counters);
  get_rows (session, torture_account_get_type (), TORTURE_N_ACCOUNTS, accounts);
  while (goes_on (self))
    {
      change_rows (self, session, rand, counters, accounts);
      while (g_main_context_iteration (context, FALSE))
        ;
    }
  stop_writing (self);

  g_mutex_lock (&self->lock);
  while (!self->is_over)
    g_cond_wait (&self->moved, &self->lock);
  g_mutex_unlock (&self->lock);
  follow (self, database, context, counters, accounts);

  for (guint i = 0; i < TORTURE_N_COUNTERS; i++)
    g_assert_finalize_object (counters[i]);
  for (guint i = 0; i < TORTURE_N_ACCOUNTS; i++)
    g_assert_finalize_object (accounts[i]);
  orm_database_close (database);
  while (g_main_context_iteration (context, FALSE))
    ;
}

/* All of them */

typedef struct
{
  Torture *torture;
  guint number;
} Thread;

static gpointer
run_thread (gpointer data)
{
  static void (*const runs[TORTURE_N_THREADS]) (Torture * self, GRand * rand) = {
    run_writer, run_writer, run_writer,  run_cancelled, run_canceller,
    run_reader, run_reader, run_session, run_session,   run_session,
  };
  g_autofree Thread *self = data;
  g_autoptr (GRand) rand = g_rand_new_with_seed (self->torture->seed + self->number);

  runs[self->number](self->torture, rand);
  if (runs[self->number] != run_session)
    stop_writing (self->torture);
  return NULL;
}

void
torture_write (Torture *self, GThread **threads)
{
  self->n_writing = TORTURE_N_THREADS;
  for (guint i = 0; i < TORTURE_N_THREADS; i++)
    {
      Thread *thread = g_new (Thread, 1);

      thread->torture = self;
      thread->number = i;
      threads[i] = g_thread_new ("torture", run_thread, thread);
    }
  g_mutex_lock (&self->lock);
  while (self->n_writing > 0)
    g_cond_wait (&self->moved, &self->lock);
  g_mutex_unlock (&self->lock);
}

void
torture_end (Torture *self, GThread **threads)
{
  g_mutex_lock (&self->lock);
  self->is_over = TRUE;
  g_cond_broadcast (&self->moved);
  g_mutex_unlock (&self->lock);
  for (guint i = 0; i < TORTURE_N_THREADS; i++)
    g_thread_join (threads[i]);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* What two pieces of work that run at the same time touch without a lock, on purpose. */
static volatile int touched;

static gboolean
touch (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < 1000; i++)
    {
      touched++;
      g_usleep (10);
    }
  return TRUE;
}

static gpointer
run_touching (gpointer data)
{
  orm_database_read (data, touch, NULL, NULL, NULL);
  return NULL;
}

void
torture_race (OrmDatabase *database)
{
  g_autoptr (GThread) first = g_thread_new ("race", run_touching, database);
  g_autoptr (GThread) second = g_thread_new ("race", run_touching, database);

  g_thread_join (g_steal_pointer (&first));
  g_thread_join (g_steal_pointer (&second));
}
