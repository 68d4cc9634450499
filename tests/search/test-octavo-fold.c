/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-fold.h"
#include "octavo-tokenizer.h"
#include "octavo-unicode.h"

#include <string.h>

#define N_KNOWN 288766 /* characters of Unicode 15.0, but NUL; surrogates and private ones count */

static void
test_fold (void)
{
  static const struct
  {
    const char *text;
    const char *folded;
  } texts[] = {
    { "", "" },
    { "Bell", "bell" },
    { "Café Ünïcödé", "cafe unicode" },
    { "Cafe\xcc\x81", "cafe" },
    { "Straße STRASSE ẞ", "strasse strasse ss" },
    { "ŁÓDŹ Øre Æon œuvre", "lodz ore aeon oeuvre" },
    { "İstanbul ISTANBUL ıstanbul", "istanbul istanbul istanbul" },
    { "Όσος ΟΣΟΣ", "οσοσ οσοσ" },
    { "Ёлка МОЙ", "елка мой" },
    { "и\xcc\x86", "й" },
    { "ﬁn ＡＢＣ ①", "fin abc 1" },
    { "が", "が" },
    { "か\xe3\x82\x99", "が" },
    { "ｶﾞ", "ガ" },
    { "한글", "한글" },
    { "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", "한" },
    { "ㅋㅠ", "ㅋㅠ" },
    { "שָׁלוֹם", "שלום" },
    { "مُحَمَّد أ", "محمد ا" },
    { "सूची", "सूची" },
    { "it’s “so”", "it's \"so\"" },
    { "soft\xc2\xadhyphen", "softhyphen" },
    { "a\x01\r\tb\n", "a  \tb\n" },
    { "bad\xff", "bad\xef\xbf\xbd" },
    { "\xcc\x81"
      "a",
      "a" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *folded = octavo_fold_string (texts[i].text);

      g_assert_cmpstr (folded, ==, texts[i].folded);
    }
}

/* The original of each stretch of the folded text, found back. */
static void
test_unmap (void)
{
  static const struct
  {
    const char *text;
    const char *part;
    const char *original;
  } texts[] = {
    { "plain text", "text", "text" },
    { "Le Café noir", "cafe", "Café" },
    { "Le Café noir", "noir", "noir" },
    { "ééé bell", "bell", "bell" },
    { "Cafe\xcc\x81 noir", "cafe", "Cafe\xcc\x81" },
    { "e\xcc\x81\xcc\x82x", "e", "e\xcc\x81\xcc\x82" },
    { "\xcc\x81"
      "ab",
      "b", "b" },
    { "Straße!", "ss", "ß" },
    { "Straße!", "e", "e" },
    { "ﬁn", "fi", "ﬁ" },
    { "ﬁn", "i", "ﬁ" },
    { "か\xe3\x82\x99x", "が", "か\xe3\x82\x99" },
    { "か\xe3\x82\x99x", "x", "x" },
    { "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xabx", "x", "x" },
    { "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xabx", "한", "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab" },
    { "so\xc2\xad"
      "ft bell",
      "soft",
      "so\xc2\xad"
      "ft" },
    { "so\xc2\xad"
      "ft bell",
      "bell", "bell" },
    { "我们生存", "生存", "生存" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_auto (OctavoFolded) folded = OCTAVO_FOLDED_INIT;
      g_autofree char *original = NULL;
      const char *part;
      gsize start, end;

      octavo_fold (texts[i].text, -1, TRUE, &folded);
      part = strstr (folded.text, texts[i].part);
      g_assert_nonnull (part);
      start = part - folded.text;
      octavo_folded_unmap (&folded, start, start + strlen (texts[i].part), &start, &end);
      original = g_strndup (texts[i].text + start, end - start);
      g_assert_cmpstr (original, ==, texts[i].original);
    }
}

/* However a text is made: folding twice changes nothing, and each stretch comes from whole characters, in order. */
static void
test_random (void)
{
  static const char *const pieces[] = { "a",
                                        "É",
                                        "e",
                                        "\xcc\x81",
                                        "ß",
                                        "ﬁ",
                                        "か",
                                        "\xe3\x82\x99",
                                        "\xe1\x84\x92",
                                        "\xe1\x85\xa1",
                                        "한",
                                        "生",
                                        " ",
                                        "\n",
                                        "\xc2\xad",
                                        "Й",
                                        "и",
                                        "\xcc\x86",
                                        "½",
                                        "©",
                                        "👩",
                                        "\xff",
                                        "\x01" };

  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *valid = NULL, *twice = NULL;
      g_auto (OctavoFolded) folded = OCTAVO_FOLDED_INIT;
      gsize last_end = 0;
      guint n = g_test_rand_int_range (0, 30);

      for (guint j = 0; j < n; j++)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      valid = g_utf8_make_valid (text->str, -1);
      octavo_fold (valid, -1, TRUE, &folded);
      twice = octavo_fold_string (folded.text);
      g_assert_cmpstr (twice, ==, folded.text);
      for (const char *c = folded.text; *c != '\0'; c = g_utf8_next_char (c))
        {
          gsize start, end;

          octavo_folded_unmap (&folded, c - folded.text, g_utf8_next_char (c) - folded.text, &start, &end);
          g_assert_cmpuint (start, <, end);
          g_assert_cmpuint (end, <=, strlen (valid));
          g_assert_cmpuint (end, >=, last_end);
          g_assert_true (g_utf8_validate (valid + start, end - start, NULL));
          last_end = end;
        }
    }
}

/* The terms of a text; marks as ~ (gap), ^ (fact), | (cut), = (at the same position). */
static char *
terms_of (const char *text, gboolean with_facts)
{
  g_autoptr (GByteArray) stream = octavo_tokenize (text, strlen (text), with_facts, NULL, NULL);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < stream->len; i++)
    {
      char c = (char) stream->data[i];

      g_string_append_c (out, c == '\0' ? ';' : c == '\n' ? '/' : c >= '\x01' && c <= '\x04' ? " ~^|="[(int) c] : c);
    }
  return g_string_free (out, FALSE);
}

