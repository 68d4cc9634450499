/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-reading-cells.h"

/* The rows of a table are widgets of their own, which are made when they come in sight. So no row can ask another how
 * wide a column is: all work it out alike, from the longest line of each column, which the document knows. */

#define LEAST 4 /* letters in a column */

struct _OctavoReadingCells
{
  GtkLayoutManager parent_instance;

  OctavoMarkdownDocument *document;
  guint table;
};

G_DEFINE_FINAL_TYPE (OctavoReadingCells, octavo_reading_cells, GTK_TYPE_LAYOUT_MANAGER)

static double
get_letters (const OctavoMarkdownTable *table, guint column)
{
  return MAX (table->widths[column], LEAST) + 2;
}

/**
 * octavo_reading_cells_share:
 * @table: a table
 * @width: that there is for it
 * @unit: the width of a letter
 * @places: (out caller-allocates): where each column begins, and where the last one ends
 *
 * Gives each column the width of its letters; where there is not enough for all, its share of what there is.
 */
void
octavo_reading_cells_share (const OctavoMarkdownTable *table, int width, int unit, int *places)
{
  double letters = 0, sum = 0, scale;

  for (guint i = 0; i < table->n_columns; i++)
    letters += get_letters (table, i);
  scale = MIN (unit, letters > 0 ? width / letters : 0);
  for (guint i = 0; i < table->n_columns; i++)
    {
      places[i] = (int) (sum * scale);
      sum += get_letters (table, i);
    }
  places[table->n_columns] = (int) (sum * scale);
}

static int
get_unit (GtkWidget *widget)
{
  PangoFontMetrics *metrics = pango_context_get_metrics (gtk_widget_get_pango_context (widget), NULL, NULL);
  int width = PANGO_PIXELS_CEIL (pango_font_metrics_get_approximate_char_width (metrics));

  pango_font_metrics_unref (metrics);
  return width;
}

static void
measure_height (OctavoReadingCells *self, GtkWidget *widget, int width, int *height)
{
  const OctavoMarkdownTable *table = octavo_markdown_document_get_table (self->document, self->table);
  int places[OCTAVO_MARKDOWN_MAX_COLUMNS + 1] = { 0 };
  guint column = 0;

  octavo_reading_cells_share (table, width, get_unit (widget), places);
  for (GtkWidget *cell = gtk_widget_get_first_child (widget); cell != NULL; cell = gtk_widget_get_next_sibling (cell))
    {
      int least, cell_height;

      gtk_widget_measure (cell, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      gtk_widget_measure (cell, GTK_ORIENTATION_VERTICAL, MAX (places[column + 1] - places[column], least),
                          &cell_height, NULL, NULL, NULL);
      *height = MAX (*height, cell_height);
      column++;
    }
}

static void
octavo_reading_cells_measure (GtkLayoutManager *manager,
                              GtkWidget *widget,
                              GtkOrientation orientation,
                              int for_size,
                              int *minimum,
                              int *natural,
                              int *minimum_baseline,
                              int *natural_baseline)
{
  OctavoReadingCells *self = OCTAVO_READING_CELLS (manager);
  const OctavoMarkdownTable *table = octavo_markdown_document_get_table (self->document, self->table);
  int places[OCTAVO_MARKDOWN_MAX_COLUMNS + 1] = { 0 };
  int unit = get_unit (widget);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      measure_height (self, widget, for_size >= 0 ? for_size : G_MAXINT, minimum);
      *natural = *minimum;
      return;
    }
  octavo_reading_cells_share (table, G_MAXINT, unit, places);
  *natural = places[table->n_columns];
}

static void
octavo_reading_cells_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  OctavoReadingCells *self = OCTAVO_READING_CELLS (manager);
  const OctavoMarkdownTable *table = octavo_markdown_document_get_table (self->document, self->table);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int places[OCTAVO_MARKDOWN_MAX_COLUMNS + 1] = { 0 };
  guint column = 0;

  octavo_reading_cells_share (table, width, get_unit (widget), places);
  for (GtkWidget *cell = gtk_widget_get_first_child (widget); cell != NULL; cell = gtk_widget_get_next_sibling (cell))
    {
      GtkAllocation place = { .x = places[column], .height = height };
      int least;

      gtk_widget_measure (cell, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      place.width = MAX (places[column + 1] - places[column], least);
      if (is_rtl)
        place.x = width - place.x - place.width;
      gtk_widget_size_allocate (cell, &place, -1);
      column++;
    }
}

static GtkSizeRequestMode
octavo_reading_cells_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
octavo_reading_cells_finalize (GObject *object)
{
  OctavoReadingCells *self = OCTAVO_READING_CELLS (object);

  octavo_markdown_document_unref (self->document);
  G_OBJECT_CLASS (octavo_reading_cells_parent_class)->finalize (object);
}

static void
octavo_reading_cells_class_init (OctavoReadingCellsClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = octavo_reading_cells_finalize;
  manager_class->get_request_mode = octavo_reading_cells_get_request_mode;
  manager_class->measure = octavo_reading_cells_measure;
  manager_class->allocate = octavo_reading_cells_allocate;
}

static void
octavo_reading_cells_init (OctavoReadingCells *self)
{
}

/**
 * octavo_reading_cells_new:
 * @document: a document
 * @table: one of its tables
 *
 * Makes what lays out the cells of a row, which are the children of a widget, in order.
 *
 * Returns: (transfer full): the layout manager
 */
GtkLayoutManager *
octavo_reading_cells_new (OctavoMarkdownDocument *document, guint table)
{
  OctavoReadingCells *self = g_object_new (OCTAVO_TYPE_READING_CELLS, NULL);

  self->document = octavo_markdown_document_ref (document);
  self->table = table;
  return GTK_LAYOUT_MANAGER (self);
}
