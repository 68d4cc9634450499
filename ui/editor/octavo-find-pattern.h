/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  OCTAVO_FIND_CASE = 1 << 0,  /* upper and lower case are not the same */
  OCTAVO_FIND_WORD = 1 << 1,  /* whole words alone */
  OCTAVO_FIND_REGEX = 1 << 2, /* the text is a regular expression, as is what replaces it */
} OctavoFindFlags;

/* Where something was found, in characters. */
typedef struct
{
  guint start;
  guint end;
} OctavoFindHit;

/* What is looked for in a text; immutable, atomically counted, safe on every thread. */
typedef struct _OctavoFindPattern OctavoFindPattern;

OctavoFindPattern                *octavo_find_pattern_new (const char *text, OctavoFindFlags flags, GError **error);
OctavoFindPattern                *octavo_find_pattern_new_for_query (const char *query);
OctavoFindPattern                *octavo_find_pattern_ref (OctavoFindPattern *self);
void                              octavo_find_pattern_unref (OctavoFindPattern *self);

gboolean                          octavo_find_pattern_is_quick (OctavoFindPattern *self);
GArray *octavo_find_pattern_find (OctavoFindPattern *self, const char *text, GCancellable *cancellable, GError **error);
gboolean octavo_find_pattern_check (OctavoFindPattern *self, const char *replacement, GError **error);
GArray  *octavo_find_pattern_find_replacements (OctavoFindPattern *self,
                                                const char        *text,
                                                const char        *replacement,
                                                GPtrArray         *replacements,
                                                GError           **error);
char    *octavo_find_pattern_replace_one (OctavoFindPattern *self,
                                          const char        *text,
                                          guint              start,
                                          const char        *replacement,
                                          GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoFindPattern, octavo_find_pattern_unref)

G_END_DECLS
