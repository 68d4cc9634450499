/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-statements.h"

#include <string.h>

/* The statements of relations: loading, changing and asking about them, and what the schema does on delete. */

#define PAPER_COLUMNS "\"id\", \"title\", \"person_id\", \"box_id\""
#define PAPER_SELECT  "SELECT " PAPER_COLUMNS " FROM \"paper\""
#define PAPER_FIRST   PAPER_SELECT " LIMIT ? OFFSET ?"
#define PAPER_JOINED                                                                                                   \
  "SELECT \"paper\".\"id\", \"paper\".\"title\", \"paper\".\"person_id\", \"paper\".\"box_id\", "                      \
  "\"person\".\"id\", \"person\".\"name\" FROM \"paper\" "                                                             \
  "LEFT JOIN \"person\" AS \"person\" ON \"person\".\"id\" = \"paper\".\"person_id\""
#define LABELS_OF_PAPERS                                                                                               \
  "SELECT \"paper_label\".\"paper_id\", \"label\".\"id\", \"label\".\"name\", \"label\".\"parent_id\" "                \
  "FROM \"paper_label\" JOIN \"label\" ON \"label\".\"id\" = \"paper_label\".\"label_id\" "                            \
  "WHERE \"paper_label\".\"paper_id\" IN (SELECT value FROM json_each (?)) "                                           \
  "ORDER BY \"label\".\"name\", \"label\".\"id\""
#define PAPERS_OF_PEOPLE                                                                                               \
  PAPER_SELECT " WHERE \"person_id\" IN (SELECT value FROM json_each (?)) ORDER BY \"title\", \"id\""
#define SHEETS_OF_PAPERS                                                                                               \
  "SELECT \"id\", \"number\", \"paper_id\" FROM \"sheet\" WHERE \"paper_id\" IN (SELECT value FROM json_each (?)) "    \
  "ORDER BY \"number\", \"id\""
#define PAPER_GET    PAPER_SELECT " WHERE \"id\" = ?"
#define LABEL_SELECT "SELECT \"id\", \"name\", \"parent_id\" FROM \"label\""
#define LABEL_GET    LABEL_SELECT " WHERE \"id\" = ?"
#define PERSON_GET   "SELECT \"id\", \"name\" FROM \"person\" WHERE \"id\" = ?"

static gpointer
get (StatementTest *test, GType type, gint64 key)
{
  return orm_session_get (test->session, type, key, NULL, NULL);
}

/* The first paper, with a relation. */
static OrmTestPaper *
first_paper (StatementTest *test, const char *joined, const char *select_in)
{
  if (joined != NULL)
    orm_query_joined (test->papers, joined);
  if (select_in != NULL)
    orm_query_select_in (test->papers, select_in);
  return orm_session_first (test->session, test->papers, NULL, NULL);
}

/* paper.person = bob: belongs-to */
static void
ask_set (StatementTest *test)
{
  g_autoptr (OrmTestPaper) paper = first_paper (test, "person", NULL);
  g_autoptr (OrmTestPerson) bob = get (test, ORM_TYPE_TEST_PERSON, 2);

  g_assert_true (orm_entity_set_related (ORM_ENTITY (paper), "person", bob, NULL));
  g_assert_cmpint (paper->person_id, ==, 2);
  statement_test_commit (test);
}

/* back_populates: the other side is in step without a statement */
static void
ask_back_populates (StatementTest *test)
{
  g_autoptr (OrmQuery) people = orm_query_new (ORM_TYPE_TEST_PERSON);
  g_autoptr (GPtrArray) both = NULL;
  g_autoptr (OrmCollection) of_ada = NULL;
  g_autoptr (OrmCollection) of_bob = NULL;

  orm_query_select_in (people, "papers");
  orm_query_order_by (people, "id", ORM_ORDER_ASCENDING);
  both = orm_session_all (test->session, people, NULL, NULL);
  of_ada = orm_entity_get_collection (both->pdata[0], "papers", NULL);
  of_bob = orm_entity_get_collection (both->pdata[1], "papers", NULL);
  orm_collection_add (of_bob, orm_collection_peek (of_ada, 0));
  g_assert_cmpuint (orm_collection_get_n_items (of_ada), ==, 1);
  g_assert_cmpuint (orm_collection_get_n_items (of_bob), ==, 3);
  statement_test_commit (test);
}

/* paper.labels.remove (red); paper.labels.append (dark): many-to-many, secondary */
static void
ask_append (StatementTest *test)
{
  g_autoptr (OrmTestPaper) paper = first_paper (test, NULL, "labels");
  g_autoptr (OrmCollection) labels = orm_entity_get_collection (ORM_ENTITY (paper), "labels", NULL);
  g_autoptr (OrmTestLabel) dark = get (test, ORM_TYPE_TEST_LABEL, 3);

  orm_collection_remove (labels, orm_collection_peek (labels, 0));
  orm_collection_add (labels, dark);
  statement_test_commit (test);
}

