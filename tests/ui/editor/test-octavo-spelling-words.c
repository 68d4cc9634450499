/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-spelling-words"

#include "octavo-spelling-words.h"

#include <string.h>

static char *
read_line (guint line, gsize *size, gpointer lines)
{
  char *text = g_strdup (((char **) lines)[line]);

  *size = strlen (text);
  return text;
}

/* All words of a text, one behind the other. */
static char *
dup_words (const char *text)
{
  g_auto (GStrv) texts = g_strsplit (text, "\n", -1);
  g_autoptr (OctavoMarkdownLines) lines = octavo_markdown_lines_new (read_line, texts);
  g_autoptr (GString) found = g_string_new (NULL);
  guint n_lines = g_strv_length (texts);

  octavo_markdown_lines_load (lines, n_lines);
  octavo_markdown_lines_advance (lines, n_lines, G_MAXINT64);
  for (guint line = 0; line < n_lines; line++)
    {
      g_autoptr (OctavoMarkdownLeaf) leaf = octavo_markdown_leaf_new (lines, line);
      g_autoptr (GArray) words = octavo_spelling_words_find (leaf, line, texts[line], strlen (texts[line]));

      for (guint i = 0; i < words->len; i++)
        {
          const OctavoSpellingWord *word = &g_array_index (words, OctavoSpellingWord, i);

          g_string_append_printf (found, "%s%.*s", found->len > 0 ? " " : "", (int) (word->end - word->start),
                                  texts[line] + word->start);
        }
    }
  return g_string_free (g_steal_pointer (&found), FALSE);
}

static void
test_text (gconstpointer data)
{
  const char *const *texts = data;
  g_autofree char *words = dup_words (texts[0]);

  g_assert_cmpstr (words, ==, texts[1]);
}

static const char *const cases[][3] = {
  { "prose", "One word, two: “three” (four)!", "One word two three four" },
  { "apostrophes", "don't 'tis it’s dogs' l’été", "don't tis it’s dogs l’été" },
  { "letters", "Über naïve e\xcc\x81t\xc3\xa9 слово", "Über naïve e\xcc\x81t\xc3\xa9 слово" },
  { "short", "a I z. B. of", "of" },
  { "hyphens", "well-known — one/two and/or", "well known one two and or" },
  { "numbers", "2nd H2O mp3 1999 12am plain", "plain" },
  { "capitals", "HTTP NATO CamelCase iPhone Plain", "Plain" },
  { "names", "a_name file.txt me@example.org C:\\dir a.b.c x=y R&D", "" },
  { "places", "/usr/lib/thing @user $HOME #", "" },
  { "end of a sentence", "One.Two one. Two", "one Two" },
  { "marks", "*emph* __strong__ ~~gone~~ ==lit== _it_", "emph strong gone lit it" },
  { "code", "see `codde` and ``mor codde`` here", "see and here" },
  { "fence", "text\n```langg\ncodde\n```\nmore", "text more" },
  { "indented", "text\n\n    codde\n\nmore", "text more" },
  { "front matter", "---\ntitel: worrd\n---\ntext", "text" },
  { "links", "a [linnk](https://examplle.org/pathh \"titl\") and <https://examplle.org> https://examplle.org/x too",
    "and too" },
  { "wiki links", "to [[Somme Note|aliass]] and #tagg too", "to and too" },
  { "definition", "[linnk]: https://examplle.org\n\ntext", "text" },
  { "html", "<div class=\"klass\">\ntextt\n</div>\n\nmore <b>bold</b>", "more bold" },
  { "lists", "- [x] done\n1. first\n> quoted", "done first quoted" },
  { "headings", "# Heading\nUnder\n=====", "Heading Under" },
  { "table", "| head | two |\n|------|-----|\n| cell | `codde` |", "head two cell" },
};

/* A line that nothing is known of is left alone. */
static void
test_long (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *words = NULL;

  while (text->len <= OCTAVO_MARKDOWN_MAX_LEAF_SIZE)
    g_string_append (text, "word ");
  words = dup_words (text->str);
  g_assert_cmpstr (words, ==, "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/spelling-words/", cases[i][0], NULL);

      g_test_add_data_func (path, &cases[i][1], test_text);
    }
  g_test_add_func ("/spelling-words/long", test_long);
  return g_test_run ();
}
