/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-bench"

#include "bench-words.h"

#include <math.h>

/* A language of its own: words that can be pronounced, as often as Zipf found words to be, in sentences, paragraphs and
 * some Markdown. The same seed says the same again, on every machine. */
struct _BenchWords
{
  guint64 state;
  GPtrArray *words; /* by rank, the commonest first */
  double *sums;     /* of the weights, up to each rank */
  GPtrArray *cjk;   /* words of Chinese, Japanese and Korean, by rank */
};

#define N_CJK                   2000

#define WORDS_IN_SENTENCE       12
#define SENTENCES_IN_PARAGRAPH  5
#define PARAGRAPHS_TO_A_HEADING 4

static guint64
next (BenchWords *self) /* splitmix64 */
{
  guint64 z = self->state += 0x9e3779b97f4a7c15u;

  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

static double
fraction (BenchWords *self)
{
  return (double) (next (self) >> 11) / 9007199254740992.0; /* 2^53 */
}

static char *
make_word (BenchWords *self, guint rank)
{
  static const char *const onsets[] = { "b", "c", "d", "f", "g", "l",  "m",  "n",
                                        "p", "r", "s", "t", "v", "st", "tr", "pl" };
  static const char *const vowels[] = { "a", "e", "i", "o", "u", "ai", "ou" };
  static const char *const codas[] = { "", "", "", "n", "r", "s", "l" };
  guint n_syllables = rank < 40 ? 1 : 2 + (guint) bench_words_random (self, 2);
  GString *word = g_string_new (NULL);

  for (guint i = 0; i < n_syllables; i++)
    {
      g_string_append (word, onsets[bench_words_random (self, G_N_ELEMENTS (onsets))]);
      g_string_append (word, vowels[bench_words_random (self, G_N_ELEMENTS (vowels))]);
    }
  g_string_append (word, codas[bench_words_random (self, G_N_ELEMENTS (codas))]);
  return g_string_free (word, FALSE);
}

/* One to three characters: most of them Han, some kana and Hangul. */
static char *
make_cjk (BenchWords *self)
{
  static const struct
  {
    gunichar first;
    guint n;
  } scripts[] = { { 0x4e00, 800 }, { 0x4e00, 800 }, { 0x5f00, 400 }, { 0x3042, 80 }, { 0xac00, 400 } };
  guint script = (guint) bench_words_random (self, G_N_ELEMENTS (scripts));
  GString *word = g_string_new (NULL);

  for (guint i = 1 + (guint) bench_words_random (self, 3); i > 0; i--)
    g_string_append_unichar (word, scripts[script].first + (gunichar) bench_words_random (self, scripts[script].n));
  return g_string_free (word, FALSE);
}

/**
 * bench_words_new:
 * @seed: what decides everything
 * @n_words: how many different words there are
 *
 * Makes the vocabulary.
 *
 * Returns: (transfer full): the words
 */
BenchWords *
bench_words_new (guint64 seed, guint n_words)
{
  BenchWords *self = g_new0 (BenchWords, 1);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  double sum = 0;

  self->state = seed;
  self->words = g_ptr_array_new_with_free_func (g_free);
  self->sums = g_new (double, n_words);
  while (self->words->len < n_words)
    {
      char *word = make_word (self, self->words->len);

      /* not g_hash_table_add() alone: it would keep the word that is freed */
      if (g_hash_table_contains (known, word))
        {
          g_free (word);
          continue;
        }
      g_hash_table_add (known, word);
      g_ptr_array_add (self->words, word);
      sum += 1.0 / (self->words->len + 2.7);
      self->sums[self->words->len - 1] = sum;
    }
  self->cjk = g_ptr_array_new_with_free_func (g_free);
  while (self->cjk->len < N_CJK)
    g_ptr_array_add (self->cjk, make_cjk (self));
  return self;
}

/**
 * bench_words_free:
 *
 * Frees the vocabulary.
 */
void
bench_words_free (BenchWords *self)
{
  g_ptr_array_unref (self->words);
  g_ptr_array_unref (self->cjk);
  g_free (self->sums);
  g_free (self);
}

/**
 * bench_words_random:
 * @below: more than 0
 *
 * Returns: a number from 0 up to, and without, @below
 */
guint64
bench_words_random (BenchWords *self, guint64 below)
{
  return next (self) % below;
}

/**
 * bench_words_normal:
 *
 * Returns: a number around 0 with the standard deviation 1
 */
double
bench_words_normal (BenchWords *self)
{
  double radius = sqrt (-2 * log (1 - fraction (self)));

  return radius * cos (2 * G_PI * fraction (self));
}

/**
 * bench_words_get:
 * @rank: 0 is the commonest
 *
 * Returns: (transfer none): the word of that rank
 */
const char *
bench_words_get (BenchWords *self, guint rank)
{
  return g_ptr_array_index (self->words, rank);
}

/* A rank as often as Zipf found it, of the first n. */
static guint
next_rank (BenchWords *self, guint n)
{
  double wanted = fraction (self) * self->sums[n - 1];
  guint low = 0, high = n - 1;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (self->sums[middle] < wanted)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/**
 * bench_words_next:
 *
 * Returns: (transfer none): the next word of the language
 */
const char *
bench_words_next (BenchWords *self)
{
  return g_ptr_array_index (self->words, next_rank (self, self->words->len));
}

/**
 * bench_words_get_cjk:
 * @rank: 0 is the commonest; below 2000
 *
 * Returns: (transfer none): the word of Chinese, Japanese or Korean of that rank
 */
const char *
bench_words_get_cjk (BenchWords *self, guint rank)
{
  return g_ptr_array_index (self->cjk, rank);
}

/**
 * bench_words_get_tag:
 * @id: from 1 on
 *
 * Returns: (transfer full): the name of that tag: every third one stands below the one before it
 */
char *
bench_words_get_tag (BenchWords *self, guint id)
{
  const char *name = bench_words_get (self, id + 100);

  return id % 3 == 0 ? g_strdup_printf ("%s/%s", bench_words_get (self, id + 99), name) : g_strdup (name);
}

static void
append_capitalized (GString *text, const char *word)
{
  g_string_append_c (text, g_ascii_toupper (*word));
  g_string_append (text, word + 1);
}

/**
 * bench_words_append_title:
 * @text: where to
 *
 * Appends a title of two to six words.
 */
void
bench_words_append_title (BenchWords *self, GString *text)
{
  append_capitalized (text, bench_words_next (self));
  for (guint i = 1 + (guint) bench_words_random (self, 5); i > 0; i--)
    {
      g_string_append_c (text, ' ');
      g_string_append (text, bench_words_next (self));
    }
}

static void
append_heading (BenchWords *self, GString *text)
{
  g_string_append (text, "## ");
  bench_words_append_title (self, text);
  g_string_append (text, "\n\n");
}

/**
 * bench_words_append_body:
 * @text: where to
 * @n_words: how long, headings not counted
 *
 * Appends paragraphs, with a heading now and then.
 */
void
bench_words_append_body (BenchWords *self, GString *text, guint n_words)
{
  guint in_sentence = 0, sentences = 0, paragraphs = 0;

  for (guint i = 0; i < n_words; i++)
    {
      const char *word = bench_words_next (self);

      if (in_sentence == 0)
        append_capitalized (text, word);
      else
        g_string_append (text, word);
      if (++in_sentence < WORDS_IN_SENTENCE && i + 1 < n_words)
        {
          g_string_append_c (text, ' ');
          continue;
        }
      in_sentence = 0;
      sentences++;
      if (sentences % SENTENCES_IN_PARAGRAPH != 0)
        {
          g_string_append (text, ". ");
          continue;
        }
      g_string_append (text, ".\n\n");
      if (++paragraphs % PARAGRAPHS_TO_A_HEADING == 0)
        append_heading (self, text);
    }
}

/**
 * bench_words_append_cjk:
 * @text: where to
 * @n_words: how long
 *
 * Appends a paragraph without spaces, or without a stop where it has no more words than a title.
 */
void
bench_words_append_cjk (BenchWords *self, GString *text, guint n_words)
{
  for (guint i = 1; i <= n_words; i++)
    {
      g_string_append (text, g_ptr_array_index (self->cjk, next_rank (self, self->cjk->len)));
      if (i % WORDS_IN_SENTENCE == 0)
        g_string_append (text, "。");
    }
}
