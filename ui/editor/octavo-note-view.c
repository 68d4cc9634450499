/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-note-view.h"

#include "octavo-markdown-buffer.h"
#include "octavo-note-decor.h"
#include "octavo-note-format.h"
#include "octavo-note-keys.h"
#include "octavo-note-links.h"
#include "octavo-text-style.h"
#include "octavo-view-cursor.h"

/* A GtkTextView lays lines out bit by bit, so a scroll position in pixels means nothing in a buffer that was just set.
 * The place is kept as a mark in the buffer, which edits from elsewhere move along; and the view is held there while
 * the lines above get their heights, until all have them or somebody moves the cursor. */

#define TOP_MARK           "octavo-top"
#define PIXELS_ABOVE_LINES 2

/* What is styled at once where it is not known how many fit. */
#define LINES_BEFORE 40
#define LINES_AFTER  120

/* What is to be seen before a place that is gone to, at most. */
#define PARAGRAPHS_BEFORE 2
#define CHARACTERS_BEFORE 160

struct _OctavoNoteView
{
  GtkSourceView parent_instance;

  OctavoViewCursor cursor;
  GtkAdjustment *adjustment;
  guint holding; /* the source that ends it; 0: not */
  int held_cursor;
  guint near_first; /* lines: in sight, or a screen beside it */
  guint near_end;
};

G_DEFINE_FINAL_TYPE (OctavoNoteView, octavo_note_view, GTK_SOURCE_TYPE_VIEW)

enum
{
  SIGNAL_LEAVE_UP,
  SIGNAL_NEAR_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
remember_top (OctavoNoteView *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GdkRectangle visible;
  GtkTextIter top;

  /* what it is to begin with is not laid out yet */
  if (self->holding != 0 || gtk_widget_get_width (GTK_WIDGET (self)) == 0)
    return;
  gtk_text_view_get_visible_rect (view, &visible);
  if (visible.y <= 0)
    gtk_text_buffer_get_start_iter (gtk_text_view_get_buffer (view), &top);
  else
    gtk_text_view_get_iter_at_location (view, &top, visible.x, visible.y);
  octavo_note_view_set_remembered_top (gtk_text_view_get_buffer (view), gtk_text_iter_get_offset (&top));
}

static int
get_cursor (GtkTextBuffer *buffer)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  return gtk_text_iter_get_offset (&iter);
}

/* Not gtk_text_view_scroll_to_mark(), which moves there over a fifth of a second. */
static void
scroll_to_top (OctavoNoteView *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GdkRectangle place;
  GtkTextIter top;

  if (self->adjustment == NULL)
    return;
  gtk_text_buffer_get_iter_at_mark (buffer, &top, gtk_text_buffer_get_mark (buffer, TOP_MARK));
  gtk_text_view_get_iter_location (view, &top, &place);
  gtk_adjustment_set_value (self->adjustment,
                            gtk_text_iter_is_start (&top) ? 0 : place.y + gtk_text_view_get_top_margin (view));
  /* Where all of the text fits the value is 0 whatever the view scrolled to while lines had no height yet. */
  g_signal_emit_by_name (self->adjustment, "value-changed");
}

static void
on_height_changed (OctavoNoteView *self)
{
  if (self->holding == 0)
    return;
  if (get_cursor (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self))) != self->held_cursor)
    g_clear_handle_id (&self->holding, g_source_remove);
  else
    scroll_to_top (self);
}

static void
set_near (OctavoNoteView *self, guint first, guint end)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));

  if (OCTAVO_IS_MARKDOWN_BUFFER (buffer))
    octavo_markdown_highlighter_set_near (octavo_markdown_buffer_get_highlighter (OCTAVO_MARKDOWN_BUFFER (buffer)),
                                          first, end);
  if (first == self->near_first && end == self->near_end)
    return;
  self->near_first = first;
  self->near_end = end;
  g_signal_emit (self, signals[SIGNAL_NEAR_CHANGED], 0);
}

