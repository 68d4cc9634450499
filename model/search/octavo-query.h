/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-types.h"

G_BEGIN_DECLS

/* A query, parsed once into a tree; immutable, atomically counted, safe on every thread. Never a syntax error. */
#define OCTAVO_TYPE_QUERY (octavo_query_get_type ())
GType        octavo_query_get_type (void);
OctavoQuery *octavo_query_new (const char *text) G_GNUC_WARN_UNUSED_RESULT;
OctavoQuery *octavo_query_ref (OctavoQuery *self);
void         octavo_query_unref (OctavoQuery *self);

gboolean     octavo_query_is_empty (OctavoQuery *self);
gboolean     octavo_query_was_cut (OctavoQuery *self);   /* it was longer than is looked at */
char        *octavo_query_to_string (OctavoQuery *self); /* the tree, for tests: (and bell (not (tag work))) */

/* Where the positive words and phrases of the query stand in a text, in order, not overlapping: byte offsets. */
typedef struct
{
  gsize start;
  gsize end;
} OctavoHit;

/* field: "title", "body" or "tag". (element-type OctavoHit) (transfer full) */
GArray *octavo_query_find_hits (OctavoQuery *self, const char *field, const char *text, gsize max_hits);

/* Whether there may be any in such a text: a query for a tag finds none in a body. */
gboolean octavo_query_can_hit (OctavoQuery *self, const char *field);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoQuery, octavo_query_unref)

G_END_DECLS
