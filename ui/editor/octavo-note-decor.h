/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-markdown-highlighter.h"

G_BEGIN_DECLS

void octavo_note_decor_snapshot (GtkTextView *view, GtkSnapshot *snapshot, OctavoMarkdownHighlighter *highlighter);

/* The class of a window in which all but the paragraph at the cursor is dimmed. */
#define OCTAVO_NOTE_DECOR_FOCUS_CLASS "octavo-focus-mode"

void octavo_note_decor_snapshot_focus (GtkTextView *view, GtkSnapshot *snapshot);

G_END_DECLS
