/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-command.h"

G_BEGIN_DECLS

/* What makes and changes notes. */
void octavo_command_add (OctavoInvocation *invocation);
void octavo_command_edit (OctavoInvocation *invocation);
void octavo_command_trash (OctavoInvocation *invocation);
void octavo_command_restore (OctavoInvocation *invocation);
void octavo_command_delete (OctavoInvocation *invocation);

G_END_DECLS
