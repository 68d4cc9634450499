/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-repository.h"
#include "orm-database.h"

G_BEGIN_DECLS

OrmDatabase *octavo_note_repository_get_database (OctavoNoteRepository *self);
void         octavo_note_repository_explain (OctavoNoteRepository *self, GError **error);

G_END_DECLS
