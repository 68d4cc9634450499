/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-generate"

#include "bench-words.h"
#include "octavo-excerpt.h"
#include "octavo-query.h"
#include "octavo-search.h"
#include "octavo-store.h"
#include "octavo-user-repository.h"
#include "orm-connection.h"

#include <math.h>
#include <stdlib.h>

/* octavo-generate N FILE [SEED]: fills a new file with N notes, the same for the same seed. Lengths, words, tags, dates
 * and users are spread as in the notes of people; one in thirty is Chinese, Japanese or Korean; one rare word is in
 * exactly seven notes (or in all, of fewer). Tells words to look for, as it does without N and FILE. */

#define FORMAT         2 /* to be raised by whoever changes what is generated: files of another one are made anew */
#define N_TAGS         200
#define N_USERS        3
#define N_RARE         7
#define MEDIAN_LENGTH  60
#define LENGTH_SPREAD  0.95
#define MOST_WORDS     2000
#define ONE_IN_CJK     30
#define ONE_IN_PINNED  500
#define ONE_IN_TRASHED 50
#define IN_TRANSACTION 20000
#define LAST_DAY       G_GINT64_CONSTANT (1767225600) /* 2026-01-01, seconds */
#define TEN_YEARS      (G_GINT64_CONSTANT (3652) * 24 * 3600)

typedef struct
{
  OrmConnection *connection;
  BenchWords *words;
  gint64 users[N_USERS];
  guint64 n_notes;
  GString *title;
  GString *body;
} Generator;

static gboolean
add_users (Generator *self, const char *path, GError **error)
{
  static const char *const names[N_USERS] = { NULL, "Ada", "Grace" }; /* the first is the account's own */
  g_autoptr (OctavoStore) store = octavo_store_new (path);

  if (!octavo_store_open (store, NULL, error))
    return FALSE;
  self->users[0] = octavo_user_repository_get_default_id (octavo_store_get_users (store));
  for (guint i = 1; i < N_USERS; i++)
    {
      self->users[i] = octavo_user_repository_ensure (octavo_store_get_users (store), names[i], error);
      if (self->users[i] == 0)
        return FALSE;
    }
  octavo_store_close (store);
  return TRUE;
}

