/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo"

#include "octavo-config.h"

#include "octavo-safety.h"

#include "octavo-rescuer.h"
#include "octavo-window-common.h"

#include <glib/gi18n.h>

/* While something cannot be saved, the session is asked not to end. Where it ends all the same, or the program is ended
 * in another way, what was typed is in a file of its own, and comes back with the next start. */

struct _OctavoSafety
{
  GObject parent_instance;

  GtkApplication *application; /* weak */
  OctavoNoteBuffers *buffers;
  OctavoRescuer *rescuer;
  guint n_back;  /* notes that came back, and nobody was told of */
  guint inhibit; /* 0: the session may end */
};

G_DEFINE_FINAL_TYPE (OctavoSafety, octavo_safety, G_TYPE_OBJECT)

static void
on_problem_changed (OctavoSafety *self, GParamSpec *pspec, OctavoAutosave *autosave)
{
  gboolean has_problem = octavo_autosave_get_problem (autosave) != NULL;

  if (self->application == NULL)
    return;
  if (has_problem && self->inhibit == 0)
    self->inhibit = gtk_application_inhibit (self->application, gtk_application_get_active_window (self->application),
                                             GTK_APPLICATION_INHIBIT_LOGOUT, _ ("A note could not be saved yet"));
  else if (!has_problem && self->inhibit != 0)
    {
      gtk_application_uninhibit (self->application, self->inhibit);
      self->inhibit = 0;
    }
}

static void
octavo_safety_dispose (GObject *object)
{
  OctavoSafety *self = OCTAVO_SAFETY (object);

  if (self->application != NULL && self->inhibit != 0)
    gtk_application_uninhibit (self->application, self->inhibit);
  self->inhibit = 0;
  g_clear_weak_pointer (&self->application);
  if (self->rescuer != NULL)
    octavo_rescuer_keep (self->rescuer);
  g_clear_object (&self->rescuer);
  g_clear_object (&self->buffers);
  G_OBJECT_CLASS (octavo_safety_parent_class)->dispose (object);
}

/* Where what could not even be written to the disk is kept, in memory, for as long as the session lasts. Of the runtime
 * folder that a sandbox has only this part outlives it. */
static char *
dup_folder_in_memory (void)
{
  const char *sandbox = g_getenv ("FLATPAK_ID");

  return sandbox != NULL ? g_build_filename (g_get_user_runtime_dir (), "app", sandbox, NULL)
                         : g_build_filename (g_get_user_runtime_dir (), "octavo", NULL);
}

static void
octavo_safety_class_init (OctavoSafetyClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = octavo_safety_dispose;
}

static void
octavo_safety_init (OctavoSafety *self)
{
}

/**
 * octavo_safety_new:
 * @application: whose session is not to end while something is unsaved
 * @buffers: the notes that are open; none yet
 * @name: what the application that has the file of notes open is called
 *
 * Brings back what an earlier run could not save, and looks after what is typed from now on. What is unsaved when it is
 * let go of is kept for the next run.
 *
 * Returns: (transfer full): the safety
 */
OctavoSafety *
octavo_safety_new (GtkApplication *application, OctavoNoteBuffers *buffers, const char *name)
{
  OctavoAutosave *autosave = octavo_note_buffers_get_autosave (buffers);
  g_autofree char *file = g_strconcat (name, ".unsaved", NULL);
  g_autofree char *path = g_build_filename (g_get_user_state_dir (), "octavo", file, NULL);
  g_autofree char *other_folder = dup_folder_in_memory ();
  g_autofree char *other_path = g_build_filename (other_folder, file, NULL);
  OctavoSafety *self = g_object_new (OCTAVO_TYPE_SAFETY, NULL);

  g_set_weak_pointer (&self->application, application);
  self->buffers = g_object_ref (buffers);
  self->rescuer = octavo_rescuer_new (octavo_note_buffers_get_store (buffers), autosave, path, other_path);
  self->n_back = octavo_rescuer_bring_back (self->rescuer);
  g_signal_connect_object (autosave, "notify::problem", G_CALLBACK (on_problem_changed), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * octavo_safety_tell:
 * @self: the safety
 * @window: (nullable): where to say it: one with an #OctavoToastOverlay
 *
 * Says once what came back.
 */
void
octavo_safety_tell (OctavoSafety *self, GtkWindow *window)
{
  g_autofree char *text = NULL;

  g_return_if_fail (OCTAVO_IS_SAFETY (self));

  if (self->n_back == 0 || window == NULL)
    return;
  text = g_strdup_printf (ngettext ("%'u note that could not be saved last time is saved now",
                                    "%'u notes that could not be saved last time are saved now", self->n_back),
                          self->n_back);
  self->n_back = 0;
  octavo_window_common_toast (window, text);
}

/**
 * octavo_safety_flush:
 * @self: the safety
 * @error: why something could not be saved, in words for a person
 *
 * Saves everything that was typed, as the program may be ended any moment: first where nobody is in the way, then in
 * the file of notes. Blocks.
 *
 * Returns: whether everything is in the file of notes
 */
gboolean
octavo_safety_flush (OctavoSafety *self, GError **error)
{
  g_return_val_if_fail (OCTAVO_IS_SAFETY (self), FALSE);

  octavo_rescuer_keep (self->rescuer);
  return octavo_note_buffers_flush (self->buffers, error);
}
