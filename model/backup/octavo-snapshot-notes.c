/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-snapshot-notes.h"

#include "octavo-error.h"
#include "octavo-repair-place.h"
#include "octavo-sqlite.h"
#include "octavo-tag.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* A snapshot has no search index, and may be of an earlier version: titles are compared one by one, which takes a tenth
 * of a second with a hundred thousand of them, on another thread. */

#define STEPS 20000

typedef struct
{
  GStrv words; /* folded */
  guint max_notes;
  GPtrArray *notes; /* (element-type OctavoNoteValues) */
  guint n_found;
} Search;

static int
on_progress (void *cancellable)
{
  return g_cancellable_is_cancelled (cancellable);
}

static char *
dup_column (sqlite3_stmt *statement, int column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  return g_utf8_make_valid (text != NULL ? text : "", -1);
}

static gboolean
fits (const Search *self, const char *title)
{
  g_autofree char *folded = self->words[0] != NULL ? octavo_tag_fold_name (title) : NULL;

  for (guint i = 0; self->words[i] != NULL; i++)
    if (strstr (folded, self->words[i]) == NULL)
      return FALSE;
  return TRUE;
}

static void
look_at_row (Search *self, sqlite3_stmt *statement)
{
  g_autofree char *title = dup_column (statement, 1);
  OctavoNoteValues *note;

  if (!fits (self, title))
    return;
  self->n_found++;
  if (self->notes->len == self->max_notes)
    return;
  note = octavo_note_values_new ();
  note->id = sqlite3_column_int64 (statement, 0);
  note->title = g_steal_pointer (&title);
  note->excerpt = dup_column (statement, 2);
  note->updated = sqlite3_column_int64 (statement, 3);
  note->trashed = sqlite3_column_int64 (statement, 4);
  g_ptr_array_add (self->notes, note);
}

static gboolean
search (Search *self, sqlite3 *file, GError **error)
{
  sqlite3_stmt *statement = octavo_sqlite_prepare (
      file, "SELECT id, title, excerpt, updated, trashed FROM note ORDER BY trashed > 0, updated DESC, id DESC", error);
  int result = SQLITE_ERROR;

  if (statement == NULL)
    return FALSE;
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    look_at_row (self, statement);
  if (result != SQLITE_DONE)
    octavo_sqlite_set_error (file, result, error);
  sqlite3_finalize (statement);
  return result == SQLITE_DONE;
}

static GStrv
split_words (const char *text)
{
  g_autofree char *folded = octavo_tag_fold_name (text);
  g_auto (GStrv) parts = g_strsplit_set (folded, " \t\n", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_strv_builder_add (builder, parts[i]);
  return g_strv_builder_end (builder);
}

/**
 * octavo_snapshot_notes_find:
 * @path: the path of a snapshot
 * @words: what the titles have; none: all
 * @max_notes: how many to give at most
 * @n_found: (out): how many there are
 * @cancellable: (nullable): stops it
 * @error: %OCTAVO_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Finds notes in a snapshot, those in its trash last. Any thread; blocks.
 *
 * Returns: (transfer full) (nullable) (element-type OctavoNoteValues): the newest first, without their texts
 */
GPtrArray *
octavo_snapshot_notes_find (const char *path,
                            const char *words,
                            guint max_notes,
                            guint *n_found,
                            GCancellable *cancellable,
                            GError **error)
{
  Search self = { .max_notes = max_notes };
  g_autoptr (GError) failure = NULL;
  sqlite3 *file = octavo_sqlite_open (path, SQLITE_OPEN_READONLY, &failure);
  gboolean is_done;

  self.words = split_words (words);
  self.notes = g_ptr_array_new_with_free_func ((GDestroyNotify) octavo_note_values_free);
  if (file != NULL)
    sqlite3_progress_handler (file, STEPS, on_progress, cancellable);
  is_done = file != NULL && search (&self, file, &failure);
  sqlite3_close (file);
  g_strfreev (self.words);

  *n_found = self.n_found;
  if (is_done)
    return self.notes;
  g_ptr_array_unref (self.notes);
  octavo_error_for_person (&failure, path);
  if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

/* (nullable): with %NULL and no error where it is not there */
static OctavoNoteValues *
read_row (sqlite3 *file, gint64 id, GError **error)
{
  sqlite3_stmt *statement = octavo_sqlite_prepare (
      file,
      "SELECT note.id, title, excerpt, updated, trashed, note.created, pinned, aliases, front_matter, body, user.name "
      "FROM note LEFT JOIN user ON user.id = user_id WHERE note.id = ?",
      error);
  OctavoNoteValues *note = NULL;
  int result;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, id);
  result = sqlite3_step (statement);
  if (result == SQLITE_ROW)
    {
      note = octavo_note_values_new ();
      note->id = sqlite3_column_int64 (statement, 0);
      note->title = dup_column (statement, 1);
      note->excerpt = dup_column (statement, 2);
      note->updated = sqlite3_column_int64 (statement, 3);
      note->trashed = sqlite3_column_int64 (statement, 4);
      note->created = sqlite3_column_int64 (statement, 5);
      note->pinned = sqlite3_column_int64 (statement, 6) != 0;
      note->aliases = dup_column (statement, 7);
      note->front_matter = dup_column (statement, 8);
      note->body = dup_column (statement, 9);
      note->user_name = dup_column (statement, 10);
    }
  else if (result != SQLITE_DONE)
    octavo_sqlite_set_error (file, result, error);
  sqlite3_finalize (statement);
  return note;
}

static gboolean
read_tags (sqlite3 *file, OctavoNoteValues *note, GError **error)
{
  sqlite3_stmt *statement =
      octavo_sqlite_prepare (file,
                             "SELECT name FROM note_tag JOIN tag ON tag.id = tag_id WHERE note_id = ? ORDER BY folded",
                             error);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  int result;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, note->id);
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      g_autofree char *name = dup_column (statement, 0);

      g_strv_builder_add (builder, name);
    }
  if (result != SQLITE_DONE)
    octavo_sqlite_set_error (file, result, error);
  sqlite3_finalize (statement);
  note->tags = g_strv_builder_end (builder);
  return result == SQLITE_DONE;
}

/**
 * octavo_snapshot_notes_read:
 * @path: the path of a snapshot
 * @id: the id of a note
 * @error: %OCTAVO_ERROR_NO_SUCH_NOTE and others
 *
 * Reads a note of a snapshot, with its text and tags. Any thread; blocks.
 *
 * Returns: (transfer full) (nullable): the note
 */
OctavoNoteValues *
octavo_snapshot_notes_read (const char *path, gint64 id, GError **error)
{
  gboolean had_companions = octavo_repair_place_has_companions (path);
  g_autoptr (GError) failure = NULL;
  sqlite3 *file = octavo_sqlite_open (path, SQLITE_OPEN_READONLY, &failure);
  g_autoptr (OctavoNoteValues) note = file != NULL ? read_row (file, id, &failure) : NULL;
  gboolean is_read = note != NULL && read_tags (file, note, &failure);

  sqlite3_close (file);
  if (!had_companions)
    octavo_repair_place_tidy_read (path);
  if (is_read)
    return g_steal_pointer (&note);
  if (failure == NULL)
    {
      g_set_error (error, OCTAVO_ERROR, OCTAVO_ERROR_NO_SUCH_NOTE,
                   _ ("The backup has no note %" PRId64 ". Look into an older or a newer one."), id);
      return NULL;
    }
  octavo_error_for_person (&failure, path);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}
