/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-command-line"

#include "octavo-output.h"

#include "octavo-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* g_print() would convert to the character set of the locale, and turn notes into question marks where that is C. What
 * octavo writes is UTF-8 everywhere, as its files are. */

#define COLUMNS_UNKNOWN 80

/**
 * octavo_output_guard_streams:
 *
 * Has standard input, output and error be something where whoever called closed them (`>&-`): the file of notes would
 * take their number else, and what is printed would be written into it. What is read or written fails as before.
 * Before anything is opened.
 */
void
octavo_output_guard_streams (void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl (fd, F_GETFD) == -1 && errno == EBADF)
      {
        /* The lowest number that is free is this one. Nothing can be read from what is open for writing alone. */
        int opened = open ("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY); /* not O_CLOEXEC: as it was */

        if (opened != fd)
          return;
      }
}

/**
 * octavo_output_init:
 * @self: an output that was not used yet
 *
 * Looks at what standard output is.
 */
void
octavo_output_init (OctavoOutput *self)
{
  struct winsize size = { 0 };

  *self = (OctavoOutput){ .terminal = isatty (STDOUT_FILENO) == 1, .colours = octavo_paint_is_wanted (STDOUT_FILENO) };

  if (self->terminal)
    self->columns =
        ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? (int) size.ws_col : COLUMNS_UNKNOWN;
}

/**
 * octavo_output_write:
 * @self: an output
 * @text: UTF-8, written as it is
 *
 * Writes to standard output.
 *
 * Returns: FALSE where there is no point in writing more: the reader is gone, or the disk is full.
 */
gboolean
octavo_output_write (OctavoOutput *self, const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);

  if (self->reader_gone || self->error_number != 0)
    return FALSE;

  if (fputs (text, stdout) != EOF)
    return TRUE;

  if (errno == EPIPE)
    self->reader_gone = TRUE;
  else
    self->error_number = errno;

  return FALSE;
}

/**
 * octavo_output_printf:
 * @self: an output
 * @format: as for printf()
 * @...: what the format asks for
 *
 * Writes to standard output.
 *
 * Returns: as octavo_output_write()
 */
gboolean
octavo_output_printf (OctavoOutput *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  return octavo_output_write (self, text);
}

/**
 * octavo_output_write_text:
 * @self: an output
 * @text: UTF-8 that somebody else wrote, of any number of lines
 *
 * Writes it as it is; without control characters where it goes to a terminal.
 *
 * Returns: as octavo_output_write()
 */
gboolean
octavo_output_write_text (OctavoOutput *self, const char *text)
{
  g_autofree char *clean = self->terminal ? octavo_output_clean (text, TRUE) : NULL;

  return octavo_output_write (self, clean != NULL ? clean : text);
}

/**
 * octavo_output_write_path:
 * @self: an output
 * @path: the name of a file, any bytes
 *
 * Writes it as it is, for programs; so that it can be read where it goes to a terminal.
 *
 * Returns: as octavo_output_write()
 */
gboolean
octavo_output_write_path (OctavoOutput *self, const char *path)
{
  g_autofree char *shown = NULL;
  g_autofree char *clean = NULL;

  if (!self->terminal)
    return octavo_output_write (self, path);

  shown = g_filename_display_name (path);
  clean = octavo_output_clean (shown, FALSE);
  return octavo_output_write (self, clean);
}

/**
 * octavo_output_finish:
 * @self: an output
 * @error: return location: why not all of it could be written
 *
 * Writes what is still held back.
 *
 * Returns: whether everything arrived, or nobody wanted to read it
 */
gboolean
octavo_output_finish (OctavoOutput *self, GError **error)
{
  if (!self->reader_gone && self->error_number == 0 && fflush (stdout) == EOF && errno != EPIPE)
    self->error_number = errno;

  if (self->error_number == 0)
    return TRUE;

  g_set_error (error, OCTAVO_ERROR, OCTAVO_ERROR_FAILED,
               _ ("The output could not be written (%s). Look at where it goes."), g_strerror (self->error_number));
  return FALSE;
}

/* Embeddings, overrides, isolates. What letters of either direction need is not among them. */
static gboolean
turns_direction (gunichar character)
{
  return (character >= 0x202a && character <= 0x202e) || (character >= 0x2066 && character <= 0x2069);
}

/**
 * octavo_output_clean:
 * @text: UTF-8 of any origin
 * @keep_lines: whether line ends and tabs stay; else they become spaces
 *
 * Replaces control characters, so that a note cannot move the cursor of a terminal or break a table; of a part of a
 * line takes those away, too, that turn the direction of what comes after it.
 *
 * Returns: (transfer full): the text without them
 */
char *
octavo_output_clean (const char *text, gboolean keep_lines)
{
  GString *clean = g_string_sized_new (strlen (text));

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (character == '\n' || character == '\t')
        g_string_append_c (clean, keep_lines ? (char) character : ' ');
      else if (character == '\r')
        g_string_append (clean, keep_lines ? "" : " ");
      else if (!keep_lines && (character == 0x2028 || character == 0x2029))
        g_string_append_c (clean, ' ');
      else if (!keep_lines && turns_direction (character))
        continue;
      else if (g_unichar_iscntrl (character))
        g_string_append (clean, "\357\277\275");
      else
        g_string_append_unichar (clean, character);
    }

  return g_string_free (clean, FALSE);
}

static int
measure_character (gunichar character)
{
  if (g_unichar_iszerowidth (character))
    return 0;

  return g_unichar_iswide (character) ? 2 : 1;
}

/**
 * octavo_output_measure:
 * @text: one line of UTF-8
 *
 * Measures a text in the cells of a terminal.
 *
 * Returns: how many it takes
 */
int
octavo_output_measure (const char *text)
{
  int columns = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    columns += measure_character (g_utf8_get_char (at));

  return columns;
}

/**
 * octavo_output_fit:
 * @text: one line of UTF-8
 * @columns: cells of a terminal
 *
 * Cuts a text, with an ellipsis, or fills it up with spaces to take just that many cells.
 *
 * Returns: (transfer full): the text
 */
char *
octavo_output_fit (const char *text, int columns)
{
  GString *fitted = g_string_new (NULL);
  int used = 0;
  gboolean cut = octavo_output_measure (text) > columns;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      int width = measure_character (g_utf8_get_char (at));

      if (used + width > (cut ? columns - 1 : columns))
        break;

      g_string_append_unichar (fitted, g_utf8_get_char (at));
      used += width;
    }

  if (cut && columns > 0)
    {
      g_string_append (fitted, "…");
      used++;
    }

  for (; used < columns; used++)
    g_string_append_c (fitted, ' ');

  return g_string_free (fitted, FALSE);
}

/**
 * octavo_output_complain:
 * @message: what happened, and what to do
 *
 * Writes one line on standard error, with the name of the program before it.
 */
void
octavo_output_complain (const char *message)
{
  g_autofree char *valid = g_utf8_make_valid (message, -1); /* it may say a word of the call */
  g_autofree char *line = octavo_output_clean (valid, FALSE);
  g_autofree char *name = octavo_paint (OCTAVO_PAINT_ERROR, octavo_paint_is_wanted (STDERR_FILENO), "octavo:");

  fprintf (stderr, "%s %s\n", name, g_strchomp (line));
}
