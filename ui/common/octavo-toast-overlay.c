/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "octavo-toast-overlay.h"

/* AdwToastOverlay of libadwaita 1.2 reads what it has freed where a toast goes while it still comes in, and both
 * movements end in one frame, as they do after a stall. This has its look and its manners, with one toast and one
 * movement at a time; and what is too long for a line is wrapped, where libadwaita cuts it off. */

#define TIME          5   /* seconds */
#define MOVEMENT      300 /* milliseconds */
#define NATURAL_WIDTH 450 /* of one with a button */
#define SHRINKING     0.05
#define MAX_LINES     5

typedef struct
{
  guint id;
  char *text;
  char *button; /* (nullable) */
  char *action; /* (nullable) */
  guint seconds;
  gboolean stays;
} Toast;

struct _OctavoToastOverlay
{
  GtkWidget parent_instance;

  GtkWidget *child;
  GQueue toasts; /* of Toast; the first is shown */
  guint last_id; /* that was given */
  guint timer;   /* until the first one goes */

  GtkWidget *shown;           /* (nullable): the first one, or the one that was there last, and goes */
  GtkWidget *button;          /* (nullable): of it */
  GtkEventController *motion; /* likewise */
  GtkEventController *focus;  /* likewise */
  AdwAnimation *movement;     /* of it, from 0, out of sight, to 1 */
};

G_DEFINE_FINAL_TYPE (OctavoToastOverlay, octavo_toast_overlay, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_CHILD,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
toast_free (gpointer data)
{
  Toast *toast = data;

  g_free (toast->text);
  g_free (toast->button);
  g_free (toast->action);
  g_free (toast);
}

/* (nullable) */
static const Toast *
get_first (OctavoToastOverlay *self)
{
  return g_queue_peek_head (&self->toasts);
}

static void
dismiss_first (OctavoToastOverlay *self)
{
  const Toast *toast = get_first (self);

  if (toast != NULL)
    octavo_toast_overlay_dismiss (self, toast->id);
}

static void
on_time (gpointer user_data)
{
  OctavoToastOverlay *self = user_data;

  self->timer = 0;
  dismiss_first (self);
}

/* One that the pointer is over, or that has the focus, stays. */
static void
update_timer (OctavoToastOverlay *self)
{
  const Toast *toast = get_first (self);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (toast == NULL || toast->stays ||
      gtk_event_controller_motion_contains_pointer (GTK_EVENT_CONTROLLER_MOTION (self->motion)) ||
      gtk_event_controller_focus_contains_focus (GTK_EVENT_CONTROLLER_FOCUS (self->focus)))
    return;
  self->timer = g_timeout_add_once (toast->seconds * 1000, on_time, self);
}

/* ---- The one that is shown ---- */

static void
put_away (OctavoToastOverlay *self)
{
  GtkWidget *shown = g_steal_pointer (&self->shown);

  if (shown == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->motion, self);
  g_signal_handlers_disconnect_by_data (self->focus, self);
  self->motion = NULL;
  self->focus = NULL;
  self->button = NULL;
  /* Its button may be what is being clicked. */
  g_idle_add_once ((GSourceOnceFunc) g_object_unref, g_object_ref (shown));
  gtk_widget_unparent (shown);
}

static void
add_button (OctavoToastOverlay *self, GtkWidget *button, const char *action)
{
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  g_signal_connect_object (button, "clicked", G_CALLBACK (dismiss_first), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->shown), button);
}

static void
add_close_button (OctavoToastOverlay *self)
{
  GtkWidget *close = gtk_button_new_from_icon_name ("window-close-symbolic");

  gtk_widget_add_css_class (close, "circular");
  gtk_widget_add_css_class (close, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (close), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Close"), -1);
  add_button (self, close, NULL);
}

static void
add_controllers (OctavoToastOverlay *self)
{
  self->motion = gtk_event_controller_motion_new ();
  self->focus = gtk_event_controller_focus_new ();
  g_signal_connect_swapped (self->motion, "notify::contains-pointer", G_CALLBACK (update_timer), self);
  g_signal_connect_swapped (self->focus, "notify::contains-focus", G_CALLBACK (update_timer), self);
  gtk_widget_add_controller (self->shown, self->motion);
  gtk_widget_add_controller (self->shown, self->focus);
}

static void
add_label (OctavoToastOverlay *self, const char *text)
{
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *bin = adw_bin_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), MAX_LINES);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "heading");
  adw_bin_set_child (ADW_BIN (bin), label);
  gtk_widget_set_hexpand (bin, TRUE);
  gtk_widget_set_halign (bin, GTK_ALIGN_START);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->shown), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  gtk_box_append (GTK_BOX (self->shown), bin);
}

