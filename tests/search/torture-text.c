/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-search"

#include "torture-text.h"

#include <math.h>
#include <string.h>

/* What is looked for is mostly what stands somewhere, or nearly: what is in no note finds nothing, rightly, whatever is
 * wrong with the engine. */
static const char *const odd_words[] = {
  "bell",
  "doorbell",
  "be",
  "a",
  "C++",
  "10.0.0.1",
  "foo_bar",
  "Café",
  "cafe\xcc\x81",
  "naïve",
  "Straße",
  "STRASSE",
  "Ωμέγα",
  "ωμεγα",
  "мир",
  "Ёлка",
  "ёлка",
  "йод",
  "生",
  "生存",
  "我们",
  "が",
  "か\xe3\x82\x99",
  "カナ",
  "ｶﾅ",
  "한글",
  "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab",
  "สวัสดี",
  "สระ๑๒",
  "مرحبا",
  "مَرْحَبًا",
  "שלום",
  "हिन्दी",
  "नमस्ते",
  "ខ្មែរ",
  "🎉",
  "👩‍👩‍👧",
  "❤️",
  "ﬁn",
  "Ⅷ",
  "½",
  "ŁÓDŹ",
  "İstanbul",
  "ıi",
  "“quoted”",
  "it’s",
  "[[link]]",
  "[a](b)",
  "<mailto:x@y>",
  "- [ ] open",
  "- [x] done",
  "http://a.org/x?y=1&z",
  "tag:work",
  "OR",
  "NOT",
  "AND",
  "(",
  ")",
  "\"",
  "*",
  "-",
  "\\",
  "%",
  "_",
  "'",
  "averyveryveryverylongwordthatislongerthanapieceoftheindexcanhold0123456789andgoesonandon",
  "================================================================================================",
};

static const char *const gaps[] = { " ",  " ",  " ",  " ", " ",  " ",  "\n",       "\n\n",        "  ", "",
                                    ", ", ". ", "_",  ".", "++", "-",  "\n- ",     "\n> 1) ",     "(",  ")",
                                    "\"", "/",  "\t", "→", "#",  "。", "\xc2\xa0", "\xe2\x80\x8b" };

static const char *const tags[] = { "Café", "生活",         "生活/日", "a-b",      "x/y/z", "🎉",        "Мир/труд",
                                    "work", "work/project", "Home",    "homework", "C++",   "two words" };

#define PICK(self, list) list[torture_text_below (self, G_N_ELEMENTS (list))]

void
torture_text_init (TortureText *self, guint32 seed)
{
  self->rand = g_rand_new_with_seed (seed);
  self->words = bench_words_new (BENCH_SEED, BENCH_N_WORDS);
  for (guint i = g_rand_int_range (self->rand, 0, 10000); i > 0; i--)
    bench_words_random (self->words, 2);
}

void
torture_text_clear (TortureText *self)
{
  g_clear_pointer (&self->rand, g_rand_free);
  g_clear_pointer (&self->words, bench_words_free);
}

guint
torture_text_below (TortureText *self, guint n)
{
  return (guint) g_rand_int_range (self->rand, 0, (gint32) n);
}

static void
append_odd (TortureText *self, GString *text, guint n_words)
{
  for (guint i = 0; i < n_words; i++)
    {
      g_string_append (text, PICK (self, odd_words));
      if (i + 1 < n_words || torture_text_below (self, 4) == 0)
        g_string_append (text, PICK (self, gaps));
    }
}

char *
torture_text_title (TortureText *self)
{
  GString *text = g_string_new (NULL);

  if (torture_text_below (self, 4) == 0)
    append_odd (self, text, torture_text_below (self, 4));
  else if (torture_text_below (self, 20) == 0)
    bench_words_append_cjk (self->words, text, 3);
  else
    bench_words_append_title (self->words, text);
  return g_string_free (text, FALSE);
}

char *
torture_text_body (TortureText *self, guint median_words)
{
  GString *text = g_string_new (NULL);
  double length = median_words * exp (0.95 * bench_words_normal (self->words));
  guint n_words = (guint) MIN (length, 2000);

  switch (torture_text_below (self, 12))
    {
    case 0:
      bench_words_append_cjk (self->words, text, n_words);
      break;
    case 1:
    case 2:
      append_odd (self, text, MIN (n_words, 40));
      break;
    case 3:
      bench_words_append_body (self->words, text, n_words);
      append_odd (self, text, torture_text_below (self, 6));
      break;
    default:
      bench_words_append_body (self->words, text, n_words);
    }
  return g_string_free (text, FALSE);
}

