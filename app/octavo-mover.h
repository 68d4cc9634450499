/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-store.h"

G_BEGIN_DECLS

/* Moves the file of notes: nothing is lost of either, whatever happens on the way. */
gboolean octavo_mover_can_move (const char *path);

void octavo_mover_copy_async (OctavoStore *store, const char *path, GAsyncReadyCallback callback, gpointer user_data);
gboolean octavo_mover_copy_finish (OctavoStore *store, GAsyncResult *result, GError **error);
char    *octavo_mover_put_away (const char *old_path) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
