/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-command.h"
#include "octavo-note-values.h"

G_BEGIN_DECLS

void octavo_command_versions (OctavoInvocation *invocation);

/* A version of a note, for the commands that take one; NULL where it said what is wrong. (transfer full) */
OctavoNoteValues *octavo_command_read_version (OctavoInvocation *invocation,
                                               gint64            note_id,
                                               gint64            version_id) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
