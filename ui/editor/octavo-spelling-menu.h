/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-spelling.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

void octavo_spelling_menu_add (GtkTextView *view, OctavoSpelling *spelling, GMenu *menu);

G_END_DECLS
