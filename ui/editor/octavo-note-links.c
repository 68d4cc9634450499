/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-note-links.h"

#include "octavo-fold.h"
#include "octavo-link-follow.h"
#include "octavo-markdown-buffer.h"

/* A click in a text places the cursor, so links are followed with Ctrl held, which shows what is one; or from the
 * cursor, by a key or by the menu. */

#define OPEN "markdown.open-link"
#define COPY "markdown.copy-link"

typedef struct
{
  GtkTextView *view;     /* which has this */
  GtkTextBuffer *buffer; /* weak: whose cursor is followed */
  guint updating;        /* the source that looks what is at the cursor */
  double x;              /* where the pointer is */
  double y;
  gboolean is_inside;
  gboolean is_over_link;
  gboolean is_pressed; /* on a link, with Ctrl */
} Links;

static Links *
get_links (gpointer view)
{
  return g_object_get_data (view, "octavo-note-links");
}

/* Returns: (transfer full) (nullable) */
static OctavoMarkdownFoundLink *
find_link (GtkTextView *view, const GtkTextIter *place)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  OctavoMarkdownLines *lines;

  if (!OCTAVO_IS_MARKDOWN_BUFFER (buffer))
    return NULL;
  lines =
      octavo_markdown_highlighter_get_lines (octavo_markdown_buffer_get_highlighter (OCTAVO_MARKDOWN_BUFFER (buffer)));
  return octavo_markdown_links_get_at (lines, (guint) gtk_text_iter_get_line (place),
                                       (gsize) gtk_text_iter_get_line_index (place));
}

static OctavoMarkdownFoundLink *
find_link_at_cursor (GtkTextView *view, GtkTextIter *cursor)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);

  gtk_text_buffer_get_iter_at_mark (buffer, cursor, gtk_text_buffer_get_insert (buffer));
  return find_link (view, cursor);
}

/* What is under the pointer; beside the end of a line is nothing. */
static OctavoMarkdownFoundLink *
find_link_under (GtkTextView *view, double x, double y, GtkTextIter *place)
{
  g_autoptr (OctavoMarkdownFoundLink) link = NULL;
  int buffer_x, buffer_y;

  gtk_text_view_window_to_buffer_coords (view, GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y, &buffer_x, &buffer_y);
  if (!gtk_text_view_get_iter_at_location (view, place, buffer_x, buffer_y))
    return NULL;
  link = find_link (view, place);
  return link != NULL && (gsize) gtk_text_iter_get_line_index (place) < link->end ? g_steal_pointer (&link) : NULL;
}

static gboolean
follow (GtkTextView *view, const OctavoMarkdownFoundLink *found)
{
  g_autoptr (OctavoLink) link = octavo_link_new ((OctavoMarkdownSpanKind) found->kind, found->target);

  return octavo_link_follow (GTK_WIDGET (view), link);
}

static void
show_pointer (Links *self, const OctavoMarkdownFoundLink *found)
{
  GtkWidget *view = GTK_WIDGET (self->view);
  g_autoptr (OctavoLink) link = NULL;
  g_autofree char *tooltip = NULL;

  if (found != NULL)
    {
      link = octavo_link_new ((OctavoMarkdownSpanKind) found->kind, found->target);
      tooltip = octavo_link_describe (link);
    }
  if (found != NULL || self->is_over_link)
    {
      gtk_widget_set_cursor_from_name (view, found != NULL ? "pointer" : "text");
      gtk_widget_set_tooltip_text (view, tooltip);
    }
  self->is_over_link = found != NULL;
}

static void
update_pointer (Links *self, GdkModifierType modifiers)
{
  g_autoptr (OctavoMarkdownFoundLink) link = NULL;
  GtkTextIter place;

  if (self->is_inside && (modifiers & gtk_accelerator_get_default_mod_mask ()) == GDK_CONTROL_MASK)
    link = find_link_under (self->view, self->x, self->y, &place);
  show_pointer (self, link);
}

static void
on_motion (GtkEventController *controller, double x, double y, Links *self)
{
  self->is_inside = TRUE;
  self->x = x;
  self->y = y;
  update_pointer (self, gtk_event_controller_get_current_event_state (controller));
}

static void
on_leave (GtkEventController *controller, Links *self)
{
  self->is_inside = FALSE;
  update_pointer (self, 0);
}

static gboolean
on_modifiers (GtkEventControllerKey *controller, GdkModifierType modifiers, Links *self)
{
  update_pointer (self, modifiers);
  return GDK_EVENT_PROPAGATE;
}

