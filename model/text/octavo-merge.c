/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-text"

#include "octavo-merge.h"

#include "octavo-diff.h"

#include <string.h>

/* A three-way merge (see S. Khanna, K. Kunal and B. Pierce, "A Formal Investigation of Diff3", FSTTCS 2007): what each
 * side changed in the base is taken over. Where both changed the same lines their words are compared; where both
 * changed the same words, there is nothing that would be right for both. Other than by diff3, changes that only touch
 * are not in each other's way, and of two texts that were put in at the same place both stay, ours first: two people
 * have each written a line at the end of a list. */

typedef struct
{
  const char *text;
  gsize length;
} Stretch;

typedef struct
{
  Stretch text;
  GArray *hunks; /* of OctavoDiffHunk, against the base */
  guint next;
} Side;

/* The part of the base that both sides change, and what each has there. */
typedef struct
{
  Stretch base;
  Stretch ours;
  Stretch theirs;
} Clash;

static gboolean merge (GString *merged, const Clash *all, OctavoDiffUnit unit);

/* Where next to nothing of the words of the base is left, what stays by chance says nothing: FALSE. */
static gboolean
side_init (Side *self, Stretch base, Stretch text, OctavoDiffUnit unit)
{
  self->text = text;
  self->next = 0;
  self->hunks = unit == OCTAVO_DIFF_LINES ? octavo_diff (base.text, base.length, text.text, text.length, unit)
                                          : octavo_diff_of_kin (base.text, base.length, text.text, text.length, unit);
  return self->hunks != NULL;
}

static const OctavoDiffHunk *
peek (const Side *self)
{
  return self->next < self->hunks->len ? &g_array_index (self->hunks, OctavoDiffHunk, self->next) : NULL;
}

static gboolean
is_insertion (const OctavoDiffHunk *hunk)
{
  return hunk->old_start == hunk->old_end;
}

/* Lines clash where both take from the same ones, or one puts something in between two that the other changes; words
 * also where nothing stands between what the two do: a sentence that both went on with would be nobody's. */
static gboolean
overlap (const OctavoDiffHunk *one, const OctavoDiffHunk *other, OctavoDiffUnit unit)
{
  if (unit == OCTAVO_DIFF_WORDS)
    return one->old_start <= other->old_end && other->old_start <= one->old_end;
  return one->old_start < other->old_end && other->old_start < one->old_end;
}

static gboolean
is_same (const Side *ours, const OctavoDiffHunk *one, const Side *theirs, const OctavoDiffHunk *other)
{
  gsize length = one->new_end - one->new_start;

  return one->old_start == other->old_start && one->old_end == other->old_end &&
         length == other->new_end - other->new_start &&
         memcmp (ours->text.text + one->new_start, theirs->text.text + other->new_start, length) == 0;
}

static void
append (GString *merged, Stretch from, gsize start, gsize end)
{
  g_string_append_len (merged, from.text + start, (gssize) (end - start));
}

/* Takes all hunks of both sides that hang together with the next ones. */
static Clash
take_clash (Side *ours, Side *theirs, Stretch base, gsize *start, gsize *end)
{
  const OctavoDiffHunk *our = peek (ours), *their = peek (theirs);
  gsize our_start = our->old_start, their_start = their->old_start;
  gsize our_new = our->new_start, their_new = their->new_start;
  gsize our_end, their_end;

  *start = MIN (our_start, their_start);
  *end = *start;
  for (;;)
    {
      our = peek (ours);
      their = peek (theirs);
      if (our != NULL && (our->old_start < *end || our->old_start == our_start))
        {
          *end = MAX (*end, our->old_end);
          ours->next++;
        }
      else if (their != NULL && (their->old_start < *end || their->old_start == their_start))
        {
          *end = MAX (*end, their->old_end);
          theirs->next++;
        }
      else
        break;
    }
  our = &g_array_index (ours->hunks, OctavoDiffHunk, ours->next - 1);
  their = &g_array_index (theirs->hunks, OctavoDiffHunk, theirs->next - 1);
  our_end = our->new_end + (*end - our->old_end);
  their_end = their->new_end + (*end - their->old_end);
  our_new -= our_start - *start;
  their_new -= their_start - *start;
  return (Clash){ { base.text + *start, *end - *start },
                  { ours->text.text + our_new, our_end - our_new },
                  { theirs->text.text + their_new, their_end - their_new } };
}

