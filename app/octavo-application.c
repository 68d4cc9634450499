/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo"

#include "octavo-config.h"

#include "octavo-application.h"

#include "octavo-appearance.h"
#include "octavo-backup-keeper.h"
#include "octavo-command.h"
#include "octavo-damage-watch.h"
#include "octavo-displaced.h"
#include "octavo-launch-user.h"
#include "octavo-mover.h"
#include "octavo-open-error-window.h"
#include "octavo-output.h"
#include "octavo-place.h"
#include "octavo-quiet-application.h"
#include "octavo-repair-window.h"
#include "octavo-safety.h"
#include "octavo-stand-in.h"
#include "octavo-store.h"
#include "octavo-trash-emptier.h"
#include "octavo-windows.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <stdlib.h>

/* The composition root: opens the store, gives it to the window, and sees to it that what was typed is in the file
 * before the process ends, whoever ends it.
 *
 * A second start hands its call over to the first. What a call asks for waits in a queue until the store is open; where
 * it cannot be opened, a window says why, and the queue waits for a better try. */

struct _OctavoApplication
{
  OctavoQuietApplication parent_instance;

  char *path;
  OctavoStore *store;          /* NULL until it is open */
  OctavoTrashEmptier *emptier; /* while the store is open */
  OctavoBackupKeeper *backups; /* likewise */
  OctavoDamageWatch *watch;    /* likewise */
  OctavoNoteBuffers *buffers;  /* the same for all windows; likewise */
  OctavoSafety *safety;        /* likewise */
  OctavoWindows *windows;      /* likewise */
  OctavoSearchProvider *provider;
  gboolean opening;
  GQueue launches;         /* (element-type OctavoLaunch) */
  GtkWindow *error_window; /* weak: says why it is not open, or what is done about that */
  GtkWindow *move_window;  /* weak: stands in for the others while the file is moved */
  char *move_path;         /* where to; NULL: it is not being moved */
  char *moved_note;        /* what to say of it once the windows are back */
  gboolean is_returning;   /* it was displaced, and is not moved, but written again */
  guint64 disk;            /* that it is on */
  guint signal_sources[3];
};

G_DEFINE_FINAL_TYPE (OctavoApplication, octavo_application, OCTAVO_TYPE_QUIET_APPLICATION)

static const char *const nothing[] = { "octavo", NULL }; /* what a call without arguments asks for */
static const int signals_that_end[] = { SIGTERM, SIGINT, SIGHUP };

static void open_store (OctavoApplication *self);
static void update_move (OctavoApplication *self);
static void on_displaced (OctavoApplication *self);
static void take_launch (OctavoApplication *self, OctavoLaunch *launch);

static OctavoWindow *
find_window (OctavoApplication *self)
{
  return octavo_window_find_last (GTK_APPLICATION (self));
}

static void
run_launch (OctavoApplication *self, const OctavoLaunch *launch)
{
  octavo_windows_run (self->windows, launch);
  octavo_safety_tell (self->safety, octavo_windows_find_teller (GTK_APPLICATION (self)));
}

static void
on_retry (GtkWindow *window, const char *path, OctavoApplication *self)
{
  char *chosen = g_strdup (path);

  g_free (self->path);
  self->path = chosen;
  open_store (self);
}

/* ---- A damaged file ---- */

static void
on_repaired (GtkWindow *window, OctavoApplication *self)
{
  if (g_queue_is_empty (&self->launches))
    g_queue_push_tail (&self->launches, octavo_launch_new (nothing, NULL));
  open_store (self);
}

/* The store is closed. snapshot: (nullable) */
static void
begin_repair (OctavoApplication *self, const char *snapshot)
{
  GtkWindow *old_window = self->error_window;

  g_clear_weak_pointer (&self->error_window);
  g_set_weak_pointer (&self->error_window, octavo_repair_window_new (GTK_APPLICATION (self), self->path, snapshot));
  g_signal_connect_object (self->error_window, "done", G_CALLBACK (on_repaired), self, 0);
  gtk_window_present (self->error_window);
  if (old_window != NULL)
    gtk_window_destroy (old_window);
}

static void
on_repair (GtkWindow *window, const char *snapshot, OctavoApplication *self)
{
  begin_repair (self, snapshot);
}

static void
on_emptied (OctavoApplication *self, guint n_notes)
{
  OctavoWindow *window = find_window (self);

  if (window != NULL)
    octavo_window_tell_emptied (window, n_notes);
}

