/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-bench"

#include <fcntl.h>
#include <glib.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

/* A library to be preloaded: how long the main loop of a program did something else than wait. Where OCTAVO_STALLS
 * names a file, each turn of the loop of over a millisecond becomes a line of it: when it began (monotonic time), how
 * long it took, and how much of that the thread was on a processor; in microseconds. */

#define SHORTEST 1000 /* microseconds */

static struct
{
  int file;
  gint64 began; /* 0 before the first */
  gint64 cpu_began;
} probe;

static gint64
get_cpu (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
write_turn (gint64 took)
{
  char line[80];
  int length = snprintf (line, sizeof line, "%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT "\n",
                         probe.began, took, get_cpu () - probe.cpu_began);

  if (write (probe.file, line, (size_t) length) != length)
    g_error ("the times of the main loop cannot be written");
}

/* The default context polls once a turn. */
static int
poll_and_measure (GPollFD *fds, guint n_fds, int timeout)
{
  gint64 took = g_get_monotonic_time () - probe.began;
  int result;

  if (probe.began != 0 && took >= SHORTEST)
    write_turn (took);
  result = g_poll (fds, n_fds, timeout);
  probe.began = g_get_monotonic_time ();
  probe.cpu_began = get_cpu ();
  return result;
}

__attribute__ ((constructor)) static void
start (void)
{
  const char *path = g_getenv ("OCTAVO_STALLS");

  if (path == NULL)
    return;
  probe.file = open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (probe.file >= 0)
    g_main_context_set_poll_func (NULL, poll_and_measure);
}
