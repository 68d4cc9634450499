/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One of the things that an OctavoPicker offers; immutable. */
#define OCTAVO_TYPE_PICKER_ITEM (octavo_picker_item_get_type ())
G_DECLARE_FINAL_TYPE (OctavoPickerItem, octavo_picker_item, OCTAVO, PICKER_ITEM, GObject)

/* detail, keys (nullable): what is shown dimmed beside the title. value (nullable): what it means to who offers it. */
OctavoPickerItem *octavo_picker_item_new (const char *title, const char *detail, const char *keys, GVariant *value)
    G_GNUC_WARN_UNUSED_RESULT;

const char *octavo_picker_item_get_title (OctavoPickerItem *self);
const char *octavo_picker_item_get_detail (OctavoPickerItem *self); /* (nullable) */
const char *octavo_picker_item_get_keys (OctavoPickerItem *self);   /* (nullable) */
GVariant   *octavo_picker_item_get_value (OctavoPickerItem *self);  /* (nullable) (transfer none) */

G_END_DECLS
