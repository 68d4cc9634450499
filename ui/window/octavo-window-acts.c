/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-window-private.h"

#define MAX_UNDOS 50

/* What is done to notes, one or a hundred thousand, in the background and as one step, with one word about it and one
 * way back. */

/* What the window can take back. */
typedef struct
{
  OctavoNotesAct *act;
  gint64 note_id; /* to be selected then; 0: what is selected stays */
} Undo;

/* The window comes back to an act when the file says that it is done. */
typedef struct
{
  OctavoWindow *window;
  OctavoWindowAct act;
  char *failure;
  char *told;
} Task;

static void
undo_free (gpointer data)
{
  Undo *undo = data;

  octavo_notes_act_unref (undo->act);
  g_free (undo);
}

static void
task_free (Task *task)
{
  g_object_unref (task->window);
  g_free (task->failure);
  g_free (task->told);
  g_free (task);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Task, task_free)

/* What can be undone: (element-type Undo), the last one last. */
GPtrArray *
octavo_window_make_undos (void)
{
  return g_ptr_array_new_with_free_func (undo_free);
}

static void
dismiss_undo_toast (OctavoWindow *self)
{
  if (self->undo_toast != NULL)
    adw_toast_dismiss (self->undo_toast);
  g_clear_object (&self->undo_toast);
}

/* text: (nullable): what there is no word about is seen where it was done */
static void
show_undo_toast (OctavoWindow *self, const char *text)
{
  g_autofree char *escaped = text != NULL ? g_markup_escape_text (text, -1) : NULL;
  AdwToast *toast;

  dismiss_undo_toast (self);
  if (text == NULL)
    return;

  toast = adw_toast_new (escaped);
  adw_toast_set_button_label (toast, _ ("Undo"));
  adw_toast_set_action_name (toast, "win.undo");
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  self->undo_toast = g_object_ref (toast);
  octavo_window_add_toast (self, toast);
}

static void
push_undo (OctavoWindow *self, OctavoNotesAct *act, gint64 note_id)
{
  Undo *undo = g_new0 (Undo, 1);

  undo->act = octavo_notes_act_ref (act);
  undo->note_id = note_id;
  if (self->undos->len == MAX_UNDOS)
    g_ptr_array_remove_index (self->undos, 0);
  g_ptr_array_add (self->undos, undo);
}

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
  g_autoptr (OctavoNotesAct) undo = octavo_notes_act_perform_finish (OCTAVO_NOTE_REPOSITORY (source), result, &error);
  OctavoWindow *self = task->window;

  /* The window was closed meanwhile. */
  if (self->selection == NULL)
    return;

  if (undo == NULL)
    {
      octavo_window_show_error (self, task->failure, error->message);
      return;
    }

  if (task->act.selects_made)
    octavo_note_selection_select_id (self->selection, octavo_notes_act_get_first_id (undo));
  else if (task->act.leaves)
    octavo_window_select_after (self, task->act.selected, task->act.next);
  if (task->act.can_be_undone && !octavo_notes_act_is_empty (undo))
    {
      push_undo (self, undo, task->act.leaves ? task->act.selected : 0);
      show_undo_toast (self, task->told);
    }
  octavo_window_update_actions (self);
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
  octavo_editor_save (self->editor);
  octavo_notes_act_perform_async (notes_act, octavo_store_get_notes (self->store), NULL, on_performed, task);
}

/* Takes the last act back, and selects the note that was selected then where it had left the list. */
void
octavo_window_undo (OctavoWindow *self)
{
  const OctavoWindowAct act = { 0 };
  Undo *undo;

  if (self->undos->len == 0)
    return;

  undo = g_ptr_array_steal_index (self->undos, self->undos->len - 1);
  dismiss_undo_toast (self);
  octavo_window_perform (self, undo->act, &act, NULL, _ ("What was done could not be undone"));
  if (undo->note_id != 0)
    octavo_note_selection_select_id (self->selection, undo->note_id);
  undo_free (undo);
  octavo_window_update_actions (self);
}