/* cascade="save-update": what is related is added, in the order that keys need */
static void
ask_save_update (StatementTest *test)
{
  g_autoptr (OrmTestPaper) paper = g_object_new (ORM_TYPE_TEST_PAPER, "title", "new", NULL);
  g_autoptr (OrmTestPerson) eve = g_object_new (ORM_TYPE_TEST_PERSON, "name", "Eve", NULL);
  g_autoptr (OrmTestLabel) green = g_object_new (ORM_TYPE_TEST_LABEL, "name", "green", NULL);
  g_autoptr (OrmCollection) labels = orm_entity_get_collection (ORM_ENTITY (paper), "labels", NULL);

  orm_session_add (test->session, ORM_ENTITY (paper));
  g_assert_true (orm_entity_set_related (ORM_ENTITY (paper), "person", eve, NULL));
  orm_collection_add (labels, green);
  statement_test_commit (test);
  g_assert_cmpint (paper->person_id, ==, eve->id);
}

/* remote_side: a label's parent and its children, one level after the other */
static void
ask_self_reference (StatementTest *test)
{
  g_autoptr (OrmQuery) labels = orm_query_new (ORM_TYPE_TEST_LABEL);

  orm_query_joined (labels, "parent");
  orm_query_select_in (labels, "children");
  statement_test_all (test, labels);
}

static void
ask_parent_set (StatementTest *test)
{
  g_autoptr (OrmTestLabel) red = get (test, ORM_TYPE_TEST_LABEL, 1);
  g_autoptr (OrmTestLabel) dark = get (test, ORM_TYPE_TEST_LABEL, 3);

  g_assert_true (orm_entity_set_related (ORM_ENTITY (dark), "parent", red, NULL));
  statement_test_commit (test);
}

/* passive_deletes="all": ON DELETE CASCADE takes the sheets, and the live one knows it */
static void
ask_cascade (StatementTest *test)
{
  g_autoptr (OrmTestPaper) paper = get (test, ORM_TYPE_TEST_PAPER, 1);
  g_autoptr (OrmTestSheet) sheet = get (test, ORM_TYPE_TEST_SHEET, 1);

  orm_session_delete (test->session, ORM_ENTITY (paper));
  statement_test_commit (test);
  orm_test_settle ();
  g_assert_true (orm_entity_is_gone (ORM_ENTITY (sheet)));
}

/* ON DELETE RESTRICT: the error names table and key, and all stays */
static void
ask_restrict (StatementTest *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OrmTestPerson) ada = get (test, ORM_TYPE_TEST_PERSON, 1);

  orm_session_delete (test->session, ORM_ENTITY (ada));
  g_assert_false (orm_session_commit (test->session, NULL, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_CONSTRAINT);
  g_assert_nonnull (strstr (error->message, "row 1 of person"));
  orm_session_rollback (test->session);
}

static gboolean
has_no_box (gpointer paper)
{
  return ORM_TEST_PAPER (paper)->box_id == 0;
}

/* ON DELETE SET NULL: the live paper is told, by one statement for all of them */
static void
ask_nullify (StatementTest *test)
{
  g_autoptr (OrmTestPaper) paper = get (test, ORM_TYPE_TEST_PAPER, 1);
  g_autoptr (OrmTestPaper) third = get (test, ORM_TYPE_TEST_PAPER, 3);
  g_autoptr (OrmTestBox) box = get (test, ORM_TYPE_TEST_BOX, 1);

  orm_session_delete (test->session, ORM_ENTITY (box));
  statement_test_commit (test);
  orm_test_wait (has_no_box, paper);
  orm_test_wait (has_no_box, third);
}

/* Paper.labels.any (Label.name == "x"), Paper.labels.any () */
static void
ask_any (StatementTest *test)
{
  orm_query_filter (test->papers, orm_any ("labels", NULL));
  orm_query_filter (test->papers, orm_not (orm_any ("labels", orm_equal ("name", &test->text))));
  statement_test_all (test, test->papers);
}

static void
ask_any_of_has_many (StatementTest *test)
{
  orm_query_filter (test->papers, orm_any ("sheets", orm_equal ("number", &test->number)));
  statement_test_all (test, test->papers);
}

/* Paper.person.has (Person.name == "x") */
static void
ask_has (StatementTest *test)
{
  orm_query_filter (test->papers, orm_has ("person", orm_equal ("name", &test->text)));
  statement_test_all (test, test->papers);
}

static void
ask_has_self (StatementTest *test)
{
  g_autoptr (OrmQuery) labels = orm_query_new (ORM_TYPE_TEST_LABEL);

  orm_query_filter (labels, orm_has ("parent", orm_has ("parent", NULL)));
  statement_test_all (test, labels);
}