/* What is new is said to those who cannot see it: with GTK 4.14 by a call, before that by its role. */
static GtkWidget *
make_toast (OctavoToastOverlay *self, const char *text)
{
#if GTK_CHECK_VERSION(4, 14, 0)
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  G_GNUC_END_IGNORE_DEPRECATIONS
  return g_object_new (GTK_TYPE_BOX, "css-name", "toast", NULL);
#else
  return g_object_new (GTK_TYPE_BOX, "css-name", "toast", "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, NULL);
#endif
}

static void
move (OctavoToastOverlay *self, double from, double to)
{
  adw_timed_animation_set_value_from (ADW_TIMED_ANIMATION (self->movement), from);
  adw_timed_animation_set_value_to (ADW_TIMED_ANIMATION (self->movement), to);
  adw_animation_play (self->movement);
}

/* Shows the first one, or none; what is there goes. */
static void
show_first (OctavoToastOverlay *self)
{
  const Toast *toast = get_first (self);

  if (toast == NULL && self->shown == NULL)
    return;
  if (toast == NULL)
    {
      gtk_widget_set_can_target (self->shown, FALSE);
      gtk_widget_set_can_focus (self->shown, FALSE);
      update_timer (self);
      move (self, 1, 0);
      return;
    }

  put_away (self);
  self->shown = make_toast (self, toast->text);
  add_label (self, toast->text);
  if (toast->button != NULL)
    {
      self->button = gtk_button_new_with_label (toast->button);
      add_button (self, self->button, toast->action);
    }
  add_close_button (self);
  add_controllers (self);
  gtk_widget_insert_before (self->shown, GTK_WIDGET (self), NULL);
  update_timer (self);
  move (self, 0, 1);
}

/* ---- Its movement ---- */

/* Comes in from below, goes by fading and shrinking. */
static gboolean
is_going (OctavoToastOverlay *self)
{
  return adw_timed_animation_get_value_to (ADW_TIMED_ANIMATION (self->movement)) == 0;
}

static void
on_moved (double value, gpointer user_data)
{
  OctavoToastOverlay *self = user_data;

  if (self->shown != NULL && is_going (self))
    gtk_widget_set_opacity (self->shown, 1 - (1 - value) * (1 - value) * (1 - value));
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
on_moved_all_the_way (OctavoToastOverlay *self)
{
  if (is_going (self))
    put_away (self);
}

/* ---- The widget ---- */

static void
octavo_toast_overlay_measure (GtkWidget *widget,
                              GtkOrientation orientation,
                              int for_size,
                              int *minimum,
                              int *natural,
                              int *minimum_baseline,
                              int *natural_baseline)
{
  OctavoToastOverlay *self = OCTAVO_TOAST_OVERLAY (widget);
  int toast_minimum;

  if (self->child != NULL && gtk_widget_should_layout (self->child))
    gtk_widget_measure (self->child, orientation, for_size, minimum, natural, minimum_baseline, natural_baseline);
  if (self->shown == NULL || orientation == GTK_ORIENTATION_VERTICAL)
    return;
  gtk_widget_measure (self->shown, orientation, -1, &toast_minimum, NULL, NULL, NULL);
  *minimum = MAX (*minimum, toast_minimum);
  *natural = MAX (*natural, *minimum);
}

static GskTransform *
transform_by (OctavoToastOverlay *self, GskTransform *transform, int width, int height)
{
  double value = adw_animation_get_value (self->movement);
  float scale;

  if (!is_going (self))
    return gsk_transform_translate (transform, &GRAPHENE_POINT_INIT (0, (float) ((1 - value) * height)));
  scale = (float) (1 - SHRINKING * (1 - value));
  transform = gsk_transform_translate (transform, &GRAPHENE_POINT_INIT ((float) width / 2, (float) height / 2));
  transform = gsk_transform_scale (transform, scale, scale);
  return gsk_transform_translate (transform, &GRAPHENE_POINT_INIT ((float) -width / 2, (float) -height / 2));
}

static void
octavo_toast_overlay_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  OctavoToastOverlay *self = OCTAVO_TOAST_OVERLAY (widget);
  GskTransform *transform;
  int natural, toast_height, left;

  if (self->child != NULL && gtk_widget_should_layout (self->child))
    gtk_widget_allocate (self->child, width, height, baseline, NULL);
  if (self->shown == NULL)
    return;

  gtk_widget_measure (self->shown, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  natural = MIN (self->button != NULL ? MAX (natural, NATURAL_WIDTH) : natural, width);
  gtk_widget_measure (self->shown, GTK_ORIENTATION_VERTICAL, natural, NULL, &toast_height, NULL, NULL);
  left = (width - natural) / 2;
  transform = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float) left, (float) (height - toast_height)));
  gtk_widget_allocate (self->shown, natural, toast_height, -1, transform_by (self, transform, natural, toast_height));
}

