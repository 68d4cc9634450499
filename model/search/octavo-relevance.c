/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-search"

#include "octavo-relevance.h"
#include "octavo-matcher.h"

#include <math.h>
#include <string.h>

/* Which notes matter most: BM25, where a word counts for more the fewer notes have it, four times as much in the title,
 * more where it stands more often, and less where the text is long.
 *
 * How often a word stands in a note is not in the sets, and FTS5 needs a tenth of a microsecond a note to tell, and
 * more the more terms have a part of a word. So it is done in two steps. The first knows which words each note has, in
 * the title and in the text, and puts all notes into order by these alone, those that are as good as each other by
 * date: out of the sets that were found anyway. The best hundred or so of these are read, their words counted, and put
 * in order by the full measure, whose average lengths are those of the notes that were read; the others follow as they
 * are.
 *
 * Of a long text only the beginning is read. */
#define TITLE_WEIGHT 4.0
#define K1           1.2
#define B            0.75
#define MAX_LENGTH   (16 * 1024) /* of a text, in bytes */
#define FINENESS     256         /* steps of the first measure for 1 */

/* A text that counts, and what it counts for. */
typedef struct
{
  const OctavoNode *node;
  gboolean in_column[OCTAVO_N_COLUMNS];
  double weight[OCTAVO_N_COLUMNS];
} Word;

/* A note that is read. */
typedef struct
{
  guint32 slot;
  guint place; /* among them, by date */
  double score;
  double length[OCTAVO_N_COLUMNS];
} Candidate;

typedef struct
{
  OctavoLeaves *leaves;
  OctavoTextFinder *finder;
  OctavoOrder *order;
  const OctavoBitmap *notes;
  GArray *words;     /* of Word: each leaf once */
  guint32 *measures; /* (nullable): by slot: of the first step */
  guint8 *codes;     /* (nullable): by slot, instead, where words are few: a bit for each that it has, in each column */
  guint32 of_code[256];
  guint next_code;
} Ranking;

static void
collect_words (Ranking *self, const OctavoNode *node, Word **of_leaf)
{
  if (node->kind == OCTAVO_NODE_TEXT)
    {
      guint leaf = g_array_index (self->leaves->of_node, guint, node->leaf);
      Word *word = of_leaf[leaf];

      if (word == NULL)
        {
          Word added = { .node = node };

          g_array_append_val (self->words, added);
          word = of_leaf[leaf] = &g_array_index (self->words, Word, self->words->len - 1);
        }
      word->in_column[OCTAVO_COLUMN_TITLE] |= node->field != OCTAVO_FIELD_BODY;
      word->in_column[OCTAVO_COLUMN_BODY] |= node->field != OCTAVO_FIELD_TITLE;
    }
  for (guint i = 0; node->children != NULL && node->kind != OCTAVO_NODE_NOT && i < node->children->len; i++)
    collect_words (self, g_ptr_array_index (node->children, i), of_leaf);
}

/* found: nothing but notes that there are counts. */
static double
weigh (Ranking *self, OctavoColumn column, const OctavoBitmap *found)
{
  const OctavoBitmap *all = octavo_order_get_notes (self->order);
  double n_notes = octavo_bitmap_count (all), n_found = 0;

  for (guint i = 0; i < all->n_words; i++)
    n_found += __builtin_popcountll (all->words[i] & found->words[i]);
  return log (1 + (n_notes - n_found + 0.5) / (n_found + 0.5)) * (column == OCTAVO_COLUMN_TITLE ? TITLE_WEIGHT : 1);
}

static void
measure (Ranking *self, const OctavoBitmap *found, double weight)
{
  guint32 measure = (guint32) lround (weight * FINENESS);

  for (guint i = 0; i < found->n_words && (self->codes != NULL || self->measures != NULL); i++)
    for (guint64 rest = found->words[i] & self->notes->words[i]; rest != 0; rest &= rest - 1)
      {
        guint slot = i * 64 + __builtin_ctzll (rest);

        if (self->codes != NULL)
          self->codes[slot] |= (guint8) self->next_code;
        else
          self->measures[slot] += measure;
      }
  for (guint i = 0; self->codes != NULL && i < G_N_ELEMENTS (self->of_code); i++)
    if (i & self->next_code)
      self->of_code[i] += measure;
  self->next_code <<= 1;
}

