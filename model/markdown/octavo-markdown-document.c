/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-markdown"

#include "octavo-markdown-document-private.h"

/* The tree of a note lies flat, as what shows it wants only what is in sight: pieces can be asked for by their number,
 * and each says what holds it. It is made once, on any thread, and not changed but for the ticks of boxes, on the
 * thread that shows it. */

static void
document_clear (gpointer data)
{
  OctavoMarkdownDocument *self = data;

  g_string_free (self->text, TRUE);
  g_string_chunk_free (self->strings);
  g_array_unref (self->pieces);
  g_array_unref (self->runs);
  g_array_unref (self->cells);
  g_array_unref (self->holders);
  g_array_unref (self->targets);
  g_ptr_array_unref (self->tables);
}

/**
 * octavo_markdown_document_new:
 * @source: a note in Markdown, UTF-8
 * @size: of it, in bytes
 *
 * Reads a note: front matter is left out, HTML and footnotes are text. Any thread. Takes a time that grows as the
 * note does, whatever is in it.
 *
 * Returns: (transfer full): what it says
 */
OctavoMarkdownDocument *
octavo_markdown_document_new (const char *source, gsize size)
{
  OctavoMarkdownDocument *self = g_atomic_rc_box_new0 (OctavoMarkdownDocument);

  self->text = g_string_sized_new (size);
  self->strings = g_string_chunk_new (1024);
  self->pieces = g_array_new (FALSE, TRUE, sizeof (OctavoMarkdownPiece));
  self->runs = g_array_new (FALSE, TRUE, sizeof (OctavoMarkdownRun));
  self->cells = g_array_new (FALSE, TRUE, sizeof (OctavoMarkdownCell));
  self->holders = g_array_new (FALSE, TRUE, sizeof (OctavoMarkdownHolder));
  self->targets = g_array_new (FALSE, TRUE, sizeof (OctavoMarkdownTarget));
  self->tables = g_ptr_array_new_with_free_func (g_free);
  octavo_markdown_document_read (self, source, size);
  return self;
}

/**
 * octavo_markdown_document_ref:
 * @self: a document
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
OctavoMarkdownDocument *
octavo_markdown_document_ref (OctavoMarkdownDocument *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

/**
 * octavo_markdown_document_unref:
 * @self: (transfer full): a document
 *
 * Any thread.
 */
void
octavo_markdown_document_unref (OctavoMarkdownDocument *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, document_clear);
}

/**
 * octavo_markdown_document_get_text:
 * @self: a document
 *
 * Returns: (transfer none): the text of all pieces, one after the other
 */
const char *
octavo_markdown_document_get_text (OctavoMarkdownDocument *self)
{
  return self->text->str;
}

/**
 * octavo_markdown_document_get_n_pieces:
 * @self: a document
 *
 * Returns: how many pieces it has
 */
guint
octavo_markdown_document_get_n_pieces (OctavoMarkdownDocument *self)
{
  return self->pieces->len;
}

/**
 * octavo_markdown_document_get_piece:
 * @self: a document
 * @piece: the number of a piece
 *
 * Returns: (transfer none): the piece
 */
const OctavoMarkdownPiece *
octavo_markdown_document_get_piece (OctavoMarkdownDocument *self, guint piece)
{
  g_return_val_if_fail (piece < self->pieces->len, NULL);

  return &g_array_index (self->pieces, OctavoMarkdownPiece, piece);
}

/**
 * octavo_markdown_document_find_piece:
 * @self: a document
 * @source: a place in the source, in bytes
 *
 * Returns: the number of the piece that says what stands there; 0 where it is before the first
 */
guint
octavo_markdown_document_find_piece (OctavoMarkdownDocument *self, gsize source)
{
  guint low = 0, high = self->pieces->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (octavo_markdown_document_get_piece (self, middle)->source <= source)
        low = middle + 1;
      else
        high = middle;
    }
  return low > 0 ? low - 1 : 0;
}

/**
 * octavo_markdown_document_get_run:
 * @self: a document
 * @run: the number of a run
 *
 * Returns: (transfer none): the run
 */
const OctavoMarkdownRun *
octavo_markdown_document_get_run (OctavoMarkdownDocument *self, guint run)
{
  g_return_val_if_fail (run < self->runs->len, NULL);

  return &g_array_index (self->runs, OctavoMarkdownRun, run);
}

/**
 * octavo_markdown_document_get_holder:
 * @self: a document
 * @holder: the number of a holder
 *
 * Returns: (transfer none) (nullable): the holder; %NULL for 0
 */
const OctavoMarkdownHolder *
octavo_markdown_document_get_holder (OctavoMarkdownDocument *self, guint holder)
{
  g_return_val_if_fail (holder <= self->holders->len, NULL);

  return holder > 0 ? &g_array_index (self->holders, OctavoMarkdownHolder, holder - 1) : NULL;
}

/**
 * octavo_markdown_document_get_direction:
 * @self: a document
 * @holder: the number of a quote or an item
 *
 * Returns: the direction of what it begins with, which is that of its mark
 */
OctavoMarkdownDirection
octavo_markdown_document_get_direction (OctavoMarkdownDocument *self, guint holder)
{
  const OctavoMarkdownHolder *held = octavo_markdown_document_get_holder (self, holder);

  g_return_val_if_fail (held != NULL, OCTAVO_MARKDOWN_DIRECTION_NONE);

  return octavo_markdown_document_get_piece (self, held->first)->direction;
}

/**
 * octavo_markdown_document_set_done:
 * @self: a document
 * @holder: the number of an item that is a task
 * @is_done: whether its box is ticked
 *
 * Has the document say what the source says since a box was ticked. On the thread that shows it.
 */
void
octavo_markdown_document_set_done (OctavoMarkdownDocument *self, guint holder, gboolean is_done)
{
  g_return_if_fail (holder > 0 && holder <= self->holders->len);

  g_array_index (self->holders, OctavoMarkdownHolder, holder - 1).is_done = is_done;
}

/**
 * octavo_markdown_document_get_target:
 * @self: a document
 * @target: the number of a target
 *
 * Returns: (transfer none) (nullable): where a link leads to; %NULL for 0
 */
const OctavoMarkdownTarget *
octavo_markdown_document_get_target (OctavoMarkdownDocument *self, guint target)
{
  g_return_val_if_fail (target <= self->targets->len, NULL);

  return target > 0 ? &g_array_index (self->targets, OctavoMarkdownTarget, target - 1) : NULL;
}

/**
 * octavo_markdown_document_get_table:
 * @self: a document
 * @table: the number of a table, as rows have it
 *
 * Returns: (transfer none): the table
 */
const OctavoMarkdownTable *
octavo_markdown_document_get_table (OctavoMarkdownDocument *self, guint table)
{
  g_return_val_if_fail (table < self->tables->len, NULL);

  return g_ptr_array_index (self->tables, table);
}

/**
 * octavo_markdown_document_get_cell:
 * @self: a document
 * @cell: the number of a cell, as rows have them
 *
 * Returns: (transfer none): the cell
 */
const OctavoMarkdownCell *
octavo_markdown_document_get_cell (OctavoMarkdownDocument *self, guint cell)
{
  g_return_val_if_fail (cell < self->cells->len, NULL);

  return &g_array_index (self->cells, OctavoMarkdownCell, cell);
}
