/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a call without a command asks the window for. */
typedef struct
{
  char    *database; /* (nullable) */
  char    *user;     /* (nullable) */
  char    *query;    /* (nullable); "": just the search entry */
  gint64   note_id;  /* 0: none */
  gboolean new_note;
  GStrv    files; /* as they were named; never NULL */
} OctavoLaunch;

OctavoLaunch *octavo_launch_new (const char *const *arguments, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void          octavo_launch_free (OctavoLaunch *self);
gboolean      octavo_launch_check_files (const OctavoLaunch *self, GError **error);

gboolean      octavo_launch_wants_greeting (const OctavoLaunch *self, const char *application_id);

char         *octavo_launch_dup_application_id (const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoLaunch, octavo_launch_free)

G_END_DECLS
