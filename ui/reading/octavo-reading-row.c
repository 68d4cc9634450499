/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-reading-row.h"

#include "octavo-reading-cells.h"
#include "octavo-reading-markup.h"

/* What holds a piece stands before it: bars of quotes, and bullets, numbers or boxes of items, or their room where the
 * item began with another piece. Before it is where its text begins, at the left or at the right, whatever the window's
 * direction is. */

#define MARK_WIDTH 26 /* pixels */
#define SPACE      12
#define SPACE_HEAD 20 /* above a heading */
#define SPACE_ITEM 4  /* between items that stand close */
#define TOP        12
#define BOTTOM     48

/* Letters in a line. GTK finds the least width of a text by laying it out at none, letter by letter; this is the least
 * that it tries. */
#define LEAST_TEXT 10
#define LEAST_CELL 3

#define HOLDER     "octavo-holder" /* of a box: its number */

typedef struct
{
  GtkLabel *label;
  guint start; /* of its text in that of the document */
  guint end;
} Text;

struct _OctavoReadingRow
{
  GtkWidget parent_instance;

  OctavoMarkdownDocument *document;
  guint piece;
  GArray *texts; /* (element-type Text) */
};

G_DEFINE_FINAL_TYPE (OctavoReadingRow, octavo_reading_row, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_LINK,
  SIGNAL_TICK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
on_link (OctavoReadingRow *self, const char *address)
{
  g_signal_emit (self, signals[SIGNAL_LINK], 0, address);
  return GDK_EVENT_STOP;
}

static void
on_toggled (OctavoReadingRow *self, GtkCheckButton *box)
{
  guint holder = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (box), HOLDER));

  g_signal_emit (self, signals[SIGNAL_TICK], 0, holder, gtk_check_button_get_active (box));
}

static void
set_direction (GtkWidget *widget, OctavoMarkdownDirection direction)
{
  if (direction != OCTAVO_MARKDOWN_DIRECTION_NONE)
    gtk_widget_set_direction (widget, direction == OCTAVO_MARKDOWN_DIRECTION_RTL ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
}

/* ---- What is in it ---- */

static GtkLabel *
add_text (OctavoReadingRow *self, GtkWidget *parent, GtkAccessibleRole role, int least, guint start, guint end)
{
  const OctavoMarkdownPiece *piece = octavo_markdown_document_get_piece (self->document, self->piece);
  g_autofree char *markup = octavo_reading_markup_new (self->document, piece, start, end, TRUE);
  GtkLabel *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", role, "xalign", 0.0, "yalign", 0.0, "wrap", TRUE,
                                  "wrap-mode", PANGO_WRAP_WORD_CHAR, "width-chars", least, NULL);
  const Text text = { .label = label, .start = start, .end = end };

  set_direction (GTK_WIDGET (label), piece->direction);
  gtk_label_set_markup (label, markup);
  g_signal_connect_object (label, "activate-link", G_CALLBACK (on_link), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (GTK_WIDGET (label), parent);
  g_array_append_val (self->texts, text);
  return label;
}

static GtkWidget *
add_label (OctavoReadingRow *self, const OctavoMarkdownPiece *piece)
{
  GtkAccessibleRole role =
      piece->kind == OCTAVO_MARKDOWN_PIECE_HEADING ? GTK_ACCESSIBLE_ROLE_HEADING : GTK_ACCESSIBLE_ROLE_LABEL;
  GtkLabel *label = add_text (self, GTK_WIDGET (self), role, LEAST_TEXT, piece->start, piece->end);

  if (piece->kind == OCTAVO_MARKDOWN_PIECE_HEADING)
    {
      char name[] = "heading-0";

      name[sizeof name - 2] = (char) ('0' + piece->level);
      gtk_widget_add_css_class (GTK_WIDGET (label), name);
      gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LEVEL, (int) piece->level, -1);
    }
  return GTK_WIDGET (label);
}

static GtkWidget *
add_code (OctavoReadingRow *self, const OctavoMarkdownPiece *piece)
{
  GtkWidget *label = add_label (self, piece);
  guint next = self->piece + 1;

  gtk_widget_add_css_class (label, "code");
  if (!piece->continues)
    gtk_widget_add_css_class (label, "first");
  if (next == octavo_markdown_document_get_n_pieces (self->document) ||
      !octavo_markdown_document_get_piece (self->document, next)->continues)
    gtk_widget_add_css_class (label, "last");
  return label;
}