/* Where the lines have no heights yet the view cannot tell which are in sight. */
static void
set_near_top (OctavoNoteView *self, GtkTextBuffer *buffer)
{
  GtkTextIter top;
  guint line;

  gtk_text_buffer_get_iter_at_mark (buffer, &top, gtk_text_buffer_get_mark (buffer, TOP_MARK));
  line = (guint) gtk_text_iter_get_line (&top);
  set_near (self, line > LINES_BEFORE ? line - LINES_BEFORE : 0, line + LINES_AFTER);
}

static void
scroll_to_mark (OctavoNoteView *self, GtkTextBuffer *buffer)
{
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self), gtk_text_buffer_get_mark (buffer, TOP_MARK), 0, TRUE, 0, 0);
}

static void update_near (OctavoNoteView *self);

/* Comes after the layout, which runs in an idle of a higher priority. */
static gboolean
on_laid_out (gpointer data)
{
  OctavoNoteView *self = data;
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));

  /* What was asked for while lines had no height is kept until something on the screen changes its height, which may be
   * long after, and would take back where the person scrolled to meanwhile. */
  if (get_cursor (buffer) == self->held_cursor)
    scroll_to_mark (self, buffer);
  on_height_changed (self);
  self->holding = 0;
  update_near (self);
  return G_SOURCE_REMOVE;
}

static void
restore_top (OctavoNoteView *self, GtkTextBuffer *buffer)
{
  g_clear_handle_id (&self->holding, g_source_remove);
  octavo_note_view_set_remembered_top (buffer, octavo_note_view_get_remembered_top (buffer));
  self->held_cursor = get_cursor (buffer);
  self->holding = g_idle_add_full (G_PRIORITY_LOW, on_laid_out, self, NULL);
  set_near_top (self, buffer);
  /* Has the lines there laid out first. */
  scroll_to_mark (self, buffer);
}

static gboolean
on_up (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  OctavoNoteView *self = OCTAVO_NOTE_VIEW (widget);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter cursor;

  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  if (gtk_text_iter_get_line (&cursor) > 0 || gtk_text_view_backward_display_line (GTK_TEXT_VIEW (self), &cursor))
    return GDK_EVENT_PROPAGATE;
  g_signal_emit (self, signals[SIGNAL_LEAVE_UP], 0);
  return GDK_EVENT_STOP;
}

static void
octavo_note_view_snapshot_layer (GtkTextView *view, GtkTextViewLayer layer, GtkSnapshot *snapshot)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);

  if (layer == GTK_TEXT_VIEW_LAYER_BELOW_TEXT && OCTAVO_IS_MARKDOWN_BUFFER (buffer))
    octavo_note_decor_snapshot (view, snapshot,
                                octavo_markdown_buffer_get_highlighter (OCTAVO_MARKDOWN_BUFFER (buffer)));
  GTK_TEXT_VIEW_CLASS (octavo_note_view_parent_class)->snapshot_layer (view, layer, snapshot);
  if (layer == GTK_TEXT_VIEW_LAYER_ABOVE_TEXT &&
      gtk_widget_has_css_class (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (view))), OCTAVO_NOTE_DECOR_FOCUS_CLASS))
    octavo_note_decor_snapshot_focus (view, snapshot);
}

/* GTK lays the last lines out while it draws: the height of the text changes, and the slider of the scroll bar moves
 * when all places were given out already. GTK 4.8 complains when it then draws the slider; so it is given its place
 * here. */
static void
octavo_note_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  GtkWidget *bar;
  GtkAllocation place;

  GTK_WIDGET_CLASS (octavo_note_view_parent_class)->snapshot (widget, snapshot);

  if (scroller == NULL)
    return;
  bar = gtk_scrolled_window_get_vscrollbar (GTK_SCROLLED_WINDOW (scroller));
  if (!gtk_widget_get_mapped (bar))
    return;
  gtk_widget_get_allocation (bar, &place);
  gtk_widget_size_allocate (bar, &place, -1);
}

