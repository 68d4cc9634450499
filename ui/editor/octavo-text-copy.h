/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A large text as a string that is at hand at any time. */
typedef struct _OctavoTextCopy OctavoTextCopy;

OctavoTextCopy                *octavo_text_copy_new (GtkTextBuffer *buffer, guint part_size) G_GNUC_WARN_UNUSED_RESULT;
void                           octavo_text_copy_free (OctavoTextCopy *self);

void                           octavo_text_copy_edited (OctavoTextCopy *self, guint first, guint last);
gboolean                       octavo_text_copy_is_done (OctavoTextCopy *self);
char                          *octavo_text_copy_dup_text (OctavoTextCopy *self);

G_END_DECLS
