/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-link-rename.h"

#include "octavo-backlinks.h"
#include "octavo-error.h"
#include "octavo-fold.h"
#include "octavo-link-resolver.h"
#include "octavo-link-sql.h"
#include "octavo-store-private.h"
#include "octavo-undo-sql.h"
#include "octavo-version-sql.h"

#include <string.h>

/* Texts are read, changed and written on the database thread, where nobody else writes between: a note that was edited
 * after it was found is changed as it is then. */

struct _OctavoLinkRename
{
  gint64 id;
  char *old_title;
  char *title;
  OctavoLinkMatch *match; /* of the old title */
  GArray *ids;            /* (element-type gint64): of the notes that have links */
};

/* One run. */
typedef struct
{
  OctavoLinkRename *rename;
  guint n_done;
  gint64 step_id;
} Run;

static void
rename_clear (gpointer data)
{
  OctavoLinkRename *self = data;

  g_free (self->old_title);
  g_free (self->title);
  octavo_link_match_unref (self->match);
  g_array_unref (self->ids);
}

/**
 * octavo_link_rename_ref:
 *
 * Returns: (transfer full): @self
 */
OctavoLinkRename *
octavo_link_rename_ref (OctavoLinkRename *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * octavo_link_rename_unref:
 * @self: (transfer full): links
 */
void
octavo_link_rename_unref (OctavoLinkRename *self)
{
  g_atomic_rc_box_release_full (self, rename_clear);
}

/**
 * octavo_link_rename_get_old_title:
 *
 * Returns: (transfer none): the title that the links have
 */
const char *
octavo_link_rename_get_old_title (OctavoLinkRename *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->old_title;
}

/**
 * octavo_link_rename_get_n_notes:
 *
 * Returns: how many notes have such links
 */
guint
octavo_link_rename_get_n_notes (OctavoLinkRename *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->ids->len;
}

static OctavoLinkRename *
rename_new (gint64 id, const char *old_title, const char *title)
{
  const char *titles[] = { old_title, NULL };
  OctavoLinkRename *self = g_atomic_rc_box_new0 (OctavoLinkRename);

  self->id = id;
  self->old_title = g_strdup (old_title);
  self->title = g_strdup (title);
  self->match = octavo_link_match_new (0, titles);
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  return self;
}

static void
on_links_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OctavoLinkRename *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) links = octavo_backlinks_find_finish (OCTAVO_STORE (source), result, NULL, &error);

  if (links == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; i < links->len; i++)
    g_array_append_val (self->ids, ((OctavoBacklink *) links->pdata[i])->id);
  g_task_return_pointer (task, links->len > 0 ? octavo_link_rename_ref (self) : NULL,
                         (GDestroyNotify) octavo_link_rename_unref);
}

/* Where another note has the title, the links lead there now. */
static void
on_resolved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OctavoLinkRename *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (OctavoLinkNote) note = octavo_link_resolver_find_finish (OCTAVO_STORE (source), result, &error);

  if (note == NULL)
    g_task_return_error (task, error);
  else if (note->id != 0 && !note->is_trashed)
    g_task_return_pointer (task, NULL, NULL);
  else
    octavo_backlinks_find_async (OCTAVO_STORE (source), self->match, 0, g_task_get_cancellable (task), on_links_found,
                                 g_object_ref (task));
}

/* The note is still called so. */
static gboolean
leads_there_still (const char *old_title, const char *title, const char *aliases)
{
  g_autofree char *folded = g_strstrip (octavo_fold_string (old_title));
  g_autofree char *all = g_strjoin ("\n", title, aliases, NULL);
  g_auto (GStrv) titles = g_strsplit (all, "\n", -1);

  for (guint i = 0; titles[i] != NULL; i++)
    {
      g_autofree char *other = g_strstrip (octavo_fold_string (titles[i]));

      if (strcmp (other, folded) == 0)
        return TRUE;
    }
  return *folded == '\0';
}

/**
 * octavo_link_rename_find_async:
 * @store: an open store
 * @id: a note
 * @old_title: the title that it had
 * @title: the one that it has
 * @aliases: its other titles, one a line
 * @cancellable: (nullable): interrupts it at once
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Finds the links that do not lead to a note any more since it has another title. Main thread.
 */
