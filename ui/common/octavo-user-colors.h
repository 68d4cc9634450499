/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* The colours that a user may have: each is a name in the file and a word. All of them are dark enough for white
 * letters on them. */
typedef struct
{
  const char *name;
  const char *title; /* not translated yet: C_ ("colour", …) */
  const char *value;
} OctavoUserColor;

const OctavoUserColor *octavo_user_colors_get (gsize *n_colors);
const OctavoUserColor *octavo_user_colors_find (const char *name, gint64 id);
void                   octavo_user_colors_parse (const char *name, gint64 id, GdkRGBA *rgba);

G_END_DECLS
