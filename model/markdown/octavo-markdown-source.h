/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A note, and what md4c is given to read in place of it. */
typedef struct
{
  char    *text;
  gsize    size;
  gsize    base; /* where front matter ends */
  GString *read;
  GArray  *added; /* what only the latter has */
} OctavoMarkdownSource;

void     octavo_markdown_source_init (OctavoMarkdownSource *self, const char *text, gsize size);
void     octavo_markdown_source_clear (OctavoMarkdownSource *self);
guint    octavo_markdown_source_get_place (OctavoMarkdownSource *self, gsize offset);
gboolean octavo_markdown_source_find (OctavoMarkdownSource *self,
                                      const char           *text,
                                      gsize                 size,
                                      guint                *start,
                                      guint                *end);

G_END_DECLS
