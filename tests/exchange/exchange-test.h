/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-values.h"
#include "octavo-store.h"

#include <glib.h>

G_BEGIN_DECLS

/* What tests of the exchange share. */
char *exchange_test_find_corpus (void);
void  exchange_test_assert_equal_notes (const OctavoNoteValues *a, const OctavoNoteValues *b);
void  exchange_test_write (const char *folder, const char *name, const char *text);
void  exchange_test_remove (const char *path);

/* An empty store in memory, and the end of it. */
OctavoStore *exchange_test_open_store (void);
void         exchange_test_close_store (OctavoStore *store);
/* All notes that are not in the trash (or all that are), sorted by title, dates and text. */
GPtrArray *exchange_test_read_all (OctavoStore *store, OctavoPlace place);

G_END_DECLS
