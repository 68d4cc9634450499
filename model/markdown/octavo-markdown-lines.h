/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-markdown-line.h"

G_BEGIN_DECLS

/* What is known of the lines of a text that is being edited. */
typedef struct _OctavoMarkdownLines OctavoMarkdownLines;

/* Gives a line of the text, without what ends it (transfer full), and its length in bytes. */
typedef char *(*OctavoMarkdownRead) (guint line, gsize *size, gpointer user_data);

/* A paragraph of more lines than this is read line by line. */
#define OCTAVO_MARKDOWN_MAX_LEAF_LINES 256

OctavoMarkdownLines *octavo_markdown_lines_new (OctavoMarkdownRead read, gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
void                 octavo_markdown_lines_free (OctavoMarkdownLines *self);

guint                octavo_markdown_lines_get_n_lines (OctavoMarkdownLines *self);
void                 octavo_markdown_lines_load (OctavoMarkdownLines *self, guint n_lines);
void                octavo_markdown_lines_edit (OctavoMarkdownLines *self, guint first, guint n_removed, guint n_added);

gboolean            octavo_markdown_lines_advance (OctavoMarkdownLines *self, guint until, gint64 deadline);
guint               octavo_markdown_lines_get_n_known (OctavoMarkdownLines *self);
gboolean            octavo_markdown_lines_find_stale (OctavoMarkdownLines *self, guint first, guint end, guint *line);
gboolean            octavo_markdown_lines_is_bare (OctavoMarkdownLines *self, guint line);
gboolean            octavo_markdown_lines_is_stale (OctavoMarkdownLines *self, guint line);
void                octavo_markdown_lines_set_fresh (OctavoMarkdownLines *self, guint line);

gboolean            octavo_markdown_lines_is_spelled (OctavoMarkdownLines *self, guint line);
void                octavo_markdown_lines_set_spelled (OctavoMarkdownLines *self, guint line, gboolean is_spelled);
void                octavo_markdown_lines_forget_spelled (OctavoMarkdownLines *self);

OctavoMarkdownBlock octavo_markdown_lines_get_block (OctavoMarkdownLines *self, guint line);
gboolean            octavo_markdown_lines_get_continues (OctavoMarkdownLines *self, guint line);
guint               octavo_markdown_lines_get_n_quotes (OctavoMarkdownLines *self, guint line);
char               *octavo_markdown_lines_scan (OctavoMarkdownLines *self, guint line, OctavoMarkdownLine *info);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoMarkdownLines, octavo_markdown_lines_free)

G_END_DECLS