static GtkWidget *
add_cells (OctavoReadingRow *self, const OctavoMarkdownPiece *piece)
{
  const OctavoMarkdownTable *table = octavo_markdown_document_get_table (self->document, piece->table);
  const float aligns[] = { 0, 0.5, 1 };
  const GtkJustification justifications[] = { GTK_JUSTIFY_LEFT, GTK_JUSTIFY_CENTER, GTK_JUSTIFY_RIGHT };
  GtkWidget *row = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_ROW, NULL);

  gtk_widget_set_layout_manager (row, octavo_reading_cells_new (self->document, piece->table));
  set_direction (row, piece->direction);
  gtk_widget_add_css_class (row, "row");
  if (piece->is_head)
    gtk_widget_add_css_class (row, "head");
  for (guint i = 0; i < piece->n_cells; i++)
    {
      const OctavoMarkdownCell *cell = octavo_markdown_document_get_cell (self->document, piece->first_cell + i);
      GtkLabel *label =
          add_text (self, row, piece->is_head ? GTK_ACCESSIBLE_ROLE_COLUMN_HEADER : GTK_ACCESSIBLE_ROLE_CELL,
                    LEAST_CELL, cell->start, cell->end);

      gtk_label_set_xalign (label, aligns[table->aligns[i]]);
      gtk_label_set_justify (label, justifications[table->aligns[i]]);
      gtk_widget_add_css_class (GTK_WIDGET (label), "cell");
    }
  gtk_widget_set_parent (row, GTK_WIDGET (self));
  return row;
}

static GtkWidget *
add_content (OctavoReadingRow *self, const OctavoMarkdownPiece *piece)
{
  GtkWidget *rule;

  switch (piece->kind)
    {
    case OCTAVO_MARKDOWN_PIECE_CODE:
      return add_code (self, piece);
    case OCTAVO_MARKDOWN_PIECE_ROW:
      return add_cells (self, piece);
    case OCTAVO_MARKDOWN_PIECE_RULE:
      rule = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);
      gtk_widget_set_valign (rule, GTK_ALIGN_CENTER);
      gtk_widget_set_parent (rule, GTK_WIDGET (self));
      return rule;
    case OCTAVO_MARKDOWN_PIECE_TEXT:
    case OCTAVO_MARKDOWN_PIECE_HEADING:
    default:
      return add_label (self, piece);
    }
}

/* ---- What holds it ---- */

static GtkWidget *
make_box (OctavoReadingRow *self, const OctavoMarkdownHolder *holder, guint number)
{
  const OctavoMarkdownPiece *piece = octavo_markdown_document_get_piece (self->document, self->piece);
  g_autofree char *name =
      g_strndup (octavo_markdown_document_get_text (self->document) + piece->start, piece->end - piece->start);
  GtkWidget *box = gtk_check_button_new ();

  gtk_check_button_set_active (GTK_CHECK_BUTTON (box), holder->is_done);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  *name != '\0' ? name : _ ("Task"), -1);
  g_signal_connect_object (box, "toggled", G_CALLBACK (on_toggled), self, G_CONNECT_SWAPPED);
  g_object_set_data (G_OBJECT (box), HOLDER, GUINT_TO_POINTER (number));
  return box;
}

static GtkWidget *
make_mark (OctavoReadingRow *self, const OctavoMarkdownHolder *holder, guint number)
{
  g_autofree char *text = NULL;
  GtkWidget *mark;

  if (holder->is_quote)
    {
      mark = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
      gtk_widget_add_css_class (mark, "quote-bar");
      return mark;
    }
  if (holder->first != self->piece)
    mark = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  else if (holder->is_task)
    mark = make_box (self, holder, number);
  else
    {
      text = holder->is_numbered ? g_strdup_printf ("%u.", holder->number) : g_strdup ("•");
      mark = gtk_label_new (text);
      gtk_label_set_xalign (GTK_LABEL (mark), 1);
      gtk_widget_add_css_class (mark, "mark");
    }
  gtk_widget_set_valign (mark, GTK_ALIGN_START);
  gtk_widget_set_size_request (mark, MARK_WIDTH, -1);
  return mark;
}

static void
add_marks (OctavoReadingRow *self, guint number, int space)
{
  const OctavoMarkdownHolder *holder = octavo_markdown_document_get_holder (self->document, number);
  GtkWidget *mark;

  if (holder == NULL)
    return;
  add_marks (self, holder->parent, space);
  mark = make_mark (self, holder, number);
  set_direction (mark, octavo_markdown_document_get_direction (self->document, number));
  if (!holder->is_quote)
    gtk_widget_set_margin_top (mark, space);
  else if (holder->first == self->piece)
    gtk_widget_set_margin_top (mark, space);
  gtk_widget_set_parent (mark, GTK_WIDGET (self));
  if (holder->is_quote)
    gtk_widget_add_css_class (GTK_WIDGET (self), "quoted");
  if (holder->is_task && holder->is_done)
    gtk_widget_add_css_class (GTK_WIDGET (self), "done");
}

