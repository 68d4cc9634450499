/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-note-list-input.h"
#include "octavo-note-list-view-private.h"

#define PRESSED "octavo-pressed" /* the position of the row on which a click began */

/* What GtkListView does for a list in which several rows may be selected, and with the same keys. */

typedef enum
{
  STEP_ROW,
  STEP_PAGE,
  STEP_END
} Step;

typedef enum
{
  SELECT_ONE,
  SELECT_RANGE,    /* from the last that was selected by itself, with Shift */
  SELECT_TOGGLED,  /* this one beside the others, with Ctrl */
  SELECT_ADDITION, /* a range beside the others, with both */
  SELECT_NOTHING,
} Select;

static void
select_row (OctavoNoteListView *self, guint position, Select select)
{
  OctavoNoteSelection *selection = octavo_note_list_view_get_selection (self);

  switch (select)
    {
    case SELECT_ONE:
      gtk_selection_model_select_item (GTK_SELECTION_MODEL (selection), position, TRUE);
      break;
    case SELECT_RANGE:
    case SELECT_ADDITION:
      octavo_note_selection_extend (selection, position, select == SELECT_ADDITION);
      break;
    case SELECT_TOGGLED:
      octavo_note_selection_toggle (selection, position);
      break;
    case SELECT_NOTHING:
    default:
      break;
    }
}

/* Args: a Step, whether it goes down, a Select. */
static gboolean
on_move (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  OctavoNoteListView *self = OCTAVO_NOTE_LIST_VIEW (widget);
  gint64 n_items = g_list_model_get_n_items (G_LIST_MODEL (octavo_note_list_view_get_selection (self)));
  gint64 position;
  gboolean down;
  int step, select;

  if (n_items == 0 || !octavo_note_list_view_has_focus (self))
    return FALSE;

  g_variant_get (args, "(ibi)", &step, &down, &select);
  position = octavo_note_list_view_get_cursor (self);
  if (select == SELECT_RANGE && octavo_note_selection_get_n_selected (octavo_note_list_view_get_selection (self)) == 0)
    select_row (self, (guint) position, SELECT_ONE);
  if (step == STEP_END)
    position = down ? n_items - 1 : 0;
  else
    position += (down ? 1 : -1) * (step == STEP_ROW ? 1 : (int) octavo_note_list_view_get_page (self));
  position = CLAMP (position, 0, n_items - 1);

  select_row (self, (guint) position, (Select) select);
  octavo_note_list_view_focus_position (self, (guint) position);
  return TRUE;
}

static gboolean
on_key_activate (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  guint position;

  if (!octavo_note_list_view_get_focused (OCTAVO_NOTE_LIST_VIEW (widget), &position))
    return FALSE;

  g_signal_emit_by_name (widget, "activate", position);
  return TRUE;
}

/* Args: a Select. */
static gboolean
on_key_select (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  OctavoNoteListView *self = OCTAVO_NOTE_LIST_VIEW (widget);
  guint position;

  if (!octavo_note_list_view_get_focused (self, &position))
    return FALSE;

  select_row (self, position, (Select) g_variant_get_int32 (args));
  return TRUE;
}

/* ---- Clicks ---- */

/* A row that is seen in part is scrolled to when it gets the focus, and so it gets it last: else another would be under
 * the pointer that selects it. */
static void
on_pressed (OctavoNoteListView *self, int n_press, double x, double y, GtkGesture *gesture)
{
  guint position = GTK_INVALID_LIST_POSITION;

  if (!octavo_note_list_view_find_row (self, x, y, &position))
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);

  g_object_set_data (G_OBJECT (gesture), PRESSED, GUINT_TO_POINTER (position));
  if (n_press == 2 && position != GTK_INVALID_LIST_POSITION)
    {
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
      g_signal_emit_by_name (self, "activate", position);
    }
}

static Select
get_select (GdkModifierType modifiers)
{
  gboolean shift = (modifiers & GDK_SHIFT_MASK) != 0;

  if ((modifiers & GDK_CONTROL_MASK) != 0)
    return shift ? SELECT_ADDITION : SELECT_TOGGLED;
  return shift ? SELECT_RANGE : SELECT_ONE;
}

