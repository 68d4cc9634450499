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
  gint64 first_id;   /* what a slot stands for */
} OctavoLeafState;

OctavoLeafCache *octavo_leaf_cache_new (gsize max_bytes) G_GNUC_WARN_UNUSED_RESULT;
void             octavo_leaf_cache_free (OctavoLeafCache *self);

/* Adds the notes found for a key. matches (out): (element-type char *) (transfer full) */
gboolean octavo_leaf_cache_get (OctavoLeafCache       *self,
                                const OctavoLeafState *state,
                                const char            *key,
                                OctavoBitmap          *notes,
                                GPtrArray            **matches);
void     octavo_leaf_cache_put (OctavoLeafCache       *self,
                                const OctavoLeafState *state,
                                const char            *key,
                                const OctavoBitmap    *notes,
                                GPtrArray             *matches);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoLeafCache, octavo_leaf_cache_free)

G_END_DECLS
