/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm.h"

G_BEGIN_DECLS

/* What the tests of the mapper share. */

/* A folder of the test's own. (transfer full) */
char *orm_test_make_folder (void);
void  orm_test_remove_folder (char *folder);

/* Iterates the main context until the function says TRUE; fails after ten seconds. */
void orm_test_wait (gboolean (*condition) (gpointer data), gpointer data);
void orm_test_wait_result (GAsyncResult **result);
void orm_test_keep_result (GObject *source, GAsyncResult *result, gpointer data);

/* Runs a script as work that writes. */
void   orm_test_execute (OrmDatabase *database, const char *sql);
gint64 orm_test_get_int64 (OrmDatabase *database, const char *sql);

/* The file of the shell's making, outside of any database of the mapper. */
void orm_test_make_file (const char *path, const char *sql);

/* Counts statements of a database; the texts in order. (transfer full) */
GPtrArray *orm_test_trace (OrmDatabase *database);

/* That these and no others were run since the last time; the last is NULL. */
void orm_test_assert_statements (GPtrArray *statements, ...) G_GNUC_NULL_TERMINATED;

/* That the parts of a test between lines with a comment of one word, example, are in the README of the mapper. */
void orm_test_assert_readme_has (const char *file, guint n_examples);

#define assert_statements(fixture, ...) orm_test_assert_statements ((fixture)->statements, __VA_ARGS__, NULL)

/* Runs the main context until it has nothing more to do: the reports of what was written before are told then. */
void     orm_test_settle (void);

gboolean orm_test_has_text (gpointer string); /* a GString: to be waited for */

/* Work that reads a statement twice, and waits in between. */
typedef struct
{
  const char *sql;
  int         has_read;
  int         may_go_on;
  gint64      before;
  gint64      after;
} OrmTestSnapshot;

gboolean orm_test_read_twice (OrmConnection *connection, gpointer snapshot, GCancellable *cancellable, GError **error);

/* TRUE where the test ran in a child without the rights of root, and this one has nothing more to do. */
gboolean orm_test_run_without_rights (void);

G_END_DECLS
