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
read_by_keys (OrmSession *session, GType type, GArray *keys, GPtrArray **objects)
{
  g_autoptr (OrmQuery) query = orm_query_new (type);
  g_autoptr (GError) error = NULL;

  orm_query_filter (query, orm_in ("id", (const gint64 *) (gpointer) keys->data, keys->len));
  *objects = orm_session_all (session, query, NULL, &error);
  bench_check (error);
}

static OrmRows *
read_links (OrmDatabase *database, GPtrArray *notes)
{
  static const char sql[] = "SELECT note, tag FROM note_tag WHERE note IN (SELECT value FROM json_each (?))";
  g_autoptr (GString) keys = g_string_new ("[");
  g_autoptr (GError) error = NULL;
  OrmParameter parameter = { NULL, { .type = ORM_VALUE_TEXT } };
  OrmRows *rows;

  for (guint i = 0; i < notes->len; i++)
    g_string_append_printf (keys, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", ((BenchNote *) notes->pdata[i])->id);
  g_string_append_c (keys, ']');
  parameter.value.text = keys->str;
  rows = orm_database_select (database, sql, &parameter, 1, NULL, &error);
  bench_check (error);
  return rows;
}

static void
sum_page (Bench *bench, OrmSession *session, GPtrArray *notes, OrmRows *links)
{
  for (guint i = 0; i < notes->len; i++)
    {
      BenchNote *note = notes->pdata[i];
      g_autoptr (BenchUser) user = orm_session_lookup (session, BENCH_TYPE_USER, note->author);

      bench->sum += note_sum (note) + (gint64) strlen (user->name);
    }
  for (guint i = 0; i < orm_rows_get_n_rows (links); i++)
    {
      g_autoptr (BenchTag) tag = orm_session_lookup (session, BENCH_TYPE_TAG, orm_rows_get (links, i, 1)->int64);

      bench->sum += tag->id;
    }
}

static void
task_page_batched (Bench *bench)
{
  OrmDatabase *database = open_file (bench);
  g_autoptr (OrmSession) session = orm_session_new (database);
  g_autoptr (GError) error = NULL;

  for (gint64 i = 0; i < bench->n_asked; i++)
    {
      g_autoptr (OrmQuery) query = NULL;
      g_autoptr (GPtrArray) notes = NULL;
      g_autoptr (GPtrArray) users = NULL;
      g_autoptr (GPtrArray) tags = NULL;
      g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autoptr (OrmRows) links = NULL;
      double before = bench->milliseconds;

      bench_start (bench);
      query = query_page (bench, i);
      notes = orm_session_all (session, query, NULL, &error);
      bench_check (error);
      for (guint j = 0; j < notes->len; j++)
        g_array_append_val (keys, ((BenchNote *) notes->pdata[j])->author);
      read_by_keys (session, BENCH_TYPE_USER, keys, &users);
      links = read_links (database, notes);
      g_array_set_size (keys, 0);
      for (guint j = 0; j < orm_rows_get_n_rows (links); j++)
        g_array_append_val (keys, orm_rows_get (links, j, 1)->int64);
      read_by_keys (session, BENCH_TYPE_TAG, keys, &tags);
      bench_stop (bench);
      bench->milliseconds += before;
      sum_page (bench, session, notes, links);
    }
  close_file (database);
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
  { "insert", task_insert },     { "load", task_load },
  { "get.cold", task_get_cold }, { "get.live", task_get_live },
  { "change", task_change },     { "page.batched", task_page_batched },
  { "filter", task_filter },     { NULL, NULL },
};

int
main (int argc, char *argv[])
{
  return bench_main (argc, argv, tasks);
}
