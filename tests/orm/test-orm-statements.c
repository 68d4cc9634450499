/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-item.h"
#include "orm-test-shelf.h"
#include "orm-test.h"

/* The statements of each thing that the mapper can be asked, word by word: what it costs can be read here. Those of
 * columns and of opening are in test-orm-schema.c and test-orm-database.c. */

typedef struct
{
  OrmDatabase *database;
  OrmSession *session;
  OrmTestItem *item;  /* with row 1 */
  OrmTestItem *fresh; /* of no session */
  OrmQuery *query;
  OrmQuery *papers;
  GPtrArray *statements;
} Fixture;

#define COLUMNS "\"id\", \"name\", \"size\", \"weight\", \"is_done\", \"data\", \"created\", \"kind\", \"marks\""
#define SELECT  "SELECT " COLUMNS " FROM \"item\""
#define INSERT                                                                                                         \
  "INSERT INTO \"item\" (\"name\", \"size\", \"weight\", \"is_done\", \"kind\", \"marks\") VALUES (?, ?, ?, ?, ?, ?)"

static const OrmValue number = { .type = ORM_VALUE_INT64, .int64 = 1 };
static const OrmValue text = { .type = ORM_VALUE_TEXT, .text = (char *) "x" };
static const OrmParameter parameter = { "size", { .type = ORM_VALUE_INT64, .int64 = 1 } };

static void
commit (Fixture *f)
{
  g_assert_true (orm_session_commit (f->session, NULL, NULL));
}

static void
all (Fixture *f)
{
  g_autoptr (GPtrArray) items = orm_session_all (f->session, f->query, NULL, NULL);

  g_assert_nonnull (items);
}

static void
filter (Fixture *f, OrmExpression *expression)
{
  orm_query_filter (f->query, expression);
  all (f);
}

static void
selects (Fixture *f)
{
  g_autoptr (OrmRows) rows = orm_session_select (f->session, f->query, NULL, NULL);

  g_assert_nonnull (rows);
}

static void
papers (Fixture *f, const char *path, gboolean joined)
{
  g_autoptr (GPtrArray) objects = NULL;

  if (joined)
    orm_query_joined (f->papers, path);
  else
    orm_query_select_in (f->papers, path);
  objects = orm_session_all (f->session, f->papers, NULL, NULL);
  g_assert_cmpuint (objects->len, ==, 4);
}

static void
do_create_all_create_all (Fixture *f)
{
  GType type = ORM_TYPE_TEST_ITEM;
  g_assert_true (orm_database_create_all (f->database, &type, 1, NULL, NULL));
  g_ptr_array_set_size (f->statements, 1);
}

static void
do_session_add (Fixture *f)
{
  orm_session_add (f->session, ORM_ENTITY (f->fresh));
  commit (f);
}

static void
do_session_add_all (Fixture *f)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_ptr_array_add (all, f->fresh);
  orm_session_add_all (f->session, all);
  commit (f);
}

static void
do_session_commit_of_one_column (Fixture *f)
{
  orm_entity_set_int64 (ORM_ENTITY (f->item), ORM_TEST_ITEM_SIZE, 5);
  commit (f);
}

static void
do_session_commit_with_a_check (Fixture *f)
{
  orm_session_set_checks_stale (f->session, TRUE);
  orm_entity_set_int64 (ORM_ENTITY (f->item), ORM_TEST_ITEM_SIZE, 5);
  commit (f);
}

static void
do_session_commit_of_nothing (Fixture *f)
{
  commit (f);
}

static void
do_session_delete (Fixture *f)
{
  orm_session_delete (f->session, ORM_ENTITY (f->item));
  commit (f);
}

static void
do_session_rollback (Fixture *f)
{
  orm_entity_set_int64 (ORM_ENTITY (f->item), ORM_TEST_ITEM_SIZE, 5);
  orm_session_rollback (f->session);
  commit (f);
}

static void
do_session_merge (Fixture *f)
{
  g_autoptr (OrmTestItem) live = NULL;
  orm_entity_set_int64 (ORM_ENTITY (f->fresh), ORM_TEST_ITEM_ID, 2);
  live = orm_session_merge (f->session, ORM_ENTITY (f->fresh), NULL, NULL);
  orm_session_rollback (f->session);
}

