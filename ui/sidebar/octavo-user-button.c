/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-user-badge.h"
#include "octavo-user-button.h"
#include "octavo-user-popover.h"

#define WIDTH 400 /* pixels: all that a sidebar has for it */

struct _OctavoUserButton
{
  GtkWidget parent_instance;

  OctavoUserRepository *users;
  gint64 user_id;
  gboolean everyone;

  GtkWidget *button;
  GtkWidget *badge;
  GtkWidget *icon; /* of everyone */
  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (OctavoUserButton, octavo_user_button, GTK_TYPE_WIDGET)

/* Each time anew: it is rarely opened, and shows the users as they are then. */
static void
octavo_user_button_make_popover (GtkMenuButton *button, gpointer user_data)
{
  OctavoUserButton *self = user_data;

  gtk_menu_button_set_popover (button, octavo_user_popover_new (self->users, self->user_id, self->everyone));
}

/* It has the room of the title, which a header bar gives as much of as it asks for, where there is so much; the button
 * stands where that begins. */
static void
octavo_user_button_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  gtk_widget_measure (OCTAVO_USER_BUTTON (widget)->button, orientation, for_size, minimum, natural, minimum_baseline,
                      natural_baseline);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MAX (*minimum, WIDTH);
}

static void
octavo_user_button_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_allocate (OCTAVO_USER_BUTTON (widget)->button, width, height, baseline, NULL);
}

static void
octavo_user_button_dispose (GObject *object)
{
  OctavoUserButton *self = OCTAVO_USER_BUTTON (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_object (&self->users);

  G_OBJECT_CLASS (octavo_user_button_parent_class)->dispose (object);
}

static void
octavo_user_button_class_init (OctavoUserButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = octavo_user_button_dispose;
  widget_class->measure = octavo_user_button_measure;
  widget_class->size_allocate = octavo_user_button_allocate;
}

static void
octavo_user_button_init (OctavoUserButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->badge = octavo_user_badge_new ();
  gtk_box_append (GTK_BOX (box), self->badge);
  self->icon = gtk_image_new ();
  gtk_widget_set_visible (self->icon, FALSE);
  gtk_box_append (GTK_BOX (box), self->icon);
  self->label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), self->label);

  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), box);
  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (self->button), TRUE);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->button), octavo_user_button_make_popover, self, NULL);
  gtk_widget_add_css_class (self->button, "octavo-user");
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  gtk_widget_set_halign (self->button, GTK_ALIGN_START);
}

/**
 * octavo_user_button_new:
 * @users: the users of the file
 *
 * Makes a button that shows nobody yet. Its menu is made when it is opened.
 *
 * Returns: (transfer floating): the button
 */
GtkWidget *
octavo_user_button_new (OctavoUserRepository *users)
{
  OctavoUserButton *self;

  g_return_val_if_fail (OCTAVO_IS_USER_REPOSITORY (users), NULL);

  self = g_object_new (OCTAVO_TYPE_USER_BUTTON, NULL);
  self->users = g_object_ref (users);
  return GTK_WIDGET (self);
}

/**
 * octavo_user_button_show:
 * @user_id: the user who writes
 * @everyone: whether the notes of all are shown
 *
 * Says whose notes are shown.
 */
void
octavo_user_button_show (OctavoUserButton *self, gint64 user_id, gboolean everyone)
{
  OctavoUser *user;
  const char *name;
  g_autofree char *label = NULL;

  g_return_if_fail (OCTAVO_IS_USER_BUTTON (self));

  user = octavo_user_repository_get (self->users, user_id);
  self->user_id = user_id;
  self->everyone = everyone;
  if (user != NULL)
    octavo_user_badge_set (OCTAVO_USER_BADGE (self->badge), octavo_user_get_name (user), octavo_user_get_color (user),
                           user_id);
  if (everyone)
    gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), "system-users-symbolic");
  gtk_widget_set_visible (self->badge, !everyone);
  gtk_widget_set_visible (self->icon, everyone);

  name = everyone || user == NULL ? _ ("Everyone") : octavo_user_get_name (user);
  gtk_label_set_label (GTK_LABEL (self->label), name);
  /* Translators: name of the button that says whose notes are shown. */
  label = g_strdup_printf (_ ("User: %s"), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_tooltip_text (self->button, label);
}

/**
 * octavo_user_button_popdown:
 *
 * Closes the menu of users.
 */
void
octavo_user_button_popdown (OctavoUserButton *self)
{
  g_return_if_fail (OCTAVO_IS_USER_BUTTON (self));

  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
}
