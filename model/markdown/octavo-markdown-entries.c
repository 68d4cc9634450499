/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-markdown"

#include "octavo-markdown-entries.h"

#include <string.h>

/* An array with a gap where it was last edited, which is where it is edited next: a line more or less costs nothing. */

#define LEAST_GAP 64

static void
move (OctavoMarkdownEntries *self, guint to, guint from, guint n)
{
  if (n > 0)
    memmove (self->data + to, self->data + from, n * sizeof *self->data);
}

static void
move_gap (OctavoMarkdownEntries *self, guint to)
{
  if (to < self->gap)
    move (self, to + self->gap_size, to, self->gap - to);
  else
    move (self, self->gap, self->gap + self->gap_size, to - self->gap);
  self->gap = to;
}

static void
grow_gap (OctavoMarkdownEntries *self, guint least)
{
  guint size = MAX (least, self->n / 8) + LEAST_GAP;

  if (self->gap_size >= least)
    return;
  self->data = g_renew (OctavoMarkdownEntry, self->data, (gsize) self->n + size);
  move (self, self->gap + size, self->gap + self->gap_size, self->n - self->gap);
  self->gap_size = size;
}

/**
 * octavo_markdown_entries_clear:
 * @self: entries
 *
 * Frees what they hold.
 */
void
octavo_markdown_entries_clear (OctavoMarkdownEntries *self)
{
  g_free (self->data);
  memset (self, 0, sizeof *self);
}

/**
 * octavo_markdown_entries_replace:
 * @self: entries
 * @first: where
 * @n_removed: how many go
 * @n_added: how many come in their place
 * @entry: what each of these is
 */
void
octavo_markdown_entries_replace (OctavoMarkdownEntries *self,
                                 guint first,
                                 guint n_removed,
                                 guint n_added,
                                 OctavoMarkdownEntry entry)
{
  g_return_if_fail (first <= self->n && n_removed <= self->n - first);

  move_gap (self, first);
  self->gap_size += n_removed;
  self->n -= n_removed;
  grow_gap (self, n_added);
  for (guint i = 0; i < n_added; i++)
    self->data[first + i] = entry;
  self->gap += n_added;
  self->gap_size -= n_added;
  self->n += n_added;
}
