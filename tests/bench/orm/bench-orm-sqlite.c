/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-bench"

#include "bench-orm.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

/* The floor that the mappers are measured against: SQLite's own interface, on one connection and one thread, each
 * statement prepared once, rows into structs with copies of their texts, since that is the least that a program needs
 * which keeps what it reads. */

static const char schema[] =
    "CREATE TABLE user (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;"
    "CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;"
    "CREATE TABLE note (id INTEGER PRIMARY KEY, author INTEGER NOT NULL REFERENCES user (id),"
    "  created INTEGER NOT NULL, updated INTEGER NOT NULL, pinned INTEGER NOT NULL, title TEXT NOT NULL,"
    "  excerpt TEXT NOT NULL, body TEXT NOT NULL) STRICT;"
    "CREATE INDEX note_author ON note (author);"
    "CREATE INDEX note_updated ON note (updated);"
    "CREATE TABLE note_tag (note INTEGER NOT NULL REFERENCES note (id) ON DELETE CASCADE,"
    "  tag INTEGER NOT NULL REFERENCES tag (id) ON DELETE CASCADE, PRIMARY KEY (note, tag)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX note_tag_tag ON note_tag (tag);";

#define NOTE_COLUMNS "id, author, created, updated, pinned, title, excerpt, body"

typedef struct
{
  gint64 id;
  char *name;
} Named; /* a user or a tag */

typedef struct
{
  gint64 id;
  gint64 author;
  gint64 created;
  gint64 updated;
  gboolean pinned;
  char *title;
  char *excerpt;
  char *body;
  const Named *user;
  GPtrArray *tags;
} Note;

static void
check (sqlite3 *db, int result)
{
  if (result != SQLITE_OK && result != SQLITE_ROW && result != SQLITE_DONE)
    g_error ("%s", sqlite3_errmsg (db));
}

static void
execute (sqlite3 *db, const char *sql)
{
  check (db, sqlite3_exec (db, sql, NULL, NULL, NULL));
}

static sqlite3 *
open_file (Bench *bench)
{
  sqlite3 *db = NULL;

  check (db, sqlite3_open (bench->file, &db));
  execute (db, BENCH_PRAGMAS);
  return db;
}

static sqlite3_stmt *
prepare (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *statement = NULL;

  check (db, sqlite3_prepare_v2 (db, sql, -1, &statement, NULL));
  return statement;
}

static char *
copy_text (sqlite3_stmt *statement, int column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);
  gsize length = (gsize) sqlite3_column_bytes (statement, column);
  char *copy = g_malloc (length + 1);

  memcpy (copy, text, length + 1);
  return copy;
}

static Note *
note_new (sqlite3_stmt *statement)
{
  Note *self = g_new0 (Note, 1);

  self->id = sqlite3_column_int64 (statement, 0);
  self->author = sqlite3_column_int64 (statement, 1);
  self->created = sqlite3_column_int64 (statement, 2);
  self->updated = sqlite3_column_int64 (statement, 3);
  self->pinned = sqlite3_column_int (statement, 4);
  self->title = copy_text (statement, 5);
  self->excerpt = copy_text (statement, 6);
  self->body = copy_text (statement, 7);
  return self;
}

static void
note_free (gpointer data)
{
  Note *self = data;

  g_clear_pointer (&self->tags, g_ptr_array_unref);
  g_free (self->title);
  g_free (self->excerpt);
  g_free (self->body);
  g_free (self);
}

static gint64
note_sum (const Note *self)
{
  return self->id + (gint64) strlen (self->title) + (gint64) strlen (self->body);
}

static void
sum_notes (Bench *bench, GPtrArray *notes)
{
  for (guint i = 0; i < notes->len; i++)
    bench->sum += note_sum (notes->pdata[i]);
}

