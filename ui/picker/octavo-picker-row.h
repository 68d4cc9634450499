/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "octavo-picker-item.h"

G_BEGIN_DECLS

/* How an OctavoPicker shows an item. */
#define OCTAVO_TYPE_PICKER_ROW (octavo_picker_row_get_type ())
G_DECLARE_FINAL_TYPE (OctavoPickerRow, octavo_picker_row, OCTAVO, PICKER_ROW, GtkBox)

GtkWidget *octavo_picker_row_new (void);
void       octavo_picker_row_show (OctavoPickerRow *self, OctavoPickerItem *item);

G_END_DECLS
