/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-markdown-document-private.h"

G_BEGIN_DECLS

void octavo_markdown_highlights_read (OctavoMarkdownDocument *document, guint start, guint first_run, GArray *places);

G_END_DECLS
