/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-note-printer.h"

#include "octavo-print-layout.h"
#include "octavo-print-pages.h"

/* Pages are counted a slice at a time, so that the window stays alive while a long note is laid out; of what was laid
 * out only heights are kept, and a page is laid out again when it is drawn. */

#define FONT         "Sans 10.5"
#define SLICE        20000 /* microseconds */
#define MARGIN       20.0  /* millimetres */
#define FOOTER       30.0  /* points, below the text */
#define FOOTER_SCALE 0.8
#define TITLE_SCALE  2.0
#define TITLE_SPACE  8.0
#define TITLE_LINES  3

typedef struct
{
  char *title;
  OctavoMarkdownDocument *document;
  GArray *units; /* (element-type OctavoPrintUnit) */
  GArray *pages; /* (element-type guint): the unit each begins with */
} Note;

struct _OctavoNotePrinter
{
  GtkPrintOperation parent_instance;

  GPtrArray *notes; /* of Note */
  OctavoPrintPaper paper;
  double height; /* of the text on a page */
  guint note;    /* that is being laid out */
  guint piece;   /* of it, to be laid out next */
  guint n_pages;
};

G_DEFINE_FINAL_TYPE (OctavoNotePrinter, octavo_note_printer, GTK_TYPE_PRINT_OPERATION)

static void
note_free (gpointer data)
{
  Note *self = data;

  g_free (self->title);
  octavo_markdown_document_unref (self->document);
  g_array_unref (self->units);
  g_array_unref (self->pages);
  g_free (self);
}

static const char *
get_title (const Note *note)
{
  return *note->title != '\0' ? note->title : _ ("Untitled");
}

static PangoLayout *
make_title (OctavoNotePrinter *self, const Note *note)
{
  PangoLayout *layout = octavo_print_layout_new (&self->paper, TITLE_SCALE);
  PangoFontDescription *font = pango_font_description_copy (pango_layout_get_font_description (layout));

  pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_width (layout, (int) (self->paper.width * PANGO_SCALE));
  pango_layout_set_height (layout, -TITLE_LINES);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_text (layout, get_title (note), -1);
  return layout;
}

static void
add_title (OctavoNotePrinter *self, Note *note)
{
  g_autoptr (PangoLayout) layout = make_title (self, note);
  OctavoPrintUnit unit = { .piece = OCTAVO_PRINT_TITLE, .is_last = TRUE, .keeps = TRUE };
  int height;

  pango_layout_get_size (layout, NULL, &height);
  unit.height = (float) height / PANGO_SCALE + (float) TITLE_SPACE;
  g_array_append_val (note->units, unit);
}

static void
add_piece (OctavoNotePrinter *self, Note *note, guint piece)
{
  g_autoptr (OctavoPrintPiece) laid_out = octavo_print_piece_new (&self->paper, note->document, piece);
  const OctavoMarkdownPiece *shown = octavo_markdown_document_get_piece (note->document, piece);
  guint n_lines = octavo_print_piece_get_n_lines (laid_out);

  for (guint line = 0; line < n_lines; line++)
    {
      OctavoPrintUnit unit = { .piece = piece, .line = line, .is_last = line + 1 == n_lines };

      unit.keeps = shown->kind == OCTAVO_MARKDOWN_PIECE_HEADING || shown->is_head;
      unit.space = line == 0 ? (float) laid_out->space : 0;
      unit.height = (float) octavo_print_piece_get_height (laid_out, line);
      g_array_append_val (note->units, unit);
    }
}

/* Lays out one piece. Returns whether there is another. */
static gboolean
go_on (OctavoNotePrinter *self)
{
  Note *note;

  if (self->note == self->notes->len)
    return FALSE;
  note = g_ptr_array_index (self->notes, self->note);
  if (self->piece == 0)
    add_title (self, note);
  if (self->piece < octavo_markdown_document_get_n_pieces (note->document))
    {
      add_piece (self, note, self->piece++);
      return TRUE;
    }
  octavo_print_pages_break ((const OctavoPrintUnit *) (gconstpointer) note->units->data, note->units->len, self->height,
                            note->pages);
  self->n_pages += note->pages->len;
  self->note++;
  self->piece = 0;
  return TRUE;
}

