/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include "octavo-list-rows.h"
#include "octavo-list-shift.h"
#include "octavo-note-list-drag.h"
#include "octavo-note-list-input.h"
#include "octavo-note-list-view-private.h"
#include "octavo-note-row-pool.h"

#define HEIGHT_TO_COME 800 /* pixels, where the list has no height yet: rows are ready for its first frame */

/* A list of rows that are all of one height. GtkListView does not know that they are: it keeps two hundred rows alive,
 * makes all of them anew for a new result, and has to be told of a change in parts that it can bear. Here a place in
 * the list is a matter of arithmetic, a new result gives other notes to the rows that can be seen, and what cannot be
 * seen is neither read nor bound before there is nothing else to do. */

struct _OctavoNoteListView
{
  GtkWidget parent_instance;

  OctavoNoteSelection *selection;
  OctavoNoteList *list;
  OctavoNoteRowPool *pool;

  GtkAdjustment *adjustments[2]; /* by GtkOrientation; across there is nothing to scroll */
  GtkScrollablePolicy policies[2];
  int row_height;          /* 0: not known yet */
  int row_width;           /* the least */
  int height;              /* of what can be seen */
  gboolean is_configuring; /* the adjustment is set by the view itself */
  gboolean is_painted;     /* rows were: those that cannot be seen are not made before */

  GArray *seen; /* ids of the notes that can be seen: what must stay where it is when the list changes */
  guint first_seen;
  gint64 cursor_id; /* of the note whose row has or last had the focus; 0 for none */
  gint64 shown_id;  /* to scroll to once there is a height; 0 for none */
  gboolean to_top;  /* the next change is the answer to a person's question */
  guint follow_source;
  guint follow_tick; /* the same, at the start of the next frame */
  guint fill_source;
};

/* Of each pair, in the order of GtkOrientation. */
enum
{
  PROP_HADJUSTMENT = 1,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

G_DEFINE_FINAL_TYPE_WITH_CODE (OctavoNoteListView,
                               octavo_note_list_view,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

static guint
get_n_items (OctavoNoteListView *self)
{
  return self->list != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->list)) : 0;
}

/* ---- Scrolling ---- */

static double
get_value (OctavoNoteListView *self)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];

  return adjustment != NULL ? gtk_adjustment_get_value (adjustment) : 0;
}

static void
configure (OctavoNoteListView *self, GtkOrientation orientation, double value, double upper, double page_size)
{
  if (self->adjustments[orientation] == NULL)
    return;

  upper = MAX (upper, page_size);
  self->is_configuring = TRUE;
  gtk_adjustment_configure (self->adjustments[orientation], CLAMP (value, 0, upper - page_size), 0, upper,
                            page_size * 0.1, page_size * 0.9, page_size);
  self->is_configuring = FALSE;
}

static void
scroll_to_value (OctavoNoteListView *self, double value)
{
  configure (self, GTK_ORIENTATION_VERTICAL, value, (double) get_n_items (self) * self->row_height, self->height);
}

/* The least that has the row of a position seen as a whole. */
static void
scroll_to_row (OctavoNoteListView *self, guint position)
{
  double top = (double) position * self->row_height;

  scroll_to_value (self, CLAMP (get_value (self), top + self->row_height - self->height, top));
}

static gboolean
on_fill (gpointer user_data)
{
  OctavoNoteListView *self = user_data;

  if (octavo_note_row_pool_fill (self->pool))
    return G_SOURCE_CONTINUE;
  self->fill_source = 0;
  return G_SOURCE_REMOVE;
}

static void
queue_fill (OctavoNoteListView *self)
{
  if (self->fill_source == 0)
    self->fill_source = g_idle_add_full (G_PRIORITY_LOW, on_fill, self, NULL);
}