static void
on_pressed (GtkGesture *gesture, int n_press, double x, double y, Links *self)
{
  GdkModifierType modifiers = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  g_autoptr (OctavoMarkdownFoundLink) link = NULL;
  GtkTextIter place;

  self->is_pressed = FALSE;
  if ((modifiers & gtk_accelerator_get_default_mod_mask ()) != GDK_CONTROL_MASK)
    return;
  link = find_link_under (self->view, x, y, &place);
  if (link == NULL)
    return;
  self->is_pressed = TRUE;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

/* Going elsewhere before the button is let go follows nothing. */
static void
on_released (GtkGesture *gesture, int n_press, double x, double y, Links *self)
{
  g_autoptr (OctavoMarkdownFoundLink) link = NULL;
  GtkTextIter place;

  if (!self->is_pressed)
    return;
  self->is_pressed = FALSE;
  link = find_link_under (self->view, x, y, &place);
  if (link == NULL)
    return;
  show_pointer (self, NULL);
  follow (self->view, link);
}

/* The menu is about the link that it is opened on: the cursor goes there, unless something is selected. */
static void
on_menu_pressed (GtkGesture *gesture, int n_press, double x, double y, Links *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter place;
  g_autoptr (OctavoMarkdownFoundLink) link = find_link_under (self->view, x, y, &place);

  if (link != NULL && !gtk_text_buffer_get_has_selection (buffer))
    gtk_text_buffer_place_cursor (buffer, &place);
}

static gboolean
update_actions (gpointer data)
{
  Links *self = data;
  GtkTextIter cursor;
  g_autoptr (OctavoMarkdownFoundLink) link = find_link_at_cursor (self->view, &cursor);

  self->updating = 0;
  gtk_widget_action_set_enabled (GTK_WIDGET (self->view), OPEN, link != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self->view), COPY, link != NULL);
  return G_SOURCE_REMOVE;
}

/* After the frame: a key is not to wait for it. */
static void
on_cursor_moved (GtkTextView *view)
{
  Links *self = get_links (view);

  if (self->updating == 0)
    self->updating = g_idle_add_full (G_PRIORITY_LOW, update_actions, self, NULL);
}

/* Before a menu says what can be done. */
static gboolean
on_key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers, Links *self)
{
  if (key == GDK_KEY_Menu || key == GDK_KEY_F10)
    {
      g_clear_handle_id (&self->updating, g_source_remove);
      update_actions (self);
    }
  return GDK_EVENT_PROPAGATE;
}

static void
watch_buffer (Links *self, GtkTextBuffer *buffer)
{
  if (self->buffer != NULL)
    g_signal_handlers_disconnect_by_func (self->buffer, on_cursor_moved, self->view);
  g_set_weak_pointer (&self->buffer, buffer);
  if (buffer == NULL)
    return;
  g_signal_connect_object (buffer, "notify::cursor-position", G_CALLBACK (on_cursor_moved), self->view,
                           G_CONNECT_SWAPPED);
  on_cursor_moved (self->view);
}

static void
on_buffer_changed (GtkTextView *view)
{
  watch_buffer (get_links (view),
                gtk_widget_in_destruction (GTK_WIDGET (view)) ? NULL : gtk_text_view_get_buffer (view));
}

static void
links_free (gpointer data)
{
  Links *self = data;

  g_clear_handle_id (&self->updating, g_source_remove);
  g_clear_weak_pointer (&self->buffer);
  g_free (self);
}

static void
on_open (GtkWidget *widget, const char *action, GVariant *parameter)
{
  octavo_note_links_follow (GTK_TEXT_VIEW (widget), FALSE);
}

/* What leads out as an address; what leads to a note as it is written, to be put into another. */
static void
on_copy (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GtkTextView *view = GTK_TEXT_VIEW (widget);
  GtkTextIter cursor, start, end;
  g_autoptr (OctavoMarkdownFoundLink) found = find_link_at_cursor (view, &cursor);
  g_autoptr (OctavoLink) link = NULL;
  g_autofree char *text = NULL;

  if (found == NULL)
    return;
  link = octavo_link_new ((OctavoMarkdownSpanKind) found->kind, found->target);
  if (link->kind == OCTAVO_LINK_ADDRESS || link->kind == OCTAVO_LINK_REFUSED)
    {
      gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), link->target);
      return;
    }
  start = end = cursor;
  gtk_text_iter_set_line_index (&start, (int) found->start);
  gtk_text_iter_set_line_index (&end, (int) found->end);
  text = gtk_text_iter_get_text (&start, &end);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

/**
 * octavo_note_links_install:
 * @widget_class: of a text view
 *
 * Gives the class the actions on the link at the cursor.
 */
void
octavo_note_links_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, OPEN, NULL, on_open);
  gtk_widget_class_install_action (widget_class, COPY, NULL, on_copy);
}

