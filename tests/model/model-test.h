/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-repository.h"
#include "octavo-store.h"
#include "octavo-undo.h"

/* A store on a file of its own, for tests of the model. */
typedef struct
{
  char        *folder;
  char        *path;
  OctavoStore *store;      /* open */
  GString     *statements; /* since the last reset, one a line, without what goes on by itself */
  guint        n_statements;
  guint        n_changed;    /* emissions of OctavoStore::changed */
  guint        n_everything; /* those for another process */
} ModelTest;

void model_test_set_up (ModelTest *self, gconstpointer data);
void model_test_tear_down (ModelTest *self, gconstpointer data); /* fails where the store leaks */

/* Counts statements from now on. */
void   model_test_reset_statements (ModelTest *self);

gint64 model_test_add_note (ModelTest *self, const char *title, const char *body, const char *tags); /* "a,b" */
void   model_test_add_notes (ModelTest *self, guint n_notes);    /* titles "note 1" …, the last is the newest */
void   model_test_insert_notes (ModelTest *self, guint n_notes); /* by another process; the oldest says "oldest" */
void   model_test_apply (ModelTest *self, OctavoNotesAction action, gint64 id, const char *tag);
void   model_test_undo (ModelTest *self, gint64 step_id, OctavoUndoResult *result); /* result (nullable) */
void   model_test_execute (const char *path, const char *sql);                      /* as another process would */
gint64 model_test_query_int (const char *path, const char *sql);
char  *model_test_query_text (const char *path, const char *sql);

/* Runs the main context until the condition holds; fails after two minutes: the sanitizers are slow. */
#define model_test_wait_for(condition)                                                                                 \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    gint64 model_test_end = g_get_monotonic_time () + 120 * G_USEC_PER_SEC;                                            \
    while (!(condition))                                                                                               \
      {                                                                                                                \
        g_assert_cmpint (g_get_monotonic_time (), <, model_test_end);                                                  \
        model_test_iterate ();                                                                                         \
      }                                                                                                                \
  }                                                                                                                    \
  G_STMT_END

void          model_test_iterate (void);
GAsyncResult *model_test_take_result (GAsyncResult **result); /* waits for it */
void          model_test_on_result (GObject *source, GAsyncResult *result, gpointer place);
void          model_test_remove_folder (const char *folder);
int           model_test_run_isolated (void);
