/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What was odd about the bytes of a text. */
typedef enum
{
  OCTAVO_TEXT_PLAIN = 0,
  OCTAVO_TEXT_NOT_UTF8 = 1 << 0, /* taken for Windows-1252 */
  OCTAVO_TEXT_UTF16 = 1 << 1,
  OCTAVO_TEXT_HAD_NUL = 1 << 2, /* each is now U+2400 */
} OctavoTextTraits;

char *octavo_text_decode (char *bytes, gsize *length, OctavoTextTraits *traits);
char *octavo_text_unify_line_ends (char *text, gsize *length);

G_END_DECLS
