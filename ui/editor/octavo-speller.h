/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *code; /* as in en_GB */
  char *name; /* for people */
} OctavoSpellerLanguage;

/* What knows the words of languages. The first two may take long, and are called in a thread, one at a time; what
 * open() gives belongs to one thread at a time. */
typedef struct
{
  GPtrArray *(*list_languages) (void); /* (element-type OctavoSpellerLanguage) (transfer full) */
  gpointer (*open) (const char *code); /* (nullable): NULL where there is no dictionary */
  void (*close) (gpointer words);
  gboolean (*has_word) (gpointer words, const char *word);
  char **(*list_corrections) (gpointer words, const char *word); /* (transfer full) (nullable), the best first */
  void (*add_word) (gpointer words, const char *word);           /* for good */
  void (*ignore_word) (gpointer words, const char *word);        /* until the end */
} OctavoSpeller;

const OctavoSpeller   *octavo_speller_get (void);

OctavoSpellerLanguage *octavo_speller_language_new (const char *code, const char *name) G_GNUC_WARN_UNUSED_RESULT;
void                   octavo_speller_language_free (OctavoSpellerLanguage *self);

G_END_DECLS
