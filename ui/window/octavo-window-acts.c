/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include "octavo-window-private.h"

/* What is done to notes, one or a hundred thousand, in the background and as one step, with one word about it and one
 * way back. */

/* The window comes back to an act when the file says that it is done. */
typedef struct
{
  OctavoWindow *window;
  OctavoWindowAct act;
  char *failure;
  char *told;
} Task;

static void
task_free (Task *task)
{
  g_object_unref (task->window);
  g_free (task->failure);
  g_free (task->told);
  g_free (task);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Task, task_free)

/* Shows another note in place of those that left the list; unless the person is elsewhere by now. */
void
octavo_window_select_after (OctavoWindow *self, gint64 id, gint64 next)
{
  if (octavo_note_selection_get_selected_id (self->selection) == id)
    octavo_note_selection_select_id (self->selection, next);
  else if (octavo_editor_get_note_id (self->editor) == id)
    octavo_editor_open (self->editor, next);
}

static void
on_performed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Task) task = user_data;
  g_autoptr (GError) error = NULL;
  gint64 step_id, made_id;
  gboolean done = octavo_notes_act_perform_finish (OCTAVO_NOTE_REPOSITORY (source), result, &step_id, &made_id, &error);
  const OctavoWindowReturn back = { .note_id = task->act.leaves ? task->act.selected : 0 };
  OctavoWindow *self = task->window;

  /* The window was closed meanwhile. */
  if (self->selection == NULL)
    return;

  if (!done)
    {
      octavo_window_fail_act (self, task->failure, error->message);
      return;
    }

  if (task->act.selects_made)
    octavo_note_selection_select_id (self->selection, made_id);
  else if (task->act.leaves)
    octavo_window_select_after (self, task->act.selected, task->act.next);
  octavo_window_end_act (self, step_id, &back, task->told);
}

/* Does something to notes; what was typed goes first. told: (nullable): a word about it, once it is done. */
void
octavo_window_perform (OctavoWindow *self,
                       OctavoNotesAct *notes_act,
                       const OctavoWindowAct *act,
                       const char *told,
                       const char *failure)
{
  Task *task = g_new0 (Task, 1);

  task->window = g_object_ref (self);
  task->act = *act;
  task->failure = g_strdup (failure);
  task->told = g_strdup (told);
  octavo_window_begin_act (self);
  octavo_editor_save (self->editor);
  octavo_notes_act_perform_async (notes_act, octavo_store_get_notes (self->store), NULL, on_performed, task);
}