static void
insert_notes (Bench *bench, sqlite3 *db)
{
  sqlite3_stmt *statement;

  execute (db, "BEGIN IMMEDIATE");
  statement = prepare (db, "INSERT INTO note (author, created, updated, pinned, title, excerpt, body) "
                           "VALUES (?, ?, ?, ?, ?, ?, ?)");
  for (gint64 i = 1; i <= bench->n_notes; i++)
    {
      BenchNoteValues note = bench_note (bench, i);

      sqlite3_bind_int64 (statement, 1, note.author);
      sqlite3_bind_int64 (statement, 2, note.created);
      sqlite3_bind_int64 (statement, 3, note.updated);
      sqlite3_bind_int64 (statement, 4, note.pinned);
      sqlite3_bind_text (statement, 5, bench->title->str, (int) bench->title->len, SQLITE_STATIC);
      sqlite3_bind_text (statement, 6, bench->excerpt->str, (int) bench->excerpt->len, SQLITE_STATIC);
      sqlite3_bind_text (statement, 7, bench->body->str, (int) bench->body->len, SQLITE_STATIC);
      check (db, sqlite3_step (statement));
      sqlite3_reset (statement);
    }
  sqlite3_finalize (statement);
  execute (db, "COMMIT");
}

/* The users, for notes to be inserted for. */
static void
task_empty (Bench *bench)
{
  sqlite3 *db = open_file (bench);

  execute (db, schema);
  execute (db, "BEGIN");
  for (gint64 i = 1; i <= MAX (BENCH_N_USERS, BENCH_N_TAGS); i++)
    {
      g_autofree char *tag = g_strdup_printf ("INSERT INTO tag (name) VALUES ('tag %03" G_GINT64_FORMAT "')", i);
      g_autofree char *user = g_strdup_printf ("INSERT INTO user (name) VALUES ('User %03" G_GINT64_FORMAT "')", i);

      if (i <= BENCH_N_TAGS)
        execute (db, tag);
      if (i <= BENCH_N_USERS)
        execute (db, user);
    }
  execute (db, "COMMIT");
  sqlite3_close (db);
}

/* Everything, for the tasks that read. */
static void
task_fill (Bench *bench)
{
  sqlite3 *db;
  sqlite3_stmt *statement;

  task_empty (bench);
  db = open_file (bench);
  insert_notes (bench, db);
  execute (db, "BEGIN");
  statement = prepare (db, "INSERT INTO note_tag (note, tag) VALUES (?, ?)");
  for (gint64 i = 1; i <= bench->n_notes; i++)
    for (gint64 j = 0; j < i % 4; j++)
      {
        sqlite3_bind_int64 (statement, 1, i);
        sqlite3_bind_int64 (statement, 2, 1 + (i * 7 + j * 61) % BENCH_N_TAGS);
        check (db, sqlite3_step (statement));
        sqlite3_reset (statement);
      }
  sqlite3_finalize (statement);
  execute (db, "COMMIT; ANALYZE");
  sqlite3_close (db);
}

static void
task_insert (Bench *bench)
{
  sqlite3 *db = open_file (bench);

  bench_start (bench);
  insert_notes (bench, db);
  bench_stop (bench);
  sqlite3_close (db);
}

static GPtrArray *
read_notes (sqlite3 *db, sqlite3_stmt *statement)
{
  GPtrArray *notes = g_ptr_array_new_with_free_func (note_free);
  int result;

  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    g_ptr_array_add (notes, note_new (statement));
  check (db, result);
  sqlite3_reset (statement);
  return notes;
}

static void
task_load (Bench *bench)
{
  sqlite3 *db = open_file (bench);
  g_autoptr (GPtrArray) notes = NULL;
  sqlite3_stmt *statement;

  bench_start (bench);
  statement = prepare (db, "SELECT " NOTE_COLUMNS " FROM note");
  notes = read_notes (db, statement);
  bench_stop (bench);
  sum_notes (bench, notes);
  sqlite3_finalize (statement);
  sqlite3_close (db);
}

static void
get_notes (Bench *bench, gboolean again)
{
  sqlite3 *db = open_file (bench);
  sqlite3_stmt *statement = prepare (db, "SELECT " NOTE_COLUMNS " FROM note WHERE id = ?");
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (note_free);

  for (guint round = again ? 0 : 1; round < 2; round++)
    {
      g_ptr_array_set_size (notes, 0);
      bench_start (bench);
      for (gint64 i = 0; i < bench->n_notes; i++)
        {
          sqlite3_bind_int64 (statement, 1, bench->order[i] + 1);
          check (db, sqlite3_step (statement));
          g_ptr_array_add (notes, note_new (statement));
          sqlite3_reset (statement);
        }
      bench_stop (bench);
    }
  sum_notes (bench, notes);
  sqlite3_finalize (statement);
  sqlite3_close (db);
}

