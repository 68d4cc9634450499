/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-shelf.h"
#include "orm-test.h"

/* Queries within work on a connection. */

typedef struct
{
  OrmDatabase *database;
  GPtrArray *statements;
  GError *error;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->database = orm_test_shelf_open (":memory:");
  orm_test_settle ();
  fixture->statements = orm_test_trace (fixture->database);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_no_error (fixture->error);
  g_assert_finalize_object (fixture->database);
  g_ptr_array_unref (fixture->statements);
}

/* One thing to be done, and what it gave. */
typedef struct
{
  enum
  {
    READ,
    COUNT,
    DELETE,
    UPDATE,
    RELATE,
    SEPARATE,
    INSERT,
    INSERT_WITH_KEY,
    FIND,
    RELATE_ONE,
  } kind;
  OrmQuery *query;
  const char *relation;
  gint64 target;
  gint64 result;
  OrmRows *rows;
} Work;

static const OrmAssignment assignments[] = {
  { "title", { .type = ORM_VALUE_TEXT, .text = (char *) "z" } },
  { "person_id", { .type = ORM_VALUE_INT64, .int64 = 2 } },
  { "id", { .type = ORM_VALUE_INT64, .int64 = 9 } },
};

static gboolean
run (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Work *work = data;

  switch (work->kind)
    {
    case READ:
      work->rows = orm_query_read (work->query, connection, error);
      return work->rows != NULL;
    case COUNT:
      work->result = orm_query_count (work->query, connection, error);
      break;
    case DELETE:
      work->result = orm_query_delete (work->query, connection, error);
      break;
    case UPDATE:
      work->result = orm_query_update (work->query, connection, assignments, 1, error);
      break;
    case RELATE:
      work->result = orm_query_relate (work->query, connection, work->relation, work->target, error);
      break;
    case SEPARATE:
      work->result = orm_query_separate (work->query, connection, work->relation, work->target, error);
      break;
    case INSERT:
    case INSERT_WITH_KEY:
      work->result =
          orm_connection_insert (connection, ORM_TYPE_TEST_PAPER, assignments, work->kind == INSERT ? 2 : 3, error);
      return work->result != 0;
    case FIND:
      return orm_connection_find (connection, ORM_TYPE_TEST_LABEL, work->relation,
                                  &(OrmValue){ .type = ORM_VALUE_TEXT, .text = (char *) "dark" }, &work->result, error);
    case RELATE_ONE:
      return orm_connection_relate (connection, ORM_TYPE_TEST_LABEL, work->relation, work->target, 2, error);
    default:
      g_assert_not_reached ();
    }
  return work->result >= 0;
}

static void
do_it (Fixture *fixture, Work *work)
{
  orm_database_write (fixture->database, run, work, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
}

static OrmQuery *
papers_with (const char *label)
{
  const OrmValue name = { .type = ORM_VALUE_TEXT, .text = (char *) label };
  OrmQuery *query = orm_query_new (ORM_TYPE_TEST_PAPER);

  orm_query_filter (query, orm_any ("labels", orm_equal ("name", &name)));
  return query;
}

#define HAS_LABEL                                                                                                      \
  "(EXISTS (SELECT 1 FROM \"paper_label\" JOIN \"label\" AS \"labels\" ON \"labels\".\"id\" = "                        \
  "\"paper_label\".\"label_id\" WHERE \"paper_label\".\"paper_id\" = \"paper\".\"id\" AND (\"labels\".\"name\" = ?)))"

static void
test_read (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = papers_with ("blue");
  Work work = { .kind = COUNT, .query = query };

  do_it (fixture, &work);
  g_assert_cmpint (work.result, ==, 2);
  assert_statements (fixture, "SELECT count(*) FROM \"paper\" WHERE " HAS_LABEL);
  orm_query_select (query, ORM_AGGREGATE_NONE, "title");
  work.kind = READ;
  do_it (fixture, &work);
  assert_statements (fixture, "SELECT \"title\" FROM \"paper\" WHERE " HAS_LABEL);
  g_assert_cmpuint (orm_rows_get_n_rows (work.rows), ==, 2);
  g_assert_cmpstr (orm_rows_get (work.rows, 0, 0)->text, ==, "d");
  orm_rows_unref (work.rows);
}

static void
test_write (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OrmQuery) query = papers_with ("blue");
  Work work = { .kind = UPDATE, .query = query };

  do_it (fixture, &work);
  g_assert_cmpint (work.result, ==, 2);
  assert_statements (fixture, "UPDATE \"paper\" SET \"title\" = ? WHERE " HAS_LABEL);
  work.kind = INSERT;
  do_it (fixture, &work);
  g_assert_cmpint (work.result, ==, 5);
  assert_statements (fixture, "INSERT INTO \"paper\" (\"title\", \"person_id\") VALUES (?, ?)");
  work.kind = INSERT_WITH_KEY;
  do_it (fixture, &work);
  g_assert_cmpint (work.result, ==, 9);
  assert_statements (fixture, "INSERT INTO \"paper\" (\"title\", \"person_id\", \"id\") VALUES (?, ?, ?)");
  work.kind = DELETE;
  do_it (fixture, &work);
  g_assert_cmpint (work.result, ==, 2);
  assert_statements (fixture, "DELETE FROM \"paper\" WHERE " HAS_LABEL);
  g_assert_cmpint (orm_test_get_int64 (fixture->database, "SELECT count(*) FROM paper"), ==, 4);
}