/* What one side alone changes next, or both without being in each other's way. */
static gsize
take_hunk (GString *merged, Side *side, Stretch base, gsize at)
{
  const OctavoDiffHunk *hunk = peek (side);

  append (merged, base, at, hunk->old_start);
  append (merged, side->text, hunk->new_start, hunk->new_end);
  side->next++;
  return hunk->old_end;
}

/* Which side comes first where they do not overlap; what is put in before a place comes before what is taken after it.
 */
static Side *
get_first (Side *ours, Side *theirs)
{
  const OctavoDiffHunk *our = peek (ours), *their = peek (theirs);

  if (our == NULL)
    return theirs;
  if (their == NULL || our->old_start < their->old_start)
    return ours;
  if (their->old_start < our->old_start)
    return theirs;
  return is_insertion (our) || !is_insertion (their) ? ours : theirs;
}

static gboolean
merge_sides (GString *merged, Side *ours, Side *theirs, Stretch base, OctavoDiffUnit unit)
{
  gsize at = 0;

  while (peek (ours) != NULL || peek (theirs) != NULL)
    {
      const OctavoDiffHunk *our = peek (ours), *their = peek (theirs);

      if (our != NULL && their != NULL && is_same (ours, our, theirs, their))
        {
          theirs->next++;
          at = take_hunk (merged, ours, base, at);
        }
      else if (our != NULL && their != NULL && overlap (our, their, unit))
        {
          gsize start, end;
          Clash clash;

          if (unit == OCTAVO_DIFF_WORDS)
            return FALSE;
          clash = take_clash (ours, theirs, base, &start, &end);
          append (merged, base, at, start);
          if (!merge (merged, &clash, OCTAVO_DIFF_WORDS))
            return FALSE;
          at = end;
        }
      else
        at = take_hunk (merged, get_first (ours, theirs), base, at);
    }
  append (merged, base, at, base.length);
  return TRUE;
}

static gboolean
merge (GString *merged, const Clash *all, OctavoDiffUnit unit)
{
  Side ours = { 0 }, theirs = { 0 };
  gboolean is_merged = side_init (&ours, all->base, all->ours, unit) &&
                       side_init (&theirs, all->base, all->theirs, unit) &&
                       merge_sides (merged, &ours, &theirs, all->base, unit);

  g_clear_pointer (&ours.hunks, g_array_unref);
  g_clear_pointer (&theirs.hunks, g_array_unref);
  return is_merged;
}

/* The last line of a text has no end, and would be another line with one: what both have put below it would clash. */
static Stretch
make_lines (const char *text)
{
  return (Stretch){ g_strconcat (text, "\n", NULL), strlen (text) + 1 };
}

/**
 * octavo_merge:
 * @base: the text that both come from
 * @ours: what one has made of it
 * @theirs: what the other has made of it
 *
 * Brings two changes of a text together, by lines, and within lines that both changed by words. Texts of a megabyte
 * take some tens of milliseconds, also where they have nothing in common. Any thread.
 *
 * Returns: (transfer full) (nullable): the text with both changes; %NULL where they change the same words
 */
char *
octavo_merge (const char *base, const char *ours, const char *theirs)
{
  g_autoptr (GString) merged = NULL;
  Clash all;
  gboolean is_merged;

  g_return_val_if_fail (base != NULL && ours != NULL && theirs != NULL, NULL);

  all = (Clash){ make_lines (base), make_lines (ours), make_lines (theirs) };
  merged = g_string_sized_new (MAX (all.ours.length, all.theirs.length) + 1);
  is_merged = merge (merged, &all, OCTAVO_DIFF_LINES);
  g_free ((char *) all.base.text);
  g_free ((char *) all.ours.text);
  g_free ((char *) all.theirs.text);
  if (!is_merged)
    return NULL;
  g_string_truncate (merged, merged->len > 0 ? merged->len - 1 : 0);
  return g_string_free (g_steal_pointer (&merged), FALSE);
}