static void
tell_backup_problem (OctavoApplication *self)
{
  const char *problem = self->backups != NULL ? octavo_backup_keeper_get_problem (self->backups) : NULL;

  for (GList *link = gtk_application_get_windows (GTK_APPLICATION (self)); link != NULL; link = link->next)
    if (OCTAVO_IS_WINDOW (link->data))
      octavo_window_tell_backup_problem (link->data, problem);
}

static gboolean
on_idle_after_window (gpointer data)
{
  tell_backup_problem (data);
  return G_SOURCE_REMOVE;
}

/* It is still being put together. */
static void
on_window_added (OctavoApplication *self)
{
  if (self->backups != NULL && octavo_backup_keeper_get_problem (self->backups) != NULL)
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_idle_after_window, g_object_ref (self), g_object_unref);
}

/* What all windows share. */
static void
start_on_store (OctavoApplication *self)
{
  g_autofree char *name = octavo_launch_dup_application_id (self->path);

  self->buffers = octavo_note_buffers_new (self->store);
  self->safety = octavo_safety_new (GTK_APPLICATION (self), self->buffers, name);
  self->emptier = octavo_trash_emptier_new (self->store);
  g_signal_connect_object (self->emptier, "emptied", G_CALLBACK (on_emptied), self, G_CONNECT_SWAPPED);
  self->backups = octavo_backup_keeper_new (self->store);
  g_signal_connect_object (self->backups, "notify::problem", G_CALLBACK (tell_backup_problem), self, G_CONNECT_SWAPPED);
  self->watch = octavo_damage_watch_new (GTK_APPLICATION (self), self->store, self->backups, name);
  self->windows = octavo_windows_new (GTK_APPLICATION (self), self->buffers, name);
  octavo_search_provider_use (self->provider, self->store);
}

static void
end_move_window (OctavoApplication *self)
{
  GtkWindow *window = self->move_window;

  g_clear_weak_pointer (&self->move_window);
  if (window != NULL)
    gtk_window_destroy (window);
}

/* What the windows came back for. */
static void
tell_moved (OctavoApplication *self)
{
  g_autofree char *note = g_steal_pointer (&self->moved_note);

  end_move_window (self);
  if (note != NULL && find_window (self) != NULL && self->is_returning)
    octavo_stand_in_complain (GTK_WINDOW (find_window (self)), _ ("The File of Notes Was Changed by Another Program"),
                              note);
  else if (note != NULL && find_window (self) != NULL)
    octavo_window_tell (find_window (self), note);
  self->is_returning = FALSE;
}

/* The window about an earlier try goes away only after there is something new to show, as without any window the
 * application would end. */
static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (OctavoApplication) self = data;
  OctavoStore *store = OCTAVO_STORE (source);
  GtkWindow *old_error_window = self->error_window;
  g_autoptr (GError) error = NULL;
  OctavoLaunch *launch = NULL;

  self->opening = FALSE;
  g_clear_weak_pointer (&self->error_window);

  if (octavo_store_open_finish (store, result, &error))
    {
      self->store = g_object_ref (store);
      self->disk = octavo_displaced_get_disk (self->path);
      g_signal_connect_object (store, "displaced", G_CALLBACK (on_displaced), self, G_CONNECT_SWAPPED);
      octavo_displaced_tell (GTK_APPLICATION (self), store);
      start_on_store (self);

      while ((launch = g_queue_pop_head (&self->launches)) != NULL)
        {
          run_launch (self, launch);
          octavo_launch_free (launch);
        }
      update_move (self);
      tell_moved (self);
    }
  else
    {
      g_set_weak_pointer (&self->error_window,
                          octavo_open_error_window_new (GTK_APPLICATION (self), self->path, error));
      g_signal_connect_object (self->error_window, "retry", G_CALLBACK (on_retry), self, 0);
      g_signal_connect_object (self->error_window, "repair", G_CALLBACK (on_repair), self, 0);
      gtk_window_present (self->error_window);
      end_move_window (self);
    }

  if (old_error_window != NULL)
    gtk_window_destroy (old_error_window);

  g_application_release (G_APPLICATION (self));
}

static void
open_store (OctavoApplication *self)
{
  g_autoptr (OctavoStore) store = NULL;

  if (self->opening)
    return;

  self->opening = TRUE;
  g_application_hold (G_APPLICATION (self));
  store = octavo_store_new (self->path);
  octavo_store_open_async (store, NULL, on_opened, g_object_ref (self));
}

/* ---- Moving the file ---- */

static void
update_move (OctavoApplication *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "move-file");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action),
                               self->store != NULL && self->move_path == NULL && octavo_mover_can_move (self->path));
}

