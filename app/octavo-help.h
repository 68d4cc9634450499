/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-command-table.h"

G_BEGIN_DECLS

/* What octavo tells of itself, made of the table of commands. */
void octavo_help_print (OctavoOutput *output);
void octavo_help_print_command (OctavoOutput *output, const OctavoCommand *command);

G_END_DECLS
