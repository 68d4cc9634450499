/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-link-match.h"
#include "octavo-query.h"

#include <string.h>

#define N_TEXTS 3000

static gboolean
is_sharp (const char *title, gpointer data)
{
  return strcmp (title, "C# notes") == 0;
}

static void
assert_renamed (const char *titles, const char *text, const char *title, const char *expected)
{
  g_auto (GStrv) list = g_strsplit (titles, "\n", -1);
  g_autoptr (OctavoLinkMatch) match = octavo_link_match_new (7, (const char *const *) list);
  g_autofree char *renamed = octavo_link_match_rename (match, text, 7, title, is_sharp, NULL);

  g_assert_cmpstr (renamed, ==, expected);
}

static void
test_links_get_the_new_title (void)
{
  assert_renamed ("Tea", "no link", "Chai", NULL);
  assert_renamed ("Tea", "[[Teapot]] [[Te]] [Tea](Teapot.md) [Tea](https://x/Tea.md)", "Chai", NULL);
  assert_renamed ("Tea", "a [[Tea]], [[tea|some words]] and [[ TÉA #Green]]\n![[Tea]]", "Chai",
                  "a [[Chai]], [[Chai|some words]] and [[ Chai #Green]]\n![[Chai]]");
  assert_renamed ("Tea\nThé", "[[the]]", "Chai", "[[Chai]]");
  assert_renamed ("Tea", "> 1. [[Tea]]\r\n\r\n[[Tea]]", "生存", "> 1. [[生存]]\r\n\r\n[[生存]]");
  assert_renamed ("Tea", "a | b\n--|--\n[[Tea\\|x]] | y", "Chai", "a | b\n--|--\n[[Chai\\|x]] | y");
  assert_renamed ("", "[[]] [[ ]]", "Chai", NULL);
}

static void
test_files_get_the_new_name (void)
{
  assert_renamed ("Green tea",
                  "[a](Green%20tea.md), [Green tea.md](<Green tea.md>) [b](../x/Green%20tea.md#Brewing \"t\")",
                  "Black (tea)",
                  "[a](Black%20%28tea%29.md), [Green tea.md](<Black (tea).md>) "
                  "[b](../x/Black%20%28tea%29.md#Brewing \"t\")");
  assert_renamed ("Tea", "[a](Tea.md) ![b](Tea.md) `[c](Tea.md)` [d](mailto:Tea.md)", "生",
                  "[a](生.md) ![b](Tea.md) `[c](Tea.md)` [d](mailto:Tea.md)");
  /* no file is called so */
  assert_renamed ("Tea", "[a](Tea.md) [b](<tea.md>)", "Tea: C#", "[a](octavo:note/7) [b](<octavo:note/7>)");
}

static void
test_code_stays (void)
{
  assert_renamed ("Tea", "```\n[[Tea]]\n```\n`[[Tea]]`\n\n    [[Tea]]\n\n\\[[Tea]]", "Chai", NULL);
}

static void
test_a_number_sign (void)
{
  assert_renamed ("C", "[[C#Types]] [[C# notes]] [[C# notes#x]]", "D", "[[D#Types]] [[C# notes]] [[C# notes#x]]");
  assert_renamed ("C# notes", "[[C#Types]] [[C# notes#x]]", "D", "[[C#Types]] [[D#x]]");
}

static void
test_what_no_wiki_link_can_have (void)
{
  assert_renamed ("Tea", "[[Tea]] [[Tea|words]] ![[Tea]]", "a|b",
                  "[a\\|b](octavo:note/7) [words](octavo:note/7) [a\\|b](octavo:note/7)");
}

static void
assert_query (gint64 id, const char *titles, const char *expected)
{
  g_auto (GStrv) list = g_strsplit (titles, "\n", -1);
  g_autoptr (OctavoLinkMatch) match = octavo_link_match_new (id, (const char *const *) list);
  g_autoptr (OctavoQuery) query = octavo_link_match_make_query (match);
  g_autoptr (OctavoQuery) other = expected != NULL ? octavo_query_new (expected) : NULL;
  g_autofree char *tree = query != NULL ? octavo_query_to_string (query) : NULL;
  g_autofree char *other_tree = other != NULL ? octavo_query_to_string (other) : NULL;

  g_assert_cmpstr (tree, ==, other_tree);
}

