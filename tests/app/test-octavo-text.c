/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-error.h"
#include "octavo-text.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

static char *
read_bytes (const char *bytes, gssize length, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) own = NULL;
  char *text = NULL;
  int fd = g_file_open_tmp ("octavo-text-XXXXXX", &path, &own);

  g_assert_no_error (own);
  g_assert_cmpint (write (fd, bytes, length), ==, length);
  g_assert_cmpint (lseek (fd, 0, SEEK_SET), ==, 0);
  text = octavo_text_from_stream (fd, error);
  close (fd);
  g_unlink (path);

  return text;
}

static void
test_stream (void)
{
  const gsize length = 300000; /* more than a chunk */
  g_autofree char *long_text = g_strnfill (length, 'x');
  const char *texts[] = { "", "é", "line\r\nline\n\n", long_text };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = read_bytes (texts[i], strlen (texts[i]), &error);

      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, texts[i]);
    }
}

static void
test_stream_that_is_no_text (void)
{
  const char *bytes[] = { "a\0b", "caf\351", "\303" };
  gssize lengths[] = { 3, 4, 1 };

  for (gsize i = 0; i < G_N_ELEMENTS (bytes); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_bytes (bytes[i], lengths[i], &error));
      g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_INVALID_TEXT);
    }
}

static void
test_stream_that_cannot_be_read (void)
{
  g_autoptr (GError) error = NULL;
  int folder = open (g_get_tmp_dir (), O_RDONLY);

  g_assert_null (octavo_text_from_stream (folder, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_FAILED);
  close (folder);
}

static void
test_argument (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = octavo_text_from_argument ("é", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "é");
  g_assert_null (octavo_text_from_argument ("\351", &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_INVALID_TEXT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/text/stream-is-read-byte-for-byte", test_stream);
  g_test_add_func ("/text/stream-that-is-no-text-is-refused", test_stream_that_is_no_text);
  g_test_add_func ("/text/stream-that-cannot-be-read-says-so", test_stream_that_cannot_be_read);
  g_test_add_func ("/text/argument-is-utf-8-in-any-locale", test_argument);

  return g_test_run ();
}
