/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-session.h"

#include "octavo-note-window.h"

#include <errno.h>
#include <glib/gstdio.h>

/* The windows of the application are followed from outside, so none of them knows that it is remembered. The file is
 * small, has neither titles nor texts in it, and is written at most every other second, and not where it would be the
 * same. It is no part of the notes: those may be shared between computers, where people look at others, and each write
 * to them is a change that every process hears of. */

#define GROUP       "Session"
#define NOTES       "Notes"
#define WINDOW      "Window "
#define MAX_WINDOWS 20
#define SAVE_DELAY  2 /* seconds */

typedef struct
{
  GtkWindow *window; /* NULL: it is closed, and comes back */
  OctavoWindowState state;
} Entry;

struct _OctavoSession
{
  GObject parent_instance;

  GtkApplication *application;
  OctavoNoteBuffers *buffers;
  char *path;
  GPtrArray *entries;      /* (element-type Entry) */
  OctavoWindowState notes; /* of the window of all notes that was looked at last */
  GArray *waiting;         /* (element-type OctavoWindowState) to be opened once the first window has its notes */
  char *written;
  guint timer;
  gboolean is_held;
};

G_DEFINE_FINAL_TYPE (OctavoSession, octavo_session, G_TYPE_OBJECT)

static void
capture (OctavoSession *self)
{
  octavo_note_buffers_remember_places (self->buffers);
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (OCTAVO_IS_NOTE_WINDOW (entry->window))
        octavo_note_window_get_state (OCTAVO_NOTE_WINDOW (entry->window), &entry->state);
      else if (OCTAVO_IS_WINDOW (entry->window))
        octavo_window_get_state (OCTAVO_WINDOW (entry->window), &entry->state);
      if (!entry->state.is_of_note)
        self->notes = entry->state;
    }
}

static void
write_window (GKeyFile *file, const OctavoWindowState *state, guint number)
{
  g_autofree char *group = g_strdup_printf (WINDOW "%u", number);

  octavo_window_state_write (state, file, group);
}

static char *
make_text (OctavoSession *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *places = octavo_note_places_to_string (octavo_note_buffers_get_places (self->buffers));
  guint n_windows = 0;

  g_key_file_set_string (file, GROUP, "Places", places);
  octavo_window_state_write (&self->notes, file, NOTES);
  for (guint i = 0; i < self->entries->len && n_windows < MAX_WINDOWS; i++)
    write_window (file, &((Entry *) g_ptr_array_index (self->entries, i))->state, ++n_windows);
  for (guint i = 0; i < self->waiting->len && n_windows < MAX_WINDOWS; i++)
    write_window (file, &g_array_index (self->waiting, OctavoWindowState, i), ++n_windows);
  return g_key_file_to_data (file, NULL, NULL);
}

/* Beside the old one first: no reader ever sees half of it. To wait for the disk it is not important enough. */
static void
write_text (OctavoSession *self, const char *text)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *other = g_strconcat (self->path, ".new", NULL);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (folder, 0700);
  if (!g_file_set_contents_full (other, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, &error))
    g_message ("Which windows are open is not remembered: %s", error->message);
  else if (g_rename (other, self->path) != 0)
    g_message ("Which windows are open is not remembered: %s", g_strerror (errno));
}

static gboolean
on_timer (gpointer data)
{
  OctavoSession *self = data;

  self->timer = 0;
  octavo_session_save (self);
  return G_SOURCE_REMOVE;
}

static void
touch (OctavoSession *self)
{
  if (self->timer == 0)
    self->timer = g_timeout_add_seconds (SAVE_DELAY, on_timer, self);
}

static gboolean
on_close_request (OctavoSession *self)
{
  capture (self);
  return GDK_EVENT_PROPAGATE;
}

static void
drop_closed (OctavoSession *self)
{
  for (guint i = self->entries->len; i > 0; i--)
    if (((Entry *) g_ptr_array_index (self->entries, i - 1))->window == NULL)
      g_ptr_array_remove_index (self->entries, i - 1);
}

static void
on_window_added (OctavoSession *self, GtkWindow *window)
{
  static const char *const details[] = { "notify::title", "notify::default-width", "notify::default-height",
                                         "notify::maximized", "notify::is-active" };
  Entry *entry;

  if (!OCTAVO_IS_WINDOW (window) && !OCTAVO_IS_NOTE_WINDOW (window))
    return;

  if (!self->is_held)
    drop_closed (self);
  entry = g_new0 (Entry, 1);
  entry->window = window;
  octavo_window_state_init (&entry->state, OCTAVO_IS_NOTE_WINDOW (window));
  g_ptr_array_add (self->entries, entry);
  for (gsize i = 0; i < G_N_ELEMENTS (details); i++)
    g_signal_connect_object (window, details[i], G_CALLBACK (touch), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "action-state-changed", G_CALLBACK (touch), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "close-request", G_CALLBACK (on_close_request), self, G_CONNECT_SWAPPED);
  touch (self);
}

static guint
count_open (OctavoSession *self)
{
  guint n = 0;

  for (guint i = 0; i < self->entries->len; i++)
    n += ((Entry *) g_ptr_array_index (self->entries, i))->window != NULL;
  return n;
}

/* Who closes one of several windows is done with it; the last one is what the program ends with. */
static void
on_window_removed (OctavoSession *self, GtkWindow *window)
{
  gboolean is_kept = self->is_held || count_open (self) == 1;

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (entry->window != window)
        continue;
      g_signal_handlers_disconnect_by_data (window, self);
      entry->window = NULL;
      if (!is_kept)
        g_ptr_array_remove_index (self->entries, i);
      touch (self);
      return;
    }
}

