/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-focus-mode.h"

#include "octavo-note-decor.h"

#include <math.h>

/* The header goes away at a key, and comes back where somebody moves the pointer, who looks for something. */

#define MOTION_OF_ONE 24.0 /* pixels that a pointer moves where somebody moves it */

struct _OctavoFocusMode
{
  GObject parent_instance;

  GtkWidget *window; /* which has this */
  GtkWidget *header; /* of it */
  gboolean is_active;
  gboolean has_controllers;
  double start[2]; /* where the pointer was when the header went away; NAN: it was not moved since */
};

G_DEFINE_FINAL_TYPE (OctavoFocusMode, octavo_focus_mode, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ACTIVE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
on_motion (OctavoFocusMode *self, double x, double y)
{
  if (!self->is_active || gtk_widget_get_visible (self->header))
    return;
  if (isnan (self->start[0]))
    {
      self->start[0] = x;
      self->start[1] = y;
    }
  else if (hypot (x - self->start[0], y - self->start[1]) > MOTION_OF_ONE)
    gtk_widget_set_visible (self->header, TRUE);
}

static gboolean
on_key (OctavoFocusMode *self)
{
  if (self->is_active)
    {
      self->start[0] = NAN;
      gtk_widget_set_visible (self->header, FALSE);
    }
  return GDK_EVENT_PROPAGATE;
}

/* After all others: what Escape closes is closed first. */
static gboolean
on_key_left_over (OctavoFocusMode *self, guint key)
{
  if (key != GDK_KEY_Escape || !self->is_active)
    return GDK_EVENT_PROPAGATE;
  octavo_focus_mode_set_active (self, FALSE);
  return GDK_EVENT_STOP;
}

/* Made when it is first asked for. */
static void
add_controllers (OctavoFocusMode *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *rest = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (motion, GTK_PHASE_CAPTURE);
  g_signal_connect_object (motion, "motion", G_CALLBACK (on_motion), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->window, motion);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->window, keys);

  g_signal_connect_object (rest, "key-pressed", G_CALLBACK (on_key_left_over), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->window, rest);
  self->has_controllers = TRUE;
}

static void
octavo_focus_mode_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  OctavoFocusMode *self = OCTAVO_FOCUS_MODE (object);

  switch (id)
    {
    case PROP_ACTIVE:
      g_value_set_boolean (value, self->is_active);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
octavo_focus_mode_class_init (OctavoFocusModeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = octavo_focus_mode_get_property;
  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
octavo_focus_mode_init (OctavoFocusMode *self)
{
  self->start[0] = NAN;
}

/**
 * octavo_focus_mode_new:
 * @window: the window, which lives longer
 * @header: what is above its text
 *
 * Returns: (transfer full): what takes all but the text away, which it does not yet
 */
OctavoFocusMode *
octavo_focus_mode_new (GtkWidget *window, GtkWidget *header)
{
  OctavoFocusMode *self = g_object_new (OCTAVO_TYPE_FOCUS_MODE, NULL);

  self->window = window;
  self->header = header;
  return self;
}

/**
 * octavo_focus_mode_get_active:
 * @self: a focus mode
 *
 * Returns: whether there is nothing but the text
 */
gboolean
octavo_focus_mode_get_active (OctavoFocusMode *self)
{
  g_return_val_if_fail (OCTAVO_IS_FOCUS_MODE (self), FALSE);
  return self->is_active;
}

/**
 * octavo_focus_mode_set_active:
 * @self: a focus mode
 * @active: whether there is to be nothing but the text
 */
void
octavo_focus_mode_set_active (OctavoFocusMode *self, gboolean active)
{
  g_return_if_fail (OCTAVO_IS_FOCUS_MODE (self));

  if (active == self->is_active)
    return;
  if (!self->has_controllers)
    add_controllers (self);
  self->is_active = active;
  if (active)
    gtk_widget_add_css_class (self->window, OCTAVO_NOTE_DECOR_FOCUS_CLASS);
  else
    gtk_widget_remove_css_class (self->window, OCTAVO_NOTE_DECOR_FOCUS_CLASS);
  /* The window gives the focus to its text first: GTK 4.8 keeps the window alive where what has it is hidden. */
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
  gtk_widget_set_visible (self->header, !active);
}