static const StatementLine relation_lines[] = {
  { "set",
    ask_set,
    { PAPER_JOINED " LIMIT ? OFFSET ?", PERSON_GET, "UPDATE \"paper\" SET \"person_id\" = ? WHERE \"id\" = ?" } },
  { "back_populates",
    ask_back_populates,
    { "SELECT \"id\", \"name\" FROM \"person\" ORDER BY \"id\"", PAPERS_OF_PEOPLE,
      "UPDATE \"paper\" SET \"person_id\" = ? WHERE \"id\" = ?" } },
  { "append",
    ask_append,
    { PAPER_FIRST, LABELS_OF_PAPERS, LABEL_GET,
      "DELETE FROM \"paper_label\" WHERE \"paper_id\" = ? AND \"label_id\" = ?",
      "INSERT INTO \"paper_label\" (\"paper_id\", \"label_id\") VALUES (?, ?) ON CONFLICT DO NOTHING" } },
  { "save-update",
    ask_save_update,
    { "INSERT INTO \"person\" (\"name\") VALUES (?)", "INSERT INTO \"label\" (\"name\", \"parent_id\") VALUES (?, ?)",
      "INSERT INTO \"paper\" (\"title\", \"person_id\", \"box_id\") VALUES (?, ?, ?)",
      "INSERT INTO \"paper_label\" (\"paper_id\", \"label_id\") VALUES (?, ?) ON CONFLICT DO NOTHING" } },
  { "self-reference",
    ask_self_reference,
    { "SELECT \"label\".\"id\", \"label\".\"name\", \"label\".\"parent_id\", "
      "\"parent\".\"id\", \"parent\".\"name\", \"parent\".\"parent_id\" FROM \"label\" "
      "LEFT JOIN \"label\" AS \"parent\" ON \"parent\".\"id\" = \"label\".\"parent_id\"",
      LABEL_SELECT " WHERE \"parent_id\" IN (SELECT value FROM json_each (?)) ORDER BY \"name\" DESC, \"id\" DESC" } },
  { "parent-set", ask_parent_set, { LABEL_GET, LABEL_GET, "UPDATE \"label\" SET \"parent_id\" = ? WHERE \"id\" = ?" } },
  { "cascade",
    ask_cascade,
    { PAPER_GET, "SELECT \"id\", \"number\", \"paper_id\" FROM \"sheet\" WHERE \"id\" = ?",
      "DELETE FROM \"paper\" WHERE \"id\" = ?" } },
  { "restrict", ask_restrict, { PERSON_GET, "DELETE FROM \"person\" WHERE \"id\" = ?" } },
  { "nullify",
    ask_nullify,
    { PAPER_GET, PAPER_GET, "SELECT \"id\", \"name\" FROM \"box\" WHERE \"id\" = ?",
      "DELETE FROM \"box\" WHERE \"id\" = ?", PAPER_SELECT " WHERE \"id\" IN (SELECT value FROM json_each (?))" } },
  { "any",
    ask_any,
    { PAPER_SELECT
      " WHERE ((EXISTS (SELECT 1 FROM \"paper_label\" WHERE \"paper_label\".\"paper_id\" = \"paper\".\"id\")) "
      "AND (NOT (EXISTS (SELECT 1 FROM \"paper_label\" JOIN \"label\" AS \"labels\" "
      "ON \"labels\".\"id\" = \"paper_label\".\"label_id\" "
      "WHERE \"paper_label\".\"paper_id\" = \"paper\".\"id\" AND (\"labels\".\"name\" = ?)))))" } },
  { "any-of-has-many",
    ask_any_of_has_many,
    { PAPER_SELECT " WHERE (EXISTS (SELECT 1 FROM \"sheet\" AS \"sheets\" "
                   "WHERE \"sheets\".\"paper_id\" = \"paper\".\"id\" AND (\"sheets\".\"number\" = ?)))" } },
  { "has",
    ask_has,
    { PAPER_SELECT " WHERE (EXISTS (SELECT 1 FROM \"person\" AS \"person\" "
                   "WHERE \"person\".\"id\" = \"paper\".\"person_id\" AND (\"person\".\"name\" = ?)))" } },
  { "has-self",
    ask_has_self,
    { LABEL_SELECT " WHERE (EXISTS (SELECT 1 FROM \"label\" AS \"parent\" "
                   "WHERE \"parent\".\"id\" = \"label\".\"parent_id\" "
                   "AND (EXISTS (SELECT 1 FROM \"label\" AS \"parent.parent\" "
                   "WHERE \"parent.parent\".\"id\" = \"parent\".\"parent_id\"))))" } },
};

