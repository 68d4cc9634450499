/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What somebody meant who mistyped a word. */
const char *octavo_suggestion_find (const char *word, const char *const *names);

G_END_DECLS
