/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-actions.h"
#include "octavo-link.h"
#include "octavo-preferences.h"
#include "octavo-save-copy.h"
#include "octavo-text-style.h"
#include "octavo-toast-overlay.h"
#include "octavo-transient.h"
#include "octavo-window-common.h"

/* What any window of Octavo has to say: its title, toasts, dialogs, and the windows about itself. */

/**
 * octavo_window_common_make_title:
 * @title: (nullable): of the note that is open in a window; %NULL for none
 *
 * Returns: (transfer full): the title of the window
 */
char *
octavo_window_common_make_title (const char *title)
{
  if (title == NULL)
    return g_strdup (_ ("Octavo"));
  /* Translators: title of the window: title of the note, name of the application. */
  return g_strdup_printf (_ ("%s — Octavo"), title[0] != '\0' ? title : _ ("Untitled"));
}

#define LAST_FOCUS "octavo-last-focus" /* of a window: a GWeakRef to what had it, menus apart */

static void
weak_ref_free (gpointer weak)
{
  g_weak_ref_clear (weak);
  g_free (weak);
}

static gboolean
return_focus (gpointer window)
{
  g_autoptr (GtkWidget) last = g_weak_ref_get (g_object_get_data (window, LAST_FOCUS));
  GtkWidget *focus = gtk_window_get_focus (window);

  if ((focus == NULL || !gtk_widget_get_mapped (focus)) && last != NULL && gtk_widget_get_mapped (last))
    gtk_widget_grab_focus (last);
  return G_SOURCE_REMOVE;
}

static void
on_closed (GtkWindow *window)
{
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, return_focus, g_object_ref (window), g_object_unref);
}

static void
on_focus (GtkWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (window);
  GtkWidget *popover = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) : NULL;

  if (popover != NULL)
    {
      g_signal_handlers_disconnect_by_func (popover, on_closed, window);
      g_signal_connect_object (popover, "closed", G_CALLBACK (on_closed), window, G_CONNECT_SWAPPED);
    }
  else if (focus != NULL)
    g_weak_ref_set (g_object_get_data (G_OBJECT (window), LAST_FOCUS), focus);
}

/**
 * octavo_window_common_keep_focus:
 * @window: a window
 *
 * Gives the focus back where GTK 4.8 does not: after something was chosen from a submenu it stays in the menu that is
 * closed, and no key is heard.
 */
void
octavo_window_common_keep_focus (GtkWindow *window)
{
  GWeakRef *last = g_new0 (GWeakRef, 1);

  g_return_if_fail (GTK_IS_WINDOW (window));

  g_weak_ref_init (last, NULL);
  g_object_set_data_full (G_OBJECT (window), LAST_FOCUS, last, weak_ref_free);
  g_signal_connect (window, "notify::focus-widget", G_CALLBACK (on_focus), NULL);
}

static void
on_zoom (GtkWidget *window, const char *action, GVariant *parameter)
{
  OctavoTextStyle *style = octavo_text_style_get ();

  if (g_str_has_suffix (action, "-normal"))
    octavo_text_style_reset_zoom (style);
  else
    octavo_text_style_zoom (style, g_str_has_suffix (action, "-in") ? 1 : -1);
}

/**
 * octavo_window_common_install_zoom:
 * @window_class: the class of a window that shows a text, and has no commands besides
 *
 * Has the keys that change the size of the text do so there, too.
 */
void
octavo_window_common_install_zoom (GtkWidgetClass *window_class)
{
  gsize n_actions;
  const OctavoAction *actions = octavo_actions_get (&n_actions);

  for (gsize i = 0; i < n_actions; i++)
    if (actions[i].action != NULL && g_str_has_prefix (actions[i].action, "win.zoom-"))
      {
        g_autoptr (GtkShortcut) shortcut = octavo_action_make_shortcut (&actions[i]);

        gtk_widget_class_install_action (window_class, actions[i].action, NULL, on_zoom);
        gtk_widget_class_add_shortcut (window_class, shortcut);
      }
}

