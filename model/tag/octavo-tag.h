/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-types.h"

G_BEGIN_DECLS

/* A tag: an entity of the mapper. Its place in the tree is its name: "work/project" is a child of "work". In a list of
 * tags there is also one for each path that only those under it have. */
#define OCTAVO_TYPE_TAG (octavo_tag_get_type ())
OCTAVO_DECLARE_FINAL_TYPE (OctavoTag, octavo_tag, OCTAVO, TAG)

#define OCTAVO_TAG_MAX_LENGTH 100 /* characters */

gint64      octavo_tag_get_id (OctavoTag *self);
const char *octavo_tag_get_name (OctavoTag *self);
const char *octavo_tag_get_folded_name (OctavoTag *self); /* as octavo_tag_fold_name() gives it */
const char *octavo_tag_get_color (OctavoTag *self); /* property "color": a name of octavo-tag-colors.h; "": none */
gboolean    octavo_tag_is_path (OctavoTag *self);   /* no tag itself: there are only some under it */
/* How many notes have it that are not in the trash: it itself, or it or a tag under it. Properties "n-notes" and
 * "n-notes-in-tree". */
gint64 octavo_tag_get_n_notes (OctavoTag *self);
gint64 octavo_tag_get_n_notes_in_tree (OctavoTag *self);
gint64 octavo_tag_get_n_notes_of_user (OctavoTag *self, gint64 user_id); /* in the tree; "n-notes-in-tree" notifies */

/* The name as it is stored: white space and a leading # trimmed, NFC, empty parts of a path dropped. NULL with
 * OCTAVO_ERROR_INVALID_TAG where it is empty, too long, or has a comma or a control character. */
char *octavo_tag_normalize_name (const char *name, GError **error);
/* What two names of one tag have in common (case folded). */
char *octavo_tag_fold_name (const char *name);

G_END_DECLS
