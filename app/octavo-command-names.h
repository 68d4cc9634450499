/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-command.h"

G_BEGIN_DECLS

/* What lists the names that notes go by: tags and users. */
void octavo_command_tags (OctavoInvocation *invocation);
void octavo_command_users (OctavoInvocation *invocation);

G_END_DECLS
