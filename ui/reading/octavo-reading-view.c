/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-reading-view.h"

#include "octavo-reading-keys.h"
#include "octavo-reading-row.h"
#include "octavo-reading-select.h"
#include "octavo-reading-text.h"

/* A note of 1 MB has ten thousand pieces, of which twenty are in sight; only these, and some at each side, have rows.
 * Rows are of any height, and that of one that was never made is guessed from its text. So the place is not a number of
 * pixels but a piece at the top and how much of it is out of sight, and stays there whatever is found out above it; the
 * scroll bar is told what that comes to. GtkListView, which also does so, keeps two hundred rows alive whatever is in
 * sight, and its rows cannot be passed over by Tab. */

#define BESIDE       600 /* pixels of rows out of sight, at each side */
#define LETTER_WIDTH 8   /* to guess a height with */
#define LINE_HEIGHT  24

struct _OctavoReadingView
{
  GtkWidget parent_instance;

  OctavoMarkdownDocument *document; /* NULL: none yet */
  guint n_pieces;
  float *heights; /* of each piece; 0: not known */
  GQueue rows;    /* of OctavoReadingRow, one after the other */
  guint first;    /* the piece of the first row */
  guint top;      /* the piece at the top */
  double above;   /* pixels of it that are out of sight */
  int width;
  int height;
  double value; /* of the adjustment, as it was told last */
  gboolean is_configuring;
  gboolean is_editable;
  guint selected_start;
  guint selected_end;

  GtkAdjustment *adjustments[2]; /* by GtkOrientation; across there is nothing to scroll */
  GtkScrollablePolicy policies[2];
};

