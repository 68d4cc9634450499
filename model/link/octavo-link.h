/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-markdown-links.h"

G_BEGIN_DECLS

/* Where a link leads to. */
typedef enum
{
  OCTAVO_LINK_ADDRESS, /* out of the application: http, https, mailto */
  OCTAVO_LINK_TITLE,   /* to the note of that title */
  OCTAVO_LINK_NOTE,    /* to the note of that id */
  OCTAVO_LINK_HEADING, /* in the same note */
  OCTAVO_LINK_TAG,
  OCTAVO_LINK_REFUSED, /* to what is not opened from a note */
} OctavoLinkKind;

typedef struct
{
  OctavoLinkKind kind;
  char          *target; /* the address, the title, the heading, the name; of a refused one what was written */
  gint64         id;
} OctavoLink;

OctavoLink *octavo_link_new (OctavoMarkdownSpanKind kind, const char *target) G_GNUC_WARN_UNUSED_RESULT;
void        octavo_link_free (OctavoLink *self);

/* A link as one address, and back: octavo:title/A%20note, octavo:note/7, octavo:tag/work, octavo:heading/Sources. */
char       *octavo_link_to_uri (const OctavoLink *self) G_GNUC_WARN_UNUSED_RESULT;
OctavoLink *octavo_link_new_from_uri (const char *uri) G_GNUC_WARN_UNUSED_RESULT;

/* A title may have a # itself: from the longest title that a target can mean on. */
gboolean octavo_link_next_title (const char *target, gsize *length);
char    *octavo_link_dup_title (const char *target) G_GNUC_WARN_UNUSED_RESULT;
char    *octavo_link_make (gint64 id, const char *title) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoLink, octavo_link_free)

G_END_DECLS