static void
test_terms (void)
{
  static const struct
  {
    const char *text;
    const char *terms;
  } texts[] = {
    { "", "" },
    { "one two", "one;two;" },
    { "One, two.", "one;~, ;two;~.;" },
    { "one\ntwo", "one;~/;two;" },
    { "one  two", "one;~  ;two;" },
    { "10.0.0.1", "10;~.;0;~.;0;~.;1;" },
    { "foo_bar", "foo;~_;bar;" },
    { "生存", "生;存;" },
    { "生 存", "生;~ ;存;" },
    { "生，存", "生;~,;存;" },
    { "abc生", "abc;生;" },
    { "abc 生", "abc;~ ;生;" },
    { "C++", "c;~++;" },
    { "สวัสดี 5", "ส;ว;ั;ส;ด;ี;~ ;5;" },
    { "(a)", "~(;a;~);" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *terms = terms_of (texts[i].text, FALSE);

      g_assert_cmpstr (terms, ==, texts[i].terms);
    }
}

static void
test_long_terms (void)
{
  g_autofree char *word = g_strnfill (100, 'a');
  g_autofree char *terms = NULL, *gap_terms = NULL;
  g_autofree char *piece = g_strnfill (64, 'a'), *rest = g_strnfill (36, 'a');
  g_autofree char *expected = NULL, *gap = g_strnfill (65, '-');

  word[99] = 'z';
  rest[35] = 'z';
  terms = terms_of (word, FALSE);
  rest[35] = '\0';
  expected = g_strdup_printf ("%s|;=|%s|;=|%sz;", piece, piece, rest);
  /* 100 characters: from 0, from 32 to 96, and from 64 on */
  g_assert_cmpstr (terms, ==, expected);
  gap_terms = terms_of (gap, FALSE);
  g_assert_true (g_str_has_prefix (gap_terms, "~-"));
  g_assert_nonnull (strstr (gap_terms, "|;=~|-"));
}

static void
test_facts (void)
{
  static const struct
  {
    const char *text;
    OctavoFacts facts;
  } texts[] = {
    { "", 0 },
    { "- [ ] buy", OCTAVO_FACT_OPEN_BOX },
    { "text\n  * [x] bought", OCTAVO_FACT_TICKED_BOX },
    { "1. [X] one\n2) [ ] two", OCTAVO_FACT_OPEN_BOX | OCTAVO_FACT_TICKED_BOX },
    { "> - [ ] quoted", OCTAVO_FACT_OPEN_BOX },
    { "- [ ]", OCTAVO_FACT_OPEN_BOX },
    { "[ ] no list", 0 },
    { "-[ ] no space", 0 },
    { "- [y] no box", 0 },
    { "- [x](target)", OCTAVO_FACT_LINK },
    { "see https://example.org", OCTAVO_FACT_LINK },
    { "[text](target)", OCTAVO_FACT_LINK },
    { "[[wiki link]]", OCTAVO_FACT_LINK },
    { "[[]]", 0 },
    { "a :// b", 0 },
    { "f(x)[1](2)", OCTAVO_FACT_LINK },
    { "](x)", 0 },
    { "<mailto:a@b.c>", OCTAVO_FACT_LINK },
    { "[[open", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_cmpint (octavo_facts_of_text (texts[i].text, strlen (texts[i].text)), ==, texts[i].facts);
  {
    g_autofree char *terms = terms_of ("- [ ] a", TRUE);

    g_assert_cmpstr (terms, ==, "~- [ ] ;a;=^a;");
  }
}

/* The same of every character, whatever GLib knows of it: also of one that came after the table. */
static void
test_characters (void)
{
  guint n_known = 0;

  for (gunichar c = 1; c <= 0x10FFFF; c++)
    {
      gboolean is_known = octavo_unicode_has (c);

      n_known += is_known;
      if (is_known || (c >= 0xD800 && c <= 0xDFFF))
        g_assert_cmpint (g_unichar_type (c), !=, G_UNICODE_UNASSIGNED);
      else if (glib_major_version == 2 && glib_minor_version == 74) /* the one that the table was made with */
        g_assert_cmpint (g_unichar_type (c), ==, G_UNICODE_UNASSIGNED);
    }
  g_assert_cmpuint (n_known, ==, N_KNOWN);

  for (gunichar c = 0x80; c <= 0x10FFFF; c++)
    if (!octavo_unicode_has (c) && g_unichar_validate (c))
      {
        char text[7] = { 0 };
        g_autofree char *folded = NULL;

        g_unichar_to_utf8 (c, text);
        folded = octavo_fold_string (text);
        g_assert_cmpint (octavo_class_of (c), !=, OCTAVO_CLASS_WORD);
        g_assert_true (g_str_equal (folded, text) || *folded == '\0'); /* the places of accents to come */
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fold/case-and-accents", test_fold);
  g_test_add_func ("/fold/finds-the-original", test_unmap);
  g_test_add_func ("/fold/random", test_random);
  g_test_add_func ("/fold/characters-of-all-releases", test_characters);
  g_test_add_func ("/tokenizer/terms", test_terms);
  g_test_add_func ("/tokenizer/long-terms-are-cut", test_long_terms);
  g_test_add_func ("/tokenizer/facts", test_facts);
  return g_test_run ();
}