static void
task_get_cold (Bench *bench)
{
  get_notes (bench, FALSE);
}

/* Who has no identity map reads again. */
static void
task_get_live (Bench *bench)
{
  get_notes (bench, TRUE);
}

static void
task_change (Bench *bench)
{
  sqlite3 *db = open_file (bench);
  sqlite3_stmt *statement = prepare (db, "UPDATE note SET title = ? WHERE id = ?");

  bench_start (bench);
  execute (db, "BEGIN IMMEDIATE");
  for (gint64 i = 1; i <= bench->n_notes / BENCH_IN_CHANGE; i++)
    {
      char title[32];

      g_snprintf (title, sizeof title, "Changed %" G_GINT64_FORMAT, i);
      sqlite3_bind_text (statement, 1, title, -1, SQLITE_STATIC);
      sqlite3_bind_int64 (statement, 2, i * BENCH_IN_CHANGE);
      check (db, sqlite3_step (statement));
      sqlite3_reset (statement);
    }
  execute (db, "COMMIT");
  bench_stop (bench);
  sqlite3_finalize (statement);
  sqlite3_close (db);
}

static void
named_free (gpointer data)
{
  Named *self = data;

  g_free (self->name);
  g_free (self);
}

static GHashTable *
named_table_new (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, named_free);
}

/* One struct for each user and each tag of a page. */
static const Named *
take_named (GHashTable *known, sqlite3_stmt *statement, int column)
{
  gint64 id = sqlite3_column_int64 (statement, column);
  Named *named = g_hash_table_lookup (known, &id);

  if (named == NULL)
    {
      named = g_new (Named, 1);
      named->id = id;
      named->name = copy_text (statement, column + 1);
      g_hash_table_insert (known, &named->id, named);
    }
  return named;
}

static void
sum_page (Bench *bench, GPtrArray *notes)
{
  for (guint i = 0; i < notes->len; i++)
    {
      const Note *note = notes->pdata[i];

      bench->sum += note_sum (note) + (gint64) strlen (note->user->name);
      for (guint j = 0; j < note->tags->len; j++)
        bench->sum += ((const Named *) note->tags->pdata[j])->id;
    }
}

static void
task_page_join (Bench *bench)
{
  sqlite3 *db = open_file (bench);
  sqlite3_stmt *statement =
      prepare (db, "SELECT n.id, n.author, n.created, n.updated, n.pinned, n.title, n.excerpt, n.body,"
                   " u.id, u.name, t.id, t.name FROM (SELECT " NOTE_COLUMNS " FROM note WHERE updated < ? "
                   "ORDER BY updated DESC LIMIT ?) AS n JOIN user AS u ON u.id = n.author "
                   "LEFT JOIN note_tag AS l ON l.note = n.id LEFT JOIN tag AS t ON t.id = l.tag "
                   "ORDER BY n.updated DESC");

  for (gint64 i = 0; i < bench->n_asked; i++)
    {
      g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (note_free);
      g_autoptr (GHashTable) users = named_table_new ();
      g_autoptr (GHashTable) tags = named_table_new ();
      Note *note = NULL;
      double before = bench->milliseconds;

      bench_start (bench);
      sqlite3_bind_int64 (statement, 1, bench_page_before (bench, i));
      sqlite3_bind_int64 (statement, 2, BENCH_PAGE);
      while (sqlite3_step (statement) == SQLITE_ROW)
        {
          if (note == NULL || note->id != sqlite3_column_int64 (statement, 0))
            {
              note = note_new (statement);
              note->user = take_named (users, statement, 8);
              note->tags = g_ptr_array_new ();
              g_ptr_array_add (notes, note);
            }
          if (sqlite3_column_type (statement, 10) != SQLITE_NULL)
            g_ptr_array_add (note->tags, (gpointer) take_named (tags, statement, 10));
        }
      sqlite3_reset (statement);
      bench_stop (bench);
      bench->milliseconds += before;
      sum_page (bench, notes);
    }
  sqlite3_finalize (statement);
  sqlite3_close (db);
}

