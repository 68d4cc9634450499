/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-command.h"

G_BEGIN_DECLS

void octavo_command_help (OctavoInvocation *invocation);

G_END_DECLS
