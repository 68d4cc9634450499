/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-tag-repository.h"

G_BEGIN_DECLS

/* For the store: reads the list again in the background. Calls that come while it does are answered by one more. */
void octavo_tag_repository_refresh (OctavoTagRepository *self);

G_END_DECLS
