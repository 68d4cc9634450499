/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-connection.h"

G_BEGIN_DECLS

/* The id of the new note; 0 with error. Thread of the connection, within a transaction. */
gint64 octavo_note_merge_run (OrmConnection *connection, const GArray *ids, GError **error);

G_END_DECLS
