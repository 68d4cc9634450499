/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-index.h"
#include "octavo-search.h"
#include "octavo-text-finder.h"
#include "orm-database.h"

G_BEGIN_DECLS

/* For the one that opens the file; the public header knows nothing of the mapper. */

/* To be given to orm_database_set_setup(): makes the index readable on each connection. */
gboolean octavo_search_setup_connection (OrmConnection *connection, gpointer data, GError **error);

/* database: open */
OctavoSearch *octavo_search_new (OrmDatabase *database) G_GNUC_WARN_UNUSED_RESULT;

/* As octavo_search_run(), for work that reads in a transaction already. max_stale: 0: no bound. n_missing (out):
 * how many notes were not looked into for that */
GArray *octavo_search_run_in (OctavoSearch      *self,
                              OrmConnection     *connection,
                              OctavoQuery       *query,
                              const OctavoScope *scope,
                              OctavoSort         sort,
                              gsize              max_stale,
                              guint             *n_missing,
                              GCancellable      *cancellable,
                              GError           **error);

/* Brings the index up to date now, all of it. Blocks; for the command line after an import. */
gboolean octavo_search_update (OctavoSearch *self, GCancellable *cancellable, GError **error);

/* Compares the index with the notes, word by word, and makes it anew where it was wrong. Blocks. */
gboolean octavo_search_check (OctavoSearch *self, OctavoIndexFault *fault, GCancellable *cancellable, GError **error);

/* Has the index made anew by the next check, or at rest, whatever it says. */
void octavo_search_distrust_index (OctavoSearch *self);

/* How queries were answered, all together. */
void octavo_search_get_counts (OctavoSearch *self, OctavoSearchCounts *counts);

/* How many notes the index does not know as they are now. Blocks. */
gboolean octavo_search_count_pending (OctavoSearch *self, guint *n_notes, GError **error);

G_END_DECLS
