/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-faults"

#include "fault-state.h"

#include "octavo-sqlite.h"

/* As plain as can be, and in terms that each version of the file has: what it says is what is held against the file. */

static const char NOTES[] =
    "SELECT id, quote (title) || ' ' || quote (aliases) || ' ' || quote (front_matter) || ' ' || created || ' ' || "
    "updated || ' ' || trashed || ' ' || pinned || ' of ' || (SELECT name FROM user WHERE id = user_id) || ' ' || "
    "ifnull ((SELECT group_concat (name) FROM (SELECT name FROM note_tag JOIN tag ON tag.id = tag_id "
    "WHERE note_id = note.id ORDER BY name)), '') || ' ' || quote (excerpt) || ' ' || quote (body) FROM note";

static const char USERS[] = "SELECT 'user ' || name || ' ' || folded || ' ' || email || ' ' || color || ' ' || created "
                            "FROM user ORDER BY 1";
static const char TAGS[] = "SELECT 'tag ' || name || ' ' || folded || ' ' || color FROM tag ORDER BY 1";
static const char SEARCHES[] =
    "SELECT 'search ' || name || ' ' || query || ' ' || position FROM saved_search ORDER BY 1";

static void
append_rows (sqlite3 *file, const char *sql, GString *text)
{
  g_autoptr (GError) error = NULL;
  sqlite3_stmt *statement = octavo_sqlite_prepare (file, sql, &error);

  g_assert_no_error (error);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_string_append_printf (text, "%s\n", (const char *) sqlite3_column_text (statement, 0));
  g_assert_cmpint (sqlite3_finalize (statement), ==, SQLITE_OK);
}

static void
read_notes (sqlite3 *file, GHashTable *notes)
{
  g_autoptr (GError) error = NULL;
  sqlite3_stmt *statement = octavo_sqlite_prepare (file, NOTES, &error);

  g_assert_no_error (error);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_hash_table_insert (notes, g_strdup ((const char *) sqlite3_column_text (statement, 0)),
                         g_strdup ((const char *) sqlite3_column_text (statement, 1)));
  g_assert_cmpint (sqlite3_finalize (statement), ==, SQLITE_OK);
}

static sqlite3 *
open_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  sqlite3 *file = octavo_sqlite_open (path, SQLITE_OPEN_READWRITE, &error);

  g_assert_no_error (error);
  sqlite3_busy_timeout (file, 10000);
  return file;
}

FaultState *
fault_state_read (const char *path)
{
  FaultState *self = g_new0 (FaultState, 1);
  g_autoptr (GString) rest = g_string_new (NULL);
  sqlite3 *file = open_file (path);
  gint64 has_searches = 0;

  self->notes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_assert_true (octavo_sqlite_execute (file, "BEGIN", NULL));
  g_assert_true (octavo_sqlite_get_int64 (file, "SELECT count(*) FROM sqlite_schema WHERE name = 'saved_search'",
                                          &has_searches, NULL));
  read_notes (file, self->notes);
  append_rows (file, USERS, rest);
  append_rows (file, TAGS, rest);
  if (has_searches != 0)
    append_rows (file, SEARCHES, rest);
  g_assert_true (octavo_sqlite_execute (file, "COMMIT", NULL));
  sqlite3_close (file);
  self->rest = g_strdup (rest->str);
  return self;
}

void
fault_state_free (FaultState *self)
{
  g_hash_table_unref (self->notes);
  g_free (self->rest);
  g_free (self);
}

static const char *
get_note (const FaultState *self, const char *id)
{
  return g_hash_table_lookup (self->notes, id);
}

gboolean
fault_state_equal (const FaultState *a, const FaultState *b)
{
  GHashTableIter iter;
  gpointer id, note;

  if (g_hash_table_size (a->notes) != g_hash_table_size (b->notes) || g_strcmp0 (a->rest, b->rest) != 0)
    return FALSE;
  g_hash_table_iter_init (&iter, a->notes);
  while (g_hash_table_iter_next (&iter, &id, &note))
    if (g_strcmp0 (note, get_note (b, id)) != 0)
      return FALSE;
  return TRUE;
}

static char *
judge_note (const FaultState *self, const FaultState *before, const FaultState *after, const char *id)
{
  const char *note = get_note (self, id), *old = get_note (before, id), *new = get_note (after, id);

  if (g_strcmp0 (note, old) == 0 || g_strcmp0 (note, new) == 0)
    return NULL;
  return g_strdup_printf ("note %s is %.300s\nbefore it was %.300s\nafter it was %.300s", id,
                          note != NULL ? note : "gone", old != NULL ? old : "not there",
                          new != NULL ? new : "not there");
}

static char *
judge_notes (const FaultState *self, const FaultState *before, const FaultState *after, const FaultState *of)
{
  g_autoptr (GList) ids = g_hash_table_get_keys (of->notes);

  for (GList *link = ids; link != NULL; link = link->next)
    {
      char *problem = judge_note (self, before, after, link->data);

      if (problem != NULL)
        return problem;
    }
  return NULL;
}

char *
fault_state_judge (const FaultState *self, const FaultState *before, const FaultState *after, FaultPart part)
{
  const FaultState *const states[] = { before, after, self };

  for (guint i = 0; i < (part == FAULT_OLD_NOTES ? 1 : G_N_ELEMENTS (states)); i++)
    {
      char *problem = judge_notes (self, before, after, states[i]);

      if (problem != NULL)
        return problem;
    }
  if (part == FAULT_WHOLE && !fault_state_equal (self, before) && !fault_state_equal (self, after))
    return g_strdup_printf ("half of it is there:\n%s\nbefore:\n%s\nafter:\n%s", self->rest, before->rest, after->rest);
  return NULL;
}

char *
fault_state_check_file (const char *path)
{
  sqlite3 *file = open_file (path);
  g_autofree char *verdict = NULL;
  g_autofree char *reference = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_read =
      octavo_sqlite_get_text (file, "PRAGMA integrity_check (1)", &verdict, &error) &&
      octavo_sqlite_get_text (file, "SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1", &reference, &error);

  sqlite3_close (file);
  if (!is_read)
    return g_strdup (error->message);
  if (g_strcmp0 (verdict, "ok") != 0)
    return g_steal_pointer (&verdict);
  return reference != NULL ? g_strdup_printf ("rows of %s point nowhere", reference) : NULL;
}
