/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-fold.h"
#include "octavo-tokenizer.h"

G_BEGIN_DECLS

/* A text as it is matched. Counted. */
typedef struct
{
  OctavoFolded folded;
  OctavoFacts  facts;
} OctavoFoldedText;

OctavoFoldedText *octavo_folded_text_new (const char *text,
                                          gsize       length,
                                          gboolean    with_facts) G_GNUC_WARN_UNUSED_RESULT;
void              octavo_folded_text_unref (OctavoFoldedText *self);

/* The few largest texts of notes that the index does not know. Any thread. */
typedef struct _OctavoFoldCache OctavoFoldCache;

OctavoFoldCache                *octavo_fold_cache_new (void) G_GNUC_WARN_UNUSED_RESULT;
void                            octavo_fold_cache_free (OctavoFoldCache *self);

OctavoFoldedText *octavo_fold_cache_fold (OctavoFoldCache *self, gint64 note_id, const char *text, gsize length)
    G_GNUC_WARN_UNUSED_RESULT;
void octavo_fold_cache_clear (OctavoFoldCache *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoFoldedText, octavo_folded_text_unref)

G_END_DECLS
