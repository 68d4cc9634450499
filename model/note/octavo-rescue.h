/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note.h"
#include "octavo-store.h"

G_BEGIN_DECLS

/* What was typed into one note and could not be written to the file of notes; a plain value. */
typedef struct
{
  gint64      id;         /* 0: it is in no file yet */
  gint64      created;    /* tells whether the note of that id is the same one */
  gint64      user_id;    /* whose it is */
  gint64      since;      /* when the first of it was typed, microseconds since 1970, UTC; 0: nobody knows */
  char       *base_title; /* what the file had when this was typed */
  char       *base_body;
  char       *title;
  char       *body;
  OctavoNote *note; /* (nullable): that was made of it, and could not be saved either */
} OctavoRescued;

void octavo_rescued_free (OctavoRescued *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoRescued, octavo_rescued_free)

/* (element-type OctavoRescued) */
char      *octavo_rescue_to_text (GPtrArray *notes) G_GNUC_WARN_UNUSED_RESULT;
gboolean   octavo_rescue_write (const char *path, const char *text, GError **error);
GPtrArray *octavo_rescue_read (const char *path, gboolean *is_understood) G_GNUC_WARN_UNUSED_RESULT;

/* Main thread, as the repositories are. */
gboolean octavo_rescue_take_in (OctavoStore *store, GPtrArray *notes, GError **error);

G_END_DECLS
