/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-check.h"

#include "octavo-damage.h"
#include "octavo-excerpt.h"
#include "octavo-index.h"
#include "octavo-schema.h"
#include "octavo-search-private.h"
#include "octavo-sqlite.h"
#include "octavo-tag.h"
#include "octavo-version-text.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* Rows are looked at as they are, whatever the mapping says of them, and by parts of their texts: in SQL.
 *
 * What is only ever derived can be derived again; what a person wrote is left alone, and told about. */

#define BATCH_SIZE 1000
#define WINDOW     "16384" /* characters of a text; an excerpt looks at no more */

typedef struct
{
  OrmDatabase *database;
  OctavoSearch *search;
  GArray *migrations; /* (element-type OrmMigration) */
  GCancellable *cancellable;
  OctavoProgress progress;
  gpointer user_data;
  GPtrArray *problems; /* (element-type OctavoProblem) */
  gint64 last_id;      /* of the notes that were looked at */
  gint64 max_id;
  guint n_mended;
  gboolean is_index_damaged;
} Check;

static void
advance (Check *self, double fraction)
{
  if (self->progress != NULL)
    self->progress (fraction, self->user_data);
}

/* Takes the text. */
static void
add_problem (Check *self, gboolean is_mended, char *text)
{
  g_ptr_array_add (self->problems, octavo_problem_new (text, is_mended));
}

/* Rows that do not fit, and what newer releases of SQLite find in tables of FTS5. Where pages themselves are damaged
 * the line names none of these. */
