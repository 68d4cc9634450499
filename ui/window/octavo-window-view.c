/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-note-decor.h"
#include "octavo-text-style.h"
#include "octavo-window-private.h"

#include <math.h>

/* How the text is looked at: its zoom, and with nothing else around it. */

#define FOCUS_CLASS   OCTAVO_NOTE_DECOR_FOCUS_CLASS
#define MOTION_OF_ONE 24.0 /* pixels that a pointer moves where somebody moves it */

/* Makes the text larger. */
void
octavo_window_zoom_in (OctavoWindow *self)
{
  octavo_text_style_zoom (octavo_text_style_get (), 1);
}

/* Makes the text smaller. */
void
octavo_window_zoom_out (OctavoWindow *self)
{
  octavo_text_style_zoom (octavo_text_style_get (), -1);
}

/* Gives the text its usual size. */
void
octavo_window_zoom_normal (OctavoWindow *self)
{
  octavo_text_style_reset_zoom (octavo_text_style_get ());
}

/* Whether there is nothing but the text. */
gboolean
octavo_window_is_focus_mode (OctavoWindow *self)
{
  return gtk_widget_has_css_class (GTK_WIDGET (self), FOCUS_CLASS);
}

static void
show_header (OctavoWindow *self, gboolean shown)
{
  gtk_widget_set_visible (self->editor_header, shown);
}

/* Whoever moves the pointer looks for something; it starts where it was when the header went away. */
static void
on_motion (OctavoWindow *self, double x, double y, GtkEventController *controller)
{
  double *start = g_object_get_data (G_OBJECT (controller), "octavo-start");

  if (!octavo_window_is_focus_mode (self) || gtk_widget_get_visible (self->editor_header))
    return;
  if (isnan (start[0]))
    {
      start[0] = x;
      start[1] = y;
    }
  else if (hypot (x - start[0], y - start[1]) > MOTION_OF_ONE)
    show_header (self, TRUE);
}

static gboolean
on_key (OctavoWindow *self, guint key, guint code, GdkModifierType state, GtkEventController *controller)
{
  GtkEventController *motion = g_object_get_data (G_OBJECT (controller), "octavo-motion");
  double *start = g_object_get_data (G_OBJECT (motion), "octavo-start");

  if (!octavo_window_is_focus_mode (self))
    return GDK_EVENT_PROPAGATE;
  start[0] = NAN;
  show_header (self, FALSE);
  return GDK_EVENT_PROPAGATE;
}

/* After all others: what Escape closes is closed first. */
static gboolean
on_key_left_over (OctavoWindow *self, guint key, guint code, GdkModifierType state)
{
  if (key != GDK_KEY_Escape || !octavo_window_is_focus_mode (self))
    return GDK_EVENT_PROPAGATE;
  octavo_window_set_focus_mode (self, FALSE);
  return GDK_EVENT_STOP;
}

/* Made when it is first asked for. */
static void
add_controllers (OctavoWindow *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *rest = gtk_event_controller_key_new ();
  double *start = g_new (double, 2);

  start[0] = NAN;
  g_object_set_data_full (G_OBJECT (motion), "octavo-start", start, g_free);
  gtk_event_controller_set_propagation_phase (motion, GTK_PHASE_CAPTURE);
  g_signal_connect_object (motion, "motion", G_CALLBACK (on_motion), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);

  g_object_set_data (G_OBJECT (keys), "octavo-motion", motion);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);

  g_signal_connect_object (rest, "key-pressed", G_CALLBACK (on_key_left_over), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), rest);
}

/* Takes all but the text away, or brings it back. */
void
octavo_window_set_focus_mode (OctavoWindow *self, gboolean focus_mode)
{
  static const char added[] = "octavo-focus-controllers";

  if (focus_mode == octavo_window_is_focus_mode (self))
    return;
  if (g_object_get_data (G_OBJECT (self), added) == NULL)
    {
      g_object_set_data (G_OBJECT (self), added, self);
      add_controllers (self);
    }
  if (focus_mode)
    {
      octavo_window_show_editor (self);
      gtk_widget_add_css_class (GTK_WIDGET (self), FOCUS_CLASS);
      octavo_editor_grab_text (self->editor);
    }
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), FOCUS_CLASS);
  show_header (self, !focus_mode);
  octavo_window_update_folding (self);
  octavo_window_set_action_state (self, "focus-mode", g_variant_new_boolean (focus_mode));
}
