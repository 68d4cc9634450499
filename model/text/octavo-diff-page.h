/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-diff.h"

G_BEGIN_DECLS

typedef enum
{
  OCTAVO_DIFF_LINE_SAME,
  OCTAVO_DIFF_LINE_REMOVED,
  OCTAVO_DIFF_LINE_ADDED,
  OCTAVO_DIFF_LINE_PLACE, /* before those of a place that differs, without a text */
} OctavoDiffLineKind;

/* Characters of a line: from the first to before the last. */
typedef struct
{
  guint start;
  guint end;
} OctavoDiffMark;

typedef struct
{
  OctavoDiffLineKind kind;
  guint              number;    /* of a place: that of its first line in the new text, from 1 */
  guint              n_removed; /* of a place: words */
  guint              n_added;
  char              *text;  /* (nullable) */
  GArray            *marks; /* (nullable) (element-type OctavoDiffMark): the words that differ */
} OctavoDiffLine;

/* Where two texts differ, to be looked at: the lines of each place and some around it. Any thread. */
typedef struct
{
  GPtrArray *lines; /* (element-type OctavoDiffLine) */
  guint      n_places;
  guint      n_removed; /* words, in all places */
  guint      n_added;
  gboolean   is_cut; /* there are more places than have lines */
} OctavoDiffPage;

OctavoDiffPage *octavo_diff_page_new (const char *old_text,
                                      const char *new_text,
                                      guint       max_lines) G_GNUC_WARN_UNUSED_RESULT;
void            octavo_diff_page_free (OctavoDiffPage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoDiffPage, octavo_diff_page_free)

G_END_DECLS