/* The window of the file as it is now; with it the one that stood in for it goes. */
static void
open_window_again (OctavoApplication *self)
{
  OctavoLaunch *launch = octavo_launch_new (nothing, NULL);

  run_launch (self, launch);
  octavo_launch_free (launch);
  update_move (self);
  tell_moved (self);
}

static void
open_anew (OctavoApplication *self)
{
  g_queue_push_tail (&self->launches, octavo_launch_new (nothing, NULL));
  open_store (self);
}

/* From here on the copy is the file of notes. */
static void
begin_anew (OctavoApplication *self)
{
  g_autofree char *kept = NULL;
  g_autofree char *name = NULL;

  octavo_store_close (self->store);
  g_clear_object (&self->store);
  kept = octavo_mover_put_away (self->path);
  name = g_filename_display_basename (kept);
  /* Translators: the name of a file. */
  self->moved_note = g_strdup_printf (_ ("Moved. The old file is kept as “%s”"), name);
  g_free (self->path);
  self->path = g_steal_pointer (&self->move_path);
  open_anew (self);
}

/* What was open has a name again; what is at its place now is the file of notes. */
static void
begin_after_return (OctavoApplication *self)
{
  octavo_store_close (self->store);
  g_clear_object (&self->store);
  self->moved_note = octavo_displaced_describe (self->path, self->move_path);
  g_clear_pointer (&self->move_path, g_free);
  open_anew (self);
}

static void
on_copied (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (OctavoApplication) self = data;
  g_autoptr (GError) error = NULL;
  gboolean is_copied = octavo_mover_copy_finish (OCTAVO_STORE (source), result, &error);

  if (self->is_returning && is_copied)
    begin_after_return (self);
  else if (!self->is_returning && is_copied && octavo_place_set (self->move_path, &error))
    begin_anew (self);
  else
    {
      const char *heading = self->is_returning ? _ ("The File of Notes Is Gone") : _ ("The Notes Were Not Moved");

      g_clear_pointer (&self->move_path, g_free);
      self->is_returning = FALSE;
      start_on_store (self);
      open_window_again (self);
      octavo_stand_in_complain (GTK_WINDOW (find_window (self)), heading, error->message);
    }
  g_application_release (G_APPLICATION (self));
}

/* Remembers what is open, and closes it. kept: (nullable): the one window that stays */
static void
end_session (OctavoApplication *self, GtkWindow *kept)
{
  if (self->windows != NULL)
    {
      octavo_windows_hold (self->windows);
      octavo_windows_save (self->windows);
    }
  octavo_windows_close_all (GTK_APPLICATION (self), kept);
  g_clear_object (&self->windows);
}

/* Of what works on the store, before that is closed. */
static void
let_go (OctavoApplication *self)
{
  octavo_search_provider_use (self->provider, NULL);
  g_clear_object (&self->safety);
  g_clear_object (&self->emptier);
  g_clear_object (&self->watch);
  g_clear_object (&self->backups);
  g_clear_object (&self->buffers);
}

/* What could not be saved is kept, and comes back with the repaired file. */
static gboolean
repair_open_file (gpointer data)
{
  OctavoApplication *self = data;

  if (self->store == NULL || self->move_path != NULL)
    return G_SOURCE_REMOVE;
  g_application_hold (G_APPLICATION (self));
  octavo_safety_flush (self->safety, NULL);
  end_session (self, NULL);
  let_go (self);
  octavo_store_close (self->store);
  g_clear_object (&self->store);
  update_move (self);
  begin_repair (self, NULL);
  g_application_release (G_APPLICATION (self));
  return G_SOURCE_REMOVE;
}

/* Not while the button of a window that is to go is still being pressed. */
static void
repair_file (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, repair_open_file, g_object_ref (data), g_object_unref);
}