static gboolean
on_escape (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  OctavoToastOverlay *self = OCTAVO_TOAST_OVERLAY (widget);

  if (get_first (self) == NULL)
    return GDK_EVENT_PROPAGATE;
  dismiss_first (self);
  return GDK_EVENT_STOP;
}

static void
set_child (OctavoToastOverlay *self, GtkWidget *child)
{
  g_clear_pointer (&self->child, gtk_widget_unparent);
  self->child = child;
  if (child != NULL)
    gtk_widget_insert_after (child, GTK_WIDGET (self), NULL);
}

static void
octavo_toast_overlay_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CHILD)
    g_value_set_object (value, OCTAVO_TOAST_OVERLAY (object)->child);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
octavo_toast_overlay_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CHILD)
    set_child (OCTAVO_TOAST_OVERLAY (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
octavo_toast_overlay_dispose (GObject *object)
{
  OctavoToastOverlay *self = OCTAVO_TOAST_OVERLAY (object);

  g_queue_clear_full (&self->toasts, toast_free);
  g_clear_handle_id (&self->timer, g_source_remove);
  put_away (self);
  if (self->movement != NULL)
    adw_animation_skip (self->movement);
  g_clear_object (&self->movement);
  set_child (self, NULL);

  G_OBJECT_CLASS (octavo_toast_overlay_parent_class)->dispose (object);
}

static void
octavo_toast_overlay_class_init (OctavoToastOverlayClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = octavo_toast_overlay_get_property;
  object_class->set_property = octavo_toast_overlay_set_property;
  object_class->dispose = octavo_toast_overlay_dispose;
  widget_class->measure = octavo_toast_overlay_measure;
  widget_class->size_allocate = octavo_toast_overlay_size_allocate;

  properties[PROP_CHILD] =
      g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_css_name (widget_class, "toastoverlay");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape, NULL);
}

static void
octavo_toast_overlay_init (OctavoToastOverlay *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  self->movement = adw_timed_animation_new (GTK_WIDGET (self), 0, 1, MOVEMENT,
                                            adw_callback_animation_target_new (on_moved, self, NULL));
  g_signal_connect_object (self->movement, "done", G_CALLBACK (on_moved_all_the_way), self, G_CONNECT_SWAPPED);
}

/**
 * octavo_toast_overlay_add:
 * @self: the overlay
 * @toast: what is to be said; nothing of it is kept
 *
 * Shows a toast, after those that are there, or, where it is next, before them. Main thread.
 *
 * Returns: its id, for octavo_toast_overlay_dismiss()
 */
guint
octavo_toast_overlay_add (OctavoToastOverlay *self, const OctavoToast *toast)
{
  Toast *copy;

  g_return_val_if_fail (OCTAVO_IS_TOAST_OVERLAY (self), 0);
  g_return_val_if_fail (toast->text != NULL, 0);

  copy = g_new0 (Toast, 1);
  copy->id = ++self->last_id;
  copy->text = g_strdup (toast->text);
  copy->button = g_strdup (toast->button);
  copy->action = g_strdup (toast->action);
  copy->seconds = toast->seconds != 0 ? toast->seconds : TIME;
  copy->stays = toast->stays;
  if (toast->is_next)
    g_queue_push_head (&self->toasts, copy);
  else
    g_queue_push_tail (&self->toasts, copy);
  if (get_first (self) == copy)
    show_first (self);
  return copy->id;
}

/**
 * octavo_toast_overlay_dismiss:
 * @self: the overlay
 * @id: of a toast; of one that is gone, or 0, for nothing to be done
 *
 * Has a toast go, or not come. Main thread.
 */
void
octavo_toast_overlay_dismiss (OctavoToastOverlay *self, guint id)
{
  g_return_if_fail (OCTAVO_IS_TOAST_OVERLAY (self));

  for (GList *link = self->toasts.head; link != NULL; link = link->next)
    if (((Toast *) link->data)->id == id)
      {
        gboolean was_first = link == self->toasts.head;

        toast_free (link->data);
        g_queue_delete_link (&self->toasts, link);
        if (was_first)
          show_first (self);
        return;
      }
}
