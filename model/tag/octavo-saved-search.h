/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-types.h"

G_BEGIN_DECLS

/* A search that somebody wants to run again: an entity of the mapper. Its properties "name" and "query" notify. */
#define OCTAVO_TYPE_SAVED_SEARCH (octavo_saved_search_get_type ())
OCTAVO_DECLARE_FINAL_TYPE (OctavoSavedSearch, octavo_saved_search, OCTAVO, SAVED_SEARCH)

#define OCTAVO_SAVED_SEARCH_MAX_NAME  100  /* characters */
#define OCTAVO_SAVED_SEARCH_MAX_QUERY 4000 /* bytes: what is beyond that nobody looks at */

gint64      octavo_saved_search_get_id (OctavoSavedSearch *self);
const char *octavo_saved_search_get_name (OctavoSavedSearch *self);
const char *octavo_saved_search_get_query (OctavoSavedSearch *self);
gint64      octavo_saved_search_get_position (OctavoSavedSearch *self); /* they are listed in that order */

/* The name as it is stored: white space trimmed, NFC. NULL with OCTAVO_ERROR_INVALID_TEXT where nothing is left of it
 * or it is too long. */
char *octavo_saved_search_normalize_name (const char *name, GError **error);

G_END_DECLS
