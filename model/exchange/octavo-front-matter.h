/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the YAML before a Markdown text says. */
typedef struct
{
  char      *title;   /* NULL: it does not say */
  GPtrArray *tags;    /* (element-type char *): as written, but for a comma list, which is taken apart */
  GPtrArray *aliases; /* (element-type char *) */
  gboolean   has_created;
  gint64     created;
  gboolean   has_updated;
  gint64     updated;
  gboolean   pinned;
  gint64     trashed;
  char      *user_name;       /* whose note it was where it was exported; NULL: it does not say */
  gboolean   tags_in_text;    /* whether #tags in the text are tags of the note */
  gboolean   keeps_line_ends; /* whether CR LF in the text are meant */
  char      *rest;            /* the lines that are none of the above, as they are, without the last line end */
  gboolean   has_duplicates;  /* a key stands there twice: other programs may refuse it */
  GPtrArray *warnings;        /* (element-type char *): what was said but not understood */
} OctavoFrontMatter;

/* Keys that only Octavo's own export writes. */
#define OCTAVO_FRONT_MATTER_USER         "octavo-user"
#define OCTAVO_FRONT_MATTER_TRASHED      "octavo-trashed"
#define OCTAVO_FRONT_MATTER_TAGS_IN_TEXT "octavo-tags-in-text"
#define OCTAVO_FRONT_MATTER_LINE_ENDS    "octavo-line-ends"
#define OCTAVO_FRONT_MATTER_REST         "octavo-front-matter"

gboolean           octavo_front_matter_find (const char *text,
                                             gsize       length,
                                             gsize      *yaml_start,
                                             gsize      *yaml_length,
                                             gsize      *body_start);
OctavoFrontMatter *octavo_front_matter_parse (const char *yaml, gsize length, GError **error);
OctavoFrontMatter *octavo_front_matter_new (void);
void               octavo_front_matter_free (OctavoFrontMatter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoFrontMatter, octavo_front_matter_free)

G_END_DECLS
