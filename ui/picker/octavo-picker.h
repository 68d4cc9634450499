/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "octavo-picker-item.h"

G_BEGIN_DECLS

/* A small window over another: an entry, and what fits the text in it, the best first. Return takes the selected one,
 * the arrows select another, and the focus stays in the entry, whose description tells what is selected. It closes once
 * something was picked, and by Escape. */
#define OCTAVO_TYPE_PICKER (octavo_picker_get_type ())
G_DECLARE_DERIVABLE_TYPE (OctavoPicker, octavo_picker, OCTAVO, PICKER, AdwWindow)

struct _OctavoPickerClass
{
  AdwWindowClass parent_class;

  /* Another text is in the entry: answer it by octavo_picker_set_items(), now or later. */
  void (*text_changed) (OctavoPicker *self, const char *text);
  /* Something was chosen; the window is gone already, what it stood over has the focus again. */
  void (*picked) (OctavoPicker *self, OctavoPickerItem *item);
};

void octavo_picker_present (OctavoPicker *self, GtkWindow *over, const char *name, const char *placeholder);
void octavo_picker_set_items (OctavoPicker *self, GListModel *items, const char *when_empty);

G_END_DECLS
