/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-command.h"

G_BEGIN_DECLS

/* What brings notes in and out. */
void octavo_command_import (OctavoInvocation *invocation);
void octavo_command_undo_import (OctavoInvocation *invocation);
void octavo_command_export (OctavoInvocation *invocation);

G_END_DECLS