static void
octavo_session_dispose (GObject *object)
{
  OctavoSession *self = OCTAVO_SESSION (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->buffers);
  G_OBJECT_CLASS (octavo_session_parent_class)->dispose (object);
}

static void
octavo_session_finalize (GObject *object)
{
  OctavoSession *self = OCTAVO_SESSION (object);

  g_ptr_array_unref (self->entries);
  g_array_unref (self->waiting);
  g_free (self->path);
  g_free (self->written);
  G_OBJECT_CLASS (octavo_session_parent_class)->finalize (object);
}

static void
octavo_session_class_init (OctavoSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = octavo_session_dispose;
  G_OBJECT_CLASS (klass)->finalize = octavo_session_finalize;
}

static void
octavo_session_init (OctavoSession *self)
{
  self->entries = g_ptr_array_new_with_free_func (g_free);
  self->waiting = g_array_new (FALSE, FALSE, sizeof (OctavoWindowState));
  octavo_window_state_init (&self->notes, FALSE);
}

/**
 * octavo_session_new:
 * @application: the application whose windows are remembered; it outlives the session
 * @buffers: the notes that are open in them
 * @path: the file that they are remembered in
 *
 * Follows the windows of an application from now on.
 *
 * Returns: (transfer full): the session
 */
OctavoSession *
octavo_session_new (GtkApplication *application, OctavoNoteBuffers *buffers, const char *path)
{
  OctavoSession *self;

  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (OCTAVO_IS_NOTE_BUFFERS (buffers), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (OCTAVO_TYPE_SESSION, NULL);
  self->application = application;
  self->buffers = g_object_ref (buffers);
  self->path = g_strdup (path);
  g_signal_connect_object (application, "window-added", G_CALLBACK (on_window_added), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (application, "window-removed", G_CALLBACK (on_window_removed), self, G_CONNECT_SWAPPED);
  return self;
}

static void
read_file (OctavoSession *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *places = NULL;
  OctavoWindowState state;

  if (!g_key_file_load_from_file (file, self->path, G_KEY_FILE_NONE, NULL))
    return;
  places = g_key_file_get_string (file, GROUP, "Places", NULL);
  if (places != NULL)
    octavo_note_places_load (octavo_note_buffers_get_places (self->buffers), places);
  if (octavo_window_state_read (&state, file, NOTES) && !state.is_of_note)
    self->notes = state;
  for (guint i = 1; i <= MAX_WINDOWS; i++)
    {
      g_autofree char *group = g_strdup_printf (WINDOW "%u", i);

      if (octavo_window_state_read (&state, file, group))
        g_array_append_val (self->waiting, state);
    }
}

static void
open_waiting (OctavoSession *self)
{
  g_autoptr (GArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_array_new (FALSE, FALSE, sizeof (OctavoWindowState));
  for (guint i = 0; i < waiting->len; i++)
    {
      const OctavoWindowState *state = &g_array_index (waiting, OctavoWindowState, i);
      GtkWindow *window;

      if (state->is_of_note)
        {
          octavo_note_window_restore (self->application, self->buffers, state);
          continue;
        }
      window = octavo_window_new (self->application, self->buffers);
      octavo_window_restore (OCTAVO_WINDOW (window), state);
      gtk_window_present (window);
    }
}

/**
 * octavo_session_restore:
 * @self: a session
 *
 * Opens the windows that were open when the program ended: one of all notes in any case, at once, and the others when
 * that one has its notes.
 */
void
octavo_session_restore (OctavoSession *self)
{
  OctavoWindow *window;

  g_return_if_fail (OCTAVO_IS_SESSION (self));

  read_file (self);
  for (guint i = 0; i < self->waiting->len; i++)
    if (!g_array_index (self->waiting, OctavoWindowState, i).is_of_note)
      {
        self->notes = g_array_index (self->waiting, OctavoWindowState, i);
        g_array_remove_index (self->waiting, i);
        break;
      }
  window = octavo_session_open_window (self);
  if (self->waiting->len > 0)
    g_signal_connect_object (window, "settled", G_CALLBACK (open_waiting), self, G_CONNECT_SWAPPED);
}

/**
 * octavo_session_open_window:
 * @self: a session
 *
 * Opens a window of all notes that is as the one that was looked at last.
 *
 * Returns: (transfer none): the window
 */
OctavoWindow *
octavo_session_open_window (OctavoSession *self)
{
  OctavoWindow *window;

  g_return_val_if_fail (OCTAVO_IS_SESSION (self), NULL);

  window = OCTAVO_WINDOW (octavo_window_new (self->application, self->buffers));
  octavo_window_restore (window, &self->notes);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

/**
 * octavo_session_hold:
 * @self: a session
 *
 * The program ends: the windows that are closed from now on come back when it is started again.
 */
void
octavo_session_hold (OctavoSession *self)
{
  g_return_if_fail (OCTAVO_IS_SESSION (self));

  capture (self);
  self->is_held = TRUE;
}

/**
 * octavo_session_release:
 * @self: a session
 *
 * The program does not end after all: the windows that were closed meanwhile do not come back.
 */
void
octavo_session_release (OctavoSession *self)
{
  g_return_if_fail (OCTAVO_IS_SESSION (self));

  self->is_held = FALSE;
  drop_closed (self);
  touch (self);
}

/**
 * octavo_session_save:
 * @self: a session
 *
 * Writes down what is open, where that is not written already.
 */
void
octavo_session_save (OctavoSession *self)
{
  g_autofree char *text = NULL;

  g_return_if_fail (OCTAVO_IS_SESSION (self));

  g_clear_handle_id (&self->timer, g_source_remove);
  capture (self);
  text = make_text (self);
  if (g_strcmp0 (text, self->written) == 0)
    return;
  write_text (self, text);
  g_free (self->written);
  self->written = g_steal_pointer (&text);
}
