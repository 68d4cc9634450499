/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include "octavo-help-page.h"

#include <gio/gio.h>
#include <string.h>

/* help/C has them for yelp; help/mallard.py makes Markdown of these when Octavo is built. */
static const char *const ids[] = { "index", "getting-started", "writing",   "search", "tags",
                                   "users", "backups",         "moving-in", "keys",   "command-line" };

static GBytes *
load (guint page)
{
  g_autofree char *path = g_strdup_printf (APPLICATION_PATH "/help/%s.md", ids[page]);
  g_autoptr (GError) error = NULL;
  GBytes *bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

  g_assert_no_error (error);
  return bytes;
}

/**
 * octavo_help_page_get_n_pages:
 *
 * Returns: how many there are
 */
guint
octavo_help_page_get_n_pages (void)
{
  return G_N_ELEMENTS (ids);
}

/**
 * octavo_help_page_get_id:
 * @page: a page
 *
 * Returns: what it is called in the program, and in yelp
 */
const char *
octavo_help_page_get_id (guint page)
{
  g_return_val_if_fail (page < G_N_ELEMENTS (ids), NULL);

  return ids[page];
}

/**
 * octavo_help_page_find:
 * @id: what a page is called in the program
 *
 * Returns: the page, or %OCTAVO_HELP_NO_PAGE
 */
guint
octavo_help_page_find (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    if (g_strcmp0 (ids[i], id) == 0)
      return i;
  return OCTAVO_HELP_NO_PAGE;
}

/**
 * octavo_help_page_find_title:
 * @title: what stands above a page
 *
 * Returns: the page, or %OCTAVO_HELP_NO_PAGE
 */
guint
octavo_help_page_find_title (const char *title)
{
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *other = octavo_help_page_dup_title (i);

      if (g_strcmp0 (other, title) == 0)
        return i;
    }
  return OCTAVO_HELP_NO_PAGE;
}

/**
 * octavo_help_page_dup_title:
 * @page: a page
 *
 * Returns: (transfer full): what stands above it
 */
char *
octavo_help_page_dup_title (guint page)
{
  g_autoptr (OctavoMarkdownDocument) document = octavo_help_page_read (page);
  const OctavoMarkdownPiece *piece = octavo_markdown_document_get_piece (document, 0);

  return g_strndup (octavo_markdown_document_get_text (document) + piece->start, piece->end - piece->start);
}

/**
 * octavo_help_page_read:
 * @page: a page
 *
 * Returns: (transfer full): what it says
 */
OctavoMarkdownDocument *
octavo_help_page_read (guint page)
{
  g_autoptr (GBytes) bytes = NULL;
  gconstpointer source;
  gsize size;

  g_return_val_if_fail (page < G_N_ELEMENTS (ids), NULL);

  bytes = load (page);
  source = g_bytes_get_data (bytes, &size);
  return octavo_markdown_document_new (source, size);
}

/* How many bytes of the text are the words, whatever their case; 0 where they are not there. */
static gsize
match (const char *text, const char *words)
{
  const char *t = text;

  for (; *words != '\0'; words = g_utf8_next_char (words), t = g_utf8_next_char (t))
    if (*t == '\0' || g_unichar_tolower (g_utf8_get_char (t)) != g_unichar_tolower (g_utf8_get_char (words)))
      return 0;
  return (gsize) (t - text);
}

static gboolean
find_words (const char *text, const char *words, guint after, guint *start, guint *end)
{
  for (const char *t = text + after; *t != '\0' && *words != '\0'; t = g_utf8_next_char (t))
    {
      gsize size = match (t, words);

      if (size > 0)
        {
          *start = (guint) (t - text);
          *end = *start + (guint) size;
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * octavo_help_page_has:
 * @document: what a page says
 * @query: words
 *
 * Returns: whether all of them are on it, or parts of its words
 */
gboolean
octavo_help_page_has (OctavoMarkdownDocument *document, const char *query)
{
  g_auto (GStrv) words = g_strsplit_set (query, " \t", -1);
  guint start, end;

  for (gsize i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0' && !find_words (octavo_markdown_document_get_text (document), words[i], 0, &start, &end))
      return FALSE;
  return TRUE;
}

/**
 * octavo_help_page_find_hit:
 * @document: what a page says
 * @query: words
 * @after: where in its text to begin, in bytes; at its end it goes on at the start
 * @start: (out): where in the text the hit begins, in bytes
 * @end: (out): where it ends
 *
 * Looks for the words as they stand there, and where these are not on the page for the first of them.
 *
 * Returns: whether there is a hit
 */
gboolean
octavo_help_page_find_hit (OctavoMarkdownDocument *document, const char *query, guint after, guint *start, guint *end)
{
  const char *text = octavo_markdown_document_get_text (document);
  g_autofree char *words = g_strstrip (g_strdup (query));

  if (find_words (text, words, after, start, end) || find_words (text, words, 0, start, end))
    return TRUE;
  words[strcspn (words, " \t")] = '\0';
  return find_words (text, words, after, start, end) || find_words (text, words, 0, start, end);
}