static char *
format_keys (GPtrArray *notes)
{
  GString *keys = g_string_new ("[");

  for (guint i = 0; i < notes->len; i++)
    g_string_append_printf (keys, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", ((const Note *) notes->pdata[i])->id);
  g_string_append_c (keys, ']');
  return g_string_free (keys, FALSE);
}

/* The users and tags of a page, each with one statement that gives the key of the note first. */
static void
read_links (sqlite3_stmt *statement, GPtrArray *notes, GHashTable *by_id, GHashTable *known)
{
  g_autofree char *keys = format_keys (notes);

  sqlite3_bind_text (statement, 1, keys, -1, SQLITE_STATIC);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      gint64 id = sqlite3_column_int64 (statement, 0);
      Note *note = g_hash_table_lookup (by_id, &id);

      if (note->tags == NULL)
        note->user = take_named (known, statement, 1);
      else
        g_ptr_array_add (note->tags, (gpointer) take_named (known, statement, 1));
    }
  sqlite3_reset (statement);
}

static void
task_page_batched (Bench *bench)
{
  sqlite3 *db = open_file (bench);
  sqlite3_stmt *pages =
      prepare (db, "SELECT " NOTE_COLUMNS " FROM note WHERE updated < ? ORDER BY updated DESC LIMIT ?");
  sqlite3_stmt *authors = prepare (db, "SELECT n.id, u.id, u.name FROM note AS n JOIN user AS u ON u.id = n.author "
                                       "WHERE n.id IN (SELECT value FROM json_each (?))");
  sqlite3_stmt *links = prepare (db, "SELECT l.note, t.id, t.name FROM note_tag AS l JOIN tag AS t ON t.id = l.tag "
                                     "WHERE l.note IN (SELECT value FROM json_each (?))");

  for (gint64 i = 0; i < bench->n_asked; i++)
    {
      g_autoptr (GPtrArray) notes = NULL;
      g_autoptr (GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
      g_autoptr (GHashTable) users = named_table_new ();
      g_autoptr (GHashTable) tags = named_table_new ();
      double before = bench->milliseconds;

      bench_start (bench);
      sqlite3_bind_int64 (pages, 1, bench_page_before (bench, i));
      sqlite3_bind_int64 (pages, 2, BENCH_PAGE);
      notes = read_notes (db, pages);
      for (guint j = 0; j < notes->len; j++)
        g_hash_table_insert (by_id, &((Note *) notes->pdata[j])->id, notes->pdata[j]);
      read_links (authors, notes, by_id, users);
      for (guint j = 0; j < notes->len; j++)
        ((Note *) notes->pdata[j])->tags = g_ptr_array_new ();
      read_links (links, notes, by_id, tags);
      bench_stop (bench);
      bench->milliseconds += before;
      sum_page (bench, notes);
    }
  sqlite3_finalize (pages);
  sqlite3_finalize (authors);
  sqlite3_finalize (links);
  sqlite3_close (db);
}

static void
task_filter (Bench *bench)
{
  sqlite3 *db = open_file (bench);
  sqlite3_stmt *statement = prepare (db, "SELECT " NOTE_COLUMNS " FROM note WHERE author = ? AND updated >= ? "
                                         "AND updated <= ? ORDER BY title, id LIMIT ?");

  for (gint64 i = 0; i < bench->n_asked; i++)
    {
      g_autoptr (GPtrArray) notes = NULL;
      gint64 author, since, until;
      double before = bench->milliseconds;

      bench_list_of (bench, i, &author, &since, &until);
      bench_start (bench);
      sqlite3_bind_int64 (statement, 1, author);
      sqlite3_bind_int64 (statement, 2, since);
      sqlite3_bind_int64 (statement, 3, until);
      sqlite3_bind_int64 (statement, 4, BENCH_PAGE);
      notes = read_notes (db, statement);
      bench_stop (bench);
      bench->milliseconds += before;
      sum_notes (bench, notes);
    }
  sqlite3_finalize (statement);
  sqlite3_close (db);
}

static const BenchTask tasks[] = {
  { "empty", task_empty },
  { "fill", task_fill },
  { "insert", task_insert },
  { "load", task_load },
  { "get.cold", task_get_cold },
  { "get.live", task_get_live },
  { "change", task_change },
  { "page.join", task_page_join },
  { "page.batched", task_page_batched },
  { "filter", task_filter },
  { NULL, NULL },
};

int
main (int argc, char *argv[])
{
  return bench_main (argc, argv, tasks);
}
