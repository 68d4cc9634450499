/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *octavo_date_format_relative (gint64 when, GDateTime *now);

G_END_DECLS