static gboolean
add_tags (Generator *self, GError **error)
{
  static const char *const sql = "INSERT INTO tag (id, name, folded) VALUES (?, ?, ?)";

  for (gint64 id = 1; id <= N_TAGS; id++)
    {
      OrmStatement *statement = orm_connection_prepare (self->connection, sql, error);
      g_autofree char *name = bench_words_get_tag (self->words, (guint) id);

      if (!statement)
        return FALSE;
      orm_statement_bind_int64 (statement, 1, id);
      orm_statement_bind_text (statement, 2, name, -1);
      orm_statement_bind_text (statement, 3, name, -1);
      if (!orm_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_rare (Generator *self, guint64 number)
{
  guint64 step = MAX (1, self->n_notes / N_RARE);

  return number % step == 0 && number / step < N_RARE;
}

static void
write_note (Generator *self, guint64 number)
{
  double length = MEDIAN_LENGTH * exp (LENGTH_SPREAD * bench_words_normal (self->words));

  g_string_truncate (self->title, 0);
  g_string_truncate (self->body, 0);
  if (bench_words_random (self->words, ONE_IN_CJK) == 0)
    {
      bench_words_append_cjk (self->words, self->title, 3);
      bench_words_append_cjk (self->words, self->body, (guint) CLAMP (length, 1, MOST_WORDS));
    }
  else
    {
      bench_words_append_title (self->words, self->title);
      bench_words_append_body (self->words, self->body, (guint) CLAMP (length, 1, MOST_WORDS));
    }
  if (is_rare (self, number))
    g_string_append (self->body, "\n\nSet in " BENCH_RARE ".\n");
}

static gboolean
add_note (Generator *self, guint64 number, GError **error)
{
  static const char *const sql = "INSERT INTO note (user_id, created, updated, trashed, pinned, title, excerpt, body) "
                                 "VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
  BenchWords *words = self->words;
  OrmStatement *statement = orm_connection_prepare (self->connection, sql, error);
  g_autofree char *excerpt = NULL;
  guint64 dice = bench_words_random (words, 10); /* most notes are the account's own */
  gint64 created, updated;

  if (!statement)
    return FALSE;
  write_note (self, number);
  excerpt = octavo_excerpt_new (self->body->str, self->title->str);
  created = (LAST_DAY - (gint64) bench_words_random (words, TEN_YEARS)) * G_USEC_PER_SEC;
  updated = created + (gint64) bench_words_random (words, (guint64) (LAST_DAY * G_USEC_PER_SEC - created) + 1);
  orm_statement_bind_int64 (statement, 1, self->users[dice < 10 - N_USERS ? 0 : dice % N_USERS]);
  orm_statement_bind_int64 (statement, 2, created);
  orm_statement_bind_int64 (statement, 3, updated);
  orm_statement_bind_int64 (statement, 4,
                            !is_rare (self, number) && bench_words_random (words, ONE_IN_TRASHED) == 0 ? updated : 0);
  orm_statement_bind_int64 (statement, 5, bench_words_random (words, ONE_IN_PINNED) == 0);
  orm_statement_bind_text (statement, 6, self->title->str, (gssize) self->title->len);
  orm_statement_bind_text (statement, 7, excerpt, -1);
  orm_statement_bind_text (statement, 8, self->body->str, (gssize) self->body->len);
  return orm_statement_run (statement, error);
}

static gboolean
tag_note (Generator *self, gint64 note, GError **error)
{
  static const char *const sql = "INSERT OR IGNORE INTO note_tag (note_id, tag_id) VALUES (?, ?)";

  for (guint64 i = bench_words_random (self->words, 4); i > 0; i--)
    {
      OrmStatement *statement = orm_connection_prepare (self->connection, sql, error);
      guint64 below = 1 + bench_words_random (self->words, N_TAGS); /* twice: the first tags are the commonest */

      if (!statement)
        return FALSE;
      orm_statement_bind_int64 (statement, 1, note);
      orm_statement_bind_int64 (statement, 2, 1 + (gint64) bench_words_random (self->words, below));
      if (!orm_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_notes (Generator *self, GError **error)
{
  guint64 number = 0;

  while (number < self->n_notes)
    {
      guint64 until = MIN (number + IN_TRANSACTION, self->n_notes);

      if (!orm_connection_begin (self->connection, error))
        return FALSE;
      for (; number < until; number++)
        if (!add_note (self, number, error) ||
            !tag_note (self, orm_connection_get_last_insert_id (self->connection), error))
          return FALSE;
      if (!orm_connection_commit (self->connection, error))
        return FALSE;
      g_printerr ("\r%" G_GUINT64_FORMAT " notes", number);
    }
  g_printerr ("\n");
  return orm_connection_execute (self->connection, "DELETE FROM tag WHERE id NOT IN (SELECT tag_id FROM note_tag)",
                                 error);
}

/* A search waits until the index has every note: what is measured later does not pay for it. */
static gboolean
index_notes (Generator *self, const char *path, GError **error)
{
  g_autoptr (OctavoStore) store = octavo_store_new (path);
  g_autoptr (OctavoQuery) query = octavo_query_new (BENCH_RARE);
  g_autoptr (GArray) found = NULL;
  OctavoScope scope = { OCTAVO_PLACE_ALL, 0, 0 };

  if (!octavo_store_open (store, NULL, error))
    return FALSE;
  found = octavo_search_run (octavo_store_get_search (store), query, &scope, OCTAVO_SORT_UPDATED, NULL, error);
  octavo_store_close (store);
  if (!found)
    return FALSE;
  if (found->len != MIN (N_RARE, self->n_notes))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the rare word is found in %u notes", found->len);
      return FALSE;
    }
  return TRUE;
}

static gboolean
generate (Generator *self, const char *path, GError **error)
{
  g_autoptr (OrmConnection) connection = NULL;

  if (!add_users (self, path, error))
    return FALSE;
  connection = self->connection = orm_connection_new (path, ORM_OPEN_DEFAULT, error);
  if (!connection || !orm_connection_execute (connection, "PRAGMA synchronous = OFF", error) ||
      !add_tags (self, error) || !add_notes (self, error))
    return FALSE;
  g_clear_pointer (&connection, orm_connection_free);
  return index_notes (self, path, error);
}

/* What to search for, for whoever measures: in almost all notes, in a middling number of them, in few. */
static void
tell_words (BenchWords *words)
{
  g_print ("format\t%d\n", FORMAT);
  for (guint rank = 0; rank < BENCH_N_WORDS; rank = rank ? rank * 3 : 1)
    g_print ("%u\t%s\n", rank, bench_words_get (words, rank));
  g_print ("rare\t" BENCH_RARE "\n");
}

int
main (int argc, char *argv[])
{
  g_autoptr (BenchWords) words = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) title = g_string_new (NULL);
  g_autoptr (GString) body = g_string_new (NULL);
  Generator self = { .title = title, .body = body };

  if (argc == 2 || argc > 4 ||
      (argc > 2 && !g_ascii_string_to_unsigned (argv[1], 10, 0, G_MAXINT64, &self.n_notes, NULL)))
    {
      g_printerr ("usage: octavo-generate [N FILE [SEED]]\n");
      return 2;
    }
  if (argc > 2 && g_file_test (argv[2], G_FILE_TEST_EXISTS))
    {
      g_printerr ("octavo-generate: %s is there already\n", argv[2]);
      return 1;
    }
  words = self.words = bench_words_new (argc > 3 ? strtoull (argv[3], NULL, 10) : BENCH_SEED, BENCH_N_WORDS);
  if (argc > 2 && !generate (&self, argv[2], &error))
    {
      g_printerr ("octavo-generate: %s\n", error->message);
      return 1;
    }
  tell_words (words);
  return 0;
}
