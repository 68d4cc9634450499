/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-list-shift.h"

/**
 * octavo_list_shift_find:
 * @list: the notes as they are now
 * @seen: (element-type gint64): ids of the notes that could be seen, in the order of their rows
 * @first_seen: the position that the first of them had
 *
 * Says how far the notes that could be seen have moved: as far as most of them have. One of them may have gone to the
 * top, and the list does not go there with it.
 *
 * Returns: rows, down for positive
 */
int
octavo_list_shift_find (OctavoNoteList *list, const GArray *seen, guint first_seen)
{
  int best_shift = 0;
  guint most = 0;

  for (guint i = 0; i < seen->len; i++)
    {
      guint position;
      guint votes = 0;

      if (!octavo_note_list_find_position (list, g_array_index (seen, gint64, i), &position))
        continue;
      for (guint j = i; j < seen->len; j++)
        {
          guint other;

          if (octavo_note_list_find_position (list, g_array_index (seen, gint64, j), &other) &&
              other - position == j - i)
            votes++;
        }
      if (votes > most)
        {
          most = votes;
          best_shift = (int) position - (int) (first_seen + i);
        }
    }
  return best_shift;
}
