/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-error.h"
#include "octavo-recent-changes.h"
#include "octavo-transient.h"
#include "octavo-user-repository.h"
#include "octavo-window-common.h"
#include "octavo-window-private.h"

/* What was done in this window is taken back here, the last first; the list of recent changes has all of a day,
 * whichever window or program did it. What could not be taken back stays, to be tried again. What is still being done
 * is the last, too: what is asked meanwhile waits for it. */

#define MAX_UNDOS 50

typedef struct
{
  gint64 step_id;
  gint64 note_id;   /* to be selected then; 0: what is selected stays */
  gint64 search_id; /* to be chosen then; 0: what is chosen stays */
  char *tag;        /* (nullable): likewise */
} Undo;

/* One that runs. */
typedef struct
{
  OctavoWindow *window;
  gint64 step_id;
  OctavoRecentChanges *changes; /* (nullable): where it was asked for */
} Run;

static void
undo_free (gpointer data)
{
  Undo *undo = data;

  g_free (undo->tag);
  g_free (undo);
}

static void
run_free (Run *run)
{
  g_object_unref (run->window);
  g_clear_object (&run->changes);
  g_free (run);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, run_free)

/* What can be undone: (element-type Undo), the last one last. */
GPtrArray *
octavo_window_make_undos (void)
{
  return g_ptr_array_new_with_free_func (undo_free);
}

/* The last word about what was done or undone, at once: not after those before it.
 *
 * text: (nullable): what there is no word about is seen where it was done */
static void
show_toast (OctavoWindow *self, const char *text, gboolean can_undo)
{
  const OctavoToast toast = { .text = text,
                              .button = can_undo ? _ ("Undo") : NULL,
                              .action = can_undo ? "win.undo" : NULL,
                              .is_next = TRUE };
  guint last = self->undo_toast;

  /* In this order, so that nothing comes up between the two. */
  self->undo_toast = text != NULL ? octavo_toast_overlay_add (self->toasts, &toast) : 0;
  octavo_toast_overlay_dismiss (self->toasts, last);
}

/* Something was done that can be undone, if it did anything: says so. step_id: 0 where it did nothing. told:
 * (nullable) */
void
octavo_window_did (OctavoWindow *self, gint64 step_id, const OctavoWindowReturn *back, const char *told)
{
  Undo *undo;

  if (step_id != 0)
    {
      undo = g_new0 (Undo, 1);
      undo->step_id = step_id;
      undo->note_id = back->note_id;
      undo->search_id = back->search_id;
      undo->tag = g_strdup (back->tag);
      if (self->undos->len == MAX_UNDOS)
        g_ptr_array_remove_index (self->undos, 0);
      g_ptr_array_add (self->undos, undo);
      show_toast (self, told, TRUE);
    }
  octavo_window_update_actions (self);
}

/* (transfer full) (nullable): what the window knows of a step, which it forgets. */
static Undo *
take (OctavoWindow *self, gint64 step_id)
{
  for (guint i = 0; i < self->undos->len; i++)
    if (((Undo *) self->undos->pdata[i])->step_id == step_id)
      return g_ptr_array_steal_index (self->undos, i);
  return NULL;
}

/* Goes where one was. */
static void
go_back (OctavoWindow *self, const Undo *undo, const OctavoUndoResult *result)
{
  if (result->user_id != 0 && !self->shows_everyone)
    octavo_window_set_user (self, result->user_id);
  if (undo == NULL)
    return;
  if (undo->note_id != 0)
    octavo_note_selection_select_id (self->selection, undo->note_id);
  if (undo->search_id != 0)
    octavo_sidebar_choose_search (self->sidebar, undo->search_id);
  if (undo->tag != NULL)
    octavo_sidebar_choose_tag (self->sidebar, undo->tag);
}

static void undo_step (OctavoWindow *self, gint64 step_id, OctavoRecentChanges *changes);

/* Does what was asked for while something else was being done. */
static void
undo_wanted (OctavoWindow *self)
{
  if (self->n_undos_wanted == 0 || self->n_acting > 0 || self->undoing != 0)
    return;
  self->n_undos_wanted--;
  octavo_window_undo (self);
}

