/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-text-decoder.h"

#include <string.h>

static void
check (const char *bytes, gsize length, const char *expected, OctavoTextTraits expected_traits)
{
  char *copy = g_memdup2 (bytes, length + 1);
  OctavoTextTraits traits = 99;
  g_autofree char *text = NULL;

  copy[length] = '\0';
  text = octavo_text_decode (copy, &length, &traits);
  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpuint (length, ==, strlen (expected));
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpint (traits, ==, expected_traits);
}

#define CHECK(bytes, expected, traits) check (bytes, sizeof (bytes) - 1, expected, traits)

static void
test_utf8 (void)
{
  CHECK ("", "", OCTAVO_TEXT_PLAIN);
  CHECK ("naïve 日本 𝄞\r\n", "naïve 日本 𝄞\r\n", OCTAVO_TEXT_PLAIN);
  CHECK ("\xef\xbb\xbf# Title", "# Title", OCTAVO_TEXT_PLAIN);
  CHECK ("\xef\xbb\xbf", "", OCTAVO_TEXT_PLAIN);
  CHECK ("a\xef\xbb\xbf", "a\xef\xbb\xbf", OCTAVO_TEXT_PLAIN);
}

static void
test_windows (void)
{
  CHECK ("caf\xe9 \x80 10 \x93so\x94", "café € 10 “so”", OCTAVO_TEXT_NOT_UTF8);
  CHECK ("\x81\x8d\x8f\x90\x9d", "\xc2\x81\xc2\x8d\xc2\x8f\xc2\x90\xc2\x9d", OCTAVO_TEXT_NOT_UTF8);
  CHECK ("cut off \xe2\x82", "cut off â‚", OCTAVO_TEXT_NOT_UTF8);
  CHECK ("surrogate \xed\xa0\x80", "surrogate í\xc2\xa0€", OCTAVO_TEXT_NOT_UTF8);
}

static void
test_utf16 (void)
{
  CHECK ("\xff\xfe"
         "a\0\xe9\0",
         "aé", OCTAVO_TEXT_UTF16);
  CHECK ("\xfe\xff\0a\0\xe9", "aé", OCTAVO_TEXT_UTF16);
  CHECK ("\xff\xfe"
         "a\0\0\0",
         "a␀", OCTAVO_TEXT_UTF16 | OCTAVO_TEXT_HAD_NUL);
  CHECK ("\xff\xfe\x41", "ÿþA", OCTAVO_TEXT_NOT_UTF8);
}

static void
test_nul (void)
{
  CHECK ("a\0b\0", "a␀b␀", OCTAVO_TEXT_HAD_NUL);
  CHECK ("\xe9\0", "é␀", OCTAVO_TEXT_HAD_NUL | OCTAVO_TEXT_NOT_UTF8);
}

static void
test_every_byte (void)
{
  char bytes[256];
  char *copy;
  gsize length = sizeof bytes;
  OctavoTextTraits traits;
  g_autofree char *text = NULL;

  for (int i = 0; i < 256; i++)
    bytes[i] = (char) i;
  copy = g_malloc (sizeof bytes + 1);
  memcpy (copy, bytes, sizeof bytes);
  copy[sizeof bytes] = '\0';
  text = octavo_text_decode (copy, &length, &traits);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (text, -1), ==, 256);
}

static void
check_line_ends (const char *from, const char *expected)
{
  gsize length = strlen (from);
  g_autofree char *text = octavo_text_unify_line_ends (g_strdup (from), &length);

  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpuint (length, ==, strlen (expected));
}

static void
test_line_ends (void)
{
  check_line_ends ("", "");
  check_line_ends ("a\nb", "a\nb");
  check_line_ends ("a\r\nb\r\n", "a\nb\n");
  check_line_ends ("a\rb\r\r\n\r", "a\rb\r\n\r");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text-decoder/utf8-is-kept", test_utf8);
  g_test_add_func ("/text-decoder/other-bytes-are-windows-1252", test_windows);
  g_test_add_func ("/text-decoder/utf16-with-its-mark", test_utf16);
  g_test_add_func ("/text-decoder/nul-is-shown", test_nul);
  g_test_add_func ("/text-decoder/every-byte-becomes-a-character", test_every_byte);
  g_test_add_func ("/text-decoder/cr-lf-becomes-lf", test_line_ends);
  return g_test_run ();
}
