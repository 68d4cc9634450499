/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-version-text.h"

#include "octavo-error.h"
#include "octavo-note-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A vault of 550 notes, 2.3 MB, becomes two fifths of its size. What would not become smaller stands as it is. */

#define PLAIN   "plain"
#define ZLIB    "zlib"

#define PIECE   65536 /* bytes of a text that are looked at at once */
#define MOST_OF 3     /* bytes of a character, without its last one */

/* NULL where the output is more than there is room for, or the input is not what it is said to be. */
static GBytes *
convert (GConverter *converter, const char *input, gsize length, gsize room)
{
  /* A byte more, as the end may be told only when there is room left. */
  g_autofree char *output = g_malloc (room + 1);
  gsize n_in = 0, n_out = 0;
  GConverterResult result = G_CONVERTER_CONVERTED;

  while (result == G_CONVERTER_CONVERTED && n_out <= room)
    {
      gsize read = 0, written = 0;

      result = g_converter_convert (converter, input + n_in, length - n_in, output + n_out, room + 1 - n_out,
                                    G_CONVERTER_INPUT_AT_END, &read, &written, NULL);
      n_in += read;
      n_out += written;
    }
  if (result != G_CONVERTER_FINISHED || n_in != length || n_out > room)
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&output), n_out);
}

/**
 * octavo_version_text_pack:
 * @text: a text
 * @format: (out) (transfer none): how it is written down
 *
 * Returns: (transfer full): the text as it is written down
 */
GBytes *
octavo_version_text_pack (const char *text, const char **format)
{
  gsize length = strlen (text);
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, -1);
  GBytes *packed = length > 0 ? convert (G_CONVERTER (compressor), text, length, length) : NULL;

  *format = packed != NULL ? ZLIB : PLAIN;
  return packed != NULL ? packed : g_bytes_new (text, length);
}

static gboolean
set_unreadable (GError **error)
{
  g_set_error_literal (error, OCTAVO_ERROR, OCTAVO_ERROR_CORRUPT,
                       _ ("This version cannot be read: it is damaged, or was kept by a newer version of Octavo. Look "
                          "into a backup."));
  return FALSE;
}

/**
 * octavo_version_text_unpack:
 * @packed: a text as it is written down
 * @format: (nullable): how
 * @size: how long it is to be, in bytes
 * @error: %OCTAVO_ERROR_CORRUPT
 *
 * Returns: (transfer full): the text, or %NULL with @error set
 */
char *
octavo_version_text_unpack (GBytes *packed, const char *format, gint64 size, GError **error)
{
  g_autoptr (GBytes) text = NULL;
  gsize length = 0;
  const char *data;

  g_return_val_if_fail (packed != NULL, NULL);

  data = g_bytes_get_data (packed, &length);
  if (g_strcmp0 (format, PLAIN) == 0)
    {
      text = g_bytes_ref (packed);
    }
  else if (g_strcmp0 (format, ZLIB) == 0 && size > 0 && size <= OCTAVO_NOTE_MAX_BODY)
    {
      g_autoptr (GZlibDecompressor) decompressor = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);

      text = convert (G_CONVERTER (decompressor), data, length, (gsize) size);
    }
  data = text != NULL ? g_bytes_get_data (text, &length) : NULL;
  if (text == NULL || length != (gsize) size || (length > 0 && !g_utf8_validate_len (data, length, NULL)))
    {
      set_unreadable (error);
      return NULL;
    }
  return g_strndup (data != NULL ? data : "", length);
}

/* A text of which some is known. */
typedef struct
{
  char piece[PIECE];
  gsize n_left; /* at the beginning of the piece: of a character whose end was not there yet */
  gint64 size;  /* of all that was looked at */
} Reading;

/* n_more: how much stands behind what is left. FALSE where it is no text. */
static gboolean
look_at_piece (Reading *self, gsize n_more)
{
  gsize length = self->n_left + n_more;
  const char *end = self->piece;
  gboolean is_whole = length == 0 || g_utf8_validate_len (self->piece, length, &end);

  self->size += (gint64) n_more;
  self->n_left = is_whole ? 0 : (gsize) (self->piece + length - end);
  if (self->n_left > MOST_OF ||
      (self->n_left > 0 && g_utf8_get_char_validated (end, (gssize) self->n_left) != (gunichar) -2))
    return FALSE;
  memmove (self->piece, end, self->n_left);
  return TRUE;
}

static gboolean
look_at_zlib (Reading *self, const char *packed, gsize length, gint64 size)
{
  g_autoptr (GZlibDecompressor) decompressor = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  GConverterResult result = G_CONVERTER_CONVERTED;
  gsize n_in = 0;

  while (result == G_CONVERTER_CONVERTED && self->size <= size)
    {
      gsize read = 0, written = 0;

      result =
          g_converter_convert (G_CONVERTER (decompressor), packed + n_in, length - n_in, self->piece + self->n_left,
                               PIECE - self->n_left, G_CONVERTER_INPUT_AT_END, &read, &written, NULL);
      n_in += read;
      if (result != G_CONVERTER_ERROR && !look_at_piece (self, written))
        return FALSE;
    }
  return result == G_CONVERTER_FINISHED && n_in == length;
}

static gboolean
look_at_plain (Reading *self, const char *text, gsize length)
{
  gsize n_read;

  for (gsize at = 0; at < length; at += n_read)
    {
      n_read = MIN (PIECE - self->n_left, length - at);
      memcpy (self->piece + self->n_left, text + at, n_read);
      if (!look_at_piece (self, n_read))
        return FALSE;
    }
  return TRUE;
}

/**
 * octavo_version_text_is_whole:
 * @packed: (nullable): a text as it is written down
 * @length: how long that is
 * @format: (nullable): how
 * @size: how long the text is to be, in bytes
 *
 * Looks whether octavo_version_text_unpack() would give a text, in little memory, however long it is.
 *
 * Returns: whether it would
 */
gboolean
octavo_version_text_is_whole (gconstpointer packed, gsize length, const char *format, gint64 size)
{
  g_autofree Reading *reading = g_new (Reading, 1);
  gboolean is_whole = FALSE;

  reading->n_left = 0;
  reading->size = 0;
  if (g_strcmp0 (format, PLAIN) == 0)
    is_whole = look_at_plain (reading, packed, length);
  else if (g_strcmp0 (format, ZLIB) == 0 && size > 0 && size <= OCTAVO_NOTE_MAX_BODY && packed != NULL)
    is_whole = look_at_zlib (reading, packed, length, size);
  return is_whole && reading->n_left == 0 && reading->size == size;
}
