/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo"

#include "octavo-config.h"

#include "octavo-windows.h"

#include "octavo-capture-window.h"
#include "octavo-launch-user.h"
#include "octavo-note-repository.h"
#include "octavo-session.h"
#include "octavo-stand-in.h"

#include <glib/gi18n.h>

/* The windows that were open come back with the first one of all notes, and not before: a thought that is written down
 * in passing waits for none of them. */

struct _OctavoWindows
{
  GObject parent_instance;

  GtkApplication *application; /* it outlives this */
  OctavoNoteBuffers *buffers;
  OctavoStore *store;     /* of the buffers */
  char *path;             /* of what the session remembers */
  OctavoSession *session; /* NULL until there is a window of all notes */
};

G_DEFINE_FINAL_TYPE (OctavoWindows, octavo_windows, G_TYPE_OBJECT)

static void
octavo_windows_dispose (GObject *object)
{
  OctavoWindows *self = OCTAVO_WINDOWS (object);

  g_clear_object (&self->session);
  g_clear_object (&self->buffers);
  G_OBJECT_CLASS (octavo_windows_parent_class)->dispose (object);
}

static void
octavo_windows_finalize (GObject *object)
{
  g_free (OCTAVO_WINDOWS (object)->path);
  G_OBJECT_CLASS (octavo_windows_parent_class)->finalize (object);
}

static void
octavo_windows_class_init (OctavoWindowsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = octavo_windows_dispose;
  G_OBJECT_CLASS (klass)->finalize = octavo_windows_finalize;
}

static void
octavo_windows_init (OctavoWindows *self)
{
}

/* Each file of notes has what it remembers; it goes by the name of the application that has the file open. */
static void
begin_session (OctavoWindows *self)
{
  self->session = octavo_session_new (self->application, self->buffers, self->path);
  octavo_session_restore (self->session);
}

static OctavoWindow *
ensure_window (OctavoWindows *self)
{
  OctavoWindow *window = octavo_window_find_last (self->application);

  if (window == NULL && self->session == NULL)
    {
      begin_session (self);
      window = octavo_window_find_last (self->application);
    }
  return window != NULL ? window : octavo_session_open_window (self->session);
}

/* Where somebody wants nothing but to write something down. */
static gboolean
is_capture (const OctavoLaunch *launch)
{
  return launch->new_note && launch->query == NULL && launch->note_id == 0 && launch->problem == NULL &&
         launch->files[0] == NULL;
}

static void
capture (OctavoWindows *self, const OctavoLaunch *launch)
{
  gint64 user_id = launch->user != NULL ? octavo_launch_user_find (self->store, launch->user)
                                        : octavo_launch_user_recall (self->store, NULL);
  GtkWindow *window = octavo_capture_window_new (self->application, self->buffers, user_id, launch->title);

  gtk_window_present (window);
  if (user_id == 0)
    octavo_launch_user_complain (window, launch->user);
}

/* A link comes from anywhere, and may be older than what it leads to. */
static void
open_note (OctavoWindows *self, OctavoWindow *window, const OctavoLaunch *launch)
{
  OctavoNoteRepository *notes = octavo_store_get_notes (self->store);
  g_autoptr (GPtrArray) rows = octavo_note_repository_read_page (notes, &launch->note_id, 1);

  if (launch->is_link && rows->pdata[0] == NULL)
    octavo_stand_in_complain (GTK_WINDOW (window), _ ("There Is No Such Note"),
                              _ ("It was deleted for ever, or is in another file of notes."));
  else
    octavo_window_open_note (window, launch->note_id);
}

/**
 * octavo_windows_new:
 * @application: the application that the windows belong to; it outlives them
 * @buffers: the notes that are open in them
 * @name: what the application that has the file of notes open is called
 *
 * Opens nothing yet.
 *
 * Returns: (transfer full): the windows
 */
OctavoWindows *
octavo_windows_new (GtkApplication *application, OctavoNoteBuffers *buffers, const char *name)
{
  g_autofree char *file = g_strconcat (name, ".session", NULL);
  OctavoWindows *self = g_object_new (OCTAVO_TYPE_WINDOWS, NULL);

  self->application = application;
  self->buffers = g_object_ref (buffers);
  self->store = octavo_note_buffers_get_store (buffers);
  self->path = g_build_filename (g_get_user_state_dir (), "octavo", file, NULL);
  return self;
}