static void
on_undone (GObject *source, GAsyncResult *answer, gpointer user_data)
{
  g_autoptr (Run) run = user_data;
  g_auto (OctavoUndoResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  OctavoWindow *self = run->window;
  gboolean done = octavo_undo_run_finish (OCTAVO_STORE (source), answer, &result, &error);
  gboolean is_past = g_error_matches (error, OCTAVO_ERROR, OCTAVO_ERROR_UNDONE);
  Undo *undo;

  /* The window was closed meanwhile. */
  if (self->selection == NULL)
    return;

  self->undoing = 0;
  undo = done || is_past ? take (self, run->step_id) : NULL;
  if (done)
    {
      go_back (self, undo, &result);
      octavo_window_undid_update_links (self, run->step_id);
      text = octavo_undo_result_dup_text (&result);
      show_toast (self, text != NULL ? text : _ ("Undone"), FALSE);
    }
  else
    octavo_window_common_show_error (run->changes != NULL && gtk_widget_get_mapped (GTK_WIDGET (run->changes))
                                         ? GTK_WINDOW (run->changes)
                                         : GTK_WINDOW (self),
                                     _ ("What Was Done Could Not Be Undone"), error->message);
  if (run->changes != NULL)
    octavo_recent_changes_refresh (run->changes);
  if (undo != NULL)
    undo_free (undo);
  if (!done)
    self->n_undos_wanted = 0;
  octavo_window_update_actions (self);
  undo_wanted (self);
}

/* What was typed goes first. changes: (nullable) */
static void
undo_step (OctavoWindow *self, gint64 step_id, OctavoRecentChanges *changes)
{
  Run *run;

  if (self->undoing != 0)
    return;
  run = g_new0 (Run, 1);
  run->window = g_object_ref (self);
  run->step_id = step_id;
  run->changes = changes != NULL ? g_object_ref (changes) : NULL;
  self->undoing = step_id;
  octavo_editor_save (self->editor);
  octavo_undo_run_async (self->store, step_id, NULL, on_undone, run);
  octavo_window_update_actions (self);
}

/* Takes back what was done last in this window, once it is done. */
void
octavo_window_undo (OctavoWindow *self)
{
  if (self->n_acting > 0 || self->undoing != 0)
    {
      self->n_undos_wanted++;
      octavo_window_update_actions (self);
    }
  else if (self->undos->len > 0)
    undo_step (self, ((Undo *) self->undos->pdata[self->undos->len - 1])->step_id, NULL);
}

/* Whether there is something to be undone, or will be, that is not asked for already. */
gboolean
octavo_window_can_undo (OctavoWindow *self)
{
  guint n_asked = self->n_undos_wanted;

  for (guint i = 0; i < self->undos->len; i++)
    n_asked += ((Undo *) self->undos->pdata[i])->step_id == self->undoing ? 1 : 0;
  return self->undos->len + self->n_acting > n_asked;
}

/* ---- What is being done ---- */

/* Something is to be done: octavo_window_end_act() or octavo_window_fail_act() follows. */
void
octavo_window_begin_act (OctavoWindow *self)
{
  self->n_acting++;
  octavo_window_update_actions (self);
}

/* It was done; as octavo_window_did(). They end in the order in which they began. */
void
octavo_window_end_act (OctavoWindow *self, gint64 step_id, const OctavoWindowReturn *back, const char *told)
{
  self->n_acting--;
  /* What was to undo this has nothing to undo, and must not undo what was done before. */
  if (step_id == 0 && self->n_undos_wanted > self->n_acting)
    self->n_undos_wanted--;
  octavo_window_did (self, step_id, back, told);
  undo_wanted (self);
}

/* It was not done: says why, where there is more to be said. heading: (nullable) */
void
octavo_window_fail_act (OctavoWindow *self, const char *heading, const char *message)
{
  const OctavoWindowReturn nowhere = { 0 };

  if (heading != NULL)
    octavo_window_show_error (self, heading, message);
  octavo_window_end_act (self, 0, &nowhere, NULL);
}

/* ---- What was done ---- */

static void
on_asked_to_undo (OctavoWindow *self, gint64 step_id, OctavoRecentChanges *changes)
{
  undo_step (self, step_id, changes);
}

/* Lists what was done within a day, to undo any of it. */
void
octavo_window_show_recent_changes (OctavoWindow *self)
{
  OctavoRecentChanges *changes = octavo_recent_changes_new (self->store);

  octavo_editor_save (self->editor);
  g_signal_connect_object (changes, "undo", G_CALLBACK (on_asked_to_undo), self, G_CONNECT_SWAPPED);
  octavo_transient_set_over (GTK_WINDOW (changes), GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (changes));
}