char *
torture_text_tag (TortureText *self)
{
  return torture_text_below (self, 3) == 0 ? g_strdup (PICK (self, tags))
                                           : bench_words_get_tag (self->words, 1 + torture_text_below (self, 200));
}

gint64
torture_text_time (TortureText *self)
{
  gint64 now = g_get_real_time ();

  switch (torture_text_below (self, 8))
    {
    case 0:
      return G_TIME_SPAN_DAY; /* many at one time */
    case 1:
      return now - torture_text_below (self, 100) * G_TIME_SPAN_HOUR;
    case 2: /* about midnight in Berlin, summer and winter */
      return (G_GINT64_CONSTANT (1767222000) + (gint64) torture_text_below (self, 366) * 86400 +
              (gint64) torture_text_below (self, 7200) - 3600) *
             G_USEC_PER_SEC;
    case 3:
      return (gint64) torture_text_below (self, 200) * 365 * G_TIME_SPAN_DAY - 60 * 365 * G_TIME_SPAN_DAY - 1;
    default:
      return now - (gint64) torture_text_below (self, 3650) * G_TIME_SPAN_DAY - torture_text_below (self, 1000000);
    }
}

/* A piece of a text, cut anywhere. */
static void
append_piece (TortureText *self, const char *text, guint max_length, GString *query)
{
  glong length = g_utf8_strlen (text, -1), n = 1 + (glong) torture_text_below (self, max_length), start;
  g_autofree char *piece = NULL;

  if (length == 0)
    return;
  start = torture_text_below (self, (guint) length);
  piece = g_utf8_substring (text, start, MIN (start + n, length));
  if (torture_text_below (self, 10) > 0)
    g_strdelimit (piece, "\"", ' ');
  g_string_append (query, piece);
}

static gboolean
is_between_words (const char *c)
{
  return g_unichar_isspace (g_utf8_get_char (c));
}

/* A word, or a part of one. */
static void
append_word (TortureText *self, const char *text, GString *query)
{
  glong length = g_utf8_strlen (text, -1);
  const char *start = g_utf8_offset_to_pointer (text, length > 0 ? torture_text_below (self, (guint) length) : 0);
  const char *end = start;
  guint most = torture_text_below (self, 3) == 0 ? 1 + torture_text_below (self, 5) : 40;

  while (torture_text_below (self, 5) > 0 && start > text && !is_between_words (g_utf8_prev_char (start)))
    start = g_utf8_prev_char (start);
  for (; *end != '\0' && !is_between_words (end) && most > 0; most--)
    end = g_utf8_next_char (end);
  if (end > start)
    g_string_append_len (query, start, end - start);
}

static void
append_date (TortureText *self, GString *query)
{
  static const char *const units[] = { "day", "week", "month", "year" };
  guint year = 2012 + torture_text_below (self, 16);

  switch (torture_text_below (self, 4))
    {
    case 0:
      g_string_append_printf (query, "%u", year);
      break;
    case 1:
      g_string_append_printf (query, "%u-%02u", year, 1 + torture_text_below (self, 12));
      break;
    case 2:
      g_string_append_printf (query, "%u-%02u-%02u", year, 1 + torture_text_below (self, 12),
                              1 + torture_text_below (self, 28));
      break;
    default:
      g_string_append_printf (query, "%s-%u", PICK (self, units), torture_text_below (self, 14));
    }
}

static void
append_range (TortureText *self, GString *query)
{
  static const char *const befores[] = { "", "", ">", ">=", "<", "<=" };

  g_string_append (query, torture_text_below (self, 2) == 0 ? "created:" : "updated:");
  if (torture_text_below (self, 4) != 0)
    {
      g_string_append (query, PICK (self, befores));
      append_date (self, query);
      return;
    }
  if (torture_text_below (self, 4) != 0)
    append_date (self, query);
  g_string_append (query, "..");
  if (torture_text_below (self, 4) != 0)
    append_date (self, query);
}

