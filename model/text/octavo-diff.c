/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-text"

#include "octavo-diff.h"

#include "octavo-diff-units.h"

/* The shortest edit script, by E. Myers, "An O(ND) Difference Algorithm and Its Variations", Algorithmica 1 (1986), in
 * the variant of section 4b that needs memory in proportion to the texts alone: paths are followed from both ends until
 * they meet, which parts the texts in two halves that are compared each by itself.
 *
 * That takes a time in proportion to the length times the number of differences: too long for two texts of a megabyte
 * that have nothing in common. So after so many steps the path that came farthest is taken as if it were the best; the
 * differences are true then as well, but not the fewest. */

#define MOST_STEPS 400
#define MOST_FINE  20000 /* bytes in which words are compared: a few milliseconds */

/* How far the paths from one end came: the unit of the old text for each diagonal, which is the unit of the old text
 * less that of the new one. */
typedef struct
{
  gssize *reached;
  gssize low; /* the diagonals that were reached last */
  gssize high;
} Front;

typedef struct
{
  const guint *old_ids;
  const guint *new_ids;
  gboolean *removed; /* for each unit of the old text */
  gboolean *added;   /* of the new one */
  Front forward;
  Front back;
} Compare;

/* A stretch of both texts: from the first unit of each to before the last. */
typedef struct
{
  gssize old_start;
  gssize old_end;
  gssize new_start;
  gssize new_end;
} Part;

typedef struct
{
  gssize old_at;
  gssize new_at;
} Point;

static void
strip (const Compare *self, Part *part)
{
  while (part->old_start < part->old_end && part->new_start < part->new_end &&
         self->old_ids[part->old_start] == self->new_ids[part->new_start])
    {
      part->old_start++;
      part->new_start++;
    }
  while (part->old_start < part->old_end && part->new_start < part->new_end &&
         self->old_ids[part->old_end - 1] == self->new_ids[part->new_end - 1])
    {
      part->old_end--;
      part->new_end--;
    }
}

/* A step more reaches a diagonal more at each side, and not those between which the last step reached. Beyond the last
 * ones stands what loses against anything. */
static void
widen (Front *front, const Part *part, gssize loser)
{
  if (front->low > part->old_start - part->new_end)
    front->reached[--front->low - 1] = loser;
  else
    front->low++;
  if (front->high < part->old_end - part->new_start)
    front->reached[++front->high + 1] = loser;
  else
    front->high--;
}

static gboolean
has (const Front *front, gssize diagonal)
{
  return diagonal >= front->low && diagonal <= front->high;
}

