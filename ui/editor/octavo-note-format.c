/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-note-format.h"

#include "octavo-markdown-block.h"
#include "octavo-markdown-move.h"
#include "octavo-markdown-toggle.h"
#include "octavo-note-clipboard.h"

#include <string.h>

/* What lines are made, where they go, and what is put in, by key and by menu. */

static void
toggle_bullets (OctavoMarkdownBuffer *buffer)
{
  octavo_markdown_block_toggle_list (buffer, OCTAVO_MARKDOWN_BULLETS);
}

static void
toggle_numbers (OctavoMarkdownBuffer *buffer)
{
  octavo_markdown_block_toggle_list (buffer, OCTAVO_MARKDOWN_NUMBERS);
}

static void
toggle_checklist (OctavoMarkdownBuffer *buffer)
{
  octavo_markdown_block_toggle_list (buffer, OCTAVO_MARKDOWN_TASKS);
}

static void
move_up (OctavoMarkdownBuffer *buffer)
{
  octavo_markdown_move (buffer, FALSE);
}

static void
move_down (OctavoMarkdownBuffer *buffer)
{
  octavo_markdown_move (buffer, TRUE);
}

/* As ISO 8601 has it: notes are found and sorted by it, and it reads the same wherever they are taken. */
static void
insert_date (OctavoMarkdownBuffer *buffer)
{
  GtkTextBuffer *text = GTK_TEXT_BUFFER (buffer);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%d");

  gtk_text_buffer_begin_user_action (text);
  gtk_text_buffer_delete_selection (text, TRUE, TRUE);
  gtk_text_buffer_insert_at_cursor (text, date, -1);
  gtk_text_buffer_end_user_action (text);
}

static const struct
{
  const char *name;
  guint key;
  GdkModifierType modifiers;
  void (*edit) (OctavoMarkdownBuffer *buffer);
} edits[] = {
  { "markdown.bullets", 0, 0, toggle_bullets }, /* the keys are those of on_key_pressed() */
  { "markdown.numbers", 0, 0, toggle_numbers },
  { "markdown.checklist", GDK_KEY_l, GDK_CONTROL_MASK | GDK_SHIFT_MASK, toggle_checklist },
  { "markdown.date", GDK_KEY_t, GDK_CONTROL_MASK | GDK_SHIFT_MASK, insert_date },
  { "markdown.move-up", 0, 0, move_up }, /* GtkSourceView has the keys */
  { "markdown.move-down", 0, 0, move_down },
};

static const char *const others[] = { "markdown.heading", "markdown.link" };

/* Returns: NULL where nothing may be edited. */
static OctavoMarkdownBuffer *
get_buffer (GtkTextView *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);

  return gtk_text_view_get_editable (view) && OCTAVO_IS_MARKDOWN_BUFFER (buffer) ? OCTAVO_MARKDOWN_BUFFER (buffer)
                                                                                 : NULL;
}

static void
show_cursor (GtkTextView *view)
{
  gtk_text_view_scroll_mark_onscreen (view, gtk_text_buffer_get_insert (gtk_text_view_get_buffer (view)));
}

static void
on_edit (GtkWidget *widget, const char *action, GVariant *parameter)
{
  OctavoMarkdownBuffer *buffer = get_buffer (GTK_TEXT_VIEW (widget));

  if (buffer == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++)
    if (strcmp (edits[i].name, action) == 0)
      edits[i].edit (buffer);
  show_cursor (GTK_TEXT_VIEW (widget));
}

static void
on_heading (GtkWidget *widget, const char *action, GVariant *parameter)
{
  OctavoMarkdownBuffer *buffer = get_buffer (GTK_TEXT_VIEW (widget));
  int level = g_variant_get_int32 (parameter);

  if (buffer != NULL && level >= 1 && level <= OCTAVO_MARKDOWN_MAX_HEADING)
    octavo_markdown_block_toggle_heading (buffer, (guint) level);
}

static void
link_to (GtkTextView *view, const char *address)
{
  octavo_markdown_insert_link (get_buffer (view), address);
  show_cursor (view);
}

/* An address that was copied is where the link is likely to lead. */
static void
on_link (GtkWidget *widget, const char *action, GVariant *parameter)
{
  if (get_buffer (GTK_TEXT_VIEW (widget)) != NULL)
    octavo_note_clipboard_read (GTK_TEXT_VIEW (widget), link_to);
}