static void
append_condition (TortureText *self, GString *query)
{
  static const char *const conditions[] = {
    "is:pinned",     "is:trashed", "is:untagged", "is:todo",     "is:done",   "has:link",
    "has:checklist", "tag:*",      "user:ada",    "user:*",      "user:bob",  "user:\"anna schmidt\"",
    "user:ann",      "user:ann*",  "author:anna", "user:nobody", "IS:PINNED",
  };
  g_autofree char *tag = NULL;

  switch (torture_text_below (self, 4))
    {
    case 0:
      append_range (self, query);
      break;
    case 1:
      tag = torture_text_tag (self);
      g_string_append (query, torture_text_below (self, 2) == 0 ? "#" : "tag:");
      g_string_append_printf (query, strchr (tag, ' ') != NULL ? "\"%s\"" : "%s", tag);
      if (torture_text_below (self, 4) == 0)
        g_string_append_c (query, '*');
      break;
    default:
      g_string_append (query, PICK (self, conditions));
    }
}

static void
append_garbage (TortureText *self, GString *query)
{
  static const char *const pieces[] = { "\"",          "(",
                                        ")",           "OR",
                                        "AND",         "NOT",
                                        "-",           "--",
                                        "*",           "**",
                                        ":",           "tag:",
                                        "#",           "title:(",
                                        "title:",      "body:\"",
                                        "created:",    "created:2026-13",
                                        "updated:>",   "is:",
                                        "is:x",        "\\",
                                        "'",           "( )",
                                        "-(",          "-\"",
                                        "((",          "))",
                                        "tag:\"",      "user:(",
                                        "\xcc\x81",    "nosuch:field",
                                        "\xe2\x80\x8d" };

  for (guint i = 1 + torture_text_below (self, 4); i > 0; i--)
    {
      g_string_append (query, PICK (self, pieces));
      if (torture_text_below (self, 2) == 0)
        g_string_append_c (query, ' ');
    }
}

static void
append_text (TortureText *self, TortureTextSource source, gpointer data, GString *query)
{
  static const char *const fields[] = { "title:", "body:", "intitle:", "content:" };

  if (torture_text_below (self, 6) == 0)
    g_string_append (query, PICK (self, fields));
  switch (torture_text_below (self, 10))
    {
    case 0:
      g_string_append (query, PICK (self, odd_words));
      break;
    case 1:
      g_string_append (query, bench_words_next (self->words));
      break;
    case 2:
      g_string_append (query, bench_words_get (self->words, torture_text_below (self, 300)));
      break;
    case 3:
    case 4:
      g_string_append_c (query, '"');
      append_piece (self, source (self, data), 40, query);
      g_string_append_c (query, '"');
      break;
    case 5:
      append_piece (self, source (self, data), 12, query);
      break;
    case 6:
      append_word (self, source (self, data), query);
      g_string_append_c (query, '*');
      break;
    default:
      append_word (self, source (self, data), query);
    }
}

static void
append_query (TortureText *self, TortureTextSource source, gpointer data, guint depth, GString *query)
{
  guint n = 1 + torture_text_below (self, 3);

  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append (query, torture_text_below (self, 3) == 0 ? " OR " : " ");
      if (torture_text_below (self, 6) == 0)
        g_string_append (query, torture_text_below (self, 2) == 0 ? "-" : "NOT ");
      if (depth < 3 && torture_text_below (self, 7) == 0)
        {
          static const char *const opens[] = { "(", "(", "(", "title:(", "body:(", "tag:(", "user:(" };

          g_string_append (query, PICK (self, opens));
          append_query (self, source, data, depth + 1, query);
          g_string_append_c (query, ')');
        }
      else if (torture_text_below (self, 4) == 0)
        append_condition (self, query);
      else
        append_text (self, source, data, query);
    }
}

char *
torture_text_query (TortureText *self, TortureTextSource source, gpointer data)
{
  GString *query = g_string_new (NULL);

  switch (torture_text_below (self, 40))
    {
    case 0:
      append_garbage (self, query);
      append_query (self, source, data, 0, query);
      break;
    case 1:
      append_query (self, source, data, 0, query);
      append_garbage (self, query);
      break;
    case 2: /* ten thousand characters now and then */
      do
        {
          append_query (self, source, data, 0, query);
          g_string_append_c (query, ' ');
        }
      while (torture_text_below (self, 3) > 0 && query->len < 10000);
      while (torture_text_below (self, 8) == 0 && query->len < 10000)
        g_string_append_len (query, query->str, query->len);
      break;
    case 3:
      break; /* all notes */
    default:
      append_query (self, source, data, 0, query);
    }
  return g_string_free (query, FALSE);
}
