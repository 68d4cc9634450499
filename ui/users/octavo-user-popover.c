/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-user-badge.h"
#include "octavo-user-popover.h"

#define N_KEYS 9 /* users that have a key */

struct _OctavoUserPopover
{
  GtkPopover parent_instance;

  OctavoUserRepository *users;
  gint64 user_id;
  gboolean everyone;

  GtkListBox *list;
  GtkListBoxRow *current;
  GtkButton *edit_button;
  GtkButton *delete_button;
};

G_DEFINE_FINAL_TYPE (OctavoUserPopover, octavo_user_popover, GTK_TYPE_POPOVER)

static void
append_key (GtkBox *box, GtkWidget *row, guint number)
{
  g_autofree char *key = NULL;
  GtkWidget *label;

  if (number < 1 || number > N_KEYS)
    return;

  key = gtk_accelerator_get_label (GDK_KEY_0 + number, GDK_CONTROL_MASK | GDK_ALT_MASK);
  label = gtk_label_new (key);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (box, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, key, -1);
}

/* number: as the action has it; 0 is everyone. */
static void
octavo_user_popover_append (OctavoUserPopover *self, guint number, const char *name, GtkWidget *icon, gboolean current)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *tick = gtk_image_new_from_icon_name ("object-select-symbolic");
  g_autofree char *action = g_strdup_printf ("win.switch-user(%u)", number);

  gtk_box_append (GTK_BOX (box), icon);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  append_key (GTK_BOX (box), row, number);
  gtk_widget_set_opacity (tick, current ? 1 : 0);
  gtk_box_append (GTK_BOX (box), tick);

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (row), action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_CHECKED,
                               current ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
  gtk_list_box_append (self->list, row);
  if (current)
    self->current = GTK_LIST_BOX_ROW (row);
}

static void
set_label (GtkButton *button, const char *label)
{
  gtk_label_set_label (GTK_LABEL (gtk_button_get_child (button)), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* What is done to a user is done to the one who writes. */
static void
octavo_user_popover_name_buttons (OctavoUserPopover *self)
{
  OctavoUser *user = octavo_user_repository_get (self->users, self->user_id);
  const char *name = user != NULL ? octavo_user_get_name (user) : "";
  /* Translators: the name of a user. */
  g_autofree char *edit = g_strdup_printf (_ ("Edit “%s”…"), name);
  /* Translators: the name of a user. */
  g_autofree char *delete = g_strdup_printf (_ ("Delete “%s”…"), name);

  gtk_widget_set_visible (GTK_WIDGET (self->edit_button), user != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->delete_button), user != NULL);
  set_label (self->edit_button, edit);
  set_label (self->delete_button, delete);
}

static void
octavo_user_popover_fill (OctavoUserPopover *self)
{
  g_autoptr (GPtrArray) users = octavo_user_repository_list_by_age (self->users);
  GtkWidget *row;

  self->current = NULL;
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < users->len; i++)
    {
      OctavoUser *each = users->pdata[i];
      gint64 id = octavo_user_get_id (each);
      GtkWidget *badge = octavo_user_badge_new ();

      octavo_user_badge_set (OCTAVO_USER_BADGE (badge), octavo_user_get_name (each), octavo_user_get_color (each), id);
      octavo_user_popover_append (self, i + 1, octavo_user_get_name (each), badge,
                                  id == self->user_id && !self->everyone);
    }
  if (users->len > 1)
    {
      GtkWidget *icon = gtk_image_new_from_icon_name ("system-users-symbolic");

      gtk_widget_set_size_request (icon, 24, 24);
      octavo_user_popover_append (self, 0, _ ("Everyone"), icon, self->everyone);
    }
  octavo_user_popover_name_buttons (self);
}

static void
octavo_user_popover_map (GtkWidget *widget)
{
  OctavoUserPopover *self = OCTAVO_USER_POPOVER (widget);

  GTK_WIDGET_CLASS (octavo_user_popover_parent_class)->map (widget);

  if (self->current != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->current));
}

static void
octavo_user_popover_dispose (GObject *object)
{
  OctavoUserPopover *self = OCTAVO_USER_POPOVER (object);

  g_clear_object (&self->users);

  G_OBJECT_CLASS (octavo_user_popover_parent_class)->dispose (object);
}

static void
octavo_user_popover_class_init (OctavoUserPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = octavo_user_popover_dispose;
  widget_class->map = octavo_user_popover_map;

  gtk_widget_class_set_template_from_resource (widget_class, APPLICATION_PATH "/ui/octavo-user-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, OctavoUserPopover, list);
  gtk_widget_class_bind_template_child (widget_class, OctavoUserPopover, edit_button);
  gtk_widget_class_bind_template_child (widget_class, OctavoUserPopover, delete_button);
  gtk_widget_class_bind_template_callback (widget_class, gtk_popover_popdown);
}

static void
octavo_user_popover_init (OctavoUserPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * octavo_user_popover_new:
 * @users: the users of the file
 * @user_id: the user who writes
 * @everyone: whether the notes of all are shown
 *
 * Makes the menu, which follows the users while it is open.
 *
 * Returns: (transfer floating): the menu
 */
GtkWidget *
octavo_user_popover_new (OctavoUserRepository *users, gint64 user_id, gboolean everyone)
{
  OctavoUserPopover *self;

  g_return_val_if_fail (OCTAVO_IS_USER_REPOSITORY (users), NULL);

  self = g_object_new (OCTAVO_TYPE_USER_POPOVER, NULL);
  self->users = g_object_ref (users);
  self->user_id = user_id;
  self->everyone = everyone;
  g_signal_connect_object (users, "changed", G_CALLBACK (octavo_user_popover_fill), self, G_CONNECT_SWAPPED);
  octavo_user_popover_fill (self);
  return GTK_WIDGET (self);
}