static void
do_session_refresh (Fixture *f)
{
  g_assert_true (orm_session_refresh (f->session, ORM_ENTITY (f->item), NULL, NULL));
}

static void
do_session_expunge (Fixture *f)
{
  orm_entity_set_int64 (ORM_ENTITY (f->item), ORM_TEST_ITEM_SIZE, 5);
  orm_session_expunge (f->session, ORM_ENTITY (f->item));
  commit (f);
}

static void
do_scope_flush_and_commit (Fixture *f)
{
  g_autoptr (OrmScope) scope = orm_session_begin (f->session, NULL);
  orm_session_add (f->session, ORM_ENTITY (f->fresh));
  g_assert_true (orm_session_flush (f->session, NULL, NULL));
  orm_entity_set_int64 (ORM_ENTITY (f->fresh), ORM_TEST_ITEM_SIZE, 5);
  g_assert_true (orm_scope_commit (scope, NULL, NULL));
}

static void
do_scope_rolled_back (Fixture *f)
{
  g_autoptr (OrmScope) scope = orm_session_begin (f->session, NULL);
  orm_session_add (f->session, ORM_ENTITY (f->fresh));
  g_assert_true (orm_session_flush (f->session, NULL, NULL));
}

static void
do_identity_map_get_of_a_live_object (Fixture *f)
{
  g_autoptr (OrmTestItem) same = orm_session_get (f->session, ORM_TYPE_TEST_ITEM, 1, NULL, NULL);
  g_assert_true (same == f->item);
}

static void
do_query_get (Fixture *f)
{
  g_autoptr (OrmTestItem) two = orm_session_get (f->session, ORM_TYPE_TEST_ITEM, 2, NULL, NULL);
  g_assert_nonnull (two);
}

static void
do_query_all (Fixture *f)
{
  all (f);
}

static void
do_query_first (Fixture *f)
{
  g_autoptr (OrmTestItem) first = orm_session_first (f->session, f->query, NULL, NULL);
  g_assert_nonnull (first);
}

static void
do_query_one (Fixture *f)
{
  g_autoptr (OrmTestItem) one = NULL;
  orm_query_filter (f->query, orm_equal ("size", &number));
  one = orm_session_one (f->session, f->query, NULL, NULL);
  g_assert_nonnull (one);
}

static void
do_query_count (Fixture *f)
{
  g_assert_cmpint (orm_session_count (f->session, f->query, NULL, NULL), ==, 2);
}

static void
do_query_exists (Fixture *f)
{
  gboolean exists;
  g_assert_true (orm_session_exists (f->session, f->query, &exists, NULL, NULL));
}

static void
do_query_delete (Fixture *f)
{
  orm_query_filter (f->query, orm_equal ("size", &number));
  g_assert_cmpint (orm_session_delete_all (f->session, f->query, NULL, NULL), ==, 1);
}

static void
do_query_update (Fixture *f)
{
  const OrmAssignment more = { "size", { .type = ORM_VALUE_INT64, .int64 = 9 } };
  orm_query_filter (f->query, orm_equal ("size", &number));
  g_assert_cmpint (orm_session_update_all (f->session, f->query, &more, 1, NULL, NULL), ==, 1);
}

static void
do_filter_equal (Fixture *f)
{
  filter (f, orm_equal ("size", &number));
}

static void
do_filter_less (Fixture *f)
{
  filter (f, orm_compare ("size", "<", &number));
}

static void
do_filter_and_or_not (Fixture *f)
{
  filter (f, orm_or (orm_and (orm_equal ("size", &number), orm_not (orm_is_null ("data"))), orm_is_null ("created")));
}

static void
do_filter_in (Fixture *f)
{
  const gint64 keys[] = { 1, 2, 3 };
  filter (f, orm_in ("id", keys, 3));
}

static void
do_filter_in_values (Fixture *f)
{
  filter (f, orm_in_values ("name", &text, 1));
}

static void
do_filter_between (Fixture *f)
{
  filter (f, orm_between ("size", &number, &number));
}

static void
do_filter_like (Fixture *f)
{
  filter (f, orm_like ("name", "a%"));
}

static void
do_filter_ilike (Fixture *f)
{
  filter (f, orm_ilike ("name", "A%"));
}

static void
do_filter_starts_with (Fixture *f)
{
  filter (f, orm_starts_with ("name", "50%"));
}

static void
do_filter_contains (Fixture *f)
{
  filter (f, orm_contains ("name", "_"));
}

