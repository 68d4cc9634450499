/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm.h"

G_BEGIN_DECLS

/* Two tables of which one refers to the other and to itself, with everything that a column can say. */

#define ORM_TYPE_TEST_AUTHOR (orm_test_author_get_type ())
G_DECLARE_FINAL_TYPE (OrmTestAuthor, orm_test_author, ORM, TEST_AUTHOR, OrmEntity)

struct _OrmTestAuthor
{
  OrmEntity parent_instance;
  gint64    id;
  char     *name;
};

#define ORM_TYPE_TEST_BOOK (orm_test_book_get_type ())
G_DECLARE_FINAL_TYPE (OrmTestBook, orm_test_book, ORM, TEST_BOOK, OrmEntity)

struct _OrmTestBook
{
  OrmEntity  parent_instance;
  gint64     id;
  char      *title;
  gint64     pages;
  double     price;
  GBytes    *cover;
  GDateTime *printed;
  gint64     author_id;
  gint64     next_id;
};

/* What makes them, in order. */
#define ORM_TEST_CREATE_AUTHOR                                                                                         \
  "CREATE TABLE IF NOT EXISTS \"author\" (\"id\" INTEGER PRIMARY KEY, "                                                \
  "\"name\" TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (length (\"name\") <= 50)) STRICT"
#define ORM_TEST_CREATE_BOOK                                                                                           \
  "CREATE TABLE IF NOT EXISTS \"book\" (\"id\" INTEGER PRIMARY KEY, "                                                  \
  "\"title\" TEXT NOT NULL DEFAULT 'it''s new', "                                                                      \
  "\"pages\" INTEGER NOT NULL DEFAULT -1 CHECK (pages <> 0), "                                                         \
  "\"price\" REAL DEFAULT 9.5, \"cover\" BLOB DEFAULT x'00fF', \"printed\" INTEGER DEFAULT 1000001, "                  \
  "\"author_id\" INTEGER NOT NULL REFERENCES \"author\" (\"id\") ON DELETE CASCADE, "                                  \
  "\"next_id\" INTEGER DEFAULT NULL REFERENCES \"book\" ON DELETE SET NULL) STRICT"
#define ORM_TEST_INDEX_TITLE  "CREATE INDEX IF NOT EXISTS \"book_by_title\" ON \"book\" (\"title\")"
#define ORM_TEST_INDEX_AUTHOR "CREATE INDEX IF NOT EXISTS \"book_by_author_id\" ON \"book\" (\"author_id\")"

G_END_DECLS
