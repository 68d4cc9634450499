/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether a character is one of those that the index has rules for, whatever GLib knows. */
gboolean octavo_unicode_has (gunichar c);

G_END_DECLS