static void
do_order_order_by (Fixture *f)
{
  orm_query_order_by (f->query, "size", ORM_ORDER_DESCENDING);
  orm_query_order_by (f->query, "created", ORM_ORDER_NULLS_LAST);
  all (f);
}

static void
do_order_limit_and_offset (Fixture *f)
{
  orm_query_limit (f->query, 1);
  orm_query_offset (f->query, 1);
  all (f);
}

static void
do_order_page (Fixture *f)
{
  orm_query_order_by (f->query, "size", ORM_ORDER_ASCENDING);
  orm_query_page (f->query, ORM_ENTITY (f->item), 10);
  all (f);
}

static void
do_func_group_by_and_having (Fixture *f)
{
  orm_query_select (f->query, ORM_AGGREGATE_NONE, "kind");
  orm_query_select (f->query, ORM_AGGREGATE_COUNT, NULL);
  orm_query_select (f->query, ORM_AGGREGATE_SUM, "size");
  orm_query_group_by (f->query, "kind");
  orm_query_having (f->query, ORM_AGGREGATE_COUNT, NULL, ">", &number);
  orm_query_order_by_selected (f->query, 1, ORM_ORDER_DESCENDING);
  selects (f);
}

static void
do_func_distinct (Fixture *f)
{
  orm_query_select (f->query, ORM_AGGREGATE_NONE, "size");
  orm_query_distinct (f->query);
  selects (f);
}

static void
do_func_min_and_max (Fixture *f)
{
  orm_query_select (f->query, ORM_AGGREGATE_MIN, "size");
  orm_query_select (f->query, ORM_AGGREGATE_MAX, "size");
  selects (f);
}

static void
do_bulk_bulk_insert (Fixture *f)
{
  const char *const names[] = { "name", "size" };
  const OrmValue values[] = { text, number };
  g_assert_true (orm_session_bulk_insert (f->session, ORM_TYPE_TEST_ITEM, names, 2, values, 1, NULL, NULL));
}

static void
do_bulk_load_only (Fixture *f)
{
  orm_query_load_only (f->query, "name", NULL);
  all (f);
}

static void
do_bulk_yield_per (Fixture *f)
{
  g_autoptr (OrmCursor) cursor = orm_cursor_new (f->session, orm_query_new (ORM_TYPE_TEST_ITEM), 2);
  g_autoptr (OrmTestItem) first = orm_cursor_next (cursor, NULL, NULL);
  g_assert_nonnull (first);
}

static void
do_raw_select (Fixture *f)
{
  g_autoptr (OrmRows) rows =
      orm_database_select (f->database, "SELECT count (*) FROM item WHERE size = :size", &parameter, 1, NULL, NULL);
  g_assert_nonnull (rows);
}

static void
do_raw_execute (Fixture *f)
{
  g_assert_cmpint (orm_database_execute (f->database, "UPDATE item SET weight = 1 WHERE size = :size", &parameter, 1,
                                         NULL, NULL),
                   ==, 1);
}

static void
do_raw_all_sql (Fixture *f)
{
  g_autoptr (GPtrArray) items =
      orm_session_all_sql (f->session, ORM_TYPE_TEST_ITEM, "SELECT * FROM item WHERE size = :size", &parameter, 1, NULL,
                           NULL);
  g_assert_nonnull (items);
}

static void
do_relations_joinedload (Fixture *f)
{
  papers (f, "person", TRUE);
}

static void
do_relations_selectinload (Fixture *f)
{
  papers (f, "labels", FALSE);
}

static void
do_relations_page_with_tags_and_user (Fixture *f)
{
  orm_query_joined (f->papers, "person");
  orm_query_limit (f->papers, 50);
  papers (f, "labels", FALSE);
}

static void
do_relations_raiseload (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OrmTestPaper) paper = orm_session_first (f->session, f->papers, NULL, NULL);
  g_assert_null (orm_entity_get_related (ORM_ENTITY (paper), "person", &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_NOT_LOADED);
}

static void
do_relations_set (Fixture *f)
{
  g_autoptr (OrmTestPaper) paper = NULL;
  g_autoptr (OrmTestPerson) bob = NULL;
  orm_query_joined (f->papers, "person");
  paper = orm_session_first (f->session, f->papers, NULL, NULL);
  bob = orm_session_get (f->session, ORM_TYPE_TEST_PERSON, 2, NULL, NULL);
  g_assert_true (orm_entity_set_related (ORM_ENTITY (paper), "person", bob, NULL));
  commit (f);
}

