/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-command-line"

#include "octavo-paint.h"

#include <unistd.h>

/* Only colours that can be read on white and on black. */
static const char *const codes[] = {
  [OCTAVO_PAINT_PLAIN] = "", [OCTAVO_PAINT_HEADING] = "1",  [OCTAVO_PAINT_FAINT] = "2",
  [OCTAVO_PAINT_TAG] = "35", [OCTAVO_PAINT_ERROR] = "1;31",
};

/**
 * octavo_paint_is_terminal_able:
 *
 * Returns: whether the terminal, where there is one, knows more than to write one letter after the other (TERM)
 */
gboolean
octavo_paint_is_terminal_able (void)
{
  const char *terminal = g_getenv ("TERM");

  return terminal != NULL && terminal[0] != '\0' && !g_str_equal (terminal, "dumb");
}

/**
 * octavo_paint_is_wanted:
 * @fd: where it goes
 *
 * Returns: whether that is a terminal with colours, and nobody asked for none (NO_COLOR)
 */
gboolean
octavo_paint_is_wanted (int fd)
{
  const char *no_color = g_getenv ("NO_COLOR");

  return isatty (fd) == 1 && octavo_paint_is_terminal_able () && (no_color == NULL || no_color[0] == '\0');
}

/**
 * octavo_paint:
 * @paint: how
 * @is_wanted: what octavo_paint_is_wanted() said
 * @text: a part of a line
 *
 * Returns: (transfer full): the text with what has a terminal show it so; as it is where that is not wanted
 */
char *
octavo_paint (OctavoPaint paint, gboolean is_wanted, const char *text)
{
  if (!is_wanted || paint == OCTAVO_PAINT_PLAIN || text[0] == '\0')
    return g_strdup (text);

  return g_strdup_printf ("\033[%sm%s\033[0m", codes[paint], text);
}
