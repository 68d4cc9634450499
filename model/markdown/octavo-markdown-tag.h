/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gsize octavo_markdown_tag_get_length (const char *text, const char *end, gboolean *is_tag);

G_END_DECLS
