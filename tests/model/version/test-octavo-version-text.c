/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-version-text.h"

#include "octavo-error.h"

#include <string.h>
#include <sys/resource.h>

static char *
repeat (const char *text, guint n)
{
  GString *string = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (string, "%s %u\n", text, i);
  return g_string_free (string, FALSE);
}

static void
assert_whole (GBytes *packed, const char *format, gint64 size, gboolean expected)
{
  gsize length;
  gconstpointer data = g_bytes_get_data (packed, &length);

  g_assert_true (octavo_version_text_is_whole (data, length, format, size) == expected);
}

static void
test_round_trip (void)
{
  g_autofree char *prose = repeat ("Wir gehen über die Straße, immer wieder.", 20000);
  const char *const texts[] = { "", "a", "€", "line\nline\nline\nline\nline\nline\nline\n", prose };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *format = NULL;
      g_autoptr (GBytes) packed = octavo_version_text_pack (texts[i], &format);
      g_autoptr (GError) error = NULL;
      g_autofree char *text = octavo_version_text_unpack (packed, format, (gint64) strlen (texts[i]), &error);

      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, texts[i]);
      assert_whole (packed, format, (gint64) strlen (texts[i]), TRUE);
      g_assert_cmpuint (g_bytes_get_size (packed), <=, strlen (texts[i]));
    }
}

static void
test_smaller (void)
{
  g_autofree char *prose = repeat ("The same words again and again, with a number.", 1000);
  const char *format = NULL;
  g_autoptr (GBytes) packed = octavo_version_text_pack (prose, &format);
  g_autoptr (GBytes) tiny = NULL;

  g_assert_cmpstr (format, ==, "zlib");
  g_assert_cmpuint (g_bytes_get_size (packed), <, strlen (prose) / 4);
  tiny = octavo_version_text_pack ("ab", &format);
  g_assert_cmpstr (format, ==, "plain");
  g_assert_cmpuint (g_bytes_get_size (tiny), ==, 2);
}

static void
assert_refused (GBytes *packed, const char *format, gint64 size)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (octavo_version_text_unpack (packed, format, size, &error));
  assert_whole (packed, format, size, FALSE);
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_CORRUPT);
}

/* Whatever stands in a damaged file, or one of a newer version: no crash, and no text that is not one. */
static void
test_damaged (void)
{
  g_autofree char *prose = repeat ("words", 500);
  gint64 size = (gint64) strlen (prose);
  const char *format = NULL;
  g_autoptr (GBytes) packed = octavo_version_text_pack (prose, &format);
  gsize length;
  const guint8 *data = g_bytes_get_data (packed, &length);
  g_autoptr (GBytes) more = NULL;
  g_autofree guint8 *longer = g_malloc0 (length + 1);
  g_autoptr (GBytes) latin = g_bytes_new_static ("caf\xe9", 4);
  g_autoptr (GBytes) with_nul = g_bytes_new_static ("a\0b", 3);

  for (gsize i = 0; i < length; i += 7)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (packed, 0, i);

      assert_refused (cut, format, size);
    }
  memcpy (longer, data, length);
  more = g_bytes_new (longer, length + 1);
  assert_refused (more, format, size);
  assert_refused (packed, format, size - 1);
  assert_refused (packed, format, size + 1);
  assert_refused (packed, format, 0);
  assert_refused (packed, format, -1);
  assert_refused (packed, format, G_MAXINT64);
  assert_refused (packed, "plain", size);
  assert_refused (packed, "brotli", size);
  assert_refused (packed, NULL, size);
  assert_refused (latin, "plain", 4);
  assert_refused (with_nul, "plain", 3);
}

/* What is read in pieces: characters that are cut in two by these, and what is none in a later one. */
static void
test_long (void)
{
  g_autofree char *prose = repeat ("x€", 100000);
  gsize length = strlen (prose);
  g_autoptr (GBytes) plain = g_bytes_new (prose, length);

  assert_whole (plain, "plain", (gint64) length, TRUE);
  for (gsize at = length - 3; at > 3; at /= 2)
    {
      g_autofree char *broken = g_memdup2 (prose, length);
      g_autoptr (GBytes) bytes = NULL;

      broken[at] = '\xff';
      bytes = g_bytes_new (broken, length);
      assert_refused (bytes, "plain", (gint64) length);
      broken[at] = '\0';
      g_clear_pointer (&bytes, g_bytes_unref);
      bytes = g_bytes_new (broken, length);
      assert_refused (bytes, "plain", (gint64) length);
    }
}

static glong
get_most_memory (void)
{
  struct rusage usage;

  g_assert_cmpint (getrusage (RUSAGE_SELF, &usage), ==, 0);
  return usage.ru_maxrss;
}

/* To look whether a text is whole takes no room for it. */
static void
test_flat_memory (void)
{
  enum
  {
    N_PIECES = 128,
    PIECE = 1024 * 1024
  };
  g_autoptr (GOutputStream) packed = g_memory_output_stream_new_resizable ();
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 1);
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (packed, G_CONVERTER (compressor));
  g_autofree char *piece = g_strnfill (PIECE, 'a');
  g_autoptr (GBytes) bytes = NULL;
  glong before;

  for (guint i = 0; i < N_PIECES; i++)
    g_assert_true (g_output_stream_write_all (stream, piece, PIECE, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (packed));
  before = get_most_memory ();
  assert_whole (bytes, "zlib", (gint64) N_PIECES * PIECE, TRUE);
  assert_whole (bytes, "zlib", (gint64) N_PIECES * PIECE - 1, FALSE);
  g_assert_cmpint (get_most_memory () - before, <, 16 * 1024);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/version-text/round-trip", test_round_trip);
  g_test_add_func ("/version-text/smaller", test_smaller);
  g_test_add_func ("/version-text/damaged", test_damaged);
  g_test_add_func ("/version-text/long", test_long);
  g_test_add_func ("/version-text/flat-memory", test_flat_memory);
  return g_test_run ();
}
