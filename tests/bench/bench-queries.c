/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-bench"

#include "bench-queries.h"

#include <string.h>

/* What people may ask of generated notes, twenty of each kind, the kinds in turn. Each function makes the k-th of its
 * kind; nothing is left to chance. No word is asked for twice as it is, so that what is remembered of one query does
 * not answer another. */

static char *
make_rare (BenchWords *words, guint k)
{
  return g_strdup (k == 0 ? BENCH_RARE : bench_words_get (words, 10000 + k * 487));
}

static char *
make_common (BenchWords *words, guint k)
{
  return g_strdup (bench_words_get (words, k));
}

/* As it is typed, and as it is written by who knows the star. */
static char *
make_prefix (BenchWords *words, guint k)
{
  const char *word = bench_words_get (words, 50 + k * 97);

  if (k % 4 == 0)
    return g_strndup (&"bdgmt"[k / 4], 1);
  return k % 4 == 1 ? g_strndup (word, 2) : g_strdup_printf ("%.*s*", (int) (k % 4 + 1), word);
}

static char *
make_inside (BenchWords *words, guint k)
{
  guint rank = 300 + k * 211;

  while (strlen (bench_words_get (words, rank)) < 6)
    rank++;
  return g_strndup (bench_words_get (words, rank) + 1, 3 + k % 2);
}

static char *
make_phrase (BenchWords *words, guint k)
{
  const char *first = bench_words_get (words, k), *second = bench_words_get (words, (k * 7 + 1) % 30);

  return k % 2 == 0 ? g_strdup_printf ("\"%s %s\"", first, second)
                    : g_strdup_printf ("\"%s %s %s\"", first, second, bench_words_get (words, k / 4));
}

static char *
make_cjk (BenchWords *words, guint k)
{
  const char *word = bench_words_get_cjk (words, k * k);

  return k % 2 == 0 ? g_strndup (word, g_utf8_next_char (word) - word) : g_strdup (word);
}

static char *
make_tag (BenchWords *words, guint k)
{
  g_autofree char *tag = bench_words_get_tag (words, 1 + k * 9);

  switch (k % 3)
    {
    case 0:
      return g_strdup_printf ("tag:%s", tag);
    case 1:
      return g_strdup_printf ("#%s", tag);
    default:
      return g_strdup_printf ("tag:%s %s", tag, bench_words_get (words, 120 + k * 20));
    }
}

static char *
make_dates (BenchWords *words, guint k)
{
  guint year = 2016 + k / 2 % 10;

  switch (k % 5)
    {
    case 0:
      return g_strdup_printf ("created:%u", year);
    case 1:
      return g_strdup_printf ("updated:%u-%02u", year, 1 + k % 12);
    case 2:
      return g_strdup_printf ("created:>%u-06 %s", year, bench_words_get (words, 80 + k));
    case 3:
      return g_strdup_printf ("updated:%u..%u", year, year + 2);
    default:
      return g_strdup_printf ("updated:%u-%02u-17", year, 1 + k % 12);
    }
}

static char *
make_or (BenchWords *words, guint k)
{
  return g_strdup_printf ("%s OR %s", bench_words_get (words, 20 + k * 3), bench_words_get (words, 101 + k * 50));
}

static char *
make_minus (BenchWords *words, guint k)
{
  return g_strdup_printf ("%s -%s", bench_words_get (words, 21 + k * 3), bench_words_get (words, 22 + k * 3));
}

static void
clear_query (gpointer data)
{
  g_free (((BenchQuery *) data)->text);
}

/**
 * bench_queries_new:
 * @words: the vocabulary of the notes
 *
 * Makes the queries, the same for the same words.
 *
 * Returns: (element-type BenchQuery) (transfer full): 200 of them
 */
GArray *
bench_queries_new (BenchWords *words)
{
  static const struct
  {
    const char *kind;
    char *(*make) (BenchWords *words, guint k);
  } kinds[] = {
    { "rare", make_rare },     { "common", make_common }, { "prefix", make_prefix }, { "inside", make_inside },
    { "phrase", make_phrase }, { "cjk", make_cjk },       { "tag", make_tag },       { "dates", make_dates },
    { "or", make_or },         { "minus", make_minus },
  };
  GArray *queries = g_array_sized_new (FALSE, FALSE, sizeof (BenchQuery), BENCH_N_QUERIES);

  g_array_set_clear_func (queries, clear_query);
  for (guint i = 0; i < BENCH_N_QUERIES; i++)
    {
      guint kind = i % G_N_ELEMENTS (kinds);
      BenchQuery query = { kinds[kind].kind, kinds[kind].make (words, i / G_N_ELEMENTS (kinds)) };

      g_array_append_val (queries, query);
    }
  return queries;
}
