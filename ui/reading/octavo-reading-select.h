/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-reading-view.h"

G_BEGIN_DECLS

void octavo_reading_select_add (OctavoReadingView *view);

G_END_DECLS
