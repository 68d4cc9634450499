/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-faults"

#include "fault-calls.h"
#include "fault-session.h"
#include "fault-state.h"

#include "octavo-error.h"
#include "octavo-problem.h"
#include "octavo-search-private.h"

#include <errno.h>
#include <locale.h>

/* torture-faults: acts of a session (fault-acts), with one call of the system or one piece of memory refused, the
 * first, the second, and so on until none is; or all from there on. Where an act says that it is not done, the file is
 * as it was, the error is one for a person, and once there is no fault any more the same act is done. Then power cuts:
 * at any moment of a session, what was reported as done is in what is left.
 *
 * What is refused and cut is decided by a seed; when the threads take turns is not. */

#define FOR_EVER       (G_MAXUINT / 2)
#define ROUNDS_A_FILE  60 /* a small file is read quickly */
#define ROUNDS_A_POWER 20

static int stride = 12;
static int memory_stride = 300;
static int n_cuts = 40;
static int cuts_a_session = 20;
static gint64 seed = -1;

static const GOptionEntry options[] = {
  { "stride", 0, 0, G_OPTION_ARG_INT, &stride, "How many calls are passed over between two faults, at most", "N" },
  { "memory-stride", 0, 0, G_OPTION_ARG_INT, &memory_stride, "The same, of pieces of memory", "N" },
  { "cuts", 0, 0, G_OPTION_ARG_INT, &n_cuts, "How many power cuts", "N" },
  { "start", 0, 0, G_OPTION_ARG_INT64, &seed, "What decides everything", "SEED" },
  { NULL },
};

typedef struct
{
  const char *name;
  int reason; /* errno; 0: memory */
  guint n_more;
} Fault;

static const Fault faults[] = {
  { "io", EIO, 0 },   { "io-lasting", EIO, FOR_EVER },   { "full", ENOSPC, FOR_EVER }, { "read-only", EROFS, FOR_EVER },
  { "memory", 0, 0 }, { "memory-lasting", 0, FOR_EVER },
};

static GHashTable *messages; /* those that errors had, without what differs */

static void
arm (const Fault *fault, guint nth)
{
  if (fault->reason != 0)
    fault_calls_arm (fault->reason, nth, fault->n_more);
  else
    fault_memory_arm (nth, fault->n_more);
}

static gboolean
disarm (const Fault *fault)
{
  return fault->reason != 0 ? fault_calls_disarm () : fault_memory_disarm ();
}

static void
note_message (FaultSession *session, const GError *error)
{
  g_autofree char *key = g_strdup (error->message);

  for (char *letter = key; *letter != '\0'; letter++)
    if (g_ascii_isdigit (*letter) || g_ascii_isupper (*letter))
      *letter = '.';
  if (g_hash_table_add (messages, g_steal_pointer (&key)))
    g_test_message ("says: %s (%s %d)", error->message, g_quark_to_string (error->domain), error->code);
}

/* Nothing that is derived was left wrong, either; the index is made at rest where there is none. */
static void
check_store (FaultSession *session)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;

  octavo_search_update (octavo_store_get_search (session->store), NULL, &error);
  g_assert_no_error (error);
  octavo_store_check (session->store, NULL, NULL, &problems, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", ((OctavoProblem *) g_ptr_array_index (problems, i))->text);
  g_assert_cmpuint (problems->len, ==, 0);
}

static FaultSession *
begin_session (guint32 session_seed)
{
  FaultSession *session = fault_session_new (session_seed);
  g_autoptr (GError) error = NULL;

  fault_session_open (session, &error);
  g_assert_no_error (error);
  fault_calls_watch (session->folder);
  return session;
}

static void
end_session (FaultSession *session)
{
  g_autofree char *problem = NULL;

  if (session->store != NULL)
    check_store (session);
  fault_session_close (session);
  fault_calls_watch (NULL);
  problem = fault_state_check_file (session->path);
  g_assert_cmpstr (problem, ==, NULL);
  fault_session_free (session);
}

