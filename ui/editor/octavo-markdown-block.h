/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-markdown-buffer.h"

G_BEGIN_DECLS

/* What lines are made: headings and items of lists. */
typedef enum
{
  OCTAVO_MARKDOWN_BULLETS,
  OCTAVO_MARKDOWN_NUMBERS,
  OCTAVO_MARKDOWN_TASKS,
} OctavoMarkdownListKind;

#define OCTAVO_MARKDOWN_MAX_HEADING 6

void octavo_markdown_block_toggle_heading (OctavoMarkdownBuffer *buffer, guint level);
void octavo_markdown_block_toggle_list (OctavoMarkdownBuffer *buffer, OctavoMarkdownListKind kind);

G_END_DECLS