static void
on_editable_changed (GtkTextView *view)
{
  gboolean is_editable = gtk_text_view_get_editable (view);

  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (view), edits[i].name, is_editable);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (view), others[i], is_editable);
}

static gboolean
is_key (GtkWidget *widget, guint key, guint code, guint wanted)
{
  g_autofree guint *keys = NULL;
  int n_keys = 0;

  if (key == wanted)
    return TRUE;
  if (!gdk_display_map_keycode (gtk_widget_get_display (widget), code, NULL, &keys, &n_keys))
    return FALSE;
  for (int i = 0; i < n_keys; i++)
    if (keys[i] == wanted)
      return TRUE;
  return FALSE;
}

/* A digit with Shift is another character on each keyboard, by which no shortcut of GTK finds it. */
static gboolean
on_key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, GtkTextView *view)
{
  GtkWidget *widget = GTK_WIDGET (view);

  if ((state & gtk_accelerator_get_default_mod_mask ()) != (GDK_CONTROL_MASK | GDK_SHIFT_MASK))
    return GDK_EVENT_PROPAGATE;
  if (is_key (widget, key, code, GDK_KEY_8))
    return gtk_widget_activate_action (widget, "markdown.bullets", NULL);
  if (is_key (widget, key, code, GDK_KEY_7))
    return gtk_widget_activate_action (widget, "markdown.numbers", NULL);
  return GDK_EVENT_PROPAGATE;
}

static void
on_menu_closed (GtkWidget *view)
{
  gtk_widget_grab_focus (view);
}

/* GTK 4.8 gives the focus back to nobody where a menu is closed from one that is in it. */
static void
on_children_changed (GListModel *children, guint position, guint n_removed, guint n_added, GtkWidget *view)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr (GtkWidget) child = g_list_model_get_item (children, i);

      if (!GTK_IS_POPOVER_MENU (child))
        continue;
      g_signal_handlers_disconnect_by_func (child, on_menu_closed, view);
      g_signal_connect_object (child, "closed", G_CALLBACK (on_menu_closed), view, G_CONNECT_SWAPPED);
    }
}

/**
 * octavo_note_format_install:
 * @widget_class: of a text view
 *
 * Gives the class the actions that change lines, and their keys.
 */
void
octavo_note_format_install (GtkWidgetClass *widget_class)
{
  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      gtk_widget_class_install_action (widget_class, edits[i].name, NULL, on_edit);
      if (edits[i].key != 0)
        gtk_widget_class_add_binding_action (widget_class, edits[i].key, edits[i].modifiers, edits[i].name, NULL);
    }
  gtk_widget_class_install_action (widget_class, "markdown.heading", "i", on_heading);
  for (int level = 1; level <= OCTAVO_MARKDOWN_MAX_HEADING; level++)
    gtk_widget_class_add_binding_action (widget_class, GDK_KEY_0 + (guint) level, GDK_CONTROL_MASK, "markdown.heading",
                                         "i", level);
  gtk_widget_class_install_action (widget_class, "markdown.link", NULL, on_link);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, GDK_CONTROL_MASK, "markdown.link", NULL);
}

/**
 * octavo_note_format_add:
 * @view: a view of Markdown, whose class has the actions
 *
 * Has a view hear the keys that are no shortcuts, the actions follow whether the text may be edited, and the focus come
 * back from the menu.
 */
void
octavo_note_format_add (GtkTextView *view)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GListModel *children = gtk_widget_observe_children (GTK_WIDGET (view));

  g_signal_connect_object (children, "items-changed", G_CALLBACK (on_children_changed), view, 0);
  g_object_set_data_full (G_OBJECT (view), "octavo-children", children, g_object_unref);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed), view, 0);
  gtk_widget_add_controller (GTK_WIDGET (view), keys);
  g_signal_connect (view, "notify::editable", G_CALLBACK (on_editable_changed), NULL);
}

/**
 * octavo_note_format_move:
 * @view: a view of Markdown
 * @down: whether to move down, not up
 *
 * Moves the lines that are selected, where the text may be edited.
 */
void
octavo_note_format_move (GtkTextView *view, gboolean down)
{
  OctavoMarkdownBuffer *buffer = get_buffer (view);

  if (buffer == NULL || !octavo_markdown_move (buffer, down))
    return;
  show_cursor (view);
}
