/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-test-item.h"
#include "orm-test-shelf.h"
#include "orm-test.h"

G_BEGIN_DECLS

/* The statements of each thing that the mapper can be asked, word by word: what it costs can be read there. */

#define ITEM_UPDATE_SIZE "UPDATE \"item\" SET \"size\" = ? WHERE \"id\" = ?"

/* The papers of orm-test-shelf.h beside two items, a of size 1 and b of size 2, and a session with the first of them.
 */
typedef struct
{
  OrmDatabase *database;
  OrmSession  *session;
  OrmTestItem *item;
  OrmTestItem *fresh; /* of no session */
  OrmQuery    *query; /* of items */
  OrmQuery    *papers;
  OrmValue     number; /* 1 */
  OrmValue     text;   /* x */
  GPtrArray   *statements;
  char        *folder; /* (nullable): of a file beside it, removed at the end */
  char        *path;
} StatementTest;

/* A word, what is asked, and its statements in order: those and no others. */
typedef struct
{
  const char *word;
  void (*ask) (StatementTest *test);
  const char *statements[12];
} StatementLine;

/* The lines of a row, whose name and words make the path. They must be static. */
void statement_test_add (const char *row, const StatementLine *lines, guint n_lines);

/* From here on BEGIN, COMMIT, ROLLBACK and savepoints of a database are among the statements. */
void statement_test_trace_transactions (StatementTest *test, OrmDatabase *database);

void statement_test_commit (StatementTest *test);

/* All objects of a query: how many; those of the query of items with one more condition. */
guint statement_test_all (StatementTest *test, OrmQuery *query);
void  statement_test_filter (StatementTest *test, OrmExpression *expression);

G_END_DECLS