/* Nobody writes any more once the windows are gone. */
static gboolean
begin_move (gpointer data)
{
  OctavoApplication *self = data;

  g_set_weak_pointer (&self->move_window, octavo_stand_in_new (GTK_APPLICATION (self), self->is_returning));
  gtk_window_present (self->move_window);
  octavo_safety_flush (self->safety, NULL);
  end_session (self, self->move_window);
  let_go (self);
  octavo_mover_copy_async (self->store, self->move_path, on_copied, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
move_file (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  OctavoApplication *self = data;
  const char *path = g_variant_get_bytestring (parameter);
  GtkWindow *window = GTK_WINDOW (find_window (self));
  g_autoptr (GError) error = NULL;

  if (window == NULL || !g_path_is_absolute (path))
    return;
  if (!octavo_note_buffers_flush (self->buffers, &error))
    {
      octavo_stand_in_complain (window, _ ("The Notes Were Not Moved"), error->message);
      return;
    }
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_autofree char *name = g_filename_display_name (path);
      g_autofree char *message =
          g_strdup_printf (_ ("“%s” is there already, and was left untouched. Choose another name."), name);

      octavo_stand_in_complain (window, _ ("The Notes Were Not Moved"), message);
      return;
    }
  g_application_hold (G_APPLICATION (self));
  self->move_path = g_strdup (path);
  update_move (self);
  /* not while a dialog of a window that is to go still has its say */
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, begin_move, g_object_ref (self), g_object_unref);
}

/* What was written can be read still. Where it cannot be given a place, its disk is away: saving says so until then. */
static void
on_displaced (OctavoApplication *self)
{
  if (self->move_path != NULL || self->safety == NULL)
    return;
  self->move_path = octavo_displaced_dup_target (self->path, self->disk);
  if (self->move_path == NULL)
    return;
  g_application_hold (G_APPLICATION (self));
  self->is_returning = TRUE;
  update_move (self);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, begin_move, g_object_ref (self), g_object_unref);
}

/* launch: (transfer full) */
static void
take_launch (OctavoApplication *self, OctavoLaunch *launch)
{
  octavo_quiet_application_wake (OCTAVO_QUIET_APPLICATION (self));
  if (self->store != NULL && self->move_path == NULL)
    {
      run_launch (self, launch);
      octavo_launch_free (launch);
      return;
    }

  g_queue_push_tail (&self->launches, launch);

  if (self->error_window != NULL)
    gtk_window_present (self->error_window);
  else if (self->move_path != NULL)
    gtk_window_present (self->move_window);
  else
    open_store (self);
}

static void
octavo_application_activate (GApplication *application)
{
  take_launch (OCTAVO_APPLICATION (application), octavo_launch_new (nothing, NULL));
}

static int
octavo_application_command_line (GApplication *application, GApplicationCommandLine *command_line)
{
  g_auto (GStrv) arguments = g_application_command_line_get_arguments (command_line, NULL);
  g_autoptr (GError) error = NULL;
  OctavoLaunch *launch = octavo_launch_new ((const char *const *) arguments, &error);

  if (launch == NULL)
    {
      g_application_command_line_printerr (command_line, "octavo: %s\n", error->message);
      return OCTAVO_EXIT_USAGE;
    }

  octavo_launch_user_resolve_files (command_line, launch->files);
  take_launch (OCTAVO_APPLICATION (application), launch);

  return OCTAVO_EXIT_DONE;
}

static void
octavo_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  take_launch (OCTAVO_APPLICATION (application), octavo_launch_new_for_files (files, n_files));
}

static void
take_words (OctavoApplication *self, const char *const *words)
{
  take_launch (self, octavo_launch_new (words, NULL));
}

static void
capture_note (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  take_words (self, (const char *const[]){ "octavo", "--new-note", NULL });
}

static void
search_notes (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  take_words (self, (const char *const[]){ "octavo", "--search", "", NULL });
}

/* What a search of the desktop is led to. */
static void
on_open_result (OctavoApplication *self, const char *query, gint64 note_id)
{
  take_launch (self, octavo_launch_new_for_result (query, note_id));
}

static void
on_create_result (OctavoApplication *self, const char *title)
{
  take_launch (self, octavo_launch_new_for_title (title));
}

/* Saves what is typed in any window; complains where that does not work, as there may be nobody to ask. */
static void
flush (OctavoApplication *self)
{
  g_autoptr (GError) error = NULL;

  if (self->safety != NULL && !octavo_safety_flush (self->safety, &error))
    octavo_output_complain (error->message);
}

static gboolean
on_signal (gpointer data)
{
  OctavoApplication *self = data;

  if (self->windows != NULL)
    octavo_windows_hold (self->windows);
  flush (self);
  g_application_quit (G_APPLICATION (self));

  return G_SOURCE_CONTINUE;
}

/* As a person quits: each window is asked, and one that cannot save stays and says so. */
static void
quit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  OctavoApplication *self = data;

  if (self->windows != NULL)
    octavo_windows_hold (self->windows);
  octavo_windows_ask_to_close (GTK_APPLICATION (self));
  if (self->windows != NULL && gtk_application_get_windows (GTK_APPLICATION (self)) != NULL)
    octavo_windows_release (self->windows);
}

