/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-notes-act.h"

#include "octavo-note-actions.h"
#include "octavo-note-merge.h"
#include "octavo-note-repository-private.h"

/* What it takes to undo something is known best while it is done: which of the notes were otherwise before. */

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

static GArray *
get_ids (const Step *step)
{
  return step->actions != NULL ? step->actions->ids : step->ids;
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

  g_return_val_if_fail (self != NULL && action != OCTAVO_NOTES_DELETE, FALSE);

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

/**
 * octavo_notes_act_is_empty:
 * @self: an act
 *
 * Returns: whether it does nothing
 */
gboolean
octavo_notes_act_is_empty (OctavoNotesAct *self)
{
  return self->steps->len == 0;
}

/**
 * octavo_notes_act_get_n_notes:
 * @self: an act
 *
 * Returns: how many notes it is about
 */
guint
octavo_notes_act_get_n_notes (OctavoNotesAct *self)
{
  guint n_notes = 0;

  for (guint i = 0; i < self->steps->len; i++)
    n_notes = MAX (n_notes, get_ids (self->steps->pdata[i])->len);
  return n_notes;
}

/**
 * octavo_notes_act_get_first_id:
 * @self: an act
 *
 * Returns: the first note that its first step is about; 0 where there is none
 */
gint64
octavo_notes_act_get_first_id (OctavoNotesAct *self)
{
  GArray *ids = self->steps->len > 0 ? get_ids (self->steps->pdata[0]) : NULL;

  return ids != NULL && ids->len > 0 ? g_array_index (ids, gint64, 0) : 0;
}

typedef struct
{
  OctavoNotesAct *act;
  OctavoNotesAct *undo;
} Performance;

static void
performance_free (gpointer data)
{
  Performance *performance = data;

  octavo_notes_act_unref (performance->act);
  octavo_notes_act_unref (performance->undo);
  g_free (performance);
}

/* What comes last is undone first. */
static gboolean
add_undo (Performance *self, OctavoNotesAction action, const GArray *ids, const char *tag, GError **error)
{
  OctavoNoteActions *actions =
      octavo_note_actions_new (action, (const gint64 *) (gconstpointer) ids->data, ids->len, tag, error);

  if (actions != NULL)
    g_ptr_array_insert (self->undo->steps, 0, step_new (actions, NULL));
  return actions != NULL;
}

static gboolean
perform_merge (Performance *self, OrmConnection *connection, const GArray *ids, GError **error)
{
  g_autoptr (GArray) merged = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (OctavoNoteActions) trash =
      octavo_note_actions_new (OCTAVO_NOTES_TRASH, (const gint64 *) (gconstpointer) ids->data, ids->len, NULL, error);
  gint64 id = octavo_note_merge_run (connection, ids, error);

  if (trash == NULL || id == 0)
    return FALSE;

  g_array_append_val (merged, id);
  return octavo_note_actions_keep_changed (trash, connection, error) &&
         octavo_note_actions_run (connection, trash, NULL, error) &&
         add_undo (self, OCTAVO_NOTES_RESTORE, trash->ids, NULL, error) &&
         add_undo (self, OCTAVO_NOTES_TRASH, merged, NULL, error);
}

static OctavoNotesAction
get_opposite (OctavoNotesAction action)
{
  switch (action)
    {
    case OCTAVO_NOTES_TRASH:
      return OCTAVO_NOTES_RESTORE;
    case OCTAVO_NOTES_RESTORE:
      return OCTAVO_NOTES_TRASH;
    case OCTAVO_NOTES_PIN:
      return OCTAVO_NOTES_UNPIN;
    case OCTAVO_NOTES_UNPIN:
      return OCTAVO_NOTES_PIN;
    case OCTAVO_NOTES_ADD_TAG:
      return OCTAVO_NOTES_REMOVE_TAG;
    case OCTAVO_NOTES_REMOVE_TAG:
      return OCTAVO_NOTES_ADD_TAG;
    case OCTAVO_NOTES_DELETE:
    default:
      g_assert_not_reached ();
    }
}

static gboolean
perform_actions (Performance *self, OrmConnection *connection, const OctavoNoteActions *actions, GError **error)
{
  g_autoptr (OctavoNoteActions) changing =
      octavo_note_actions_new (actions->action, (const gint64 *) (gconstpointer) actions->ids->data, actions->ids->len,
                               actions->tag, error);

  if (changing == NULL || !octavo_note_actions_keep_changed (changing, connection, error))
    return FALSE;
  if (changing->ids->len == 0)
    return TRUE;
  return octavo_note_actions_run (connection, changing, NULL, error) &&
         add_undo (self, get_opposite (changing->action), changing->ids, changing->tag, error);
}

static gboolean
work_perform (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Performance *self = data;

  g_clear_pointer (&self->undo, octavo_notes_act_unref);
  self->undo = octavo_notes_act_new ();
  for (guint i = 0; i < self->act->steps->len; i++)
    {
      const Step *step = self->act->steps->pdata[i];
      gboolean done = step->actions != NULL ? perform_actions (self, connection, step->actions, error)
                                            : perform_merge (self, connection, step->ids, error);

      if (!done)
        return FALSE;
    }
  return TRUE;
}

static void
on_performed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  gpointer performance = NULL;
  GError *error = NULL;

  if (orm_database_write_finish (ORM_DATABASE (source), result, &performance, &error))
    {
      g_task_return_pointer (task, g_steal_pointer (&((Performance *) performance)->undo),
                             (GDestroyNotify) octavo_notes_act_unref);
      return;
    }
  octavo_note_repository_explain (g_task_get_source_object (task), &error);
  g_task_return_error (task, error);
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
  performance = g_new0 (Performance, 1);
  performance->act = octavo_notes_act_ref (self);
  orm_database_write_async (octavo_note_repository_get_database (notes), work_perform, performance, performance_free,
                            cancellable, on_performed, task);
}

/**
 * octavo_notes_act_perform_finish:
 * @notes: the repository
 * @result: what the callback was given
 * @error: where to put an error: %OCTAVO_ERROR_TOO_BIG of a merge, or what is wrong with the file
 *
 * Returns: (transfer full): the act that undoes it, or %NULL with @error set
 */
OctavoNotesAct *
octavo_notes_act_perform_finish (OctavoNoteRepository *notes, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, notes), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
