/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-save-copy.h"
#include "octavo-window-private.h"

/* What the window has to say: toasts, dialogs, and the windows about itself. */

/* libadwaita gives the button that takes a toast away an icon and no name. */
static void
name_close_buttons (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) &&
      g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (widget)), "window-close-symbolic") == 0)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Close"), -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_close_buttons (child);
}

/* Shows a toast. (transfer full) */
void
octavo_window_add_toast (OctavoWindow *self, AdwToast *toast)
{
  adw_toast_overlay_add_toast (self->toasts, toast);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->toasts)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (child != GTK_WIDGET (self->outer))
      name_close_buttons (child);
}

/* Says something that needs no answer. */
void
octavo_window_toast (OctavoWindow *self, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  octavo_window_add_toast (self, adw_toast_new (escaped));
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

static gboolean
destroy_window (gpointer window)
{
  gtk_window_destroy (window);
  return G_SOURCE_REMOVE;
}

static void
on_unsaved_answered (AdwMessageDialog *dialog, const char *response, OctavoWindow *self)
{
  if (g_strcmp0 (response, "copy") == 0)
    {
      g_autofree char *title = NULL;
      g_autofree char *text = octavo_editor_dup_unsaved (self->editor, &title);

      octavo_save_copy (GTK_WINDOW (self), title, text);
    }
  /* Once the dialog is gone, which still has to do with the window that it belongs to. */
  else if (g_strcmp0 (response, "close") == 0)
    g_idle_add_full (G_PRIORITY_DEFAULT, destroy_window, g_object_ref (self), g_object_unref);
}

/* The window is to close and what was typed cannot be saved: asks what to do about it. */
void
octavo_window_ask_about_unsaved (OctavoWindow *self, const GError *error)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("The Note Could Not Be Saved"), NULL);

  adw_message_dialog_format_body (
      ADW_MESSAGE_DIALOG (dialog),
      octavo_note_buffers_get_n_viewers (self->buffers) > 1
          ? _ ("%s\n\nKeep the window open and try again, or save a copy of the note in another place. "
               "If you close the window, what you typed is kept, and saved as soon as that works, while another "
               "window is open.")
          : _ ("%s\n\nKeep the window open and try again, or save a copy of the note in another place. "
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