/* Weighs the words, and gives each note what it has of them. */
static gboolean
measure_all (Ranking *self, GError **error)
{
  for (guint i = 0; i < self->words->len; i++)
    for (int column = 0; column < OCTAVO_N_COLUMNS; column++)
      {
        Word *word = &g_array_index (self->words, Word, i);
        const OctavoBitmap *found;

        if (!word->in_column[column])
          continue;
        if (g_cancellable_set_error_if_cancelled (self->finder->cancellable, error))
          return FALSE;
        found = octavo_leaves_find (self->leaves, word->node, (OctavoColumn) column, self->notes, error);
        if (found == NULL)
          return FALSE;
        word->weight[column] = weigh (self, (OctavoColumn) column, found);
        measure (self, found, word->weight[column]);
      }
  return TRUE;
}

/* Of few words there are few measures: one pass counts how many notes have each, another puts them there. slots: n of
 * them, by date. Returns: (transfer full): the same, by measure */
static guint32 *
sort_by_code (Ranking *self, const guint32 *slots, guint n)
{
  guint32 *sorted = g_new (guint32, n);
  guint counts[256] = { 0 }, starts[256] = { 0 };
  guint8 first_of[256]; /* what codes of the same measure are counted with */

  for (guint i = 0; i < G_N_ELEMENTS (first_of); i++)
    for (first_of[i] = 0; self->of_code[first_of[i]] != self->of_code[i];)
      first_of[i]++;
  for (guint i = 0; i < n; i++)
    counts[first_of[self->codes[slots[i]]]]++;
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    for (guint j = 0; j < G_N_ELEMENTS (starts); j++)
      if (self->of_code[j] > self->of_code[i])
        starts[i] += counts[j];
  for (guint i = 0; i < n; i++)
    sorted[starts[first_of[self->codes[slots[i]]]]++] = slots[i];
  return sorted;
}

/* Sorts by one byte of the measures, the highest first; what has the same stays as it is. Returns: whether anything
 * moved */
static gboolean
sort_by_byte (const guint32 *measures, guint shift, const guint32 *slots, guint32 *sorted, guint n)
{
  guint starts[256] = { 0 };

  for (guint i = 0; i < n; i++)
    starts[255 - ((measures[slots[i]] >> shift) & 255)]++;
  for (guint i = 0, start = 0; i < G_N_ELEMENTS (starts); i++)
    {
      guint count = starts[i];

      if (count == n)
        return FALSE;
      starts[i] = start;
      start += count;
    }
  for (guint i = 0; i < n; i++)
    sorted[starts[255 - ((measures[slots[i]] >> shift) & 255)]++] = slots[i];
  return TRUE;
}

/* slots: (transfer full): n of them, by date. Returns: (transfer full): the same, by measure */
static guint32 *
sort_by_measure (const guint32 *measures, guint32 *slots, guint n)
{
  guint32 *other = g_new (guint32, n);

  for (guint shift = 0; shift < 32; shift += 8)
    if (sort_by_byte (measures, shift, slots, other, n))
      {
        guint32 *swapped = slots;

        slots = other;
        other = swapped;
      }
  g_free (other);
  return slots;
}

/* has: for each candidate, for each word, for each column: whether it is there; it is counted at least once then */
static gboolean
find_words (Ranking *self, GArray *candidates, guint8 *has, GError **error)
{
  for (guint i = 0; i < self->words->len; i++)
    for (int column = 0; column < OCTAVO_N_COLUMNS; column++)
      {
        const Word *word = &g_array_index (self->words, Word, i);
        const OctavoBitmap *found;

        if (!word->in_column[column])
          continue;
        found = octavo_leaves_find (self->leaves, word->node, (OctavoColumn) column, self->notes, error);
        if (found == NULL)
          return FALSE;
        for (guint j = 0; j < candidates->len; j++)
          has[(j * self->words->len + i) * OCTAVO_N_COLUMNS + column] =
              octavo_bitmap_get (found, g_array_index (candidates, Candidate, j).slot);
      }
  return TRUE;
}

