/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-text"

#include "octavo-diff.h"

#include "octavo-diff-units.h"

/* The shortest edit script, by E. Myers, "An O(ND) Difference Algorithm and Its Variations", Algorithmica 1 (1986), in
 * the variant of section 4b that needs memory in proportion to the texts alone: paths are followed from both ends until
 * they meet, which parts the texts in two halves that are compared each by itself.
 *
 * That takes a time in proportion to the length times the number of differences: too long for two texts of a megabyte
 * that have nothing in common. So after so many steps the path that came farthest is taken as if it were the best, and
 * where that was needed often there are fewer steps; the differences are true then as well, but not the fewest. What
 * only one of the texts has is left out before: it is no part of any path. */

#define MOST_STEPS 400
#define FEW_STEPS  16
#define MOST_WORK  6000000 /* places looked at with most steps: some tens of milliseconds, ten thousand differences */
#define MOST_FINE  20000   /* bytes in which words are compared: a few milliseconds */

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
  gsize work; /* that was done so far */
  gboolean gives_up;
} Compare;

/* The units of a text that the other one has, too. */
typedef struct
{
  guint *ids;
  guint *places; /* of each in the text */
  guint n;
} Common;

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

static gboolean
is_rough (const Compare *self)
{
  return self->work > MOST_WORK;
}

/* The point to which most of both texts is behind a path, counted from its end. With few steps it is one from the
 * start: each is a level of a recursion where it is from the end. */
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
  return is_rough (self) || (first.old_at - part->old_start) + (first.new_at - part->new_start) >=
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
  for (guint i = 0, n_steps = is_rough (self) ? FEW_STEPS : MOST_STEPS; i < n_steps; i++)
    {
      self->work += 2 * (i + 1);
      if (step_forward (self, part, is_odd, &point) || step_back (self, part, !is_odd, &point))
        return point;
    }
  return find_farthest (self, part);
}

static void
compare (Compare *self, Part part)
{
  for (;;)
    {
      Point middle;

      strip (self, &part);
      if (part.old_start == part.old_end || part.new_start == part.new_end || (self->gives_up && is_rough (self)))
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
make_hunks (const OctavoDiffUnits *before,
            const OctavoDiffUnits *after,
            const gboolean *is_removed,
            const gboolean *is_added)
{
  GArray *hunks = g_array_new (FALSE, FALSE, sizeof (OctavoDiffHunk));
  guint i = 0, j = 0;

  while (i < before->n || j < after->n)
    {
      OctavoDiffHunk hunk = { .old_start = before->starts[i], .new_start = after->starts[j] };
      guint old_first = i, new_first = j;

      while (i < before->n && is_removed[i])
        i++;
      while (j < after->n && is_added[j])
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

static gboolean *
list_ids (const OctavoDiffUnits *units, guint n_ids)
{
  gboolean *has_id = g_new0 (gboolean, (gsize) n_ids + 1);

  for (guint i = 0; i < units->n; i++)
    has_id[units->ids[i]] = TRUE;
  return has_id;
}

static void
common_init (Common *self, const OctavoDiffUnits *units, const OctavoDiffUnits *other, guint n_ids)
{
  g_autofree gboolean *has_id = list_ids (other, n_ids);

  *self = (Common){ g_new (guint, (gsize) units->n + 1), g_new (guint, (gsize) units->n + 1), 0 };
  for (guint i = 0; i < units->n; i++)
    if (has_id[units->ids[i]])
      {
        self->ids[self->n] = units->ids[i];
        self->places[self->n++] = i;
      }
}

/* is_changed: of the common units. (transfer full): of all: what is not common is, too. Takes the common ones. */
static gboolean *
spread (Common *self, const gboolean *is_changed, guint n_units)
{
  gboolean *changed = g_new (gboolean, (gsize) n_units + 1);

  for (guint i = 0; i < n_units; i++)
    changed[i] = TRUE;
  for (guint i = 0; i < self->n; i++)
    changed[self->places[i]] = is_changed[i];
  g_free (self->ids);
  g_free (self->places);
  return changed;
}

/* NULL where it gave up. */
static GArray *
compare_units (const OctavoDiffUnits *before, const OctavoDiffUnits *after, guint n_ids, gboolean gives_up)
{
  Common old_units, new_units;
  g_autofree gssize *forward = NULL, *back = NULL;
  g_autofree gboolean *removed = NULL, *added = NULL, *is_removed = NULL, *is_added = NULL;
  gsize n_diagonals;
  Compare self = { 0 };

  common_init (&old_units, before, after, n_ids);
  common_init (&new_units, after, before, n_ids);
  n_diagonals = (gsize) old_units.n + new_units.n + 3;
  forward = g_new (gssize, n_diagonals);
  back = g_new (gssize, n_diagonals);
  removed = g_new0 (gboolean, (gsize) old_units.n + 1);
  added = g_new0 (gboolean, (gsize) new_units.n + 1);
  self = (Compare){
    .old_ids = old_units.ids,
    .new_ids = new_units.ids,
    .removed = removed,
    .added = added,
    .forward.reached = forward + new_units.n + 1,
    .back.reached = back + new_units.n + 1,
    .gives_up = gives_up,
  };
  compare (&self, (Part){ 0, old_units.n, 0, new_units.n });
  is_removed = spread (&old_units, removed, before->n);
  is_added = spread (&new_units, added, after->n);
  return gives_up && is_rough (&self) ? NULL : make_hunks (before, after, is_removed, is_added);
}

static GArray *
diff (const char *old_text,
      gsize old_length,
      const char *new_text,
      gsize new_length,
      OctavoDiffUnit unit,
      gboolean gives_up)
{
  g_autoptr (GHashTable) numbers = octavo_diff_numbers_new ();
  OctavoDiffUnits before, after;
  GArray *hunks;

  octavo_diff_units_init (&before, numbers, old_text, old_length, unit);
  octavo_diff_units_init (&after, numbers, new_text, new_length, unit);
  hunks = compare_units (&before, &after, g_hash_table_size (numbers), gives_up);
  octavo_diff_units_clear (&before);
  octavo_diff_units_clear (&after);
  return hunks;
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
  return diff (old_text, old_length, new_text, new_length, unit, FALSE);
}

/**
 * octavo_diff_of_kin:
 * @old_text: a text, not necessarily ended by a zero
 * @old_length: its length in bytes
 * @new_text: another
 * @new_length: its length in bytes
 * @unit: what to compare
 *
 * As octavo_diff(), of texts of which one may come from the other. Any thread.
 *
 * Returns: (transfer full) (nullable) (element-type OctavoDiffHunk): the places; %NULL where there are ten thousands of
 *   them, so that it would take long to find the fewest
 */
GArray *
octavo_diff_of_kin (const char *old_text, gsize old_length, const char *new_text, gsize new_length, OctavoDiffUnit unit)
{
  return diff (old_text, old_length, new_text, new_length, unit, TRUE);
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
