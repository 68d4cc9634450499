/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-bench"

#include "bench-orm-entities.h"
#include "bench-orm.h"

#include <string.h>

/* The engine of model/orm: sessions and objects, as an application uses them. */

static OrmDatabase *
open_file (Bench *bench)
{
  OrmDatabase *database = orm_database_new (bench->file, ORM_OPEN_DEFAULT);
  g_autoptr (GError) error = NULL;

  orm_database_open (database, NULL, &error);
  bench_check (error);
  return database;
}

static void
close_file (OrmDatabase *database)
{
  orm_database_close (database);
  g_object_unref (database);
}

static gint64
note_sum (const BenchNote *self)
{
  return self->id + (gint64) strlen (self->title) + (gint64) strlen (self->body);
}

static void
sum_notes (Bench *bench, GPtrArray *notes)
{
  for (guint i = 0; i < notes->len; i++)
    bench->sum += note_sum (notes->pdata[i]);
}

static OrmEntity *
make_note (Bench *bench, gint64 number)
{
  BenchNoteValues values = bench_note (bench, number);
  OrmEntity *note = g_object_new (BENCH_TYPE_NOTE, NULL);

  orm_entity_set_int64 (note, BENCH_NOTE_AUTHOR, values.author);
  orm_entity_set_int64 (note, BENCH_NOTE_CREATED, values.created);
  orm_entity_set_int64 (note, BENCH_NOTE_UPDATED, values.updated);
  orm_entity_set_boolean (note, BENCH_NOTE_PINNED, values.pinned);
  orm_entity_set_text (note, BENCH_NOTE_TITLE, bench->title->str);
  orm_entity_set_text (note, BENCH_NOTE_EXCERPT, bench->excerpt->str);
  orm_entity_set_text (note, BENCH_NOTE_BODY, bench->body->str);
  return note;
}

static void
task_insert (Bench *bench)
{
  OrmDatabase *database = open_file (bench);
  g_autoptr (OrmSession) session = orm_session_new (database);
  g_autoptr (GError) error = NULL;

  bench_start (bench);
  for (gint64 i = 1; i <= bench->n_notes; i++)
    {
      g_autoptr (OrmEntity) note = make_note (bench, i);

      orm_session_add (session, note);
    }
  orm_session_commit (session, NULL, &error);
  bench_stop (bench);
  bench_check (error);
  close_file (database);
}

static void
task_load (Bench *bench)
{
  OrmDatabase *database = open_file (bench);
  g_autoptr (OrmSession) session = orm_session_new (database);
  g_autoptr (OrmQuery) query = orm_query_new (BENCH_TYPE_NOTE);
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GError) error = NULL;

  bench_start (bench);
  notes = orm_session_all (session, query, NULL, &error);
  bench_stop (bench);
  bench_check (error);
  sum_notes (bench, notes);
  close_file (database);
}

static void
get_notes (Bench *bench, gboolean again)
{
  OrmDatabase *database = open_file (bench);
  g_autoptr (OrmSession) session = orm_session_new (database);
  g_autoptr (GPtrArray) live = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GError) error = NULL;

  for (guint round = again ? 0 : 1; round < 2; round++)
    {
      notes = g_ptr_array_new_with_free_func (g_object_unref);
      bench_start (bench);
      for (gint64 i = 0; i < bench->n_notes; i++)
        {
          g_ptr_array_add (notes, orm_session_get (session, BENCH_TYPE_NOTE, bench->order[i] + 1, NULL, &error));
          bench_check (error);
        }
      bench_stop (bench);
      if (round == 0)
        g_ptr_array_extend_and_steal (live, g_steal_pointer (&notes));
    }
  sum_notes (bench, notes);
  close_file (database);
}

static void
task_get_cold (Bench *bench)
{
  get_notes (bench, FALSE);
}

static void
task_get_live (Bench *bench)
{
  get_notes (bench, TRUE);
}

