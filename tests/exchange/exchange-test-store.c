/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange-test.h"

#include "octavo-note-repository.h"
#include "octavo-search.h"

OctavoStore *
exchange_test_open_store (void)
{
  OctavoStore *store = octavo_store_new (":memory:");
  g_autoptr (GError) error = NULL;

  octavo_store_open (store, NULL, &error);
  g_assert_no_error (error);
  return store;
}

void
exchange_test_close_store (OctavoStore *store)
{
  octavo_store_close (store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (store);
}

static gboolean
keep_note (OctavoNoteValues *values, gpointer data)
{
  OctavoNoteValues *kept = octavo_note_values_new ();

  kept->id = values->id;
  kept->user_id = values->user_id;
  kept->user_name = g_strdup (values->user_name);
  kept->title = g_strdup (values->title);
  kept->body = g_strdup (values->body);
  kept->aliases = g_strdup (values->aliases);
  kept->front_matter = g_strdup (values->front_matter);
  kept->tags = values->tags != NULL ? g_strdupv (values->tags) : g_new0 (char *, 1);
  kept->created = values->created;
  kept->updated = values->updated;
  kept->trashed = values->trashed;
  kept->pinned = values->pinned;
  g_ptr_array_add (data, kept);
  return TRUE;
}

static int
compare_notes (gconstpointer pa, gconstpointer pb)
{
  const OctavoNoteValues *a = *(OctavoNoteValues *const *) pa;
  const OctavoNoteValues *b = *(OctavoNoteValues *const *) pb;
  int order = g_strcmp0 (a->title, b->title);

  if (order == 0)
    order = (a->created > b->created) - (a->created < b->created);
  if (order == 0)
    order = (a->updated > b->updated) - (a->updated < b->updated);
  return order != 0 ? order : g_strcmp0 (a->body, b->body);
}

GPtrArray *
exchange_test_read_all (OctavoStore *store, OctavoPlace place)
{
  const OctavoScope scope = { .place = place };
  GPtrArray *notes = g_ptr_array_new_with_free_func ((GDestroyNotify) octavo_note_values_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids =
      octavo_search_run (octavo_store_get_search (store), NULL, &scope, OCTAVO_SORT_CREATED, NULL, &error);

  g_assert_no_error (error);
  octavo_note_repository_foreach (octavo_store_get_notes (store), (const gint64 *) (gpointer) ids->data, ids->len, TRUE,
                                  keep_note, notes, NULL, &error);
  g_assert_no_error (error);
  g_ptr_array_sort (notes, compare_notes);
  return notes;
}
