/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-test.h"

G_BEGIN_DECLS

typedef enum
{
  ORM_TEST_KIND_PLAIN,
  ORM_TEST_KIND_FANCY,
} OrmTestKind;

typedef enum
{
  ORM_TEST_MARKS_RED = 1 << 0,
  ORM_TEST_MARKS_BLUE = 1 << 30,
} OrmTestMarks;

enum
{
  ORM_TEST_ITEM_ID,
  ORM_TEST_ITEM_NAME,
  ORM_TEST_ITEM_SIZE,
  ORM_TEST_ITEM_WEIGHT,
  ORM_TEST_ITEM_IS_DONE,
  ORM_TEST_ITEM_DATA,
  ORM_TEST_ITEM_CREATED,
  ORM_TEST_ITEM_KIND,
  ORM_TEST_ITEM_MARKS,
  ORM_TEST_ITEM_N_COLUMNS
};

/* An entity with a column of each type. */
#define ORM_TYPE_TEST_ITEM (orm_test_item_get_type ())
G_DECLARE_FINAL_TYPE (OrmTestItem, orm_test_item, ORM, TEST_ITEM, OrmEntity)

struct _OrmTestItem
{
  OrmEntity  parent_instance;

  gint64     id;
  char      *name;
  gint64     size;
  double     weight;
  gboolean   is_done;
  GBytes    *data;
  GDateTime *created;
  int        kind;
  guint      marks;
};

extern const OrmMigration orm_test_item_migrations[1];

OrmTestItem              *orm_test_item_new (const char *name, gint64 size);

/* A database in memory, or a file, with the table of items. (transfer full) */
OrmDatabase *orm_test_item_open (const char *path);

/* Such a database with a session, whose statements are written down. The data of set_up is what fills it, in SQL. */
typedef struct
{
  OrmDatabase *database;
  OrmSession  *session;
  OrmQuery    *query; /* of items */
  GPtrArray   *statements;
  GError      *error; /* none, at the end */
} ItemTest;

void item_test_set_up (ItemTest *test, gconstpointer sql);
void item_test_tear_down (ItemTest *test, gconstpointer sql);

#define ITEM_COLUMNS "\"id\", \"name\", \"size\", \"weight\", \"is_done\", \"data\", \"created\", \"kind\", \"marks\""
#define ITEM_SELECT  "SELECT " ITEM_COLUMNS " FROM \"item\""
#define ITEM_INSERT                                                                                                    \
  "INSERT INTO \"item\" (\"name\", \"size\", \"weight\", \"is_done\", \"kind\", \"marks\") VALUES (?, ?, ?, ?, ?, ?)"

G_END_DECLS