static void
task_change (Bench *bench)
{
  OrmDatabase *database = open_file (bench);
  g_autoptr (OrmSession) session = orm_session_new (database);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;

  for (gint64 i = 1; i <= bench->n_notes / BENCH_IN_CHANGE; i++)
    {
      g_ptr_array_add (notes, orm_session_get (session, BENCH_TYPE_NOTE, i * BENCH_IN_CHANGE, NULL, &error));
      bench_check (error);
    }
  bench_start (bench);
  for (guint i = 0; i < notes->len; i++)
    {
      char title[32];

      g_snprintf (title, sizeof title, "Changed %u", i + 1);
      orm_entity_set_text (notes->pdata[i], BENCH_NOTE_TITLE, title);
    }
  orm_session_commit (session, NULL, &error);
  bench_stop (bench);
  bench_check (error);
  close_file (database);
}

static OrmQuery *
query_page (Bench *bench, gint64 number)
{
  OrmQuery *query = orm_query_new (BENCH_TYPE_NOTE);
  OrmValue before = { .type = ORM_VALUE_INT64, .int64 = bench_page_before (bench, number) };

  orm_query_filter (query, orm_compare ("updated", "<", &before));
  orm_query_order_by (query, "updated", ORM_ORDER_DESCENDING);
  orm_query_limit (query, BENCH_PAGE);
  return query;
}

static void
sum_page (Bench *bench, GPtrArray *notes)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < notes->len; i++)
    {
      BenchUser *user = orm_entity_get_related (notes->pdata[i], "user", &error);
      g_autoptr (OrmCollection) tags = orm_entity_get_collection (notes->pdata[i], "tags", &error);

      bench_check (error);
      bench->sum += note_sum (notes->pdata[i]) + (gint64) strlen (user->name);
      for (guint j = 0; j < orm_collection_get_n_items (tags); j++)
        bench->sum += ((BenchTag *) orm_collection_peek (tags, j))->id;
    }
}

static void
read_pages (Bench *bench, void (*load_user) (OrmQuery *query, const char *path))
{
  OrmDatabase *database = open_file (bench);
  g_autoptr (OrmSession) session = orm_session_new (database);
  g_autoptr (GError) error = NULL;

  for (gint64 i = 0; i < bench->n_asked; i++)
    {
      g_autoptr (OrmQuery) query = NULL;
      g_autoptr (GPtrArray) notes = NULL;
      double before = bench->milliseconds;

      bench_start (bench);
      query = query_page (bench, i);
      load_user (query, "user");
      orm_query_select_in (query, "tags");
      notes = orm_session_all (session, query, NULL, &error);
      bench_stop (bench);
      bench_check (error);
      bench->milliseconds += before;
      sum_page (bench, notes);
    }
  close_file (database);
}

/* A collection is never joined: with the join there are two statements, without it three. */
static void
task_page_join (Bench *bench)
{
  read_pages (bench, orm_query_joined);
}

static void
task_page_batched (Bench *bench)
{
  read_pages (bench, orm_query_select_in);
}

static void
task_filter (Bench *bench)
{
  OrmDatabase *database = open_file (bench);
  g_autoptr (OrmSession) session = orm_session_new (database);
  g_autoptr (GError) error = NULL;

  for (gint64 i = 0; i < bench->n_asked; i++)
    {
      g_autoptr (OrmQuery) query = NULL;
      g_autoptr (GPtrArray) notes = NULL;
      OrmValue author = { .type = ORM_VALUE_INT64 };
      OrmValue since = { .type = ORM_VALUE_INT64 };
      OrmValue until = { .type = ORM_VALUE_INT64 };
      double before = bench->milliseconds;

      bench_list_of (bench, i, &author.int64, &since.int64, &until.int64);
      bench_start (bench);
      query = orm_query_new (BENCH_TYPE_NOTE);
      orm_query_filter (query, orm_equal ("author", &author));
      orm_query_filter (query, orm_between ("updated", &since, &until));
      orm_query_order_by (query, "title", ORM_ORDER_ASCENDING);
      orm_query_order_by (query, "id", ORM_ORDER_ASCENDING);
      orm_query_limit (query, BENCH_PAGE);
      notes = orm_session_all (session, query, NULL, &error);
      bench_stop (bench);
      bench_check (error);
      bench->milliseconds += before;
      sum_notes (bench, notes);
    }
  close_file (database);
}

static const BenchTask tasks[] = {
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
