/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo"

#include "octavo-config.h"

#include "octavo-application.h"

#include "octavo-appearance.h"
#include "octavo-command.h"
#include "octavo-open-error-window.h"
#include "octavo-output.h"
#include "octavo-store.h"
#include "octavo-tag.h"
#include "octavo-user-repository.h"
#include "octavo-window.h"

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
  AdwApplication parent_instance;

  char *path;
  OctavoStore *store;         /* NULL until it is open */
  OctavoNoteBuffers *buffers; /* the same for all windows; likewise */
  gboolean opening;
  GQueue launches;         /* (element-type OctavoLaunch) */
  GtkWindow *error_window; /* weak */
  guint signal_sources[3];
};

G_DEFINE_FINAL_TYPE (OctavoApplication, octavo_application, ADW_TYPE_APPLICATION)

static const int signals_that_end[] = { SIGTERM, SIGINT, SIGHUP };

static void open_store (OctavoApplication *self);

static OctavoWindow *
find_window (OctavoApplication *self)
{
  for (GList *link = gtk_application_get_windows (GTK_APPLICATION (self)); link != NULL; link = link->next)
    if (OCTAVO_IS_WINDOW (link->data))
      return link->data;

  return NULL;
}

/* 0 where nobody has that name. */
static gint64
find_user_id (OctavoApplication *self, const char *name)
{
  GListModel *list = octavo_user_repository_get_list (octavo_store_get_users (self->store));
  g_autofree char *folded = octavo_tag_fold_name (name);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (OctavoUser) user = g_list_model_get_item (list, i);
      g_autofree char *other = octavo_tag_fold_name (octavo_user_get_name (user));

      if (g_str_equal (folded, other))
        return octavo_user_get_id (user);
    }

  return 0;
}

