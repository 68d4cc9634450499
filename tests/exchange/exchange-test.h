/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-values.h"

#include <glib.h>

G_BEGIN_DECLS

/* What tests of the exchange share. */
char *exchange_test_find_corpus (void);
void  exchange_test_assert_equal_notes (const OctavoNoteValues *a, const OctavoNoteValues *b);
void  exchange_test_write (const char *folder, const char *name, const char *text);
void  exchange_test_remove (const char *path);

G_END_DECLS