enum
{
  PROP_HADJUSTMENT = 1,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

enum
{
  SIGNAL_LINK,
  SIGNAL_TICK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (OctavoReadingView,
                               octavo_reading_view,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

/* ---- Rows ---- */

static void
on_link (OctavoReadingView *self, const char *address)
{
  g_signal_emit (self, signals[SIGNAL_LINK], 0, address);
}

static void
on_tick (OctavoReadingView *self, guint holder, gboolean is_done)
{
  g_signal_emit (self, signals[SIGNAL_TICK], 0, holder, is_done);
}

static GtkWidget *
make_row (OctavoReadingView *self, guint piece)
{
  GtkWidget *row = octavo_reading_row_new (self->document, piece, self->is_editable);

  g_signal_connect_object (row, "link", G_CALLBACK (on_link), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "tick", G_CALLBACK (on_tick), self, G_CONNECT_SWAPPED);
  if (self->selected_start < self->selected_end)
    octavo_reading_row_select (OCTAVO_READING_ROW (row), self->selected_start, self->selected_end);
  return row;
}

static void
drop_row (OctavoReadingView *self, GtkWidget *row)
{
  if (gtk_widget_get_focus_child (GTK_WIDGET (self)) == row)
    gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_widget_unparent (row);
}

static void
drop_rows (OctavoReadingView *self)
{
  GtkWidget *row;

  while ((row = g_queue_pop_head (&self->rows)) != NULL)
    drop_row (self, row);
  self->first = self->top;
}

/* The row of a piece that is next to one that has one, or the first at all. */
static GtkWidget *
ensure_row (OctavoReadingView *self, guint piece)
{
  GtkWidget *row;

  if (g_queue_is_empty (&self->rows))
    self->first = piece;
  if (piece + 1 == self->first)
    {
      row = make_row (self, piece);
      gtk_widget_insert_after (row, GTK_WIDGET (self), NULL);
      g_queue_push_head (&self->rows, row);
      self->first--;
    }
  else if (piece == self->first + self->rows.length)
    {
      row = make_row (self, piece);
      gtk_widget_insert_before (row, GTK_WIDGET (self), NULL);
      g_queue_push_tail (&self->rows, row);
    }
  return g_queue_peek_nth (&self->rows, piece - self->first);
}

static double
measure (OctavoReadingView *self, guint piece)
{
  GtkWidget *row = ensure_row (self, piece);
  int least, height;

  gtk_widget_measure (row, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, MAX (least, self->width), &height, NULL, NULL, NULL);
  self->heights[piece] = (float) MAX (height, 1);
  return self->heights[piece];
}

static double
get_height (OctavoReadingView *self, guint piece)
{
  const OctavoMarkdownPiece *shown;
  guint letters = (guint) MAX (self->width / LETTER_WIDTH, 20);
  guint n_lines;

  if (self->heights[piece] > 0)
    return self->heights[piece];
  shown = octavo_markdown_document_get_piece (self->document, piece);
  n_lines = 1 + (shown->end - shown->start) / letters;
  return LINE_HEIGHT / 2.0 + LINE_HEIGHT * (double) n_lines;
}

/* ---- The place ---- */

/* Where a piece is by number; rows that are not next to it are of no use. */
static void
set_top (OctavoReadingView *self, guint piece, double above)
{
  self->top = piece;
  self->above = above;
  if (!g_queue_is_empty (&self->rows) && (piece + 1 < self->first || piece > self->first + self->rows.length))
    drop_rows (self);
}

/* Makes the rows in sight from the top piece on. Returns the pixels there are in sight after the last. */
static double
fill_below (OctavoReadingView *self, guint *end)
{
  double y = -self->above;
  guint piece = self->top;

  while (piece < self->n_pieces && y < self->height + BESIDE)
    y += measure (self, piece++);
  *end = piece;
  return self->height - y;
}

/* Has the top piece be one of which something is in sight, and nothing empty above or below. */
static void
settle (OctavoReadingView *self, guint *end)
{
  double room;

  while (self->above < 0 && self->top > 0)
    self->above += measure (self, --self->top);
  self->above = MAX (self->above, 0);
  while (self->top + 1 < self->n_pieces && self->above >= measure (self, self->top))
    self->above -= self->heights[self->top++];
  room = fill_below (self, end);
  if (room <= 0 || *end < self->n_pieces)
    return;
  self->above -= room;
  while (self->above < 0 && self->top > 0)
    self->above += measure (self, --self->top);
  self->above = MAX (self->above, 0);
}

static void
drop_far_rows (OctavoReadingView *self, guint start, guint end)
{
  while (self->first < start && !g_queue_is_empty (&self->rows))
    {
      drop_row (self, g_queue_pop_head (&self->rows));
      self->first++;
    }
  while (self->first + self->rows.length > end && !g_queue_is_empty (&self->rows))
    drop_row (self, g_queue_pop_tail (&self->rows));
}

static void
show_rows (OctavoReadingView *self)
{
  guint start, end;
  double y = 0;

  if (self->n_pieces == 0 || self->width == 0 || self->height == 0)
    return;
  settle (self, &end);
  start = self->top;
  while (start > 0 && y < BESIDE)
    y += measure (self, --start);
  drop_far_rows (self, start, end);
}

static void
configure (OctavoReadingView *self)
{
  GtkAdjustment *across = self->adjustments[GTK_ORIENTATION_HORIZONTAL];
  GtkAdjustment *down = self->adjustments[GTK_ORIENTATION_VERTICAL];
  double upper = 0, value = 0;

  for (guint i = 0; i < self->n_pieces; i++)
    {
      if (i == self->top)
        value = upper + self->above;
      upper += get_height (self, i);
    }
  upper = MAX (upper, self->height);
  self->value = CLAMP (value, 0, upper - self->height);
  self->is_configuring = TRUE;
  if (down != NULL)
    gtk_adjustment_configure (down, self->value, 0, upper, OCTAVO_READING_STEP, self->height * 0.9, self->height);
  if (across != NULL)
    gtk_adjustment_configure (across, 0, 0, self->width, 0, 0, self->width);
  self->is_configuring = FALSE;
}

/* A small step counts in pixels of rows that there are; a large one goes where the guesses say. */
static void
scroll_to_value (OctavoReadingView *self, double value)
{
  double step = value - self->value, y = 0;
  guint piece = 0;

  if (ABS (step) < 2 * self->height)
    {
      self->above += step;
      self->value = value;
      return;
    }
  while (piece + 1 < self->n_pieces && y + get_height (self, piece) <= value)
    y += get_height (self, piece++);
  set_top (self, piece, MAX (value - y, 0));
  self->value = value;
}

static void
on_value_changed (OctavoReadingView *self)
{
  if (self->is_configuring || self->document == NULL)
    return;
  scroll_to_value (self, gtk_adjustment_get_value (self->adjustments[GTK_ORIENTATION_VERTICAL]));
  show_rows (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
scroll_by (OctavoReadingView *self, double step)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];

  if (adjustment != NULL)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + step);
}

/* ---- As a widget ---- */

static void
octavo_reading_view_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  *minimum = *natural = 0;
}

static void
octavo_reading_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  OctavoReadingView *self = OCTAVO_READING_VIEW (widget);
  double y;

