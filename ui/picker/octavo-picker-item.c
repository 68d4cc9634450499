/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-picker-item.h"

struct _OctavoPickerItem
{
  GObject parent_instance;

  char *title;
  char *detail;
  char *keys;
  GVariant *value;
};

G_DEFINE_FINAL_TYPE (OctavoPickerItem, octavo_picker_item, G_TYPE_OBJECT)

static void
octavo_picker_item_finalize (GObject *object)
{
  OctavoPickerItem *self = OCTAVO_PICKER_ITEM (object);

  g_free (self->title);
  g_free (self->detail);
  g_free (self->keys);
  g_clear_pointer (&self->value, g_variant_unref);

  G_OBJECT_CLASS (octavo_picker_item_parent_class)->finalize (object);
}

static void
octavo_picker_item_class_init (OctavoPickerItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = octavo_picker_item_finalize;
}

static void
octavo_picker_item_init (OctavoPickerItem *self)
{
}

/**
 * octavo_picker_item_new:
 * @title: what it is called
 * @detail: (nullable): what else there is to say
 * @keys: (nullable): the keys that do the same, as a person reads them
 * @value: (nullable): what it means; a floating one is sunk
 *
 * Returns: (transfer full): an item
 */
OctavoPickerItem *
octavo_picker_item_new (const char *title, const char *detail, const char *keys, GVariant *value)
{
  OctavoPickerItem *self;

  g_return_val_if_fail (title != NULL, NULL);

  self = g_object_new (OCTAVO_TYPE_PICKER_ITEM, NULL);
  self->title = g_strdup (title);
  self->detail = g_strdup (detail);
  self->keys = g_strdup (keys);
  self->value = value != NULL ? g_variant_ref_sink (value) : NULL;
  return self;
}

/**
 * octavo_picker_item_get_title:
 * @self: an item
 *
 * Returns: (transfer none): what it is called
 */
const char *
octavo_picker_item_get_title (OctavoPickerItem *self)
{
  g_return_val_if_fail (OCTAVO_IS_PICKER_ITEM (self), NULL);
  return self->title;
}

/**
 * octavo_picker_item_get_detail:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): what else there is to say
 */
const char *
octavo_picker_item_get_detail (OctavoPickerItem *self)
{
  g_return_val_if_fail (OCTAVO_IS_PICKER_ITEM (self), NULL);
  return self->detail;
}

/**
 * octavo_picker_item_get_keys:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): the keys that do the same
 */
const char *
octavo_picker_item_get_keys (OctavoPickerItem *self)
{
  g_return_val_if_fail (OCTAVO_IS_PICKER_ITEM (self), NULL);
  return self->keys;
}

/**
 * octavo_picker_item_get_value:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): what it means to who offers it
 */
GVariant *
octavo_picker_item_get_value (OctavoPickerItem *self)
{
  g_return_val_if_fail (OCTAVO_IS_PICKER_ITEM (self), NULL);
  return self->value;
}
