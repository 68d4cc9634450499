/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define OCTAVO_UNDO_MAX_COLUMNS 10

/* Columns that are written down, and taken back, together: all of them or, where one was changed since, none. */
typedef struct
{
  const char *table;
  const char *key;
  const char *what;
  const char
      *columns[OCTAVO_UNDO_MAX_COLUMNS + 1]; /* at the place of their number in undo_row, less one; NULL: not it */
} OctavoUndoColumns;

/* What is changed in a row. */
static const OctavoUndoColumns octavo_undo_updates[] = {
  { "note", "id", "update", { "user_id", NULL, NULL, "trashed", "pinned" } },
  { "note",
    "id",
    "text",
    { NULL, "created", "updated", NULL, NULL, "title", "excerpt", "aliases", "front_matter", "body" } },
  { "note_origin", "note_id", "update", { "location", "file_digest", "note_digest" } },
  { "tag", "id", "update", { "name", "folded", "color" } },
};

/* What a row has in all. */
static const OctavoUndoColumns octavo_undo_deletes[] = {
  { "note",
    "id",
    "delete",
    { "user_id", "created", "updated", "trashed", "pinned", "title", "excerpt", "aliases", "front_matter", "body" } },
  { "note_origin", "note_id", "delete", { "location", "file_digest", "note_digest" } },
  { "tag", "id", "delete", { "name", "folded", "color" } },
  { "user", "id", "delete", { "name", "folded", "email", "color", "created" } },
  { "note_version", "id", "delete", { "note_id", "made", "updated", "reason", "title", "size", "format", "body" } },
  { "saved_search", "id", "delete", { "name", "folded", "query", "position" } },
};

G_END_DECLS
