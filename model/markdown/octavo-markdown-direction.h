/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-markdown-document.h"

G_BEGIN_DECLS

OctavoMarkdownDirection octavo_markdown_direction_find (const char *text, gsize size);

G_END_DECLS
