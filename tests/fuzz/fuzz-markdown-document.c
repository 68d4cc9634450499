/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "markdown-tell.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* A text of any bytes: the pieces of its document are in order, and all that can be asked of them holds. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *raw = g_strndup ((const char *) data, size);
  g_autofree char *text = g_utf8_make_valid (raw, -1);
  g_autoptr (OctavoMarkdownDocument) document = octavo_markdown_document_new (text, strlen (text));
  G_GNUC_UNUSED g_autofree char *told = markdown_tell (document);

  markdown_check (document, strlen (text));
  return 0;
}
