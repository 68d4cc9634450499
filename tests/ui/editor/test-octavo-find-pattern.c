/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-find-pattern"

#include "octavo-find-pattern.h"

#include "ui-test.h"

/* The hits as they stand in the text, with a bar between them. */
static char *
list_hits (OctavoFindPattern *pattern, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) hits = octavo_find_pattern_find (pattern, text, NULL, &error);
  GString *list = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < hits->len; i++)
    {
      const OctavoFindHit *hit = &g_array_index (hits, OctavoFindHit, i);
      g_autofree char *part = g_utf8_substring (text, hit->start, hit->end);

      g_string_append_printf (list, "%s%u:%s", i > 0 ? "|" : "", hit->start, part);
    }
  return g_string_free (list, FALSE);
}

static void
assert_hits (const char *wanted, OctavoFindFlags flags, const char *text, const char *hits)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OctavoFindPattern) pattern = octavo_find_pattern_new (wanted, flags, &error);
  g_autofree char *found = NULL;

  g_assert_no_error (error);
  found = list_hits (pattern, text);
  g_assert_cmpstr (found, ==, hits);
}

static void
test_plain (void)
{
  assert_hits ("on", 0, "One on ON", "0:On|4:on|7:ON");
  assert_hits ("on", OCTAVO_FIND_CASE, "One on ON", "4:on");
  assert_hits ("ÄRGER", 0, "Größe, Ärger", "7:Ärger");
  assert_hits ("a.c", 0, "abc a.c", "4:a.c");
  assert_hits ("aa", 0, "aaaaa", "0:aa|2:aa");
  assert_hits ("x", 0, "", "");
  assert_hits ("b\nc", 0, "a b\nc", "2:b\nc");
}

static void
test_whole_words (void)
{
  assert_hits ("on", OCTAVO_FIND_WORD, "on one on_ (on) ön on", "0:on|12:on|19:on");
  assert_hits ("one", OCTAVO_FIND_WORD, "éone one", "5:one");
  assert_hits ("C++", OCTAVO_FIND_WORD, "C++ C++11 (C++)", "0:C++|11:C++");
  assert_hits ("a|b", OCTAVO_FIND_WORD | OCTAVO_FIND_REGEX, "a ab b", "0:a|5:b");
}

static void
test_regex (void)
{
  assert_hits ("^- ", OCTAVO_FIND_REGEX, "- a\nb - c\n- d", "0:- |10:- ");
  assert_hits ("x*", OCTAVO_FIND_REGEX, "axxb", "1:xx");
  assert_hits ("(?<=€)\\d+", OCTAVO_FIND_REGEX, "€12 $5 €7", "1:12|8:7");
  assert_hits ("a.*", OCTAVO_FIND_REGEX, "a1\na2", "0:a1|3:a2");
}

static void
assert_broken (const char *wanted, OctavoFindFlags flags, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (octavo_find_pattern_new (wanted, flags | OCTAVO_FIND_REGEX, &error));
  g_assert_error (error, G_REGEX_ERROR, code);
  g_assert_null (strstr (error->message, "compiling"));
}

static void
test_broken (void)
{
  assert_broken ("(a", 0, G_REGEX_ERROR_UNMATCHED_PARENTHESIS);
  assert_broken ("a)", OCTAVO_FIND_WORD, G_REGEX_ERROR_UNMATCHED_PARENTHESIS);
  assert_broken ("[a", 0, G_REGEX_ERROR_UNTERMINATED_CHARACTER_CLASS);
  assert_broken ("*", 0, G_REGEX_ERROR_NOTHING_TO_REPEAT);
  assert_broken ("a\\", OCTAVO_FIND_WORD, G_REGEX_ERROR_STRAY_BACKSLASH);
  assert_hits ("(a", 0, "(a", "0:(a");
}

