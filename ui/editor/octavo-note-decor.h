/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-markdown-highlighter.h"

G_BEGIN_DECLS

void octavo_note_decor_snapshot (GtkTextView *view, GtkSnapshot *snapshot, OctavoMarkdownHighlighter *highlighter);

G_END_DECLS
