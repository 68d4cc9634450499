/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange-test.h"
#include "octavo-markdown-file.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static OctavoNoteValues *
read_file (const char *bytes, gsize length)
{
  const OctavoMarkdownFileInfo info = { .name = "A file.md", .created = 1000000, .updated = 2000000 };
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  char *copy = g_malloc (length + 1);

  memcpy (copy, bytes, length);
  copy[length] = '\0';
  return octavo_markdown_file_read (copy, length, &info, warnings);
}

/* A file of any bytes becomes a note of text, and the file of that note becomes the same note again. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (OctavoNoteValues) note = read_file ((const char *) data, size);
  g_autoptr (OctavoNoteValues) again = NULL;
  g_autofree char *file = NULL;
  gsize length;

  g_assert_true (g_utf8_validate (note->title, -1, NULL));
  g_assert_true (g_utf8_validate (note->body, -1, NULL));
  g_assert_true (g_utf8_validate (note->front_matter, -1, NULL));
  for (guint i = 0; note->tags != NULL && note->tags[i] != NULL; i++)
    g_assert_true (g_utf8_validate (note->tags[i], -1, NULL));
  file = octavo_markdown_file_write (note, NULL, &length);
  again = read_file (file, length);
  exchange_test_assert_equal_notes (note, again);
  return 0;
}
