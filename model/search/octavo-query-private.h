/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-date-range.h"
#include "octavo-query.h"

G_BEGIN_DECLS

#define OCTAVO_QUERY_MAX_LENGTH 1000 /* characters that are looked at */
#define OCTAVO_QUERY_MAX_DEPTH  32   /* of parentheses; deeper ones are text */

typedef enum
{
  OCTAVO_NODE_AND,
  OCTAVO_NODE_OR,
  OCTAVO_NODE_NOT,
  OCTAVO_NODE_TEXT,
  OCTAVO_NODE_TAG,
  OCTAVO_NODE_USER,
  OCTAVO_NODE_CREATED,
  OCTAVO_NODE_UPDATED,
  OCTAVO_NODE_IS,
} OctavoNodeKind;

typedef enum
{
  OCTAVO_FIELD_ANY, /* title, body, or the name of a tag */
  OCTAVO_FIELD_TITLE,
  OCTAVO_FIELD_BODY,
} OctavoField;

typedef enum
{
  OCTAVO_IS_PINNED,
  OCTAVO_IS_TRASHED,
  OCTAVO_IS_UNTAGGED,
  OCTAVO_IS_TODO, /* has an open checkbox */
  OCTAVO_IS_DONE, /* has checkboxes, none of them open */
  OCTAVO_HAS_LINK,
  OCTAVO_HAS_CHECKLIST,
} OctavoIs;

typedef struct
{
  OctavoNodeKind  kind;
  GPtrArray      *children; /* (nullable): of AND, OR and NOT */
  OctavoField     field;    /* of TEXT */
  char           *text;     /* (nullable): folded: of TEXT, TAG, USER; "*" as a TAG or USER: any */
  char           *written;  /* (nullable): the same as it was written */
  gboolean        is_phrase;
  gboolean        is_start; /* ends in a star */
  gboolean        at_start; /* TEXT: its first character, where it is of a word, starts that word */
  gboolean        at_end;   /* TEXT: its last character, where it is of a word, ends that word */
  guint           leaf;     /* TEXT: its number among the leaves */
  OctavoDateRange range;
  OctavoIs        is;
} OctavoNode;

OctavoNode *octavo_node_new (OctavoNodeKind kind) G_GNUC_WARN_UNUSED_RESULT;
void        octavo_node_free (OctavoNode *self);
void        octavo_node_print (const OctavoNode *self, GString *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoNode, octavo_node_free)

/* octavo-query-parser.c; NULL: nothing is asked for */
OctavoNode *octavo_query_parse (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* (nullable) (transfer none) */
const OctavoNode *octavo_query_get_root (OctavoQuery *self);
/* (element-type OctavoNode) (transfer none): the TEXT nodes, by their numbers */
GPtrArray *octavo_query_get_leaves (OctavoQuery *self);
gboolean   octavo_query_wants_trash (OctavoQuery *self);

G_END_DECLS
