/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a call without a command asks the window for. */
typedef struct
{
  char    *database; /* (nullable) */
  char    *user;     /* (nullable) */
  char    *query;    /* (nullable); "": just the search entry */
  gint64   note_id;  /* 0: none */
  gboolean is_link;  /* by which the note was named */
  gboolean new_note;
  gboolean is_service; /* the bus started it, and says what for */
  char    *title;      /* (nullable): of the new note */
  char    *problem;    /* (nullable): with a link, in words for a person */
  GStrv    files;      /* as they were named; never NULL */
} OctavoLaunch;

OctavoLaunch *octavo_launch_new (const char *const *arguments, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void          octavo_launch_free (OctavoLaunch *self);
gboolean      octavo_launch_check_files (const OctavoLaunch *self, GError **error);
OctavoLaunch *octavo_launch_new_for_files (GFile **files, int n_files) G_GNUC_WARN_UNUSED_RESULT;
OctavoLaunch *octavo_launch_new_for_result (const char *query, gint64 note_id) G_GNUC_WARN_UNUSED_RESULT;
OctavoLaunch *octavo_launch_new_for_title (const char *title) G_GNUC_WARN_UNUSED_RESULT;

gboolean      octavo_launch_wants_greeting (const OctavoLaunch *self, const char *application_id);

char         *octavo_launch_dup_application_id (const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoLaunch, octavo_launch_free)

G_END_DECLS
