/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-index.h"

G_BEGIN_DECLS

/* The distinct terms of the index, in memory. Immutable, atomically counted, safe on every thread. */
typedef struct _OctavoVocabulary OctavoVocabulary;

OctavoVocabulary                *octavo_vocabulary_load (OrmConnection    *connection,
                                                         gint64            generation,
                                                         OctavoVocabulary *old,
                                                         GError          **error) G_GNUC_WARN_UNUSED_RESULT;
OctavoVocabulary                *octavo_vocabulary_ref (OctavoVocabulary *self);
void                             octavo_vocabulary_unref (OctavoVocabulary *self);

typedef enum
{
  OCTAVO_PART_ANY,   /* the term holds it */
  OCTAVO_PART_START, /* the word or gap starts with it */
  OCTAVO_PART_END,   /* the word or gap ends with it */
} OctavoPart;

/* Terms of words, or of gaps, that have a part. (element-type char *) (transfer full) */
GPtrArray *octavo_vocabulary_find (OctavoVocabulary *self,
                                   OctavoColumn      column,
                                   OctavoPart        part,
                                   gboolean          is_gap,
                                   const char       *text,
                                   gsize             length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoVocabulary, octavo_vocabulary_unref)

G_END_DECLS
