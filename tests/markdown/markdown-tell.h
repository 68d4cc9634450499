/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-markdown-document.h"

/* What a document says, a line a piece: "1. > text{the words}", with *, **, ~~ and ` around what is written so,
 * [words→target] and | between cells. */
char *markdown_tell (OctavoMarkdownDocument *document) G_GNUC_WARN_UNUSED_RESULT;

/* That what it says of places holds. */
void markdown_check (OctavoMarkdownDocument *document, gsize source_size);