static void
require_display (void)
{
  if (gtk_init_check ())
    return;

  octavo_output_complain (
      _ ("There is no display to open a window on. “octavo --help” lists the commands that need none."));
  exit (OCTAVO_EXIT_FAILED);
}

static void
octavo_application_wake (OctavoQuietApplication *application)
{
  OctavoApplication *self = OCTAVO_APPLICATION (application);

  require_display ();
  open_store (self); /* on a thread, while this one reads style sheets */
  OCTAVO_QUIET_APPLICATION_CLASS (octavo_application_parent_class)->wake (application);

  octavo_window_install_accels (GTK_APPLICATION (self));
  octavo_appearance_follow_settings ();
  g_signal_connect (self, "query-end", G_CALLBACK (flush), NULL);
  g_signal_connect (self, "window-added", G_CALLBACK (on_window_added), NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (signals_that_end); i++)
    self->signal_sources[i] = g_unix_signal_add (signals_that_end[i], on_signal, self);
}

static void
octavo_application_shutdown (GApplication *application)
{
  OctavoApplication *self = OCTAVO_APPLICATION (application);

  for (gsize i = 0; i < G_N_ELEMENTS (self->signal_sources); i++)
    g_clear_handle_id (&self->signal_sources[i], g_source_remove);

  end_session (self, NULL);
  if (self->backups != NULL)
    octavo_backup_keeper_finish (self->backups);
  let_go (self);
  if (self->store != NULL)
    octavo_store_close (self->store);
  g_clear_object (&self->store);

  G_APPLICATION_CLASS (octavo_application_parent_class)->shutdown (application);
}

static void
octavo_application_finalize (GObject *object)
{
  OctavoApplication *self = OCTAVO_APPLICATION (object);

  g_clear_object (&self->provider);
  g_clear_weak_pointer (&self->error_window);
  g_clear_weak_pointer (&self->move_window);
  g_free (self->move_path);
  g_free (self->moved_note);
  g_queue_clear_full (&self->launches, (GDestroyNotify) octavo_launch_free);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (octavo_application_parent_class)->finalize (object);
}

static void
octavo_application_class_init (OctavoApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->finalize = octavo_application_finalize;
  application_class->activate = octavo_application_activate;
  application_class->command_line = octavo_application_command_line;
  application_class->open = octavo_application_open;
  application_class->shutdown = octavo_application_shutdown;
  OCTAVO_QUIET_APPLICATION_CLASS (klass)->wake = octavo_application_wake;
}

/* The actions are there for the bus before there is a window. */
static void
octavo_application_init (OctavoApplication *self)
{
  static const GActionEntry actions[] = { { .name = "quit", .activate = quit },
                                          { .name = "new-note", .activate = capture_note },
                                          { .name = "search", .activate = search_notes },
                                          { .name = "repair", .activate = repair_file },
                                          { .name = "move-file", .activate = move_file, .parameter_type = "ay" } };

  g_queue_init (&self->launches);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
}

/**
 * octavo_application_new:
 * @launch: what the call asks for
 *
 * Makes the application. It is the only one of the session that has its file open. Main thread.
 *
 * Returns: (transfer full): the application, to be run with the arguments of the call
 */
OctavoApplication *
octavo_application_new (const OctavoLaunch *launch)
{
  g_autofree char *path = NULL;
  g_autofree char *id = NULL;
  OctavoApplication *self = NULL;

  if (launch->database != NULL)
    path = g_canonicalize_filename (launch->database, NULL);
  else
    path = octavo_store_get_default_path ();

  /* whom the bus starts it knows by the name of the application, whatever the environment says of files */
  id = launch->is_service ? g_strdup (APPLICATION_ID) : octavo_launch_dup_application_id (path);
  self = g_object_new (OCTAVO_TYPE_APPLICATION, "application-id", id, "flags",
                       G_APPLICATION_HANDLES_COMMAND_LINE | G_APPLICATION_HANDLES_OPEN, "resource-base-path",
                       APPLICATION_PATH, "register-session", TRUE, NULL);
  self->provider = octavo_search_provider_new (G_APPLICATION (self), path, octavo_launch_user_get_scope);
  g_signal_connect_object (self->provider, "open", G_CALLBACK (on_open_result), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->provider, "create", G_CALLBACK (on_create_result), self, G_CONNECT_SWAPPED);
  octavo_quiet_application_set_provider (OCTAVO_QUIET_APPLICATION (self), self->provider);
  self->path = g_steal_pointer (&path);

  return self;
}
