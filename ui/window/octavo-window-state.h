/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-types.h"

G_BEGIN_DECLS

/* What of a window comes back after a restart: a plain value. */
typedef struct
{
  gboolean    is_of_note; /* a window of one note, rather than of all */
  gint64      note_id;    /* the note that is open; 0: none */
  int         width;      /* pixels, when it is not maximized */
  int         height;
  gboolean    maximized;
  gboolean    sidebar; /* wanted, where there is room for it */
  OctavoSort  sort;
  OctavoScope scope;
} OctavoWindowState;

void        octavo_window_state_init (OctavoWindowState *self, gboolean is_of_note);
const char *octavo_window_state_get_sort_name (const OctavoWindowState *self);
void        octavo_window_state_write (const OctavoWindowState *self, GKeyFile *file, const char *group);
gboolean    octavo_window_state_read (OctavoWindowState *self, GKeyFile *file, const char *group);

G_END_DECLS
