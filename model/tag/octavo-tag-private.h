/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-tag.h"

G_BEGIN_DECLS

/* How many notes of a user have a tag, or one under it. */
typedef struct
{
  gint64 user_id;
  gint64 n_notes;
} OctavoTagUserCount;

/* For the repository: a tag as it was read, and its colour and counts when they were read again. */
OctavoTag *octavo_tag_new (gint64 id, const char *name, const char *color, gint64 n_notes, gint64 n_notes_in_tree)
    G_GNUC_WARN_UNUSED_RESULT;
void octavo_tag_set_color (OctavoTag *self, const char *color);
void octavo_tag_set_counts (OctavoTag *self, gint64 n_notes, gint64 n_notes_in_tree);
void octavo_tag_set_user_counts (OctavoTag *self, GArray *counts);

G_END_DECLS
