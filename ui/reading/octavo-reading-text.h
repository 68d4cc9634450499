/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-markdown-document.h"

G_BEGIN_DECLS

char *octavo_reading_text_new (OctavoMarkdownDocument *document, guint start, guint end) G_GNUC_WARN_UNUSED_RESULT;
void  octavo_reading_text_find_word (OctavoMarkdownDocument *document, guint place, guint *start, guint *end);

G_END_DECLS