/* It was not done: then nothing was, somebody is told, and it can be done later. */
static void
check_refused (FaultSession *session, const FaultAct *act, const FaultState *before, const GError *error)
{
  g_autoptr (FaultState) now = fault_state_read (session->path);
  g_autoptr (GError) later = NULL;
  g_autofree char *problem = NULL;

  g_assert_nonnull (error);
  note_message (session, error);
  if (error->domain != OCTAVO_ERROR && error->domain != G_IO_ERROR)
    g_error ("%s is no error for a person: %s", g_quark_to_string (error->domain), error->message);
  problem = fault_state_judge (now, before, before, act->part == FAULT_WHOLE ? FAULT_WHOLE : FAULT_OLD_NOTES);
  g_assert_cmpstr (problem, ==, NULL);
  act->act (session, &later);
  g_assert_no_error (later);
}

/* Returns whether there was a fault. */
static gboolean
try_once (FaultSession *session, const Fault *fault, const FaultAct *act, guint nth)
{
  g_autoptr (FaultState) before = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_done, was_refused;

  session->round++;
  act->prepare (session);
  fault_session_settle (session);
  before = fault_state_read (session->path);
  arm (fault, nth);
  is_done = act->act (session, &error);
  was_refused = disarm (fault);
  if (!is_done)
    check_refused (session, act, before, error);
  else
    g_assert_no_error (error);
  g_assert_true (act->is_done (session));
  return was_refused;
}

/* data: the number of the fault, times that of acts, and of the act: a case that is not run has nothing to free. */
static void
test_fault (gconstpointer data)
{
  guint n_acts;
  const FaultAct *acts = fault_session_get_acts (&n_acts);
  const FaultAct *act = &acts[GPOINTER_TO_UINT (data) % n_acts];
  const Fault *fault = &faults[GPOINTER_TO_UINT (data) / n_acts];
  GRand *rand = g_rand_new_with_seed ((guint32) seed);
  FaultSession *session = begin_session (g_rand_int (rand));
  int step = fault->reason != 0 ? stride : memory_stride;
  guint nth = 1;
  guint n_faults = 0;

  while (try_once (session, fault, act, nth))
    {
      n_faults++;
      nth += step > 1 ? (guint) g_rand_int_range (rand, 1, 2 * step) : 1;
      if (session->round < ROUNDS_A_FILE)
        continue;
      end_session (session);
      session = begin_session (g_rand_int (rand));
    }
  g_test_message ("%u faults, up to number %u", n_faults, nth);
  end_session (session);
  g_rand_free (rand);
}

/* Power cuts */

typedef struct
{
  guint n_acts; /* of the disk, when it began */
  guint n_done; /* and when it was reported as done */
  guint n_backups;
  FaultPart part;
  const char *name;
  FaultState *state; /* after it */
} Moment;

static void
moment_clear (gpointer data)
{
  fault_state_free (((Moment *) data)->state);
}

static void
add_moment (FaultSession *session, GArray *moments, const char *name, guint n_acts, FaultPart part)
{
  Moment moment = { .n_acts = n_acts,
                    .n_done = fault_calls_get_n_acts (),
                    .n_backups = session->backups->len,
                    .part = part,
                    .name = name,
                    .state = fault_state_read (session->path) };

  g_array_append_val (moments, moment);
}

static GArray *
live (FaultSession *session)
{
  GArray *moments = g_array_new (FALSE, FALSE, sizeof (Moment));
  g_autoptr (GError) error = NULL;
  guint n_acts;
  const FaultAct *acts = fault_session_get_acts (&n_acts);

  g_array_set_clear_func (moments, moment_clear);
  fault_session_open (session, &error);
  g_assert_no_error (error);
  add_moment (session, moments, "open", 0, FAULT_OLD_NOTES);
  for (session->round = 1; session->round <= ROUNDS_A_POWER; session->round++)
    {
      const FaultAct *act = &acts[g_rand_int_range (session->rand, 0, (gint32) n_acts)];
      guint began = fault_calls_get_n_acts ();

      act->prepare (session);
      fault_session_settle (session);
      add_moment (session, moments, act->name, began, FAULT_OLD_NOTES);
      began = fault_calls_get_n_acts ();
      act->act (session, &error);
      g_assert_no_error (error);
      g_assert_true (act->is_done (session));
      add_moment (session, moments, act->name, began, act->part);
    }
  fault_session_close (session);
  return moments;
}

