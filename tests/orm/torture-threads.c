/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm-test"

#include "orm-test.h"
#include "torture.h"

#include <stdio.h>
#include <unistd.h>

/* torture-threads [SECONDS [SEED]]: two processes of ten threads each at one file; what holds is told in TAP.
 * torture-threads --race: does what a race detector must find. */

#define GRACE 120 /* seconds for ending, before it is said that something waits forever */

static guint n_checks;
static guint n_failed;

static void
check (gboolean holds, const char *name)
{
  g_print ("%s %u /threads/%s\n", holds ? "ok" : "not ok", ++n_checks, name);
  n_failed += !holds;
}

static void
torture_init (Torture *self, const char *file, gint64 seconds, guint32 seed)
{
  *self = (Torture){ .file = file, .seed = seed };
  g_mutex_init (&self->lock);
  g_cond_init (&self->moved);
  self->until = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;
  self->database = torture_open (file);
  /* A deadlock ends the process, loudly. */
  alarm ((guint) seconds + GRACE);
}

static void
torture_clear (Torture *self)
{
  orm_database_close (self->database);
  orm_test_settle ();
  g_assert_finalize_object (self->database);
  g_clear_object (&self->cancellable);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->moved);
}

/* The other process: says at its end what it saw. */
static int
run_child (const char *file, gint64 seconds, guint32 seed)
{
  GThread *threads[TORTURE_N_THREADS];
  Torture self;

  torture_init (&self, file, seconds, seed);
  torture_write (&self, threads);
  fwrite (&self.seen, sizeof self.seen, 1, stdout);
  fclose (stdout);
  /* Its sessions cannot know when the other process ends, so that it waits for being told. */
  (void) getchar ();
  torture_end (&self, threads);
  torture_clear (&self);
  return self.seen.apart == 0 ? 0 : 1;
}

static void
merge (TortureSeen *self, const TortureSeen *other)
{
  self->counted += other->counted;
  self->cancelled += other->cancelled;
  self->stopped += other->stopped;
  self->read += other->read;
  self->stale += other->stale;
  self->torn += other->torn;
  self->busy += other->busy;
  self->wrong += other->wrong;
}

static void
check_all (OrmDatabase *database, const TortureSeen *seen, gboolean child_ended_well)
{
  gint64 counted = orm_test_get_int64 (database, "SELECT sum(n) FROM counter WHERE id <> 99");
  gint64 cancelled = orm_test_get_int64 (database, "SELECT n FROM counter WHERE id = 99");
  gint64 money = orm_test_get_int64 (database, "SELECT sum(n) FROM account");

  g_print ("# %" G_GINT64_FORMAT " increments (%" G_GINT64_FORMAT " in the file), %" G_GINT64_FORMAT
           " commits done again, %" G_GINT64_FORMAT " cancelled, %" G_GINT64_FORMAT " snapshots\n",
           seen->counted, counted, seen->stale, seen->stopped, seen->read);
  check (seen->counted > 0 && seen->read > 0 && seen->stopped > 0 && seen->cancelled > 0,
         "every-kind-of-work-was-done");
  check (counted == seen->counted, "no-update-is-lost");
  check (cancelled == seen->cancelled, "what-was-cancelled-is-not-in-the-file");
  check (seen->torn == 0 && money == TORTURE_N_ACCOUNTS * TORTURE_MONEY, "no-transaction-is-seen-in-part");
  check (seen->busy == 0, "no-busy-reaches-the-caller");
  check (seen->wrong == 0, "no-other-error");
  check (seen->apart == 0 && child_ended_well, "live-objects-become-what-the-file-has");
  check (orm_test_get_int64 (database, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'") == 1,
         "the-file-is-sound");
}

static void
run_parent (const char *program, gint64 seconds, guint32 seed)
{
  char *folder = orm_test_make_folder ();
  g_autofree char *file = g_build_filename (folder, "torture.db", NULL);
  g_autofree char *seconds_text = g_strdup_printf ("%" G_GINT64_FORMAT, seconds);
  g_autofree char *seed_text = g_strdup_printf ("%u", seed + TORTURE_N_THREADS);
  const char *const arguments[] = { program, seconds_text, seed_text, file, NULL };
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GError) error = NULL;
  GThread *threads[TORTURE_N_THREADS];
  TortureSeen others = { 0 };
  Torture self;
  gsize n_read;

  torture_init (&self, file, seconds, seed);
  child = g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDIN_PIPE, &error);
  g_assert_no_error (error);
  torture_write (&self, threads);
  g_input_stream_read_all (g_subprocess_get_stdout_pipe (child), &others, sizeof others, &n_read, NULL, &error);
  g_assert_no_error (error);
  merge (&self.seen, &others);
  torture_end (&self, threads);
  g_output_stream_close (g_subprocess_get_stdin_pipe (child), NULL, NULL);
  check (n_read == sizeof others && g_subprocess_wait (child, NULL, &error), "both-processes-end");
  check_all (self.database, &self.seen, g_subprocess_get_successful (child));
  torture_clear (&self);
  orm_test_remove_folder (folder);
}

static void
run_race (void)
{
  OrmDatabase *database = torture_open (":memory:");

  torture_race (database);
  orm_database_close (database);
  g_object_unref (database);
}

int
main (int argc, char *argv[])
{
  gint64 seconds = argc > 1 ? g_ascii_strtoll (argv[1], NULL, 10) : 1;
  guint32 seed = argc > 2 ? (guint32) g_ascii_strtoull (argv[2], NULL, 10) : (guint32) g_random_int () / 2;

  if (argc > 1 && g_str_equal (argv[1], "--race"))
    run_race ();
  else if (argc > 3)
    return run_child (argv[3], seconds, seed);
  else
    {
      g_print ("# %" G_GINT64_FORMAT " seconds, seed %u\n", seconds, seed);
      run_parent (argv[0], seconds, seed);
      g_print ("1..%u\n", n_checks);
    }
  return n_failed == 0 ? 0 : 1;
}