/* All rows are alike, so one of them says how large they are. */
static void
measure_rows (OctavoNoteListView *self)
{
  GtkWidget *row;
  int height, width;

  if (get_n_items (self) == 0)
    return;

  if (self->row_height == 0)
    octavo_note_row_pool_show (self->pool, 0, 1);
  row = gtk_widget_get_first_child (GTK_WIDGET (self));
  if (!gtk_widget_get_visible (row))
    return;

  gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  gtk_widget_measure (row, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  self->row_width = width;
  if (height == self->row_height)
    return;

  if (self->row_height > 0)
    scroll_to_value (self, get_value (self) / self->row_height * height);
  self->row_height = height;
}

static void
find_visible (OctavoNoteListView *self, guint *start, guint *end)
{
  guint n_items = get_n_items (self);
  guint height = (guint) (self->height > 0 ? self->height : HEIGHT_TO_COME);

  *start = MIN (n_items, (guint) get_value (self) / (guint) self->row_height);
  *end = MIN (n_items, (guint) (get_value (self) + height - 1) / (guint) self->row_height + 1);
}

/* Has the rows that can be seen show their notes, and remembers which these are. */
static void
show_rows (OctavoNoteListView *self)
{
  guint start, end;

  measure_rows (self);
  if (self->row_height == 0)
    return;

  find_visible (self, &start, &end);
  octavo_note_row_pool_show (self->pool, start, end);

  self->first_seen = start;
  g_array_set_size (self->seen, 0);
  for (guint i = start; i < end; i++)
    {
      gint64 id = octavo_note_list_get_id (self->list, i);

      g_array_append_val (self->seen, id);
    }
  if (self->is_painted)
    queue_fill (self);
}

static void
on_value_changed (OctavoNoteListView *self)
{
  if (self->is_configuring || self->pool == NULL)
    return;

  if (self->follow_source == 0)
    show_rows (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
stop_to_follow (OctavoNoteListView *self)
{
  g_clear_handle_id (&self->follow_source, g_source_remove);
  if (self->follow_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->follow_tick);
  self->follow_tick = 0;
}

/* Who looks at the top goes on looking at the top, who has scrolled goes on seeing the same notes. */
static void
follow (OctavoNoteListView *self)
{
  double value = get_value (self);
  int shift = 0;

  stop_to_follow (self);
  if (self->to_top)
    value = 0;
  else if (value > 0)
    shift = octavo_list_shift_find (self->list, self->seen, self->first_seen);
  self->to_top = FALSE;

  octavo_note_row_pool_follow (self->pool, shift);
  scroll_to_value (self, value + (double) shift * self->row_height);
  show_rows (self);
}

static gboolean
on_follow (gpointer user_data)
{
  OctavoNoteListView *self = user_data;

  follow (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  return on_follow (widget);
}

/* One change of the list may be told in several parts: it is followed once, before the next frame, which may come
 * before there is nothing else to do; or without one, where the window is not shown. */
static void
queue_follow (OctavoNoteListView *self)
{
  if (self->follow_source != 0)
    return;

  self->follow_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_follow, self, NULL);
  self->follow_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_frame, NULL, NULL);
}

static void
on_items_changed (OctavoNoteListView *self)
{
  if (octavo_note_list_get_loading (self->list))
    self->to_top = TRUE;
  queue_follow (self);
}

static void
on_selection_changed (OctavoNoteListView *self)
{
  octavo_note_row_pool_update_selected (self->pool);
}

static void
set_adjustment (OctavoNoteListView *self, GtkOrientation orientation, GtkAdjustment *adjustment)
{
  GtkAdjustment *old = self->adjustments[orientation];

  if (adjustment == old && adjustment != NULL)
    return;

  if (old != NULL)
    g_signal_handlers_disconnect_by_func (old, on_value_changed, self);
  g_clear_object (&self->adjustments[orientation]);
  self->adjustments[orientation] =
      g_object_ref_sink (adjustment != NULL ? adjustment : gtk_adjustment_new (0, 0, 0, 0, 0, 0));
  g_signal_connect_swapped (self->adjustments[orientation], "value-changed", G_CALLBACK (on_value_changed), self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* ---- Layout ---- */

static void
octavo_note_list_view_measure (GtkWidget *widget,
                               GtkOrientation orientation,
                               int for_size,
                               int *minimum,
                               int *natural,
                               int *minimum_baseline,
                               int *natural_baseline)
{
  OctavoNoteListView *self = OCTAVO_NOTE_LIST_VIEW (widget);

  if (self->row_height > 0)
    measure_rows (self);
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? self->row_height : self->row_width;
}

static void
allocate_row (OctavoNoteRowWidget *row, guint position, gpointer data)
{
  OctavoNoteListView *self = data;
  GtkAllocation place = { 0 };

  place.y = (int) ((double) position * self->row_height - get_value (self));
  place.width = gtk_widget_get_width (GTK_WIDGET (self));
  place.height = self->row_height;
  /* GTK wants each widget to be measured before it gets its place. */
  gtk_widget_measure (GTK_WIDGET (row), GTK_ORIENTATION_VERTICAL, place.width, NULL, NULL, NULL, NULL);
  gtk_widget_size_allocate (GTK_WIDGET (row), &place, -1);
}

/* Rows that come or move are laid out anew, and so is everything around them: that must not begin while it is going on.
 */
static void
show_or_follow (OctavoNoteListView *self)
{
  guint start, end;

  if (self->row_height > 0)
    {
      find_visible (self, &start, &end);
      if (octavo_note_row_pool_can_show (self->pool, start, end))
        {
          show_rows (self);
          return;
        }
    }
  if (get_n_items (self) > 0)
    queue_follow (self);
}

static void
octavo_note_list_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  OctavoNoteListView *self = OCTAVO_NOTE_LIST_VIEW (widget);

  self->height = height;
  configure (self, GTK_ORIENTATION_HORIZONTAL, 0, width, width);
  if (self->pool == NULL)
    return;

  scroll_to_value (self, get_value (self));
  if (self->shown_id != 0 && self->row_height > 0)
    {
      guint position;

      if (octavo_note_list_find_position (self->list, self->shown_id, &position))
        scroll_to_row (self, position);
      self->shown_id = 0;
    }
  show_or_follow (self);
  octavo_note_row_pool_foreach (self->pool, allocate_row, self);
}

/* What is out of sight is not even laid out. */
static void
octavo_note_list_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  OctavoNoteListView *self = OCTAVO_NOTE_LIST_VIEW (widget);

  for (guint i = 0; i < self->seen->len; i++)
    {
      OctavoNoteRowWidget *row = octavo_note_row_pool_find (self->pool, self->first_seen + i);

      if (row != NULL)
        gtk_widget_snapshot_child (widget, GTK_WIDGET (row), snapshot);
    }
  if (self->seen->len > 0 && !self->is_painted)
    {
      self->is_painted = TRUE;
      queue_fill (self);
    }
}

/* ---- Focus ---- */

/* The position of the row that has the focus of the window. */
gboolean
octavo_note_list_view_get_focused (OctavoNoteListView *self, guint *position)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && self->pool != NULL && octavo_note_row_pool_get_position (self->pool, focus, position);
}

/* What an arrow leads away from, and where the focus comes back to. */
guint
octavo_note_list_view_get_cursor (OctavoNoteListView *self)
{
  guint position = self->first_seen;

  if (!octavo_note_list_view_get_focused (self, &position) &&
      !octavo_note_list_find_position (self->list, self->cursor_id, &position))
    octavo_note_selection_get_position (self->selection, &position);
  return position;
}

/* The row at a place in the list. */
gboolean
octavo_note_list_view_find_row (OctavoNoteListView *self, double x, double y, guint *position)
{
  GtkWidget *row = octavo_list_rows_pick (GTK_WIDGET (self), x, y);

  return row != NULL && self->pool != NULL && octavo_note_row_pool_get_position (self->pool, row, position);
}

/* How many rows a page up or down goes. */
guint
octavo_note_list_view_get_page (OctavoNoteListView *self)
{
  return (guint) MAX (1, self->height / MAX (1, self->row_height) - 1);
}

static gboolean
octavo_note_list_view_grab_focus (GtkWidget *widget)
{
  OctavoNoteListView *self = OCTAVO_NOTE_LIST_VIEW (widget);

  return get_n_items (self) > 0 && octavo_note_list_view_focus_position (self, octavo_note_list_view_get_cursor (self));
}

/* The list is one stop of the Tab key: who wants the next row has the arrows. */
static gboolean
octavo_note_list_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return !octavo_note_list_view_has_focus (OCTAVO_NOTE_LIST_VIEW (widget)) && gtk_widget_grab_focus (widget);
}

