/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include "octavo-save-copy.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The way out where the file of notes cannot be written, or a note is too large to be shown. */

#define MAX_NAME 100 /* characters: file systems allow 255 bytes */

static void
show_problem (GtkWindow *parent, const char *message)
{
  GtkWidget *dialog = gtk_message_dialog_new (parent, GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT,
                                              GTK_MESSAGE_ERROR, GTK_BUTTONS_CLOSE, "%s", _ ("The copy was not saved"));

  gtk_message_dialog_format_secondary_text (GTK_MESSAGE_DIALOG (dialog), "%s", message);
  g_signal_connect (dialog, "response", G_CALLBACK (gtk_window_destroy), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWindow) parent = data;
  g_autoptr (GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    show_problem (parent, error->message);
}

static void
on_response (GtkNativeDialog *dialog, int response, GBytes *text)
{
  GtkWindow *parent = gtk_native_dialog_get_transient_for (dialog);

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      g_file_replace_contents_bytes_async (file, text, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, on_written,
                                           g_object_ref (parent));
    }
  g_object_unref (dialog);
}

static char *
make_name (const char *title)
{
  g_autofree char *stripped = g_strstrip (g_strdup (title));
  g_autofree char *cut = g_utf8_substring (stripped, 0, MIN (g_utf8_strlen (stripped, -1), MAX_NAME));

  g_strdelimit (cut, "/\\:*?\"<>|", '-');
  return g_strconcat (*cut != '\0' && *cut != '.' ? cut : _ ("Untitled"), ".md", NULL);
}

/**
 * octavo_save_copy:
 * @parent: the window to ask in
 * @title: the title of the note, which the file is named after
 * @body: its text
 *
 * Asks where to, and saves a copy of a note as a Markdown file. Says so where that fails.
 */
void
octavo_save_copy (GtkWindow *parent, const char *title, const char *body)
{
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (_ ("Save a Copy"), parent, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));
  g_autofree char *name = make_name (title);
  g_autoptr (GBytes) text = g_bytes_new (body, strlen (body));

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), g_steal_pointer (&text),
                         (GClosureNotify) (void (*) (void)) g_bytes_unref, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
