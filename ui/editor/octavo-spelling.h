/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-speller.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Says which words are right, in the language that the settings have.
 *
 * Signal "changed" (): what was asked before may be answered otherwise now; or the languages became known. */
#define OCTAVO_TYPE_SPELLING (octavo_spelling_get_type ())
G_DECLARE_FINAL_TYPE (OctavoSpelling, octavo_spelling, OCTAVO, SPELLING, GObject)

OctavoSpelling *octavo_spelling_get (void); /* NULL where Octavo was built without */
OctavoSpelling *octavo_spelling_new (const OctavoSpeller *speller, GSettings *settings) G_GNUC_WARN_UNUSED_RESULT;

void            octavo_spelling_want (OctavoSpelling *self);
void            octavo_spelling_want_languages (OctavoSpelling *self);
gboolean        octavo_spelling_is_on (OctavoSpelling *self);
guint           octavo_spelling_get_generation (OctavoSpelling *self);
GPtrArray      *octavo_spelling_get_languages (OctavoSpelling *self);
const char     *octavo_spelling_get_language (OctavoSpelling *self);

gboolean        octavo_spelling_is_right (OctavoSpelling *self, const char *word);
char          **octavo_spelling_dup_corrections (OctavoSpelling *self, const char *word) G_GNUC_WARN_UNUSED_RESULT;
void            octavo_spelling_add_word (OctavoSpelling *self, const char *word);
void            octavo_spelling_ignore_word (OctavoSpelling *self, const char *word);

G_END_DECLS
