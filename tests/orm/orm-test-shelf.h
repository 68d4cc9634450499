/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-test.h"

G_BEGIN_DECLS

/* Entities with relations of each kind, and each thing that a schema does when a row is deleted: papers of a person
 * (restrict) in a box (set NULL) with sheets (cascade), and labels of papers that are a tree (cascade). */

#define ORM_TYPE_TEST_PERSON (orm_test_person_get_type ())
G_DECLARE_FINAL_TYPE (OrmTestPerson, orm_test_person, ORM, TEST_PERSON, OrmEntity)

struct _OrmTestPerson
{
  OrmEntity parent_instance;
  gint64    id;
  char     *name;
};

#define ORM_TYPE_TEST_BOX (orm_test_box_get_type ())
G_DECLARE_FINAL_TYPE (OrmTestBox, orm_test_box, ORM, TEST_BOX, OrmEntity)

struct _OrmTestBox
{
  OrmEntity parent_instance;
  gint64    id;
  char     *name;
};

enum
{
  ORM_TEST_PAPER_ID,
  ORM_TEST_PAPER_TITLE,
  ORM_TEST_PAPER_PERSON_ID,
  ORM_TEST_PAPER_BOX_ID,
};

#define ORM_TYPE_TEST_PAPER (orm_test_paper_get_type ())
G_DECLARE_FINAL_TYPE (OrmTestPaper, orm_test_paper, ORM, TEST_PAPER, OrmEntity)

struct _OrmTestPaper
{
  OrmEntity parent_instance;
  gint64    id;
  char     *title;
  gint64    person_id;
  gint64    box_id;
};

#define ORM_TYPE_TEST_SHEET (orm_test_sheet_get_type ())
G_DECLARE_FINAL_TYPE (OrmTestSheet, orm_test_sheet, ORM, TEST_SHEET, OrmEntity)

struct _OrmTestSheet
{
  OrmEntity parent_instance;
  gint64    id;
  gint64    number;
  gint64    paper_id;
};

#define ORM_TYPE_TEST_LABEL (orm_test_label_get_type ())
G_DECLARE_FINAL_TYPE (OrmTestLabel, orm_test_label, ORM, TEST_LABEL, OrmEntity)

struct _OrmTestLabel
{
  OrmEntity parent_instance;
  gint64    id;
  char     *name;
  gint64    parent_id;
};

/* A database in memory, or a file, with: person 1 Ada, 2 Bob; box 1; paper 1 to 4 (1 and 2 of Ada, 3 and 4 of Bob, 1
 * and 3 in the box) named d, c, b, a; sheets 1 to 3 of paper 1, by number 3, 2, 1; label 1 red, 2 blue, 3 dark of blue;
 * paper 1 red and blue, 2 blue, 3 none, 4 dark. (transfer full) */
OrmDatabase *orm_test_shelf_open (const char *path);

/* The names of a list's objects, joined by spaces. (transfer full) */
char *orm_test_shelf_names (gpointer list);

/* Such a database in a file, and a session whose statements are written down. */
typedef struct
{
  char        *folder;
  char        *path;
  OrmDatabase *database;
  OrmSession  *session;
  GPtrArray   *statements;
  OrmQuery    *query; /* of papers */
  GError      *error; /* none, at the end */
} ShelfTest;

void shelf_test_set_up (ShelfTest *test, gconstpointer data);
void shelf_test_tear_down (ShelfTest *test, gconstpointer data);

/* The object of a key with its relations, whose names have spaces between. What it took is not among the statements.
 * (transfer full) */
gpointer       shelf_test_get (ShelfTest *test, GType type, gint64 key, const char *relations);
GPtrArray     *shelf_test_read_all (ShelfTest *test, OrmQuery *query);
gpointer       shelf_test_get_one (gpointer entity, const char *relation); /* (transfer none) */
OrmCollection *shelf_test_get_collection (gpointer entity, const char *relation);

#define assert_names(entity, name, expected)                                                                           \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autoptr (OrmCollection) list_ = shelf_test_get_collection (entity, name);                                        \
    g_autofree char *names_ = orm_test_shelf_names (list_);                                                            \
    g_assert_cmpstr (names_, ==, expected);                                                                            \
  }                                                                                                                    \
  G_STMT_END

/* Parts of statements. */
#define SQL_IN             " IN (SELECT value FROM json_each (?))"
#define SQL_PAPER          "\"id\", \"title\", \"person_id\", \"box_id\""
#define SQL_PAPER_IN_JOIN  "\"paper\".\"id\", \"paper\".\"title\", \"paper\".\"person_id\", \"paper\".\"box_id\""
#define SQL_PERSON_IN_JOIN "\"person\".\"id\", \"person\".\"name\""
#define SQL_LABEL_IN_JOIN  "\"label\".\"id\", \"label\".\"name\", \"label\".\"parent_id\""
#define SQL_JOIN_PERSON    "LEFT JOIN \"person\" AS \"person\" ON \"person\".\"id\" = \"paper\".\"person_id\""
#define SQL_LABELS_OF_PAPERS                                                                                           \
  "SELECT \"paper_label\".\"paper_id\", " SQL_LABEL_IN_JOIN                                                            \
  " FROM \"paper_label\" JOIN \"label\" ON \"label\".\"id\" = \"paper_label\".\"label_id\""                            \
  " WHERE \"paper_label\".\"paper_id\"" SQL_IN " ORDER BY \"label\".\"name\", \"label\".\"id\""

G_END_DECLS
