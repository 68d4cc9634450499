/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include "octavo-list-headers.h"
#include "octavo-list-rows.h"
#include "octavo-list-shift.h"
#include "octavo-note-list-drag.h"
#include "octavo-note-list-input.h"
#include "octavo-note-list-scroll.h"
#include "octavo-note-list-view-private.h"

/* A list of rows that are all of one height, with lines above some of them. GtkListView does not know that they are: it
 * keeps two hundred rows alive, makes all of them anew for a new result, and has to be told of a change in parts that
 * it can bear. Here a place in the list is a matter of arithmetic, a new result gives other notes to the rows that can
 * be seen, and what cannot be seen is neither read nor bound before there is nothing else to do. */

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

/* ---- What is shown ---- */

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

/* Has the rows that can be seen show their notes, and remembers which these are. */
static void
show_rows (OctavoNoteListView *self)
{
  OctavoListLayout layout;
  guint start, end;

  octavo_note_list_scroll_measure_rows (self);
  if (self->row_height == 0)
    return;

  octavo_note_list_scroll_find_visible (self, &start, &end);
  octavo_note_row_pool_show (self->pool, start, end);

  layout = octavo_note_list_scroll_get_layout (self);
  self->first_seen = start;
  self->seen_offset = octavo_note_list_scroll_get_value (self) - octavo_list_layout_get_start (&layout, start);
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
  double value = octavo_note_list_scroll_get_value (self);
  int shift = 0;

  stop_to_follow (self);
  if (self->to_top)
    value = 0;
  else if (value > 0)
    shift = octavo_list_shift_find (self->list, self->seen, self->first_seen);
  self->to_top = FALSE;

  octavo_note_row_pool_follow (self->pool, shift);
  if (self->groups != NULL)
    octavo_list_groups_follow (self->groups, value > 0 ? self->first_seen + (guint) MAX (shift, 0) : 0);
  if (value > 0)
    {
      OctavoListLayout layout = octavo_note_list_scroll_get_layout (self);

      value = octavo_list_layout_get_start (&layout, (guint) MAX (0, (gint64) self->first_seen + shift)) +
              self->seen_offset;
    }
  octavo_note_list_scroll_to_value (self, value);
  show_rows (self);
}

static void
allocate_row (OctavoNoteRowWidget *row, guint position, gpointer data)
{
  OctavoNoteListView *self = data;
  OctavoListLayout layout = octavo_note_list_scroll_get_layout (self);
  GtkAllocation place = { 0 };

  place.y = (int) (octavo_list_layout_get_top (&layout, position) - octavo_note_list_scroll_get_value (self));
  place.width = gtk_widget_get_width (GTK_WIDGET (self));
  place.height = self->row_height;
  /* GTK wants each widget to be measured before it gets its place. */
  gtk_widget_measure (GTK_WIDGET (row), GTK_ORIENTATION_VERTICAL, place.width, NULL, NULL, NULL, NULL);
  gtk_widget_size_allocate (GTK_WIDGET (row), &place, -1);
}

static GBytes *
get_group_starts (OctavoNoteListView *self)
{
  guint n_starts = 0;
  const OctavoGroupStart *starts =
      self->groups != NULL ? octavo_list_groups_get_starts (self->groups, &n_starts) : NULL;

  return g_bytes_new (starts, n_starts * sizeof *starts);
}

/* Whether everything stands where it belongs. Mostly it does, when what one types is saved; and a window that is laid
 * out for nothing paints a frame for which the next key may have to wait. */
static gboolean
is_placed (OctavoNoteListView *self)
{
  g_autoptr (GBytes) starts = get_group_starts (self);

  return self->placed_starts != NULL && g_bytes_equal (starts, self->placed_starts) &&
         self->n_placed == octavo_note_list_view_get_n_items (self) &&
         self->placed_value == octavo_note_list_scroll_get_value (self) && octavo_note_row_pool_is_placed (self->pool);
}

static void
place_rows (OctavoNoteListView *self)
{
  octavo_note_row_pool_place (self->pool, allocate_row, self);
  g_clear_pointer (&self->placed_starts, g_bytes_unref);
  self->placed_starts = get_group_starts (self);
  self->n_placed = octavo_note_list_view_get_n_items (self);
  self->placed_value = octavo_note_list_scroll_get_value (self);
}

static gboolean
on_follow (gpointer user_data)
{
  OctavoNoteListView *self = user_data;

  follow (self);
  if (!is_placed (self))
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
    octavo_note_list_scroll_measure_rows (self);
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? self->row_height : self->row_width;
}

