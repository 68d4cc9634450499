/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-note-request.h"

#include "octavo-error.h"
#include "octavo-search.h"

#define N_PREPARED 16 /* rows that are seen first */

/* The list may be gone when the answer comes. */
typedef struct
{
  GWeakRef owner;
  OctavoStore *store;
  GCancellable *request;
  OctavoNoteAnswer answer;
  OctavoQuery *query; /* (nullable) */
  guint n_first;      /* 0: all were asked for */

  GArray *ids; /* (nullable): the answer */
  gboolean is_whole;
  guint n_missing;
  GError *error;
} Request;

static void
request_free (Request *self)
{
  g_weak_ref_clear (&self->owner);
  g_clear_object (&self->store);
  g_clear_object (&self->request);
  g_clear_pointer (&self->query, octavo_query_unref);
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_error (&self->error);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)

static void
answer (Request *self)
{
  g_autoptr (GObject) owner = g_weak_ref_get (&self->owner);

  if (owner != NULL)
    self->answer (owner, self->request, g_steal_pointer (&self->ids), self->is_whole, self->n_missing, self->error);
}

static void
on_prepared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Request) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!octavo_excerpt_finder_prepare_finish (OCTAVO_EXCERPT_FINDER (source), result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_debug ("Excerpts were not read: %s", error->message);
  answer (self);
}

/* Rows that came first with the start of their text, and then with what was found in it, would flicker. */
static void
prepare (Request *self)
{
  octavo_excerpt_finder_prepare_async (octavo_store_get_excerpts (self->store), self->query,
                                       (const gint64 *) (gpointer) self->ids->data, MIN (self->ids->len, N_PREPARED),
                                       self->request, on_prepared, self);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Request) self = user_data;

  self->ids = octavo_search_run_finish (OCTAVO_SEARCH (source), result, &self->error);
  octavo_error_for_person (&self->error, octavo_store_get_path (self->store));
  self->is_whole = self->n_first == 0 || self->ids == NULL || self->ids->len <= self->n_first;
  if (!self->is_whole)
    g_array_set_size (self->ids, self->n_first);
  if (self->error == NULL)
    self->n_missing = octavo_search_run_get_n_missing (OCTAVO_SEARCH (source), result);

  if (self->ids != NULL && self->ids->len > 0 && self->query != NULL && octavo_query_can_hit (self->query, "body"))
    prepare (g_steal_pointer (&self));
  else
    answer (self);
}

/**
 * octavo_note_request_start:
 * @owner: a list, which may go meanwhile
 * @store: an open store
 * @question: what is asked for
 * @request: interrupts the search; names it in the answer
 * @answer_func: called with what was found, when what the first rows show of it is known
 *
 * Asks for the ids of notes. Where nothing was asked yet, and the first notes are enough to begin with, only these are
 * read; one more is looked for, to know whether they are all. Main thread.
 */
void
octavo_note_request_start (GObject *owner,
                           OctavoStore *store,
                           const OctavoNoteQuestion *question,
                           GCancellable *request,
                           OctavoNoteAnswer answer_func)
{
  OctavoSearch *search = octavo_store_get_search (store);
  Request *self = g_new0 (Request, 1);

  g_weak_ref_init (&self->owner, owner);
  self->store = g_object_ref (store);
  self->request = g_object_ref (request);
  self->answer = answer_func;
  self->query = *question->query != '\0' ? octavo_query_new (question->query) : NULL;
  if (question->n_first > 0 && octavo_search_has_first (search, self->query, &question->scope, question->sort))
    self->n_first = question->n_first;
  if (self->n_first > 0)
    octavo_search_run_first_async (search, &question->scope, question->sort, self->n_first + 1, request, on_found,
                                   self);
  else
    octavo_search_run_async (search, self->query, &question->scope, question->sort, request, on_found, self);
}
