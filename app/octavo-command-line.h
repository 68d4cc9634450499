/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The part of octavo that needs no display. */
gboolean octavo_command_line_is_meant (int argc, char **argv);
int      octavo_command_line_run (int argc, char **argv);
int      octavo_command_line_refuse (const GError *error);

G_END_DECLS
