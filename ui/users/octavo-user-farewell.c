/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-user-drop-down.h"
#include "octavo-user-farewell.h"

/* A note belongs to somebody, also in the trash: so it is always asked who gets the notes, and then where they go. */
struct _OctavoUserFarewell
{
  AdwMessageDialog parent_instance;

  GtkWidget *heir;
  GtkWidget *trash; /* (nullable): there are notes that could go there */
};

G_DEFINE_FINAL_TYPE (OctavoUserFarewell, octavo_user_farewell, ADW_TYPE_MESSAGE_DIALOG)

static guint decided_signal;

static void
octavo_user_farewell_response (AdwMessageDialog *dialog, const char *response)
{
  OctavoUserFarewell *self = OCTAVO_USER_FAREWELL (dialog);

  if (g_strcmp0 (response, "delete") == 0)
    g_signal_emit (self, decided_signal, 0, octavo_user_drop_down_get_id (self->heir),
                   self->trash != NULL && gtk_check_button_get_active (GTK_CHECK_BUTTON (self->trash)));
}

static void
octavo_user_farewell_class_init (OctavoUserFarewellClass *klass)
{
  ADW_MESSAGE_DIALOG_CLASS (klass)->response = octavo_user_farewell_response;

  decided_signal = g_signal_new ("decided", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_BOOLEAN);
}

static void
octavo_user_farewell_init (OctavoUserFarewell *self)
{
}

/* (transfer full) */
static char *
describe (const char *name, gint64 n_notes, gint64 n_trashed)
{
  g_autofree char *notes = NULL;
  g_autofree char *trashed = NULL;

  if (n_notes == 0)
    return g_strdup_printf (_ ("%s has no notes."), name);

  /* Translators: the name of a user, and how many notes there are. */
  notes = g_strdup_printf (ngettext ("%s has %'u note.", "%s has %'u notes.", (gulong) n_notes), name, (guint) n_notes);
  if (n_trashed == 0)
    return g_steal_pointer (&notes);
  trashed =
      g_strdup_printf (ngettext ("%'u of them is in the trash.", "%'u of them are in the trash.", (gulong) n_trashed),
                       (guint) n_trashed);
  return g_strdup_printf ("%s %s", notes, trashed);
}

static GtkWidget *
make_question (OctavoUserFarewell *self, gboolean has_notes, gboolean has_more)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_box_append (GTK_BOX (line), gtk_label_new (_ ("Give the notes to")));
  gtk_widget_set_hexpand (self->heir, TRUE);
  gtk_box_append (GTK_BOX (line), self->heir);
  gtk_box_append (GTK_BOX (box), line);
  if (has_more)
    {
      self->trash = gtk_check_button_new_with_label (_ ("Put them into the trash there"));
      gtk_box_append (GTK_BOX (box), self->trash);
    }
  gtk_widget_set_visible (box, has_notes);
  return box;
}

/**
 * octavo_user_farewell_new:
 * @users: the users of the file, two at least
 * @user: who is to be deleted
 * @n_notes: how many notes the user has
 * @n_trashed: how many of them are in the trash
 *
 * Makes the question. To be presented over a window.
 *
 * Returns: (transfer none): the dialog, owned by GTK
 */
GtkWidget *
octavo_user_farewell_new (OctavoUserRepository *users, OctavoUser *user, gint64 n_notes, gint64 n_trashed)
{
  OctavoUserFarewell *self;
  AdwMessageDialog *dialog;
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;

  g_return_val_if_fail (OCTAVO_IS_USER_REPOSITORY (users), NULL);
  g_return_val_if_fail (OCTAVO_IS_USER (user), NULL);

  self = g_object_new (OCTAVO_TYPE_USER_FAREWELL, "modal", TRUE, NULL);
  dialog = ADW_MESSAGE_DIALOG (self);
  heading = g_strdup_printf (_ ("Delete the User “%s”?"), octavo_user_get_name (user));
  body = describe (octavo_user_get_name (user), n_notes, n_trashed);
  adw_message_dialog_set_heading (dialog, heading);
  adw_message_dialog_set_body (dialog, body);
  self->heir = octavo_user_drop_down_new (users, octavo_user_get_id (user), _ ("Give the notes to"));
  adw_message_dialog_set_extra_child (dialog, make_question (self, n_notes > 0, n_notes > n_trashed));
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "delete", _ ("_Delete User"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  return GTK_WIDGET (self);
}
