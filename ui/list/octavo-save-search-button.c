/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include "octavo-save-search-button.h"

#include <glib/gi18n-lib.h>

struct _OctavoSaveSearchButton
{
  GtkWidget parent_instance;

  GtkEditable *entry; /* weak: what it stands beside */
  GtkWidget *button;
};

G_DEFINE_FINAL_TYPE (OctavoSaveSearchButton, octavo_save_search_button, GTK_TYPE_WIDGET)

enum
{
  PROP_ENTRY = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
on_typed (OctavoSaveSearchButton *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), gtk_editable_get_text (self->entry)[0] != '\0');
}

static void
octavo_save_search_button_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  OctavoSaveSearchButton *self = OCTAVO_SAVE_SEARCH_BUTTON (object);

  if (property_id != PROP_ENTRY)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      return;
    }
  g_set_weak_pointer (&self->entry, g_value_get_object (value));
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (on_typed), self, G_CONNECT_SWAPPED);
  on_typed (self);
}

static void
octavo_save_search_button_dispose (GObject *object)
{
  OctavoSaveSearchButton *self = OCTAVO_SAVE_SEARCH_BUTTON (object);

  g_clear_weak_pointer (&self->entry);
  g_clear_pointer (&self->button, gtk_widget_unparent);

  G_OBJECT_CLASS (octavo_save_search_button_parent_class)->dispose (object);
}

static void
octavo_save_search_button_class_init (OctavoSaveSearchButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = octavo_save_search_button_set_property;
  object_class->dispose = octavo_save_search_button_dispose;

  properties[PROP_ENTRY] = g_param_spec_object ("entry", NULL, NULL, GTK_TYPE_EDITABLE,
                                                G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
octavo_save_search_button_init (OctavoSaveSearchButton *self)
{
  self->button = gtk_button_new_from_icon_name ("bookmark-new-symbolic");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "win.save-search");
  gtk_widget_set_tooltip_text (self->button, _ ("Save this search"));
  gtk_widget_add_css_class (self->button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Save this search"),
                                  -1);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}