static void
judge_left (const FaultState *left, GArray *moments, guint n_acts)
{
  const Moment *done = NULL, *next = NULL;
  g_autofree char *problem = NULL;

  for (guint i = 0; i < moments->len; i++)
    {
      const Moment *moment = &g_array_index (moments, Moment, i);

      if (moment->n_done <= n_acts)
        done = moment;
      else if (next == NULL && moment->n_acts < n_acts)
        next = moment;
    }
  if (done == NULL)
    return;
  if (next == NULL)
    next = done;
  problem = fault_state_judge (left, done->state, next->state, next->part);
  if (problem != NULL)
    g_error ("After %s, and in %s: %s", done->name, next->name, problem);
}

static void
check_backups (FaultSession *session, GArray *moments, guint n_acts, const char *folder)
{
  guint n_backups = 0;

  for (guint i = 0; i < moments->len && g_array_index (moments, Moment, i).n_done <= n_acts; i++)
    n_backups = g_array_index (moments, Moment, i).n_backups;
  for (guint i = 0; i < n_backups; i++)
    {
      const char *path = g_ptr_array_index (session->backups, i);
      g_autofree char *copy = g_build_filename (folder, path + strlen (session->folder), NULL);
      g_autofree char *problem = NULL;

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        continue; /* it was thinned out */
      g_assert_true (g_file_test (copy, G_FILE_TEST_EXISTS));
      problem = fault_state_check_file (copy);
      g_assert_cmpstr (problem, ==, NULL);
    }
}

static void
check_cut (FaultSession *session, FaultDisk *disk, GArray *moments, guint n_acts, guint32 cut_seed)
{
  FaultSession *left = fault_session_new (cut_seed);
  g_autoptr (FaultState) state = NULL;
  g_autoptr (GError) error = NULL;

  fault_disk_cut (disk, n_acts, cut_seed, left->folder);
  check_backups (session, moments, n_acts, left->folder);
  fault_session_open (left, &error);
  g_assert_no_error (error);
  state = fault_state_read (left->path);
  judge_left (state, moments, n_acts);
  check_store (left);
  end_session (left);
}

static void
test_power (gconstpointer data)
{
  guint32 session_seed = (guint32) (seed + GPOINTER_TO_INT (data));
  FaultSession *session = fault_session_new (session_seed);
  FaultDisk *disk = fault_disk_new (session->folder);
  GRand *rand = g_rand_new_with_seed (session_seed);
  GArray *moments;
  guint n_acts;

  fault_calls_watch (session->folder);
  fault_calls_record (disk);
  moments = live (session);
  n_acts = fault_calls_get_n_acts ();
  fault_calls_record (NULL);
  fault_calls_watch (NULL);
  for (int i = 0; i < MIN (cuts_a_session, n_cuts - GPOINTER_TO_INT (data) * cuts_a_session); i++)
    {
      guint moment = (guint) g_rand_int_range (rand, 0, (gint32) moments->len);
      guint at = (guint) g_rand_int_range (rand, 0, (gint32) n_acts + 1);
      guint32 cut_seed = g_rand_int (rand);

      /* Half of them in the very moment when something is told to be done. */
      if (i % 2 == 0)
        at = g_array_index (moments, Moment, moment).n_done;
      g_test_message ("cut after %u of %u, seed %u", at, n_acts, cut_seed);
      check_cut (session, disk, moments, at, cut_seed);
    }
  g_array_unref (moments);
  g_rand_free (rand);
  fault_disk_free (disk);
  fault_session_free (session);
}

static void
add_tests (void)
{
  guint n_acts;
  const FaultAct *acts = fault_session_get_acts (&n_acts);

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    for (guint j = 0; j < n_acts; j++)
      {
        g_autofree char *path = g_strdup_printf ("/faults/%s/%s", faults[i].name, acts[j].name);

        g_test_add_data_func (path, GUINT_TO_POINTER (i * n_acts + j), test_fault);
      }
  for (int i = 0; i * cuts_a_session < n_cuts; i++)
    {
      g_autofree char *path = g_strdup_printf ("/faults/power/%d", i + 1);

      g_test_add_data_func (path, GINT_TO_POINTER (i), test_power);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  int result;

  fault_memory_install ();
  g_setenv ("TZ", "Europe/Berlin", TRUE);
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  if (seed < 0)
    seed = g_random_int () / 2;
  g_test_message ("seed %" G_GINT64_FORMAT, seed);
  messages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  add_tests ();
  result = model_test_run_isolated ();
  g_hash_table_unref (messages);
  return result;
}
