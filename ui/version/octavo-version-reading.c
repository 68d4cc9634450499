/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include "octavo-version-reading.h"

#include "octavo-note-repository.h"
#include "octavo-task.h"
#include "octavo-version-repository.h"

#include <glib/gi18n-lib.h>

/* Texts are read, and compared, on a thread: they may be large. */

typedef struct
{
  OctavoNoteRepository *notes;
  OctavoVersionRepository *versions;
  gint64 note_id;
  gint64 old_id;
  gint64 new_id;
  guint max_lines;
  OctavoNoteValues *values;            /* of who wants to read */
  OctavoVersionComparison *comparison; /* of who wants to compare */
} Reading;

/**
 * octavo_version_comparison_free:
 * @self: (transfer full) (nullable): a comparison
 *
 * Frees it.
 */
void
octavo_version_comparison_free (OctavoVersionComparison *self)
{
  if (self == NULL)
    return;
  g_free (self->old_title);
  g_free (self->new_title);
  octavo_diff_page_free (self->page);
  g_free (self);
}

static void
reading_free (gpointer data)
{
  Reading *self = data;

  g_object_unref (self->notes);
  g_object_unref (self->versions);
  octavo_note_values_free (self->values);
  octavo_version_comparison_free (self->comparison);
  g_free (self);
}

static Reading *
reading_new (OctavoStore *store)
{
  Reading *self = g_new0 (Reading, 1);

  self->notes = g_object_ref (octavo_store_get_notes (store));
  self->versions = g_object_ref (octavo_store_get_versions (store));
  return self;
}

static gboolean
take_words (OctavoNoteValues *values, gpointer data)
{
  OctavoNoteValues *taken = data;

  taken->title = g_steal_pointer (&values->title);
  taken->body = g_steal_pointer (&values->body);
  return FALSE;
}

/* A note that is gone says nothing. */
static OctavoNoteValues *
read_state (Reading *self, gint64 id, GError **error)
{
  g_autoptr (OctavoNoteValues) values = NULL;

  if (id > 0)
    return octavo_version_repository_read (self->versions, id, error);
  values = octavo_note_values_new ();
  if (id == OCTAVO_VERSION_NOW &&
      !octavo_note_repository_foreach (self->notes, &self->note_id, 1, TRUE, take_words, values, NULL, error))
    return NULL;
  if (values->title == NULL)
    values->title = g_strdup ("");
  if (values->body == NULL)
    values->body = g_strdup ("");
  return g_steal_pointer (&values);
}

static gboolean
run_compare (gpointer source, gpointer data, GCancellable *cancellable, GError **error)
{
  Reading *self = data;
  g_autoptr (OctavoNoteValues) before = read_state (self, self->old_id, error);
  g_autoptr (OctavoNoteValues) after = before != NULL ? read_state (self, self->new_id, error) : NULL;

  if (after == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  self->comparison = g_new0 (OctavoVersionComparison, 1);
  self->comparison->old_title = g_strdup (before->title);
  self->comparison->new_title = g_strdup (after->title);
  self->comparison->page = octavo_diff_page_new (before->body, after->body, self->max_lines);
  return TRUE;
}

/**
 * octavo_version_compare_async:
 * @store: an open store
 * @note_id: a note
 * @old_id: one of its versions, %OCTAVO_VERSION_NOW or %OCTAVO_VERSION_NOTHING
 * @new_id: another
 * @max_lines: how many lines are wanted at most; with 0 words are counted alone
 * @cancellable: (nullable): stops it
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Finds where two states of a note differ, without blocking. Main thread.
 */
void
octavo_version_compare_async (OctavoStore *store,
                              gint64 note_id,
                              gint64 old_id,
                              gint64 new_id,
                              guint max_lines,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  Reading *reading;
  GTask *task;

  g_return_if_fail (OCTAVO_IS_STORE (store));

  task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (task, octavo_version_compare_async);
  reading = reading_new (store);
  reading->note_id = note_id;
  reading->old_id = old_id;
  reading->new_id = new_id;
  reading->max_lines = max_lines;
  g_task_set_task_data (task, reading, reading_free);
  octavo_task_run_in_thread (task, run_compare);
}

/**
 * octavo_version_compare_finish:
 * @store: the store
 * @result: what the callback was given
 * @error: where to put an error
 *
 * Returns: (transfer full) (nullable): how they differ
 */
OctavoVersionComparison *
octavo_version_compare_finish (OctavoStore *store, GAsyncResult *result, GError **error)
{
  Reading *reading;

  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  reading = g_task_get_task_data (G_TASK (result));
  return g_steal_pointer (&reading->comparison);
}

static gboolean
run_read (gpointer source, gpointer data, GCancellable *cancellable, GError **error)
{
  Reading *self = data;

  self->values = octavo_version_repository_read (self->versions, self->new_id, error);
  return self->values != NULL;
}

/**
 * octavo_version_read_async:
 * @store: an open store
 * @version_id: a version
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Reads what a note said, without blocking. Main thread.
 */
void
octavo_version_read_async (OctavoStore *store, gint64 version_id, GAsyncReadyCallback callback, gpointer user_data)
{
  Reading *reading;
  GTask *task;

  g_return_if_fail (OCTAVO_IS_STORE (store));

  task = g_task_new (store, NULL, callback, user_data);
  g_task_set_source_tag (task, octavo_version_read_async);
  reading = reading_new (store);
  reading->new_id = version_id;
  g_task_set_task_data (task, reading, reading_free);
  octavo_task_run_in_thread (task, run_read);
}

/**
 * octavo_version_read_finish:
 * @store: the store
 * @result: what the callback was given
 * @error: where to put an error
 *
 * Returns: (transfer full) (nullable): as of octavo_version_repository_read()
 */
OctavoNoteValues *
octavo_version_read_finish (OctavoStore *store, GAsyncResult *result, GError **error)
{
  Reading *reading;

  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  reading = g_task_get_task_data (G_TASK (result));
  return g_steal_pointer (&reading->values);
}

/**
 * octavo_version_dup_counts:
 * @n_added: how many words came
 * @n_removed: how many went
 *
 * Returns: (transfer full): that in words
 */
char *
octavo_version_dup_counts (guint n_added, guint n_removed)
{
  g_autofree char *added = g_strdup_printf (ngettext ("%'u word added", "%'u words added", n_added), n_added);
  g_autofree char *removed = g_strdup_printf (ngettext ("%'u word removed", "%'u words removed", n_removed), n_removed);

  if (n_added == 0 && n_removed == 0)
    return g_strdup (_ ("No word changed"));
  if (n_removed == 0)
    return g_steal_pointer (&added);
  if (n_added == 0)
    return g_steal_pointer (&removed);
  /* Translators: "3 words added", "1 word removed". */
  return g_strdup_printf (C_ ("words", "%s, %s"), added, removed);
}
