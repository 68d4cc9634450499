/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-fold.h"
#include "octavo-query-private.h"

G_BEGIN_DECLS

/* Matching against a text at hand: notes that are not indexed yet, names of tags and users, hits to be marked. */
gboolean octavo_match_find (const OctavoNode   *text_node,
                            const OctavoFolded *folded,
                            gsize               from,
                            gsize              *start,
                            gsize              *end);
gboolean octavo_match_text (const OctavoNode *text_node, const OctavoFolded *folded);
gboolean octavo_match_tag (const OctavoNode *tag_node, const char *folded_name);
gboolean octavo_match_user (const OctavoNode *user_node, const char *folded_name);

G_END_DECLS