static void
on_released (OctavoNoteListView *self, int n_press, double x, double y, GtkGesture *gesture)
{
  Select select = get_select (gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture)));
  guint position;

  if (!octavo_note_list_view_find_row (self, x, y, &position) ||
      position != GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (gesture), PRESSED)))
    return;

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  if (n_press > 1)
    return;

  select_row (self, position, select);
  octavo_note_list_view_focus_position (self, position);
  if (select == SELECT_ONE)
    g_signal_emit_by_name (self, "clicked", position);
}

/* ---- What a screen reader may do with a row ---- */

static void
on_item_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  OctavoNoteListView *self = OCTAVO_NOTE_LIST_VIEW (widget);
  guint position = g_variant_get_uint32 (parameter);

  if (position >= g_list_model_get_n_items (G_LIST_MODEL (octavo_note_list_view_get_selection (self))))
    return;

  if (g_str_equal (action_name, "list.activate-item"))
    g_signal_emit_by_name (self, "activate", position);
  else if (g_str_equal (action_name, "list.select-item"))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (octavo_note_list_view_get_selection (self)), position, TRUE);
  else
    octavo_note_list_view_scroll_to (self, position);
}

static void
add_move (GtkWidgetClass *widget_class, guint keyval, guint keypad_keyval, Step step, gboolean down)
{
  const guint keyvals[] = { keyval, keypad_keyval };

  for (gsize i = 0; i < G_N_ELEMENTS (keyvals); i++)
    {
      gtk_widget_class_add_binding (widget_class, keyvals[i], 0, on_move, "(ibi)", step, down, SELECT_ONE);
      gtk_widget_class_add_binding (widget_class, keyvals[i], GDK_SHIFT_MASK, on_move, "(ibi)", step, down,
                                    SELECT_RANGE);
      gtk_widget_class_add_binding (widget_class, keyvals[i], GDK_CONTROL_MASK, on_move, "(ibi)", step, down,
                                    SELECT_NOTHING);
      gtk_widget_class_add_binding (widget_class, keyvals[i], GDK_CONTROL_MASK | GDK_SHIFT_MASK, on_move, "(ibi)", step,
                                    down, SELECT_ADDITION);
    }
}

static void
add_select (GtkWidgetClass *widget_class, GdkModifierType modifiers, Select select)
{
  gtk_widget_class_add_binding (widget_class, GDK_KEY_space, modifiers, on_key_select, "i", select);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Space, modifiers, on_key_select, "i", select);
}

static void
add_bindings (GtkWidgetClass *widget_class)
{
  add_move (widget_class, GDK_KEY_Up, GDK_KEY_KP_Up, STEP_ROW, FALSE);
  add_move (widget_class, GDK_KEY_Down, GDK_KEY_KP_Down, STEP_ROW, TRUE);
  add_move (widget_class, GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, STEP_PAGE, FALSE);
  add_move (widget_class, GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, STEP_PAGE, TRUE);
  add_move (widget_class, GDK_KEY_Home, GDK_KEY_KP_Home, STEP_END, FALSE);
  add_move (widget_class, GDK_KEY_End, GDK_KEY_KP_End, STEP_END, TRUE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, on_key_activate, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_ISO_Enter, 0, on_key_activate, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, on_key_activate, NULL);
  add_select (widget_class, 0, SELECT_ONE);
  add_select (widget_class, GDK_CONTROL_MASK, SELECT_TOGGLED);
  add_select (widget_class, GDK_SHIFT_MASK, SELECT_RANGE);
  add_select (widget_class, GDK_CONTROL_MASK | GDK_SHIFT_MASK, SELECT_ADDITION);
}

/**
 * octavo_note_list_input_class_init:
 * @widget_class: the class of the list
 *
 * Gives lists their keys and actions.
 */
void
octavo_note_list_input_class_init (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "list.activate-item", "u", on_item_action);
  gtk_widget_class_install_action (widget_class, "list.select-item", "u", on_item_action);
  gtk_widget_class_install_action (widget_class, "list.scroll-to-item", "u", on_item_action);
  add_bindings (widget_class);
}

/**
 * octavo_note_list_input_init:
 * @view: a list
 *
 * Has it hear clicks.
 */
void
octavo_note_list_input_init (OctavoNoteListView *view)
{
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed), view);
  g_signal_connect_swapped (click, "released", G_CALLBACK (on_released), view);
  gtk_widget_add_controller (GTK_WIDGET (view), GTK_EVENT_CONTROLLER (click));
}
