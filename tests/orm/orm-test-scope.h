/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-test-item.h"
#include "orm-test.h"

G_BEGIN_DECLS

/* Two items, of size 10 and 20, in a database in memory, and a session whose statements are written down. */
typedef struct
{
  OrmDatabase *database;
  OrmSession  *session;
  GPtrArray   *statements;
  guint        n_changed;
  GError      *error;
} ScopeTest;

gboolean     scope_test_is_idle (gpointer data);
void         scope_test_set_up (ScopeTest *fixture, gconstpointer data);
void         scope_test_tear_down (ScopeTest *fixture, gconstpointer data);
OrmScope    *scope_test_begin (ScopeTest *fixture);
void         scope_test_end (ScopeTest *fixture, OrmScope *scope);
void         scope_test_flush (ScopeTest *fixture);
OrmTestItem *scope_test_get (ScopeTest *fixture, gint64 key);
OrmTestItem *scope_test_add (ScopeTest *fixture, const char *name);
void         scope_test_set_size (OrmTestItem *item, gint64 size);
gint64       scope_test_count (ScopeTest *fixture);
void         scope_test_assert_error (ScopeTest *fixture, GQuark domain, int code, const char *part);
gint64       scope_test_get_sum (ScopeTest *fixture);

G_END_DECLS
