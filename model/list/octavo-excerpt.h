/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One line of plain words from the start of a Markdown text: marks, front matter, link targets and a first line that
 * only repeats the title are left out. At most 200 characters. title: (nullable). (transfer full) */
char *octavo_excerpt_new (const char *body, const char *title);

G_END_DECLS
