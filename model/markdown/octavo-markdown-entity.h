/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gunichar octavo_markdown_entity_read (const char *text, gsize size);

G_END_DECLS
