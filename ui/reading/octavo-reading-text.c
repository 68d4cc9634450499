/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-reading-text.h"

#include <pango/pango.h>
#include <string.h>

static void
append_mark (OctavoMarkdownDocument *document, guint piece, guint number, GString *text)
{
  const OctavoMarkdownHolder *holder = octavo_markdown_document_get_holder (document, number);

  if (holder == NULL)
    return;
  append_mark (document, piece, holder->parent, text);
  if (holder->is_quote || holder->first != piece)
    return;
  if (holder->is_task)
    g_string_append (text, holder->is_done ? "☑ " : "☐ ");
  else if (holder->is_numbered)
    g_string_append_printf (text, "%u. ", holder->number);
  else
    g_string_append (text, "• ");
}

/* What parts a piece from the one before. */
static const char *
get_gap (OctavoMarkdownDocument *document, const OctavoMarkdownPiece *piece, const OctavoMarkdownPiece *before)
{
  const OctavoMarkdownHolder *holder = octavo_markdown_document_get_holder (document, piece->holder);

  if (before == NULL || (piece->continues && piece->kind == OCTAVO_MARKDOWN_PIECE_TEXT && piece->start == before->end))
    return "";
  return piece->continues || (holder != NULL && holder->is_tight && before->holder != 0) ? "\n" : "\n\n";
}

/**
 * octavo_reading_text_new:
 * @document: a document
 * @start: a place in its text, in bytes
 * @end: another
 *
 * Makes what is copied: the text between two places as it is read, with the bullets and numbers of items that begin
 * there, and tabs between cells.
 *
 * Returns: (transfer full): the text
 */
char *
octavo_reading_text_new (OctavoMarkdownDocument *document, guint start, guint end)
{
  const char *whole = octavo_markdown_document_get_text (document);
  const OctavoMarkdownPiece *before = NULL;
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < octavo_markdown_document_get_n_pieces (document); i++)
    {
      const OctavoMarkdownPiece *piece = octavo_markdown_document_get_piece (document, i);
      guint from = MAX (start, piece->start), to = MIN (end, piece->end);

      if (from >= to)
        continue;
      g_string_append (text, get_gap (document, piece, before));
      if (from == piece->start)
        append_mark (document, i, piece->holder, text);
      g_string_append_len (text, whole + from, (gssize) (to - from));
      before = piece;
    }
  return g_string_free (text, FALSE);
}

static const OctavoMarkdownPiece *
find_piece (OctavoMarkdownDocument *document, guint place)
{
  guint low = 0, high = octavo_markdown_document_get_n_pieces (document);

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (octavo_markdown_document_get_piece (document, middle)->start <= place)
        low = middle + 1;
      else
        high = middle;
    }
  return low > 0 ? octavo_markdown_document_get_piece (document, low - 1) : NULL;
}

/**
 * octavo_reading_text_find_word:
 * @document: a document
 * @place: a place in its text, in bytes
 * @start: (out): where the word there begins
 * @end: (out): where it ends
 */
void
octavo_reading_text_find_word (OctavoMarkdownDocument *document, guint place, guint *start, guint *end)
{
  const OctavoMarkdownPiece *piece = find_piece (document, place);
  g_autofree PangoLogAttr *breaks = NULL;
  const char *text;
  glong n, at, first, last;

  *start = *end = place;
  if (piece == NULL || place > piece->end)
    return;
  text = octavo_markdown_document_get_text (document) + piece->start;
  n = g_utf8_strlen (text, piece->end - piece->start);
  at = g_utf8_strlen (text, place - piece->start);
  breaks = g_new0 (PangoLogAttr, (gsize) n + 1);
  pango_get_log_attrs (text, (int) (piece->end - piece->start), -1, NULL, breaks, (int) n + 1);
  for (first = at; first > 0 && !breaks[first].is_word_start && !breaks[first].is_word_end; first--)
    ;
  for (last = MIN (at + 1, n); last < n && !breaks[last].is_word_end && !breaks[last].is_word_start; last++)
    ;
  *start = piece->start + (guint) (g_utf8_offset_to_pointer (text, first) - text);
  *end = piece->start + (guint) (g_utf8_offset_to_pointer (text, last) - text);
}
