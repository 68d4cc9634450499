/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-markdown-leaf.h"

G_BEGIN_DECLS

/* A text that is edited, what is known of its lines, and what a window would show of each. */
typedef struct
{
  GString             *text;
  GPtrArray           *lines;
  OctavoMarkdownLines *known;
  GPtrArray           *shown;
} MarkdownTest;

MarkdownTest *markdown_test_new (const char *text);
void          markdown_test_free (MarkdownTest *self);
void          markdown_test_replace (MarkdownTest *self, gsize start, gsize end, const char *text);
void          markdown_test_show (MarkdownTest *self, guint until);
void          markdown_test_assert_fresh (MarkdownTest *self);

char         *markdown_test_describe_line (MarkdownTest *self, guint line);
char         *markdown_test_describe (const char *text);

G_END_DECLS
