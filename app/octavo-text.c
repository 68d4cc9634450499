/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-command-line"

#include "octavo-text.h"

#include "octavo-error.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#define CHUNK_BYTES 65536
/* Half of what SQLite keeps in a row: nobody typed this. */
#define MAX_BYTES (500 * 1000 * 1000)

/**
 * octavo_text_from_argument:
 * @argument: a word of the call, as the system gave it
 * @error: return location: OCTAVO_ERROR_INVALID_TEXT
 *
 * Takes a word as text. It is UTF-8 where it can be, whatever the locale says; else it is tried as text in the
 * character set of the locale.
 *
 * Returns: (transfer full) (nullable): valid UTF-8
 */
char *
octavo_text_from_argument (const char *argument, GError **error)
{
  char *converted = NULL;

  if (g_utf8_validate (argument, -1, NULL))
    return g_strdup (argument);

  if (!g_get_charset (NULL))
    converted = g_locale_to_utf8 (argument, -1, NULL, NULL, NULL);

  if (converted == NULL)
    g_set_error_literal (error, OCTAVO_ERROR, OCTAVO_ERROR_INVALID_TEXT,
                         _ ("The text is not valid UTF-8. Convert it first, for example with iconv."));

  return converted;
}

static gboolean
check_bytes (const char *bytes, gsize length, GError **error)
{
  const char *end = NULL;

  if (memchr (bytes, '\0', length) != NULL)
    g_set_error_literal (error, OCTAVO_ERROR, OCTAVO_ERROR_INVALID_TEXT,
                         _ ("The text has a NUL byte in it, so it is no text. Nothing was saved."));
  else if (!g_utf8_validate_len (bytes, length, &end))
    g_set_error (error, OCTAVO_ERROR, OCTAVO_ERROR_INVALID_TEXT,
                 _ ("The text is not valid UTF-8 from byte %zu on. Convert it first, for example with iconv."),
                 (gsize) (end - bytes) + 1);
  else
    return TRUE;

  return FALSE;
}

/**
 * octavo_text_from_stream:
 * @fd: a file descriptor
 * @error: return location: OCTAVO_ERROR_INVALID_TEXT, OCTAVO_ERROR_TOO_BIG, OCTAVO_ERROR_FAILED
 *
 * Reads a text to its end, byte for byte. Blocks.
 *
 * Returns: (transfer full) (nullable): valid UTF-8
 */
char *
octavo_text_from_stream (int fd, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree guint8 *chunk = g_malloc (CHUNK_BYTES);

  for (;;)
    {
      gssize n_read = read (fd, chunk, CHUNK_BYTES);

      if (n_read < 0 && errno == EINTR)
        continue;

      if (n_read < 0)
        {
          g_set_error (error, OCTAVO_ERROR, OCTAVO_ERROR_FAILED, _ ("The text could not be read (%s)."),
                       g_strerror (errno));
          return NULL;
        }

      if (n_read == 0)
        break;

      if (bytes->len + (gsize) n_read > MAX_BYTES)
        {
          g_set_error (error, OCTAVO_ERROR, OCTAVO_ERROR_TOO_BIG,
                       _ ("The text is longer than %d MB, more than a note can hold. Split it."), MAX_BYTES / 1000000);
          return NULL;
        }

      g_byte_array_append (bytes, chunk, (guint) n_read);
    }

  if (bytes->len > 0 && !check_bytes ((const char *) bytes->data, bytes->len, error))
    return NULL;

  g_byte_array_append (bytes, (const guint8 *) "", 1);

  return (char *) g_byte_array_free (g_steal_pointer (&bytes), FALSE);
}
