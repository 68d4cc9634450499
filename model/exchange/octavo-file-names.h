/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Hands out names for the files of one folder, each once, whatever a file system thinks of case. */
typedef struct _OctavoFileNames OctavoFileNames;

OctavoFileNames                *octavo_file_names_new (void) G_GNUC_WARN_UNUSED_RESULT;
void                            octavo_file_names_free (OctavoFileNames *self);
void                            octavo_file_names_add (OctavoFileNames *self, const char *name);
char                           *octavo_file_names_make (OctavoFileNames *self, const char *title, const char *suffix);

char                           *octavo_file_name_from_title (const char *title, gsize max_bytes);
char                           *octavo_file_name_to_title (const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoFileNames, octavo_file_names_free)

G_END_DECLS
