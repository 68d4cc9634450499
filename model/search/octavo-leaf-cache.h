/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-bitmap.h"

G_BEGIN_DECLS

/* What the index said lately, as long as it would say it again. Any thread. */
typedef struct _OctavoLeafCache OctavoLeafCache;

/* What an answer depends on. */
typedef struct
{
  gint64 generation; /* of the index */
  gint64 revision;   /* of the index: how often it was written */
  gint64 first_id;   /* what a slot stands for, where the slots are the ids less that one */
  gint64 changes[4]; /* 0 then; else which state of the order says what they stand for */
} OctavoLeafState;

OctavoLeafCache *octavo_leaf_cache_new (gsize max_bytes) G_GNUC_WARN_UNUSED_RESULT;
void             octavo_leaf_cache_free (OctavoLeafCache *self);

/* Adds the notes found for a key. */
gboolean octavo_leaf_cache_get (OctavoLeafCache       *self,
                                const OctavoLeafState *state,
                                const char            *key,
                                OctavoBitmap          *notes);
void     octavo_leaf_cache_put (OctavoLeafCache       *self,
                                const OctavoLeafState *state,
                                const char            *key,
                                const OctavoBitmap    *notes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoLeafCache, octavo_leaf_cache_free)

G_END_DECLS