static void
do_relations_add_and_remove (Fixture *f)
{
  g_autoptr (OrmTestPaper) paper = NULL;
  g_autoptr (OrmCollection) labels = NULL;
  g_autoptr (OrmTestLabel) dark = NULL;
  orm_query_select_in (f->papers, "labels");
  paper = orm_session_first (f->session, f->papers, NULL, NULL);
  dark = orm_session_get (f->session, ORM_TYPE_TEST_LABEL, 3, NULL, NULL);
  labels = orm_entity_get_collection (ORM_ENTITY (paper), "labels", NULL);
  orm_collection_remove (labels, orm_collection_peek (labels, 0));
  orm_collection_add (labels, dark);
  commit (f);
}

/* The row of the table of what SQLAlchemy gives, what is asked, and its statements. */
static const struct
{
  const char *row;
  const char *name;
  void (*run) (Fixture *f);
  const char *statements[6];
} lines[] = {
  { "create_all",
    "create_all",
    do_create_all_create_all,
    { "CREATE TABLE IF NOT EXISTS \"item\" (\"id\" INTEGER PRIMARY KEY, \"name\" TEXT NOT NULL UNIQUE CHECK (length (\"name\") <= 20), \"size\" INTEGER NOT NULL DEFAULT 0, \"weight\" REAL NOT NULL DEFAULT 0, \"is_done\" INTEGER NOT NULL DEFAULT 0, \"data\" BLOB, \"created\" INTEGER, \"kind\" INTEGER NOT NULL DEFAULT 0, \"marks\" INTEGER NOT NULL DEFAULT 0) STRICT",
      NULL } },
  { "session", "add", do_session_add, { INSERT, NULL } },
  { "session", "add_all", do_session_add_all, { INSERT, NULL } },
  { "session",
    "commit-of-one-column",
    do_session_commit_of_one_column,
    { "UPDATE \"item\" SET \"size\" = ? WHERE \"id\" = ?", NULL } },
  { "session",
    "commit-with-a-check",
    do_session_commit_with_a_check,
    { "UPDATE \"item\" SET \"size\" = ? WHERE \"id\" = ? AND \"size\" IS ?", NULL } },
  { "session", "commit-of-nothing", do_session_commit_of_nothing, { NULL } },
  { "session", "delete", do_session_delete, { "DELETE FROM \"item\" WHERE \"id\" = ?", NULL } },
  { "session", "rollback", do_session_rollback, { NULL } },
  { "session", "merge", do_session_merge, { SELECT " WHERE \"id\" = ?", NULL } },
  { "session", "refresh", do_session_refresh, { SELECT " WHERE \"id\" = ?", NULL } },
  { "session", "expunge", do_session_expunge, { NULL } },
  { "scope",
    "flush-and-commit",
    do_scope_flush_and_commit,
    { INSERT, "UPDATE \"item\" SET \"size\" = ? WHERE \"id\" = ?", NULL } },
  { "scope", "rolled-back", do_scope_rolled_back, { INSERT, NULL } },
  { "identity-map", "get-of-a-live-object", do_identity_map_get_of_a_live_object, { NULL } },
  { "query", "get", do_query_get, { SELECT " WHERE \"id\" = ?", NULL } },
  { "query", "all", do_query_all, { SELECT, NULL } },
  { "query", "first", do_query_first, { SELECT " LIMIT ? OFFSET ?", NULL } },
  { "query", "one", do_query_one, { SELECT " WHERE (\"size\" = ?) LIMIT ? OFFSET ?", NULL } },
  { "query", "count", do_query_count, { "SELECT count(*) FROM \"item\"", NULL } },
  { "query", "exists", do_query_exists, { "SELECT EXISTS (SELECT 1 FROM \"item\")", NULL } },
  { "query", "delete", do_query_delete, { "DELETE FROM \"item\" WHERE (\"size\" = ?)", NULL } },
  { "query", "update", do_query_update, { "UPDATE \"item\" SET \"size\" = ? WHERE (\"size\" = ?)", NULL } },
  { "filter", "equal", do_filter_equal, { SELECT " WHERE (\"size\" = ?)", NULL } },
  { "filter", "less", do_filter_less, { SELECT " WHERE (\"size\" < ?)", NULL } },
  { "filter",
    "and-or-not",
    do_filter_and_or_not,
    { SELECT " WHERE (((\"size\" = ?) AND (NOT (\"data\" IS NULL))) OR (\"created\" IS NULL))", NULL } },
  { "filter", "in", do_filter_in, { SELECT " WHERE (\"id\" IN (SELECT value FROM json_each (?)))", NULL } },
  { "filter",
    "in-values",
    do_filter_in_values,
    { SELECT " WHERE (\"name\" IN (SELECT value FROM json_each (?)))", NULL } },
  { "filter", "between", do_filter_between, { SELECT " WHERE ((\"size\" >= ?) AND (\"size\" <= ?))", NULL } },
  { "filter", "like", do_filter_like, { SELECT " WHERE (\"name\" GLOB ?)", NULL } },
  { "filter", "ilike", do_filter_ilike, { SELECT " WHERE (\"name\" LIKE ? ESCAPE '\\')", NULL } },
  { "filter", "starts-with", do_filter_starts_with, { SELECT " WHERE (\"name\" GLOB ?)", NULL } },
  { "filter", "contains", do_filter_contains, { SELECT " WHERE (instr (\"name\", ?) > 0)", NULL } },
  { "order", "order-by", do_order_order_by, { SELECT " ORDER BY \"size\" DESC, \"created\" NULLS LAST", NULL } },
  { "order", "limit-and-offset", do_order_limit_and_offset, { SELECT " LIMIT ? OFFSET ?", NULL } },
  { "order",
    "page",
    do_order_page,
    { SELECT
      " WHERE \"size\" >= ? AND (\"size\" > ? OR (\"size\" IS ? AND (\"id\" > ?))) ORDER BY \"size\", \"id\" LIMIT ? OFFSET ?",
      NULL } },
  { "func",
    "group-by-and-having",
    do_func_group_by_and_having,
    { "SELECT \"kind\", count(*), sum(\"size\") FROM \"item\" GROUP BY \"kind\" HAVING count(*) > ? ORDER BY 2 DESC",
      NULL } },
  { "func", "distinct", do_func_distinct, { "SELECT DISTINCT \"size\" FROM \"item\"", NULL } },
  { "func", "min-and-max", do_func_min_and_max, { "SELECT min(\"size\"), max(\"size\") FROM \"item\"", NULL } },
  { "bulk", "bulk-insert", do_bulk_bulk_insert, { "INSERT INTO \"item\" (\"name\", \"size\") VALUES (?, ?)", NULL } },
  { "bulk", "load-only", do_bulk_load_only, { "SELECT \"id\", \"name\" FROM \"item\"", NULL } },
  { "bulk", "yield-per", do_bulk_yield_per, { SELECT " ORDER BY \"id\" LIMIT ? OFFSET ?", NULL } },
  { "raw", "select", do_raw_select, { "SELECT count (*) FROM item WHERE size = :size", NULL } },
  { "raw", "execute", do_raw_execute, { "UPDATE item SET weight = 1 WHERE size = :size", NULL } },
  { "raw", "all-sql", do_raw_all_sql, { "SELECT * FROM item WHERE size = :size", NULL } },
  { "relations",
    "joinedload",
    do_relations_joinedload,
    { "SELECT \"paper\".\"id\", \"paper\".\"title\", \"paper\".\"person_id\", \"paper\".\"box_id\", \"person\".\"id\", \"person\".\"name\" FROM \"paper\" LEFT JOIN \"person\" AS \"person\" ON \"person\".\"id\" = \"paper\".\"person_id\"",
      NULL } },
  { "relations",
    "selectinload",
    do_relations_selectinload,
    { "SELECT \"id\", \"title\", \"person_id\", \"box_id\" FROM \"paper\"",
      "SELECT \"paper_label\".\"paper_id\", \"label\".\"id\", \"label\".\"name\", \"label\".\"parent_id\" FROM \"paper_label\" JOIN \"label\" ON \"label\".\"id\" = \"paper_label\".\"label_id\" WHERE \"paper_label\".\"paper_id\" IN (SELECT value FROM json_each (?)) ORDER BY \"label\".\"name\", \"label\".\"id\"",
      NULL } },
  { "relations",
    "page-with-tags-and-user",
    do_relations_page_with_tags_and_user,
    { "SELECT \"paper\".\"id\", \"paper\".\"title\", \"paper\".\"person_id\", \"paper\".\"box_id\", \"person\".\"id\", \"person\".\"name\" FROM \"paper\" LEFT JOIN \"person\" AS \"person\" ON \"person\".\"id\" = \"paper\".\"person_id\" LIMIT ? OFFSET ?",
      "SELECT \"paper_label\".\"paper_id\", \"label\".\"id\", \"label\".\"name\", \"label\".\"parent_id\" FROM \"paper_label\" JOIN \"label\" ON \"label\".\"id\" = \"paper_label\".\"label_id\" WHERE \"paper_label\".\"paper_id\" IN (SELECT value FROM json_each (?)) ORDER BY \"label\".\"name\", \"label\".\"id\"",
      NULL } },
  { "relations",
    "raiseload",
    do_relations_raiseload,
    { "SELECT \"id\", \"title\", \"person_id\", \"box_id\" FROM \"paper\" LIMIT ? OFFSET ?", NULL } },
  { "relations",
    "set",
    do_relations_set,
    { "SELECT \"paper\".\"id\", \"paper\".\"title\", \"paper\".\"person_id\", \"paper\".\"box_id\", \"person\".\"id\", \"person\".\"name\" FROM \"paper\" LEFT JOIN \"person\" AS \"person\" ON \"person\".\"id\" = \"paper\".\"person_id\" LIMIT ? OFFSET ?",
      "SELECT \"id\", \"name\" FROM \"person\" WHERE \"id\" = ?",
      "UPDATE \"paper\" SET \"person_id\" = ? WHERE \"id\" = ?", NULL } },
  { "relations",
    "add-and-remove",
    do_relations_add_and_remove,
    { "SELECT \"id\", \"title\", \"person_id\", \"box_id\" FROM \"paper\" LIMIT ? OFFSET ?",
      "SELECT \"paper_label\".\"paper_id\", \"label\".\"id\", \"label\".\"name\", \"label\".\"parent_id\" FROM \"paper_label\" JOIN \"label\" ON \"label\".\"id\" = \"paper_label\".\"label_id\" WHERE \"paper_label\".\"paper_id\" IN (SELECT value FROM json_each (?)) ORDER BY \"label\".\"name\", \"label\".\"id\"",
      "SELECT \"id\", \"name\", \"parent_id\" FROM \"label\" WHERE \"id\" = ?",
      "DELETE FROM \"paper_label\" WHERE \"paper_id\" = ? AND \"label_id\" = ?",
      "INSERT INTO \"paper_label\" (\"paper_id\", \"label_id\") VALUES (?, ?) ON CONFLICT DO NOTHING", NULL } },
};

