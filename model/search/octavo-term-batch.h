/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-term.h"

G_BEGIN_DECLS

/* Which terms come into the index, and go out of it, with some notes. Belongs to the writing thread. */
typedef struct _OctavoTermBatch OctavoTermBatch;

OctavoTermBatch                *octavo_term_batch_new (void) G_GNUC_WARN_UNUSED_RESULT;
void                            octavo_term_batch_free (OctavoTermBatch *self);

void octavo_term_batch_begin_text (OctavoTermBatch *self, OctavoColumn column, gint64 note_id, gboolean is_gone);
/* An OctavoTermFunc; batch: an OctavoTermBatch */
void octavo_term_batch_add (const char *term, gsize length, gboolean in_vocabulary, gpointer batch);

/* Calls func with each term and each note that has it, and leaves the batch empty. */
typedef void (*OctavoTermBatchFunc) (OctavoTermList list, const char *term, gint64 note_id, gpointer data);
void     octavo_term_batch_drain (OctavoTermBatch *self, OctavoTermBatchFunc func, gpointer data);

gboolean octavo_term_batch_write (OctavoTermBatch *self, OrmConnection *connection, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoTermBatch, octavo_term_batch_free)

G_END_DECLS
