/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-picker.h"
#include "octavo-store.h"

G_BEGIN_DECLS

/* Gives several notes a tag, or takes one off. Signal "picked-tag" (const char *tag, gboolean add). */
#define OCTAVO_TYPE_TAG_PICKER (octavo_tag_picker_get_type ())
G_DECLARE_FINAL_TYPE (OctavoTagPicker, octavo_tag_picker, OCTAVO, TAG_PICKER, OctavoPicker)

OctavoTagPicker *octavo_tag_picker_new (OctavoStore *store, GArray *ids); /* (element-type gint64) */
const GArray    *octavo_tag_picker_get_ids (OctavoTagPicker *self);
void             octavo_tag_picker_present (OctavoTagPicker *self, GtkWindow *over);

G_END_DECLS