static void
add_controller (Links *self, GtkEventController *controller)
{
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE); /* before the click places the cursor */
  gtk_widget_add_controller (GTK_WIDGET (self->view), controller);
}

/**
 * octavo_note_links_add:
 * @view: a view of Markdown, whose class has the actions
 *
 * Lets a view follow links by a click with Ctrl, and shows them as such while Ctrl is held.
 */
void
octavo_note_links_add (GtkTextView *view)
{
  Links *self = g_new0 (Links, 1);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *menu_click = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->view = view;
  g_object_set_data_full (G_OBJECT (view), "octavo-note-links", self, links_free);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  g_signal_connect (click, "released", G_CALLBACK (on_released), self);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu_click), GDK_BUTTON_SECONDARY);
  g_signal_connect (menu_click, "pressed", G_CALLBACK (on_menu_pressed), self);
  g_signal_connect (motion, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "leave", G_CALLBACK (on_leave), self);
  g_signal_connect (keys, "modifiers", G_CALLBACK (on_modifiers), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  add_controller (self, GTK_EVENT_CONTROLLER (click));
  add_controller (self, GTK_EVENT_CONTROLLER (menu_click));
  add_controller (self, motion);
  add_controller (self, keys);
  g_signal_connect (view, "notify::buffer", G_CALLBACK (on_buffer_changed), NULL);
}

/**
 * octavo_note_links_follow:
 * @view: a view of Markdown
 * @only_inside: whether the cursor must be in the link, and not at one of its ends
 *
 * Follows the link at the cursor.
 *
 * Returns: whether there is one
 */
gboolean
octavo_note_links_follow (GtkTextView *view, gboolean only_inside)
{
  GtkTextIter cursor;
  g_autoptr (OctavoMarkdownFoundLink) link = find_link_at_cursor (view, &cursor);
  gsize index = (gsize) gtk_text_iter_get_line_index (&cursor);

  return link != NULL && (!only_inside || (index > link->start && index < link->end)) && follow (view, link);
}

/* Letters and digits alone, as the addresses of headings have no other signs, or others in their place. */
static char *
fold_heading (const char *text)
{
  g_autofree char *folded = octavo_fold_string (text);
  g_autoptr (GString) letters = g_string_new (NULL);

  for (const char *next = folded; *next != '\0'; next = g_utf8_next_char (next))
    if (g_unichar_isalnum (g_utf8_get_char (next)))
      g_string_append_unichar (letters, g_utf8_get_char (next));
  return g_string_free (g_steal_pointer (&letters), FALSE);
}

/* first (out): its first line */
static gboolean
is_heading (OctavoMarkdownLines *lines, guint line, const char *wanted, guint *first)
{
  OctavoMarkdownBlock block = octavo_markdown_lines_get_block (lines, line);
  g_autoptr (OctavoMarkdownLeaf) leaf = NULL;
  g_autofree char *folded = NULL;

  if (block != OCTAVO_MARKDOWN_HEADING && block != OCTAVO_MARKDOWN_UNDERLINE)
    return FALSE;
  leaf = octavo_markdown_leaf_new (lines, line);
  *first = leaf->first;
  folded = fold_heading (leaf->text->str);
  return g_str_equal (folded, wanted);
}

/**
 * octavo_note_links_go_to_heading:
 * @view: a view of Markdown
 * @heading: the words of a heading, or its address as other programs make them of these
 *
 * Puts the cursor to a heading, and shows it.
 *
 * Returns: whether there is such a heading
 */
gboolean
octavo_note_links_go_to_heading (GtkTextView *view, const char *heading)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  g_autofree char *wanted = fold_heading (heading);
  OctavoMarkdownLines *lines;
  GtkTextIter place;
  guint first;

  if (!OCTAVO_IS_MARKDOWN_BUFFER (buffer) || *wanted == '\0')
    return FALSE;
  lines =
      octavo_markdown_highlighter_get_lines (octavo_markdown_buffer_get_highlighter (OCTAVO_MARKDOWN_BUFFER (buffer)));
  octavo_markdown_lines_advance (lines, octavo_markdown_lines_get_n_lines (lines), G_MAXINT64);
  for (guint line = 0; line < octavo_markdown_lines_get_n_lines (lines); line++)
    if (is_heading (lines, line, wanted, &first))
      {
        gtk_text_buffer_get_iter_at_line (buffer, &place, (int) first);
        gtk_text_buffer_place_cursor (buffer, &place);
        gtk_text_view_scroll_to_mark (view, gtk_text_buffer_get_insert (buffer), 0, TRUE, 0, 0.1);
        return TRUE;
      }
  return FALSE;
}
