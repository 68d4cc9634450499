/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gint64 words;
  gint64 characters; /* as a person counts them, without the ends of lines */
} OctavoTextCount;

void octavo_text_count_add (OctavoTextCount *self, const char *text, gssize size);

G_END_DECLS
