/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *octavo_markdown_link_skip_destination (const char  *text,
                                                   const char  *end,
                                                   const char **target,
                                                   const char **target_end);
const char *octavo_markdown_link_skip_autolink (const char *text, const char *end);
const char *octavo_markdown_link_skip_bare (const char *text, const char *end);

G_END_DECLS
