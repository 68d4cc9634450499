/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "markdown-tell.h"

#include "octavo-markdown-line.h"

#include <string.h>

static const char *const signs[] = { "*", "**", "~~", "`", "!", "\\", "==" };

static void
tell_signs (GString *told, guint styles)
{
  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (styles & (1u << i))
      g_string_append (told, signs[i]);
}

static void
tell_part (OctavoMarkdownDocument *document, const OctavoMarkdownPiece *piece, guint start, guint end, GString *told)
{
  const char *text = octavo_markdown_document_get_text (document);

  for (guint i = 0; i < piece->n_runs; i++)
    {
      const OctavoMarkdownRun *run = octavo_markdown_document_get_run (document, piece->first_run + i);
      const OctavoMarkdownTarget *target = octavo_markdown_document_get_target (document, run->target);
      guint from = MAX (run->start, start), to = MIN (run->end, end);

      if (from >= to)
        continue;
      if (target != NULL)
        g_string_append_c (told, '[');
      tell_signs (told, run->styles);
      g_string_append_len (told, text + from, (gssize) (to - from));
      tell_signs (told, run->styles);
      if (target != NULL)
        g_string_append_printf (told, "→%s%s]",
                                target->kind == OCTAVO_MARKDOWN_TARGET_TAG    ? "#"
                                : target->kind == OCTAVO_MARKDOWN_TARGET_NOTE ? "note "
                                                                              : "",
                                target->text);
    }
}

static void
tell_holders (OctavoMarkdownDocument *document, guint piece, guint number, GString *told)
{
  const OctavoMarkdownHolder *holder = octavo_markdown_document_get_holder (document, number);

  if (holder == NULL)
    return;
  tell_holders (document, piece, holder->parent, told);
  if (holder->is_quote)
    g_string_append (told, "> ");
  else if (holder->first != piece)
    g_string_append (told, "  ");
  else if (holder->is_numbered)
    g_string_append_printf (told, "%u. ", holder->number);
  else
    g_string_append (told, "- ");
  if (holder->is_task && holder->first == piece)
    g_string_append (told, holder->is_done ? "[x] " : "[ ] ");
}

char *
markdown_tell (OctavoMarkdownDocument *document)
{
  static const char *const kinds[] = { "text", "heading", "code", "rule", "row" };
  GString *told = g_string_new (NULL);

  for (guint i = 0; i < octavo_markdown_document_get_n_pieces (document); i++)
    {
      const OctavoMarkdownPiece *piece = octavo_markdown_document_get_piece (document, i);

      tell_holders (document, i, piece->holder, told);
      g_string_append (told, piece->continues ? "+" : "");
      g_string_append (told, kinds[piece->kind]);
      if (piece->level > 0)
        g_string_append_printf (told, "%u", piece->level);
      g_string_append (told, piece->is_head ? "-head{" : "{");
      for (guint c = 0; c < piece->n_cells; c++)
        {
          const OctavoMarkdownCell *cell = octavo_markdown_document_get_cell (document, piece->first_cell + c);

          g_string_append (told, c > 0 ? "|" : "");
          tell_part (document, piece, cell->start, cell->end, told);
        }
      if (piece->n_cells == 0)
        tell_part (document, piece, piece->start, piece->end, told);
      g_string_append (told, "}\n");
    }
  return g_string_free (told, FALSE);
}

static void
check_piece (OctavoMarkdownDocument *document, const OctavoMarkdownPiece *piece)
{
  const char *text = octavo_markdown_document_get_text (document);
  guint end = piece->start;

  g_assert_true (g_utf8_validate (text + piece->start, piece->end - piece->start, NULL));
  for (guint i = 0; i < piece->n_runs; i++)
    {
      const OctavoMarkdownRun *run = octavo_markdown_document_get_run (document, piece->first_run + i);

      g_assert_cmpuint (run->start, <=, end);
      g_assert_cmpuint (run->end, >, end);
      g_assert_true (run->target == 0 || octavo_markdown_document_get_target (document, run->target) != NULL);
      end = run->end;
    }
  g_assert_cmpuint (end, >=, piece->end);
  g_assert_cmpuint (piece->n_cells, <=, OCTAVO_MARKDOWN_MAX_COLUMNS);
  end = piece->start;
  for (guint i = 0; i < piece->n_cells; i++)
    {
      const OctavoMarkdownCell *cell = octavo_markdown_document_get_cell (document, piece->first_cell + i);

      g_assert_cmpuint (cell->start, >=, end);
      g_assert_cmpuint (cell->end, >=, cell->start);
      end = cell->end;
    }
  g_assert_cmpuint (end, <=, MAX (piece->end, piece->start));
}

void
markdown_check (OctavoMarkdownDocument *document, gsize source_size)
{
  guint source = 0, end = 0;

  for (guint i = 0; i < octavo_markdown_document_get_n_pieces (document); i++)
    {
      const OctavoMarkdownPiece *piece = octavo_markdown_document_get_piece (document, i);

      g_assert_cmpuint (piece->source, >=, source);
      g_assert_cmpuint (piece->source, <=, source_size);
      g_assert_cmpuint (piece->start, >=, end);
      g_assert_cmpuint (piece->end, >=, piece->start);
      g_assert_cmpuint (octavo_markdown_document_find_piece (document, piece->source), >=, i);
      check_piece (document, piece);
      source = piece->source;
      end = piece->end;
      for (guint number = piece->holder; number != 0;)
        {
          const OctavoMarkdownHolder *holder = octavo_markdown_document_get_holder (document, number);

          g_assert_cmpuint (holder->depth, <=, OCTAVO_MARKDOWN_MAX_DEPTH);
          g_assert_cmpuint (holder->first, <=, i);
          g_assert_cmpuint (holder->parent, <, number);
          g_assert_true (!holder->is_task || holder->box < source_size);
          number = holder->parent;
        }
    }
}
