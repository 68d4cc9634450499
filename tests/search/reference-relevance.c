/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference-private.h"

#include <math.h>
#include <string.h>

/* Relevance as it is told in ARCHITECTURE.md, counted out of the texts. */

#define N_TEXTS 2 /* titles, body */

typedef struct
{
  const OctavoNode *node;
  gboolean is_wanted[N_TEXTS];
  double rarity[N_TEXTS];
} Word;

typedef struct
{
  const ReferenceNote *note;
  guint place;
  long first_measure;
  double score;
  gsize length; /* of what was read of it */
} Row;

static const char *
folded_text (const ReferenceNote *note, int text)
{
  return text == 0 ? note->folded_titles : note->folded_body;
}

static void
collect (const OctavoNode *node, GArray *words)
{
  Word *word = NULL;

  for (guint i = 0; node->kind != OCTAVO_NODE_NOT && node->children != NULL && i < node->children->len; i++)
    collect (g_ptr_array_index (node->children, i), words);
  if (node->kind != OCTAVO_NODE_TEXT)
    return;
  for (guint i = 0; i < words->len && word == NULL; i++)
    {
      Word *other = &g_array_index (words, Word, i);

      if (g_str_equal (other->node->text, node->text) && other->node->at_start == node->at_start &&
          other->node->at_end == node->at_end)
        word = other;
    }
  if (word == NULL)
    {
      Word added = { .node = node };

      g_array_append_val (words, added);
      word = &g_array_index (words, Word, words->len - 1);
    }
  if (node->field != OCTAVO_FIELD_BODY)
    word->is_wanted[0] = TRUE;
  if (node->field != OCTAVO_FIELD_TITLE)
    word->is_wanted[1] = TRUE;
}

static void
weigh (GPtrArray *notes, GArray *words)
{
  for (guint i = 0; i < words->len; i++)
    for (int text = 0; text < N_TEXTS; text++)
      {
        Word *word = &g_array_index (words, Word, i);
        double have = 0;

        for (guint j = 0; j < notes->len; j++)
          have += reference_count_text (folded_text (g_ptr_array_index (notes, j), text), word->node, 1);
        word->rarity[text] = log (1.0 + (notes->len - have + 0.5) / (have + 0.5));
        if (text == 0)
          word->rarity[text] *= 4;
      }
}

static long
first_measure (const ReferenceNote *note, GArray *words)
{
  long sum = 0;

  for (guint i = 0; i < words->len; i++)
    for (int text = 0; text < N_TEXTS; text++)
      {
        const Word *word = &g_array_index (words, Word, i);

        if (word->is_wanted[text] && reference_count_text (folded_text (note, text), word->node, 1) > 0)
          sum += lround (word->rarity[text] * 256);
      }
  return sum;
}

/* The first 16 KiB. (transfer full) */
static char *
read_start (const ReferenceNote *note, int text)
{
  g_autofree char *titles = g_strconcat (note->title, "\n", note->aliases, NULL);
  const char *whole = text == 0 ? titles : note->body;
  gsize length = strlen (whole);
  g_autofree char *start = NULL;

  if (length > 16384)
    for (length = 16384; length > 16381 && ((guchar) whole[length] & 0xc0) == 0x80;)
      length--;
  start = g_strndup (whole, length);
  return reference_fold (start);
}

static double
score (const ReferenceNote *note, GArray *words, const double *average)
{
  double sum = 0;

  for (int text = 0; text < N_TEXTS; text++)
    {
      g_autofree char *start = read_start (note, text);
      double length = strlen (start) / MAX (average[text], 1);

      for (guint i = 0; i < words->len; i++)
        {
          const Word *word = &g_array_index (words, Word, i);
          double n = reference_count_text (start, word->node, G_MAXUINT);

          if (!word->is_wanted[text] || reference_count_text (folded_text (note, text), word->node, 1) == 0)
            continue;
          n = MAX (n, 1);
          sum += word->rarity[text] * n * 2.2 / (n + 1.2 * (0.25 + 0.75 * length));
        }
    }
  return sum;
}

static int
compare_measures (gconstpointer a, gconstpointer b)
{
  const Row *x = a, *y = b;

  if (x->first_measure != y->first_measure)
    return x->first_measure > y->first_measure ? -1 : 1;
  return x->place < y->place ? -1 : x->place > y->place;
}

static void
score_rows (GArray *rows, guint n_read, GArray *words)
{
  double average[N_TEXTS] = { 0 };

  for (guint i = 0; i < n_read; i++)
    {
      Row *row = &g_array_index (rows, Row, i);

      row->place = i;
      for (int text = 0; text < N_TEXTS; text++)
        {
          g_autofree char *start = read_start (row->note, text);

          average[text] += (double) strlen (start) / n_read;
          row->length += strlen (start);
        }
    }
  for (guint i = 0; i < n_read; i++)
    g_array_index (rows, Row, i).score = score (g_array_index (rows, Row, i).note, words, average);
}

/* Sums of the same numbers in another order may differ in the last bits, and so may scores that are equal here, where
 * they come from other counts and lengths. */
#define HAIR 1e-9

static gboolean
are_in_order (const Row *row, const Row *next)
{
  if (row == NULL || next == NULL)
    return FALSE;
  if (fabs (row->score - next->score) >= HAIR)
    return row->score > next->score;
  return row->place < next->place || row->score != next->score || row->length != next->length;
}

static const ReferenceNote *
find_note (GHashTable *by_id, gint64 id)
{
  return g_hash_table_lookup (by_id, &id);
}

gboolean
reference_is_by_relevance (GPtrArray *notes, OctavoQuery *query, GArray *found, GArray *by_date)
{
  g_autoptr (GArray) words = g_array_new (FALSE, FALSE, sizeof (Word));
  g_autoptr (GArray) rows = g_array_new (FALSE, TRUE, sizeof (Row));
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GHashTable) read = g_hash_table_new (g_int64_hash, g_int64_equal);
  guint n_read = MIN (by_date->len, REFERENCE_N_READ);
  gboolean is_right = found->len == by_date->len;

  if (octavo_query_get_root (query) != NULL)
    collect (octavo_query_get_root (query), words);
  for (guint i = 0; i < notes->len; i++)
    g_hash_table_insert (by_id, &((ReferenceNote *) g_ptr_array_index (notes, i))->id, g_ptr_array_index (notes, i));
  weigh (notes, words);
  for (guint i = 0; i < by_date->len; i++)
    {
      Row row = { find_note (by_id, g_array_index (by_date, gint64, i)), i, 0, 0, 0 };

      row.first_measure = by_date->len > n_read ? first_measure (row.note, words) : 0;
      g_array_append_val (rows, row);
    }
  g_array_sort (rows, compare_measures);
  score_rows (rows, n_read, words);
  for (guint i = 0; i < n_read; i++)
    {
      Row *row = &g_array_index (rows, Row, i);

      g_hash_table_insert (read, (gpointer) &row->note->id, row);
    }
  for (guint i = 0; is_right && i < found->len; i++)
    {
      const gint64 *id = &g_array_index (found, gint64, i);

      if (i >= n_read)
        is_right = *id == g_array_index (rows, Row, i).note->id;
      else if (i > 0)
        is_right = are_in_order (g_hash_table_lookup (read, id - 1), g_hash_table_lookup (read, id));
      else
        is_right = g_hash_table_contains (read, id);
    }
  return is_right;
}
