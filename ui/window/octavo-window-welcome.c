/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-note-repository.h"
#include "octavo-window-private.h"

#include <string.h>

/* Who opens Octavo for the first time finds a note that tells in a minute what there is to know. It is one as any
 * other, and once it is gone it comes back only when it is asked for. */

/* In the language of the person, else in English: a heading, an empty line, the text. (transfer full) */
static char *
load_note (char **title)
{
  const char *const *names = g_get_language_names ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  const char *end;

  for (gsize i = 0; names[i] != NULL && bytes == NULL; i++)
    {
      const char *name = strcmp (names[i], "C") == 0 ? "en" : names[i];
      g_autofree char *path = g_strdup_printf (APPLICATION_PATH "/welcome/%s.md", name);

      bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    }
  g_assert (bytes != NULL);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  end = strstr (text, "\n\n");
  g_assert (g_str_has_prefix (text, "# ") && end != NULL);
  *title = g_strndup (text + 2, (gsize) (end - text) - 2);
  return g_strdup (end + 2);
}

/* Where there was no row yet the empty search has the focus. Who types already is left alone. */
static void
on_listed (OctavoWindow *self)
{
  GListModel *list = G_LIST_MODEL (octavo_note_list_pane_get_list (self->list_pane));
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (g_list_model_get_n_items (list) == 0)
    return;
  g_signal_handlers_disconnect_by_func (list, on_listed, self);
  if (octavo_window_has_focus_in (self, self->list_pane) && GTK_IS_EDITABLE (focus) &&
      gtk_editable_get_text (GTK_EDITABLE (focus))[0] == '\0')
    octavo_note_list_pane_grab_list (self->list_pane);
}

/* It is looked at as the first note of any file is. */
static void
show_in_list (OctavoWindow *self, gint64 id)
{
  OctavoNoteList *list = octavo_note_list_pane_get_list (self->list_pane);

  g_signal_connect_object (list, "items-changed", G_CALLBACK (on_listed), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  octavo_note_selection_select_id (self->selection, id);
  on_listed (self);
}

typedef struct
{
  OctavoWindow *window;
  OctavoNote *note;
  gboolean opens; /* it was asked for */
} Making;

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Making *making = user_data;
  g_autoptr (OctavoWindow) self = making->window;
  g_autoptr (OctavoNote) note = making->note;
  g_autoptr (GError) error = NULL;
  gboolean is_saved = octavo_note_repository_save_finish (OCTAVO_NOTE_REPOSITORY (source), result, &error);

  if (self->selection == NULL)
    return;
  if (!is_saved)
    octavo_window_show_error (self, _ ("The Welcome Note Could Not Be Made"), error->message);
  else if (making->opens)
    octavo_window_open_note (self, octavo_note_get_id (note));
  else
    show_in_list (self, octavo_note_get_id (note));
}

static void
make_note (OctavoWindow *self, gboolean opens)
{
  OctavoNoteRepository *notes = octavo_store_get_notes (self->store);
  Making *making = g_new0 (Making, 1);
  g_autofree char *title = NULL;
  g_autofree char *body = load_note (&title);

  making->window = g_object_ref (self);
  making->note = octavo_note_repository_create (notes, self->user_id);
  making->opens = opens;
  octavo_note_set_title (making->note, title);
  octavo_note_set_body (making->note, body);
  octavo_note_repository_save_async (notes, making->note, NULL, on_saved, making);
}

static void
on_found (OctavoWindow *self, const OctavoLinkNote *note)
{
  if (note->id != 0 && !note->is_trashed)
    octavo_window_open_note (self, note->id);
  else
    make_note (self, TRUE);
}

/* Goes to the note, where it is there still, or makes it anew. */
void
octavo_window_show_welcome (OctavoWindow *self)
{
  g_autofree char *title = NULL;
  G_GNUC_UNUSED g_autofree char *body = load_note (&title);

  octavo_window_find_note (self, title, _ ("The Welcome Note Could Not Be Made"), on_found);
}

/**
 * octavo_window_greet:
 *
 * Makes the note, where the file never had any.
 */
void
octavo_window_greet (OctavoWindow *self)
{
  g_return_if_fail (OCTAVO_IS_WINDOW (self));

  if (octavo_note_repository_is_unused (octavo_store_get_notes (self->store)))
    make_note (self, FALSE);
}