  if (self->document == NULL)
    return;
  if (width != self->width)
    for (guint i = 0; i < self->n_pieces; i++)
      self->heights[i] = 0;
  self->width = width;
  self->height = height;
  show_rows (self);
  y = -self->above;
  for (guint i = self->first; i < self->top; i++)
    y -= self->heights[i];
  for (GList *l = self->rows.head; l != NULL; l = l->next)
    {
      guint piece = octavo_reading_row_get_piece (l->data);
      GtkAllocation place = { .y = (int) y, .height = (int) self->heights[piece] };
      int least;

      gtk_widget_measure (l->data, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      place.width = MAX (width, least);
      gtk_widget_size_allocate (l->data, &place, -1);
      y += self->heights[piece];
    }
  configure (self);
}

/* A row that gets the focus is brought in sight. */
static void
octavo_reading_view_set_focus_child (GtkWidget *widget, GtkWidget *child)
{
  OctavoReadingView *self = OCTAVO_READING_VIEW (widget);
  graphene_rect_t place;
  GtkWidget *focus;
  double below;

  GTK_WIDGET_CLASS (octavo_reading_view_parent_class)->set_focus_child (widget, child);
  focus = child != NULL ? gtk_root_get_focus (gtk_widget_get_root (widget)) : NULL;
  if (focus == NULL || !gtk_widget_is_ancestor (focus, child) || !gtk_widget_compute_bounds (focus, widget, &place))
    return;
  below = place.origin.y + place.size.height - self->height;
  if (place.origin.y < 0)
    scroll_by (self, place.origin.y);
  else if (below > 0)
    scroll_by (self, MIN (below, place.origin.y));
}

static gboolean
has_focusable (OctavoReadingView *self, guint piece)
{
  const OctavoMarkdownPiece *shown = octavo_markdown_document_get_piece (self->document, piece);
  guint holder = shown->holder;

  for (guint i = 0; i < shown->n_runs; i++)
    if (octavo_markdown_document_get_run (self->document, shown->first_run + i)->target != 0)
      return TRUE;
  while (holder != 0)
    {
      const OctavoMarkdownHolder *each = octavo_markdown_document_get_holder (self->document, holder);

      if (each->is_task && each->first == piece && self->is_editable)
        return TRUE;
      holder = each->parent;
    }
  return FALSE;
}

/* Goes on from a piece to the next one with a link or a box, wherever that is. */
static gboolean
focus_from (OctavoReadingView *self, guint piece, GtkDirectionType direction)
{
  guint step = direction == GTK_DIR_TAB_FORWARD ? 1 : G_MAXUINT;

  for (; piece < self->n_pieces; piece += step)
    {
      if (!has_focusable (self, piece))
        continue;
      if (piece < self->first || piece >= self->first + self->rows.length)
        octavo_reading_view_scroll_to (self, piece);
      if (gtk_widget_child_focus (g_queue_peek_nth (&self->rows, piece - self->first), direction))
        return TRUE;
    }
  return FALSE;
}

static gboolean
octavo_reading_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  OctavoReadingView *self = OCTAVO_READING_VIEW (widget);
  GtkWidget *row = gtk_widget_get_focus_child (widget);

  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return FALSE;
  if (row == NULL)
    {
      if (!gtk_widget_is_focus (widget))
        return gtk_widget_grab_focus (widget);
      return direction == GTK_DIR_TAB_FORWARD && focus_from (self, self->top, direction);
    }
  if (gtk_widget_child_focus (row, direction))
    return TRUE;
  if (direction == GTK_DIR_TAB_FORWARD)
    return focus_from (self, octavo_reading_row_get_piece (OCTAVO_READING_ROW (row)) + 1, direction);
  return focus_from (self, octavo_reading_row_get_piece (OCTAVO_READING_ROW (row)) - 1, direction) ||
         gtk_widget_grab_focus (widget);
}

