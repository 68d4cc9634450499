/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include "octavo-editor-status.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* child: (nullable): what can be done about it */
static void
show_status (GtkStack *stack, const char *icon, const char *title, const char *description, GtkWidget *child)
{
  GtkWidget *status = gtk_stack_get_child_by_name (stack, "status");
  g_autofree char *escaped = g_markup_escape_text (description, -1);

  if (status == NULL)
    {
      status = adw_status_page_new ();
      gtk_stack_add_named (stack, status, "status");
    }
  g_object_set (status, "icon-name", icon, "title", title, "description", escaped, "child", child, NULL);
  gtk_stack_set_visible_child (stack, status);
}

/**
 * octavo_editor_status_show_none:
 * @stack: of the editor
 *
 * Says that no note is open.
 */
void
octavo_editor_status_show_none (GtkStack *stack)
{
  show_status (stack, "document-edit-symbolic", _ ("No note selected"),
               _ ("Choose a note in the list, or press Ctrl+N to write a new one."), NULL);
}

/**
 * octavo_editor_status_show_loading:
 * @stack: of the editor
 *
 * Says that a note is being read.
 */
void
octavo_editor_status_show_loading (GtkStack *stack)
{
  GtkWidget *spinner = gtk_stack_get_child_by_name (stack, "loading");

  if (spinner == NULL)
    {
      spinner = gtk_spinner_new ();
      g_object_set (spinner, "spinning", TRUE, "halign", GTK_ALIGN_CENTER, "valign", GTK_ALIGN_CENTER, "width-request",
                    32, "height-request", 32, NULL);
      gtk_accessible_update_property (GTK_ACCESSIBLE (spinner), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ ("The note is being read"), -1);
      gtk_stack_add_named (stack, spinner, "loading");
    }
  gtk_stack_set_visible_child (stack, spinner);
}

/**
 * octavo_editor_status_show_error:
 * @stack: of the editor
 * @error: why
 *
 * Says that a note could not be read, and offers to try again.
 */
void
octavo_editor_status_show_error (GtkStack *stack, const GError *error)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("Try _Again"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "editor.reload");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  show_status (stack, "dialog-warning-symbolic", _ ("This note cannot be shown"), error->message, button);
}
