/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Words and texts as a command is given them: bytes of unknown origin, until they were looked at. */
char *octavo_text_from_argument (const char *argument, GError **error);
char *octavo_text_from_stream (int fd, GError **error);

G_END_DECLS
