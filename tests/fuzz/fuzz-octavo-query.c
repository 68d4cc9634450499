/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-query.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* The first half is a query, the second a text: no input may crash, hang or leave the bounds of the text. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const fields[] = { "title", "body", "tag" };
  g_autofree char *query_text = g_strndup ((const char *) data, size / 2);
  g_autofree char *raw = g_strndup ((const char *) data + size / 2, size - size / 2);
  g_autofree char *text = g_utf8_make_valid (raw, -1);
  g_autoptr (OctavoQuery) query = octavo_query_new (query_text);
  g_autofree char *tree = octavo_query_to_string (query);

  g_assert_true (g_utf8_validate (tree, -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autoptr (GArray) hits = octavo_query_find_hits (query, fields[i], text, 100);
      gsize end = 0;

      for (guint j = 0; j < hits->len; j++)
        {
          OctavoHit hit = g_array_index (hits, OctavoHit, j);

          g_assert_cmpuint (hit.start, >=, end);
          g_assert_cmpuint (hit.end, >, hit.start);
          g_assert_cmpuint (hit.end, <=, strlen (text));
          g_assert_true (g_utf8_validate (text + hit.start, hit.end - hit.start, NULL));
          end = hit.end;
        }
    }
  return 0;
}