/**
 * octavo_window_common_toast:
 * @window: a window whose content is an #OctavoToastOverlay
 * @text: what happened
 *
 * Says something that needs no answer.
 */
void
octavo_window_common_toast (GtkWindow *window, const char *text)
{
  GtkWidget *content = adw_application_window_get_content (ADW_APPLICATION_WINDOW (window));

  octavo_toast_overlay_add (OCTAVO_TOAST_OVERLAY (content), &(OctavoToast){ .text = text });
}

/**
 * octavo_window_common_copy_link:
 * @window: a window whose content is an #OctavoToastOverlay
 * @note_id: a note
 *
 * Puts the address of a note on the clipboard, which leads to it from other programs and from other notes.
 */
void
octavo_window_common_copy_link (GtkWindow *window, gint64 note_id)
{
  const OctavoLink link = { .kind = OCTAVO_LINK_NOTE, .id = note_id };
  g_autofree char *uri = octavo_link_to_uri (&link);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (window)), uri);
  octavo_window_common_toast (window, _ ("Link copied"));
}

/**
 * octavo_window_common_show_error:
 * @window: a window
 * @heading: what did not work
 * @message: why, and what can be done
 *
 * Says what went wrong and waits until it was read.
 */
void
octavo_window_common_show_error (GtkWindow *window, const char *heading, const char *message)
{
  GtkWidget *dialog = adw_message_dialog_new (window, heading, message);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * octavo_window_common_show_about:
 * @window: a window
 *
 * Shows what the application is, and under which terms.
 */
void
octavo_window_common_show_about (GtkWindow *window)
{
  GtkWidget *about = adw_about_window_new ();

  g_object_set (about, "transient-for", window, "modal", TRUE, "application-name", _ ("Octavo"), "application-icon",
                APPLICATION_ID, "version", OCTAVO_VERSION, "developer-name", _ ("The Octavo developers"),
                "license-type", GTK_LICENSE_GPL_3_0, "comments",
                _ ("Notes in plain text, found as fast as you type, all in one file of your own."), NULL);
  gtk_window_present (GTK_WINDOW (about));
}

/**
 * octavo_window_common_show_shortcuts:
 * @window: a window
 *
 * Shows every key.
 */
void
octavo_window_common_show_shortcuts (GtkWindow *window)
{
  GtkWidget *shortcuts = octavo_actions_make_shortcuts_window ();

  gtk_window_set_transient_for (GTK_WINDOW (shortcuts), window);
  gtk_window_present (GTK_WINDOW (shortcuts));
}

static void
on_move_file (GtkWindow *window, const char *path)
{
  GtkApplication *application = gtk_window_get_application (window);

  g_action_group_activate_action (G_ACTION_GROUP (application), "move-file", g_variant_new_bytestring (path));
}

/**
 * octavo_window_common_show_preferences:
 * @window: a window
 * @path: of the file that its notes are in
 *
 * Shows what can be chosen once and for all.
 */
void
octavo_window_common_show_preferences (GtkWindow *window, const char *path)
{
  GtkApplication *application = gtk_window_get_application (window);
  OctavoPreferences *preferences = octavo_preferences_new (path);

  octavo_preferences_set_can_move (preferences,
                                   application != NULL &&
                                       g_action_group_get_action_enabled (G_ACTION_GROUP (application), "move-file"));
  g_signal_connect_object (preferences, "move-file", G_CALLBACK (on_move_file), window, G_CONNECT_SWAPPED);
  octavo_transient_set_over (GTK_WINDOW (preferences), window);
  gtk_window_present (GTK_WINDOW (preferences));
}

/**
 * octavo_window_common_make_delete_dialog:
 * @window: a window
 * @title: of the note, where it is one
 * @n_notes: how many there are
 *
 * Makes the question whether notes are to be deleted for ever; yes is the response "delete".
 *
 * Returns: (transfer none): an #AdwMessageDialog that is not shown yet, owned by GTK
 */
GtkWidget *
octavo_window_common_make_delete_dialog (GtkWindow *window, const char *title, guint n_notes)
{
  const char *shown = title[0] != '\0' ? title : _ ("Untitled");
  g_autofree char *body = NULL;
  GtkWidget *dialog;

  body =
      n_notes == 1
          ? g_strdup_printf (_ ("“%s” can be brought back for a day, from Recent Changes. Then it is gone."), shown)
          : g_strdup_printf (
                ngettext ("%'u note can be brought back for a day, from Recent Changes. Then it is gone.",
                          "%'u notes can be brought back for a day, from Recent Changes. Then they are gone.", n_notes),
                n_notes);
  dialog =
      adw_message_dialog_new (window, ngettext ("Delete This Note for Ever?", "Delete These Notes for Ever?", n_notes),
                              body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "delete",
                                    _ ("_Delete for Ever"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  return dialog;
}

/* What the dialog is about, while it is there. */
typedef struct
{
  GtkWindow *window;
  OctavoEditor *editor;
} Question;

static void
question_free (gpointer data, GClosure *closure)
{
  Question *question = data;

  g_object_unref (question->window);
  g_object_unref (question->editor);
  g_free (question);
}

static gboolean
destroy_window (gpointer window)
{
  gtk_window_destroy (window);
  return G_SOURCE_REMOVE;
}

static void
on_unsaved_answered (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Question *question = user_data;

  if (g_strcmp0 (response, "copy") == 0)
    {
      g_autofree char *title = NULL;
      g_autofree char *text = octavo_editor_dup_unsaved (question->editor, &title);

      octavo_save_copy (question->window, title, text);
    }
  /* Once the dialog is gone, which still has to do with the window that it belongs to. */
  else if (g_strcmp0 (response, "close") == 0)
    g_idle_add_full (G_PRIORITY_DEFAULT, destroy_window, g_object_ref (question->window), g_object_unref);
}

/* is_safe: whether what was typed is kept by other windows. error: why it cannot be saved */
static void
ask_about_unsaved (GtkWindow *window, OctavoEditor *editor, gboolean is_safe, const GError *error)
{
  GtkWidget *dialog = adw_message_dialog_new (window, _ ("The Note Could Not Be Saved"), NULL);
  Question *question = g_new0 (Question, 1);

  question->window = g_object_ref (window);
  question->editor = g_object_ref (editor);
  adw_message_dialog_format_body (
      ADW_MESSAGE_DIALOG (dialog),
      is_safe ? _ ("%s\n\nKeep the window open and try again, or save a copy of the note in another place. "
                   "If you close the window, what you typed is kept, and saved as soon as that works, while another "
                   "window is open.")
              : _ ("%s\n\nKeep the window open and try again, or save a copy of the note in another place. "
                   "If you close the window, what you typed since the last save is put into a file of its own, where "
                   "there is room for that, and comes back when Octavo is opened again."),
      error->message);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Keep Open"), "copy",
                                    _ ("_Save a Copy…"), "close", _ ("_Close Anyway"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "copy", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "close", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_unsaved_answered), question, question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * octavo_window_common_may_close:
 * @window: a window that is to close
 * @editor: what shows its note
 * @buffers: the notes that are open, which all windows share
 *
 * Saves what was typed, such that the window may be closed, and asks what to do where that does not work. Blocks.
 *
 * Returns: whether all of it is safe
 */
gboolean
octavo_window_common_may_close (GtkWindow *window, OctavoEditor *editor, OctavoNoteBuffers *buffers)
{
  g_autoptr (GError) error = NULL;

  if (octavo_editor_flush (editor, &error))
    return TRUE;
  ask_about_unsaved (window, editor, octavo_note_buffers_get_n_viewers (buffers) > 1, error);
  return FALSE;
}