static void
choose_user (OctavoApplication *self, OctavoWindow *window, const char *name)
{
  gint64 user_id = find_user_id (self, name);
  GtkWidget *dialog = NULL;
  g_autofree char *heading = g_strdup_printf (_ ("Nobody Is Named “%s” Here"), name);

  octavo_window_set_user (window, user_id);
  if (user_id != 0)
    return;

  dialog = adw_message_dialog_new (GTK_WINDOW (window), heading,
                                   _ ("New notes are the first user’s. “octavo users” lists who there is, and "
                                      "“octavo add --user” makes somebody new."));
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
run_launch (OctavoApplication *self, const OctavoLaunch *launch)
{
  OctavoWindow *window = find_window (self);

  if (window == NULL)
    window = OCTAVO_WINDOW (octavo_window_new (GTK_APPLICATION (self), self->buffers));

  gtk_window_present (GTK_WINDOW (window));

  if (launch->user != NULL)
    choose_user (self, window, launch->user);

  if (launch->query != NULL)
    octavo_window_search (window, launch->query);

  if (launch->files[0] != NULL)
    octavo_window_import_files (window, (const char *const *) launch->files,
                                launch->user != NULL ? find_user_id (self, launch->user) : 0);

  if (launch->note_id != 0)
    octavo_window_open_note (window, launch->note_id);

  if (launch->new_note)
    octavo_window_create_note (window);
}

static void
on_retry (GtkWindow *window, const char *path, OctavoApplication *self)
{
  char *chosen = g_strdup (path);

  g_free (self->path);
  self->path = chosen;
  open_store (self);
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
      self->buffers = octavo_note_buffers_new (store);

      while ((launch = g_queue_pop_head (&self->launches)) != NULL)
        {
          run_launch (self, launch);
          octavo_launch_free (launch);
        }
    }
  else
    {
      g_set_weak_pointer (&self->error_window,
                          octavo_open_error_window_new (GTK_APPLICATION (self), self->path, error));
      g_signal_connect_object (self->error_window, "retry", G_CALLBACK (on_retry), self, 0);
      gtk_window_present (self->error_window);
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

static void
take_launch (OctavoApplication *self, OctavoLaunch *launch)
{
  if (self->store != NULL)
    {
      run_launch (self, launch);
      octavo_launch_free (launch);
      return;
    }

  g_queue_push_tail (&self->launches, launch);

  if (self->error_window != NULL)
    gtk_window_present (self->error_window);
  else
    open_store (self);
}

static void
octavo_application_activate (GApplication *application)
{
  const char *const nothing[] = { "octavo", NULL };

  take_launch (OCTAVO_APPLICATION (application), octavo_launch_new (nothing, NULL));
}

/* Files are named from the folder of the process that was called. */
static void
resolve_files (GApplicationCommandLine *command_line, GStrv files)
{
  for (gsize i = 0; files[i] != NULL; i++)
    {
      g_autoptr (GFile) file = g_application_command_line_create_file_for_arg (command_line, files[i]);
      char *path = g_file_get_path (file);

      if (path != NULL)
        {
          g_free (files[i]);
          files[i] = path;
        }
    }
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

  resolve_files (command_line, launch->files);
  take_launch (OCTAVO_APPLICATION (application), launch);

  return OCTAVO_EXIT_DONE;
}

/* Saves what is typed in any window; complains where that does not work, as there may be nobody to ask. */
static void
flush (OctavoApplication *self)
{
  g_autoptr (GError) error = NULL;

  if (self->buffers != NULL && !octavo_note_buffers_flush (self->buffers, &error))
    octavo_output_complain (error->message);
}

static gboolean
on_signal (gpointer data)
{
  OctavoApplication *self = data;

  flush (self);
  g_application_quit (G_APPLICATION (self));

  return G_SOURCE_CONTINUE;
}

/* As a person quits: each window is asked, and one that cannot save stays and says so. */
static void
quit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkApplication *application = data;
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (application));

  for (GList *link = windows; link != NULL; link = link->next)
    gtk_window_close (link->data);
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
octavo_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = { { .name = "quit", .activate = quit } };
  OctavoApplication *self = OCTAVO_APPLICATION (application);

  require_display ();
  open_store (self); /* on a thread, while this one reads style sheets */
  G_APPLICATION_CLASS (octavo_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  octavo_window_install_accels (GTK_APPLICATION (self));
  octavo_appearance_follow_settings ();
  g_signal_connect (self, "query-end", G_CALLBACK (flush), NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (signals_that_end); i++)
    self->signal_sources[i] = g_unix_signal_add (signals_that_end[i], on_signal, self);
}

static void
octavo_application_shutdown (GApplication *application)
{
  OctavoApplication *self = OCTAVO_APPLICATION (application);
  GList *windows = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (self->signal_sources); i++)
    g_clear_handle_id (&self->signal_sources[i], g_source_remove);

  while ((windows = gtk_application_get_windows (GTK_APPLICATION (self))) != NULL)
    gtk_window_destroy (windows->data);

  g_clear_object (&self->buffers);
  if (self->store != NULL)
    octavo_store_close (self->store);
  g_clear_object (&self->store);

  G_APPLICATION_CLASS (octavo_application_parent_class)->shutdown (application);
}

static void
octavo_application_finalize (GObject *object)
{
  OctavoApplication *self = OCTAVO_APPLICATION (object);

  g_clear_weak_pointer (&self->error_window);
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
  application_class->shutdown = octavo_application_shutdown;
  application_class->startup = octavo_application_startup;
}

static void
octavo_application_init (OctavoApplication *self)
{
  g_queue_init (&self->launches);
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

  id = octavo_launch_dup_application_id (path);
  self = g_object_new (OCTAVO_TYPE_APPLICATION, "application-id", id, "flags", G_APPLICATION_HANDLES_COMMAND_LINE,
                       "resource-base-path", APPLICATION_PATH, "register-session", TRUE, NULL);
  self->path = g_steal_pointer (&path);

  return self;
}