static void
watch_adjustment (OctavoReadingView *self, GtkOrientation orientation, GtkAdjustment *adjustment)
{
  if (self->adjustments[orientation] != NULL)
    g_signal_handlers_disconnect_by_data (self->adjustments[orientation], self);
  if (!g_set_object (&self->adjustments[orientation], adjustment) || adjustment == NULL)
    return;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (on_value_changed), self, G_CONNECT_SWAPPED);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
octavo_reading_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  OctavoReadingView *self = OCTAVO_READING_VIEW (object);

  switch (id)
    {
    case PROP_HADJUSTMENT:
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->adjustments[id - PROP_HADJUSTMENT]);
      break;
    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, (int) self->policies[id - PROP_HSCROLL_POLICY]);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
octavo_reading_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  OctavoReadingView *self = OCTAVO_READING_VIEW (object);

  switch (id)
    {
    case PROP_HADJUSTMENT:
    case PROP_VADJUSTMENT:
      watch_adjustment (self, id - PROP_HADJUSTMENT, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      self->policies[id - PROP_HSCROLL_POLICY] = (GtkScrollablePolicy) g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
octavo_reading_view_dispose (GObject *object)
{
  OctavoReadingView *self = OCTAVO_READING_VIEW (object);

  drop_rows (self);
  watch_adjustment (self, GTK_ORIENTATION_HORIZONTAL, NULL);
  watch_adjustment (self, GTK_ORIENTATION_VERTICAL, NULL);
  G_OBJECT_CLASS (octavo_reading_view_parent_class)->dispose (object);
}

static void
octavo_reading_view_finalize (GObject *object)
{
  OctavoReadingView *self = OCTAVO_READING_VIEW (object);

  g_clear_pointer (&self->document, octavo_markdown_document_unref);
  g_free (self->heights);
  G_OBJECT_CLASS (octavo_reading_view_parent_class)->finalize (object);
}

static void
octavo_reading_view_class_init (OctavoReadingViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = octavo_reading_view_get_property;
  object_class->set_property = octavo_reading_view_set_property;
  object_class->dispose = octavo_reading_view_dispose;
  object_class->finalize = octavo_reading_view_finalize;
  widget_class->measure = octavo_reading_view_measure;
  widget_class->size_allocate = octavo_reading_view_size_allocate;
  widget_class->set_focus_child = octavo_reading_view_set_focus_child;
  widget_class->focus = octavo_reading_view_focus;
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
  gtk_widget_class_set_css_name (widget_class, "reading");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DOCUMENT);
  octavo_reading_keys_install (widget_class);

  signals[SIGNAL_LINK] = g_signal_new ("link", OCTAVO_TYPE_READING_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_TICK] = g_signal_new ("tick", OCTAVO_TYPE_READING_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_BOOLEAN);
}

static void
octavo_reading_view_init (OctavoReadingView *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  octavo_reading_select_add (self);
}

/**
 * octavo_reading_view_get_document:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): what it shows
 */
OctavoMarkdownDocument *
octavo_reading_view_get_document (OctavoReadingView *self)
{
  g_return_val_if_fail (OCTAVO_IS_READING_VIEW (self), NULL);

  return self->document;
}

/**
 * octavo_reading_view_set_document:
 * @self: a view
 * @document: what to show
 * @top: the piece to begin with
 *
 * Shows another document. Nothing of it is selected.
 */
void
octavo_reading_view_set_document (OctavoReadingView *self, OctavoMarkdownDocument *document, guint top)
{
  g_return_if_fail (OCTAVO_IS_READING_VIEW (self));
  g_return_if_fail (document != NULL);

  self->selected_start = self->selected_end = 0;
  drop_rows (self);
  octavo_markdown_document_ref (document);
  g_clear_pointer (&self->document, octavo_markdown_document_unref);
  self->document = document;
  self->n_pieces = octavo_markdown_document_get_n_pieces (document);
  g_free (self->heights);
  self->heights = g_new0 (float, self->n_pieces);
  octavo_reading_view_scroll_to (self, top);
}

/**
 * octavo_reading_view_set_editable:
 * @self: a view
 * @editable: whether boxes may be ticked
 */
void
octavo_reading_view_set_editable (OctavoReadingView *self, gboolean editable)
{
  g_return_if_fail (OCTAVO_IS_READING_VIEW (self));

  self->is_editable = editable;
  for (GList *l = self->rows.head; l != NULL; l = l->next)
    octavo_reading_row_set_editable (l->data, editable);
}

/**
 * octavo_reading_view_get_top:
 * @self: a view
 *
 * Returns: the piece at the top
 */
guint
octavo_reading_view_get_top (OctavoReadingView *self)
{
  g_return_val_if_fail (OCTAVO_IS_READING_VIEW (self), 0);

  return self->top;
}

/**
 * octavo_reading_view_scroll_to:
 * @self: a view
 * @piece: a piece
 *
 * Has a piece at the top, or as near to it as the end allows.
 */
void
octavo_reading_view_scroll_to (OctavoReadingView *self, guint piece)
{
  g_return_if_fail (OCTAVO_IS_READING_VIEW (self));

  if (self->n_pieces == 0)
    return;
  set_top (self, MIN (piece, self->n_pieces - 1), 0);
  show_rows (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/**
 * octavo_reading_view_find_place:
 * @self: a view
 * @x: a place in it, in pixels
 * @y: as @x
 *
 * Returns: the place in the document's text that is nearest, in bytes
 */
guint
octavo_reading_view_find_place (OctavoReadingView *self, double x, double y)
{
  g_return_val_if_fail (OCTAVO_IS_READING_VIEW (self), 0);

  for (GList *l = self->rows.head; l != NULL; l = l->next)
    {
      double inside_x, inside_y;

      gtk_widget_translate_coordinates (GTK_WIDGET (self), l->data, x, y, &inside_x, &inside_y);
      if (inside_y < gtk_widget_get_height (l->data) || l->next == NULL)
        return octavo_reading_row_find_place (l->data, inside_x, inside_y);
    }
  return 0;
}

/**
 * octavo_reading_view_select:
 * @self: a view
 * @start: where in the document's text what is to be selected begins, in bytes
 * @end: where it ends
 */
void
octavo_reading_view_select (OctavoReadingView *self, guint start, guint end)
{
  g_return_if_fail (OCTAVO_IS_READING_VIEW (self));

  self->selected_start = start;
  self->selected_end = end;
  for (GList *l = self->rows.head; l != NULL; l = l->next)
    octavo_reading_row_select (l->data, start, end);
}

/**
 * octavo_reading_view_dup_selection:
 * @self: a view
 *
 * Returns: (transfer full): the text that is selected, as it is read
 */
char *
octavo_reading_view_dup_selection (OctavoReadingView *self)
{
  g_return_val_if_fail (OCTAVO_IS_READING_VIEW (self), NULL);

  if (self->document == NULL)
    return g_strdup ("");
  return octavo_reading_text_new (self->document, self->selected_start, self->selected_end);
}
