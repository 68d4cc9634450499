/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-note-request.h"

#include "octavo-error.h"
#include "octavo-search.h"

/* The list may be gone when the answer comes. */
typedef struct
{
  GWeakRef owner;
  OctavoStore *store;
  GCancellable *request;
  OctavoNoteAnswer answer;
  guint n_first; /* 0: all were asked for */
} Request;

static void
request_free (Request *self)
{
  g_weak_ref_clear (&self->owner);
  g_clear_object (&self->store);
  g_clear_object (&self->request);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Request) self = user_data;
  g_autoptr (GObject) owner = g_weak_ref_get (&self->owner);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = octavo_search_run_finish (OCTAVO_SEARCH (source), result, &error);
  gboolean is_whole = self->n_first == 0 || ids == NULL || ids->len <= self->n_first;
  guint n_missing;

  if (owner == NULL)
    return;
  octavo_error_for_person (&error, octavo_store_get_path (self->store));
  if (!is_whole)
    g_array_set_size (ids, self->n_first);
  n_missing = error == NULL ? octavo_search_run_get_n_missing (OCTAVO_SEARCH (source), result) : 0;
  self->answer (owner, self->request, g_steal_pointer (&ids), is_whole, n_missing, error);
}

/**
 * octavo_note_request_start:
 * @owner: a list, which may go meanwhile
 * @store: an open store
 * @question: what is asked for
 * @request: interrupts the search; names it in the answer
 * @answer: called with what was found
 *
 * Asks for the ids of notes. Where nothing was asked yet, and the first notes are enough to begin with, only these are
 * read; one more is looked for, to know whether they are all. Main thread.
 */
void
octavo_note_request_start (GObject *owner,
                           OctavoStore *store,
                           const OctavoNoteQuestion *question,
                           GCancellable *request,
                           OctavoNoteAnswer answer)
{
  OctavoSearch *search = octavo_store_get_search (store);
  g_autoptr (OctavoQuery) query = *question->query != '\0' ? octavo_query_new (question->query) : NULL;
  Request *self = g_new0 (Request, 1);

  g_weak_ref_init (&self->owner, owner);
  self->store = g_object_ref (store);
  self->request = g_object_ref (request);
  self->answer = answer;
  if (question->n_first > 0 && octavo_search_has_first (search, query, &question->scope, question->sort))
    self->n_first = question->n_first;
  if (self->n_first > 0)
    octavo_search_run_first_async (search, question->sort, self->n_first + 1, request, on_found, self);
  else
    octavo_search_run_async (search, query, &question->scope, question->sort, request, on_found, self);
}
