/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo"

#include "octavo-config.h"

#include "octavo-stand-in.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/**
 * octavo_stand_in_new:
 * @application: the application it belongs to
 * @is_returning: whether they are written anew where they were
 *
 * Makes a window that says that the notes are moved, and cannot be closed by a button.
 *
 * Returns: (transfer none): the window, owned by GTK
 */
GtkWindow *
octavo_stand_in_new (GtkApplication *application, gboolean is_returning)
{
  GtkWidget *window = gtk_application_window_new (application);
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_title (ADW_STATUS_PAGE (page),
                             is_returning ? _ ("Writing the Notes Again") : _ ("Moving the Notes"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), _ ("They are copied, and the copy is checked."));
  gtk_window_set_title (GTK_WINDOW (window), _ ("Octavo"));
  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_set_deletable (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 480, 320);
  return GTK_WINDOW (window);
}

/**
 * octavo_stand_in_complain:
 * @over: the window that it is about
 * @heading: what did not happen
 * @message: why
 *
 * Says what went wrong, and waits until it was read.
 */
void
octavo_stand_in_complain (GtkWindow *over, const char *heading, const char *message)
{
  GtkWidget *dialog = adw_message_dialog_new (over, heading, message);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}