static void
run_line (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  gboolean has_papers = g_str_equal (lines[i].row, "relations");
  Fixture f = { 0 };

  f.database = has_papers ? orm_test_shelf_open (":memory:") : orm_test_item_open (":memory:");
  f.session = orm_session_new (f.database);
  f.fresh = orm_test_item_new ("new", 3);
  f.query = orm_query_new (ORM_TYPE_TEST_ITEM);
  f.papers = orm_query_new (ORM_TYPE_TEST_PAPER);
  if (!has_papers)
    {
      orm_test_execute (f.database, "INSERT INTO item (id, name, size) VALUES (1, 'a', 1), (2, 'b', 2)");
      while (g_main_context_iteration (NULL, FALSE))
        ;
      f.item = orm_session_get (f.session, ORM_TYPE_TEST_ITEM, 1, NULL, NULL);
    }
  f.statements = orm_test_trace (f.database);
  lines[i].run (&f);
  for (guint n = 0; n < f.statements->len; n++)
    g_assert_cmpstr (f.statements->pdata[n], ==, lines[i].statements[n]);
  g_assert_null (lines[i].statements[f.statements->len]);

  orm_query_free (f.query);
  orm_query_free (f.papers);
  g_assert_finalize_object (f.session);
  g_clear_object (&f.item);
  g_assert_finalize_object (f.fresh);
  g_ptr_array_unref (f.statements);
  g_assert_finalize_object (f.database);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *path = g_strdup_printf ("/orm/statements/%s/%s", lines[i].row, lines[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), run_line);
    }

  return g_test_run ();
}