static int
get_space (OctavoReadingRow *self, const OctavoMarkdownPiece *piece)
{
  const OctavoMarkdownHolder *holder = octavo_markdown_document_get_holder (self->document, piece->holder);

  if (self->piece == 0)
    return TOP;
  if (piece->continues)
    return 0;
  if (piece->kind == OCTAVO_MARKDOWN_PIECE_HEADING)
    return SPACE_HEAD;
  if (holder != NULL && holder->is_tight && (holder->first != self->piece || holder->depth > 1))
    return SPACE_ITEM;
  if (holder != NULL && holder->is_tight &&
      octavo_markdown_document_get_piece (self->document, self->piece - 1)->holder)
    return SPACE_ITEM;
  return SPACE;
}

/* ---- Selecting ---- */

static const Text *
find_text (OctavoReadingRow *self, double x, double y, graphene_point_t *inside)
{
  const Text *nearest = NULL;
  double least = G_MAXDOUBLE;

  for (guint i = 0; i < self->texts->len; i++)
    {
      const Text *text = &g_array_index (self->texts, Text, i);
      graphene_rect_t place;
      double across;

      if (!gtk_widget_compute_bounds (GTK_WIDGET (text->label), GTK_WIDGET (self), &place))
        continue;
      across = MAX (MAX (place.origin.x - x, x - place.origin.x - place.size.width), 0);
      if (across >= least)
        continue;
      least = across;
      nearest = text;
      *inside = GRAPHENE_POINT_INIT ((float) x - place.origin.x, (float) y - place.origin.y);
    }
  return nearest;
}

/**
 * octavo_reading_row_find_place:
 * @self: a row
 * @x: a place in it, in pixels
 * @y: as @x
 *
 * Returns: the place in the document's text that is nearest, in bytes
 */
guint
octavo_reading_row_find_place (OctavoReadingRow *self, double x, double y)
{
  const OctavoMarkdownPiece *piece = octavo_markdown_document_get_piece (self->document, self->piece);
  graphene_point_t inside;
  const Text *text = find_text (self, x, y, &inside);
  int left, top, index, trailing;
  const char *shown;

  if (text == NULL)
    return y < gtk_widget_get_height (GTK_WIDGET (self)) / 2.0 ? piece->start : piece->end;
  gtk_label_get_layout_offsets (text->label, &left, &top);
  pango_layout_xy_to_index (gtk_label_get_layout (text->label), (int) (inside.x - (float) left) * PANGO_SCALE,
                            (int) (inside.y - (float) top) * PANGO_SCALE, &index, &trailing);
  shown = gtk_label_get_text (text->label) + index;
  while (trailing-- > 0 && *shown != '\0')
    shown = g_utf8_next_char (shown);
  return text->start + (guint) (shown - gtk_label_get_text (text->label));
}

/**
 * octavo_reading_row_select:
 * @self: a row
 * @start: where what is selected begins, in bytes of the document's text
 * @end: where it ends
 *
 * Shows what of it is selected.
 */
void
octavo_reading_row_select (OctavoReadingRow *self, guint start, guint end)
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self));
  GdkRGBA colour = { 0.21f, 0.52f, 0.89f, 1 };

  gtk_style_context_lookup_color (style, "accent_bg_color", &colour);
  for (guint i = 0; i < self->texts->len; i++)
    {
      const Text *text = &g_array_index (self->texts, Text, i);
      g_autoptr (PangoAttrList) attributes = NULL;
      guint from = MAX (start, text->start), to = MIN (end, text->end);

      if (from < to)
        {
          PangoAttribute *ground =
              pango_attr_background_new ((guint16) (colour.red * 65535), (guint16) (colour.green * 65535),
                                         (guint16) (colour.blue * 65535));
          PangoAttribute *faded = pango_attr_background_alpha_new (65535 / 3);

          attributes = pango_attr_list_new ();
          ground->start_index = faded->start_index = from - text->start;
          ground->end_index = faded->end_index = to - text->start;
          pango_attr_list_insert (attributes, ground);
          pango_attr_list_insert (attributes, faded);
        }
      if (attributes != NULL || gtk_label_get_attributes (text->label) != NULL)
        gtk_label_set_attributes (text->label, attributes);
    }
}

/* ---- Its place ---- */

static int
get_least (GtkWidget *child)
{
  int least;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  return least;
}