/* Has what is in sight, and a screen more at each side, styled and marked before the next frame. */
static void
update_near (OctavoNoteView *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GdkRectangle visible;
  GtkTextIter first, last;

  if (self->holding != 0)
    return;
  gtk_text_view_get_visible_rect (view, &visible);
  gtk_text_view_get_line_at_y (view, &first, MAX (visible.y - visible.height, 0), NULL);
  gtk_text_view_get_line_at_y (view, &last, visible.y + 2 * visible.height, NULL);
  set_near (self, (guint) gtk_text_iter_get_line (&first), (guint) gtk_text_iter_get_line (&last) + 1);
}

static void
update_style (OctavoNoteView *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  OctavoMarkdownHighlighter *highlighter;
  OctavoMarkdownPalette palette;

  if (!OCTAVO_IS_MARKDOWN_BUFFER (buffer))
    return;
  octavo_markdown_palette_init (&palette, GTK_WIDGET (self));
  highlighter = octavo_markdown_buffer_get_highlighter (OCTAVO_MARKDOWN_BUFFER (buffer));
  octavo_markdown_highlighter_set_palette (highlighter, &palette);
  octavo_markdown_highlighter_set_font (highlighter, GTK_TEXT_VIEW (self));
}

static void
octavo_note_view_paste_clipboard (GtkTextView *view)
{
  if (gtk_text_buffer_get_has_selection (gtk_text_view_get_buffer (view)))
    octavo_note_keys_paste (view);
  else
    GTK_TEXT_VIEW_CLASS (octavo_note_view_parent_class)->paste_clipboard (view);
}

/* GtkSourceView moves lines without knowing of lists. */
static void
octavo_note_view_move_lines (GtkSourceView *view, gboolean down)
{
  octavo_note_format_move (GTK_TEXT_VIEW (view), down);
}

static void
octavo_note_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (octavo_note_view_parent_class)->css_changed (widget, change);
  update_style (OCTAVO_NOTE_VIEW (widget));
}

static void
watch_adjustment (OctavoNoteView *self, GtkAdjustment *adjustment)
{
  if (self->adjustment != NULL)
    g_signal_handlers_disconnect_by_data (self->adjustment, self);
  if (!g_set_object (&self->adjustment, adjustment) || adjustment == NULL)
    return;
  g_signal_connect_object (adjustment, "notify::upper", G_CALLBACK (on_height_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (update_near), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "notify::page-size", G_CALLBACK (update_near), self, G_CONNECT_SWAPPED);
}

static void
on_vadjustment_changed (OctavoNoteView *self)
{
  watch_adjustment (self, gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self)));
}

static void
octavo_note_view_dispose (GObject *object)
{
  OctavoNoteView *self = OCTAVO_NOTE_VIEW (object);

  g_clear_handle_id (&self->holding, g_source_remove);
  octavo_view_cursor_set_buffer (&self->cursor, NULL);
  G_OBJECT_CLASS (octavo_note_view_parent_class)->dispose (object);
  watch_adjustment (self, NULL);
}

static void
end_scrolling (GtkAdjustment *adjustment)
{
  if (adjustment != NULL)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment));
}

/* GTK 4.8 ends a scrolling that is still going on twice when its window is unmapped, and complains of that; and it also
 * scrolls where there is no way to go. */
static void
octavo_note_view_unmap (GtkWidget *widget)
{
  end_scrolling (gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (widget)));
  end_scrolling (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (widget)));
  GTK_WIDGET_CLASS (octavo_note_view_parent_class)->unmap (widget);
}