static void
on_changed (OrmDatabase *database, OrmChanges *changes, GString *log)
{
  gsize n = 0;
  const gint64 *keys = orm_changes_get_keys (changes, "paper_label", ORM_CHANGE_UPDATE, &n);

  g_string_append_c (log, '|');
  for (gsize i = 0; i < n; i++)
    g_string_append_printf (log, "%d ", (int) keys[i]);
}

static void
test_relate (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (OrmQuery) all = orm_query_new (ORM_TYPE_TEST_PAPER);
  g_autoptr (OrmQuery) blue = papers_with ("blue");
  g_autoptr (OrmQuery) labels = orm_query_new (ORM_TYPE_TEST_LABEL);
  Work work = { .kind = RELATE, .query = all, .relation = "labels", .target = 1 };

  g_signal_connect (fixture->database, "changed", G_CALLBACK (on_changed), log);
  do_it (fixture, &work);
  g_assert_cmpint (work.result, ==, 3);
  assert_statements (fixture,
                     "INSERT INTO \"paper_label\" (\"paper_id\", \"label_id\") SELECT \"id\", ? FROM \"paper\" "
                     "WHERE 1 ON CONFLICT DO NOTHING RETURNING \"paper_id\"");
  /* One had it already. */
  orm_test_wait (orm_test_has_text, log);
  g_assert_cmpstr (log->str, ==, "|2 3 4 ");
  g_string_truncate (log, 0);

  work.kind = SEPARATE;
  work.query = blue;
  do_it (fixture, &work);
  g_assert_cmpint (work.result, ==, 2);
  assert_statements (fixture,
                     "DELETE FROM \"paper_label\" WHERE \"label_id\" = ? AND \"paper_id\" IN (SELECT \"id\" FROM "
                     "\"paper\" WHERE " HAS_LABEL ") RETURNING \"paper_id\"");
  orm_test_wait (orm_test_has_text, log);
  g_assert_cmpstr (log->str, ==, "|1 2 ");
  g_string_truncate (log, 0);

  /* From the other side it is the other key that is told. */
  work = (Work){ .kind = RELATE, .query = labels, .relation = "papers", .target = 3 };
  do_it (fixture, &work);
  g_assert_cmpint (work.result, ==, 2);
  assert_statements (fixture,
                     "INSERT INTO \"paper_label\" (\"label_id\", \"paper_id\") SELECT \"id\", ? FROM \"label\" "
                     "WHERE 1 ON CONFLICT DO NOTHING RETURNING \"paper_id\"");
  orm_test_wait (orm_test_has_text, log);
  g_assert_cmpstr (log->str, ==, "|3 ");
}

static void
test_one (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (NULL);
  Work work = { .kind = FIND, .relation = "name" };

  g_signal_connect (fixture->database, "changed", G_CALLBACK (on_changed), log);
  do_it (fixture, &work);
  g_assert_cmpint (work.result, ==, 3);
  assert_statements (fixture, "SELECT \"id\" FROM \"label\" WHERE \"name\" = ?");
  work = (Work){ .kind = RELATE_ONE, .relation = "papers", .target = 3 };
  do_it (fixture, &work);
  assert_statements (fixture,
                     "INSERT INTO \"paper_label\" (\"paper_id\", \"label_id\") VALUES (?, ?) ON CONFLICT DO NOTHING");
  g_assert_cmpint (orm_test_get_int64 (fixture->database,
                                       "SELECT count(*) FROM paper_label WHERE paper_id = 2 AND label_id = 3"),
                   ==, 1);
  orm_test_wait (orm_test_has_text, log);
  g_assert_cmpstr (log->str, ==, "|2 ");
}

static void
test_invalid (Fixture *fixture, gconstpointer data)
{
  const char *const relations[] = { "person", "tags" };
  const char *const words[] = { "paper.person has no table between", "paper has no relation “tags”" };
  g_autoptr (OrmQuery) query = orm_query_new (ORM_TYPE_TEST_PAPER);
  g_autoptr (OrmQuery) limited = orm_query_new (ORM_TYPE_TEST_PAPER);
  Work work = { .kind = RELATE, .query = query, .target = 1 };

  for (guint i = 0; i < G_N_ELEMENTS (relations); i++)
    {
      work.relation = relations[i];
      g_assert_false (orm_database_write (fixture->database, run, &work, NULL, &fixture->error));
      g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_INVALID);
      g_assert_true (g_str_has_prefix (fixture->error->message, words[i]));
      g_clear_error (&fixture->error);
    }
  work.kind = FIND;
  g_assert_false (orm_database_write (fixture->database, run, &work, NULL, &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_INVALID);
  g_assert_cmpstr (fixture->error->message, ==, "label has no column “tags”");
  g_clear_error (&fixture->error);
  orm_query_limit (limited, 1);
  work = (Work){ .kind = SEPARATE, .query = limited, .relation = "labels", .target = 1 };
  g_assert_false (orm_database_write (fixture->database, run, &work, NULL, &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_INVALID);
  g_clear_error (&fixture->error);
  work.kind = READ;
  g_assert_false (orm_database_write (fixture->database, run, &work, NULL, &fixture->error));
  g_assert_error (fixture->error, ORM_ERROR, ORM_ERROR_INVALID);
  g_clear_error (&fixture->error);
  g_assert_cmpuint (fixture->statements->len, ==, 0);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/query-work/read", test_read);
  ADD ("/query-work/write", test_write);
  ADD ("/query-work/relate", test_relate);
  ADD ("/query-work/one", test_one);
  ADD ("/query-work/invalid", test_invalid);
  return g_test_run ();
}
