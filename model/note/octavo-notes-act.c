/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-notes-act.h"

#include "octavo-note-actions.h"
#include "octavo-note-merge.h"
#include "octavo-note-repository-private.h"
#include "octavo-undo-sql.h"

typedef struct
{
  OctavoNoteActions *actions; /* (nullable): a merge */
  GArray *ids;                /* of a merge */
} Step;

struct _OctavoNotesAct
{
  GPtrArray *steps;
};

static void
step_free (Step *step)
{
  octavo_note_actions_free (step->actions);
  g_clear_pointer (&step->ids, g_array_unref);
  g_free (step);
}

/**
 * octavo_notes_act_new:
 *
 * Returns: (transfer full): an act that does nothing yet
 */
OctavoNotesAct *
octavo_notes_act_new (void)
{
  OctavoNotesAct *self = g_atomic_rc_box_new0 (OctavoNotesAct);

  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) step_free);
  return self;
}

/**
 * octavo_notes_act_ref:
 * @self: an act
 *
 * Returns: (transfer full): @self
 */
OctavoNotesAct *
octavo_notes_act_ref (OctavoNotesAct *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  g_ptr_array_unref (((OctavoNotesAct *) data)->steps);
}

/**
 * octavo_notes_act_unref:
 * @self: (transfer full) (nullable): an act
 */
void
octavo_notes_act_unref (OctavoNotesAct *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, clear);
}

static Step *
step_new (OctavoNoteActions *actions, GArray *ids)
{
  Step *step = g_new0 (Step, 1);

  step->actions = actions;
  step->ids = ids;
  return step;
}

/**
 * octavo_notes_act_add:
 * @self: an act
 * @action: what to do
 * @ids: (array length=n_ids): to which notes; those that are gone are skipped
 * @n_ids: how many there are
 * @tag: (nullable): the name of the tag, for the actions on tags
 * @error: where to put an error
 *
 * Adds a step. Sets %OCTAVO_ERROR_INVALID_TAG.
 *
 * Returns: whether it was added
 */
gboolean
octavo_notes_act_add (OctavoNotesAct *self,
                      OctavoNotesAction action,
                      const gint64 *ids,
                      gsize n_ids,
                      const char *tag,
                      GError **error)
{
  OctavoNoteActions *actions;

  g_return_val_if_fail (self != NULL, FALSE);

  actions = octavo_note_actions_new (action, ids, n_ids, tag, error);
  if (actions == NULL)
    return FALSE;
  g_ptr_array_add (self->steps, step_new (actions, NULL));
  return TRUE;
}

/**
 * octavo_notes_act_add_merge:
 * @self: an act
 * @ids: (array length=n_ids): notes
 * @n_ids: how many there are
 *
 * Adds a step that makes one note of the texts of several, each below the title of its note, with the tags of all; and
 * moves those to the trash.
 */
void
octavo_notes_act_add_merge (OctavoNotesAct *self, const gint64 *ids, gsize n_ids)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_return_if_fail (self != NULL);

  g_array_append_vals (array, ids, (guint) n_ids);
  g_ptr_array_add (self->steps, step_new (NULL, array));
}

typedef struct
{
  OctavoNotesAct *act;
  gint64 step_id;
  gint64 made_id;
} Performance;

static void
performance_free (gpointer data)
{
  Performance *performance = data;

  octavo_notes_act_unref (performance->act);
  g_free (performance);
}

static gboolean
perform_merge (Performance *self, OrmConnection *connection, const GArray *ids, GError **error)
{
  g_autoptr (OctavoNoteActions) trash =
      octavo_note_actions_new (OCTAVO_NOTES_TRASH, (const gint64 *) (gconstpointer) ids->data, ids->len, NULL, error);

  if (trash == NULL)
    return FALSE;
  self->made_id = octavo_note_merge_run (connection, ids, error);
  return self->made_id != 0 && octavo_note_actions_run (connection, trash, NULL, error);
}

/* The word about it is that about its first step. */
static gboolean
begin (const Step *step, OrmConnection *connection, OctavoUndoRecord *record, GError **error)
{
  if (step->actions == NULL)
    return octavo_undo_begin (connection, OCTAVO_UNDO_MERGE, "", record, error);
  return octavo_undo_begin (connection, octavo_note_actions_get_kind (step->actions),
                            step->actions->tag != NULL ? step->actions->tag : "", record, error);
}

static gboolean
work_perform (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Performance *self = data;
  GPtrArray *steps = self->act->steps;
  OctavoUndoRecord record;

  if (steps->len == 0)
    return TRUE;
  if (!begin (steps->pdata[0], connection, &record, error))
    return FALSE;
  for (guint i = 0; i < steps->len; i++)
    {
      const Step *step = steps->pdata[i];
      gboolean done = step->actions != NULL ? octavo_note_actions_run (connection, step->actions, cancellable, error)
                                            : perform_merge (self, connection, step->ids, error);

      if (!done)
        return FALSE;
    }
  return octavo_undo_end (connection, &record, &self->step_id, error);
}

static void
on_performed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OctavoNoteRepository *notes = g_task_get_source_object (task);
  Performance *performance = g_task_get_task_data (task);
  GError *error = NULL;

  if (!orm_database_write_finish (ORM_DATABASE (source), result, NULL, &error))
    {
      octavo_note_repository_explain (notes, &error);
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; i < performance->act->steps->len; i++)
    {
      Step *step = performance->act->steps->pdata[i];

      if (step->actions != NULL)
        octavo_note_repository_end_apply (notes, step->actions);
    }
  g_task_return_boolean (task, TRUE);
}

/**
 * octavo_notes_act_perform_async:
 * @self: an act
 * @notes: the repository of the notes
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Does it without blocking, in one transaction. Live notes follow. Main thread.
 */
void
octavo_notes_act_perform_async (OctavoNotesAct *self,
                                OctavoNoteRepository *notes,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  Performance *performance;
  GTask *task;

  g_return_if_fail (self != NULL && OCTAVO_IS_NOTE_REPOSITORY (notes));

  task = g_task_new (notes, cancellable, callback, user_data);
  g_task_set_source_tag (task, octavo_notes_act_perform_async);
  /* What is in the file is: to say otherwise would be wrong. */
  g_task_set_check_cancellable (task, FALSE);
  performance = g_new0 (Performance, 1);
  performance->act = octavo_notes_act_ref (self);
  g_task_set_task_data (task, performance, performance_free);
  orm_database_write_async (octavo_note_repository_get_database (notes), work_perform, performance, NULL, cancellable,
                            on_performed, task);
}

/**
 * octavo_notes_act_perform_finish:
 * @notes: the repository
 * @result: what the callback was given
 * @step_id: (out): what octavo_undo_run_async() takes back; 0 where nothing was changed
 * @made_id: (out) (optional): the note that came of merging; 0: there was none
 * @error: where to put an error: %OCTAVO_ERROR_TOO_BIG of a merge, or what is wrong with the file
 *
 * Returns: whether it was done
 */
gboolean
octavo_notes_act_perform_finish (OctavoNoteRepository *notes,
                                 GAsyncResult *result,
                                 gint64 *step_id,
                                 gint64 *made_id,
                                 GError **error)
{
  const Performance *performance;

  g_return_val_if_fail (g_task_is_valid (result, notes) && step_id != NULL, FALSE);

  performance = g_task_get_task_data (G_TASK (result));
  *step_id = performance->step_id;
  if (made_id != NULL)
    *made_id = performance->made_id;
  return g_task_propagate_boolean (G_TASK (result), error);
}
