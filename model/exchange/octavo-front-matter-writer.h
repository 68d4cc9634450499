/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-values.h"

G_BEGIN_DECLS

char *octavo_yaml_quote (const char *text);
void  octavo_front_matter_write (GString *to, const OctavoNoteValues *note, const char *user_name);

G_END_DECLS
