/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include "octavo-picker-row.h"
#include "octavo-picker.h"
#include "octavo-transient.h"

#define WIDTH  520
#define HEIGHT 440
#define MARGIN 24 /* that stays of the window below, where it is small */
#define PAGE   8  /* rows that Page Down goes on */

typedef struct
{
  GtkSearchEntry *entry;
  GtkStack *stack;
  GtkListView *list;
  GtkLabel *nothing;
  GtkSingleSelection *selection;
  OctavoPickerItem *picked;

  gboolean is_waiting;   /* the items are those of an earlier text */
  gboolean picks_at_end; /* Return was pressed meanwhile */
} OctavoPickerPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (OctavoPicker, octavo_picker, ADW_TYPE_WINDOW)

static OctavoPickerPrivate *
get_private (OctavoPicker *self)
{
  return octavo_picker_get_instance_private (self);
}

/* The focus is in the entry: a screen reader reads there what Return would take. */
static void
describe_selected (OctavoPicker *self)
{
  OctavoPickerPrivate *priv = get_private (self);
  OctavoPickerItem *item = gtk_single_selection_get_selected_item (priv->selection);
  const char *text = item != NULL ? octavo_picker_item_get_title (item) : gtk_label_get_label (priv->nothing);

  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static void
move_to (OctavoPicker *self, guint position)
{
  OctavoPickerPrivate *priv = get_private (self);

  gtk_single_selection_set_selected (priv->selection, position);
  gtk_widget_activate_action (GTK_WIDGET (priv->list), "list.scroll-to-item", "u", position);
}

/* Up from the first goes to the last: what is offered beside all that fits stands there. */
static void
move_by (OctavoPicker *self, int step)
{
  OctavoPickerPrivate *priv = get_private (self);
  gint64 n_items = g_list_model_get_n_items (G_LIST_MODEL (priv->selection));
  gint64 position = (gint64) gtk_single_selection_get_selected (priv->selection) + step;

  if (n_items == 0)
    return;
  if (ABS (step) == 1)
    position = (position + n_items) % n_items;
  move_to (self, (guint) CLAMP (position, 0, n_items - 1));
}

static gboolean
pick (gpointer data)
{
  OctavoPicker *self = data;

  OCTAVO_PICKER_GET_CLASS (self)->picked (self, get_private (self)->picked);
  return G_SOURCE_REMOVE;
}

/* The window closes first, so that what was picked finds the focus where it was. */
static void
pick_at (OctavoPicker *self, guint position)
{
  OctavoPickerPrivate *priv = get_private (self);

  if (priv->picked != NULL)
    return;
  priv->picked = g_list_model_get_item (G_LIST_MODEL (priv->selection), position);
  if (priv->picked == NULL)
    return;
  g_idle_add_full (G_PRIORITY_DEFAULT, pick, g_object_ref (self), g_object_unref);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* Who types fast presses Return before the answer is there. */
static void
on_entry_activate (OctavoPicker *self)
{
  OctavoPickerPrivate *priv = get_private (self);

  if (priv->is_waiting)
    priv->picks_at_end = TRUE;
  else
    pick_at (self, gtk_single_selection_get_selected (priv->selection));
}

static void
on_text_changed (OctavoPicker *self)
{
  OctavoPickerPrivate *priv = get_private (self);

  priv->is_waiting = TRUE;
  priv->picks_at_end = FALSE;
  OCTAVO_PICKER_GET_CLASS (self)->text_changed (self, gtk_editable_get_text (GTK_EDITABLE (priv->entry)));
}

static gboolean
on_key (OctavoPicker *self, guint key, guint code, GdkModifierType modifiers)
{
  if ((modifiers & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;

  switch (key)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      move_by (self, 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      move_by (self, -1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      move_by (self, PAGE);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      move_by (self, -PAGE);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
on_row_clicked (GtkGesture *gesture, int n_press, double x, double y, GtkListItem *item)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));

  pick_at (OCTAVO_PICKER (gtk_widget_get_root (row)), gtk_list_item_get_position (item));
}

/* A list that is activated by one click also selects what is below the pointer, which nobody moved: the window opens
 * there, and Return would take that. */
static void
on_row_made (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *row = octavo_picker_row_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_object (click, "released", G_CALLBACK (on_row_clicked), item, 0);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  gtk_list_item_set_child (item, row);
}

static void
on_row_bound (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  octavo_picker_row_show (OCTAVO_PICKER_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
octavo_picker_dispose (GObject *object)
{
  OctavoPickerPrivate *priv = get_private (OCTAVO_PICKER (object));

  g_clear_object (&priv->selection);
  G_OBJECT_CLASS (octavo_picker_parent_class)->dispose (object);
}

static void
octavo_picker_finalize (GObject *object)
{
  g_clear_object (&get_private (OCTAVO_PICKER (object))->picked);
  G_OBJECT_CLASS (octavo_picker_parent_class)->finalize (object);
}

static void
octavo_picker_class_init (OctavoPickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = octavo_picker_dispose;
  G_OBJECT_CLASS (klass)->finalize = octavo_picker_finalize;

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, APPLICATION_PATH "/ui/octavo-picker.ui");
  gtk_widget_class_bind_template_child_private (widget_class, OctavoPicker, entry);
  gtk_widget_class_bind_template_child_private (widget_class, OctavoPicker, stack);
  gtk_widget_class_bind_template_child_private (widget_class, OctavoPicker, list);
  gtk_widget_class_bind_template_child_private (widget_class, OctavoPicker, nothing);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_text_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
  gtk_widget_class_bind_template_callback (widget_class, pick_at);
  gtk_widget_class_bind_template_callback (widget_class, gtk_window_destroy);
}

static void
octavo_picker_init (OctavoPicker *self)
{
  OctavoPickerPrivate *priv = get_private (self);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (factory, "setup", G_CALLBACK (on_row_made), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_row_bound), NULL);
  gtk_list_view_set_factory (priv->list, factory);
  g_object_unref (factory);
  priv->selection = gtk_single_selection_new (NULL);
  g_signal_connect_object (priv->selection, "notify::selected-item", G_CALLBACK (describe_selected), self,
                           G_CONNECT_SWAPPED);
  gtk_list_view_set_model (priv->list, GTK_SELECTION_MODEL (priv->selection));
}

/**
 * octavo_picker_present:
 * @self: a picker that was not shown yet
 * @over: the window that it belongs to
 * @name: what the window and its entry are called, for a screen reader
 * @placeholder: what stands in the entry until something is typed
 *
 * Shows the window with the focus in its entry, and asks for what fits no text.
 */
void
octavo_picker_present (OctavoPicker *self, GtkWindow *over, const char *name, const char *placeholder)
{
  OctavoPickerPrivate *priv;
  int width;
  int height;

  g_return_if_fail (OCTAVO_IS_PICKER (self) && GTK_IS_WINDOW (over));

  priv = get_private (self);
  width = gtk_widget_get_width (GTK_WIDGET (over));
  height = gtk_widget_get_height (GTK_WIDGET (over));
  gtk_window_set_default_size (GTK_WINDOW (self), CLAMP (width - MARGIN, 1, WIDTH), CLAMP (height - MARGIN, 1, HEIGHT));
  octavo_transient_set_over (GTK_WINDOW (self), over);
  gtk_window_set_title (GTK_WINDOW (self), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set (priv->entry, "placeholder-text", placeholder, NULL);
  on_text_changed (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (priv->entry));
}

/**
 * octavo_picker_set_items:
 * @self: a picker
 * @items: (element-type OctavoPickerItem): what fits the text that is in the entry, the best first
 * @when_empty: what to say where there is none
 *
 * Shows what can be picked, the first one selected.
 */
void
octavo_picker_set_items (OctavoPicker *self, GListModel *items, const char *when_empty)
{
  OctavoPickerPrivate *priv;

  g_return_if_fail (OCTAVO_IS_PICKER (self) && G_IS_LIST_MODEL (items) && when_empty != NULL);

  priv = get_private (self);
  priv->is_waiting = FALSE;
  gtk_label_set_label (priv->nothing, when_empty);
  gtk_single_selection_set_model (priv->selection, items);
  gtk_stack_set_visible_child_name (priv->stack, g_list_model_get_n_items (items) > 0 ? "list" : "nothing");
  if (g_list_model_get_n_items (items) > 0)
    move_to (self, 0);
  describe_selected (self);
  if (priv->picks_at_end)
    on_entry_activate (self);
}