static void
octavo_note_printer_begin_print (GtkPrintOperation *operation, GtkPrintContext *context)
{
  OctavoNotePrinter *self = OCTAVO_NOTE_PRINTER (operation);

  g_clear_object (&self->paper.context);
  self->paper.context = gtk_print_context_create_pango_context (context);
  self->paper.width = gtk_print_context_get_width (context);
  self->height = gtk_print_context_get_height (context) - FOOTER;
  self->note = self->piece = self->n_pages = 0;
  for (guint i = 0; i < self->notes->len; i++)
    {
      Note *note = g_ptr_array_index (self->notes, i);

      g_array_set_size (note->units, 0);
      g_array_set_size (note->pages, 0);
    }
}

static gboolean
octavo_note_printer_paginate (GtkPrintOperation *operation, GtkPrintContext *context)
{
  OctavoNotePrinter *self = OCTAVO_NOTE_PRINTER (operation);
  gint64 end = g_get_monotonic_time () + SLICE;

  while (go_on (self))
    if (g_get_monotonic_time () > end)
      return FALSE;
  gtk_print_operation_set_n_pages (operation, (int) MAX (self->n_pages, 1));
  return TRUE;
}

static void
draw_footer (OctavoNotePrinter *self, const Note *note, guint page, cairo_t *cairo)
{
  g_autoptr (PangoLayout) layout = octavo_print_layout_new (&self->paper, FOOTER_SCALE);
  /* Translators: at the bottom of a printed page: title of the note, number of the page, of how many. */
  g_autofree char *text = g_strdup_printf (_ ("%s — %u of %u"), get_title (note), page + 1, note->pages->len);

  pango_layout_set_width (layout, (int) (self->paper.width * PANGO_SCALE));
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_MIDDLE);
  pango_layout_set_text (layout, text, -1);
  cairo_set_source_rgb (cairo, 0.4, 0.4, 0.4);
  cairo_move_to (cairo, 0, self->height + FOOTER / 2);
  pango_cairo_show_layout (cairo, layout);
}

static void
draw_title (OctavoNotePrinter *self, const Note *note, cairo_t *cairo)
{
  g_autoptr (PangoLayout) layout = make_title (self, note);

  cairo_set_source_rgb (cairo, 0, 0, 0);
  cairo_move_to (cairo, 0, 0);
  pango_cairo_show_layout (cairo, layout);
}

static void
draw_page (OctavoNotePrinter *self, const Note *note, guint page, cairo_t *cairo)
{
  guint start = g_array_index (note->pages, guint, page);
  guint end = page + 1 < note->pages->len ? g_array_index (note->pages, guint, page + 1) : note->units->len;
  g_autoptr (OctavoPrintPiece) piece = NULL;
  double y = 0;

  for (guint i = start; i < end; i++)
    {
      const OctavoPrintUnit *unit = &g_array_index (note->units, OctavoPrintUnit, i);

      y += i > start ? unit->space : 0;
      if (unit->piece == OCTAVO_PRINT_TITLE)
        draw_title (self, note, cairo);
      else
        {
          if (piece == NULL || piece->piece != unit->piece)
            {
              g_clear_pointer (&piece, octavo_print_piece_free);
              piece = octavo_print_piece_new (&self->paper, note->document, unit->piece);
            }
          octavo_print_piece_draw (piece, unit->line, y, self->paper.width, cairo);
        }
      y += unit->height;
    }
  draw_footer (self, note, page, cairo);
}

