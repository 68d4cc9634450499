/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-query-private.h"

#include <string.h>

static const struct
{
  const char *query;
  const char *tree;
} rows[] = {
  /* nothing */
  { "", "()" },
  { "   \t\n ", "()" },
  { "\"\"", "()" },
  { "\"   \"", "()" },
  { "\"\" \"\"", "()" },
  { "́", "()" }, /* an accent alone */
  /* words */
  { "bell", "bell" },
  { "Bell", "bell" },
  { "Café", "cafe" },
  { "STRASSE Straße", "(and strasse strasse)" },
  { "  bell   book ", "(and bell book)" },
  { "bell*", "bell*" },
  { "*", "*" },
  { "**", "**" },
  { "生存", "生存" },
  { "foo_bar", "foo_bar" },
  { "10.0.0.1", "10.0.0.1" },
  { "C++", "c++" },
  { "C#", "c#" },
  { "don’t", "don't" },
  { "main()", "main()" },
  { "f(x)(y)", "f(x)(y)" },
  { "a,b", "a,b" },
  /* phrases */
  { "\"a phrase\"", "\"a phrase\"" },
  { "\" spaces around \"", "\"spaces around\"" },
  { "\"C++\"", "\"c++\"" },
  { "\"one\"two", "(and \"one\" two)" },
  { "\"one\" \"two\"", "(and \"one\" \"two\")" },
  { "\"(a OR b)\"", "\"(a or b)\"" },
  { "\"star*\"", "\"star*\"" },
  /* lone quotes */
  { "\"", "\"" },
  { "\"open phrase", "(and \"open phrase)" },
  { "5\" pipe", "(and 5\" pipe)" },
  { "say\"so\"", "say\"so\"" },
  /* minus and NOT */
  { "-bell", "(not bell)" },
  { "NOT bell", "(not bell)" },
  { "bell -book", "(and bell (not book))" },
  { "bell NOT book", "(and bell (not book))" },
  { "-\"a phrase\"", "(not \"a phrase\")" },
  { "-(a b)", "(not (and a b))" },
  { "NOT NOT bell", "bell" },
  { "NOT -bell", "bell" },
  { "-tag:work", "(not (tag work))" },
  { "-#work", "(not (tag work))" },
  { "e-mail", "e-mail" },
  { "well-", "well-" },
  /* stray operators */
  { "-", "-" },
  { "- bell", "(and - bell)" },
  { "--help", "--help" },
  { "->", "->" },
  { "-=", "-=" },
  { "-.txt", "(not .txt)" },
  { "-(", "-(" },
  { "-\"", "-\"" },
  { "-é", "(not e)" },
  { "bell -", "(and bell -)" },
  { "NOT", "not" },
  { "bell NOT", "(and bell not)" },
  { "NOT OR bell", "(or not bell)" },
  { "OR", "or" },
  { "OR bell", "(and or bell)" },
  { "bell OR", "(and bell or)" },
  { "a OR OR b", "(or (and a or) b)" },
  { "or not and", "(and or not and)" },
  { "bell AND book", "(and bell and book)" },
  /* OR */
  { "a OR b", "(or a b)" },
  { "a OR b OR c", "(or a b c)" },
  { "a b OR c d", "(or (and a b) (and c d))" },
  { "a OR -b", "(or a (not b))" },
  { "a ORb", "(and a orb)" },
  { "a OR \"\"", "a" },
  /* groups */
  { "(a)", "a" },
  { "(a b)", "(and a b)" },
  { "(a OR b) c", "(and (or a b) c)" },
  { "c (a OR b)", "(and c (or a b))" },
  { "((a OR b) (c OR d))", "(and (or a b) (or c d))" },
  { "(a (b OR (c d)))", "(and a (or b (and c d)))" },
  { "(a)(b)", "(and a b)" },
  { "(OR)", "or" },
  { "(a OR)", "(and a or)" },
  { "(NOT a)", "(not a)" },
  { "(a -)", "(and a -)" },
  { "(f(x) y)", "(and f(x) y)" },
  { "(\"a)\" b)", "(and \"a)\" b)" },
  /* parentheses that are none */
  { "(", "(" },
  { ")", ")" },
  { "()", "()" },
  { "( )", "(and ( ))" },
  { "(a", "(a" },
  { "a)", "a)" },
  { ":)", ":)" },
  { "(a OR b", "(or (a b)" },
  { ") a (", "(and ) a ()" },
  /* fields */
  { "title:bell", "(title bell)" },
  { "intitle:bell", "(title bell)" },
  { "Title:Bell", "(title bell)" },
  { "title:\"a phrase\"", "(title \"a phrase\")" },
  { "title:be*", "(title be*)" },
  { "title:(a OR b) c", "(and (or (title a) (title b)) c)" },
  { "title:(a body:b)", "(and (title a) (body b))" },
  { "body:bell", "(body bell)" },
  { "content:bell", "(body bell)" },
  { "tag:work", "(tag work)" },
  { "tag:Work/Project", "(tag work/project)" },
  { "tag:\"two words\"", "(tag \"two words\")" },
  { "tag:#work", "(tag work)" },
  { "tag:work/", "(tag work)" },
  { "tag:*", "(tag *)" },
  { "tag:wo*", "(tag wo*)" },
  { "tag:(a OR b)", "(or (tag a) (tag b))" },
  { "#work", "(tag work)" },
  { "#\"two words\"", "(tag \"two words\")" },
  { "#work bell", "(and (tag work) bell)" },
  { "(#work)", "(tag work)" },
  { "user:anna", "(user anna)" },
  { "author:\"Anna Schmidt\"", "(user \"anna schmidt\")" },
  { "created:2026", "(created 2026)" },
  { "created:2026-11", "(created 2026-11)" },
  { "updated:2026-11-22", "(updated 2026-11-22)" },
  { "updated:day-7", "(updated day-7)" },
  { "updated:>week-1", "(updated >week-1)" },
  { "created:<=month-1", "(created <=month-1)" },
  { "created:2024..2025-06", "(created 2024..2025-06)" },
  { "created:2024..", "(created 2024..)" },
  { "created:..2024", "(created ..2024)" },
  { "is:pinned", "(is pinned)" },
  { "is:trashed", "(is trashed)" },
  { "is:untagged", "(is untagged)" },
  { "is:todo", "(is todo)" },
  { "IS:Done", "(is done)" },
  { "has:link", "(has link)" },
  { "has:checklist", "(has checklist)" },
  /* what looks like a field */
  { "title:", "title:" },
  { "title: bell", "(and title: bell)" },
  { "title:\"open", "(title \"open)" },
  { "tag:", "tag:" },
  { "#", "#" },
  { "# heading", "(and # heading)" },
  { "##", "##" },
  { "##work", "##work" },
  { "http://example.org", "http://example.org" },
  { "10:30", "10:30" },
  { ":bell", ":bell" },
  { "unknown:bell", "unknown:bell" },
  { "is:great", "is:great" },
  { "has:cheese", "has:cheese" },
  { "created:soon", "created:soon" },
  { "created:2026-13", "created:2026-13" },
  { "created:2026-02-30", "created:2026-02-30" },
  { "created:2026-1-1", "created:2026-1-1" },
  { "created:day-", "created:day-" },
  { "created:day-99999", "created:day-99999" },
  { "created:..", "created:.." },
  { "created:>", "created:>" },
};

