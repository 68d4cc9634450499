/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-values.h"
#include "octavo-store.h"

G_BEGIN_DECLS

/* Notes by their titles, the best first, for whoever goes to one by typing some of its title. What a title must say is
 * what the words of a search mean; the trash is left out. text: "" for the notes that changed last. A new call does not
 * cancel an older one. (element-type OctavoNoteValues) (transfer full), NULL with error. Main thread. */
void       octavo_title_finder_find_async (OctavoStore        *store,
                                           const char         *text,
                                           guint               n_max,
                                           GCancellable       *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer            user_data);
GPtrArray *octavo_title_finder_find_finish (OctavoStore  *store,
                                            GAsyncResult *result,
                                            gboolean     *has_exact, /* (out) (optional): one has just that title */
                                            GError      **error);

G_END_DECLS
