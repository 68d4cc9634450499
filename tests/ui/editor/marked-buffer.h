/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-markdown-buffer.h"

G_BEGIN_DECLS

/* Buffers whose text is told with a | where the cursor is, or at each end of what is selected. */
OctavoMarkdownBuffer *marked_buffer_new (const char *marked);
void                  marked_buffer_drop (OctavoMarkdownBuffer *buffer);

/* What is there now; without a | in it, only the text. One step takes back all of it. */
void marked_buffer_assert (OctavoMarkdownBuffer *buffer, const char *before, const char *expected);

G_END_DECLS