/* options (joinedload (Paper.person)) */
static void
ask_joinedload (StatementTest *test)
{
  orm_query_joined (test->papers, "person");
  statement_test_all (test, test->papers);
}

/* options (selectinload (Paper.labels)): many-to-many; of a has-many; of a path */
static void
ask_selectinload (StatementTest *test)
{
  orm_query_select_in (test->papers, "labels");
  statement_test_all (test, test->papers);
}

static void
ask_selectinload_of_has_many (StatementTest *test)
{
  orm_query_select_in (test->papers, "sheets");
  statement_test_all (test, test->papers);
}

static void
ask_selectinload_of_path (StatementTest *test)
{
  g_autoptr (OrmQuery) people = orm_query_new (ORM_TYPE_TEST_PERSON);

  orm_query_select_in (people, "papers.labels");
  statement_test_all (test, people);
}

/* A page with its labels and its person: two statements, whatever its size. */
static void
ask_page (StatementTest *test, gint64 n_rows)
{
  orm_query_joined (test->papers, "person");
  orm_query_select_in (test->papers, "labels");
  orm_query_limit (test->papers, n_rows);
  g_assert_cmpuint (statement_test_all (test, test->papers), ==, n_rows);
}

static void
ask_page_of_1 (StatementTest *test)
{
  ask_page (test, 1);
}

static void
ask_page_of_50 (StatementTest *test)
{
  orm_test_execute (
      test->database,
      "INSERT INTO paper (title, person_id) "
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100) SELECT 'x', 1 + i % 2 FROM n;"
      "INSERT INTO paper_label SELECT id, 1 + id % 3 FROM paper WHERE id > 4");
  g_ptr_array_set_size (test->statements, 0);
  ask_page (test, 50);
}

/* options (raiseload ("*")): touching it is an error, with the query that would load it, and no statement */
static void
ask_raiseload (StatementTest *test)
{
  g_autoptr (GError) of_one = NULL;
  g_autoptr (GError) of_many = NULL;
  g_autoptr (OrmTestPaper) paper = NULL;

  orm_query_raise (test->papers, "person");
  paper = first_paper (test, NULL, NULL);
  g_assert_null (orm_entity_get_related (ORM_ENTITY (paper), "person", &of_one));
  g_assert_error (of_one, ORM_ERROR, ORM_ERROR_NOT_LOADED);
  g_assert_nonnull (strstr (of_one->message, "orm_query_joined"));
  g_assert_null (orm_entity_get_collection (ORM_ENTITY (paper), "labels", &of_many));
  g_assert_error (of_many, ORM_ERROR, ORM_ERROR_NOT_LOADED);
  g_assert_nonnull (strstr (of_many->message, "orm_query_select_in"));
}

/* await paper.awaitable_attrs.labels: of all objects at once */
static void
ask_load (StatementTest *test)
{
  g_autoptr (GPtrArray) papers = orm_session_all (test->session, test->papers, NULL, NULL);

  g_assert_true (orm_session_load (test->session, papers, "labels", NULL, NULL));
  g_assert_true (orm_session_load (test->session, papers, "person", NULL, NULL));
  g_assert_true (orm_session_load (test->session, papers, "sheets", NULL, NULL));
  g_assert_true (orm_entity_is_loaded (papers->pdata[3], "labels"));
}

static const StatementLine load_lines[] = {
  { "joinedload", ask_joinedload, { PAPER_JOINED } },
  { "selectinload", ask_selectinload, { PAPER_SELECT, LABELS_OF_PAPERS } },
  { "selectinload-of-has-many", ask_selectinload_of_has_many, { PAPER_SELECT, SHEETS_OF_PAPERS } },
  { "selectinload-of-path",
    ask_selectinload_of_path,
    { "SELECT \"id\", \"name\" FROM \"person\"", PAPERS_OF_PEOPLE, LABELS_OF_PAPERS } },
  { "page-of-1-with-labels-and-person", ask_page_of_1, { PAPER_JOINED " LIMIT ? OFFSET ?", LABELS_OF_PAPERS } },
  { "page-of-50-with-labels-and-person", ask_page_of_50, { PAPER_JOINED " LIMIT ? OFFSET ?", LABELS_OF_PAPERS } },
  { "raiseload", ask_raiseload, { PAPER_FIRST } },
  { "load",
    ask_load,
    { PAPER_SELECT, LABELS_OF_PAPERS,
      "SELECT \"id\", \"name\" FROM \"person\" WHERE \"id\" IN (SELECT value FROM json_each (?))", SHEETS_OF_PAPERS } },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  statement_test_add ("relationship", relation_lines, G_N_ELEMENTS (relation_lines));
  statement_test_add ("load", load_lines, G_N_ELEMENTS (load_lines));

  return g_test_run ();
}
