/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-spelling.h"

G_BEGIN_DECLS

/* Knows English and German, of a few words each; what it calls wrong it would write backwards. */
const OctavoSpeller *fake_speller_get (void);
guint                fake_speller_get_n_open (void);   /* dictionaries */
guint                fake_speller_get_n_looked (void); /* words that were looked up since it was asked last */

/* Loads what the settings have; (transfer full). */
OctavoSpelling *fake_speller_new_spelling (void) G_GNUC_WARN_UNUSED_RESULT;
void            fake_speller_drop_spelling (OctavoSpelling *spelling); /* and the settings are as they were */

G_END_DECLS