static guint16
count_hits (const OctavoNode *node, const OctavoFolded *folded)
{
  gsize from = 0, start, end;
  guint16 n = 0;

  for (; n < G_MAXUINT16 && octavo_match_find (node, folded, from, &start, &end); n++)
    from = end;
  return MAX (n, 1);
}

/* counts: for each word, for each column: how often; 0: it is not there */
static void
count_words (Ranking *self,
             OctavoColumn column,
             const char *text,
             gsize length,
             const guint8 *has,
             guint16 *counts,
             double *folded_length)
{
  g_auto (OctavoFolded) folded = OCTAVO_FOLDED_INIT;

  if (length > MAX_LENGTH)
    for (length = MAX_LENGTH; length > MAX_LENGTH - 3 && ((guchar) text[length] & 0xc0) == 0x80;)
      length--;
  octavo_fold (text, (gssize) length, FALSE, &folded);
  *folded_length = (double) folded.length;
  for (guint i = 0; i < self->words->len; i++)
    if (has[i * OCTAVO_N_COLUMNS + column])
      counts[i * OCTAVO_N_COLUMNS + column] = count_hits (g_array_index (self->words, Word, i).node, &folded);
}

static gboolean
read_candidate (Ranking *self, Candidate *candidate, const guint8 *has, guint16 *counts, GError **error)
{
  OrmStatement *statement =
      orm_connection_prepare (self->finder->connection,
                              "SELECT title || char (10) || aliases, body FROM note WHERE id = ?", error);
  OrmStep step;

  if (statement == NULL || g_cancellable_set_error_if_cancelled (self->finder->cancellable, error))
    return FALSE;
  orm_statement_bind_int64 (statement, 1, octavo_order_get_id (self->order, candidate->slot));
  step = orm_statement_step (statement, error);
  for (int column = 0; step == ORM_STEP_ROW && column < OCTAVO_N_COLUMNS; column++)
    {
      gsize length = 0;
      const char *text = orm_statement_get_text (statement, column, &length);

      count_words (self, (OctavoColumn) column, text != NULL ? text : "", length, has, counts,
                   &candidate->length[column]);
    }
  orm_statement_reset (statement);
  self->finder->counts.n_scored++;
  return step != ORM_STEP_ERROR;
}

static void
score_candidates (Ranking *self, GArray *candidates, const guint16 *counts)
{
  double average[OCTAVO_N_COLUMNS] = { 0 };
  guint n_words = self->words->len;

  for (guint i = 0; i < candidates->len; i++)
    for (int column = 0; column < OCTAVO_N_COLUMNS; column++)
      average[column] += g_array_index (candidates, Candidate, i).length[column] / candidates->len;
  for (guint i = 0; i < candidates->len; i++)
    for (guint j = 0; j < n_words * OCTAVO_N_COLUMNS; j++)
      {
        Candidate *candidate = &g_array_index (candidates, Candidate, i);
        double count = counts[i * n_words * OCTAVO_N_COLUMNS + j];
        int column = (int) (j % OCTAVO_N_COLUMNS);

        if (count > 0)
          candidate->score += g_array_index (self->words, Word, j / OCTAVO_N_COLUMNS).weight[column] * count *
                              (K1 + 1) /
                              (count + K1 * (1 - B + B * candidate->length[column] / MAX (average[column], 1)));
      }
}

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *x = a, *y = b;

  if (x->score != y->score)
    return x->score > y->score ? -1 : 1;
  return x->place < y->place ? -1 : x->place > y->place;
}

