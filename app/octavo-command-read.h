/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-command.h"

G_BEGIN_DECLS

/* What shows notes. */
void octavo_command_list (OctavoInvocation *invocation);
void octavo_command_search (OctavoInvocation *invocation);
void octavo_command_show (OctavoInvocation *invocation);

G_END_DECLS
