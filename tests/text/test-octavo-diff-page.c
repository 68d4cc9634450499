/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-diff-page.h"

#include <string.h>

/* "@line -removed +added" of a place, and its lines, with what differs in them in brackets. */
static char *
tell (const OctavoDiffPage *page)
{
  static const char signs[] = { ' ', '-', '+' };
  GString *told = g_string_new (NULL);

  for (guint i = 0; i < page->lines->len; i++)
    {
      const OctavoDiffLine *line = page->lines->pdata[i];
      GString *text;

      if (line->kind == OCTAVO_DIFF_LINE_PLACE)
        {
          g_string_append_printf (told, "@%u -%u +%u\n", line->number, line->n_removed, line->n_added);
          continue;
        }
      text = g_string_new (line->text);
      for (guint j = line->marks != NULL ? line->marks->len : 0; j > 0; j--)
        {
          const OctavoDiffMark *mark = &g_array_index (line->marks, OctavoDiffMark, j - 1);

          g_string_insert_c (text, g_utf8_offset_to_pointer (text->str, mark->end) - text->str, ']');
          g_string_insert_c (text, g_utf8_offset_to_pointer (text->str, mark->start) - text->str, '[');
        }
      g_string_append_printf (told, "%c%s\n", signs[line->kind], text->str);
      g_string_free (text, TRUE);
    }
  return g_string_free (told, FALSE);
}

static void
check (const char *old_text, const char *new_text, guint n_removed, guint n_added, const char *expected)
{
  g_autoptr (OctavoDiffPage) page = octavo_diff_page_new (old_text, new_text, 1000);
  g_autoptr (OctavoDiffPage) counts = octavo_diff_page_new (old_text, new_text, 0);
  g_autofree char *told = tell (page);

  g_assert_cmpstr (told, ==, expected);
  g_assert_false (page->is_cut);
  g_assert_cmpuint (page->n_removed, ==, n_removed);
  g_assert_cmpuint (page->n_added, ==, n_added);
  g_assert_cmpuint (counts->n_removed, ==, n_removed);
  g_assert_cmpuint (counts->n_added, ==, n_added);
  g_assert_cmpuint (counts->n_places, ==, page->n_places);
  g_assert_cmpuint (counts->lines->len, ==, 0);
}

static void
test_places (void)
{
  check ("", "", 0, 0, "");
  check ("same\n", "same\n", 0, 0, "");
  check ("", "one word\nmore", 0, 3, "@1 -0 +3\n+one word\n+more\n");
  check ("one word\n", "", 2, 0, "@1 -2 +0\n-one word\n");
  check ("a\nb\nc\nd\ne\nf\n", "a\nb\nc\nx y\nd\ne\nf\n", 0, 2, "@4 -0 +2\n b\n c\n+x y\n d\n e\n");
}

/* Between two places that are close no line stands twice, and none is left out. */
static void
test_close (void)
{
  check ("a\nb\nc\nd\ne\n", "x\nb\ny\nd\nz\n", 3, 3,
         "@1 -1 +1\n-[a]\n+[x]\n b\n@3 -1 +1\n-[c]\n+[y]\n d\n@5 -1 +1\n-[e]\n+[z]\n");
  check ("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nx\n6\n7\n8\n9\ny\n", 1, 2,
         "@5 -1 +1\n 3\n 4\n-[5]\n+[x]\n 6\n 7\n@10 -0 +1\n 8\n 9\n+y\n");
}

static void
test_words (void)
{
  check ("The straße is long.\n", "The straße is very short.\n", 1, 2,
         "@1 -1 +2\n-The straße is [long].\n+The straße is [very short].\n");
  check ("- - -\n", "* * *\n", 0, 0, "@1 -0 +0\n-[-] [-] [-]\n+[*] [*] [*]\n");
}

static char *
repeat (const char *format, guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);

      g_string_append_printf (text, "%s %s\n", format, number);
    }
  return g_string_free (text, FALSE);
}

static void
test_bounded (void)
{
  g_autofree char *many = repeat ("line", 5000);
  g_autofree char *others = repeat ("other", 5000);
  g_autofree char *wide = g_strnfill (100000, 'x');
  g_autofree char *euros = repeat ("€€€€€€€€€€€€€€€€€€€€", 1);
  g_autoptr (OctavoDiffPage) page = octavo_diff_page_new (many, others, 100);
  g_autoptr (OctavoDiffPage) long_line = octavo_diff_page_new ("", wide, 100);
  GString *widest = g_string_new (NULL);
  g_autoptr (OctavoDiffPage) cut = NULL;

  g_assert_true (page->is_cut);
  g_assert_cmpuint (page->lines->len, ==, 100);
  g_assert_cmpuint (page->n_removed, ==, 10000);
  g_assert_cmpuint (page->n_added, ==, 10000);
  g_assert_cmpuint (strlen (((OctavoDiffLine *) long_line->lines->pdata[1])->text), ==, 2000);
  g_assert_false (long_line->is_cut);
  /* no character is cut through */
  for (guint i = 0; i < 100; i++)
    g_string_append_len (widest, euros, (gssize) strlen ("€") * 20);
  cut = octavo_diff_page_new ("", widest->str, 100);
  g_assert_true (g_utf8_validate (((OctavoDiffLine *) cut->lines->pdata[1])->text, -1, NULL));
  g_assert_cmpuint (strlen (((OctavoDiffLine *) cut->lines->pdata[1])->text), ==, 1998);
  g_string_free (widest, TRUE);
}

/* As many words as the new text has more, whatever the texts are; and no line that is in neither. */
static void
test_random (void)
{
  for (guint i = 0; i < 300; i++)
    {
      GString *texts[2] = { g_string_new (NULL), g_string_new (NULL) };
      g_autoptr (OctavoDiffPage) page = NULL;
      int n_words[2] = { 0, 0 };

      for (guint j = 0; j < 2; j++)
        for (int k = g_test_rand_int_range (0, 30); k > 0; k--)
          {
            g_string_append_printf (texts[j], "w%d%c", g_test_rand_int_range (0, 4),
                                    " \n"[g_test_rand_int_range (0, 2)]);
            n_words[j]++;
          }
      page = octavo_diff_page_new (texts[0]->str, texts[1]->str, 1000);
      g_assert_cmpint ((int) page->n_added - (int) page->n_removed, ==, n_words[1] - n_words[0]);
      for (guint j = 0; j < page->lines->len; j++)
        {
          const OctavoDiffLine *line = page->lines->pdata[j];
          gboolean is_old = line->kind == OCTAVO_DIFF_LINE_REMOVED;

          if (line->kind != OCTAVO_DIFF_LINE_PLACE)
            g_assert_nonnull (strstr (texts[is_old ? 0 : 1]->str, line->text));
        }
      g_string_free (texts[0], TRUE);
      g_string_free (texts[1], TRUE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/diff-page/places", test_places);
  g_test_add_func ("/diff-page/close", test_close);
  g_test_add_func ("/diff-page/words", test_words);
  g_test_add_func ("/diff-page/bounded", test_bounded);
  g_test_add_func ("/diff-page/random", test_random);
  return g_test_run ();
}
