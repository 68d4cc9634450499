/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-window-private.h"

/* What the window has to say: toasts, dialogs, and the windows about itself. */

/* Says something that needs no answer. */
void
octavo_window_toast (OctavoWindow *self, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

/* Says what went wrong and waits until it was read. */
void
octavo_window_show_error (OctavoWindow *self, const char *heading, const char *message)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, message);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Shows what the application is, and under which terms. */
void
octavo_window_show_about (OctavoWindow *self)
{
  GtkWidget *about = adw_about_window_new ();

  g_object_set (about, "transient-for", self, "modal", TRUE, "application-name", _ ("Octavo"), "application-icon",
                APPLICATION_ID, "version", OCTAVO_VERSION, "developer-name", _ ("The Octavo developers"),
                "license-type", GTK_LICENSE_GPL_3_0, "comments",
                _ ("Notes in plain text, found as fast as you type, all in one file of your own."), NULL);
  gtk_window_present (GTK_WINDOW (about));
}

/* Shows every key. */
void
octavo_window_show_shortcuts (OctavoWindow *self)
{
  GtkWidget *shortcuts = octavo_actions_make_shortcuts_window ();

  gtk_window_set_transient_for (GTK_WINDOW (shortcuts), GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (shortcuts));
}

static void
on_copy_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OctavoWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    octavo_window_show_error (self, _ ("The copy could not be saved"), error->message);
  else
    octavo_window_toast (self, _ ("A copy of the note was saved"));
}

static void
on_copy_chosen (GtkNativeDialog *chooser, int response, OctavoWindow *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
      g_autofree char *text = octavo_editor_dup_markdown (self->editor);
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

      g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, on_copy_saved,
                                           g_object_ref (self));
    }
  g_clear_object (&self->chooser);
}

static void
save_copy (OctavoWindow *self)
{
  const char *title = octavo_editor_get_note_title (self->editor);
  g_autofree char *name = g_strconcat (title != NULL && title[0] != '\0' ? title : _ ("Untitled"), ".md", NULL);

  g_set_object (&self->chooser, NULL);
  self->chooser = GTK_NATIVE_DIALOG (gtk_file_chooser_native_new (_ ("Save a Copy of the Note"), GTK_WINDOW (self),
                                                                  GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), g_strdelimit (name, "/", '-'));
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_copy_chosen), self);
  gtk_native_dialog_show (self->chooser);
}

static void
on_unsaved_answered (AdwMessageDialog *dialog, const char *response, OctavoWindow *self)
{
  if (g_strcmp0 (response, "copy") == 0)
    save_copy (self);
  else if (g_strcmp0 (response, "close") == 0)
    gtk_window_destroy (GTK_WINDOW (self));
}

/* The window is to close and what was typed cannot be saved: asks what to do about it. */
void
octavo_window_ask_about_unsaved (OctavoWindow *self, const GError *error)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("The Note Could Not Be Saved"), NULL);

  adw_message_dialog_format_body (
      ADW_MESSAGE_DIALOG (dialog),
      _ ("%s\n\nKeep the window open and try again, or save a copy of the note in another place. "
         "If you close the window, what you typed since the last save is lost."),
      error->message);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Keep Open"), "copy",
                                    _ ("_Save a Copy…"), "close", _ ("_Close Anyway"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "copy", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "close", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_unsaved_answered), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
