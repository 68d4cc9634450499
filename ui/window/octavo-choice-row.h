/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void octavo_choice_row_name (GtkWidget *row);

G_END_DECLS
