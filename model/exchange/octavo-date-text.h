/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean octavo_date_text_parse (const char *text, gint64 *microseconds);
char    *octavo_date_text_format (gint64 microseconds);

G_END_DECLS
