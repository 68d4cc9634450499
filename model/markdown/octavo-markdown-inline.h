/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-markdown-line.h"

G_BEGIN_DECLS

/* A part of a text. Places are bytes of it. */
typedef struct
{
  guint8  kind; /* OctavoMarkdownSpanKind */
  guint32 start;
  guint32 end;
  guint32 target_start; /* 0, 0: none */
  guint32 target_end;
} OctavoMarkdownSpan;

void octavo_markdown_inline_scan (const char *text, gsize start, gsize end, GArray *spans);

G_END_DECLS
