/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-find-pattern.h"
#include "octavo-markdown-buffer.h"

G_BEGIN_DECLS

/* Puts something else where a pattern is found, as one step that can be undone. */
gboolean octavo_find_replace_one (OctavoMarkdownBuffer *buffer,
                                  OctavoFindPattern    *pattern,
                                  const OctavoFindHit  *hit,
                                  const char           *replacement,
                                  GError              **error);
gboolean octavo_find_replace_all (OctavoMarkdownBuffer *buffer,
                                  OctavoFindPattern    *pattern,
                                  const char           *replacement,
                                  guint                *n_replaced,
                                  GError              **error);

G_END_DECLS