/**
 * octavo_windows_find_teller:
 * @application: an application
 *
 * Returns: (transfer none) (nullable): the window that can tell what happened by a toast
 */
GtkWindow *
octavo_windows_find_teller (GtkApplication *application)
{
  OctavoWindow *window = octavo_window_find_last (application);

  if (window != NULL)
    return GTK_WINDOW (window);
  for (GList *link = gtk_application_get_windows (application); link != NULL; link = link->next)
    if (OCTAVO_IS_CAPTURE_WINDOW (link->data))
      return link->data;
  return NULL;
}

static GList *
list_windows (GtkApplication *application)
{
  return g_list_copy_deep (gtk_application_get_windows (application), (GCopyFunc) (GCallback) g_object_ref, NULL);
}

/**
 * octavo_windows_ask_to_close:
 * @application: an application
 *
 * Closes all windows as a person does: one that cannot save stays, and says so.
 */
void
octavo_windows_ask_to_close (GtkApplication *application)
{
  GList *windows = list_windows (application);

  for (GList *link = windows; link != NULL; link = link->next)
    gtk_window_close (link->data);
  g_list_free_full (windows, g_object_unref);
}

/**
 * octavo_windows_close_all:
 * @application: an application
 * @kept: (nullable): the one window that stays
 *
 * Closes all windows, whatever they say.
 */
void
octavo_windows_close_all (GtkApplication *application, GtkWindow *kept)
{
  GList *windows = list_windows (application);

  for (GList *each = windows; each != NULL; each = each->next)
    if (each->data != kept)
      gtk_window_destroy (each->data);
  g_list_free_full (windows, g_object_unref);
}

/**
 * octavo_windows_run:
 * @self: the windows
 * @launch: what a call asks for
 *
 * Does it, in the window of all notes, which is opened where there is none; or in a small one, where a note is to be
 * begun and that is all.
 */
void
octavo_windows_run (OctavoWindows *self, const OctavoLaunch *launch)
{
  g_autofree char *id = NULL;
  OctavoWindow *window;

  g_return_if_fail (OCTAVO_IS_WINDOWS (self));

  if (is_capture (launch))
    {
      capture (self, launch);
      return;
    }
  /* not that of this application: whom the bus starts has one name, whatever the file */
  id = octavo_launch_dup_application_id (octavo_store_get_path (self->store));
  window = ensure_window (self);
  gtk_window_present (GTK_WINDOW (window));

  if (launch->user != NULL)
    octavo_launch_user_choose (window, self->store, launch->user);
  if (octavo_launch_wants_greeting (launch, id))
    octavo_window_greet (window);
  if (launch->query != NULL)
    octavo_window_search (window, launch->query);
  if (launch->files[0] != NULL)
    octavo_window_import_files (window, (const char *const *) launch->files,
                                launch->user != NULL ? octavo_launch_user_find (self->store, launch->user) : 0);
  if (launch->note_id != 0)
    open_note (self, window, launch);
  if (launch->new_note)
    octavo_window_create_note (window);
  if (launch->problem != NULL)
    octavo_stand_in_complain (GTK_WINDOW (window), _ ("The Link Could Not Be Opened"), launch->problem);
}

/**
 * octavo_windows_hold:
 * @self: the windows
 *
 * The program ends: those that are closed from now on come back when it is started again.
 */
void
octavo_windows_hold (OctavoWindows *self)
{
  g_return_if_fail (OCTAVO_IS_WINDOWS (self));

  if (self->session != NULL)
    octavo_session_hold (self->session);
}

/**
 * octavo_windows_release:
 * @self: the windows
 *
 * The program does not end after all.
 */
void
octavo_windows_release (OctavoWindows *self)
{
  g_return_if_fail (OCTAVO_IS_WINDOWS (self));

  if (self->session != NULL)
    octavo_session_release (self->session);
}

/**
 * octavo_windows_save:
 * @self: the windows
 *
 * Writes down what is open. Where no window of all notes ever was, what is remembered stays.
 */
void
octavo_windows_save (OctavoWindows *self)
{
  g_return_if_fail (OCTAVO_IS_WINDOWS (self));

  if (self->session != NULL)
    octavo_session_save (self->session);
}
