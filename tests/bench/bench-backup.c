/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-backup-keeper.h"
#include "octavo-note-repository.h"
#include "octavo-snapshots.h"
#include "octavo-store-private.h"

#include <stdlib.h>

/* How long a backup of a file takes, and what whoever writes meanwhile waits for: a note is saved every 50 ms, with and
 * without a backup, and the main loop is looked at.
 *
 *     bench-backup FILE        a copy: it is written to, and gets a folder of backups
 */

#define PERIOD 50  /* milliseconds between two saves */
#define N_CALM 100 /* saves without a backup */

typedef struct
{
  GArray *saves; /* of double, milliseconds */
  GArray *turns; /* the same: of the main loop, between two looks */
  gint64 last_turn;
  guint n_looked;
} Bench;

static double
get_ms (gint64 since)
{
  return (double) (g_get_monotonic_time () - since) / 1000;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double difference = *(const double *) a - *(const double *) b;

  return difference < 0 ? -1 : difference > 0;
}

static void
print (const char *name, GArray *times)
{
  g_array_sort (times, compare);
  g_print ("%-24s %5u times: median %.2f, 95 %% %.2f, longest %.2f ms\n", name, times->len,
           g_array_index (times, double, times->len / 2), g_array_index (times, double, times->len * 95 / 100),
           g_array_index (times, double, times->len - 1));
  g_array_set_size (times, 0);
}

static gboolean
on_turn (gpointer data)
{
  Bench *self = data;
  double late = get_ms (self->last_turn) - 2;

  if (self->last_turn != 0)
    g_array_append_val (self->turns, late);
  self->last_turn = g_get_monotonic_time ();
  return G_SOURCE_CONTINUE;
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer place)
{
  *(GAsyncResult **) place = g_object_ref (result);
}

/* As the window saves: asked for, and told. */
static void
save (Bench *self, OctavoStore *store, OctavoNote *note, guint number)
{
  OctavoNoteRepository *notes = octavo_store_get_notes (store);
  g_autofree char *body = g_strdup_printf ("what is typed, %u", number);
  GAsyncResult *result = NULL;
  gint64 began = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;
  double took;

  octavo_note_set_body (note, body);
  octavo_note_repository_save_async (notes, note, NULL, on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  if (!octavo_note_repository_save_finish (notes, result, &error))
    g_error ("not saved: %s", error->message);
  g_object_unref (result);
  took = get_ms (began);
  g_array_append_val (self->saves, took);
  while (get_ms (began) < PERIOD)
    g_main_context_iteration (NULL, TRUE);
}

static void
on_looked (OctavoBackupKeeper *keeper, Bench *self)
{
  self->n_looked++;
}

static void
measure (Bench *self, OctavoStore *store)
{
  OctavoNote *note = octavo_note_repository_create (octavo_store_get_notes (store), 1);
  OctavoBackupKeeper *keeper;
  gint64 began;
  guint number = 0;

  while (number < N_CALM)
    save (self, store, note, number++);
  print ("saves, no backup", self->saves);
  print ("main loop, no backup", self->turns);

  keeper = octavo_backup_keeper_new (store);
  g_signal_connect (keeper, "looked", G_CALLBACK (on_looked), self);
  began = g_get_monotonic_time ();
  octavo_backup_keeper_look (keeper);
  while (self->n_looked == 0)
    save (self, store, note, number++);
  g_print ("backup while typing: %.0f ms%s%s\n", get_ms (began), octavo_backup_keeper_get_problem (keeper) ? ": " : "",
           octavo_backup_keeper_get_problem (keeper) ? octavo_backup_keeper_get_problem (keeper) : "");
  print ("saves, with a backup", self->saves);
  print ("main loop, with a backup", self->turns);
  g_object_unref (keeper);
  g_object_unref (note);
}

static void
measure_at_once (const char *path)
{
  g_autoptr (OctavoSnapshots) snapshots = octavo_snapshots_new (path, NULL);
  gint64 began = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;
  g_autoptr (OctavoSnapshot) made = octavo_snapshots_make (snapshots, OCTAVO_SNAPSHOT_ASKED, OCTAVO_SNAPSHOT_AT_ONCE,
                                                           g_get_real_time (), NULL, &error);

  if (made == NULL)
    g_error ("%s", error->message);
  g_print ("backup at once: %.0f ms, %.1f MB, %" G_GINT64_FORMAT " notes\n", get_ms (began), (double) made->size / 1e6,
           made->n_notes);
}

int
main (int argc, char **argv)
{
  Bench self = { 0 };
  OctavoStore *store;
  g_autoptr (GError) error = NULL;

  if (argc != 2)
    {
      g_printerr ("Usage: %s FILE\n", argv[0]);
      return EXIT_FAILURE;
    }
  store = octavo_store_new (argv[1]);
  if (!octavo_store_open (store, NULL, &error))
    g_error ("%s", error->message);
  self.saves = g_array_new (FALSE, FALSE, sizeof (double));
  self.turns = g_array_new (FALSE, FALSE, sizeof (double));
  g_timeout_add (2, on_turn, &self);
  measure (&self, store);
  octavo_store_close (store);
  measure_at_once (argv[1]);
  g_object_unref (store);
  g_array_unref (self.saves);
  g_array_unref (self.turns);
  return EXIT_SUCCESS;
}
