/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-user-drop-down.h"

/**
 * octavo_user_drop_down_new:
 * @users: the users of the file
 * @without_id: who is not offered; 0: all are
 * @label: what a screen reader calls it
 *
 * Offers the users as they are now, the first one first.
 *
 * Returns: (transfer floating): the widget
 */
GtkWidget *
octavo_user_drop_down_new (OctavoUserRepository *users, gint64 without_id, const char *label)
{
  g_autoptr (GPtrArray) all = NULL;
  GListStore *offered;
  GtkWidget *drop_down;

  g_return_val_if_fail (OCTAVO_IS_USER_REPOSITORY (users), NULL);
  g_return_val_if_fail (label != NULL, NULL);

  all = octavo_user_repository_list_by_age (users);
  offered = g_list_store_new (OCTAVO_TYPE_USER);
  for (guint i = 0; i < all->len; i++)
    if (octavo_user_get_id (all->pdata[i]) != without_id)
      g_list_store_append (offered, all->pdata[i]);
  drop_down = gtk_drop_down_new (G_LIST_MODEL (offered), gtk_property_expression_new (OCTAVO_TYPE_USER, NULL, "name"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  /* GTK names the button inside after all that could stand on it. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (drop_down)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return drop_down;
}

/**
 * octavo_user_drop_down_get_id:
 * @drop_down: of octavo_user_drop_down_new()
 *
 * Returns: the id of the user who is chosen; 0 where there is none to choose
 */
gint64
octavo_user_drop_down_get_id (GtkWidget *drop_down)
{
  OctavoUser *user;

  g_return_val_if_fail (GTK_IS_DROP_DOWN (drop_down), 0);

  user = gtk_drop_down_get_selected_item (GTK_DROP_DOWN (drop_down));
  return user != NULL ? octavo_user_get_id (user) : 0;
}
