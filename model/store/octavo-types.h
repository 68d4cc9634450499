/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Declares a final type without naming its parent, so that what includes the header of an entity does not
 * see the mapper. The source file defines struct _Name and struct _NameClass with the parent's. */
#define OCTAVO_DECLARE_FINAL_TYPE(TypeName, type_name, MODULE, NAME)                                                   \
  GType                             type_name##_get_type (void);                                                       \
  typedef struct _##TypeName        TypeName;                                                                          \
  typedef struct _##TypeName##Class TypeName##Class;                                                                   \
  G_DEFINE_AUTOPTR_CLEANUP_FUNC (TypeName, g_object_unref)                                                             \
  G_GNUC_UNUSED static inline TypeName *MODULE##_##NAME (gpointer object)                                              \
  {                                                                                                                    \
    return G_TYPE_CHECK_INSTANCE_CAST (object, type_name##_get_type (), TypeName);                                     \
  }                                                                                                                    \
  G_GNUC_UNUSED static inline gboolean MODULE##_IS_##NAME (gpointer object)                                            \
  {                                                                                                                    \
    return G_TYPE_CHECK_INSTANCE_TYPE (object, type_name##_get_type ());                                               \
  }

/* The order of a list of notes; pinned notes come first in each but RELEVANCE. */
typedef enum
{
  OCTAVO_SORT_UPDATED,
  OCTAVO_SORT_CREATED,
  OCTAVO_SORT_TITLE,
  OCTAVO_SORT_RELEVANCE,
} OctavoSort;

/* Which notes a list is about, before any query. */
typedef enum
{
  OCTAVO_PLACE_ALL, /* all but the trashed */
  OCTAVO_PLACE_UNTAGGED,
  OCTAVO_PLACE_TRASH,
  OCTAVO_PLACE_TAG, /* a tag and its children */
} OctavoPlace;

typedef struct
{
  OctavoPlace place;
  gint64      tag_id;   /* of PLACE_TAG */
  gint64      user_id;  /* 0: everyone's */
  const char *tag_path; /* of PLACE_TAG without an id: a path that only tags under it have; folded, and interned */
} OctavoScope;

static inline gboolean
octavo_scope_equal (const OctavoScope *a, const OctavoScope *b)
{
  return a->place == b->place && a->tag_id == b->tag_id && a->tag_path == b->tag_path && a->user_id == b->user_id;
}

typedef struct _OctavoStore                 OctavoStore;
typedef struct _OctavoSavedSearchRepository OctavoSavedSearchRepository;
typedef struct _OctavoNoteRepository        OctavoNoteRepository;
typedef struct _OctavoTagRepository         OctavoTagRepository;
typedef struct _OctavoUserRepository        OctavoUserRepository;
typedef struct _OctavoOriginRepository      OctavoOriginRepository;
typedef struct _OctavoVersionRepository     OctavoVersionRepository;
typedef struct _OctavoSearch                OctavoSearch;
typedef struct _OctavoQuery                 OctavoQuery;

G_END_DECLS
