/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-bench"

#include "bench-queries.h"
#include "octavo-hit-excerpt.h"
#include "octavo-note-repository.h"
#include "octavo-note-row.h"
#include "octavo-search-private.h"
#include "octavo-store.h"
#include "orm-connection.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* bench-search FILE [ROUNDS]: asks the engine 200 queries about generated notes, as often as told, and tells each time
 * that was taken: what, milliseconds, how many of them on a processor, how many notes were found, the query;
 * tab-separated. Each round is one of an engine that was just warmed up with 200 others, and remembers nothing of
 * these.
 *
 *   query.KIND    from the text of a query to the ids of all notes it finds, in order
 *   relevance.KIND  the same by relevance, asked of an engine of its own
 *   match.common  the bare match of the same word by SQLite alone, right after it
 *   page          from the ids to the rows of the first page, with tags, what is marked in each, and for those that are
 *                 seen at once the line with the first hit */

#define PAGE     64
#define N_SEEN   16 /* rows of which the list knows the line with the hit before it shows them */
#define MAX_HITS 20

typedef struct
{
  OctavoStore *store;
  OrmConnection *bare;
  OctavoSort sort;
  gboolean is_warm;
} Bench;

typedef struct
{
  gint64 wall;
  gint64 cpu;
} Moment; /* microseconds */

static Moment
now (void)
{
  struct timespec cpu;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &cpu);
  return (Moment){ g_get_monotonic_time (), (gint64) cpu.tv_sec * G_USEC_PER_SEC + cpu.tv_nsec / 1000 };
}

static void
tell (Bench *self, const char *what, const char *kind, Moment began, guint n_found, const char *text)
{
  Moment ended = now ();

  if (self->is_warm)
    printf ("%s%s\t%.3f\t%.3f\t%u\t%s\n", what, kind, (double) (ended.wall - began.wall) / 1000,
            (double) (ended.cpu - began.cpu) / 1000, n_found, text);
}

static void
mark (OctavoQuery *query, const char *field, const char *text)
{
  g_array_unref (octavo_query_find_hits (query, field, text, MAX_HITS));
}

static gboolean
look_into (OctavoNoteValues *note, gpointer query)
{
  g_autoptr (GArray) hits = octavo_query_find_hits (query, "body", note->excerpt, 1);
  gboolean gave_up;

  if (hits->len == 0)
    g_free (octavo_hit_excerpt_new (query, note->body, 0, &gave_up));
  return TRUE;
}

static void
read_page (Bench *self, OctavoQuery *query, GArray *ids, const char *text)
{
  Moment began = now ();
  guint n_rows = MIN (ids->len, PAGE);
  g_autoptr (GPtrArray) rows = octavo_note_repository_read_page (octavo_store_get_notes (self->store),
                                                                 (const gint64 *) (gpointer) ids->data, n_rows);

  for (guint i = 0; i < rows->len; i++)
    {
      OctavoNoteRow *row = g_ptr_array_index (rows, i);
      const char *const *tags = octavo_note_row_get_tags (row);

      mark (query, "title", octavo_note_row_get_title (row));
      mark (query, "body", octavo_note_row_get_excerpt (row));
      for (; tags != NULL && *tags != NULL; tags++)
        mark (query, "tag", *tags);
    }
  if (octavo_query_can_hit (query, "body"))
    octavo_note_repository_foreach (octavo_store_get_notes (self->store), (const gint64 *) (gpointer) ids->data,
                                    MIN (n_rows, N_SEEN), TRUE, look_into, query, NULL, NULL);
  tell (self, "page", "", began, n_rows, text);
}