static void
octavo_note_list_view_set_focus_child (GtkWidget *widget, GtkWidget *child)
{
  OctavoNoteListView *self = OCTAVO_NOTE_LIST_VIEW (widget);
  guint position;

  GTK_WIDGET_CLASS (octavo_note_list_view_parent_class)->set_focus_child (widget, child);

  if (child != NULL && self->pool != NULL && octavo_note_row_pool_get_position (self->pool, child, &position))
    self->cursor_id = octavo_note_list_get_id (self->list, position);
}

/* ---- The object ---- */

static void
octavo_note_list_view_dispose (GObject *object)
{
  OctavoNoteListView *self = OCTAVO_NOTE_LIST_VIEW (object);

  stop_to_follow (self);
  g_clear_handle_id (&self->fill_source, g_source_remove);
  g_clear_pointer (&self->pool, octavo_note_row_pool_free);
  self->list = NULL;
  g_clear_object (&self->selection);
  for (int i = 0; i < 2; i++)
    if (self->adjustments[i] != NULL)
      g_signal_handlers_disconnect_by_func (self->adjustments[i], on_value_changed, self);
  g_clear_object (&self->adjustments[GTK_ORIENTATION_HORIZONTAL]);
  g_clear_object (&self->adjustments[GTK_ORIENTATION_VERTICAL]);

  G_OBJECT_CLASS (octavo_note_list_view_parent_class)->dispose (object);
}