static void
test_grammar (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (OctavoQuery) query = octavo_query_new (rows[i].query);
      g_autofree char *tree = octavo_query_to_string (query);

      if (strcmp (tree, rows[i].tree) != 0)
        {
          g_test_message ("%s gave %s, not %s", rows[i].query, tree, rows[i].tree);
          g_test_fail ();
        }
      g_assert_cmpint (octavo_query_is_empty (query), ==, octavo_query_get_root (query) == NULL);
      g_assert_false (octavo_query_was_cut (query));
    }
}

static void
test_short_words (void)
{
  static const struct
  {
    const char *query;
    gboolean at_start;
    gboolean at_end;
  } words[] = {
    { "a", TRUE, FALSE },    { "ab", TRUE, FALSE },  { "é1", TRUE, FALSE },  { "abc", FALSE, FALSE },
    { "abc*", TRUE, FALSE }, { "生", FALSE, FALSE }, { "c+", FALSE, FALSE }, { "\"a\"", TRUE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (OctavoQuery) query = octavo_query_new (words[i].query);
      const OctavoNode *root = octavo_query_get_root (query);

      g_assert_cmpint (root->at_start, ==, words[i].at_start);
      g_assert_cmpint (root->at_end, ==, words[i].at_end);
    }
}

static void
test_trash (void)
{
  static const struct
  {
    const char *query;
    gboolean wants_trash;
  } queries[] = {
    { "bell", FALSE },        { "is:trashed", TRUE },     { "bell OR is:trashed", TRUE },
    { "-is:trashed", FALSE }, { "-(-is:trashed)", TRUE }, { "\"is:trashed\"", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (OctavoQuery) query = octavo_query_new (queries[i].query);

      g_assert_cmpint (octavo_query_wants_trash (query), ==, queries[i].wants_trash);
    }
}

static void
test_cut (void)
{
  g_autofree char *words = g_strnfill (10000, 'w');
  g_autofree char *exact = g_strnfill (OCTAVO_QUERY_MAX_LENGTH, 'w');
  g_autoptr (OctavoQuery) query = NULL;
  g_autoptr (OctavoQuery) short_query = octavo_query_new (exact);
  g_autoptr (OctavoQuery) one_word = octavo_query_new (words);

  g_assert_false (octavo_query_was_cut (short_query));
  g_assert_true (octavo_query_was_cut (one_word));
  g_assert_cmpuint (strlen (octavo_query_get_root (one_word)->text), ==, OCTAVO_QUERY_MAX_LENGTH);

  for (guint i = 0; i < 10000; i += 100)
    words[i + 99] = ' ';
  words[994] = ' '; /* the last that is whole starts at 900 */
  words[999] = 'w';
  query = octavo_query_new (words);
  g_assert_true (octavo_query_was_cut (query));
  g_assert_cmpuint (octavo_query_get_leaves (query)->len, ==, 10);
}

static void
test_hostile (void)
{
  static const char *const pieces[] = {
    "(",  ")", "\"", "-",   "NOT ",     "OR ",      "#",  "tag:", "title:(", "a",     " ",    "*",
    "生", "é", "́",   "is:", "is:todo ", "created:", "..", ">",    "2026",    "day-1", "\xff", "x("
  };

  for (guint i = 0; i < 3000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (OctavoQuery) query = NULL;
      g_autofree char *tree = NULL;
      guint n = g_test_rand_int_range (0, i % 100 == 0 ? 3000 : 60);

      for (guint j = 0; j < n; j++)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      query = octavo_query_new (text->str);
      tree = octavo_query_to_string (query);
      g_assert_true (g_utf8_validate (tree, -1, NULL));
    }
}

static void
test_deep (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (OctavoQuery) query = NULL;

  for (guint i = 0; i < 450; i++)
    g_string_append (text, "-(");
  g_string_append (text, "bell");
  for (guint i = 0; i < 450; i++)
    g_string_append_c (text, ')');
  query = octavo_query_new (text->str);
  g_assert_true (octavo_query_was_cut (query));
  g_assert_false (octavo_query_is_empty (query));
}

/* The hits of a text, each in brackets. */
static char *
mark (const char *query_text, const char *field, const char *text, gsize max_hits)
{
  g_autoptr (OctavoQuery) query = octavo_query_new (query_text);
  g_autoptr (GArray) hits = octavo_query_find_hits (query, field, text, max_hits);
  GString *out = g_string_new (NULL);
  gsize from = 0;

  for (guint i = 0; i < hits->len; i++)
    {
      OctavoHit hit = g_array_index (hits, OctavoHit, i);

      g_assert_cmpuint (hit.start, >=, from);
      g_assert_cmpuint (hit.end, >, hit.start);
      g_string_append_len (out, text + from, hit.start - from);
      g_string_append_c (out, '[');
      g_string_append_len (out, text + hit.start, hit.end - hit.start);
      g_string_append_c (out, ']');
      from = hit.end;
    }
  g_string_append (out, text + from);
  g_assert_true (g_utf8_validate (out->str, -1, NULL));
  return g_string_free (out, FALSE);
}

static void
test_hits (void)
{
  static const struct
  {
    const char *query;
    const char *field;
    const char *text;
    const char *marked;
  } texts[] = {
    { "bell", "body", "A doorbell, two Bells", "A door[bell], two [Bell]s" },
    { "cafe", "title", "Le Café, le CAFÉ", "Le [Café], le [CAFÉ]" },
    { "cafe", "title", "Café", "[Café]" },
    { "cafe", "title", "Café-bar", "[Café]-bar" },
    { "strasse", "body", "Die Straße.", "Die [Straße]." },
    { "s*", "body", "ßs", "[ß]s" },
    { "be", "body", "be abed bed", "[be] abed [be]d" },
    { "生", "body", "我们生存", "我们[生]存" },
    { "生存", "body", "我们生存", "我们[生存]" },
    { "\"a bell\"", "body", "a bell, a bells", "[a bell], a bells" },
    { "C++", "body", "c++ and C", "[c++] and C" },
    { "bell book", "body", "book bell", "[book] [bell]" },
    { "bell bells", "body", "bells", "[bells]" },
    { "bell ells", "body", "bells", "[bell]s" },
    { "-bell book", "body", "bell book", "bell [book]" },
    { "bell OR book", "body", "bell book", "[bell] [book]" },
    { "title:bell book", "body", "bell book", "bell [book]" },
    { "title:bell book", "title", "bell book", "[bell] [book]" },
    { "body:bell", "title", "bell", "bell" },
    { "tag:work", "tag", "work/project", "[work]/project" },
    { "tag:work", "body", "work", "work" },
    { "wor", "tag", "homework", "home[wor]k" },
    { "", "body", "bell", "bell" },
    { "is:pinned", "body", "is:pinned", "is:pinned" },
    { "bell", "body", "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *marked = mark (texts[i].query, texts[i].field, texts[i].text, G_MAXSIZE);

      g_assert_cmpstr (marked, ==, texts[i].marked);
    }
}

static void
test_hits_are_bounded (void)
{
  g_autofree char *marked = mark ("a*", "body", "a a a a", 2);
  g_autofree char *none = mark ("a*", "body", "a a a a", 0);

  g_assert_cmpstr (marked, ==, "[a] [a] a a");
  g_assert_cmpstr (none, ==, "a a a a");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/query/grammar", test_grammar);
  g_test_add_func ("/query/short-words-match-at-the-start", test_short_words);
  g_test_add_func ("/query/trash-is-asked-for", test_trash);
  g_test_add_func ("/query/long-is-cut-at-a-word", test_cut);
  g_test_add_func ("/query/hostile-is-text", test_hostile);
  g_test_add_func ("/query/deep-is-text", test_deep);
  g_test_add_func ("/query/hits", test_hits);
  g_test_add_func ("/query/hits-are-bounded", test_hits_are_bounded);
  return g_test_run ();
}
