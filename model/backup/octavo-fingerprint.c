/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-fingerprint.h"

#include "octavo-sqlite.h"

/* Texts are not read: note_change counts every change of a note that moves its date, sqlite_sequence every new note. */
static const char *const questions[] = {
  "PRAGMA user_version",
  "SELECT count(*) FROM note",
  "SELECT seq FROM sqlite_sequence WHERE name = 'note'",
  "SELECT max(seq) FROM note_change",
  "SELECT count(*), sum(note_id), sum(tag_id), sum(note_id % 9973 * (tag_id % 997)) FROM note_tag",
  "SELECT id, name, color FROM tag ORDER BY id",
  "SELECT id, name, email, color FROM user ORDER BY id",
  "SELECT id, name, query, position FROM saved_search ORDER BY id",
};

static void
add_row (GChecksum *sum, sqlite3_stmt *statement)
{
  for (int i = 0; i < sqlite3_column_count (statement); i++)
    {
      const guchar *text = sqlite3_column_text (statement, i);

      if (text != NULL)
        g_checksum_update (sum, text, sqlite3_column_bytes (statement, i));
      g_checksum_update (sum, (const guchar *) "", 1); /* the zero at its end */
    }
}

/* A table of a later version is not in each file. */
static void
add_answer (GChecksum *sum, sqlite3 *file, const char *question)
{
  sqlite3_stmt *statement = octavo_sqlite_prepare (file, question, NULL);

  while (statement != NULL && sqlite3_step (statement) == SQLITE_ROW)
    add_row (sum, statement);
  g_checksum_update (sum, (const guchar *) "\n", 1);
  sqlite3_finalize (statement);
}

/**
 * octavo_fingerprint_new:
 * @path: the path of a file of notes, or of a snapshot
 *
 * Any thread; blocks, for some milliseconds where there are many notes.
 *
 * Returns: (transfer full) (nullable): what is the same as long as no note, tag or user changes
 */
char *
octavo_fingerprint_new (const char *path)
{
  sqlite3 *file = octavo_sqlite_open (path, SQLITE_OPEN_READONLY, NULL);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  gint64 n_notes;
  gboolean is_readable;

  if (file == NULL)
    return NULL;
  sqlite3_busy_timeout (file, 1000);
  is_readable = octavo_sqlite_get_int64 (file, "SELECT count(*) FROM note", &n_notes, NULL);
  for (guint i = 0; is_readable && i < G_N_ELEMENTS (questions); i++)
    add_answer (sum, file, questions[i]);
  sqlite3_close (file);
  return is_readable ? g_strdup (g_checksum_get_string (sum)) : NULL;
}