/* Whether a path from the start meets one from the end, and where. */
static gboolean
step_forward (Compare *self, const Part *part, gboolean may_meet, Point *point)
{
  gssize *reached = self->forward.reached;

  widen (&self->forward, part, -1);
  for (gssize k = self->forward.high; k >= self->forward.low; k -= 2)
    {
      gssize at = MAX (reached[k - 1] + 1, reached[k + 1]);

      while (at < part->old_end && at - k < part->new_end && self->old_ids[at] == self->new_ids[at - k])
        at++;
      reached[k] = at;
      if (may_meet && has (&self->back, k) && self->back.reached[k] <= at)
        {
          *point = (Point){ at, at - k };
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
step_back (Compare *self, const Part *part, gboolean may_meet, Point *point)
{
  gssize *reached = self->back.reached;

  widen (&self->back, part, G_MAXSSIZE);
  for (gssize k = self->back.high; k >= self->back.low; k -= 2)
    {
      gssize at = MIN (reached[k - 1], reached[k + 1] - 1);

      while (at > part->old_start && at - k > part->new_start && self->old_ids[at - 1] == self->new_ids[at - k - 1])
        at--;
      reached[k] = at;
      if (may_meet && has (&self->forward, k) && self->forward.reached[k] >= at)
        {
          *point = (Point){ at, at - k };
          return TRUE;
        }
    }
  return FALSE;
}

/* The point to which most of both texts is behind a path, counted from its end. */
static Point
find_farthest (const Compare *self, const Part *part)
{
  Point first = { part->old_start, part->new_start }, last = { part->old_end, part->new_end };

  for (gssize k = self->forward.low; k <= self->forward.high; k += 2)
    {
      gssize at = MIN (MIN (self->forward.reached[k], part->old_end), part->new_end + k);

      if (at >= part->old_start && at - k >= part->new_start && 2 * at - k > first.old_at + first.new_at)
        first = (Point){ at, at - k };
    }
  for (gssize k = self->back.low; k <= self->back.high; k += 2)
    {
      gssize at = MAX (MAX (self->back.reached[k], part->old_start), part->new_start + k);

      if (at <= part->old_end && at - k <= part->new_end && 2 * at - k < last.old_at + last.new_at)
        last = (Point){ at, at - k };
    }
  return (first.old_at - part->old_start) + (first.new_at - part->new_start) >=
                 (part->old_end - last.old_at) + (part->new_end - last.new_at)
             ? first
             : last;
}

/* Where to part two texts that begin and end with different units. */
static Point
find_middle (Compare *self, const Part *part)
{
  gssize first = part->old_start - part->new_start, last = part->old_end - part->new_end;
  gboolean is_odd = ((first - last) & 1) != 0;
  Point point;

  self->forward.low = self->forward.high = first;
  self->forward.reached[first] = part->old_start;
  self->back.low = self->back.high = last;
  self->back.reached[last] = part->old_end;
  for (guint i = 0; i < MOST_STEPS; i++)
    if (step_forward (self, part, is_odd, &point) || step_back (self, part, !is_odd, &point))
      return point;
  return find_farthest (self, part);
}

static void
compare (Compare *self, Part part)
{
  for (;;)
    {
      Point middle;

      strip (self, &part);
      if (part.old_start == part.old_end || part.new_start == part.new_end)
        break;
      middle = find_middle (self, &part);
      compare (self, (Part){ part.old_start, middle.old_at, part.new_start, middle.new_at });
      part.old_start = middle.old_at;
      part.new_start = middle.new_at;
    }
  for (gssize i = part.old_start; i < part.old_end; i++)
    self->removed[i] = TRUE;
  for (gssize i = part.new_start; i < part.new_end; i++)
    self->added[i] = TRUE;
}

static GArray *
make_hunks (const Compare *self, const OctavoDiffUnits *before, const OctavoDiffUnits *after)
{
  GArray *hunks = g_array_new (FALSE, FALSE, sizeof (OctavoDiffHunk));
  guint i = 0, j = 0;

  while (i < before->n || j < after->n)
    {
      OctavoDiffHunk hunk = { .old_start = before->starts[i], .new_start = after->starts[j] };
      guint old_first = i, new_first = j;

      while (i < before->n && self->removed[i])
        i++;
      while (j < after->n && self->added[j])
        j++;
      if (i == old_first && j == new_first)
        {
          i++;
          j++;
          continue;
        }
      hunk.old_end = before->starts[i];
      hunk.new_end = after->starts[j];
      g_array_append_val (hunks, hunk);
    }
  return hunks;
}

static GArray *
compare_units (const OctavoDiffUnits *before, const OctavoDiffUnits *after)
{
  gsize n_diagonals = (gsize) before->n + after->n + 3;
  g_autofree gssize *forward = g_new (gssize, n_diagonals);
  g_autofree gssize *back = g_new (gssize, n_diagonals);
  g_autofree gboolean *removed = g_new0 (gboolean, before->n + 1);
  g_autofree gboolean *added = g_new0 (gboolean, after->n + 1);
  Compare self = {
    .old_ids = before->ids,
    .new_ids = after->ids,
    .removed = removed,
    .added = added,
    .forward.reached = forward + after->n + 1,
    .back.reached = back + after->n + 1,
  };

  compare (&self, (Part){ 0, before->n, 0, after->n });
  return make_hunks (&self, before, after);
}

/**
 * octavo_diff:
 * @old_text: a text, not necessarily ended by a zero
 * @old_length: its length in bytes
 * @new_text: another
 * @new_length: its length in bytes
 * @unit: what to compare; lines with their ends
 *
 * Finds where two texts differ: the fewest places, unless they have next to nothing in common. Two texts of a megabyte
 * take some tens of milliseconds. Any thread.
 *
 * Returns: (transfer full) (element-type OctavoDiffHunk): the places, in order, with something the same between any two
 */
GArray *
octavo_diff (const char *old_text, gsize old_length, const char *new_text, gsize new_length, OctavoDiffUnit unit)
{
  g_autoptr (GHashTable) numbers = octavo_diff_numbers_new ();
  OctavoDiffUnits before, after;
  GArray *hunks;

  octavo_diff_units_init (&before, numbers, old_text, old_length, unit);
  octavo_diff_units_init (&after, numbers, new_text, new_length, unit);
  hunks = compare_units (&before, &after);
  octavo_diff_units_clear (&before);
  octavo_diff_units_clear (&after);
  return hunks;
}

/**
 * octavo_diff_fine:
 * @old_text: a text, not necessarily ended by a zero
 * @old_length: its length in bytes
 * @new_text: another
 * @new_length: its length in bytes
 *
 * Finds where two texts differ, by words within the lines that do. Any thread.
 *
 * Returns: (transfer full) (element-type OctavoDiffHunk): the places, in order
 */
GArray *
octavo_diff_fine (const char *old_text, gsize old_length, const char *new_text, gsize new_length)
{
  g_autoptr (GArray) lines = octavo_diff (old_text, old_length, new_text, new_length, OCTAVO_DIFF_LINES);
  GArray *fine;

  g_return_val_if_fail (lines != NULL, NULL);

  fine = g_array_new (FALSE, FALSE, sizeof (OctavoDiffHunk));
  for (guint i = 0; i < lines->len; i++)
    {
      const OctavoDiffHunk *hunk = &g_array_index (lines, OctavoDiffHunk, i);
      gsize removed = hunk->old_end - hunk->old_start, added = hunk->new_end - hunk->new_start;
      g_autoptr (GArray) words = NULL;

      if (removed == 0 || added == 0 || removed + added > MOST_FINE)
        {
          g_array_append_val (fine, *hunk);
          continue;
        }
      words = octavo_diff (old_text + hunk->old_start, removed, new_text + hunk->new_start, added, OCTAVO_DIFF_WORDS);
      for (guint j = 0; j < words->len; j++)
        {
          OctavoDiffHunk *word = &g_array_index (words, OctavoDiffHunk, j);

          word->old_start += hunk->old_start;
          word->old_end += hunk->old_start;
          word->new_start += hunk->new_start;
          word->new_end += hunk->new_start;
        }
      g_array_append_vals (fine, words->data, words->len);
    }
  return fine;
}
