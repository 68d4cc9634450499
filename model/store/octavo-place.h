/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where the notes of a person are: octavo/notes.db in the data folder, or where they were moved to. Not in the
 * settings, which the command line does without. Any thread. */
char    *octavo_place_get (void); /* (transfer full) */
char    *octavo_place_dup_real (const char *path) G_GNUC_WARN_UNUSED_RESULT;
char    *octavo_place_dup_digits (const char *path) G_GNUC_WARN_UNUSED_RESULT;
gboolean octavo_place_set (const char *path, GError **error);
gboolean octavo_place_is_missing (const char *path);
gboolean octavo_place_is_lent (const char *path);
gboolean octavo_place_prepare (const char *path, gboolean may_make, char **notice, GError **error);
void     octavo_place_make_private (const char *path);

G_END_DECLS