static gboolean
is_about_index (const char *line)
{
  static const char *const names[] = { "search_title", "search_body", "search_term", "search_posting", "search_meta" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strstr (line, names[i]) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
check_integrity (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Check *self = data;
  OrmStatement *statement = orm_connection_prepare (connection, "PRAGMA integrity_check", error);
  OrmStep step;

  if (statement == NULL)
    return FALSE;
  octavo_index_look_again (connection);
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    {
      const char *line = orm_statement_get_text (statement, 0, NULL);

      if (g_strcmp0 (line, "ok") == 0)
        continue;
      if (octavo_sqlite_is_refusal (line, error))
        break;
      if (is_about_index (line))
        self->is_index_damaged = TRUE;
      else
        add_problem (self, FALSE,
                     g_strdup_printf (_ ("The file is damaged: %s. Repair it, or go back to a backup."), line));
    }
  orm_statement_reset (statement);
  return step == ORM_STEP_DONE;
}

static gboolean
check_texts (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Check *self = data;
  gint64 id;

  if (!octavo_damage_find_text (orm_connection_get_handle (connection), &id, error))
    return FALSE;
  if (id != 0)
    add_problem (self, FALSE,
                 g_strdup_printf (_ ("The text of note %" PRId64 " is damaged. Repair the file, or go back to a backup "
                                     "of it."),
                                  id));
  return TRUE;
}

/* Without the triggers nobody knows what changed; without an index lists cannot be read. */
static gboolean
check_schema (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Check *self = data;
  g_autoptr (GPtrArray) mended = g_ptr_array_new_with_free_func (g_free);

  if (!octavo_schema_mend (connection, (const OrmMigration *) (gpointer) self->migrations->data, self->migrations->len,
                           mended, error))
    return FALSE;
  for (guint i = 0; i < mended->len; i++)
    add_problem (self, TRUE,
                 g_strdup_printf (_ ("“%s”, which keeps lists and searches right, was missing or changed; made anew."),
                                  (const char *) g_ptr_array_index (mended, i)));
  return TRUE;
}

static gboolean
check_foreign_keys (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Check *self = data;
  OrmStatement *statement = orm_connection_prepare (connection, "PRAGMA foreign_key_check", error);
  OrmStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    add_problem (self, FALSE,
                 g_strdup_printf (_ ("A row of “%s” belongs to one of “%s” that is not there."),
                                  orm_statement_get_text (statement, 0, NULL),
                                  orm_statement_get_text (statement, 2, NULL)));
  orm_statement_reset (statement);
  return step == ORM_STEP_DONE;
}

static gboolean
set_text (OrmConnection *connection, const char *sql, gint64 id, const char *text, GError **error)
{
  OrmStatement *statement = orm_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  orm_statement_bind_text (statement, 1, text, -1);
  orm_statement_bind_int64 (statement, 2, id);
  return orm_statement_run (statement, error);
}

/* The excerpts of some notes after last_id; last_id becomes max_id at the end. */
static gboolean
mend_excerpts (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Check *self = data;
  OrmStatement *statement;
  gint64 n_rows = 0;
  OrmStep step;

  if (!orm_connection_get_int64 (connection, "SELECT ifnull (max (id), 0) FROM note", &self->max_id, error))
    return FALSE;
  statement = orm_connection_prepare (connection,
                                      "SELECT id, title, excerpt, substr (body, 1, " WINDOW ") FROM note WHERE id > ? "
                                      "ORDER BY id LIMIT " G_STRINGIFY (BATCH_SIZE),
                                      error);
  if (statement == NULL)
    return FALSE;
  orm_statement_bind_int64 (statement, 1, self->last_id);
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    {
      const char *body = orm_statement_get_text (statement, 3, NULL);
      g_autofree char *excerpt = NULL;

      /* There was no memory for it, as the next step will say. */
      if (body == NULL)
        continue;
      excerpt = octavo_excerpt_new (body, orm_statement_get_text (statement, 1, NULL));
      n_rows++;
      self->last_id = orm_statement_get_int64 (statement, 0);
      if (g_strcmp0 (excerpt, orm_statement_get_text (statement, 2, NULL)) == 0)
        continue;
      self->n_mended++;
      if (!set_text (connection, "UPDATE note SET excerpt = ? WHERE id = ?", self->last_id, excerpt, error))
        return FALSE;
    }
  orm_statement_reset (statement);
  if (step == ORM_STEP_DONE && n_rows < BATCH_SIZE)
    self->last_id = self->max_id;
  return step == ORM_STEP_DONE;
}

static gboolean
check_excerpts (Check *self, GError **error)
{
  do
    {
      if (!orm_database_write (self->database, mend_excerpts, self, self->cancellable, error))
        return FALSE;
      advance (self, 0.4 + 0.3 * (double) self->last_id / (double) MAX (self->max_id, 1));
    }
  while (self->last_id < self->max_id);

  if (self->n_mended > 0)
    add_problem (self, TRUE,
                 g_strdup_printf (ngettext ("The excerpt of %u note was not that of its text; mended.",
                                            "The excerpts of %u notes were not those of their texts; mended.",
                                            self->n_mended),
                                  self->n_mended));
  return TRUE;
}

/* Two rows of one folded name cannot both have it: that one is left, and told about. */
static gboolean
mend_folded (Check *self, OrmConnection *connection, const char *select, const char *update, GError **error)
{
  OrmStatement *statement = orm_connection_prepare (connection, select, error);
  OrmStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    {
      const char *name = orm_statement_get_text (statement, 1, NULL);
      g_autofree char *folded = octavo_tag_fold_name (name);

      if (strcmp (folded, orm_statement_get_text (statement, 2, NULL)) == 0)
        continue;
      if (!set_text (connection, update, orm_statement_get_int64 (statement, 0), folded, error))
        return FALSE;
      if (orm_connection_get_n_changes (connection) > 0)
        add_problem (self, TRUE, g_strdup_printf (_ ("The name “%s” was not found in every case; mended."), name));
      else
        add_problem (self, FALSE, g_strdup_printf (_ ("The name “%s” is there twice. Rename one of them."), name));
    }
  orm_statement_reset (statement);
  return step == ORM_STEP_DONE;
}

static gboolean
check_names (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Check *self = data;

  return mend_folded (self, connection, "SELECT id, name, folded FROM tag",
                      "UPDATE OR IGNORE tag SET folded = ? WHERE id = ?", error) &&
         mend_folded (self, connection, "SELECT id, name, folded FROM user",
                      "UPDATE OR IGNORE user SET folded = ? WHERE id = ?", error);
}

static void
add_broken_version (Check *self, OrmStatement *row)
{
  const char *title = orm_statement_get_text (row, 1, NULL);
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (orm_statement_get_int64 (row, 2) / G_USEC_PER_SEC);
  g_autofree char *date = time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M") : g_strdup ("?");

  add_problem (self, FALSE,
               g_strdup_printf (_ ("Version %" PRId64
                                   " of “%s”, of %s, is damaged, and cannot be read. The note itself "
                                   "is not. A backup may have the version: take the note out of it."),
                                orm_statement_get_int64 (row, 0),
                                title != NULL && *title != '\0' ? title : _ ("Untitled"), date));
}

/* SQLite does not know what they are to say, nor does anything else look into all of them. */
static gboolean
check_versions (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Check *self = data;
  OrmStatement *statement = orm_connection_prepare (
      connection,
      "SELECT version.id, note.title, version.made, format, size, version.body, length (version.body) "
      "FROM note_version AS version LEFT JOIN note ON note.id = note_id ORDER BY version.id",
      error);
  OrmStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    {
      gsize length;
      gconstpointer packed = orm_statement_get_blob (statement, 5, &length);

      /* There was no memory for it, as the next step will say. */
      if (packed == NULL && orm_statement_get_int64 (statement, 6) > 0)
        continue;
      if (!octavo_version_text_is_whole (packed, length, orm_statement_get_text (statement, 3, NULL),
                                         orm_statement_get_int64 (statement, 4)))
        add_broken_version (self, statement);
    }
  orm_statement_reset (statement);
  return step == ORM_STEP_DONE;
}

static const char *
describe_fault (OctavoIndexFault fault)
{
  switch (fault)
    {
    case OCTAVO_INDEX_MISSING:
      return _ ("The search index, or a part of it, was missing; made anew.");
    case OCTAVO_INDEX_OTHER_VERSION:
      return _ ("The search index was made by another version; made anew.");
    case OCTAVO_INDEX_UNREADABLE:
      return _ ("The search index could not be read; made anew.");
    case OCTAVO_INDEX_DIFFERENT:
      return _ ("The search index did not agree with the notes; made anew.");
    case OCTAVO_INDEX_RIGHT:
    default:
      return NULL;
    }
}

static gboolean
check_search (Check *self, GError **error)
{
  OctavoIndexFault fault;

  if (self->is_index_damaged)
    octavo_search_distrust_index (self->search);
  /* What is merely not indexed yet is no problem. */
  if (!octavo_search_check (self->search, &fault, self->cancellable, error))
    return FALSE;
  if (fault != OCTAVO_INDEX_RIGHT)
    add_problem (self, TRUE, g_strdup (describe_fault (fault)));
  return TRUE;
}

static gboolean
run (Check *self, GError **error)
{
  advance (self, 0);
  if (!orm_database_read (self->database, check_integrity, self, self->cancellable, error))
    return FALSE;
  if (self->problems->len == 0 && !orm_database_read (self->database, check_texts, self, self->cancellable, error))
    return FALSE;
  advance (self, 0.3);
  /* Writing into a damaged file damages it more. */
  if (self->problems->len > 0)
    return TRUE;
  if (!orm_database_write (self->database, check_schema, self, self->cancellable, error) ||
      !orm_database_read (self->database, check_foreign_keys, self, self->cancellable, error))
    return FALSE;
  advance (self, 0.4);
  if (!check_excerpts (self, error) ||
      !orm_database_write (self->database, check_names, self, self->cancellable, error))
    return FALSE;
  advance (self, 0.7);
  if (!orm_database_read (self->database, check_versions, self, self->cancellable, error))
    return FALSE;
  advance (self, 0.8);
  return check_search (self, error);
}

/**
 * octavo_check_run:
 * @database: an open database
 * @search: what answers queries of it
 * @migrations: (element-type OrmMigration): what makes its tables
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @problems: (out) (transfer full) (element-type OctavoProblem): what was found
 * @cancellable: (nullable): stops it
 * @error: where to put an error
 *
 * Looks the whole file over: its pages, its references, what notes said before, and what is derived, which it mends.
 * Main thread; blocks.
 *
 * Returns: whether it could be looked over
 */
gboolean
octavo_check_run (OrmDatabase *database,
                  OctavoSearch *search,
                  GArray *migrations,
                  OctavoProgress progress,
                  gpointer user_data,
                  GPtrArray **problems,
                  GCancellable *cancellable,
                  GError **error)
{
  Check self = {
    .database = database,
    .search = search,
    .migrations = migrations,
    .cancellable = cancellable,
    .progress = progress,
    .user_data = user_data,
    .problems = g_ptr_array_new_with_free_func ((GDestroyNotify) octavo_problem_free),
  };
  gboolean is_done = run (&self, error);

  if (!is_done)
    {
      octavo_error_for_person (error, orm_database_get_path (database));
      g_ptr_array_unref (self.problems);
      *problems = NULL;
      return FALSE;
    }
  advance (&self, 1);
  *problems = self.problems;
  return TRUE;
}
