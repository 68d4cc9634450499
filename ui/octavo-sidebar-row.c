/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-sidebar-row.h"

/* What is shown follows the item by the expressions of the template; here is what expressions cannot say: the name
 * that a screen reader reads, and the line above a section. */
struct _OctavoSidebarRow
{
  GtkBox parent_instance;

  OctavoSidebarItem *item;
  GSignalGroup *signals;
};

enum
{
  PROP_0,
  PROP_ITEM,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (OctavoSidebarRow, octavo_sidebar_row, GTK_TYPE_BOX)

static void
octavo_sidebar_row_update_accessible (OctavoSidebarRow *self)
{
  GtkWidget *row = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *description = NULL;
  gint64 count;

  if (row == NULL || self->item == NULL)
    return;

  count = MAX (octavo_sidebar_item_get_count (self->item), 0);
  description =
      g_strdup_printf (ngettext ("%" G_GINT64_FORMAT " note", "%" G_GINT64_FORMAT " notes", (gulong) count), count);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  octavo_sidebar_item_get_name (self->item), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description, -1);
}

static void
octavo_sidebar_row_update_section (OctavoSidebarRow *self)
{
  GtkWidget *row = gtk_widget_get_parent (GTK_WIDGET (self));

  if (row == NULL || self->item == NULL)
    return;

  if (octavo_sidebar_item_get_first_of_section (self->item))
    gtk_widget_add_css_class (row, "first-of-section");
  else
    gtk_widget_remove_css_class (row, "first-of-section");
}

static void
octavo_sidebar_row_dispose (GObject *object)
{
  OctavoSidebarRow *self = OCTAVO_SIDEBAR_ROW (object);

  g_signal_group_set_target (self->signals, NULL);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (octavo_sidebar_row_parent_class)->dispose (object);
}

static void
octavo_sidebar_row_finalize (GObject *object)
{
  OctavoSidebarRow *self = OCTAVO_SIDEBAR_ROW (object);

  g_clear_object (&self->signals);

  G_OBJECT_CLASS (octavo_sidebar_row_parent_class)->finalize (object);
}

static void
octavo_sidebar_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  OctavoSidebarRow *self = OCTAVO_SIDEBAR_ROW (object);

  switch (prop_id)
    {
    case PROP_ITEM:
      g_value_set_object (value, self->item);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
octavo_sidebar_row_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  OctavoSidebarRow *self = OCTAVO_SIDEBAR_ROW (object);

  switch (prop_id)
    {
    case PROP_ITEM:
      octavo_sidebar_row_set_item (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
octavo_sidebar_row_class_init (OctavoSidebarRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = octavo_sidebar_row_dispose;
  object_class->finalize = octavo_sidebar_row_finalize;
  object_class->get_property = octavo_sidebar_row_get_property;
  object_class->set_property = octavo_sidebar_row_set_property;

  properties[PROP_ITEM] = g_param_spec_object ("item", NULL, NULL, OCTAVO_TYPE_SIDEBAR_ITEM,
                                               G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (OCTAVO_TYPE_SIDEBAR_ITEM);
  gtk_widget_class_set_template_from_resource (widget_class, APPLICATION_PATH "/ui/octavo-sidebar-row.ui");
}

static void
octavo_sidebar_row_init (OctavoSidebarRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->signals = g_signal_group_new (OCTAVO_TYPE_SIDEBAR_ITEM);
  g_signal_group_connect_swapped (self->signals, "notify::name", G_CALLBACK (octavo_sidebar_row_update_accessible),
                                  self);
  g_signal_group_connect_swapped (self->signals, "notify::count", G_CALLBACK (octavo_sidebar_row_update_accessible),
                                  self);
  g_signal_group_connect_swapped (self->signals, "notify::first-of-section",
                                  G_CALLBACK (octavo_sidebar_row_update_section), self);
}

/**
 * octavo_sidebar_row_new:
 *
 * Makes a row that shows no place yet.
 *
 * Returns: (transfer floating): the widget
 */
GtkWidget *
octavo_sidebar_row_new (void)
{
  return g_object_new (OCTAVO_TYPE_SIDEBAR_ROW, NULL);
}

/**
 * octavo_sidebar_row_get_item:
 *
 * Returns: (transfer none) (nullable): the place it shows
 */
OctavoSidebarItem *
octavo_sidebar_row_get_item (OctavoSidebarRow *self)
{
  g_return_val_if_fail (OCTAVO_IS_SIDEBAR_ROW (self), NULL);

  return self->item;
}

/**
 * octavo_sidebar_row_set_item:
 * @item: (nullable): the place to show
 *
 * Shows a place, and names the list's row after it: the row has to be the widget's parent by then.
 */
void
octavo_sidebar_row_set_item (OctavoSidebarRow *self, OctavoSidebarItem *item)
{
  g_return_if_fail (OCTAVO_IS_SIDEBAR_ROW (self));

  if (!g_set_object (&self->item, item))
    return;

  g_signal_group_set_target (self->signals, item);
  octavo_sidebar_row_update_accessible (self);
  octavo_sidebar_row_update_section (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ITEM]);
}