/* What takes for ever is given up. */
static void
test_too_long (void)
{
  g_autoptr (OctavoFindPattern) pattern = octavo_find_pattern_new ("(x+x+)+[yz]", OCTAVO_FIND_REGEX, NULL);
  g_autofree char *text = g_strnfill (4000, 'x');
  g_autoptr (GError) error = NULL;

  g_assert_false (octavo_find_pattern_is_quick (pattern));
  g_assert_null (octavo_find_pattern_find (pattern, text, NULL, &error));
  g_assert_cmpuint (error->domain, ==, G_REGEX_ERROR);
}

static void
test_cancelled (void)
{
  g_autoptr (OctavoFindPattern) pattern = octavo_find_pattern_new ("a", OCTAVO_FIND_REGEX, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (octavo_find_pattern_find (pattern, "aaa", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* As the rows of the list mark them: parts of words, accents, phrases, Chinese. */
static void
test_query (void)
{
  g_autoptr (OctavoFindPattern) pattern = octavo_find_pattern_new_for_query ("cafe bell \"two words\" 生 -not");
  g_autofree char *hits = list_hits (pattern, "Das Café: doorbell, not\nTwo Words, 生存");

  g_assert_cmpstr (hits, ==, "4:Café|14:bell|24:Two Words|35:生");
  g_assert_true (octavo_find_pattern_is_quick (pattern));
  g_assert_null (octavo_find_pattern_new_for_query ("tag:work"));
  g_assert_null (octavo_find_pattern_new_for_query ("  "));
}

static char *
replace_one (const char *wanted, OctavoFindFlags flags, const char *text, guint start, const char *replacement)
{
  g_autoptr (OctavoFindPattern) pattern = octavo_find_pattern_new (wanted, flags, NULL);
  g_autoptr (GError) error = NULL;
  char *replaced = octavo_find_pattern_replace_one (pattern, text, start, replacement, &error);

  g_assert_no_error (error);
  return replaced;
}

static void
test_replacement (void)
{
  g_autofree char *plain = replace_one ("a", 0, "éa", 1, "\\1");
  g_autofree char *references = replace_one ("(\\w+)=(\\w+)", OCTAVO_FIND_REGEX, "é x=y", 2, "\\2 is \\1\\n");
  g_autofree char *behind = replace_one ("(?<=€)\\d+", OCTAVO_FIND_REGEX, "€12", 1, "<\\0>");
  g_autofree char *nothing = replace_one ("a", 0, "éa", 0, "b");

  g_assert_cmpstr (plain, ==, "\\1");
  g_assert_cmpstr (references, ==, "y is x\n");
  g_assert_cmpstr (behind, ==, "<12>");
  g_assert_null (nothing);
}

static void
test_broken_replacement (void)
{
  g_autoptr (OctavoFindPattern) regex = octavo_find_pattern_new ("a", OCTAVO_FIND_REGEX, NULL);
  g_autoptr (OctavoFindPattern) plain = octavo_find_pattern_new ("a", 0, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (octavo_find_pattern_check (regex, "\\", &error));
  g_assert_error (error, G_REGEX_ERROR, G_REGEX_ERROR_REPLACE);
  g_assert_true (octavo_find_pattern_check (plain, "\\", NULL));
  g_assert_true (octavo_find_pattern_check (regex, "\\\\", NULL));
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/find-pattern/plain", test_plain);
  g_test_add_func ("/find-pattern/whole-words", test_whole_words);
  g_test_add_func ("/find-pattern/regex", test_regex);
  g_test_add_func ("/find-pattern/broken", test_broken);
  g_test_add_func ("/find-pattern/too-long", test_too_long);
  g_test_add_func ("/find-pattern/cancelled", test_cancelled);
  g_test_add_func ("/find-pattern/query", test_query);
  g_test_add_func ("/find-pattern/replacement", test_replacement);
  g_test_add_func ("/find-pattern/broken-replacement", test_broken_replacement);
  return g_test_run ();
}
