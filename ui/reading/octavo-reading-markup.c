/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-reading-markup.h"

#include "octavo-link-follow.h"

/* The ground of code is grey on light and on dark, that of highlights yellow: markup knows no colours of the theme. An
 * attribute may stand only once. */
static const struct
{
  guint style;
  guint but; /* with these, it is said already */
  const char *attributes;
} looks[] = {
  { OCTAVO_MARKDOWN_IS_EMPHASIS, 0, " style='italic'" },
  { OCTAVO_MARKDOWN_IS_STRONG, 0, " weight='bold'" },
  { OCTAVO_MARKDOWN_IS_STRUCK, 0, " strikethrough='true'" },
  { OCTAVO_MARKDOWN_IS_HIGHLIGHTED, 0, " background='#f6d32d' bgalpha='38%'" },
  { OCTAVO_MARKDOWN_IS_CODE, 0, " face='monospace' size='95%'" },
  { OCTAVO_MARKDOWN_IS_CODE, OCTAVO_MARKDOWN_IS_HIGHLIGHTED, " background='#808080' bgalpha='18%'" },
  { OCTAVO_MARKDOWN_IS_IMAGE, 0, " alpha='75%'" },
  { OCTAVO_MARKDOWN_IS_IMAGE, OCTAVO_MARKDOWN_IS_EMPHASIS, " style='italic'" },
};

static void
append_escaped (GString *markup, const char *text, gsize size)
{
  g_autofree char *escaped = g_markup_escape_text (text, (gssize) size);

  g_string_append (markup, escaped);
}

static void
open_link (GString *markup, const OctavoMarkdownTarget *target)
{
  static const OctavoMarkdownSpanKind kinds[] = { OCTAVO_MARKDOWN_LINK, OCTAVO_MARKDOWN_WIKI_LINK,
                                                  OCTAVO_MARKDOWN_TAG };
  g_autoptr (OctavoLink) link = octavo_link_new (kinds[target->kind], target->text);
  g_autofree char *uri = octavo_link_to_uri (link);
  g_autofree char *title = octavo_link_describe (link);
  g_autofree char *escaped = g_markup_printf_escaped ("<a href='%s' title='%s'>", uri, title);

  g_string_append (markup, escaped);
}

static void
append_run (GString *markup, const char *text, gsize size, guint styles)
{
  gsize before;

  g_string_append (markup, "<span");
  before = markup->len;
  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    if ((styles & looks[i].style) != 0 && (styles & looks[i].but) == 0)
      g_string_append (markup, looks[i].attributes);
  if (markup->len == before)
    {
      g_string_truncate (markup, before - 5);
      append_escaped (markup, text, size);
      return;
    }
  g_string_append_c (markup, '>');
  append_escaped (markup, text, size);
  g_string_append (markup, "</span>");
}

/**
 * octavo_reading_markup_new:
 * @document: a document
 * @piece: a piece of it
 * @start: where in the document's text to begin, in bytes
 * @end: where to end
 * @with_links: whether links lead somewhere, or are text
 *
 * Makes what Pango shows: the same text as the document has.
 *
 * Returns: (transfer full): the markup
 */
char *
octavo_reading_markup_new (OctavoMarkdownDocument *document,
                           const OctavoMarkdownPiece *piece,
                           guint start,
                           guint end,
                           gboolean with_links)
{
  GString *markup = g_string_sized_new (end - start + 32);
  const char *text = octavo_markdown_document_get_text (document);
  guint open = 0;

  for (guint i = 0; i < piece->n_runs; i++)
    {
      const OctavoMarkdownRun *run = octavo_markdown_document_get_run (document, piece->first_run + i);
      guint from = MAX (run->start, start), to = MIN (run->end, end);

      if (from >= to)
        continue;
      if (open != 0 && open != run->target)
        g_string_append (markup, "</a>");
      if (with_links && run->target != 0 && open != run->target)
        open_link (markup, octavo_markdown_document_get_target (document, run->target));
      open = with_links ? run->target : 0;
      append_run (markup, text + from, to - from, run->styles);
    }
  if (open != 0)
    g_string_append (markup, "</a>");
  return g_string_free (markup, FALSE);
}
