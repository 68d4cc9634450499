/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-types.h"

G_BEGIN_DECLS

/* Where the parts of a list begin that is sorted by date: today, yesterday, … as a calendar of one day has it. Plain
 * values: any thread. */
typedef struct _OctavoDateGroups OctavoDateGroups;

typedef struct
{
  guint position; /* of the first note */
  int   group;    /* for octavo_date_groups_describe() */
} OctavoGroupStart;

OctavoDateGroups *octavo_date_groups_new (GDateTime *now) G_GNUC_WARN_UNUSED_RESULT;
OctavoDateGroups *octavo_date_groups_ref (OctavoDateGroups *self);
void              octavo_date_groups_unref (OctavoDateGroups *self);

int               octavo_date_groups_classify (OctavoDateGroups *self, gboolean pinned, gint64 when);
/* (transfer full) */
char *octavo_date_groups_describe (OctavoDateGroups *self, int group) G_GNUC_WARN_UNUSED_RESULT;

/* For any number of notes, of which few are read. Main thread. (element-type OctavoGroupStart) (transfer full) */
void    octavo_date_groups_find_async (OctavoDateGroups   *self,
                                       OctavoStore        *store,
                                       GArray             *ids, /* of gint64, in order */
                                       OctavoSort          sort,
                                       GCancellable       *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer            user_data);
GArray *octavo_date_groups_find_finish (OctavoStore *store, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoDateGroups, octavo_date_groups_unref)

G_END_DECLS
