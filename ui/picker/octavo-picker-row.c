/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-picker-row.h"

#define TITLE_WIDTH 104 /* pixels, at least */

struct _OctavoPickerRow
{
  GtkBox parent_instance;

  GtkWidget *title;
  GtkWidget *detail;
  GtkWidget *keys;
};

G_DEFINE_FINAL_TYPE (OctavoPickerRow, octavo_picker_row, GTK_TYPE_BOX)

static GtkWidget *
add_label (OctavoPickerRow *self, PangoEllipsizeMode ellipsize, gboolean is_dim)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "ellipsize", ellipsize, NULL);

  if (is_dim)
    {
      gtk_widget_add_css_class (label, "dim-label");
      gtk_widget_add_css_class (label, "caption");
    }
  gtk_box_append (GTK_BOX (self), label);
  return label;
}

static void
octavo_picker_row_class_init (OctavoPickerRowClass *klass)
{
}

static void
octavo_picker_row_init (OctavoPickerRow *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 12);
  /* where there is little room, the detail goes first, and then the title takes two lines */
  self->title = add_label (self, PANGO_ELLIPSIZE_END, FALSE);
  g_object_set (self->title, "hexpand", TRUE, "width-request", TITLE_WIDTH, "wrap", TRUE, "wrap-mode",
                PANGO_WRAP_WORD_CHAR, "lines", 2, "natural-wrap-mode", GTK_NATURAL_WRAP_NONE, NULL);
  self->detail = add_label (self, PANGO_ELLIPSIZE_END, TRUE);
  self->keys = add_label (self, PANGO_ELLIPSIZE_NONE, TRUE);
}

/**
 * octavo_picker_row_new:
 *
 * Returns: (transfer floating): a row that shows nothing yet
 */
GtkWidget *
octavo_picker_row_new (void)
{
  return g_object_new (OCTAVO_TYPE_PICKER_ROW, NULL);
}

static void
show_text (GtkWidget *label, const char *text)
{
  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL);
}

/**
 * octavo_picker_row_show:
 * @self: a row, in a list
 * @item: what to show
 *
 * Shows an item, and names the row of the list after it.
 */
void
octavo_picker_row_show (OctavoPickerRow *self, OctavoPickerItem *item)
{
  GtkWidget *row;
  const char *detail;
  const char *keys;
  g_autofree char *description = NULL;

  g_return_if_fail (OCTAVO_IS_PICKER_ROW (self) && OCTAVO_IS_PICKER_ITEM (item));

  detail = octavo_picker_item_get_detail (item);
  keys = octavo_picker_item_get_keys (item);
  show_text (self->title, octavo_picker_item_get_title (item));
  show_text (self->detail, detail);
  show_text (self->keys, keys);

  row = gtk_widget_get_parent (GTK_WIDGET (self));
  description = g_strjoin (detail != NULL && keys != NULL ? ", " : "", detail != NULL ? detail : "",
                           keys != NULL ? keys : "", NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  octavo_picker_item_get_title (item), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description,
                                  -1);
}