void
octavo_link_rename_find_async (OctavoStore *store,
                               gint64 id,
                               const char *old_title,
                               const char *title,
                               const char *aliases,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (OCTAVO_IS_STORE (store));
  g_return_if_fail (old_title != NULL && title != NULL && aliases != NULL);

  task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (task, octavo_link_rename_find_async);
  if (leads_there_still (old_title, title, aliases))
    {
      g_task_return_pointer (task, NULL, NULL);
      return;
    }
  g_task_set_task_data (task, rename_new (id, old_title, title), (GDestroyNotify) octavo_link_rename_unref);
  octavo_link_resolver_find_async (store, old_title, id, cancellable, on_resolved, g_steal_pointer (&task));
}

/**
 * octavo_link_rename_find_finish:
 * @store: the store that was asked
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the links; %NULL where there are none, or with %G_IO_ERROR_CANCELLED or
 * %OCTAVO_ERROR
 */
OctavoLinkRename *
octavo_link_rename_find_finish (OctavoStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
run_clear (gpointer data)
{
  octavo_link_rename_unref (((Run *) data)->rename);
}

static void
run_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, run_clear);
}

static gboolean
is_title (const char *title, gpointer connection)
{
  return octavo_link_sql_has_title (connection, title);
}

static gboolean
change_note (Run *self, OrmConnection *connection, gint64 id, GError **error)
{
  OctavoLinkRename *rename = self->rename;
  g_auto (OctavoLinkText) note = { 0 };
  g_autofree char *text = NULL;

  if (!octavo_link_sql_read (connection, id, &note, error))
    return FALSE;
  if (note.body != NULL)
    text = octavo_link_match_rename (rename->match, note.body, rename->id, rename->title, is_title, connection);
  if (text == NULL)
    return TRUE;
  self->n_done++;
  return octavo_version_sql_keep (connection, id, OCTAVO_VERSION_LINKS, error) &&
         octavo_link_sql_write (connection, id, note.title, text, error);
}

/* The database thread. May run again where the file was busy. */
static gboolean
work_run (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Run *self = data;
  OctavoLinkRename *rename = self->rename;
  OctavoUndoRecord record;

  self->n_done = 0;
  if (!octavo_undo_begin (connection, OCTAVO_UNDO_LINKS, rename->title, &record, error))
    return FALSE;
  for (guint i = 0; i < rename->ids->len; i++)
    if (!change_note (self, connection, g_array_index (rename->ids, gint64, i), error))
      return FALSE;
  return octavo_undo_end (connection, &record, &self->step_id, error);
}

static void
on_run (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!orm_database_write_finish (ORM_DATABASE (source), result, NULL, &error))
    {
      octavo_error_for_person (&error, octavo_store_get_path (g_task_get_source_object (task)));
      g_task_return_error (task, error);
      return;
    }
  g_task_return_boolean (task, TRUE);
}

/**
 * octavo_link_rename_run_async:
 * @store: the store of the notes
 * @self: links
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Has the links lead to the note again, as one step that can be undone. What was typed is to be on its way to the file
 * already. Main thread.
 */
void
octavo_link_rename_run_async (OctavoStore *store,
                              OctavoLinkRename *self,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task;
  Run *run;

  g_return_if_fail (OCTAVO_IS_STORE (store) && self != NULL);

  task = g_task_new (store, NULL, callback, user_data);
  g_task_set_source_tag (task, octavo_link_rename_run_async);
  run = g_atomic_rc_box_new0 (Run);
  run->rename = octavo_link_rename_ref (self);
  g_task_set_task_data (task, run, run_unref);
  orm_database_write_async (octavo_store_get_database (store), work_run, g_atomic_rc_box_acquire (run), run_unref, NULL,
                            on_run, task);
}

/**
 * octavo_link_rename_run_finish:
 * @store: the store of the notes
 * @result: what the callback got
 * @n_done: (out) (optional): how many notes were changed
 * @step_id: (out) (optional): what octavo_undo_run_async() takes back; 0 where nothing was changed
 * @error: return location
 *
 * Returns: whether it was done; else nothing was, and %OCTAVO_ERROR
 */
gboolean
octavo_link_rename_run_finish (OctavoStore *store, GAsyncResult *result, guint *n_done, gint64 *step_id, GError **error)
{
  const Run *run;

  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);

  run = g_task_get_task_data (G_TASK (result));
  if (n_done != NULL)
    *n_done = run->n_done;
  if (step_id != NULL)
    *step_id = run->step_id;
  return g_task_propagate_boolean (G_TASK (result), error);
}