static void
test_what_is_looked_for (void)
{
  assert_query (0, "", NULL);
  assert_query (0, "Tea\nGreen tea",
                "body:\"[[Tea\" OR body:\"[[ Tea\" OR body:\"Tea.md\" OR "
                "body:\"[[Green tea\" OR body:\"[[ Green tea\" OR body:\"Green tea.md\" OR "
                "body:\"Green%20tea.md\"");
  assert_query (7, "The \"best\" tea", "body:\"[[The \" OR body:\"[[ The \" OR body:\"octavo:note/7\"");
}

static char *
make_text (void)
{
  static const char *const pieces[] = { "[[Tea]]", "[[",     "]]",     "`",        "Tea",   "\n",     "\n\n",
                                        "    ",    "#Green", "|words", "![[tea]]", "```",   "[[C]]",  "> ",
                                        "* ",      "\\",     "[[Tea",  "a ",       "é生",   "[x](y)", "octavo:note/7",
                                        "(",       ")",      "<",      ">",        "---\n", "\r\n",   "\t" };
  GString *text = g_string_new (NULL);

  for (int n = g_test_rand_int_range (1, 24); n > 0; n--)
    g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
  return g_string_free (text, FALSE);
}

/* What a text has beside its links to notes. */
static char *
blank_out (const char *text, OctavoLinkMatch *match, guint *n_links)
{
  g_autoptr (GPtrArray) links = octavo_markdown_links_find_notes (text);
  GString *rest = g_string_new (NULL);
  gsize done = 0;

  *n_links = 0;
  for (guint i = 0; i < links->len; i++)
    {
      const OctavoMarkdownFoundLink *link = g_ptr_array_index (links, i);
      gsize length;

      if (!octavo_link_match_fits (match, link, NULL, NULL, &length) || length == 0)
        continue;
      g_string_append_len (rest, text + done, (gssize) (link->offset + link->start - done));
      g_string_append (rest, "*");
      done = link->offset + link->end;
      (*n_links)++;
    }
  g_string_append (rest, text + done);
  return g_string_free (rest, FALSE);
}

/* Whatever the text: as many links lead there as before, and none by the old title; all else is what it was; and to
 * rename once more gives the text back, but for the case that titles were written in. */
static void
test_any_text (void)
{
  const char *const old_titles[] = { "Tea", NULL };
  const char *const new_titles[] = { "Chai und 生", NULL };
  g_autoptr (OctavoLinkMatch) old = octavo_link_match_new (7, old_titles);
  g_autoptr (OctavoLinkMatch) new = octavo_link_match_new (7, new_titles);
  guint n_renamed = 0;

  for (guint i = 0; i < N_TEXTS; i++)
    {
      g_autofree char *text = make_text ();
      g_autofree char *renamed = octavo_link_match_rename (old, text, 7, "Chai und 生", NULL, NULL);
      g_autofree char *before = NULL, *after = NULL, *back = NULL;
      guint n_before, n_after, n_left;

      before = blank_out (text, old, &n_before);
      g_assert_true ((renamed == NULL) == (n_before == 0));
      if (renamed == NULL)
        continue;
      after = blank_out (renamed, new, &n_after);
      g_assert_cmpstr (after, ==, before);
      g_assert_cmpuint (n_after, ==, n_before);
      g_free (blank_out (renamed, old, &n_left));
      g_assert_cmpuint (n_left, ==, 0);
      back = octavo_link_match_rename (new, renamed, 7, "Tea", NULL, NULL);
      g_assert_cmpint (g_ascii_strcasecmp (back, text), ==, 0);
      n_renamed++;
    }
  g_assert_cmpuint (n_renamed, >, N_TEXTS / 20);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/link-match/links-get-the-new-title", test_links_get_the_new_title);
  g_test_add_func ("/link-match/files-get-the-new-name", test_files_get_the_new_name);
  g_test_add_func ("/link-match/code-stays", test_code_stays);
  g_test_add_func ("/link-match/a-number-sign", test_a_number_sign);
  g_test_add_func ("/link-match/what-no-wiki-link-can-have", test_what_no_wiki_link_can_have);
  g_test_add_func ("/link-match/what-is-looked-for", test_what_is_looked_for);
  g_test_add_func ("/link-match/any-text", test_any_text);
  return g_test_run ();
}
