/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-markdown-buffer.h"

G_BEGIN_DECLS

/* Lines that change places. */
gboolean octavo_markdown_move (OctavoMarkdownBuffer *buffer, gboolean down);

G_END_DECLS
