/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _OctavoMarkdownDelimiters OctavoMarkdownDelimiters;

OctavoMarkdownDelimiters                *octavo_markdown_delimiters_new (const char *text,
                                                                         const char *start) G_GNUC_WARN_UNUSED_RESULT;
void                                     octavo_markdown_delimiters_free (OctavoMarkdownDelimiters *self);

guint                                    octavo_markdown_delimiters_get_n (OctavoMarkdownDelimiters *self);
const char *octavo_markdown_delimiters_add (OctavoMarkdownDelimiters *self, const char *run, const char *end);
void        octavo_markdown_delimiters_close (OctavoMarkdownDelimiters *self, guint from, GArray *spans);

G_END_DECLS
