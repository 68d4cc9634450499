/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-markdown-buffer.h"

G_BEGIN_DECLS

void     octavo_markdown_toggle (OctavoMarkdownBuffer *buffer, OctavoMarkdownSpanKind kind);
gboolean octavo_markdown_link_selection (OctavoMarkdownBuffer *buffer, const char *address);
void     octavo_markdown_insert_link (OctavoMarkdownBuffer *buffer, const char *address);

G_END_DECLS