static void
octavo_note_view_class_init (OctavoNoteViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = octavo_note_view_dispose;
  widget_class->unmap = octavo_note_view_unmap;
  widget_class->snapshot = octavo_note_view_snapshot;
  GTK_TEXT_VIEW_CLASS (klass)->snapshot_layer = octavo_note_view_snapshot_layer;
  GTK_TEXT_VIEW_CLASS (klass)->paste_clipboard = octavo_note_view_paste_clipboard;
  GTK_SOURCE_VIEW_CLASS (klass)->move_lines = octavo_note_view_move_lines;
  widget_class->css_changed = octavo_note_view_css_changed;

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Up, 0, on_up, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Up, 0, on_up, NULL);
  octavo_note_keys_install (widget_class);
  octavo_note_links_install (widget_class);
  octavo_note_format_install (widget_class);

  signals[SIGNAL_LEAVE_UP] =
      g_signal_new ("leave-up", OCTAVO_TYPE_NOTE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_NEAR_CHANGED] =
      g_signal_new ("near-changed", OCTAVO_TYPE_NOTE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
octavo_note_view_init (OctavoNoteView *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GtkSourceView *source = GTK_SOURCE_VIEW (self);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  octavo_view_cursor_init (&self->cursor, view);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (octavo_note_view_claim_cursor), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  g_signal_connect (self, "notify::vadjustment", G_CALLBACK (on_vadjustment_changed), NULL);

  gtk_widget_add_css_class (GTK_WIDGET (self), OCTAVO_TEXT_STYLE_CLASS);
  gtk_text_view_set_wrap_mode (view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_left_margin (view, 24);
  gtk_text_view_set_right_margin (view, 24);
  gtk_text_view_set_top_margin (view, 12);
  gtk_text_view_set_bottom_margin (view, 48);
  gtk_text_view_set_pixels_above_lines (view, PIXELS_ABOVE_LINES);
  gtk_text_view_set_pixels_below_lines (view, 2);
  gtk_text_view_set_pixels_inside_wrap (view, 4);
  gtk_source_view_set_auto_indent (source, TRUE);
  gtk_source_view_set_indent_on_tab (source, TRUE);
  gtk_source_view_set_tab_width (source, 4);
  gtk_source_view_set_enable_snippets (source, FALSE);
  octavo_note_keys_add (view);
  octavo_note_links_add (view);
  octavo_note_format_add (view);
}

/* GTK 4.8 keeps pictures of lines by their addresses, and when it leaves a buffer drops only those of lines whose
 * height it knows: the others are looked at when the buffer is long freed. To change the style of all text drops them
 * all. */
static void
drop_pictures (GtkTextView *view)
{
  gtk_text_view_set_pixels_above_lines (view, PIXELS_ABOVE_LINES + 1);
  gtk_text_view_set_pixels_above_lines (view, PIXELS_ABOVE_LINES);
}

/**
 * octavo_note_view_show:
 * @self: a view
 * @buffer: the text to show
 *
 * Shows another buffer, at the place where it was left; the place in the one before is remembered. One that is shown
 * elsewhere is shown from where it is looked at there.
 */
void
octavo_note_view_show (OctavoNoteView *self, GtkTextBuffer *buffer)
{
  GtkRoot *root;

  g_return_if_fail (OCTAVO_IS_NOTE_VIEW (self));
  g_return_if_fail (GTK_IS_TEXT_BUFFER (buffer));

  if (buffer == gtk_text_view_get_buffer (GTK_TEXT_VIEW (self)))
    return;
  remember_top (self);
  octavo_note_view_remember_buffer (buffer);
  drop_pictures (GTK_TEXT_VIEW (self));
  gtk_text_view_set_buffer (GTK_TEXT_VIEW (self), buffer);
  octavo_view_cursor_set_buffer (&self->cursor, buffer);
  root = gtk_widget_get_root (GTK_WIDGET (self));
  if (GTK_IS_WINDOW (root) && gtk_window_is_active (GTK_WINDOW (root)))
    octavo_view_cursor_claim (&self->cursor);
  update_style (self);
  restore_top (self, buffer);
}

/**
 * octavo_note_view_claim_cursor:
 * @self: a view
 *
 * Puts the cursor of the buffer where this view has it. The focus does that too.
 */
void
octavo_note_view_claim_cursor (OctavoNoteView *self)
{
  g_return_if_fail (OCTAVO_IS_NOTE_VIEW (self));
  octavo_view_cursor_claim (&self->cursor);
}

/**
 * octavo_note_view_remember_top:
 * @self: a view
 *
 * Remembers what is at its top, for what is shown in its place.
 */
void
octavo_note_view_remember_top (OctavoNoteView *self)
{
  g_return_if_fail (OCTAVO_IS_NOTE_VIEW (self));
  remember_top (self);
}

/**
 * octavo_note_view_return_to_top:
 * @self: a view
 *
 * Shows its buffer from where it is remembered to have been left.
 */
void
octavo_note_view_return_to_top (OctavoNoteView *self)
{
  g_return_if_fail (OCTAVO_IS_NOTE_VIEW (self));
  restore_top (self, gtk_text_view_get_buffer (GTK_TEXT_VIEW (self)));
}

/**
 * octavo_note_view_show_place:
 * @self: a view
 * @offset: a character of its text
 *
 * Puts the cursor there, and goes where it is to be seen, with some of the text before it: at once, and also where the
 * lines have no heights yet.
 */
void
octavo_note_view_show_place (OctavoNoteView *self, int offset)
{
  GtkTextBuffer *buffer;
  GtkTextIter place, top;

  g_return_if_fail (OCTAVO_IS_NOTE_VIEW (self));

  octavo_note_view_claim_cursor (self);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  gtk_text_buffer_get_iter_at_offset (buffer, &place, offset);
  gtk_text_buffer_place_cursor (buffer, &place);
  top = place;
  gtk_text_iter_backward_lines (&top, PARAGRAPHS_BEFORE);
  if (gtk_text_iter_get_offset (&top) < offset - CHARACTERS_BEFORE)
    gtk_text_iter_set_offset (&top, offset - CHARACTERS_BEFORE);
  octavo_note_view_set_remembered_top (buffer, gtk_text_iter_get_offset (&top));
  restore_top (self, buffer);
}

/**
 * octavo_note_view_get_near:
 * @self: a view
 * @first: (out): a line
 * @end: (out): a line after it, which may be more than there are
 *
 * Tells which lines are in sight, or a screen beside it.
 */
void
octavo_note_view_get_near (OctavoNoteView *self, guint *first, guint *end)
{
  g_return_if_fail (OCTAVO_IS_NOTE_VIEW (self));

  *first = self->near_first;
  *end = self->near_end;
}

/**
 * octavo_note_view_remember_buffer:
 * @buffer: a buffer
 *
 * Sets what octavo_note_view_get_remembered_top() returns to where the view that was last worked in, of those that show
 * the buffer, begins now.
 */
void
octavo_note_view_remember_buffer (GtkTextBuffer *buffer)
{
  GtkTextView *view = octavo_view_cursor_get_last_view (buffer);

  if (view != NULL && gtk_widget_get_mapped (GTK_WIDGET (view)))
    remember_top (OCTAVO_NOTE_VIEW (view));
}

/**
 * octavo_note_view_get_remembered_top:
 * @buffer: a buffer that was shown
 *
 * Returns: the offset of the character at the top of the view when it was left
 */
int
octavo_note_view_get_remembered_top (GtkTextBuffer *buffer)
{
  GtkTextMark *mark = gtk_text_buffer_get_mark (buffer, TOP_MARK);
  GtkTextIter iter;

  if (mark == NULL)
    return 0;
  gtk_text_buffer_get_iter_at_mark (buffer, &iter, mark);
  return gtk_text_iter_get_offset (&iter);
}

/**
 * octavo_note_view_set_remembered_top:
 * @buffer: a buffer
 * @offset: the offset of the character that is to be at the top when it is shown
 *
 * Sets where the view begins when it shows the buffer again.
 */
void
octavo_note_view_set_remembered_top (GtkTextBuffer *buffer, int offset)
{
  GtkTextMark *mark = gtk_text_buffer_get_mark (buffer, TOP_MARK);
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_offset (buffer, &iter, offset);
  if (mark == NULL)
    gtk_text_buffer_create_mark (buffer, TOP_MARK, &iter, TRUE);
  else
    gtk_text_buffer_move_mark (buffer, mark, &iter);
}
