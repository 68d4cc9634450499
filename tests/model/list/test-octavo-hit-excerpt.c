/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-hit-excerpt.h"

#include <string.h>

static char *
make (const char *query_text, const char *body)
{
  g_autoptr (OctavoQuery) query = octavo_query_new (query_text);
  gboolean gave_up = TRUE;
  char *excerpt = octavo_hit_excerpt_new (query, body, 0, &gave_up);

  g_assert_false (gave_up);
  return excerpt;
}

static void
assert_made (const char *query, const char *body, const char *expected)
{
  g_autofree char *excerpt = make (query, body);

  g_assert_cmpstr (excerpt, ==, expected);
}

static void
test_it_begins_with_the_line_or_a_word (void)
{
  assert_made ("tea", "tea first", "tea first");
  assert_made ("tea", "one\n\n* two **tea** and [milk](http://x)\nmore", "…two tea and milk more");
  assert_made ("bell",
               "a long line that has nothing in it but words and goes on with words until at last there is a doorbell, "
               "and then ends",
               "…words and goes on with words until at last there is a doorbell, and then ends");
  assert_made ("存", "你好\n我们的生存之道", "…我们的生存之道");
}

static void
test_a_hit_in_a_mark_is_shown_as_it_stands (void)
{
  assert_made ("example", "one\nsee [this](https://example.org) there", "…see [this](https://example.org) there");
  assert_made ("secret", "---\nkey: secret\n---\ntext", "…key: secret text");
}

static void
test_nothing_without_a_hit (void)
{
  assert_made ("tea", "coffee", NULL);
  assert_made ("tea", "", NULL);
  assert_made ("tag:tea", "tea", NULL);
  assert_made ("-tea", "tea", NULL);
}

/* The hit, and what is around it, is found wherever a text is cut to be looked through. */
static void
test_long_texts (void)
{
  for (gsize n_before = 32700; n_before < 32800; n_before++)
    {
      g_autofree char *before = g_strnfill (n_before, 'x');
      g_autofree char *body = g_strconcat (before, " \nthe tea of ", before, NULL);
      g_autofree char *excerpt = make ("tea", body);

      g_assert_nonnull (strstr (excerpt, "the tea of xxx"));
      g_assert_cmpint (g_utf8_strlen (excerpt, -1), <=, 1300);
    }
}

static void
test_lines_without_end (void)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autofree char *excerpt = NULL;

  for (guint i = 0; i < 60000; i++)
    g_string_append (body, "生");
  g_string_append (body, "存");
  excerpt = make ("存", body->str);
  g_assert_true (g_utf8_validate (excerpt, -1, NULL));
  g_assert_true (g_str_has_prefix (excerpt, "…生"));
  g_assert_true (g_str_has_suffix (excerpt, "存"));
}

static void
test_time_is_up (void)
{
  g_autoptr (OctavoQuery) query = octavo_query_new ("tea");
  g_autofree char *before = g_strnfill (100000, 'x');
  g_autofree char *body = g_strconcat (before, " tea", NULL);
  g_autofree char *excerpt = NULL;
  gint64 now = g_get_monotonic_time ();
  gboolean gave_up = FALSE;

  g_assert_null (octavo_hit_excerpt_new (query, body, now - 1, &gave_up));
  g_assert_true (gave_up);
  excerpt = octavo_hit_excerpt_new (query, "tea", now - 1, &gave_up);
  g_assert_cmpstr (excerpt, ==, "tea");
  g_assert_false (gave_up);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hit-excerpt/it-begins-with-the-line-or-a-word", test_it_begins_with_the_line_or_a_word);
  g_test_add_func ("/hit-excerpt/a-hit-in-a-mark-is-shown-as-it-stands", test_a_hit_in_a_mark_is_shown_as_it_stands);
  g_test_add_func ("/hit-excerpt/nothing-without-a-hit", test_nothing_without_a_hit);
  g_test_add_func ("/hit-excerpt/long-texts", test_long_texts);
  g_test_add_func ("/hit-excerpt/lines-without-end", test_lines_without_end);
  g_test_add_func ("/hit-excerpt/time-is-up", test_time_is_up);
  return g_test_run ();
}