static void
octavo_note_printer_draw_page (GtkPrintOperation *operation, GtkPrintContext *context, int page)
{
  OctavoNotePrinter *self = OCTAVO_NOTE_PRINTER (operation);
  guint left = (guint) page;

  for (guint i = 0; i < self->notes->len; i++)
    {
      const Note *note = g_ptr_array_index (self->notes, i);

      if (left < note->pages->len)
        {
          draw_page (self, note, left, gtk_print_context_get_cairo_context (context));
          return;
        }
      left -= note->pages->len;
    }
}

static void
octavo_note_printer_finalize (GObject *object)
{
  OctavoNotePrinter *self = OCTAVO_NOTE_PRINTER (object);

  g_clear_object (&self->paper.context);
  pango_font_description_free (self->paper.font);
  g_ptr_array_unref (self->notes);
  G_OBJECT_CLASS (octavo_note_printer_parent_class)->finalize (object);
}

static void
octavo_note_printer_class_init (OctavoNotePrinterClass *klass)
{
  GtkPrintOperationClass *operation_class = GTK_PRINT_OPERATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = octavo_note_printer_finalize;
  operation_class->begin_print = octavo_note_printer_begin_print;
  operation_class->paginate = octavo_note_printer_paginate;
  operation_class->draw_page = octavo_note_printer_draw_page;
}

static void
octavo_note_printer_init (OctavoNotePrinter *self)
{
  g_autoptr (GtkPageSetup) page = gtk_page_setup_new ();

  self->notes = g_ptr_array_new_with_free_func (note_free);
  self->paper.font = pango_font_description_from_string (FONT);
  gtk_page_setup_set_top_margin (page, MARGIN, GTK_UNIT_MM);
  gtk_page_setup_set_bottom_margin (page, MARGIN, GTK_UNIT_MM);
  gtk_page_setup_set_left_margin (page, MARGIN, GTK_UNIT_MM);
  gtk_page_setup_set_right_margin (page, MARGIN, GTK_UNIT_MM);
  gtk_print_operation_set_default_page_setup (GTK_PRINT_OPERATION (self), page);
  gtk_print_operation_set_unit (GTK_PRINT_OPERATION (self), GTK_UNIT_POINTS);
  gtk_print_operation_set_embed_page_setup (GTK_PRINT_OPERATION (self), TRUE);
}

/**
 * octavo_note_printer_new:
 *
 * Makes what prints notes, of which there are none yet. It is run as any #GtkPrintOperation.
 *
 * Returns: (transfer full): the operation
 */
OctavoNotePrinter *
octavo_note_printer_new (void)
{
  return g_object_new (OCTAVO_TYPE_NOTE_PRINTER, NULL);
}

/**
 * octavo_note_printer_set_font:
 * @self: what prints notes
 * @font: the font of their text, with a size
 *
 * Code has a font of its own. To be set before the operation is run.
 */
void
octavo_note_printer_set_font (OctavoNotePrinter *self, const PangoFontDescription *font)
{
  g_return_if_fail (OCTAVO_IS_NOTE_PRINTER (self));
  g_return_if_fail (pango_font_description_get_size (font) > 0);

  pango_font_description_free (self->paper.font);
  self->paper.font = pango_font_description_copy (font);
}

/**
 * octavo_note_printer_add:
 * @self: what prints notes
 * @title: the title of a note
 * @document: what it says
 *
 * Adds a note, to be printed after the others.
 */
void
octavo_note_printer_add (OctavoNotePrinter *self, const char *title, OctavoMarkdownDocument *document)
{
  Note *note;

  g_return_if_fail (OCTAVO_IS_NOTE_PRINTER (self));
  g_return_if_fail (title != NULL && document != NULL);

  note = g_new0 (Note, 1);
  note->title = g_strdup (title);
  note->document = octavo_markdown_document_ref (document);
  note->units = g_array_new (FALSE, FALSE, sizeof (OctavoPrintUnit));
  note->pages = g_array_new (FALSE, FALSE, sizeof (guint));
  g_ptr_array_add (self->notes, note);
  if (self->notes->len == 1)
    gtk_print_operation_set_job_name (GTK_PRINT_OPERATION (self), get_title (note));
}