static GtkSizeRequestMode
octavo_reading_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* The last child is the piece, which has the room that the others leave. To find a height for a width GtkBoxLayout
 * tries many, and lays the text out for each. */
static void
octavo_reading_row_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  GtkWidget *last = gtk_widget_get_last_child (widget);
  int height, width = for_size;

  *minimum = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int least = get_least (child);

      if (orientation == GTK_ORIENTATION_HORIZONTAL)
        *minimum += least;
      else
        {
          gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, child == last ? MAX (width, least) : least, &height,
                              NULL, NULL, NULL);
          *minimum = MAX (*minimum, height);
          width -= least;
        }
    }
  *natural = *minimum;
}

static void
octavo_reading_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *last = gtk_widget_get_last_child (widget);
  int left = 0, right = 0; /* what is taken at each side */

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      gboolean is_rtl = gtk_widget_get_direction (child) == GTK_TEXT_DIR_RTL;
      GtkAllocation place = { .width = get_least (child), .height = height };

      if (child == last)
        place.width = MAX (width - left - right, place.width);
      place.x = is_rtl ? width - right - place.width : left;
      if (is_rtl)
        right += place.width;
      else
        left += place.width;
      gtk_widget_size_allocate (child, &place, -1);
    }
}

static void
octavo_reading_row_dispose (GObject *object)
{
  OctavoReadingRow *self = OCTAVO_READING_ROW (object);
  GtkWidget *child;

  g_array_set_size (self->texts, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (octavo_reading_row_parent_class)->dispose (object);
}

static void
octavo_reading_row_finalize (GObject *object)
{
  OctavoReadingRow *self = OCTAVO_READING_ROW (object);

  octavo_markdown_document_unref (self->document);
  g_array_unref (self->texts);
  G_OBJECT_CLASS (octavo_reading_row_parent_class)->finalize (object);
}

static void
octavo_reading_row_class_init (OctavoReadingRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = octavo_reading_row_dispose;
  object_class->finalize = octavo_reading_row_finalize;
  widget_class->get_request_mode = octavo_reading_row_get_request_mode;
  widget_class->measure = octavo_reading_row_measure;
  widget_class->size_allocate = octavo_reading_row_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "piece");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);

  signals[SIGNAL_LINK] = g_signal_new ("link", OCTAVO_TYPE_READING_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_TICK] = g_signal_new ("tick", OCTAVO_TYPE_READING_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_BOOLEAN);
}

static void
octavo_reading_row_init (OctavoReadingRow *self)
{
  self->texts = g_array_new (FALSE, FALSE, sizeof (Text));
}

/**
 * octavo_reading_row_new:
 * @document: a document
 * @piece: one of its pieces
 * @editable: whether a box may be ticked
 *
 * Makes a row that shows a piece.
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
octavo_reading_row_new (OctavoMarkdownDocument *document, guint piece, gboolean editable)
{
  OctavoReadingRow *self = g_object_new (OCTAVO_TYPE_READING_ROW, NULL);
  const OctavoMarkdownPiece *shown = octavo_markdown_document_get_piece (document, piece);
  const OctavoMarkdownHolder *holder = octavo_markdown_document_get_holder (document, shown->holder);
  int space;

  self->document = octavo_markdown_document_ref (document);
  self->piece = piece;
  space = get_space (self, shown);
  add_marks (self, shown->holder, space);
  gtk_widget_set_margin_top (add_content (self, shown), space);
  if (piece + 1 == octavo_markdown_document_get_n_pieces (document))
    gtk_widget_set_margin_bottom (GTK_WIDGET (self), BOTTOM);
  if (holder != NULL && shown->kind == OCTAVO_MARKDOWN_PIECE_TEXT)
    gtk_widget_add_css_class (GTK_WIDGET (self), "held");
  octavo_reading_row_set_editable (self, editable);
  return GTK_WIDGET (self);
}

/**
 * octavo_reading_row_get_piece:
 * @self: a row
 *
 * Returns: the number of the piece it shows
 */
guint
octavo_reading_row_get_piece (OctavoReadingRow *self)
{
  g_return_val_if_fail (OCTAVO_IS_READING_ROW (self), 0);

  return self->piece;
}

/**
 * octavo_reading_row_set_editable:
 * @self: a row
 * @editable: whether its boxes may be ticked
 */
void
octavo_reading_row_set_editable (OctavoReadingRow *self, gboolean editable)
{
  g_return_if_fail (OCTAVO_IS_READING_ROW (self));

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_CHECK_BUTTON (child))
      gtk_widget_set_sensitive (child, editable);
}
