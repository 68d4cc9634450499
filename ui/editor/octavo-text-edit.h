/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Plain arithmetic on texts. */

/* What to replace in one text to get another: bytes start to old_end of the one by start to new_end of the other. */
typedef struct
{
  gsize start;
  gsize old_end;
  gsize new_end;
} OctavoTextChange;

void     octavo_text_find_change (const char *old_text, const char *new_text, OctavoTextChange *change);
gsize    octavo_text_get_longest_line (const char *text, gssize length);
gboolean octavo_text_exceeds (const char *text, gsize size, gsize line);
char    *octavo_text_dup_beginning (const char *text, gsize size, gsize line);

G_END_DECLS
