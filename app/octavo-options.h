/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-command-table.h"

G_BEGIN_DECLS

char *octavo_options_find_wrong (const char *const *arguments, const OctavoCommand *command) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
