/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Something short that is the same of two files with the same notes. NULL: it cannot be read. Blocks. */
char *octavo_fingerprint_new (const char *path) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
