/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-note-keys.h"

#include "octavo-markdown-list.h"
#include "octavo-markdown-toggle.h"
#include "octavo-note-clipboard.h"
#include "octavo-note-links.h"

#include <string.h>

/* What keys and clicks mean in Markdown, where they do not mean what they mean in any text. */

#define PREEDIT "octavo-preedit" /* set while an input method composes: it has the keys then */

static const struct
{
  const char *name;
  OctavoMarkdownSpanKind kind;
} toggles[] = {
  { "markdown.strong", OCTAVO_MARKDOWN_STRONG },
  { "markdown.emphasis", OCTAVO_MARKDOWN_EMPHASIS },
  { "markdown.strikethrough", OCTAVO_MARKDOWN_STRIKETHROUGH },
  { "markdown.code", OCTAVO_MARKDOWN_CODE_SPAN },
};

#define TICK "markdown.tick"

static const char *const list_actions[] = { "markdown.indent", "markdown.outdent" };

/* Returns: NULL where nothing may be edited. */
static OctavoMarkdownBuffer *
get_buffer (GtkTextView *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);

  return gtk_text_view_get_editable (view) && OCTAVO_IS_MARKDOWN_BUFFER (buffer) ? OCTAVO_MARKDOWN_BUFFER (buffer)
                                                                                 : NULL;
}

static gboolean
tick_at_cursor (GtkTextView *view)
{
  OctavoMarkdownBuffer *buffer = get_buffer (view);
  GtkTextBuffer *text = GTK_TEXT_BUFFER (buffer);
  GtkTextIter cursor;

  if (buffer == NULL)
    return FALSE;
  gtk_text_buffer_get_iter_at_mark (text, &cursor, gtk_text_buffer_get_insert (text));
  return octavo_markdown_list_tick (buffer, (guint) gtk_text_iter_get_line (&cursor));
}

/* The box of the line, or the link at the cursor; where there are both, the link that the cursor is in. */
static void
tick_or_follow (GtkTextView *view)
{
  if (!octavo_note_links_follow (view, TRUE) && !tick_at_cursor (view))
    octavo_note_links_follow (view, FALSE);
}

static void
on_tick (GtkWidget *widget, const char *action, GVariant *parameter)
{
  tick_or_follow (GTK_TEXT_VIEW (widget));
}

static void
on_toggle (GtkWidget *widget, const char *action, GVariant *parameter)
{
  OctavoMarkdownBuffer *buffer = get_buffer (GTK_TEXT_VIEW (widget));

  for (gsize i = 0; buffer != NULL && i < G_N_ELEMENTS (toggles); i++)
    if (strcmp (toggles[i].name, action) == 0)
      octavo_markdown_toggle (buffer, toggles[i].kind);
}

static void
on_list (GtkWidget *widget, const char *action, GVariant *parameter)
{
  OctavoMarkdownBuffer *buffer = get_buffer (GTK_TEXT_VIEW (widget));

  if (buffer == NULL)
    return;
  if (strcmp (action, "markdown.indent") == 0)
    octavo_markdown_list_indent (buffer);
  else
    octavo_markdown_list_outdent (buffer);
}

static gboolean
is_return (guint key)
{
  return key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_ISO_Enter;
}

static gboolean
handle_key (OctavoMarkdownBuffer *buffer, guint key, GdkModifierType modifiers)
{
  switch (key)
    {
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      return modifiers == 0 && octavo_markdown_list_break_line (buffer);
    case GDK_KEY_x:
    case GDK_KEY_X:
      if (modifiers != (GDK_CONTROL_MASK | GDK_SHIFT_MASK))
        return FALSE;
      octavo_markdown_toggle (buffer, OCTAVO_MARKDOWN_STRIKETHROUGH); /* GtkSourceView would count down a number */
      return TRUE;
    case GDK_KEY_Tab:
    case GDK_KEY_KP_Tab:
    case GDK_KEY_ISO_Left_Tab:
      if (modifiers == GDK_SHIFT_MASK)
        return octavo_markdown_list_outdent (buffer);
      return modifiers == 0 && octavo_markdown_list_indent (buffer);
    default:
      return FALSE;
    }
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, GtkTextView *view)
{
  OctavoMarkdownBuffer *buffer = get_buffer (view);
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();

  if (g_object_get_data (G_OBJECT (view), PREEDIT) != NULL)
    return GDK_EVENT_PROPAGATE;
  if (is_return (key) && modifiers == GDK_CONTROL_MASK)
    {
      tick_or_follow (view);
      return GDK_EVENT_STOP; /* it breaks no line where there is neither */
    }
  if (buffer == NULL || !handle_key (buffer, key, modifiers))
    return GDK_EVENT_PROPAGATE;
  gtk_text_view_scroll_mark_onscreen (view, gtk_text_buffer_get_insert (GTK_TEXT_BUFFER (buffer)));
  return GDK_EVENT_STOP;
}

