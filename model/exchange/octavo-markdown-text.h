/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char      *octavo_markdown_text_find_heading (const char *text);
GPtrArray *octavo_markdown_text_find_tags (const char *text);

G_END_DECLS
