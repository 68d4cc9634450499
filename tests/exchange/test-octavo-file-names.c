/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-file-names.h"

#include <string.h>

static void
check (const char *title, const char *expected)
{
  g_autofree char *name = octavo_file_name_from_title (title, 180);

  g_assert_cmpstr (name, ==, expected);
}

static void
test_plain (void)
{
  check ("Shopping list", "Shopping list");
  check ("Über naïve Ärzte", "Über naïve Ärzte");
  check ("e\xcc\x81te\xcc\x81", "été");
  check ("読書メモ", "読書メモ");
  check ("[draft] #1 (50%)", "[draft] #1 (50%)");
}

static void
test_unsafe (void)
{
  check ("../../etc/passwd", "-..-etc-passwd");
  check ("/", "-");
  check ("..", "Untitled");
  check ("", "Untitled");
  check (" . ", "Untitled");
  check (".hidden", "hidden");
  check ("a/b\\c:d|e", "a-b-c-d-e");
  check ("what? \"yes\" <no> *", "what yes no");
  check ("two\nlines\tand  blanks ", "two lines and blanks");
  check ("dots...", "dots");
  check ("bell\a del\x7f", "bell del");
  check ("gpj\xe2\x80\xae.exe", "gpj.exe");
  check ("zero\xe2\x80\x8bwidth\xef\xbb\xbf", "zerowidth");
}

static void
test_reserved (void)
{
  check ("CON", "_CON");
  check ("nul.txt", "_nul.txt");
  check ("Lpt1", "_Lpt1");
  check ("com10", "com10");
  check ("Console", "Console");
}

static void
test_long (void)
{
  g_autofree char *ascii = g_strnfill (500, 'x');
  g_autoptr (GString) wide = g_string_new (NULL);
  g_autoptr (GString) accents = g_string_new (NULL);
  g_autofree char *name = octavo_file_name_from_title (ascii, 180);

  g_assert_cmpuint (strlen (name), ==, 180);
  g_clear_pointer (&name, g_free);
  for (int i = 0; i < 100; i++)
    g_string_append (wide, "語");
  name = octavo_file_name_from_title (wide->str, 181);
  g_assert_cmpuint (strlen (name), ==, 180);
  g_assert_true (g_utf8_validate (name, -1, NULL));
  g_clear_pointer (&name, g_free);
  for (int i = 0; i < 100; i++)
    g_string_append (accents, "q\xcc\x81"); /* has no letter of its own */
  name = octavo_file_name_from_title (accents->str, 181);
  g_assert_cmpuint (strlen (name), ==, 180);
  g_assert_true (g_str_has_suffix (name, "q\xcc\x81"));
}

static void
check_make (OctavoFileNames *names, const char *title, const char *expected)
{
  g_autofree char *name = octavo_file_names_make (names, title, ".md");

  g_assert_cmpstr (name, ==, expected);
  g_assert_cmpuint (strlen (name), <=, 200);
}

static void
test_unique (void)
{
  g_autoptr (OctavoFileNames) names = octavo_file_names_new ();

  octavo_file_names_add (names, "there.MD");
  check_make (names, "note", "note.md");
  check_make (names, "Note", "Note (2).md");
  check_make (names, "note (2)", "note (2) (2).md");
  check_make (names, "note", "note (3).md");
  check_make (names, "There", "There (2).md");
  check_make (names, "É", "É.md");
  check_make (names, "e\xcc\x81", "é (2).md");
}

static void
test_many_equal (void)
{
  g_autoptr (OctavoFileNames) names = octavo_file_names_new ();
  g_autofree char *title = g_strnfill (300, 'y');
  g_autofree char *last = NULL;

  for (int i = 0; i < 20000; i++)
    {
      g_free (last);
      last = octavo_file_names_make (names, title, ".md");
      g_assert_cmpuint (strlen (last), <=, 200);
    }
  g_assert_true (g_str_has_suffix (last, " (20000).md"));
}

static void
test_random_titles (void)
{
  g_autoptr (OctavoFileNames) names = octavo_file_names_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int i = 0; i < 5000; i++)
    {
      g_autoptr (GString) title = g_string_new (NULL);
      g_autofree char *name = NULL;

      for (int n = g_test_rand_int_range (0, 12); n > 0; n--)
        {
          gunichar c = g_test_rand_bit () ? g_test_rand_int_range (1, 0x80) : g_test_rand_int_range (1, 0x10ffff);

          if (g_unichar_validate (c))
            g_string_append_unichar (title, c);
        }
      name = octavo_file_names_make (names, title->str, ".md");
      g_assert_true (g_utf8_validate (name, -1, NULL));
      g_assert_null (strchr (name, '/'));
      g_assert_cmpint (*name, !=, '.');
      g_assert_true (g_str_has_suffix (name, ".md"));
      g_assert_true (g_hash_table_add (seen, g_utf8_casefold (name, -1)));
    }
}

static void
check_title (const char *name, const char *expected)
{
  g_autofree char *title = octavo_file_name_to_title (name);

  g_assert_cmpstr (title, ==, expected);
}

static void
test_to_title (void)
{
  check_title ("Note.md", "Note");
  check_title ("Note.MARKDOWN", "Note");
  check_title ("v1.2.md", "v1.2");
  check_title ("e\xcc\x81.md", "é");
  check_title (".md", ".md");
  check_title ("README", "README");
  check_title ("caf\xe9.md", "caf\357\277\275");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/file-names/plain-titles-stay", test_plain);
  g_test_add_func ("/file-names/no-title-is-a-path", test_unsafe);
  g_test_add_func ("/file-names/windows-names-are-avoided", test_reserved);
  g_test_add_func ("/file-names/long-titles-are-cut-between-letters", test_long);
  g_test_add_func ("/file-names/each-once-whatever-the-case", test_unique);
  g_test_add_func ("/file-names/many-of-one-title", test_many_equal);
  g_test_add_func ("/file-names/any-title-is-safe", test_random_titles);
  g_test_add_func ("/file-names/file-to-title", test_to_title);
  return g_test_run ();
}