/* What the engine cannot do without: the ids of the notes that have a term in the title, or in the text. */
static gboolean
match_bare (Bench *self, const char *word, GError **error)
{
  static const char *const sql[] = {
    "SELECT rowid FROM search_title WHERE search_title MATCH ?",
    "SELECT rowid FROM search_body WHERE search_body MATCH ?",
  };
  g_autofree char *match = g_strdup_printf ("\"%s\"", word);
  Moment began = now ();
  guint n_found = 0;

  for (guint i = 0; i < G_N_ELEMENTS (sql); i++)
    {
      OrmStatement *statement = orm_connection_prepare (self->bare, sql[i], error);
      OrmStep step;

      if (statement == NULL)
        return FALSE;
      orm_statement_bind_text (statement, 1, match, -1);
      while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
        n_found += orm_statement_get_int64 (statement, 0) != 0;
      if (step != ORM_STEP_DONE)
        return FALSE;
    }
  tell (self, "match.common", "", began, n_found, word);
  return TRUE;
}

static gboolean
ask (Bench *self, const BenchQuery *asked, GError **error)
{
  Moment began = now ();
  g_autoptr (OctavoQuery) query = octavo_query_new (asked->text);
  g_autoptr (GArray) ids =
      octavo_search_run (octavo_store_get_search (self->store), query, NULL, self->sort, NULL, error);

  if (ids == NULL)
    return FALSE;
  if (self->sort == OCTAVO_SORT_RELEVANCE)
    {
      tell (self, "relevance.", asked->kind, began, ids->len, asked->text);
      return TRUE;
    }
  tell (self, "query.", asked->kind, began, ids->len, asked->text);
  read_page (self, query, ids, asked->text);
  return !g_str_equal (asked->kind, "common") || match_bare (self, asked->text, error);
}

static GArray *
make_queries (guint64 seed)
{
  g_autoptr (BenchWords) words = bench_words_new (seed, BENCH_N_WORDS);

  return bench_queries_new (words);
}

static gboolean
contains (GArray *queries, const char *text)
{
  for (guint i = 0; i < queries->len; i++)
    if (g_str_equal (g_array_index (queries, BenchQuery, i).text, text))
      return TRUE;
  return FALSE;
}

/* others: what is asked first; is_warm: whether to tell of the round */
static gboolean
run_round (OrmConnection *bare,
           const char *path,
           OctavoSort sort,
           GArray *queries,
           GArray *others,
           gboolean is_warm,
           GError **error)
{
  g_autoptr (OctavoStore) store = octavo_store_new (path);
  Bench self = { .store = store, .bare = bare, .sort = sort };

  if (!octavo_store_open (store, NULL, error))
    return FALSE;
  for (guint i = 0; i < others->len; i++)
    {
      const BenchQuery *query = &g_array_index (others, BenchQuery, i);

      if (!contains (queries, query->text) && !ask (&self, query, error))
        return FALSE;
    }
  self.is_warm = is_warm;
  for (guint i = 0; i < queries->len; i++)
    if (!ask (&self, &g_array_index (queries, BenchQuery, i), error))
      return FALSE;
  octavo_store_close (store);
  return TRUE;
}

static gboolean
bench (const char *path, guint n_rounds, GError **error)
{
  g_autoptr (GArray) queries = make_queries (BENCH_SEED);
  g_autoptr (GArray) others = make_queries (BENCH_SEED + 1);
  g_autoptr (OrmConnection) bare = orm_connection_new (path, ORM_OPEN_READ_ONLY, error);

  if (bare == NULL || !octavo_search_setup_connection (bare, NULL, error))
    return FALSE;
  for (guint round = 0; round <= n_rounds; round++) /* the first is for the pages of the file */
    if (!run_round (bare, path, OCTAVO_SORT_UPDATED, queries, others, round > 0, error) ||
        !run_round (bare, path, OCTAVO_SORT_RELEVANCE, queries, others, round > 0, error))
      return FALSE;
  return TRUE;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;

  if (argc < 2 || argc > 3)
    {
      g_printerr ("usage: bench-search FILE [ROUNDS]\n");
      return 2;
    }
  if (!bench (argv[1], argc > 2 ? (guint) strtoul (argv[2], NULL, 10) : 3, &error))
    {
      g_printerr ("bench-search: %s\n", error->message);
      return 1;
    }
  return 0;
}
