/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-markdown-leaf.h"

G_BEGIN_DECLS

/* A link, or a #tag, as it stands in a text. */
typedef struct
{
  guint8 kind; /* OctavoMarkdownSpanKind */
  guint  line;
  gsize  offset; /* of the line in the text, in bytes; 0 where the text is that of an editor */
  gsize  start;  /* in bytes of the line */
  gsize  end;
  char  *target; /* where it leads to, as it is written */
} OctavoMarkdownFoundLink;

OctavoMarkdownFoundLink *octavo_markdown_links_get_at (OctavoMarkdownLines *lines,
                                                       guint                line,
                                                       gsize                index) G_GNUC_WARN_UNUSED_RESULT;
/* (element-type OctavoMarkdownFoundLink) (transfer full) */
GPtrArray *octavo_markdown_links_find_notes (const char *text) G_GNUC_WARN_UNUSED_RESULT;

void       octavo_markdown_found_link_free (OctavoMarkdownFoundLink *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoMarkdownFoundLink, octavo_markdown_found_link_free)

G_END_DECLS
