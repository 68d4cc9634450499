/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-bench"

#include "bench-orm.h"

#include <stdlib.h>
#include <string.h>

#define MOST_ASKED       200
#define NOTES_A_QUESTION 100
#define START            G_GINT64_CONSTANT (1600000000000000) /* microseconds since 1970 */
#define SECOND           G_GINT64_CONSTANT (1000000)

static guint64
next (guint64 *state) /* splitmix64 */
{
  guint64 z = *state += 0x9e3779b97f4a7c15u;

  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

static gint64 *
shuffle (gint64 n)
{
  gint64 *order = g_new (gint64, n);
  guint64 state = 1;

  for (gint64 i = 0; i < n; i++)
    order[i] = i;
  for (gint64 i = n - 1; i > 0; i--)
    {
      gint64 j = (gint64) (next (&state) % (guint64) (i + 1));
      gint64 kept = order[i];

      order[i] = order[j];
      order[j] = kept;
    }
  return order;
}

static void
cut (Bench *self, GString *out, gint64 offset, gsize length)
{
  gsize start = (gsize) offset % (self->n_text - length);

  g_string_truncate (out, 0);
  g_string_append_len (out, self->text + start, (gssize) length);
}

/**
 * bench_note:
 * @number: from 1 up to the number of notes
 *
 * Makes a note: its texts are in the bench until the next.
 *
 * Returns: its other values
 */
BenchNoteValues
bench_note (Bench *self, gint64 number)
{
  BenchNoteValues values = {
    .id = number,
    .author = 1 + number % BENCH_N_USERS,
    .created = START + number * SECOND,
    .updated = START + self->order[number - 1] * SECOND,
    .pinned = number % 500 == 0,
  };

  cut (self, self->title, number * 31, 15 + (gsize) (number % 40));
  cut (self, self->excerpt, number * 53, 80);
  cut (self, self->body, number * 97, 100 + (gsize) (number * number % 900));
  return values;
}

/**
 * bench_page_before:
 * @number: of the page
 *
 * Returns: the time that the notes of the page were updated before
 */
gint64
bench_page_before (Bench *self, gint64 number)
{
  return START + self->n_notes * (number + 1) / self->n_asked * SECOND;
}

/**
 * bench_list_of:
 * @number: of the list
 * @author: (out): of its notes
 * @since: (out): the first time that they were updated at
 * @until: (out): the last
 *
 * Says what a list has: the notes of one user in a hundredth of the time.
 */
void
bench_list_of (Bench *self, gint64 number, gint64 *author, gint64 *since, gint64 *until)
{
  *author = 1 + number % 10;
  *since = START + self->n_notes * number / (self->n_asked + 2) * SECOND;
  *until = *since + self->n_notes / 100 * SECOND;
}

/**
 * bench_start:
 *
 * Starts the clock.
 */
void
bench_start (Bench *self)
{
  self->started = g_get_monotonic_time ();
}

/**
 * bench_stop:
 *
 * Stops the clock.
 */
void
bench_stop (Bench *self)
{
  self->milliseconds = (double) (g_get_monotonic_time () - self->started) / 1000;
}

/**
 * bench_check:
 * @error: (nullable): what went wrong
 *
 * Ends the program where something did.
 */
void
bench_check (GError *error)
{
  if (error != NULL)
    g_error ("%s", error->message);
}

/**
 * bench_main:
 * @tasks: (array zero-terminated=1): what the engine can do
 *
 * Runs the task that the command line names.
 *
 * Returns: the exit status
 */
int
bench_main (int argc, char *argv[], const BenchTask *tasks)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) title = g_string_new (NULL);
  g_autoptr (GString) excerpt = g_string_new (NULL);
  g_autoptr (GString) body = g_string_new (NULL);
  Bench self = { .title = title, .excerpt = excerpt, .body = body };

  if (argc != 5 || !g_ascii_string_to_signed (argv[3], 10, 1, G_MAXINT32, &self.n_notes, NULL) ||
      !g_file_get_contents (argv[4], &self.text, &self.n_text, &error))
    {
      g_printerr ("usage: %s TASK FILE N TEXT\n", g_get_prgname ());
      return 2;
    }
  self.file = argv[2];
  self.n_asked = CLAMP (self.n_notes / NOTES_A_QUESTION, 1, MOST_ASKED);
  self.order = shuffle (self.n_notes);
  for (; tasks->name != NULL; tasks++)
    if (strcmp (tasks->name, argv[1]) == 0)
      {
        tasks->run (&self);
        g_print ("%.3f\t%" G_GINT64_FORMAT "\n", self.milliseconds, self.sum);
        break;
      }
  g_free (self.order);
  g_free (self.text);
  return tasks->name != NULL ? 0 : 2;
}
