/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-search-private.h"

G_BEGIN_DECLS

/* A file of notes in a temporary folder, written to by plain SQL as another program would. */
typedef struct
{
  char         *folder;
  char         *path;
  OrmDatabase  *database;
  OctavoSearch *search;
} SearchTest;

/* A file of notes, made where there is none. (transfer full) */
OrmDatabase *search_test_open (const char *file);

void         search_test_set_up (SearchTest *self, gconstpointer data);
void         search_test_tear_down (SearchTest *self, gconstpointer data);

void         search_test_execute (SearchTest *self, const char *sql, ...) G_GNUC_PRINTF (2, 3);
gint64       search_test_add (SearchTest *self, const char *title, const char *body);
void         search_test_tag (SearchTest *self, gint64 note_id, const char *tag);
gint64       search_test_get_int64 (SearchTest *self, const char *sql);
void         search_test_index (SearchTest *self);

/* The ids that are found, as "3 1 2". (transfer full) */
char *search_test_find (SearchTest *self, const char *query, const OctavoScope *scope, OctavoSort sort);

#define search_test_assert(self, query, ids)                                                                           \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *found_ = search_test_find ((self), (query), NULL, OCTAVO_SORT_UPDATED);                           \
    g_assert_cmpstr (found_, ==, (ids));                                                                               \
  }                                                                                                                    \
  G_STMT_END

/* Iterates the main context until a condition holds. */
#define wait_until(condition)                                                                                          \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    gint64 end_ = g_get_monotonic_time () + 120 * G_USEC_PER_SEC;                                                      \
    while (!(condition))                                                                                               \
      {                                                                                                                \
        g_assert_cmpint (g_get_monotonic_time (), <, end_);                                                            \
        g_main_context_iteration (NULL, TRUE);                                                                         \
      }                                                                                                                \
  }                                                                                                                    \
  G_STMT_END

G_END_DECLS