static void
on_preedit_changed (GtkTextView *view, const char *preedit)
{
  g_object_set_data (G_OBJECT (view), PREEDIT, *preedit != '\0' ? view : NULL);
}

/* A box is ticked by a click on it. */
static void
on_pressed (GtkGestureClick *gesture, int n_press, double x, double y, GtkTextView *view)
{
  OctavoMarkdownBuffer *buffer = get_buffer (view);
  GtkTextIter place;
  int buffer_x, buffer_y;

  if (buffer == NULL || n_press != 1)
    return;
  gtk_text_view_window_to_buffer_coords (view, GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y, &buffer_x, &buffer_y);
  if (!gtk_text_view_get_iter_at_location (view, &place, buffer_x, buffer_y) ||
      !octavo_markdown_list_is_box (buffer, &place))
    return;
  octavo_markdown_list_tick (buffer, (guint) gtk_text_iter_get_line (&place));
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
on_editable_changed (GtkTextView *view)
{
  gboolean is_editable = gtk_text_view_get_editable (view);

  for (gsize i = 0; i < G_N_ELEMENTS (toggles); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (view), toggles[i].name, is_editable);
  for (gsize i = 0; i < G_N_ELEMENTS (list_actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (view), list_actions[i], is_editable);
}

static void
paste (GtkTextView *view, const char *text)
{
  if (text == NULL || !octavo_markdown_link_selection (get_buffer (view), text))
    gtk_text_buffer_paste_clipboard (gtk_text_view_get_buffer (view), gtk_widget_get_clipboard (GTK_WIDGET (view)),
                                     NULL, TRUE);
}

/**
 * octavo_note_keys_install:
 * @widget_class: of a text view
 *
 * Gives the class the actions that change Markdown, and their keys.
 */
void
octavo_note_keys_install (GtkWidgetClass *widget_class)
{
  for (gsize i = 0; i < G_N_ELEMENTS (toggles); i++)
    gtk_widget_class_install_action (widget_class, toggles[i].name, NULL, on_toggle);
  for (gsize i = 0; i < G_N_ELEMENTS (list_actions); i++)
    gtk_widget_class_install_action (widget_class, list_actions[i], NULL, on_list);
  gtk_widget_class_install_action (widget_class, TICK, NULL, on_tick);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_b, GDK_CONTROL_MASK, "markdown.strong", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_i, GDK_CONTROL_MASK, "markdown.emphasis", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK, "markdown.code", NULL);
}

/**
 * octavo_note_keys_add:
 * @view: a view of Markdown, whose class has the actions
 *
 * Lets a view go on with lists by Return, move their items by Tab, and tick boxes.
 */
void
octavo_note_keys_add (GtkTextView *view)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE); /* before Return breaks the line */
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed), view, 0);
  gtk_widget_add_controller (GTK_WIDGET (view), keys);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_object (click, "pressed", G_CALLBACK (on_pressed), view, 0);
  gtk_widget_add_controller (GTK_WIDGET (view), GTK_EVENT_CONTROLLER (click));
  g_signal_connect (view, "preedit-changed", G_CALLBACK (on_preedit_changed), NULL);
  g_signal_connect (view, "notify::editable", G_CALLBACK (on_editable_changed), NULL);
}

/**
 * octavo_note_keys_paste:
 * @view: a view of Markdown
 *
 * Pastes; an address of the web, over words that are selected, makes a link of them.
 */
void
octavo_note_keys_paste (GtkTextView *view)
{
  if (get_buffer (view) != NULL)
    octavo_note_clipboard_read (view, paste);
}
