/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "markdown-test.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static gsize
to_character (const GString *text, gsize place)
{
  place = MIN (place, text->len);
  while (place > 0 && ((guchar) text->str[place] & 0xc0) == 0x80)
    place--;
  return place;
}

/* The first two bytes say where an edit is, the third where the text it brings begins: what is shown after it, and
 * after it was taken back, is what is shown of a text that was never edited. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *raw = NULL, *text = NULL, *old = NULL;
  MarkdownTest *test;
  gsize middle, start, end;

  if (size < 3)
    return 0;
  raw = g_strndup ((const char *) data + 3, size - 3);
  text = g_utf8_make_valid (raw, -1);
  test = markdown_test_new (text);
  middle = to_character (test->text, data[2]);
  g_string_erase (test->text, 0, (gssize) middle);
  markdown_test_free (test);

  test = markdown_test_new (text + middle);
  markdown_test_assert_fresh (test);
  start = to_character (test->text, data[0]);
  end = MAX (start, to_character (test->text, (gsize) data[0] + data[1]));
  old = g_strndup (test->text->str + start, end - start);
  text[middle] = '\0';
  markdown_test_replace (test, start, end, text);
  markdown_test_show (test, data[1] % 8);
  markdown_test_replace (test, start, start + strlen (text), old);
  markdown_test_replace (test, start, end, text);
  markdown_test_assert_fresh (test);
  markdown_test_replace (test, start, start + strlen (text), old);
  markdown_test_assert_fresh (test);
  markdown_test_free (test);
  return 0;
}
