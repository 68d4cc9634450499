/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "octavo-note-drag.h"
#include "octavo-note-repository.h"
#include "octavo-user-repository.h"
#include "octavo-window-private.h"

#define MAX_TITLE 120 /* characters of a line that may be one */

/* What is dropped on the list becomes notes: files are imported, text is a note. In the list of a tag they get it. */

/* The tag that is shown. (nullable) (transfer full) */
static char *
dup_shown_tag (OctavoWindow *self)
{
  if (octavo_sidebar_get_scope (self->sidebar)->place != OCTAVO_PLACE_TAG)
    return NULL;
  return g_strdup (octavo_sidebar_get_place_name (self->sidebar));
}

/* ---- Text ---- */

typedef struct
{
  OctavoWindow *window;
  char *tag; /* (nullable) */
} Drop;

static void
drop_free (Drop *drop)
{
  g_object_unref (drop->window);
  g_free (drop->tag);
  g_free (drop);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Drop, drop_free)

/* A first line with others below it is a title. */
static void
set_text (OctavoNote *note, const char *text)
{
  const char *end;
  g_autofree char *line = NULL;
  const char *title;

  while (g_ascii_isspace (*text))
    text++;
  end = strchr (text, '\n');
  line = end != NULL ? g_strstrip (g_strndup (text, (gsize) (end - text))) : NULL;
  title = line;
  while (title != NULL && *title == '#')
    title++;
  if (title == NULL || *title == '\0' || g_utf8_strlen (line, -1) > MAX_TITLE)
    {
      octavo_note_set_body (note, text);
      return;
    }

  while (g_ascii_isspace (*title))
    title++;
  while (g_ascii_isspace (*end))
    end++;
  octavo_note_set_title (note, title);
  octavo_note_set_body (note, end);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OctavoNote) note = user_data;
  g_autoptr (Drop) drop = g_object_steal_data (G_OBJECT (note), "octavo-drop");
  OctavoWindow *self = drop->window;
  g_autoptr (GError) error = NULL;

  if (self->selection == NULL)
    return;

  if (!octavo_note_repository_save_finish (OCTAVO_NOTE_REPOSITORY (source), result, &error))
    {
      octavo_window_show_error (self, _ ("The text could not be made a note"), error->message);
      return;
    }
  if (drop->tag != NULL)
    octavo_window_add_tag (self, octavo_note_get_id (note), drop->tag);
  octavo_note_selection_select_id (self->selection, octavo_note_get_id (note));
}

static void
take_text (OctavoWindow *self, const char *text)
{
  OctavoNoteRepository *notes = octavo_store_get_notes (self->store);
  OctavoNote *note =
      octavo_note_repository_create (notes, self->user_id != 0 ? self->user_id
                                                               : octavo_user_repository_get_default_id (
                                                                     octavo_store_get_users (self->store)));
  Drop *drop = g_new0 (Drop, 1);

  drop->window = g_object_ref (self);
  drop->tag = dup_shown_tag (self);
  set_text (note, text);
  g_object_set_data (G_OBJECT (note), "octavo-drop", drop);
  octavo_note_repository_save_async (notes, note, NULL, on_saved, note);
}

/* ---- Files ---- */

static void
take_files (OctavoWindow *self, GSList *files)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) paths = NULL;
  g_autofree char *tag = dup_shown_tag (self);

  for (GSList *file = files; file != NULL; file = file->next)
    {
      g_autofree char *path = g_file_get_path (file->data);

      if (path != NULL)
        g_strv_builder_add (builder, path);
    }
  paths = g_strv_builder_end (builder);
  octavo_window_import_into (self, (const char *const *) paths, self->user_id, tag);
}

/* ---- The target ---- */

/* Whatever is dropped: a file of a name, files, or text. */
gboolean
octavo_window_take_drop (OctavoWindow *self, const GValue *value)
{
  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    {
      g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

      take_files (self, files);
      return TRUE;
    }
  if (G_VALUE_HOLDS_STRING (value))
    {
      g_autofree char *text = g_strstrip (g_strdup (g_value_get_string (value)));

      if (text[0] == '\0')
        return FALSE;
      take_text (self, g_value_get_string (value));
      return TRUE;
    }
  return FALSE;
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, OctavoWindow *self)
{
  return octavo_window_take_drop (self, value);
}

/* Notes that are dragged offer their text too, and are notes already. */
static gboolean
on_accept (GtkDropTarget *target, GdkDrop *drop, OctavoWindow *self)
{
  GdkContentFormats *formats = gdk_drop_get_formats (drop);

  return !gdk_content_formats_contain_gtype (formats, OCTAVO_TYPE_NOTE_DRAG) &&
         gdk_content_formats_match (formats, gtk_drop_target_get_formats (target));
}

/* Has the list of notes take files and text. */
void
octavo_window_accept_drops (OctavoWindow *self)
{
  const GType types[] = { GDK_TYPE_FILE_LIST, G_TYPE_STRING };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  gtk_drop_target_set_gtypes (target, (GType *) types, G_N_ELEMENTS (types));
  g_signal_connect_object (target, "accept", G_CALLBACK (on_accept), self, 0);
  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->list_pane), GTK_EVENT_CONTROLLER (target));
}
