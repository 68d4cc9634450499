/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a difference is counted in. */
typedef enum
{
  OCTAVO_DIFF_LINES,
  OCTAVO_DIFF_WORDS,
} OctavoDiffUnit;

/* A place where two texts differ, in bytes of each; one of the two stretches may be empty. */
typedef struct
{
  gsize old_start;
  gsize old_end;
  gsize new_start;
  gsize new_end;
} OctavoDiffHunk;

GArray *octavo_diff (const char    *old_text,
                     gsize          old_length,
                     const char    *new_text,
                     gsize          new_length,
                     OctavoDiffUnit unit);
GArray *octavo_diff_of_kin (const char    *old_text,
                            gsize          old_length,
                            const char    *new_text,
                            gsize          new_length,
                            OctavoDiffUnit unit);
GArray *octavo_diff_fine (const char *old_text, gsize old_length, const char *new_text, gsize new_length);

G_END_DECLS
