/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-version-text.h"

#include "octavo-error.h"
#include "octavo-note-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A vault of 550 notes, 2.3 MB, becomes two fifths of its size. What would not become smaller stands as it is. */

#define PLAIN "plain"
#define ZLIB  "zlib"

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
