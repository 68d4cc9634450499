/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-text-edit"

#include "octavo-text-edit.h"

#include <string.h>

static char *
apply (const char *old_text, const char *new_text, const OctavoTextChange *change)
{
  GString *text = g_string_new_len (old_text, (gssize) change->start);

  g_string_append_len (text, new_text + change->start, (gssize) (change->new_end - change->start));
  g_string_append (text, old_text + change->old_end);
  return g_string_free (text, FALSE);
}

static void
assert_change (const char *old_text, const char *new_text, gsize removed, gsize added)
{
  g_autofree char *result = NULL;
  OctavoTextChange change;

  octavo_text_find_change (old_text, new_text, &change);
  result = apply (old_text, new_text, &change);
  g_assert_cmpstr (result, ==, new_text);
  g_assert_true (g_utf8_validate (new_text + change.start, (gssize) (change.new_end - change.start), NULL));
  g_assert_true (g_utf8_validate (old_text + change.start, (gssize) (change.old_end - change.start), NULL));
  g_assert_cmpuint (change.old_end - change.start, ==, removed);
  g_assert_cmpuint (change.new_end - change.start, ==, added);
}

static void
test_change_is_the_smallest (void)
{
  assert_change ("", "", 0, 0);
  assert_change ("same", "same", 0, 0);
  assert_change ("", "new", 0, 3);
  assert_change ("old", "", 3, 0);
  assert_change ("one two three", "one 2 three", 3, 1);
  assert_change ("aaa", "aaaa", 0, 1);
  assert_change ("aaaa", "aaa", 1, 0);
  assert_change ("abc", "xyz", 3, 3);
}

static void
test_change_never_cuts_a_character (void)
{
  assert_change ("é", "è", strlen ("é"), strlen ("è"));
  assert_change ("日本", "旧本", strlen ("日"), strlen ("旧"));
  assert_change ("aéb", "aèb", strlen ("é"), strlen ("è"));
  /* the last byte of these is the same, the first is not */
  assert_change ("\xc3\xa9", "\xc4\xa9", 2, 2);
  assert_change ("x\xc3\xa9", "x\xc4\xa9", 2, 2);
}

static char *
make_text (GRand *random)
{
  static const char *const pieces[] = { "a", "b", "é", "è", "日", "旧", "\n", "😀", "😁" };
  GString *text = g_string_new (NULL);

  for (int n = g_rand_int_range (random, 0, 12); n > 0; n--)
    g_string_append (text, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
  return g_string_free (text, FALSE);
}

static void
test_any_change_leads_to_the_new_text (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20250613);

  for (int i = 0; i < 20000; i++)
    {
      g_autofree char *old_text = make_text (random);
      g_autofree char *new_text = make_text (random);
      g_autofree char *result = NULL;
      OctavoTextChange change;

      octavo_text_find_change (old_text, new_text, &change);
      g_assert_cmpuint (change.start, <=, change.old_end);
      g_assert_cmpuint (change.start, <=, change.new_end);
      g_assert_true (g_utf8_validate (new_text + change.start, (gssize) (change.new_end - change.start), NULL));
      g_assert_true (g_utf8_validate (old_text + change.start, (gssize) (change.old_end - change.start), NULL));
      result = apply (old_text, new_text, &change);
      g_assert_cmpstr (result, ==, new_text);
    }
}

static void
test_longest_line_is_in_characters (void)
{
  g_assert_cmpuint (octavo_text_get_longest_line ("", -1), ==, 0);
  g_assert_cmpuint (octavo_text_get_longest_line ("\n\n", -1), ==, 0);
  g_assert_cmpuint (octavo_text_get_longest_line ("ab\nabc\na", -1), ==, 3);
  g_assert_cmpuint (octavo_text_get_longest_line ("abcd\n日本語日本\n", -1), ==, 5);
  g_assert_cmpuint (octavo_text_get_longest_line ("ab\nabc", 4), ==, 2);
}

static void
test_beginning_is_cut_between_characters (void)
{
  g_autofree char *whole = octavo_text_dup_beginning ("a\nb\n", 100, 100);
  g_autofree char *start = octavo_text_dup_beginning ("aé", 2, 100);
  g_autofree char *lines = octavo_text_dup_beginning ("日本語\nab\ncdefgh", 100, 4);

  g_assert_cmpstr (whole, ==, "a\nb\n");
  g_assert_cmpstr (start, ==, "a");
  g_assert_cmpstr (lines, ==, "日…\nab\ncdef…");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text-edit/change-is-the-smallest", test_change_is_the_smallest);
  g_test_add_func ("/text-edit/change-never-cuts-a-character", test_change_never_cuts_a_character);
  g_test_add_func ("/text-edit/any-change-leads-to-the-new-text", test_any_change_leads_to_the_new_text);
  g_test_add_func ("/text-edit/longest-line-is-in-characters", test_longest_line_is_in_characters);
  g_test_add_func ("/text-edit/beginning-is-cut-between-characters", test_beginning_is_cut_between_characters);
  return g_test_run ();
}
