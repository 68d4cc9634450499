/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-command-line"

#include "octavo-progress-bar.h"

#include "octavo-output.h"

#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define CELLS          30
#define BESIDE         10 /* cells: the ends of the bar, and the number */
#define ERASE_THE_LINE "\r\033[K"

/**
 * octavo_progress_bar_init:
 * @self: a bar that was not used yet
 * @label: what is being done; has to outlive the bar
 *
 * Looks at what standard error is. Paints nothing yet.
 */
void
octavo_progress_bar_init (OctavoProgressBar *self, const char *label)
{
  struct winsize size = { 0 };

  *self = (OctavoProgressBar){ .label = label,
                               .terminal = isatty (STDERR_FILENO) == 1 && octavo_paint_is_terminal_able (),
                               .cells = CELLS,
                               .percent = -1 };

  /* A line that is wrapped could not be taken away. */
  if (self->terminal && ioctl (STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    self->cells = CLAMP (size.ws_col - octavo_output_measure (label) - BESIDE, 0, CELLS);
}

/**
 * octavo_progress_bar_update:
 * @fraction: how much is done, 0 to 1
 * @self: (type OctavoProgressBar): the bar
 *
 * Repaints the bar where that makes a difference. Fits OctavoProgress.
 */
void
octavo_progress_bar_update (double fraction, gpointer self)
{
  OctavoProgressBar *bar = self;
  int percent = (int) (CLAMP (fraction, 0, 1) * 100);
  GString *line = NULL;

  if (!bar->terminal || percent == bar->percent)
    return;

  bar->percent = percent;
  line = g_string_new (ERASE_THE_LINE);
  g_string_append_printf (line, "%s ▕", bar->label);
  for (int i = 0; i < bar->cells; i++)
    g_string_append (line, i < percent * bar->cells / 100 ? "█" : " ");
  g_string_append_printf (line, "▏ %3d %%", percent);

  fputs (line->str, stderr);
  fflush (stderr);
  g_string_free (line, TRUE);
}

/**
 * octavo_progress_bar_clear:
 * @self: a bar
 *
 * Takes the bar away, so that what is written next starts on a clean line.
 */
void
octavo_progress_bar_clear (OctavoProgressBar *self)
{
  if (self->percent < 0)
    return;

  fputs (ERASE_THE_LINE, stderr);
  fflush (stderr);
  self->percent = -1;
}
