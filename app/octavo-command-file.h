/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-command.h"

G_BEGIN_DECLS

/* What is about the file of notes as a whole. */
void octavo_command_check (OctavoInvocation *invocation);
void octavo_command_repair (OctavoInvocation *invocation);

G_END_DECLS
