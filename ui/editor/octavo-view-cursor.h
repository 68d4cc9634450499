/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The cursor that a view has of its own in a text that several views show. */
typedef struct
{
  GtkTextView   *view;
  GtkTextBuffer *buffer; /* that it has marks in; NULL for none */
  GtkTextMark   *insert;
  GtkTextMark   *bound;
} OctavoViewCursor;

void         octavo_view_cursor_init (OctavoViewCursor *self, GtkTextView *view);
void         octavo_view_cursor_set_buffer (OctavoViewCursor *self, GtkTextBuffer *buffer);
void         octavo_view_cursor_claim (OctavoViewCursor *self);

GtkTextView *octavo_view_cursor_get_last_view (GtkTextBuffer *buffer);

G_END_DECLS
