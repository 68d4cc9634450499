/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Draws what stands above the groups of a list. */
typedef struct _OctavoListHeaders OctavoListHeaders;

OctavoListHeaders                *octavo_list_headers_new (GtkWidget *view) G_GNUC_WARN_UNUSED_RESULT;
void                              octavo_list_headers_free (OctavoListHeaders *self);
void                              octavo_list_headers_restyle (OctavoListHeaders *self); /* the font may be another */
int                               octavo_list_headers_get_height (OctavoListHeaders *self);
void octavo_list_headers_draw (OctavoListHeaders *self, GtkSnapshot *snapshot, const char *label, double y);

G_END_DECLS
