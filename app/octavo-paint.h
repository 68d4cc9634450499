/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What colours and weights of letters stand for. None of them says anything that the words do not. */
typedef enum
{
  OCTAVO_PAINT_PLAIN,
  OCTAVO_PAINT_HEADING,
  OCTAVO_PAINT_FAINT,
  OCTAVO_PAINT_TAG,
  OCTAVO_PAINT_ERROR,
} OctavoPaint;

gboolean octavo_paint_is_terminal_able (void);
gboolean octavo_paint_is_wanted (int fd);
char    *octavo_paint (OctavoPaint paint, gboolean is_wanted, const char *text);

G_END_DECLS