/* Rows that come or move are laid out anew, and so is everything around them: that must not begin while it is going on.
 */
static void
show_or_follow (OctavoNoteListView *self)
{
  guint start, end;

  if (self->row_height > 0)
    {
      octavo_note_list_scroll_find_visible (self, &start, &end);
      if (octavo_note_row_pool_can_show (self->pool, start, end))
        {
          show_rows (self);
          return;
        }
    }
  if (octavo_note_list_view_get_n_items (self) > 0)
    queue_follow (self);
}

static void
octavo_note_list_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  OctavoNoteListView *self = OCTAVO_NOTE_LIST_VIEW (widget);

  self->height = height;
  octavo_note_list_scroll_configure (self, GTK_ORIENTATION_HORIZONTAL, 0, width, width);
  if (self->pool == NULL)
    return;

  octavo_note_list_scroll_to_value (self, octavo_note_list_scroll_get_value (self));
  if (self->shown_id != 0 && self->row_height > 0)
    {
      guint position;

      if (octavo_note_list_find_position (self->list, self->shown_id, &position))
        octavo_note_list_scroll_to_row (self, position);
      self->shown_id = 0;
    }
  show_or_follow (self);
  place_rows (self);
}

static void
draw_header (OctavoNoteListView *self, GtkSnapshot *snapshot, guint position)
{
  const char *label = self->groups != NULL ? octavo_list_groups_get_label (self->groups, position) : NULL;
  OctavoListLayout layout = octavo_note_list_scroll_get_layout (self);

  if (label != NULL)
    octavo_list_headers_draw (self->headers, snapshot, label,
                              octavo_list_layout_get_start (&layout, position) -
                                  octavo_note_list_scroll_get_value (self));
}

/* What is out of sight is not even laid out. */
static void
octavo_note_list_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  OctavoNoteListView *self = OCTAVO_NOTE_LIST_VIEW (widget);

  for (guint i = 0; i < self->seen->len; i++)
    {
      OctavoNoteRowWidget *row = octavo_note_row_pool_find (self->pool, self->first_seen + i);

      draw_header (self, snapshot, self->first_seen + i);
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

  return octavo_note_list_view_get_n_items (self) > 0 &&
         octavo_note_list_view_focus_position (self, octavo_note_list_view_get_cursor (self));
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

static void
octavo_note_list_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (octavo_note_list_view_parent_class)->css_changed (widget, change);

  octavo_list_headers_restyle (OCTAVO_NOTE_LIST_VIEW (widget)->headers);
}

/* ---- The object ---- */

static void
octavo_note_list_view_dispose (GObject *object)
{
  OctavoNoteListView *self = OCTAVO_NOTE_LIST_VIEW (object);

  stop_to_follow (self);
  g_clear_handle_id (&self->fill_source, g_source_remove);
  g_clear_pointer (&self->pool, octavo_note_row_pool_free);
  g_clear_object (&self->groups);
  g_clear_object (&self->notes);
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
  g_clear_pointer (&OCTAVO_NOTE_LIST_VIEW (object)->placed_starts, g_bytes_unref);
  octavo_list_headers_free (OCTAVO_NOTE_LIST_VIEW (object)->headers);

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
  widget_class->css_changed = octavo_note_list_view_css_changed;
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
  self->headers = octavo_list_headers_new (GTK_WIDGET (self));
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

/**
 * octavo_note_list_view_set_groups:
 * @groups: the groups of the list that is shown
 *
 * Shows what stands above the first row of each group. Once only, after the selection.
 */
void
octavo_note_list_view_set_groups (OctavoNoteListView *self, OctavoListGroups *groups)
{
  g_return_if_fail (OCTAVO_IS_NOTE_LIST_VIEW (self));
  g_return_if_fail (self->pool != NULL && self->groups == NULL);

  self->groups = g_object_ref (groups);
  octavo_note_row_pool_set_groups (self->pool, groups);
  g_signal_connect_object (groups, "changed", G_CALLBACK (queue_follow), self, G_CONNECT_SWAPPED);
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
  g_return_if_fail (position < octavo_note_list_view_get_n_items (self));

  if (self->follow_source != 0)
    follow (self);
  if (self->row_height == 0 || self->height == 0)
    {
      self->shown_id = octavo_note_list_get_id (self->list, position);
      return;
    }
  octavo_note_list_scroll_to_row (self, position);
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

  if (position >= octavo_note_list_view_get_n_items (self))
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
  if (self->groups != NULL)
    octavo_list_groups_refresh (self->groups);
}
