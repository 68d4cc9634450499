/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-markdown-document.h"

G_BEGIN_DECLS

/* The pages of the help, by number, in the order in which they are listed. */
#define OCTAVO_HELP_NO_PAGE G_MAXUINT

guint                   octavo_help_page_get_n_pages (void);
const char             *octavo_help_page_get_id (guint page);
guint                   octavo_help_page_find (const char *id);
guint                   octavo_help_page_find_title (const char *title);
char                   *octavo_help_page_dup_title (guint page) G_GNUC_WARN_UNUSED_RESULT;
OctavoMarkdownDocument *octavo_help_page_read (guint page) G_GNUC_WARN_UNUSED_RESULT;

/* Whether a page has all words of a query, and where in its text it is to be looked at. */
gboolean octavo_help_page_has (OctavoMarkdownDocument *document, const char *query);
gboolean octavo_help_page_find_hit (OctavoMarkdownDocument *document,
                                    const char             *query,
                                    guint                   after,
                                    guint                  *start,
                                    guint                  *end);

G_END_DECLS
