/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-markdown-document.h"

G_BEGIN_DECLS

char *octavo_reading_markup_new (OctavoMarkdownDocument    *document,
                                 const OctavoMarkdownPiece *piece,
                                 guint                      start,
                                 guint                      end,
                                 gboolean                   with_links) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