static gboolean
rank_candidates (Ranking *self, GArray *candidates, GError **error)
{
  gsize n_of_note = (gsize) self->words->len * OCTAVO_N_COLUMNS;
  g_autofree guint8 *has = g_new0 (guint8, candidates->len * n_of_note + 1);
  g_autofree guint16 *counts = g_new0 (guint16, candidates->len * n_of_note + 1);

  if (!find_words (self, candidates, has, error))
    return FALSE;
  for (guint i = 0; i < candidates->len; i++)
    if (!read_candidate (self, &g_array_index (candidates, Candidate, i), has + i * n_of_note, counts + i * n_of_note,
                         error))
      return FALSE;
  score_candidates (self, candidates, counts);
  g_array_sort (candidates, compare_candidates);
  return TRUE;
}

/* The slots of the notes, by date. (transfer full) */
static guint32 *
take_slots (Ranking *self, const guint32 *sorted, gsize n_sorted, guint *n_slots)
{
  guint n_notes = octavo_bitmap_count (self->notes);
  guint32 *slots = g_new (guint32, n_notes + 1);

  *n_slots = 0;
  for (gsize i = 0; i < n_sorted && *n_slots < n_notes; i++)
    {
      slots[*n_slots] = sorted[i];
      *n_slots += octavo_bitmap_get (self->notes, sorted[i]);
    }
  return slots;
}

static gboolean
rank (Ranking *self, const guint32 *sorted, gsize n_sorted, GArray *ids, GError **error)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, TRUE, sizeof (Candidate));
  g_autofree guint32 *measures = NULL;
  g_autofree guint8 *codes = NULL;
  g_autofree guint32 *slots = NULL;
  guint n_slots, n_read, n_all = octavo_order_get_n_slots (self->order);
  gint64 *out;

  slots = take_slots (self, sorted, n_sorted, &n_slots);
  n_read = MIN (n_slots, OCTAVO_RELEVANCE_N_READ);
  if (n_slots > n_read && self->words->len * OCTAVO_N_COLUMNS <= 8)
    self->codes = codes = g_new0 (guint8, n_all + 64);
  else if (n_slots > n_read)
    self->measures = measures = g_new0 (guint32, n_all + 64);
  if (!measure_all (self, error))
    return FALSE;
  if (codes != NULL)
    {
      guint32 *by_date = g_steal_pointer (&slots);

      slots = sort_by_code (self, by_date, n_slots);
      g_free (by_date);
    }
  else if (measures != NULL)
    slots = sort_by_measure (measures, g_steal_pointer (&slots), n_slots);
  for (guint i = 0; i < n_read; i++)
    {
      Candidate candidate = { .slot = slots[i], .place = i };

      g_array_append_val (candidates, candidate);
    }
  if (!rank_candidates (self, candidates, error))
    return FALSE;
  g_array_set_size (ids, ids->len + n_slots);
  out = (gint64 *) (gpointer) ids->data + ids->len - n_slots;
  for (guint i = 0; i < n_slots; i++)
    out[i] = octavo_order_get_id (self->order, i < n_read ? g_array_index (candidates, Candidate, i).slot : slots[i]);
  return TRUE;
}

/* octavo_relevance_append:
 * @leaves: of the query, that want all
 * @root: of the query
 * @sorted: the slots of all notes, by date
 * @notes: what the query finds
 * @ids: (element-type gint64): where their ids are appended
 *
 * Puts notes in order by how much they have of what is asked for. Where no words are asked for, that is by date.
 * Reading thread. */
gboolean
octavo_relevance_append (OctavoLeaves *leaves,
                         const OctavoNode *root,
                         const guint32 *sorted,
                         gsize n_sorted,
                         const OctavoBitmap *notes,
                         GArray *ids,
                         GError **error)
{
  g_autoptr (GArray) words = g_array_sized_new (FALSE, FALSE, sizeof (Word), leaves->leaves->len);
  g_autofree Word **of_leaf = g_new0 (Word *, leaves->leaves->len + 1);
  Ranking self = { leaves, leaves->finder, leaves->finder->order, notes, words, .next_code = 1 };

  collect_words (&self, root, of_leaf);
  if (words->len > 0)
    return rank (&self, sorted, n_sorted, ids, error);
  octavo_order_append_ids (self.order, sorted, n_sorted, notes, ids);
  return TRUE;
}
