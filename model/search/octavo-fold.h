/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A text with its case and accents folded, and the way back to the bytes it was made from. */
typedef struct
{
  char   *text;     /* NUL-terminated; holds no NUL and no control character but tab and line feed */
  gsize   length;   /* bytes */
  GArray *segments; /* (nullable): where folded and original bytes do not go side by side; see octavo-fold.c */
} OctavoFolded;

#define OCTAVO_FOLDED_INIT                                                                                             \
  {                                                                                                                    \
    0                                                                                                                  \
  }

/* What a folded character is to the index. */
typedef enum
{
  OCTAVO_CLASS_GAP,   /* white space, punctuation, symbols */
  OCTAVO_CLASS_WORD,  /* letters, digits and marks of scripts that put spaces between words */
  OCTAVO_CLASS_GLYPH, /* a character of a script without spaces: a word of its own */
} OctavoClass;

void        octavo_fold (const char *text, gssize length, gboolean with_map, OctavoFolded *folded);
char       *octavo_fold_string (const char *text) G_GNUC_WARN_UNUSED_RESULT;
void        octavo_folded_clear (OctavoFolded *self);
void        octavo_folded_unmap (const OctavoFolded *self, gsize start, gsize end, gsize *text_start, gsize *text_end);

OctavoClass octavo_class_of (gunichar folded_character);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OctavoFolded, octavo_folded_clear)

G_END_DECLS
