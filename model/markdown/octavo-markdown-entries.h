/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  OCTAVO_MARKDOWN_FRESH,
  OCTAVO_MARKDOWN_STALE,
  OCTAVO_MARKDOWN_BARE, /* nothing was ever shown of it */
} OctavoMarkdownShown;

/* What is kept of each line: a note of 4 MiB may have as many lines. */
typedef struct
{
  guint32 state; /* at its end, a number */
  guint8  block; /* OctavoMarkdownBlock */
  guint8  n_quotes;
  guint8  continues : 1;
  guint8  spelled : 1; /* its words were looked at as they are */
  guint8  shown;       /* OctavoMarkdownShown */
} OctavoMarkdownEntry;

typedef struct
{
  OctavoMarkdownEntry *data;
  guint                n;
  guint                gap; /* where it is */
  guint                gap_size;
} OctavoMarkdownEntries;

void octavo_markdown_entries_clear (OctavoMarkdownEntries *self);
void octavo_markdown_entries_replace (OctavoMarkdownEntries *self,
                                      guint                  first,
                                      guint                  n_removed,
                                      guint                  n_added,
                                      OctavoMarkdownEntry    entry);

static inline OctavoMarkdownEntry *
octavo_markdown_entries_get (const OctavoMarkdownEntries *self, guint i)
{
  return &self->data[i < self->gap ? i : i + self->gap_size];
}

G_END_DECLS
