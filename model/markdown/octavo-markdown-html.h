/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint       octavo_markdown_html_get_block (const char *text, const char *end, gboolean is_in_paragraph);
gboolean    octavo_markdown_html_ends_block (const char *text, const char *end, guint block);
const char *octavo_markdown_html_skip_tag (const char *text, const char *end);

G_END_DECLS
