/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reference.h"

G_BEGIN_DECLS

/* (transfer full) */
char *reference_fold (const char *text);

/* How often a folded text has what a node of text asks for, one place after the other, at most max. */
guint reference_count_text (const char *folded, const OctavoNode *node, guint max);

G_END_DECLS
