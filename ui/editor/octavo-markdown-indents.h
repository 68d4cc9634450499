/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Lets the further rows of an item or a quote begin where its text does, and not below its mark. */
typedef struct _OctavoMarkdownIndents OctavoMarkdownIndents;

OctavoMarkdownIndents                *octavo_markdown_indents_new (GtkTextBuffer *buffer) G_GNUC_WARN_UNUSED_RESULT;
void                                  octavo_markdown_indents_free (OctavoMarkdownIndents *self);

void                                  octavo_markdown_indents_measure (OctavoMarkdownIndents *self, GtkTextView *view);
void                                  octavo_markdown_indents_show (OctavoMarkdownIndents *self,
                                                                    const GtkTextIter     *line,
                                                                    const GtkTextIter     *line_end,
                                                                    guint                  content);

G_END_DECLS
