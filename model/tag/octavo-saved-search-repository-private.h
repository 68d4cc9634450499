/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-saved-search-repository.h"

G_BEGIN_DECLS

/* For the store: reads the list again in the background, where anybody has asked for it. */
void octavo_saved_search_repository_refresh (OctavoSavedSearchRepository *self);

G_END_DECLS
