/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-fold.h"

struct sqlite3;

G_BEGIN_DECLS

#define OCTAVO_PIECE_LENGTH 64 /* characters of the longest term */
#define OCTAVO_PIECE_STEP   32 /* what is no longer than this stands whole in some term */

#define OCTAVO_MARK_GAP     '\x01' /* the first byte of what stands between two words */
#define OCTAVO_MARK_FACT    '\x02' /* the first byte of something known about the text */
#define OCTAVO_MARK_PIECE   '\x03' /* stands where a long word or gap was cut */
#define OCTAVO_MARK_SAME    '\x04' /* in the stream of terms: at the position of the one before; not part of the term */

/* A stretch of a folded text. */
typedef struct
{
  OctavoClass class;
  const char *text;
  gsize       length;   /* bytes */
  gboolean    implicit; /* a gap the index does not keep: one space between two words */
} OctavoElement;

typedef struct
{
  const char *text;
  const char *end;
  OctavoClass last;
} OctavoElementIter;

void     octavo_element_iter_init (OctavoElementIter *iter, const char *folded, gsize length);
gboolean octavo_element_iter_next (OctavoElementIter *iter, OctavoElement *element);

/* What is:todo, is:done, has:link and has:checklist ask. */
typedef enum
{
  OCTAVO_FACT_OPEN_BOX = 1 << 0,
  OCTAVO_FACT_TICKED_BOX = 1 << 1,
  OCTAVO_FACT_LINK = 1 << 2,
} OctavoFacts;

#define OCTAVO_N_FACTS 3

OctavoFacts octavo_facts_of_text (const char *text, gsize length);
char       *octavo_fact_term (OctavoFacts fact) G_GNUC_WARN_UNUSED_RESULT;

/* term: not terminated; may be kept in a vocabulary where in_vocabulary is set. */
typedef void (*OctavoTermFunc) (const char *term, gsize length, gboolean in_vocabulary, gpointer user_data);

GByteArray *octavo_tokenize (const char    *text,
                             gsize          length,
                             gboolean       with_facts,
                             OctavoTermFunc func,
                             gpointer       user_data) G_GNUC_WARN_UNUSED_RESULT;

gboolean    octavo_tokenizer_register (struct sqlite3 *db);

G_END_DECLS
