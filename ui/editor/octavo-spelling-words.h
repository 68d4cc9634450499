/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-markdown-leaf.h"

G_BEGIN_DECLS

/* A word of a line, in bytes. */
typedef struct
{
  guint32 start;
  guint32 end;
} OctavoSpellingWord;

GArray *octavo_spelling_words_find (const OctavoMarkdownLeaf *leaf, guint line, const char *text, gsize size)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean octavo_spelling_words_is_letter (gunichar character);

G_END_DECLS