static void
octavo_note_list_view_finalize (GObject *object)
{
  g_array_unref (OCTAVO_NOTE_LIST_VIEW (object)->seen);

  G_OBJECT_CLASS (octavo_note_list_view_parent_class)->finalize (object);
}

static void
octavo_note_list_view_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  OctavoNoteListView *self = OCTAVO_NOTE_LIST_VIEW (object);

  switch (property_id)
    {
    case PROP_HADJUSTMENT:
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->adjustments[property_id - PROP_HADJUSTMENT]);
      break;
    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->policies[property_id - PROP_HSCROLL_POLICY]);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
octavo_note_list_view_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  OctavoNoteListView *self = OCTAVO_NOTE_LIST_VIEW (object);

  switch (property_id)
    {
    case PROP_HADJUSTMENT:
    case PROP_VADJUSTMENT:
      set_adjustment (self, (GtkOrientation) (property_id - PROP_HADJUSTMENT), g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      self->policies[property_id - PROP_HSCROLL_POLICY] = g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
octavo_note_list_view_class_init (OctavoNoteListViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = octavo_note_list_view_dispose;
  object_class->finalize = octavo_note_list_view_finalize;
  object_class->get_property = octavo_note_list_view_get_property;
  object_class->set_property = octavo_note_list_view_set_property;
  widget_class->measure = octavo_note_list_view_measure;
  widget_class->size_allocate = octavo_note_list_view_size_allocate;
  widget_class->snapshot = octavo_note_list_view_snapshot;
  widget_class->grab_focus = octavo_note_list_view_grab_focus;
  widget_class->focus = octavo_note_list_view_focus;
  widget_class->set_focus_child = octavo_note_list_view_set_focus_child;

  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");

  /* Return or a double click; and a click, when the row is selected. Both with its position. */
  g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_UINT);
  g_signal_new ("clicked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_UINT);

  octavo_note_list_input_class_init (widget_class);
  /* What the theme knows. */
  gtk_widget_class_set_css_name (widget_class, "listview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
octavo_note_list_view_init (OctavoNoteListView *self)
{
  self->seen = g_array_new (FALSE, FALSE, sizeof (gint64));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_MULTI_SELECTABLE, TRUE, -1);
  octavo_note_list_input_init (self);
  octavo_note_list_drag_init (self);
}

/**
 * octavo_note_list_view_set_selection:
 * @selection: the notes, and which of them are selected
 *
 * Shows the notes of a list. Once only.
 */
void
octavo_note_list_view_set_selection (OctavoNoteListView *self, OctavoNoteSelection *selection)
{
  g_return_if_fail (OCTAVO_IS_NOTE_LIST_VIEW (self));
  g_return_if_fail (OCTAVO_IS_NOTE_SELECTION (selection));
  g_return_if_fail (self->selection == NULL);

  self->selection = g_object_ref (selection);
  self->list = octavo_note_selection_get_list (selection);
  self->pool = octavo_note_row_pool_new (GTK_WIDGET (self), selection);
  g_signal_connect_object (selection, "items-changed", G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (selection, "selection-changed", G_CALLBACK (on_selection_changed), self, G_CONNECT_SWAPPED);
  queue_follow (self);
}

/* (nullable) (transfer none) */
OctavoNoteSelection *
octavo_note_list_view_get_selection (OctavoNoteListView *self)
{
  return self->selection;
}

/**
 * octavo_note_list_view_set_query:
 * @query: (nullable): a query
 * @excerpts: (nullable): finds what the rows show of its notes
 *
 * Marks what was looked for. Nothing is looked for in a row before it is drawn.
 */
void
octavo_note_list_view_set_query (OctavoNoteListView *self, OctavoQuery *query, OctavoExcerptFinder *excerpts)
{
  g_return_if_fail (OCTAVO_IS_NOTE_LIST_VIEW (self));
  g_return_if_fail (self->pool != NULL);

  octavo_note_row_pool_set_query (self->pool, query, excerpts);
  queue_follow (self);
}

/**
 * octavo_note_list_view_has_focus:
 *
 * Returns: whether a row has the focus of the window
 */
gboolean
octavo_note_list_view_has_focus (OctavoNoteListView *self)
{
  guint position;

  g_return_val_if_fail (OCTAVO_IS_NOTE_LIST_VIEW (self), FALSE);

  return octavo_note_list_view_get_focused (self, &position);
}

/**
 * octavo_note_list_view_scroll_to:
 * @position: the position of a note
 *
 * Scrolls as little as needed for its row to be seen.
 */
void
octavo_note_list_view_scroll_to (OctavoNoteListView *self, guint position)
{
  g_return_if_fail (OCTAVO_IS_NOTE_LIST_VIEW (self));
  g_return_if_fail (position < get_n_items (self));

  if (self->follow_source != 0)
    follow (self);
  if (self->row_height == 0 || self->height == 0)
    {
      self->shown_id = octavo_note_list_get_id (self->list, position);
      return;
    }
  scroll_to_row (self, position);
  show_rows (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/**
 * octavo_note_list_view_focus_position:
 * @position: the position of a note
 *
 * Scrolls to its row and gives it the focus.
 *
 * Returns: whether it has the focus
 */
gboolean
octavo_note_list_view_focus_position (OctavoNoteListView *self, guint position)
{
  OctavoNoteRowWidget *row;

  g_return_val_if_fail (OCTAVO_IS_NOTE_LIST_VIEW (self), FALSE);

  if (position >= get_n_items (self))
    return FALSE;

  octavo_note_list_view_scroll_to (self, position);
  if (self->shown_id != 0)
    octavo_note_row_pool_show (self->pool, position, position + 1);
  row = octavo_note_row_pool_find (self->pool, position);
  return row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
refresh_date_of_row (OctavoNoteRowWidget *row, guint position, gpointer data)
{
  octavo_note_row_widget_refresh_date (row);
}

/**
 * octavo_note_list_view_refresh_dates:
 *
 * Says the dates of the rows anew, as what was today is yesterday after midnight.
 */
void
octavo_note_list_view_refresh_dates (OctavoNoteListView *self)
{
  g_return_if_fail (OCTAVO_IS_NOTE_LIST_VIEW (self));

  octavo_note_row_pool_foreach (self->pool, refresh_date_of_row, NULL);
}
